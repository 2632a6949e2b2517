package convert

import (
	"bytes"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/emersion/go-ical"

	"fursa/schema"
	"fursa/schema/when"
)

// maxNesting is how deep components of a calendar may stand in each other;
// real ones stand in three.
const maxNesting = 16

// readICS reads the events of calendars. Those of one UID are one entry: a
// series, and dates of it that were moved. Where a UID is an address, what
// follows # tells dates of one listing apart, as in our own calendars.
func readICS(text []byte, m Map) (table, error) {
	if err := checkNesting(text); err != nil {
		return nil, err
	}
	calendar, err := ical.NewDecoder(bytes.NewReader(text)).Decode()
	if err != nil {
		return nil, fmt.Errorf("this is no calendar: %w", err)
	}
	var order []string
	byID := map[string][]ical.Event{}
	for _, e := range calendar.Events() {
		id := textOf(e.Props, ical.PropUID)
		if start, _, ok := strings.Cut(id, "#"); ok && webAddresses(id) != "" {
			id = start
		}
		if byID[id] == nil {
			order = append(order, id)
		}
		byID[id] = append(byID[id], e)
	}
	found := newEntries()
	for _, id := range order {
		columns, err := eventEntry(id, byID[id], zoneOf(m))
		found.add(columns, err)
		found.said(func() []part { return eventParts(byID[id]) })
	}
	return found.done("event")
}

func checkNesting(text []byte) error {
	depth := 0
	for line := range bytes.Lines(text) {
		switch upper := bytes.ToUpper(line[:min(len(line), 6)]); {
		case bytes.HasPrefix(upper, []byte("BEGIN:")):
			depth++
		case bytes.HasPrefix(upper, []byte("END:")):
			depth--
		}
		if depth > maxNesting {
			return errors.New("this is no calendar: its components stand too deep in each other")
		}
	}
	return nil
}

// zoneOf is the catalogue's time zone.
func zoneOf(m Map) *time.Location {
	zone, err := time.LoadLocation(m.Zone)
	if err != nil { // ReadMap has refused it
		panic(fmt.Sprintf("convert: %v", err))
	}
	return zone
}

// textOf is a property's text, empty where there is none or it is broken.
// Commas count as they stand, for many programs forget to escape them.
func textOf(props ical.Props, name string) string {
	p := props.Get(name)
	if p == nil {
		return ""
	}
	parts, _ := p.TextList()
	return strings.TrimSpace(strings.Join(parts, ","))
}

func eventEntry(id string, events []ical.Event, zone *time.Location) (entry, error) {
	main := mainEvent(events)
	sessions, err := eventSessions(events, zone)
	if err != nil {
		return entry{"id": id}, err
	}
	columns := entry{
		"id": id, "title": textOf(main.Props, ical.PropSummary), "description": textOf(main.Props, ical.PropDescription),
		"sessions": sessionsJSON(sessions),
	}
	if url := main.Props.Get(ical.PropURL); url != nil {
		columns["url"] = url.Value
	}
	if organizer := main.Props.Get(ical.PropOrganizer); organizer != nil {
		columns["provider"] = organizer.Params.Get(ical.ParamCommonName)
	}
	if !slices.ContainsFunc(events, func(e ical.Event) bool { return !isCancelled(e) }) {
		columns["status"] = "cancelled"
	}
	if categories := main.Props.Get(ical.PropCategories); categories != nil {
		list, _ := categories.TextList()
		columns["keywords"] = strings.Join(list, "\n")
	}
	addLocation(columns, textOf(main.Props, ical.PropLocation))
	if geo := main.Props.Get(ical.PropGeo); geo != nil {
		addPosition(columns, geo.Value)
	}
	return columns, nil
}

// mainEvent is the one of a UID's events that is no moved date of another.
func mainEvent(events []ical.Event) ical.Event {
	for _, e := range events {
		if e.Props.Get(ical.PropRecurrenceID) == nil {
			return e
		}
	}
	return events[0]
}

// icsColumns are the columns that the properties of an event fill.
var icsColumns = map[string][]string{
	ical.PropUID: {"id", "same_as"}, ical.PropURL: {"url", "same_as"}, ical.PropSummary: {"title"}, ical.PropDescription: {"description"},
	ical.PropOrganizer: {"provider"}, ical.PropCategories: {"keywords"}, ical.PropLocation: {"place", "address", "mode"},
	ical.PropGeo: {"latitude", "longitude"}, ical.PropStatus: {"status"}, ical.PropRecurrenceID: {"sessions"},
	ical.PropDateTimeStart: {"sessions"}, ical.PropDateTimeEnd: {"sessions"}, ical.PropDuration: {"sessions"},
	ical.PropRecurrenceRule: {"sessions"}, ical.PropExceptionDates: {"sessions"}, ical.PropRecurrenceDates: {"sessions"},
}

// eventParts are the properties of the first of a UID's events.
func eventParts(events []ical.Event) []part {
	props := mainEvent(events).Props
	var parts []part
	for _, name := range slices.Sorted(maps.Keys(props)) {
		for _, p := range props[name] {
			parts = append(parts, part{name, p.Value, icsColumns[name]})
		}
	}
	return parts
}

func isCancelled(e ical.Event) bool { return textOf(e.Props, ical.PropStatus) == "CANCELLED" }

// addLocation takes what stands before the first comma for the name of a
// place, and the rest for its address.
func addLocation(columns entry, location string) {
	if webAddresses(location) != "" {
		columns["mode"] = "online"
		return
	}
	name, address, _ := strings.Cut(location, ", ")
	columns["place"], columns["address"] = name, address
}

// eventSessions are the dates of events with one UID, in their order.
func eventSessions(events []ical.Event, zone *time.Location) ([]schema.Session, error) {
	var sessions []schema.Session
	var moved []when.Moment
	for _, e := range events {
		changed := e.Props.Get(ical.PropRecurrenceID)
		if changed != nil {
			at, err := momentOf(*changed, zone)
			if err != nil {
				return nil, err
			}
			moved = append(moved, at.moment)
			if isCancelled(e) {
				continue
			}
		}
		more, err := eventDates(e, zone)
		if err != nil {
			return nil, err
		}
		sessions = append(sessions, more...)
	}
	for i := range sessions {
		if sessions[i].RRule != "" {
			sessions[i].Except = append(sessions[i].Except, moved...)
		}
	}
	return sessions, nil
}

// eventDates are an event's own date or series, and its single ones beside.
func eventDates(e ical.Event, zone *time.Location) ([]schema.Session, error) {
	first := e.Props.Get(ical.PropDateTimeStart)
	if first == nil {
		return nil, errors.New("it has no start")
	}
	if r := e.Props.Get(ical.PropRecurrenceRule); r != nil && first.Params.Get(ical.PropTimezoneID) == "" && strings.HasSuffix(first.Value, "Z") {
		zone = time.UTC // a series by UTC moves against local time
	}
	start, err := momentOf(*first, zone)
	if err != nil {
		return nil, err
	}
	s := schema.Session{Start: start.moment, Zone: start.zone}
	if zone == time.UTC {
		s.Zone = "UTC"
	}
	if isCancelled(e) {
		s.Status = "cancelled"
	}
	length, err := lengthOf(e, start, zone)
	if err != nil {
		return nil, err
	}
	s.End = start.after(length)
	if r := e.Props.Get(ical.PropRecurrenceRule); r != nil {
		s.RRule = r.Value
	}
	if s.Except, err = dates(e.Props.Values(ical.PropExceptionDates), zone); err != nil {
		return nil, err
	}
	sessions := []schema.Session{s}
	more, err := dates(e.Props.Values(ical.PropRecurrenceDates), zone)
	for _, m := range more {
		at := local{m, start.zone}
		sessions = append(sessions, schema.Session{Start: m, End: at.after(length), Zone: s.Zone})
	}
	return sessions, err
}

// lengthOf is how long an event is; 0 where nothing says it.
func lengthOf(e ical.Event, start local, zone *time.Location) (time.Duration, error) {
	if d := e.Props.Get(ical.PropDuration); d != nil {
		return d.Duration()
	}
	last := e.Props.Get(ical.PropDateTimeEnd)
	if last == nil {
		return 0, nil
	}
	end, err := momentOf(*last, zone)
	return end.moment.In(time.UTC).Sub(start.moment.In(time.UTC)), err
}

func dates(props []ical.Prop, zone *time.Location) ([]when.Moment, error) {
	var all []when.Moment
	for _, p := range props {
		for value := range strings.SplitSeq(p.Value, ",") {
			p.Value = value
			at, err := momentOf(p, zone)
			if err != nil {
				return nil, err
			}
			all = append(all, at.moment)
		}
	}
	return slices.Compact(all), nil
}

// local is a moment where it happens; zone is empty in the catalogue's own.
type local struct {
	moment when.Moment
	zone   string
}

// after is the end of what begins there: of whole days the last one, and
// zero without a length.
func (l local) after(length time.Duration) when.Moment {
	switch {
	case length <= 0:
		return when.Moment{}
	case l.moment.Timed:
		return momentAt(l.moment.In(time.UTC).Add(length))
	case length <= 24*time.Hour:
		return when.Moment{}
	}
	return when.Moment{Date: when.DateOf(l.moment.In(time.UTC).Add(length - 24*time.Hour))}
}

// momentOf reads a date, a local time, one of a zone, or an instant, which
// becomes the catalogue's time.
func momentOf(p ical.Prop, zone *time.Location) (local, error) {
	t, err := p.DateTime(zone)
	if err != nil {
		return local{}, fmt.Errorf("%s %s: %w", p.Name, p.Value, err)
	}
	if len(p.Value) == len("20060102") {
		return local{moment: when.Moment{Date: when.DateOf(t)}}, nil
	}
	if strings.HasSuffix(p.Value, "Z") {
		return local{moment: momentAt(t.In(zone))}, nil
	}
	named := p.Params.Get(ical.PropTimezoneID)
	if named == zone.String() {
		named = ""
	}
	return local{momentAt(t), named}, nil
}

// momentAt is a time as the clock there shows it.
func momentAt(t time.Time) when.Moment {
	return when.Moment{Date: when.DateOf(t), Clock: when.Clock{Hour: t.Hour(), Minute: t.Minute(), Second: t.Second()}, Timed: true}
}
