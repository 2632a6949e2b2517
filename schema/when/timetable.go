package when

import (
	"slices"
	"time"
)

// DateRange is a stretch of whole days, both ends included.
type DateRange struct{ From, To Date }

// SchoolWeek is when schools are open: the days and hours of a week, and the
// holidays. Without days nothing is known of it but the holidays.
type SchoolWeek struct {
	Days     []time.Weekday
	From, To Clock
	Holidays []DateRange
}

// ParseWeekday reads "mon" to "sun".
func ParseWeekday(s string) (time.Weekday, bool) {
	i := slices.Index([]string{"sun", "mon", "tue", "wed", "thu", "fri", "sat"}, s)
	return time.Weekday(max(i, 0)), i >= 0
}

// slots is a set of slots of a timetable.
type slots uint8

const (
	schoolHours slots = 1 << iota
	afterSchool
	evening
	weekend
	holiday
	allSlots = 1<<iota - 1
)

// names are those of the slots, in their order; nil for none.
func (s slots) names() []string {
	var names []string
	for i, name := range []string{"school-hours", "after-school", "evening", "weekend", "holiday"} {
		if s&(1<<i) != 0 {
			names = append(names, name)
		}
	}
	return names
}

// eveningStart is 18:00, in seconds after midnight.
const eveningStart = 18 * 60 * 60

// maxDays is how many days of one stretch are looked at: in a year every kind
// of day has come.
const maxDays = 366

// Timetable says into which slots any of the occurrences falls:
//
//   - holiday: a day of the school holidays;
//   - weekend: a day of the week without school;
//   - evening: from 18:00 on, on any day;
//   - school-hours, on a day of school: some of school's hours, or a whole day;
//   - after-school, on a day of school: from the end of school until evening.
//
// Evening and after-school count by the start: a club from 17:00 to 19:00 is
// after school and nothing else.
func Timetable(occ []Occurrence, w SchoolWeek) []string {
	var found slots
	for _, o := range occ {
		first, last := o.Days()
		d := first
		for i := 0; i < maxDays && !last.Before(d) && found != allSlots; i++ {
			from, to := 0, secondsADay
			if !o.AllDay && d == first {
				from = clockOf(o.Start).Seconds()
			}
			if !o.AllDay && d == DateOf(o.End) {
				to = clockOf(o.End).Seconds()
			}
			free := w.inHolidays(d)
			found |= w.day(d.Weekday(), free) | w.hours(d.Weekday(), free, from, to)
			d = d.AddDays(1)
		}
	}
	return found.names()
}

// day is what the kind of day alone says.
func (w SchoolWeek) day(d time.Weekday, free bool) slots {
	var s slots
	if free {
		s |= holiday
	}
	if len(w.Days) > 0 && !slices.Contains(w.Days, d) {
		s |= weekend
	}
	return s
}

// hours is what a stretch of a day says, in seconds after midnight; where to
// is not after from, from alone counts.
func (w SchoolWeek) hours(d time.Weekday, free bool, from, to int) slots {
	var s slots
	if from >= eveningStart {
		s |= evening
	}
	if free || !slices.Contains(w.Days, d) {
		return s
	}
	begin, end := w.From.Seconds(), w.To.Seconds()
	switch {
	case from < end && (begin <= from || begin < to):
		s |= schoolHours
	case end <= from && from < eveningStart:
		s |= afterSchool
	}
	return s
}

func (w SchoolWeek) inHolidays(d Date) bool {
	return slices.ContainsFunc(w.Holidays, func(h DateRange) bool {
		return !d.Before(h.From) && !h.To.Before(d)
	})
}
