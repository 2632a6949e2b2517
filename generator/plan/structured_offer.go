package plan

import (
	"cmp"
	"time"

	"fursa/generator/catalogue"
	"fursa/schema"
	"fursa/schema/when"
)

const soldOut = "https://schema.org/SoldOut"

// offers is the listing's price and how to get it; nil once it is over.
func (d *listingNodes) offers() *offer {
	if d.x.Ended {
		return nil
	}
	o := &offer{Type: "Offer", ID: "#offer", URL: d.url}
	d.price(o)
	o.Availability = d.availability()
	if r := d.v.Registration; r != nil {
		o.URL = cmp.Or(webURL(r.URL), d.url)
		o.ValidFrom, o.ValidThrough = d.moment(r.Opens), d.moment(r.Deadline)
	}
	return o
}

// price adds what is known of the price. Google takes a bare price for that of
// a ticket, so one by the month or for a family says what it is for.
func (d *listingNodes) price(o *offer) {
	c := d.v.Cost
	currency := cmp.Or(c.Currency, d.Settings.Currency)
	terms := &priceTerms{"UnitPriceSpecification", c.Amount, c.From, c.To, currency, c.Per}
	switch c.Per {
	case "", "session", "course", "person":
		terms.Type, terms.Unit = "PriceSpecification", ""
	}
	switch {
	case c.Unknown || c.Amount == nil && c.From == nil && c.To == nil:
	case c.Amount != nil && (terms.Unit == "" || *c.Amount == 0):
		o.Price, o.Currency = c.Amount, currency
	default:
		o.Specification = terms
	}
}

// availability is empty where it follows from a date (registration opens
// later) or from nothing that is known. Pages are read long after they are
// made: ValidThrough says until when InStock may be true.
func (d *listingNodes) availability() string {
	switch r := d.v.Registration; {
	case d.x.Status == catalogue.StatusFull:
		return soldOut
	case d.x.Status == catalogue.StatusClosed:
		return "https://schema.org/OutOfStock"
	case d.x.Status != catalogue.StatusOpen:
		return ""
	case r != nil && !r.Deadline.IsZero() && r.Deadline.Date.Before(d.Today):
		return "https://schema.org/OutOfStock"
	case r != nil && d.Today.Before(r.Opens.Date):
		return ""
	}
	return "https://schema.org/InStock"
}

// moment is a local date or time as ISO 8601 has it, with its offset: browsers
// would take a time without for their own zone's.
func (s *site) moment(m when.Moment) string {
	if !m.Timed {
		return m.Date.String()
	}
	return m.In(s.Zone).Format(time.RFC3339)
}

func attendance(mode string) string {
	switch mode {
	case "online":
		return "https://schema.org/OnlineEventAttendanceMode"
	case "hybrid":
		return "https://schema.org/MixedEventAttendanceMode"
	}
	return "https://schema.org/OfflineEventAttendanceMode"
}

// locations are where the listing takes place: a place, the web or both. The
// place's node gets an id.
func (d *listingNodes) locations(p *schema.Place, id string) []*place {
	var list []*place
	mode := d.v.Mode
	if mode != "online" {
		if n := d.placeNode(p, id); n != nil {
			list = append(list, n)
		}
	}
	if mode == "online" || mode == "hybrid" {
		at := d.url
		if r := d.v.Registration; r != nil {
			at = cmp.Or(webURL(r.URL), at)
		}
		list = append(list, &place{Type: "VirtualLocation", ID: id + "-online", URL: at})
	}
	return list
}

// placeNode is a place, nil where none is known. What a provider brings to
// schools is there, and says so in words.
func (d *listingNodes) placeNode(p *schema.Place, id string) *place {
	if p == nil && d.v.Mode == "at-school" {
		p = &schema.Place{Name: d.T("where.at-school")}
	}
	if p == nil {
		return nil
	}
	locality := p.Locality
	if district := d.Places.Term(p.District); district != nil && locality == "" {
		locality = d.words(district.Label).Text
	}
	n := &place{Type: "Place", ID: id, Name: cmp.Or(p.Name, p.Address, locality)}
	n.Address, n.Geo = d.postal(p, locality), geo(p)
	return n
}

func (s *site) postal(p *schema.Place, locality string) *postalAddress {
	a := postalAddress{Street: p.Address, Locality: locality, Region: p.Region, Postcode: p.Postcode, Country: cmp.Or(p.Country, s.Settings.Country)}
	if a == (postalAddress{}) {
		return nil
	}
	a.Type = "PostalAddress"
	return &a
}

func geo(p *schema.Place) *coordinates {
	if p.Latitude == nil || p.Longitude == nil {
		return nil
	}
	return &coordinates{"GeoCoordinates", *p.Latitude, *p.Longitude}
}

// refs refer to nodes that stand elsewhere in the page.
func refs(nodes []*place) []*place {
	var list []*place
	for _, n := range nodes {
		list = append(list, &place{ID: n.ID})
	}
	return list
}
