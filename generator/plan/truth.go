package plan

import (
	"html/template"
	"strings"

	"fursa/generator/catalogue"
)

// mostDates is how many coming dates a card carries, so that a script can move
// on to the next one.
const mostDates = 6

// truths are the data- attributes of a listing's card or page. From them a
// script decides anew what has ended, so that a page built last week does not
// lie: data-dates are coming occurrences, data-until is the last day on which
// it can be joined, data-by the deadline, data-opens when registration opens.
func (e *edition) truths(x *entry) template.HTMLAttr {
	var b strings.Builder
	add := func(name, value string) {
		if value != "" {
			b.WriteString(" data-" + name + `="` + value + `"`)
		}
	}
	if x.Status != catalogue.StatusOpen {
		add("status", x.Status)
	}
	add("dates", comingDates(x.Listing))
	if !x.Until.IsZero() {
		add("until", x.Until.String())
	}
	add("by", e.registrationBy(x.Listing))
	add("opens", e.registrationFrom(x.Listing))
	return template.HTMLAttr(b.String()) //nolint:gosec // dates and the schema's own words
}

// comingDates are the next occurrences as pages and scripts have them: ISO
// 8601 intervals or instants, whole days as dates, by blanks.
func comingDates(l *catalogue.Listing) string {
	var dates []string
	for _, o := range l.Occurrences {
		if o.Status == catalogue.StatusCancelled {
			continue
		}
		text := iso(o)
		if o.End.After(o.Start) {
			o.Start = o.End
			text += "/" + iso(o)
		}
		if dates = append(dates, text); len(dates) == mostDates {
			break
		}
	}
	return strings.Join(dates, " ")
}

// registrationBy is when registration ends: a date, or a local time with its
// offset.
func (e *edition) registrationBy(l *catalogue.Listing) string {
	r := l.Value.Registration
	if r == nil || !r.Deadline.Timed {
		return deadline(l.Value)
	}
	return e.moment(r.Deadline)
}

// registrationFrom is when registration opens, the same way; empty where it
// has.
func (e *edition) registrationFrom(l *catalogue.Listing) string {
	r := l.Value.Registration
	if r == nil || !e.Today.Before(r.Opens.Date) {
		return ""
	}
	return e.moment(r.Opens)
}
