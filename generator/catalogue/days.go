package catalogue

import (
	"slices"
	"time"

	"fursa/schema/when"
)

const (
	// monthsAhead is how many months the days of a catalogue go over, the
	// present one included.
	monthsAhead = 12
	// daysOfOne is on how many days one occurrence stands: an exhibition of
	// half a year would hide what else there is.
	daysOfOne = 14
)

// Month is what takes place in a month; days without anything are left out.
type Month struct {
	Year  int
	Month time.Month
	Days  []Day
}

// Date is the month's first day.
func (m Month) Date() when.Date { return when.Date{Year: m.Year, Month: m.Month, Day: 1} }

// Day is what takes place on a day, sorted by start, then by path.
type Day struct {
	Date    when.Date
	Entries []DayEntry
}

// DayEntry is an occurrence of a listing on a day. Cancelled ones are there
// too.
type DayEntry struct {
	Listing    *Listing
	Occurrence *when.Occurrence
	// Until is the last day of an occurrence that stands on several days, the
	// zero Date of others; Continues says that this is not its first day.
	Until     when.Date
	Continues bool
}

// Months are the present month and the eleven after it, those that have
// anything from today on. An occurrence stands on the days of its own zone:
// one of whole days, or of a day and a night, on each of them, 14 at the most
// and none before today; what only goes past midnight stands where it began.
// The caller does not change the result.
func (c *Catalogue) Months() []Month { return c.schedule().months }

// schedule is what takes place on days, and the listings that can be joined
// without, as far as a day's list shows: in the order of Current.
type schedule struct {
	months  []Month
	dayless []*Listing
}

func (c *Catalogue) newSchedule() schedule {
	s := schedule{months: c.newMonths()}
	for _, l := range c.Current {
		if (len(l.Value.Sessions) == 0 || slices.ContainsFunc(l.Occurrences, long)) && l.Joinable(c.Today) {
			s.dayless = append(s.dayless, l)
		}
	}
	return s
}

// long says that an occurrence is of more days than it stands on, and not
// cancelled.
func long(o when.Occurrence) bool {
	if o.Status == StatusCancelled || o.End.Sub(o.Start) < (daysOfOne-1)*24*time.Hour {
		return false
	}
	first, last := o.Days()
	return when.DaysBetween(first, last) >= daysOfOne
}

func (c *Catalogue) newMonths() []Month {
	end := when.Date{Year: c.Today.Year, Month: c.Today.Month + monthsAhead, Day: 1}.AddDays(-1)
	days := make([][]DayEntry, when.DaysBetween(c.Today, end)+1)
	for _, l := range c.Listings { // by path: a stable sort keeps that
		if l.Ended {
			continue
		}
		for i := range l.Occurrences {
			c.enter(days, l, &l.Occurrences[i])
		}
	}
	var months []Month
	for i, entries := range days {
		if len(entries) == 0 {
			continue
		}
		slices.SortStableFunc(entries, func(a, b DayEntry) int { return a.Occurrence.Start.Compare(b.Occurrence.Start) })
		date := c.Today.AddDays(i)
		if n := len(months); n == 0 || months[n-1].Month != date.Month {
			months = append(months, Month{Year: date.Year, Month: date.Month})
		}
		m := &months[len(months)-1]
		m.Days = append(m.Days, Day{date, entries})
	}
	return months
}

// enter puts an occurrence on its days, which count from today.
func (c *Catalogue) enter(days [][]DayEntry, l *Listing, o *when.Occurrence) {
	date, last := o.Days()
	entry := DayEntry{Listing: l, Occurrence: o}
	if lasts(o) {
		entry.Until = last
	} else {
		last = date
	}
	first := when.DaysBetween(c.Today, date)
	from := max(0, first)
	to := min(when.DaysBetween(c.Today, last), from+daysOfOne-1, len(days)-1)
	for i := from; i <= to; i++ {
		entry.Continues = i > first
		days[i] = append(days[i], entry)
	}
}

// lasts says whether an occurrence is of several days, and does not just go
// past midnight.
func lasts(o *when.Occurrence) bool {
	if o.AllDay {
		return o.End.After(o.Start)
	}
	nights := when.DaysBetween(when.DateOf(o.Start), when.DateOf(o.End))
	return nights > 1 || nights == 1 && clock(o.End) >= clock(o.Start)
}

// Running are the current listings that can be joined in a month without
// being on a day of it: by arrangement, at any time, in a period, or for
// longer than a day's list can show. They are in the order of Current.
func (c *Catalogue) Running(m Month) []*Listing {
	first := later(m.Date(), c.Today)
	last := when.Date{Year: m.Year, Month: m.Month + 1, Day: 1}.AddDays(-1)
	shown := map[*Listing]bool{}
	for _, d := range m.Days {
		for _, e := range d.Entries {
			shown[e.Listing] = true
		}
	}
	var running []*Listing
	for _, l := range c.schedule().dayless {
		if l.runs(first, last) && !shown[l] {
			running = append(running, l)
		}
	}
	return running
}

// runs says whether a listing can be joined on any of some days.
func (l *Listing) runs(first, last when.Date) bool {
	v := l.Value
	if !v.Expires.IsZero() && v.Expires.Before(first) {
		return false
	}
	if p := v.Period; p != nil {
		return (p.From.IsZero() || !last.Before(p.From)) && (p.To.IsZero() || !p.To.Before(first))
	}
	if len(v.Sessions) == 0 {
		return true
	}
	return slices.ContainsFunc(l.Occurrences, func(o when.Occurrence) bool {
		a, b := o.Days()
		return long(o) && !last.Before(a) && !b.Before(first)
	})
}
