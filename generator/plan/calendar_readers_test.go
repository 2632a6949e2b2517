package plan_test

import (
	"bytes"
	"fmt"
	"path"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/emersion/go-ical"
	"github.com/google/go-cmp/cmp"

	"fursa/generator/catalogue"
	"fursa/schema/when"
)

// readCalendar is what a reader says of a calendar, readEvent of an event in
// it. Starts are all of them, rules followed: days, or times in UTC.
type readCalendar struct {
	Complaint, Name string
	Events          []readEvent
}

type readEvent struct {
	UID, Summary, Description, URL, Status string
	Starts                                 []string
}

// calendarEnd is where readers stop to follow rules: a year after the sample's
// today, as the catalogue does.
func calendarEnd(s site) when.Date { return s.Catalogue.Today.AddDays(365) }

var calendarReaders = map[string]struct {
	needs []string
	read  func(t *testing.T, s site, paths []string) map[string]readCalendar
}{
	"icalendar": {[]string{"python:icalendar", "python:dateutil"}, calendarScript(debianPython, "read_icalendar.py")},
	"ical.js":   {[]string{"node", "npm:ical.js"}, calendarScript("node", "read_icaljs.cjs")},
	"go-ical":   {nil, readGoICal},
}

func calendarScript(program, name string) func(*testing.T, site, []string) map[string]readCalendar {
	return func(t *testing.T, s site, paths []string) map[string]readCalendar {
		return inquire[readCalendar](t, s, paths, program, name, calendarEnd(s).String())
	}
}

// Every reader finds in every calendar the sessions of the catalogue at their
// times, in both languages.
func TestCalendarReaders(t *testing.T) {
	s := sampleAt(t, "")
	var paths []string
	for _, folder := range readFolders(t, s) {
		paths = append(paths, path.Join(folder, "calendar.ics"))
	}
	want := map[string]map[string]readEvent{"en": coming(s, "en"), "ar": coming(s, "ar")}
	for name, reader := range calendarReaders {
		t.Run(name, func(t *testing.T) {
			needs(t, reader.needs...)
			found := reader.read(t, s, paths)
			for _, p := range paths {
				lang := "en"
				if strings.HasPrefix(p, "ar/") {
					lang = "ar"
				}
				calendar := found[p]
				if calendar.Complaint != "" || calendar.Name == "" {
					t.Errorf("%s: %q: %s", p, calendar.Name, calendar.Complaint)
				}
				got := map[string]readEvent{}
				for _, e := range calendar.Events {
					got[e.UID] = e.within(s)
				}
				wanted := want[lang]
				if path.Dir(p) != "." && path.Dir(p) != "ar" {
					wanted = part(wanted, got)
				}
				if diff := cmp.Diff(wanted, got); diff != "" {
					t.Errorf("%s (-catalogue +read):\n%s", p, diff)
				}
			}
		})
	}
}

// coming are the events of a catalogue that a calendar of everything holds, by
// their UIDs.
func coming(s site, lang string) map[string]readEvent {
	events := map[string]readEvent{}
	for _, l := range s.Catalogue.Current {
		v, _, _ := l.In(lang)
		event := readEvent{Summary: v.Title, Description: v.Summary, URL: s.base.String() + l.Path + "/", Status: "CONFIRMED"}
		if lang != "en" {
			event.URL = s.base.String() + lang + "/" + l.Path + "/"
		}
		if l.Status == catalogue.StatusCancelled {
			event.Status = "CANCELLED"
		}
		if p := l.Value.Period; p != nil && !p.From.IsZero() && !p.From.Before(s.Catalogue.Today) {
			event.UID, event.Starts = l.ID+"#period", []string{p.From.String()}
			events[event.UID] = event
		}
		for _, o := range l.Occurrences {
			session := l.Value.Sessions[o.Session]
			id := l.ID + "#" + session.ID
			if session.ID == "" {
				id += fmt.Sprint(o.Session + 1)
			}
			e, ok := events[id]
			if !ok {
				e = event
				e.UID = id
			}
			if o.Status == catalogue.StatusCancelled {
				e.Status = "CANCELLED"
			}
			e.Starts = append(e.Starts, startOf(o.Start, o.AllDay))
			events[id] = e
		}
	}
	for id, e := range events {
		events[id] = e.within(s)
	}
	return events
}

// part is what a catalogue has of the events that were found, so that none is
// found that it has not.
func part(all, found map[string]readEvent) map[string]readEvent {
	some := map[string]readEvent{}
	for id := range found {
		if e, ok := all[id]; ok {
			some[id] = e
		}
	}
	return some
}

func startOf(at time.Time, allDay bool) string {
	if allDay {
		return at.Format(time.DateOnly)
	}
	return at.UTC().Format(time.RFC3339)
}

// within is an event with those of its starts that a catalogue looks at, and
// the first line of its description, which is the listing's summary.
func (e readEvent) within(s site) readEvent {
	from, to := s.Catalogue.Today.String(), calendarEnd(s).String()
	e.Starts = slices.DeleteFunc(slices.Clone(e.Starts), func(at string) bool { return at < from || at >= to })
	if slices.Sort(e.Starts); len(e.Starts) == 0 {
		e.Starts = nil
	}
	e.Description, _, _ = strings.Cut(e.Description, "\n")
	return e
}

func readGoICal(t *testing.T, s site, paths []string) map[string]readCalendar {
	t.Helper()
	all := map[string]readCalendar{}
	for _, p := range paths {
		c, err := ical.NewDecoder(bytes.NewReader(s.files[p])).Decode()
		if err != nil {
			t.Fatalf("%s: %v", p, err)
		}
		calendar := readCalendar{Name: c.Props.Get("X-WR-CALNAME").Value}
		for _, e := range c.Events() {
			calendar.Events = append(calendar.Events, newReadEvent(t, s, e))
		}
		all[p] = calendar
	}
	return all
}

func newReadEvent(t *testing.T, s site, e ical.Event) readEvent {
	t.Helper()
	text := func(name string) string {
		value, err := e.Props.Text(name)
		if err != nil {
			t.Errorf("%s: %v", name, err)
		}
		return value
	}
	event := readEvent{
		UID: text("UID"), Summary: text("SUMMARY"), Description: text("DESCRIPTION"),
		URL: e.Props.Get("URL").Value, Status: text("STATUS"),
	}
	start, err := e.DateTimeStart(time.UTC)
	if err != nil {
		t.Error(err)
	}
	allDay := e.Props.Get("DTSTART").ValueType() == ical.ValueDate
	set, err := e.RecurrenceSet(time.UTC)
	if err != nil {
		t.Error(err)
	}
	starts := []time.Time{start}
	if set != nil {
		starts = set.Between(start, calendarEnd(s).In(time.UTC), true)
	}
	for _, at := range starts {
		event.Starts = append(event.Starts, startOf(at, allDay))
	}
	return event
}
