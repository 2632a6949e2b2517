package feeds

import (
	"fmt"
	"math"
	"strings"
	"time"

	"fursa/schema"
	"fursa/schema/when"
)

// sittings adds when a series or a course takes place: each date as an event of
// the given type, each rule as a schedule. Of a rule that OpenActive has no
// words for nothing is said; the record has it.
func (o Opportunity) sittings(n *oaNode, kind string) {
	if p := o.Value.Period; p != nil && len(o.Value.Sessions) == 0 {
		n.Schedule = []oaSchedule{o.roughly(*p)}
		return
	}
	for i, s := range o.Value.Sessions {
		if s.RRule != "" {
			if schedule, ok := o.schedule(s, kind); ok {
				n.Schedule = append(n.Schedule, schedule)
			}
			continue
		}
		sub := oaNode{Type: kind, ID: fmt.Sprintf("%s#session-%s", o.Shared.ID, sessionName(s, i)), Status: n.Status, Remaining: n.Remaining}
		o.once(&sub, s)
		n.SubEvents = append(n.SubEvents, sub)
	}
}

// sessionName tells a session from the listing's others: by its id, else by its
// place in the list.
func sessionName(s schema.Session, i int) string {
	if s.ID != "" {
		return s.ID
	}
	return fmt.Sprint(i + 1)
}

// once sets when something takes place that does so once.
func (o Opportunity) once(n *oaNode, s schema.Session) {
	zone := o.zone(s)
	n.StartDate = isoMoment(s.Start, zone)
	if !s.End.IsZero() {
		n.EndDate, n.Duration = isoMoment(s.End, zone), lasts(s, zone)
	}
	switch s.Status {
	case "cancelled":
		n.Status = eventStatus(s.Status)
	case "full":
		n.Remaining = new(int)
	}
	if s.Place != nil {
		n.Location = place(s.Place)
	}
}

// zone is a session's own, else the listing's.
func (o Opportunity) zone(s schema.Session) *time.Location {
	if zone, err := time.LoadLocation(s.Zone); s.Zone != "" && err == nil {
		return zone
	}
	return o.Zone
}

// isoMoment is a day, or a time with its offset.
func isoMoment(m when.Moment, zone *time.Location) string {
	if !m.Timed {
		return m.Date.String()
	}
	return m.In(zone).Format(time.RFC3339)
}

// lasts is how long a session takes: of whole days, both ends counted.
func lasts(s schema.Session, zone *time.Location) string {
	if !s.Start.Timed {
		return days(s.Start.Date, s.End.Date)
	}
	return clockLength(s.End.In(zone).Sub(s.Start.In(zone)))
}

func days(first, last when.Date) string {
	return when.Duration{Days: when.DaysBetween(first, last) + 1}.String()
}

func clockLength(d time.Duration) string {
	minutes := int(math.Round(d.Minutes()))
	return when.Duration{Hours: minutes / 60, Minutes: minutes % 60}.String()
}

// roughly is a period: what is known of it, and no more.
func (o Opportunity) roughly(p schema.Period) oaSchedule {
	n := oaSchedule{
		Type: "PartialSchedule", StartDate: p.From.String(), EndDate: p.To.String(),
		ByDay: schemaDays(p.Days), Zone: o.Zone.String(),
	}
	if len(p.Days) > 0 {
		n.Every = "P1W"
	}
	if p.Starts != nil {
		n.StartTime = p.Starts.String()
	}
	if p.Ends != nil {
		n.EndTime = p.Ends.String()
	}
	if p.Starts != nil && p.Ends != nil && p.Starts.Seconds() < p.Ends.Seconds() {
		n.Duration = clockLength(time.Duration(p.Ends.Seconds()-p.Starts.Seconds()) * time.Second)
	}
	return n
}

// schedule is a session's rule, false where it is none that OpenActive can say.
func (o Opportunity) schedule(s schema.Session, kind string) (oaSchedule, bool) {
	session := schema.Opportunity{Sessions: []schema.Session{s}}.When()[0]
	p, ok := when.Describe(session, o.Zone)
	if !ok || p.Nth != 0 || p.MonthDay < 0 {
		return oaSchedule{}, false
	}
	first, ok := when.FirstStart(session, o.Zone)
	if !ok {
		return oaSchedule{}, false
	}
	n := oaSchedule{
		Type: "Schedule", Of: kind, StartDate: first.Date.String(), EndDate: p.Until.String(),
		Every: every(p), Count: p.Count, Zone: o.zone(s).String(),
	}
	for _, d := range p.Weekdays {
		n.ByDay = append(n.ByDay, "https://schema.org/"+d.String())
	}
	if p.MonthDay > 0 {
		n.ByMonthDay = []int{p.MonthDay}
	}
	for _, m := range s.Except {
		n.Except = append(n.Except, isoMoment(m, o.zone(s)))
	}
	if s.Start.Timed {
		n.StartTime = s.Start.Clock.String()
	}
	if !s.End.IsZero() {
		n.Duration = lasts(s, o.zone(s))
		if s.End.Timed {
			n.EndTime = s.End.Clock.String()
		}
	}
	if n.EndTime == "" {
		n.Type, n.Of = "PartialSchedule", ""
	}
	return n, true
}

// every is the distance from one date of a pattern to the next.
func every(p when.Pattern) string {
	switch p.Freq {
	case "daily":
		return when.Duration{Days: p.Interval}.String()
	case "weekly":
		return when.Duration{Weeks: p.Interval}.String()
	}
	return when.Duration{Months: p.Interval}.String()
}

// schemaDays are "mon" to "sun" in schema.org's words.
func schemaDays(names []string) []string {
	var list []string
	for _, name := range names {
		if d, ok := when.ParseWeekday(strings.ToLower(name)); ok {
			list = append(list, "https://schema.org/"+d.String())
		}
	}
	return list
}
