package when

import (
	"math"
	"slices"
	"time"
)

// Session is one date, or a series of dates by a recurrence rule.
type Session struct {
	ID string
	// Start and End are both whole days, the end inclusive, or both local
	// times; End may be zero.
	Start, End Moment
	// RRule is the value of an RFC 5545 RRULE, of FREQ=DAILY or coarser. Its
	// UNTIL includes the day or moment that it names; a date is that whole
	// day, a time without Z is local.
	RRule string
	// Except takes out single starts, by their moment or by their day.
	Except []Moment
	// Zone is an IANA name; empty is the default zone.
	Zone   string
	Status string
}

// Occurrence is one time at which something happens.
type Occurrence struct {
	Session int // the index of its session
	ID      string
	// Start and End are in the session's zone. Of whole days they are the
	// first instants of the first and the last day. Without an end they are
	// equal.
	Start, End time.Time
	AllDay     bool
	Status     string
}

// Occurrences are the times that overlap the days from one to another, both
// included, each day in the session's own zone; sorted by start, then by
// session. A session whose zone, end or rule is wrong gives none; one that
// clocks skip happens when RFC 5545 says. Rules are followed for 100,000
// dates, and to the end of 2399.
func Occurrences(ss []Session, zone *time.Location, from, to Date) []Occurrence {
	var list []Occurrence
	for i, session := range ss {
		s, err := newSeries(session, zone)
		if err != nil {
			continue
		}
		clock := offsets{loc: s.loc}
		// An earlier start has ended before the first day.
		first := from.AddDays(-s.length())
		for m := range s.starts(to) {
			if m.Date.Before(first) || s.excepted(m) {
				continue
			}
			o := s.occurrence(m, &clock)
			o.Session = i
			if a, b := o.Days(); !to.Before(a) && !b.Before(from) {
				list = append(list, o)
			}
		}
	}
	slices.SortStableFunc(list, func(a, b Occurrence) int { return a.Start.Compare(b.Start) })
	return list
}

// occurrence is the one that starts at m. Its end keeps its local time; where
// a clock change would put that before the start, it keeps its length.
func (s series) occurrence(m Moment, clock *offsets) Occurrence {
	end := s.end(m)
	o := Occurrence{ID: s.ID, Start: clock.in(m), AllDay: !m.Timed, Status: s.Status}
	o.End = clock.in(end)
	if o.End.Before(o.Start) {
		o.End = o.Start.Add(time.Duration(end.wall()-m.wall()) * time.Second)
	}
	return o
}

// offsets turns moments of one location into instants, and remembers the
// offset last found: occurrences of a season share it.
type offsets struct {
	loc      *time.Location
	from, to int64 // Unix seconds, a day away from any clock change
	offset   int64
}

func (z *offsets) in(m Moment) time.Time {
	unix := m.wall() - z.offset
	if z.from <= unix && unix < z.to {
		return time.Unix(unix, 0).In(z.loc)
	}
	t := m.In(z.loc)
	_, offset := t.Zone()
	*z = offsets{loc: z.loc, offset: int64(offset), from: math.MinInt64, to: math.MaxInt64}
	start, end := t.ZoneBounds()
	if !start.IsZero() {
		z.from = start.Unix() + secondsADay
	}
	if !end.IsZero() {
		z.to = end.Unix() - secondsADay
	}
	return t
}

// Days are the first and the last day of the occurrence, in its zone. What
// ends at midnight does not touch the day that begins then.
func (o Occurrence) Days() (first, last Date) {
	end := o.End
	if !o.AllDay && end.After(o.Start) {
		end = end.Add(-time.Nanosecond)
	}
	return DateOf(o.Start), DateOf(end)
}

// Last is the last day on which anything happens, cancelled or not; the zero
// Date where nothing ever does. It is false where a rule has no end.
func Last(ss []Session, zone *time.Location) (Date, bool) {
	var latest Date
	for _, session := range ss {
		s, err := newSeries(session, zone)
		if err != nil {
			continue
		}
		clock := offsets{loc: s.loc}
		for m := range s.starts(endOfRules()) {
			if s.excepted(m) {
				continue
			}
			if s.endless() {
				return Date{}, false
			}
			if _, last := s.occurrence(m, &clock).Days(); latest.Before(last) {
				latest = last
			}
		}
	}
	return latest, true
}
