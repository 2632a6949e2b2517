package catalogue

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	"fursa/generator/ledger"
	"fursa/schema"
	"fursa/schema/when"
)

// The states that an opportunity's status can name.
const (
	StatusOpen      = "open"
	StatusFull      = "full"
	StatusCancelled = "cancelled"
	StatusClosed    = "closed"
	StatusDraft     = "draft"
)

// Listing is an opportunity, linked and placed in time.
type Listing struct {
	*Record[schema.Opportunity]
	// ID is the global id, the same for ever.
	ID       string
	Provider *Provider
	Partners []*Provider
	Subjects []*Term
	Skills   []*Term
	Terms    []*Term // of the curriculum
	District *Term
	// Ages is the stated range, or the one of the stated grades.
	Ages *schema.Range
	// Status is the stated one, "open" where none is.
	Status string
	// Occurrences are those of the next 12 months.
	Occurrences []when.Occurrence
	// Next is the first day from today on which it takes place, or on which
	// its period begins; First and Last bound all days known, and of what has
	// ended Last is no later than the day on which it did. Any may be zero.
	Next, First, Last when.Date
	// Until is the last day on which it can be joined, zero where nothing says
	// so; Ended says that this day is over.
	Until        when.Date
	Ended        bool
	Timetable    []string
	Endorsements []*Endorsement
	// Origin is the other catalogue that it comes from, nil where it is our own;
	// Also are those that list it too.
	Origin *Origin
	Also   []*Origin

	Published, Modified time.Time
	Change              int64
	Revisions           []ledger.Revision

	order int32 // among the current ones
}

func (c *Catalogue) newListing(r *Record[schema.Opportunity]) *Listing {
	v := r.Value
	folder, _, _ := strings.Cut(r.Slug(), "/")
	l := &Listing{
		Record:   r,
		ID:       c.globalID(r.Path, v.Aliases),
		Provider: c.Provider(folder),
		Subjects: c.Subjects.find(v.Subjects),
		Skills:   c.Skills.find(v.Skills),
		Terms:    c.Curricula.find(v.Curriculum),
		Ages:     c.ages(v),
		Status:   cmp.Or(v.Status, StatusOpen),

		Endorsements: c.endorsed[r.Path],
	}
	for _, slug := range v.Partners {
		if p := c.Provider(slug); p != nil {
			l.Partners = append(l.Partners, p)
		}
	}
	if v.Place != nil {
		l.District = c.Places.Term(v.Place.District)
	}
	c.place(l)
	return l
}

// globalID is the catalogue's id and the first path that the record had.
func (c *Catalogue) globalID(path string, aliases []string) string {
	if len(aliases) > 0 {
		path = FullPath(aliases[0], path)
	}
	return c.ID + path
}

// ages is the stated range, or the one that the stated grades span.
func (c *Catalogue) ages(v *schema.Opportunity) *schema.Range {
	if v.Ages != nil || len(v.Grades) == 0 {
		return v.Ages
	}
	span := &schema.Range{}
	for i, id := range v.Grades {
		ages := c.grades[id].Ages
		if ages == nil {
			return nil
		}
		if ages.Min == nil || i > 0 && span.Min == nil {
			span.Min = nil
		} else if i == 0 || *ages.Min < *span.Min {
			span.Min = ages.Min
		}
		if ages.Max == nil || i > 0 && span.Max == nil {
			span.Max = nil
		} else if i == 0 || *ages.Max > *span.Max {
			span.Max = ages.Max
		}
	}
	return span
}

// place sets what a listing's times decide.
func (c *Catalogue) place(l *Listing) {
	v := l.Value
	week := schoolWeek(c.Settings.SchoolCalendar)
	switch {
	case len(v.Sessions) > 0:
		sessions := v.When()
		l.Occurrences = when.Occurrences(sessions, c.Zone, c.Today, c.Today.AddDays(365))
		l.First = v.Sessions[0].Start.Date
		for _, s := range v.Sessions {
			if s.Start.Date.Before(l.First) {
				l.First = s.Start.Date
			}
		}
		l.Last, _ = when.Last(sessions, c.Zone)
		if next, ok := l.Soonest(); ok {
			l.Next = later(when.DateOf(next.Start), c.Today)
		}
		l.Timetable = when.Timetable(l.Occurrences, week)
	case v.Period != nil:
		p := v.Period
		l.First, l.Last = p.From, p.To
		if !p.From.IsZero() {
			l.Next = later(p.From, c.Today)
		}
		l.Timetable = when.PeriodTimetable(weekdays(p.Days), p.Starts, p.Ends, p.From, p.To, week)
	}
	if len(v.Timetable) > 0 {
		l.Timetable = v.Timetable
	}
	until := v.Expires
	if until.IsZero() {
		until = l.Last
	}
	l.Until = until
	l.Ended = !until.IsZero() && until.Before(c.Today)
	if l.Ended {
		l.Next = when.Date{}
		if l.Last.IsZero() || until.Before(l.Last) {
			l.Last = until
		}
	}
}

// Soonest is the next occurrence, one that is not cancelled where there is
// one.
func (l *Listing) Soonest() (o when.Occurrence, ok bool) {
	for _, o := range l.Occurrences {
		if o.Status != StatusCancelled {
			return o, true
		}
	}
	if len(l.Occurrences) == 0 {
		return o, false
	}
	return l.Occurrences[0], true
}

func later(a, b when.Date) when.Date {
	if a.Before(b) {
		return b
	}
	return a
}

func weekdays(names []string) []time.Weekday {
	var days []time.Weekday
	for _, name := range names {
		if d, ok := when.ParseWeekday(name); ok {
			days = append(days, d)
		}
	}
	return days
}

func schoolWeek(s *schema.SchoolCalendar) when.SchoolWeek {
	if s == nil {
		return when.SchoolWeek{}
	}
	week := when.SchoolWeek{Days: weekdays(s.Days), From: s.From, To: s.To}
	for _, h := range s.Holidays {
		week.Holidays = append(week.Holidays, when.DateRange{From: h.From, To: h.To})
	}
	return week
}

// bySoonest orders listings by their next day, those without one last, then
// by the time of day and by path.
func bySoonest(a, b *Listing) int {
	if a.Next.IsZero() != b.Next.IsZero() {
		if a.Next.IsZero() {
			return 1
		}
		return -1
	}
	return cmp.Or(a.Next.Compare(b.Next), a.clock()-b.clock(), strings.Compare(a.Path, b.Path))
}

// clock is the second of the day at which the next occurrence begins.
func (l *Listing) clock() int {
	o, ok := l.Soonest()
	if !ok || o.AllDay {
		return 0
	}
	return clock(o.Start)
}

// clock is the second of the day.
func clock(t time.Time) int { return (t.Hour()*60+t.Minute())*60 + t.Second() }

// Joinable says whether somebody can still join: not ended, cancelled, full,
// closed, nor past its deadline.
func (l *Listing) Joinable(today when.Date) bool {
	if l.Ended || l.Status != StatusOpen {
		return false
	}
	r := l.Value.Registration
	return r == nil || r.Deadline.IsZero() || !r.Deadline.Date.Before(today)
}

// Audience is the stated audience, learners where none is.
func (l *Listing) Audience() []string {
	if len(l.Value.Audience) == 0 {
		return []string{"learners"}
	}
	return l.Value.Audience
}

// watched is what people must be told of when it changes, field by field, in
// the words of the record.
func (l *Listing) watched() map[string]string {
	v := l.Value
	watched := map[string]string{"status": l.Status}
	var times []string
	for _, s := range v.Sessions {
		parts := []string{s.Start.String(), s.End.String(), s.RRule}
		for _, m := range s.Except {
			parts = append(parts, "-"+m.String())
		}
		parts = append(parts, s.Zone, s.Status)
		if s.Place != nil {
			parts = append(parts, placeText(s.Place))
		}
		times = append(times, joined(" ", parts...))
	}
	if p := v.Period; p != nil {
		times = append(times, joined(" ", p.From.String(), p.To.String(), strings.Join(p.Days, ","), clockText(p.Starts), clockText(p.Ends)))
	}
	watched["sessions"] = strings.Join(times, "\n")
	if v.Place != nil {
		watched["place"] = placeText(v.Place)
	}
	if r := v.Registration; r != nil {
		watched["deadline"] = r.Deadline.String()
	}
	return watched
}

func placeText(p *schema.Place) string {
	return joined(", ", p.Name, p.Address, p.Locality, p.Postcode)
}

// joined is the parts that are not empty, in one text.
func joined(by string, parts ...string) string {
	return strings.Join(slices.DeleteFunc(parts, func(s string) bool { return s == "" }), by)
}

func clockText(c *when.Clock) string {
	if c == nil {
		return ""
	}
	return fmt.Sprint(c)
}
