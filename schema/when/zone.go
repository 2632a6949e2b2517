package when

import (
	"fmt"
	"strings"
	"sync"
	"time"
)

// In is the instant of the moment in a location, of a whole day its first.
// It reads clock changes as RFC 5545, 3.3.5 does: a time that comes twice is
// the first of the two, and a time that is skipped goes on with the offset
// from before the change, so that 02:30 becomes 03:30.
func (m Moment) In(loc *time.Location) time.Time {
	t := time.Date(m.Date.Year, m.Date.Month, m.Date.Day, m.Clock.Hour, m.Clock.Minute, m.Clock.Second, 0, loc)
	if loc == time.UTC {
		return t
	}
	wall := m.wall()
	_, offset := t.Zone()
	// time.Date promises no side of a change: it takes the offset from after
	// a gap in the west of Greenwich, and the one from before in the east.
	switch read := t.Unix() + int64(offset); {
	case read < wall:
		return time.Unix(wall-int64(offset), 0).In(loc)
	case read > wall:
		return t
	}
	if start, _ := t.ZoneBounds(); !start.IsZero() {
		_, before := start.Add(-time.Second).Zone()
		if first := time.Unix(wall-int64(before), 0); first.Before(start) {
			return first.In(loc)
		}
	}
	return t
}

// wall is what a clock set to UTC would call the moment, in Unix seconds.
func (m Moment) wall() int64 {
	return m.Date.In(time.UTC).Unix() + int64(m.Clock.Seconds())
}

// skipped says whether clocks never show the moment: they go from one time of
// day straight to another, over it.
func (m Moment) skipped(loc *time.Location) (from, to Clock, ok bool) {
	t := m.In(loc)
	if !m.Timed || clockOf(t) == m.Clock {
		return Clock{}, Clock{}, false
	}
	change, _ := t.ZoneBounds()
	_, before := change.Add(-time.Second).Zone()
	return clockOf(change.UTC().Add(time.Duration(before) * time.Second)), clockOf(change), true
}

func clockOf(t time.Time) Clock {
	h, m, s := t.Clock()
	return Clock{h, m, s}
}

// zones are the locations that were asked for, by name: reading one takes
// longer than following a session in it, and they never change.
var zones sync.Map

// loadZone finds a zone of the IANA database by its full name: «UTC», or area
// and place as in «Asia/Qatar». Others, such as «Local», mean different
// things on different machines.
func loadZone(name string) (*time.Location, error) {
	if loc, ok := zones.Load(name); ok {
		return loc.(*time.Location), nil
	}
	if name != "UTC" && (!strings.Contains(name, "/") || name[0] < 'A' || 'Z' < name[0]) {
		return nil, fmt.Errorf("time zone %q is not a name like Asia/Qatar", name)
	}
	loc, err := time.LoadLocation(name)
	if err != nil {
		return nil, err
	}
	zones.Store(name, loc)
	return loc, nil
}

// Transition is a change of a zone's offset from UTC.
type Transition struct {
	// At is the instant of the change. It is 1970-01-01T00:00:00Z where the
	// zone has had one offset since before then.
	At time.Time
	// Before and After are offsets from UTC in seconds, east positive.
	Before, After int
	// Abbrev is the zone's short name from then on: "CST", "+03".
	Abbrev string
	// DST says that daylight saving time begins.
	DST bool
}

// VTimezone lists what a calendar must say of a zone so that local times from
// one instant to another are understood (RFC 5545, 3.6.5): the transition in
// force at the first, and those after it up to and with the second.
func VTimezone(zone *time.Location, from, to time.Time) []Transition {
	var list []Transition
	for t := from.In(zone); ; {
		start, end := t.ZoneBounds()
		list = append(list, transition(t, start))
		if end.IsZero() || end.After(to) {
			return list
		}
		t = end
	}
}

// transition is the one that the period of t, begun at start, came with.
func transition(t, start time.Time) Transition {
	abbrev, after := t.Zone()
	before := after
	epoch := time.Unix(0, 0).UTC()
	if start.Before(epoch) {
		start = epoch
	} else {
		_, before = start.Add(-time.Second).Zone()
	}
	return Transition{At: start.UTC(), Before: before, After: after, Abbrev: abbrev, DST: t.IsDST()}
}
