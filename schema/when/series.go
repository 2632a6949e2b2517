package when

import (
	"fmt"
	"iter"
	"time"
)

// series is a session made ready to follow. Its dates are worked out as local
// moments, and become instants last, so that clock changes keep 18:00 at
// 18:00.
type series struct {
	Session
	loc    *time.Location
	rule   *rule // nil: once
	except map[Moment]bool
}

// newSeries reads a session; zone is the default one. It says what is wrong
// with a session that cannot be followed.
func newSeries(s Session, zone *time.Location) (series, error) {
	loc, err := s.location(zone)
	switch {
	case err != nil:
		return series{}, err
	case s.Start.IsZero():
		return series{}, fmt.Errorf("session %q has no start", s.ID)
	case s.mixed() || s.endsEarly():
		return series{}, fmt.Errorf("session %q cannot end at %s", s.ID, s.End)
	}
	sr := series{Session: s, loc: loc}
	if s.RRule != "" {
		r, err := parseRule(s.RRule)
		if err != nil {
			return series{}, err
		}
		sr.rule = &r
	}
	if len(s.Except) > 0 {
		sr.except = make(map[Moment]bool, len(s.Except))
	}
	for _, m := range s.Except {
		sr.except[m] = true
	}
	return sr, nil
}

// location is where the session's local times are.
func (s Session) location(zone *time.Location) (*time.Location, error) {
	if s.Zone == "" || s.Zone == zone.String() {
		return zone, nil
	}
	return loadZone(s.Zone)
}

// mixed says that one of start and end is a day and the other a time.
func (s Session) mixed() bool {
	return !s.End.IsZero() && s.Start.Timed != s.End.Timed
}

func (s Session) endsEarly() bool {
	return !s.End.IsZero() && !s.mixed() && s.End.Compare(s.Start) < 0
}

// starts are the local starts from the first on, as long as they are not
// after a last day; with those that are excepted.
func (s series) starts(last Date) iter.Seq[Moment] {
	return func(yield func(Moment) bool) {
		if s.rule == nil {
			if !last.Before(s.Start.Date) {
				yield(s.Start)
			}
			return
		}
		until, ends := s.until()
		if ends {
			last = earlier(last, DateOf(until))
		}
		for d := range s.rule.days(s.Start.Date, last) {
			m := s.Start
			m.Date = d
			// Within the last day the time of day decides.
			if ends && d == last && m.In(s.loc).After(until) || !yield(m) {
				return
			}
		}
	}
}

// until is the last instant at which the rule may start, in the session's
// zone; false where the rule has no UNTIL. A date is meant with all its
// hours; of whole days only the date counts, as it is written.
func (s series) until() (time.Time, bool) {
	if s.rule == nil || s.rule.until.IsZero() {
		return time.Time{}, false
	}
	u := s.rule.until
	switch {
	case !u.Timed || !s.Start.Timed:
		return u.Date.AddDays(1).In(s.loc).Add(-time.Second), true
	case s.rule.utc:
		return u.In(time.UTC).In(s.loc), true
	}
	return u.In(s.loc), true
}

// endless says that the rule has neither UNTIL nor COUNT.
func (s series) endless() bool {
	return s.rule != nil && s.rule.until.IsZero() && s.rule.option.Count == 0
}

// excepted says whether a start was taken out: by its moment, or by its date.
func (s series) excepted(m Moment) bool {
	return s.except[m] || s.except[Moment{Date: m.Date}]
}

// length is how many days after its start a session ends.
func (s Session) length() int {
	if s.End.IsZero() {
		return 0
	}
	return DaysBetween(s.Start.Date, s.End.Date)
}

// end is the local end of what starts at m.
func (s Session) end(m Moment) Moment {
	if s.End.IsZero() {
		return m
	}
	return Moment{m.Date.AddDays(s.length()), s.End.Clock, s.End.Timed}
}

func earlier(a, b Date) Date {
	if b.Before(a) {
		return b
	}
	return a
}
