package when

import (
	"cmp"
	"slices"
	"time"

	"github.com/teambition/rrule-go"
)

// Pattern is a simple recurrence rule in the terms that people say it in.
type Pattern struct {
	// Freq is "daily", "weekly" or "monthly"; it comes every Interval of
	// them.
	Freq     string
	Interval int
	// Weekdays of a weekly pattern, Monday first; the one Weekday of a
	// monthly pattern that has a Nth.
	Weekdays []time.Weekday
	// Nth counts the weekday in the month, 1 to 5, or -1 for the last; 0
	// where MonthDay says which day of the month it is, -1 for the last.
	Nth, MonthDay int
	// Until is the last day that it may fall on, and Count how often it
	// comes; at most one of them is given.
	Until Date
	Count int
}

// Describe says what a session's rule amounts to, with what the rule leaves
// to the start filled in: the weekday, the day of the month. False where the
// rule is not so simple that a short phrase holds all of it, or where the
// session has none or cannot be followed.
func Describe(s Session, zone *time.Location) (Pattern, bool) {
	sr, err := newSeries(s, zone)
	if err != nil || sr.rule == nil {
		return Pattern{}, false
	}
	o := sr.rule.option
	if len(o.Bymonth)+len(o.Byyearday)+len(o.Byweekno) > 0 {
		return Pattern{}, false
	}
	p := Pattern{Interval: max(o.Interval, 1), Count: o.Count}
	if until, ok := sr.until(); ok {
		p.Until = DateOf(until)
		if (Moment{p.Until, s.Start.Clock, s.Start.Timed}).In(sr.loc).After(until) {
			p.Until = p.Until.AddDays(-1)
		}
	}
	simple := false
	switch o.Freq {
	case rrule.DAILY:
		p, simple = p.daily(o)
	case rrule.WEEKLY:
		p, simple = p.weekly(o, s.Start.Date), true
	case rrule.MONTHLY:
		p, simple = p.monthly(o, s.Start.Date)
	}
	if !simple {
		return Pattern{}, false
	}
	return p, true
}

// daily: every day on some weekdays is every week on those.
func (p Pattern) daily(o rrule.ROption) (Pattern, bool) {
	if len(o.Bymonthday) > 0 || (len(o.Byweekday) > 0 && p.Interval > 1) {
		return Pattern{}, false
	}
	p.Freq = "daily"
	if len(o.Byweekday) > 0 {
		p.Freq, p.Weekdays = "weekly", weekdays(o.Byweekday)
	}
	return p, true
}

func (p Pattern) weekly(o rrule.ROption, start Date) Pattern {
	p.Freq, p.Weekdays = "weekly", weekdays(o.Byweekday)
	if len(p.Weekdays) == 0 {
		p.Weekdays = []time.Weekday{start.Weekday()}
	}
	return p
}

// monthly: on a day of the month, or on the Nth of a weekday, which BYDAY or
// BYSETPOS may count.
func (p Pattern) monthly(o rrule.ROption, start Date) (Pattern, bool) {
	p.Freq = "monthly"
	switch {
	case len(o.Byweekday) == 0 && len(o.Bysetpos) == 0 && len(o.Bymonthday) <= 1:
		p.MonthDay = start.Day
		if len(o.Bymonthday) == 1 {
			p.MonthDay = o.Bymonthday[0]
		}
		return p, p.MonthDay >= -1
	case len(o.Byweekday) == 1 && len(o.Bysetpos) <= 1 && len(o.Bymonthday) == 0:
		p.Weekdays, p.Nth = weekdays(o.Byweekday), o.Byweekday[0].N()
		if len(o.Bysetpos) == 1 && p.Nth == 0 {
			p.Nth = o.Bysetpos[0]
		} else if len(o.Bysetpos) == 1 {
			return Pattern{}, false
		}
		return p, p.Nth == -1 || 1 <= p.Nth && p.Nth <= 5
	}
	return Pattern{}, false
}

// weekdays are the days of a BYDAY, each once, Monday first.
func weekdays(days []rrule.Weekday) []time.Weekday {
	days = slices.Clone(days)
	slices.SortFunc(days, func(a, b rrule.Weekday) int { return cmp.Compare(a.Day(), b.Day()) })
	var list []time.Weekday
	for _, d := range days {
		list = append(list, time.Weekday((d.Day()+1)%7))
	}
	return slices.Compact(list)
}
