package when

import (
	"errors"
	"iter"
	"slices"
	"strconv"
	"time"
)

// Problem is one thing wrong with the times of a record.
type Problem struct {
	Session int // the index of its session
	// Field is the JSON Pointer of the culprit within the session, without
	// the first slash: "start", "end", "rrule", "zone", "except", "except/0".
	Field string
	// Name is the problem's part of a rule «when/NAME»:
	//
	//	unknown-zone             the zone is not in the IANA database
	//	date-and-time-mixed      a day where the start has a time, or so
	//	end-before-start
	//	skipped-time             clocks go past it when daylight saving begins
	//	bad-rrule                the rule cannot be read or is not of days
	//	never-occurs             no date, or all of them excepted
	//	start-not-in-rule        warning: the start is not a date of the rule
	//	except-matches-nothing   warning
	//	overlaps-itself          warning: it starts again before it has ended
	Name string
	// Variant picks a hint of the rule «hint-VARIANT»; empty is the first.
	Variant string
	// Args are the names and values of the message, in turn.
	Args []any
}

// Warning says that the session can be followed nevertheless.
func (p Problem) Warning() bool {
	switch p.Name {
	case "start-not-in-rule", "except-matches-nothing", "overlaps-itself":
		return true
	}
	return false
}

// Check finds what is wrong with sessions, in their order; zone is the
// default one. A session without a start is the schema's to refuse, and
// passed over.
func Check(ss []Session, zone *time.Location) []Problem {
	var list []Problem
	for i, s := range ss {
		if s.Start.IsZero() {
			continue
		}
		problems := checkMoments(s, zone)
		if sr, err := newSeries(mended(s, zone), zone); err == nil {
			problems = append(problems, sr.checkDates()...)
		}
		for _, p := range problems {
			p.Session = i
			list = append(list, p)
		}
	}
	return list
}

// mended is the session without the zone or the end that keep it from being
// followed, so that one run finds what is wrong with its dates too.
func mended(s Session, zone *time.Location) Session {
	if _, err := s.location(zone); err != nil {
		s.Zone = ""
	}
	if s.mixed() || s.endsEarly() {
		s.End = Moment{}
	}
	return s
}

// checkMoments finds what can be seen without following the rule.
func checkMoments(s Session, zone *time.Location) []Problem {
	var list []Problem
	add := func(field, name, variant string, args ...any) {
		list = append(list, Problem{Field: field, Name: name, Variant: variant, Args: args})
	}
	loc, err := s.location(zone)
	if err != nil {
		add("zone", "unknown-zone", "", "zone", strconv.Quote(s.Zone))
		loc = zone
	}
	if from, to, ok := s.Start.skipped(loc); ok {
		add("start", "skipped-time", "", "time", s.Start, "zone", loc, "from", from, "to", to, "near", Moment{s.Start.Date, to, true})
	}
	switch {
	case s.mixed():
		add("end", "date-and-time-mixed", "", "moment", s.End, "start", s.Start)
	case s.endsEarly():
		add("end", "end-before-start", "", "end", s.End, "start", s.Start)
	}
	if from, to, ok := s.End.skipped(loc); ok {
		add("end", "skipped-time", "", "time", s.End, "zone", loc, "from", from, "to", to, "near", Moment{s.End.Date, to, true})
	}
	var bad badRule
	if _, err := parseRule(s.RRule); s.RRule != "" && errors.As(err, &bad) {
		add("rrule", "bad-rrule", bad.hint, "part", strconv.Quote(bad.part))
	}
	for i, m := range s.Except {
		if m.Timed && !s.Start.Timed {
			add(exceptField(i), "date-and-time-mixed", "", "moment", m, "start", s.Start)
		}
	}
	return list
}

func exceptField(i int) string { return "except/" + strconv.Itoa(i) }

// checkDates finds what following the rule shows.
func (s series) checkDates() []Problem {
	first, ok := firstOf(s.starts(endOfRules()))
	if !ok {
		variant := ""
		if until, ends := s.until(); ends && until.Before(s.Start.In(s.loc)) {
			variant = "until"
		}
		return []Problem{{
			Field: "rrule", Name: "never-occurs", Variant: variant,
			Args: []any{"rule", strconv.Quote(s.RRule), "start", s.Start},
		}}
	}
	var list []Problem
	if first != s.Start {
		list = append(list, Problem{
			Field: "start", Name: "start-not-in-rule",
			Args: []any{"start", s.Start, "rule", strconv.Quote(s.RRule), "first", first},
		})
	}
	if _, ok := firstOf(s.kept()); !ok {
		return append(list, Problem{
			Field: "except", Name: "never-occurs", Variant: "except",
			Args: []any{"rule", strconv.Quote(s.RRule), "start", s.Start},
		})
	}
	list = append(list, s.checkOverlap()...)
	return append(list, s.checkExcepts()...)
}

// kept are the starts that no except takes out.
func (s series) kept() iter.Seq[Moment] {
	return func(yield func(Moment) bool) {
		for m := range s.starts(endOfRules()) {
			if !s.excepted(m) && !yield(m) {
				return
			}
		}
	}
}

func firstOf(moments iter.Seq[Moment]) (Moment, bool) {
	for m := range moments {
		return m, true
	}
	return Moment{}, false
}

// checkOverlap looks for a start before the end of the one before. The
// longest common pattern of days, a year, is seen within 400 of them.
func (s series) checkOverlap() []Problem {
	var previous Moment
	n := 0
	for m := range s.kept() {
		if n++; n > 400 {
			break
		}
		if end := s.end(previous); n > 1 && (m.Compare(end) < 0 || !m.Timed && m == end) {
			return []Problem{{
				Field: "end", Name: "overlaps-itself",
				Args: []any{"start", previous, "end", end, "next", m, "near", s.endThatDay(previous)},
			}}
		}
		previous = m
	}
	return nil
}

// endThatDay is an end on the day of a start: at the time of the series' own
// end where that is later, else the start itself.
func (s series) endThatDay(start Moment) Moment {
	end := Moment{start.Date, s.End.Clock, start.Timed}
	if end.Compare(start) < 0 {
		return start
	}
	return end
}

// checkExcepts looks for excepts that take nothing out.
func (s series) checkExcepts() []Problem {
	if len(s.Except) == 0 {
		return nil
	}
	used := map[Moment]bool{}
	latest := slices.MaxFunc(s.Except, Moment.Compare)
	for m := range s.starts(latest.Date) {
		if s.excepted(m) {
			used[m], used[Moment{Date: m.Date}] = true, true
		}
	}
	var list []Problem
	for i, m := range s.Except {
		mixed := m.Timed && !s.Start.Timed
		if !used[m] && !mixed {
			list = append(list, Problem{
				Field: exceptField(i), Name: "except-matches-nothing",
				Args: []any{"except", m, "start", s.Start},
			})
		}
	}
	return list
}
