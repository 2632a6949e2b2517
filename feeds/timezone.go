package feeds

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"fursa/schema/when"
)

// span is the time in which events of a zone start.
type span struct {
	zone     *time.Location
	from, to time.Time
}

// addTimezones writes the VTIMEZONEs that the events refer to, by name. A
// calendar without events gets that of its own zone, since a calendar must hold
// something (RFC 5545, section 3.6).
func (l *contentLines) addTimezones(c Calendar) {
	spans := map[string]span{}
	for _, e := range c.Events {
		zone := e.Start.Location()
		if e.AllDay || zone == time.UTC {
			continue
		}
		s, ok := spans[zone.String()]
		if !ok || e.Start.Before(s.from) {
			s.from = e.Start
		}
		if e.Start.After(s.to) {
			s.to = e.Start
		}
		s.zone = zone
		spans[zone.String()] = s
	}
	if len(c.Events) == 0 {
		spans[c.Loc.String()] = span{c.Loc, c.Updated, c.Updated}
	}
	for _, name := range slices.Sorted(maps.Keys(spans)) {
		l.addTimezone(spans[name])
	}
}

// addTimezone writes the rules in force in a span and the year after it, and no
// others: some programs choke on long ones. A change that comes every year is
// said once.
func (l *contentLines) addTimezone(s span) {
	l.add("BEGIN", "", "VTIMEZONE")
	l.add("TZID", "", s.zone.String())
	to := s.to.AddDate(1, 0, 0)
	said := map[string]bool{}
	for _, change := range when.VTimezone(s.zone, s.from, to) {
		rule := yearlyRule(s.zone, change, to)
		key := fmt.Sprint(rule, change.Before, change.After)
		if rule == "" || !said[key] {
			l.addObservance(change, rule)
		}
		said[key] = true
	}
	l.add("END", "", "VTIMEZONE")
}

func (l *contentLines) addObservance(change when.Transition, rule string) {
	name := "STANDARD"
	if change.DST {
		name = "DAYLIGHT"
	}
	l.add("BEGIN", "", name)
	l.add("DTSTART", "", onset(change).Format("20060102T150405"))
	l.add("TZOFFSETFROM", "", offset(change.Before))
	l.add("TZOFFSETTO", "", offset(change.After))
	l.addText("TZNAME", "", change.Abbrev)
	l.add("RRULE", "", rule)
	l.add("END", "", name)
}

// onset is what clocks show at a change, before they are set.
func onset(change when.Transition) time.Time {
	return change.At.UTC().Add(time.Duration(change.Before) * time.Second)
}

// offset is seconds east of UTC as +hhmm or +hhmmss.
func offset(seconds int) string {
	sign := '+'
	if seconds < 0 {
		sign, seconds = '-', -seconds
	}
	text := fmt.Sprintf("%c%02d%02d", sign, seconds/3600, seconds/60%60)
	if seconds%60 != 0 {
		text += fmt.Sprintf("%02d", seconds%60)
	}
	return text
}

// yearlyRule is the recurrence rule of a change that a zone makes in every year
// until a time, on the same weekday of a month, counted from its start or its
// end; empty if there is none.
func yearlyRule(zone *time.Location, change when.Transition, to time.Time) string {
	first := onset(change)
	fromEnd := first.AddDate(0, 0, 7).Month() != first.Month()
	for _, nth := range []int{-1, (first.Day()-1)/7 + 1} {
		if nth == -1 && !fromEnd || nth == 5 || !everyYear(zone, change, nth, to.Year()) {
			continue
		}
		day := strings.ToUpper(first.Weekday().String()[:2])
		return fmt.Sprintf("FREQ=YEARLY;BYMONTH=%d;BYDAY=%d%s", first.Month(), nth, day)
	}
	return ""
}

func everyYear(zone *time.Location, change when.Transition, nth, last int) bool {
	first := onset(change)
	for year := first.Year() + 1; year <= max(last, first.Year()+1); year++ {
		day := nthWeekday(year, first.Month(), first.Weekday(), nth)
		moved := day.Add(first.Sub(first.Truncate(24 * time.Hour)))
		at := moved.Add(-time.Duration(change.Before) * time.Second).In(zone)
		start, _ := at.ZoneBounds()
		if _, after := at.Zone(); !start.Equal(at) || after != change.After {
			return false
		}
	}
	return true
}

// nthWeekday is the nth such weekday of a month, or with -1 the last.
func nthWeekday(year int, month time.Month, weekday time.Weekday, nth int) time.Time {
	day := time.Date(year, month, 1, 0, 0, 0, 0, time.UTC)
	if nth == -1 {
		day = day.AddDate(0, 1, -7)
		nth = 1
	}
	ahead := (int(weekday-day.Weekday()) + 7) % 7
	return day.AddDate(0, 0, ahead+7*(nth-1))
}
