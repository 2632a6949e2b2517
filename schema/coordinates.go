package schema

import (
	"net/url"
	"regexp"
	"strconv"
	"strings"
)

var (
	pinned = regexp.MustCompile(`!3d(-?\d{1,2}\.\d+)!4d(-?\d{1,3}\.\d+)`)
	viewed = regexp.MustCompile(`/@(-?\d{1,2}\.\d+),(-?\d{1,3}\.\d+),(\d+)`)
	drawn  = regexp.MustCompile(`^(?:map=)?(\d+)(?:\.\d+)?/(-?\d{1,2}\.\d+)/(-?\d{1,3}\.\d+)`)
	pair   = regexp.MustCompile(`^(?:loc:)?\s*(-?\d{1,2}(?:\.\d+)?)°?\s*([NS])?\s*[,; ]\s*(-?\d{1,3}(?:\.\d+)?)°?\s*([EW])?$`)
)

// near is the zoom from which the middle of a map is a place, not a town.
const near = 15

// Coordinates reads the degrees north and east of a place out of what people
// copy from a map: a link of Google Maps, OpenStreetMap or Apple Maps, a geo:
// address (RFC 5870), or two numbers. It answers false where there are none;
// short links (maps.app.goo.gl) hold none.
func Coordinates(text string) (latitude, longitude float64, ok bool) {
	text = strings.TrimSpace(latin(text))
	if rest, isGeo := strings.CutPrefix(strings.ToLower(text), "geo:"); isGeo {
		numbers, _, _ := strings.Cut(rest, ";")
		numbers, _, _ = strings.Cut(numbers, "?")
		parts := strings.Split(numbers, ",")
		return degrees(strings.Join(parts[:min(2, len(parts))], ","))
	}
	if lat, lon, ok := degrees(text); ok {
		return lat, lon, true
	}
	u, err := url.Parse(text)
	if err != nil || !isMap(u) {
		return 0, 0, false
	}
	return linked(u)
}

// isMap says whether an address is one of a map that Coordinates knows.
func isMap(u *url.URL) bool {
	host := strings.TrimPrefix(strings.ToLower(u.Hostname()), "www.")
	switch {
	case host == "openstreetmap.org", host == "osm.org", host == "maps.apple.com":
		return true
	}
	return strings.HasPrefix(host, "maps.google.") || strings.HasPrefix(host, "google.") && strings.HasPrefix(u.Path, "/maps")
}

// linked reads a map's link: what it marks goes before what it looks at.
func linked(u *url.URL) (latitude, longitude float64, ok bool) {
	if m := pinned.FindStringSubmatch(u.Path + u.Fragment); m != nil {
		return degrees(m[1] + "," + m[2])
	}
	q := u.Query()
	if q.Has("mlat") {
		return degrees(q.Get("mlat") + "," + q.Get("mlon"))
	}
	for _, key := range []string{"q", "query", "ll", "coordinate", "destination", "daddr", "center", "sll"} {
		if lat, lon, ok := degrees(q.Get(key)); ok {
			return lat, lon, true
		}
	}
	for part := range strings.SplitSeq(u.Path, "/") {
		if lat, lon, ok := degrees(part); ok {
			return lat, lon, true
		}
	}
	if m := viewed.FindStringSubmatch(u.Path); m != nil && zoom(m[3]) >= near {
		return degrees(m[1] + "," + m[2])
	}
	if m := drawn.FindStringSubmatch(u.Fragment); m != nil && zoom(m[1]) >= near {
		return degrees(m[2] + "," + m[3])
	}
	return 0, 0, false
}

func zoom(digits string) int {
	n, _ := strconv.Atoi(digits)
	return n
}

// degrees reads two numbers, north and east.
func degrees(text string) (latitude, longitude float64, ok bool) {
	m := pair.FindStringSubmatch(strings.TrimSpace(text))
	if m == nil {
		return 0, 0, false
	}
	latitude, err := strconv.ParseFloat(m[1], 64)
	longitude, err2 := strconv.ParseFloat(m[3], 64)
	if m[2] == "S" {
		latitude = -latitude
	}
	if m[4] == "W" {
		longitude = -longitude
	}
	return latitude, longitude, err == nil && err2 == nil &&
		latitude >= -90 && latitude <= 90 && longitude >= -180 && longitude <= 180
}
