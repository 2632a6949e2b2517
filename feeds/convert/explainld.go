package convert

import (
	"maps"
	"slices"
	"strings"
)

// ldColumns are the columns that the values of an entry fill, by their paths.
var ldColumns = map[string][]string{
	"@id": {"id", "same_as"}, "identifier": {"id"}, "url": {"url", "same_as", "id"}, "name": {"title"}, "description": {"description"},
	"organizer.name": {"provider"}, "provider.name": {"provider"}, "author.name": {"provider"},
	"location.name": {"place"}, "location.address": {"address"}, "location.address.streetAddress": {"address"},
	"location.address.addressLocality": {"locality"}, "location.address.addressRegion": {"region"},
	"location.address.postalCode": {"postcode"}, "location.address.addressCountry": {"country"},
	"location.address.addressCountry.name": {"country"},
	"location.geo.latitude":                {"latitude"}, "location.geo.longitude": {"longitude"},
	"location.geo": {"latitude", "longitude"}, "location.hasMap": {"latitude", "longitude"},
	"offers.url": {"registration"}, "offers.priceCurrency": {"currency"}, "offers.priceSpecification.priceCurrency": {"currency"},
	"offers.price": prices, "offers.priceSpecification.price": prices, "isAccessibleForFree": {"price"},
	"offers.lowPrice": {"price_from"}, "offers.priceSpecification.minPrice": {"price_from"},
	"offers.highPrice": {"price_to"}, "offers.priceSpecification.maxPrice": {"price_to"},
	"maximumAttendeeCapacity": {"capacity"}, "inLanguage": {"languages"}, "keywords": {"keywords"},
	"eventAttendanceMode": {"mode"}, "courseMode": {"mode"}, "eventStatus": {"status"}, "@type": {"kind"},
	"ageRange.minValue": {"ages"}, "ageRange.maxValue": {"ages"}, "typicalAgeRange": {"ages"},
	"startDate": times, "endDate": times, "subEvent.startDate": times, "subEvent.endDate": times,
	"eventSchedule.startDate": times, "eventSchedule.endDate": times, "eventSchedule.startTime": times, "eventSchedule.endTime": times,
	"eventSchedule.duration": times, "eventSchedule.repeatFrequency": times, "eventSchedule.repeatCount": times, "eventSchedule.byDay": times,
	"eventSchedule.byMonth": times, "eventSchedule.byMonthDay": times, "eventSchedule.byMonthWeek": times, "eventSchedule.exceptDate": times,
	"eventSchedule.scheduleTimezone": times,
}

var (
	prices = []string{"price", "price_from", "price_to"}
	times  = []string{"sessions", "from", "to"}
	// joint are the columns that several values fill together; of any other the
	// first value counts.
	joint = []string{"price", "price_from", "price_to", "sessions", "from", "to", "ages", "same_as"}
)

// parts are the values of an entry by their paths: its own before those that it
// inherits.
func (l linked) parts(v map[string]any) []part {
	steps := 10_000 // of one entry, for people to look at
	l.steps = &steps
	whole := l.expanded(v, nil)
	names := map[string]bool{}
	addNames(names, "", whole)
	var own, inherited []string
	for _, name := range slices.Sorted(maps.Keys(names)) {
		first, _, _ := strings.Cut(name, ".")
		switch last := name[strings.LastIndexByte(name, '.')+1:]; {
		case last == "@context" || last[:1] == "@" && name != last:
		case slices.Contains(inherits, first):
			inherited = append(inherited, name)
		default:
			own = append(own, name)
		}
	}
	var parts []part
	filled := map[string]bool{}
	for _, name := range slices.Concat(own, inherited) {
		one := part{name: name, text: cellOf(lookup(whole, strings.Split(name, ".")))}
		for _, column := range ldColumns[withoutHeir(name)] {
			if !filled[column] || slices.Contains(joint, column) {
				filled[column] = true
				one.columns = append(one.columns, column)
			}
		}
		parts = append(parts, one)
	}
	return parts
}

// withoutHeir is a path in what an entry inherits from as one of its own.
func withoutHeir(path string) string {
	if first, rest, ok := strings.Cut(path, "."); ok && slices.Contains(inherits, first) {
		return rest
	}
	return path
}

// expanded is a value with what it only names by an id written out, but for
// those that it stands in.
func (l linked) expanded(value any, above []any) any {
	const deep = 6
	if *l.steps--; *l.steps < 0 {
		return value
	}
	switch v := l.full(value).(type) {
	case map[string]any:
		id := v["@id"]
		if len(above) == deep || id != nil && slices.Contains(above, id) {
			return value
		}
		whole := map[string]any{}
		for key, inner := range v {
			if whole[key] = inner; ldColumns[key] == nil { // an address names nothing but itself
				whole[key] = l.expanded(inner, append(slices.Clip(above), id))
			}
		}
		return whole
	case []any:
		var all []any
		for _, inner := range v {
			all = append(all, l.expanded(inner, above))
		}
		return all
	default:
		return v
	}
}
