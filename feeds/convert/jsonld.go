package convert

import (
	"bytes"
	"encoding/json"
	"iter"
	"maps"
	"slices"
	"strings"
	"time"

	"golang.org/x/net/html"

	"fursa/schema"
)

// maxDepth is how deep entries may stand in a document of linked data.
const maxDepth = 64

// readJSONLD reads what schema.org describes in a JSON-LD file, or in the
// scripts of HTML pages: events and courses, wherever they stand.
func readJSONLD(text []byte, m Map) (table, error) {
	found, zone := newEntries(), zoneOf(m)
	for value, err := range linkedData(text) {
		if err != nil {
			found.add(nil, err)
			continue
		}
		data := newLinked(zone)
		data.gather(value, 0)
		data.walk(value, 0, found)
	}
	return found.done("event or course of schema.org")
}

// linkedData are the documents of a JSON-LD file, or those in the scripts of
// HTML pages. What is no JSON is an error, and the next script goes on.
func linkedData(text []byte) iter.Seq2[any, error] {
	texts := [][]byte{text}
	if isMarkup(text) {
		texts = scripts(text)
	}
	return func(yield func(any, error) bool) {
		for _, text := range texts {
			for value, err := range documents(text) {
				if !yield(value, err) {
					return
				}
			}
		}
	}
}

// scripts are the pages' scripts of linked data.
func scripts(page []byte) [][]byte {
	var all [][]byte
	z := html.NewTokenizer(bytes.NewReader(page))
	for inside := false; ; {
		switch z.Next() {
		case html.ErrorToken:
			return all
		case html.StartTagToken:
			token := z.Token()
			inside = token.Data == "script" && slices.ContainsFunc(token.Attr, func(a html.Attribute) bool {
				return a.Key == "type" && strings.EqualFold(strings.TrimSpace(a.Val), "application/ld+json")
			})
		case html.TextToken:
			if inside {
				all = append(all, slices.Clone(z.Raw()))
			}
			inside = false
		}
	}
}

// linked is one document, with what it names by an id.
type linked struct {
	known map[string]map[string]any
	zone  *time.Location
	// steps are how many values may still be looked at: things that name each
	// other in lists of many would go on for ever.
	steps *int
}

// maxSteps are those of one document; large ones of a good kind take a tenth.
const maxSteps = 20_000_000

func newLinked(zone *time.Location) linked {
	steps := maxSteps
	return linked{map[string]map[string]any{}, zone, &steps}
}

// gather remembers the fullest description of each id.
func (l linked) gather(value any, depth int) {
	if depth > maxDepth {
		return
	}
	switch v := value.(type) {
	case []any:
		for _, inner := range v {
			l.gather(inner, depth+1)
		}
	case map[string]any:
		if id, ok := v["@id"].(string); ok && len(v) > len(l.known[id]) {
			l.known[id] = v
		}
		for _, key := range slices.Sorted(maps.Keys(v)) {
			l.gather(v[key], depth+1)
		}
	}
}

// walk adds the events and courses of a value; what stands in one belongs to
// it.
func (l linked) walk(value any, depth int, to *entries) {
	if depth > maxDepth {
		return
	}
	switch v := value.(type) {
	case []any:
		for _, inner := range v {
			l.walk(inner, depth+1, to)
		}
	case map[string]any:
		if isEntry(v) {
			columns, err := l.entry(v)
			to.add(columns, err)
			to.said(func() []part { return l.parts(v) })
			return
		}
		for _, key := range slices.Sorted(maps.Keys(v)) {
			l.walk(v[key], depth+1, to)
		}
	}
}

// isEntry says that something takes place, or is taught.
func isEntry(v map[string]any) bool {
	for _, t := range items(v["@type"]) {
		name, _ := t.(string)
		name = name[strings.LastIndexAny(name, "/:")+1:]
		switch name {
		case "Course", "CourseInstance", "EventSeries", "SessionSeries", "ScheduledSession", "EducationalOccupationalProgram", "Festival", "Hackathon":
			return true
		}
		if strings.HasSuffix(name, "Event") {
			return true
		}
	}
	return false
}

// inherits are where an entry's own description goes on.
var inherits = []string{"superEvent", "instanceOfCourse", "hasCourseInstance"}

// at are the values at a path of an entry, or of what it is an instance of.
func (l linked) at(v map[string]any, path ...string) []any {
	values := []any{v}
	for _, key := range path {
		var next []any
		for _, value := range values {
			for _, one := range items(value) {
				table, ok := l.full(one).(map[string]any)
				if !ok || table[key] == nil {
					continue
				}
				more := items(table[key])
				if *l.steps -= len(more); *l.steps < 0 {
					return nil
				}
				next = append(next, more...)
			}
		}
		values = next
	}
	return values
}

// full is the whole description of what is only named by its id.
func (l linked) full(value any) any {
	switch v := value.(type) {
	case string:
		if known, ok := l.known[v]; ok {
			return known
		}
	case map[string]any:
		if id, ok := v["@id"].(string); ok && len(v) < len(l.known[id]) {
			return l.known[id]
		}
	}
	return value
}

// first is the first text or number at one of some paths, dotted.
func (l linked) first(v map[string]any, paths ...string) string {
	for _, path := range paths {
		keys := strings.Split(path, ".")
		for _, prefix := range append([]string{""}, inherits...) {
			at := keys
			if prefix != "" {
				at = append([]string{prefix}, keys...)
			}
			for _, value := range l.at(v, at...) {
				if cell := cellOf([]any{value}); cell != "" && !composite(value) {
					return cell
				}
			}
		}
	}
	return ""
}

func (l linked) entry(v map[string]any) (entry, error) {
	columns := entry{
		"id": l.first(v, "@id", "identifier", "url"), "url": l.first(v, "url"), "title": l.first(v, "name"),
		"description":  l.first(v, "description"),
		"provider":     l.first(v, "organizer.name", "provider.name"),
		"place":        l.first(v, "location.name"),
		"address":      l.first(v, "location.address.streetAddress", "location.address"),
		"locality":     l.first(v, "location.address.addressLocality"),
		"region":       l.first(v, "location.address.addressRegion"),
		"postcode":     l.first(v, "location.address.postalCode"),
		"country":      l.first(v, "location.address.addressCountry", "location.address.addressCountry.name"),
		"latitude":     l.first(v, "location.geo.latitude"),
		"longitude":    l.first(v, "location.geo.longitude"),
		"registration": l.first(v, "offers.url"),
		"capacity":     l.first(v, "maximumAttendeeCapacity"),
		"currency":     l.first(v, "offers.priceCurrency", "offers.priceSpecification.priceCurrency"),
		"languages":    cellOf(l.at(v, "inLanguage")),
		"keywords":     strings.ReplaceAll(cellOf(l.at(v, "keywords")), ",", "\n"),
		"provider_url": l.first(v, "organizer.url", "provider.url"),
	}
	if named := l.first(v, "location"); columns["place"] == "" && webAddresses(named) == "" {
		columns["place"] = named
	}
	if columns["provider"] == "" {
		columns["provider"] = l.first(v, "author.name")
	}
	if columns["latitude"] == "" && columns["longitude"] == "" {
		addPosition(columns, l.first(v, "location.geo", "location.hasMap"))
	}
	columns["mode"] = modes[lastPart(l.first(v, "eventAttendanceMode", "courseMode"))]
	if columns["mode"] == "" && lastPart(l.first(v, "location.@type")) == "VirtualLocation" {
		columns["mode"] = "online"
	}
	if slices.ContainsFunc(items(v["@type"]), func(t any) bool { return t == "OnDemandEvent" }) {
		columns["anytime"] = "true"
	}
	if strings.HasSuffix(l.first(v, "eventStatus"), "EventCancelled") {
		columns["status"] = "cancelled"
	}
	if slices.Contains(items(v["@type"]), any("Course")) {
		columns["kind"] = "course"
	}
	l.addAges(columns, v)
	l.addPrices(columns, v)
	return columns, l.addDates(columns, v)
}

var modes = map[string]string{
	"OfflineEventAttendanceMode": "in-person", "OnlineEventAttendanceMode": "online", "MixedEventAttendanceMode": "hybrid",
	"Onsite": "in-person", "Online": "online", "Blended": "hybrid", "onsite": "in-person", "online": "online", "blended": "hybrid",
}

func lastPart(address string) string { return address[strings.LastIndexAny(address, "/#:")+1:] }

func (l linked) addAges(columns entry, v map[string]any) {
	low, high := l.first(v, "ageRange.minValue"), l.first(v, "ageRange.maxValue")
	ages := l.first(v, "typicalAgeRange")
	if low != "" || high != "" {
		ages = low + "-" + high
	}
	if bounds := ageBounds(ages, `":`); bounds != nil {
		columns["ages"] = `{"` + strings.Join(bounds, `,"`) + `}`
	}
}

// addPrices writes one price, or the lowest and the highest of several.
func (l linked) addPrices(columns entry, v map[string]any) {
	var prices []string
	for _, path := range [][]string{{"offers", "price"}, {"offers", "priceSpecification", "price"}} {
		for _, price := range l.at(v, path...) {
			prices = append(prices, cellOf([]any{price}))
		}
	}
	value := func(price string) float64 { n, _ := readNumber(price, "."); return n }
	slices.SortStableFunc(prices, func(a, b string) int {
		return int(value(a)*100) - int(value(b)*100)
	})
	switch {
	case len(prices) == 0 && l.first(v, "isAccessibleForFree") == "true":
		columns["price"] = "0"
	case len(prices) == 0:
		columns["price_from"] = l.first(v, "offers.lowPrice", "offers.priceSpecification.minPrice")
		columns["price_to"] = l.first(v, "offers.highPrice", "offers.priceSpecification.maxPrice")
	case prices[0] == prices[len(prices)-1]:
		columns["price"] = prices[0]
	default:
		columns["price_from"], columns["price_to"] = prices[0], prices[len(prices)-1]
	}
}

// addDates writes the dates of an entry and its series where it has some, and
// its first and last day where not.
func (l linked) addDates(columns entry, v map[string]any) error {
	sessions, err := l.singleDates(v)
	if err != nil {
		return err
	}
	series, err := l.addSchedules(columns, v, sessions)
	if err != nil {
		return err
	}
	if sessions = append(sessions, series...); sessions != nil {
		columns["sessions"] = sessionsJSON(sessions)
		delete(columns, "from")
		delete(columns, "to")
		return nil
	}
	if columns["from"] != "" {
		return nil
	}
	return addTimes(columns, l.first(v, "startDate"), l.first(v, "endDate"), l.zone)
}

// singleDates are the dates that stand in an entry.
func (l linked) singleDates(v map[string]any) ([]schema.Session, error) {
	for _, path := range [][]string{{"subEvent"}, {"hasCourseInstance", "subEvent"}, {"hasCourseInstance"}} {
		var sessions []schema.Session
		for _, one := range l.at(v, path...) {
			date, ok := l.full(one).(map[string]any)
			if !ok {
				continue
			}
			times := entry{}
			if err := addTimes(times, cellOf(l.at(date, "startDate")), cellOf(l.at(date, "endDate")), l.zone); err != nil {
				return nil, err
			}
			var one []schema.Session
			if times["sessions"] != "" && json.Unmarshal([]byte(times["sessions"]), &one) == nil {
				sessions = append(sessions, one...)
			}
		}
		if sessions != nil {
			return sessions, nil
		}
	}
	return nil, nil
}
