package plan

import (
	"strconv"
	"strings"
	"time"

	"fursa/generator/catalogue"
	"fursa/schema"
	"fursa/schema/when"
)

// whenLine says in words when a listing next takes place, in one line, and
// the ISO 8601 date or time that it begins with.
func (e *edition) whenLine(x *entry) (text, start string) {
	v := x.Value
	o, coming := x.Soonest()
	switch {
	case coming:
		return e.occurrence(o), iso(o)
	case len(v.Sessions) > 0:
		return e.DateRange(x.First, cmpDate(x.Last, x.First)), x.First.String()
	case v.Period != nil:
		return e.period(v.Period), v.Period.From.String()
	case v.Anytime:
		return e.T("when.anytime"), ""
	}
	return e.arrangement(v), ""
}

func cmpDate(a, b when.Date) when.Date {
	if a.IsZero() {
		return b
	}
	return a
}

// occurrence is one date, with its time of day where it has one.
func (e *edition) occurrence(o when.Occurrence) string {
	first, last := o.Days()
	if o.AllDay {
		return e.DateRange(first, last)
	}
	times := e.Clock(clockOf(o.Start))
	if o.End.After(o.Start) {
		if last != first {
			return e.T("when.from-to", "from", e.DateTime(momentOf(o.Start)), "to", e.DateTime(momentOf(o.End)))
		}
		times = e.ClockRange(clockOf(o.Start), clockOf(o.End))
	}
	return e.Date(first) + e.T("join.time") + times
}

func momentOf(t time.Time) when.Moment {
	return when.Moment{Date: when.DateOf(t), Clock: clockOf(t), Timed: true}
}

func clockOf(t time.Time) when.Clock { return when.Clock{Hour: t.Hour(), Minute: t.Minute()} }

func iso(o when.Occurrence) string {
	if o.AllDay {
		return o.Start.Format(time.DateOnly)
	}
	return o.Start.Format(time.RFC3339)
}

// session says in words when one session takes place: its day, its rule, or
// where no phrase holds the rule its next dates.
func (e *edition) session(x *entry, i int) Value {
	s := x.value.Sessions[i]
	parts := []string{e.sessionTime(x, i)}
	if len(s.Except) > 0 {
		var days []string
		for _, m := range s.Except {
			days = append(days, e.ShortDate(m.Date))
		}
		parts = append(parts, e.T("when.except", "dates", e.List(days)))
	}
	switch s.Status {
	case catalogue.StatusCancelled, catalogue.StatusFull:
		parts = append(parts, e.T("state.session-"+s.Status))
	}
	if s.Place != nil {
		parts = append(parts, e.address(s.Place))
	}
	if s.Zone != "" && s.Zone != e.Zone.String() {
		_, city, _ := strings.Cut(s.Zone, "/")
		parts = append(parts, strings.TrimSuffix(e.T("when.zone", "zone", strings.ReplaceAll(city, "_", " ")), "."))
	}
	v := Value{Text: capital(strings.Join(parts, " · "))}
	if s.RRule == "" {
		v.Start = s.Start.String()
	}
	return v
}

func (e *edition) sessionTime(x *entry, i int) string {
	s := x.Value.When()[i]
	if s.RRule == "" {
		return e.single(s)
	}
	if pattern, ok := when.Describe(s, e.Zone); ok {
		if text := e.rule(pattern, s); text != "" {
			return text
		}
	}
	var dates []string
	for _, o := range x.Occurrences {
		if o.Session == i && len(dates) < 10 {
			dates = append(dates, e.occurrence(o))
		}
	}
	if len(dates) == 0 {
		return e.single(s)
	}
	return strings.Join(dates, e.T("join.list"))
}

// single is a session that takes place once.
func (e *edition) single(s when.Session) string {
	end := cmpDate(s.End.Date, s.Start.Date)
	switch {
	case !s.Start.Timed:
		return e.DateRange(s.Start.Date, end)
	case s.End.IsZero():
		return e.DateTime(s.Start)
	case end == s.Start.Date:
		return e.Date(s.Start.Date) + e.T("join.time") + e.ClockRange(s.Start.Clock, s.End.Clock)
	}
	return e.T("when.from-to", "from", e.DateTime(s.Start), "to", e.DateTime(s.End))
}

// rule says a simple rule in words; empty where it has none for it.
func (e *edition) rule(p when.Pattern, s when.Session) string {
	text := e.pattern(p)
	if text == "" {
		return ""
	}
	if s.Start.Timed {
		times := e.Clock(s.Start.Clock)
		if s.End.Timed && s.End.Clock != s.Start.Clock {
			times = e.ClockRange(s.Start.Clock, s.End.Clock)
		}
		text += e.T("join.time") + times
	}
	if last, ok := when.Last([]when.Session{s}, e.Zone); ok {
		return text + e.T("join.time") + e.DateRange(s.Start.Date, last)
	}
	return text + e.T("join.time") + e.T("when.from", "from", e.ShortDate(s.Start.Date))
}

func (e *edition) pattern(p when.Pattern) string {
	var days []string
	for _, d := range p.Weekdays {
		days = append(days, e.Weekday(d))
	}
	switch {
	case p.Freq == "daily":
		return e.N("when.each-days", p.Interval)
	case p.Freq == "weekly":
		return e.N("when.each-weeks", p.Interval, "days", e.List(days))
	case p.Interval > 1:
		return ""
	case p.Nth == -1:
		return e.T("when.month-last", "day", e.List(days))
	case p.Nth > 0:
		return e.T("when.month-"+strconv.Itoa(p.Nth), "day", e.List(days))
	case p.MonthDay == -1:
		return e.T("when.month-last-day")
	}
	return e.T("when.month-day", "day", p.MonthDay)
}

// period says in words what is known of a rough time.
func (e *edition) period(p *schema.Period) string {
	var parts []string
	switch {
	case !p.From.IsZero() && !p.To.IsZero():
		parts = append(parts, e.DateRange(p.From, p.To))
	case !p.From.IsZero():
		parts = append(parts, e.T("when.from", "from", e.ShortDate(p.From)))
	case !p.To.IsZero():
		parts = append(parts, e.T("when.until", "to", e.ShortDate(p.To)))
	}
	if len(p.Days) > 0 {
		parts = append(parts, e.T("when.every", "days", e.weekdays(p.Days)))
	}
	if times := e.times(p.Starts, p.Ends); times != "" {
		parts = append(parts, times)
	}
	if len(parts) == 0 {
		return e.T("when.unknown")
	}
	return strings.Join(parts, e.T("join.time"))
}

// times is a part of the day of which either end may be unknown.
func (e *edition) times(from, to *when.Clock) string {
	switch {
	case from != nil && to != nil:
		return e.ClockRange(*from, *to)
	case from != nil:
		return e.T("when.from-time", "time", e.Clock(*from))
	case to != nil:
		return e.T("when.until-time", "time", e.Clock(*to))
	}
	return ""
}

func (e *edition) weekdays(names []string) string {
	var days []string
	for _, name := range names {
		if d, ok := when.ParseWeekday(name); ok {
			days = append(days, e.Weekday(d))
		}
	}
	return e.List(days)
}

func (e *edition) arrangement(v *schema.Opportunity) string {
	a := v.Available
	if a == nil {
		return e.T("when.by-arrangement")
	}
	var parts []string
	if len(a.Days) > 0 {
		parts = append(parts, e.weekdays(a.Days))
	}
	if times := e.times(a.From, a.To); times != "" {
		parts = append(parts, times)
	}
	if len(parts) == 0 {
		return e.T("when.by-arrangement")
	}
	return e.T("when.available", "when", strings.Join(parts, e.T("join.time")))
}
