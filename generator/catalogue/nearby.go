package catalogue

import (
	"math"

	"fursa/schema"
)

// earth is the mean radius of the earth in kilometres (IUGG).
const earth = 6371.0088

// distance is the length of the great circle between two places in
// kilometres, by the haversine formula; all four are degrees.
func distance(lat1, lon1, lat2, lon2 float64) float64 {
	const radian = math.Pi / 180
	sinLat, sinLon := math.Sin((lat2-lat1)*radian/2), math.Sin((lon2-lon1)*radian/2)
	h := sinLat*sinLat + math.Cos(lat1*radian)*math.Cos(lat2*radian)*sinLon*sinLon
	return 2 * earth * math.Asin(math.Sqrt(min(1, h)))
}

// position is where a listing is: its own place, or else the middle of its
// district; false where neither is known.
func (l *Listing) position() (lat, lon float64, known bool) {
	if p := l.Value.Place; p != nil && p.Latitude != nil && p.Longitude != nil {
		return *p.Latitude, *p.Longitude, true
	}
	if d := l.District; d != nil && d.Latitude != nil && d.Longitude != nil {
		return *d.Latitude, *d.Longitude, true
	}
	return 0, 0, false
}

// within wants places at most so many kilometres from the school. What is
// online or comes to the school fits wherever it is at home; what nobody knows
// the place of does not. Of a school without a position nothing can be said.
func within(km float64, school *schema.Place) criterion {
	if school == nil || school.Latitude == nil || school.Longitude == nil {
		return plainly(func(*Listing) bool { return true })
	}
	away := func(l *Listing) (float64, bool) {
		lat, lon, known := l.position()
		return distance(*school.Latitude, *school.Longitude, lat, lon), known
	}
	return criterion{
		fits: func(l *Listing) bool {
			if l.comes() {
				return true
			}
			d, known := away(l)
			return known && d <= km
		},
		reason: func(l *Listing) Reason {
			if l.comes() {
				return Reason{Values: []string{l.Value.Mode}}
			}
			d, _ := away(l)
			return Reason{Km: d}
		},
	}
}

// comes says whether a listing takes place wherever the learners are.
func (l *Listing) comes() bool { return l.Value.Mode == "online" || l.Value.Mode == "at-school" }

// inDistricts wants some districts, or those within them. What is online fits,
// and so does what comes to the school, unless its provider says that it works
// in other districts than the school's.
func (c *Catalogue) inDistricts(ids []string, school *schema.Place) criterion {
	terms := c.Places.below(ids)
	var home []*Term
	if school != nil {
		home = ancestors(c.Places.find([]string{school.District}))
	}
	return criterion{
		fits: func(l *Listing) bool {
			switch l.Value.Mode {
			case "online":
				return true
			case "at-school":
				return goesTo(l.Provider, home)
			}
			return terms[l.District]
		},
		reason: func(l *Listing) Reason {
			if l.comes() {
				return Reason{Values: []string{l.Value.Mode}}
			}
			return Reason{Terms: []*Term{l.District}}
		},
	}
}

// goesTo says whether a provider works in a district, given with all that it
// is part of. Where either is not known, it may.
func goesTo(p *Provider, home []*Term) bool {
	if p == nil || len(p.Record.Value.Districts) == 0 || len(home) == 0 {
		return true
	}
	for _, t := range home {
		for _, id := range p.Record.Value.Districts {
			if t.ID == id {
				return true
			}
		}
	}
	return false
}
