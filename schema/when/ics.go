package when

import (
	"slices"
	"time"
)

// FirstStart is the first start that a session gives, be it excepted or not:
// what DTSTART must say, since RFC 5545, 3.8.5.3 leaves open what a rule
// means that does not give its own start. False where there is none.
func FirstStart(s Session, zone *time.Location) (Moment, bool) {
	sr, err := newSeries(s, zone)
	if err != nil {
		return Moment{}, false
	}
	return firstOf(sr.starts(endOfRules()))
}

// RuleForICS gives the value of an RRULE and the instants of EXDATE, sorted,
// for a session beside a DTSTART of whole days or with a TZID. UNTIL takes
// the form that DTSTART asks for (RFC 5545, 3.3.10): a date, or a time in
// UTC. Both are empty for a session that happens once or cannot be followed.
func RuleForICS(s Session, zone *time.Location) (rrule string, exdates []time.Time) {
	sr, err := newSeries(s, zone)
	if err != nil || sr.rule == nil {
		return "", nil
	}
	rrule = sr.rule.option.RRuleString()
	if until, ok := sr.until(); ok && s.Start.Timed {
		rrule += ";UNTIL=" + until.UTC().Format("20060102T150405Z")
	} else if ok {
		rrule += ";UNTIL=" + until.Format("20060102")
	}
	for _, m := range s.Except {
		if !m.Timed {
			m = Moment{m.Date, s.Start.Clock, s.Start.Timed}
		}
		exdates = append(exdates, m.In(sr.loc))
	}
	slices.SortFunc(exdates, time.Time.Compare)
	return rrule, slices.CompactFunc(exdates, time.Time.Equal)
}
