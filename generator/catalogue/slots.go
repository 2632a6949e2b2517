package catalogue

import (
	"cmp"
	"slices"
	"time"

	"fursa/schema"
	"fursa/schema/when"
)

// Slot is a stretch of a school's week, with what fits it: first what has a
// date in it, by date, then the rest in the order of the school's list.
type Slot struct {
	Day      time.Weekday
	From, To when.Clock
	Fits     []Fit
}

// Fit is a listing that fits a slot. Occurrences are its dates within the
// slot, on days of school; there are none of what is agreed upon, can be begun
// at any time, or whose days are known only roughly.
type Fit struct {
	Listing     *Listing
	Occurrences []when.Occurrence
}

// Slots are a school's slots, in the order of its file, each with those of its
// listings that can be joined and fit into it.
func (c *Catalogue) Slots(s *School) []Slot {
	week := schoolWeek(c.Settings.SchoolCalendar)
	var slots []Slot
	for _, v := range s.Record.Value.Slots {
		day, _ := when.ParseWeekday(v.Day)
		slot := Slot{Day: day, From: v.From, To: v.To}
		for _, l := range s.Listings {
			if !l.Joinable(c.Today) {
				continue
			}
			if dates, fits := c.fit(l, slot, week); fits {
				slot.Fits = append(slot.Fits, Fit{l, dates})
			}
		}
		slices.SortStableFunc(slot.Fits, func(a, b Fit) int { return compareFits(a, b) })
		slots = append(slots, slot)
	}
	return slots
}

func compareFits(a, b Fit) int {
	switch {
	case len(a.Occurrences) == 0 || len(b.Occurrences) == 0:
		return cmp.Compare(min(1, len(b.Occurrences)), min(1, len(a.Occurrences)))
	default:
		return a.Occurrences[0].Start.Compare(b.Occurrences[0].Start)
	}
}

// fit says whether a listing fits into a slot, and with which dates.
func (c *Catalogue) fit(l *Listing, s Slot, week when.SchoolWeek) ([]when.Occurrence, bool) {
	switch v := l.Value; {
	case v.Anytime:
		return nil, true // whatever is longer is done in parts
	case v.ByArrangement:
		return nil, s.leaves(v.Available, lasting(v.Duration))
	case v.Period != nil:
		return nil, s.holds(v.Period)
	}
	dates := kept(l.Occurrences, func(o when.Occurrence) bool {
		start, end := o.Start.In(c.Zone), o.End.In(c.Zone)
		first := when.DateOf(start)
		return !o.AllDay && o.Status == "" && start.Weekday() == s.Day && !inHolidays(week, first) &&
			when.DateOf(end) == first && s.From.Seconds() <= clock(start) && clock(end) <= s.To.Seconds()
	})
	return dates, len(dates) > 0
}

func inHolidays(week when.SchoolWeek, d when.Date) bool {
	return slices.ContainsFunc(week.Holidays, func(h when.DateRange) bool { return !d.Before(h.From) && !h.To.Before(d) })
}

// leaves says whether what can be had at some hours leaves so many seconds in
// a slot; what is not said of the hours is taken to fit.
func (s Slot) leaves(a *schema.Available, seconds int) bool {
	from, to := s.From.Seconds(), s.To.Seconds()
	if a != nil {
		if days := weekdays(a.Days); len(days) > 0 && !slices.Contains(days, s.Day) {
			return false
		}
		if a.From != nil {
			from = max(from, a.From.Seconds())
		}
		if a.To != nil {
			to = min(to, a.To.Seconds())
		}
	}
	return to > from && to-from >= seconds
}

// holds says whether a period is known to take place within a slot: its days
// and hours must be known.
func (s Slot) holds(p *schema.Period) bool {
	if p.Starts == nil || p.Ends == nil || !slices.Contains(weekdays(p.Days), s.Day) {
		return false
	}
	return s.From.Seconds() <= p.Starts.Seconds() && p.Ends.Seconds() <= s.To.Seconds()
}

// lasting is how long one meeting takes, in seconds; 0 where nothing is said.
func lasting(iso string) int {
	if iso == "" {
		return 0
	}
	d, err := when.ParseDuration(iso)
	if err != nil {
		return 0
	}
	days := d.Days + 7*d.Weeks + 30*d.Months + 365*d.Years
	return ((days*24+d.Hours)*60 + d.Minutes) * 60
}

// inTimetable wants some parts of the week. What can be begun at any time, or
// is agreed upon without saying when, fits all of them. With ever it does not
// matter which of the dates are still to come.
func (c *Catalogue) inTimetable(wanted []string, ever bool) criterion {
	week := schoolWeek(c.Settings.SchoolCalendar)
	of := func(l *Listing) []string {
		a := l.Value.Available
		switch {
		case len(l.Value.Timetable) > 0:
		case a != nil && (len(a.Days) > 0 || a.From != nil):
			days := weekdays(a.Days)
			if len(days) == 0 {
				days = week.Days
			}
			return when.PeriodTimetable(days, a.From, a.To, when.Date{}, when.Date{}, week)
		case l.Value.Anytime, l.Value.ByArrangement:
			return wanted
		case ever && len(l.Value.Sessions) > 0:
			return when.Timetable(when.Occurrences(l.Value.When(), c.Zone, l.First, l.First.AddDays(365)), week)
		}
		return l.Timetable
	}
	return someOf(wanted, of)
}
