package generator

import (
	"fmt"
	"time"

	"fursa/generator/content"
	"fursa/schema"
	"fursa/schema/document"
	"fursa/schema/when"
)

// Now is a date or an instant that somebody asked for; the zero Now is none.
type Now struct {
	Date    when.Date
	Instant time.Time
}

// ParseNow reads 2026-11-22 or an instant of RFC 3339.
func ParseNow(s string) (Now, error) {
	if t, err := time.Parse(time.RFC3339, s); err == nil {
		return Now{Instant: t}, nil
	}
	d, err := when.ParseDate(s)
	if err != nil {
		return Now{}, fmt.Errorf("%w, nor a time like 2026-11-22T09:00:00Z", err)
	}
	return Now{Date: d}, nil
}

// now is the instant of a build and its date in the catalogue's zone.
type now struct {
	instant time.Time
	date    when.Date
}

// at is the instant that counts: the one asked for, else noon of the
// catalogue's «today», else the clock's.
func (n Now) at(settings schema.Catalogue, clock time.Time) (now, error) {
	zone, err := time.LoadLocation(settings.TimeZone)
	if err != nil {
		return now{}, fmt.Errorf("time zone: %w", err)
	}
	day := n.Date
	if day.IsZero() && n.Instant.IsZero() {
		day = settings.Today
	}
	instant := clock
	switch {
	case !day.IsZero():
		instant = day.In(zone).Add(12 * time.Hour)
	case !n.Instant.IsZero():
		instant = n.Instant
	}
	return now{instant, when.DateOf(instant.In(zone))}, nil
}

// day is the local date that a build of these files would have, before they
// are checked.
func (n Now) day(files content.Content, clock time.Time) (when.Date, bool) {
	for _, f := range files.Files {
		if f.Kind != schema.KindCatalogue {
			continue
		}
		d, _ := document.Parse(f.Source)
		if d == nil {
			return when.Date{}, false
		}
		settings, err := schema.Decode[schema.Catalogue](d.Value)
		if err != nil {
			return when.Date{}, false
		}
		at, err := n.at(settings, clock)
		return at.date, err == nil
	}
	return when.Date{}, false
}
