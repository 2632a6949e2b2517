package when

import "time"

// PeriodTimetable says into which slots something falls whose times are known
// only roughly: every part may be empty. It says nothing that depends on what
// is not known: without days, only what holds on each day that it could be;
// without a start, nothing of the hours. An end that is not after the start
// counts as unknown, and so does a From after its To.
func PeriodTimetable(days []time.Weekday, starts, ends *Clock, from, to Date, w SchoolWeek) []string {
	comes, free := w.weekdays(from, to)
	candidates := days
	if len(days) == 0 {
		candidates = []time.Weekday{0, 1, 2, 3, 4, 5, 6}
	}
	var some slots
	every, seen := slots(allSlots), false
	for _, d := range candidates {
		if !comes[d] {
			continue
		}
		s := w.day(d, free[d])
		if starts != nil {
			begin := starts.Seconds()
			end := begin
			if ends != nil {
				end = ends.Seconds()
			}
			s |= w.hours(d, free[d], begin, end)
		}
		some, every, seen = some|s, every&s, true
	}
	switch {
	case !seen:
		return nil
	case len(days) > 0:
		return some.names()
	}
	return every.names()
}

// weekdays says which days of the week come in a period, and which of them
// only in holidays. Of a period that is not known, or is longer than a year,
// all days come, and not only in holidays.
func (w SchoolWeek) weekdays(from, to Date) (comes, free [7]bool) {
	length := DaysBetween(from, to)
	if from.IsZero() || to.IsZero() || length < 0 || length >= maxDays {
		return [7]bool{true, true, true, true, true, true, true}, free
	}
	var busy [7]bool
	d, day := from, from.Weekday()
	for range length + 1 {
		if !busy[day] {
			comes[day], busy[day] = true, !w.inHolidays(d)
		}
		d, day = d.AddDays(1), (day+1)%7
	}
	for day := range free {
		free[day] = comes[day] && !busy[day]
	}
	return comes, free
}
