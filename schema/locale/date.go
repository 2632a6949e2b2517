package locale

import (
	"strings"
	"time"

	"fursa/schema/when"
)

// Date is a day in full: "Saturday 5 December 2026". The zero Date is empty,
// here and below.
func (l *Localizer) Date(d when.Date) string { return l.date(l.calendar.full, d) }

// ShortDate is a day in brief: "5 Dec 2026".
func (l *Localizer) ShortDate(d when.Date) string { return l.date(l.calendar.short, d) }

// DateTime is a day in full, and the time where the moment has one: "Saturday
// 5 December 2026, 18:00".
func (l *Localizer) DateTime(m when.Moment) string {
	if !m.Timed {
		return l.Date(m.Date)
	}
	return l.Date(m.Date) + l.T("join.time") + l.Clock(m.Clock)
}

// DateRange is the days from a to b, both included, saying month and year once
// where they are the same: "5–7 December 2026". One day, or a range of which
// one end is the zero Date, is that day, without its weekday.
func (l *Localizer) DateRange(a, b when.Date) string {
	if b.IsZero() {
		b = a
	}
	if a.IsZero() || a == b {
		return l.date(l.calendar.long, b)
	}
	c, first := &l.calendar, l.calendar.long
	var buf [64]byte
	switch {
	case a.Year == b.Year && a.Month == b.Month:
		return string(c.appendDays(buf[:0], a, b))
	case a.Year == b.Year:
		first = first[:len(first)-2] // the year, and the text before it
	}
	out := append(c.append(buf[:0], first, a), " – "...)
	return string(c.append(out, c.long, b))
}

// appendDays writes a range within a month. German's ordinal point belongs to
// each of the days: "5.–7. Dezember 2026".
func (c *calendar) appendDays(b []byte, from, to when.Date) []byte {
	i := 0
	for c.long[i].letter != 'd' {
		i++
	}
	b = c.append(b, c.long[:i+1], from)
	if strings.HasPrefix(c.long[i+1].text, ".") {
		b = append(b, '.')
	}
	return c.append(append(b, "–"...), c.long[i:], to)
}

func (l *Localizer) date(fields []field, d when.Date) string {
	if d.IsZero() {
		return ""
	}
	var buf [64]byte
	return string(l.calendar.append(buf[:0], fields, d))
}

// Clock is a time of day, to the minute: "18:00", in Arabic "6:00 م".
func (l *Localizer) Clock(t when.Clock) string {
	var buf [24]byte
	return string(l.calendar.appendClock(buf[:0], l.calendar.clock, t))
}

// ClockRange is the time from a to b: "18:00–20:00", and in languages that
// halve the day "6:00–8:00 م", "11:00 ص – 1:00 م".
func (l *Localizer) ClockRange(a, b when.Clock) string {
	c := &l.calendar
	first, dash := c.clockHour, "–"
	if len(c.clock) != len(c.clockHour) && a.Hour/12 != b.Hour/12 {
		first, dash = c.clock, " – "
	}
	var buf [48]byte
	out := append(c.appendClock(buf[:0], first, a), dash...)
	return string(c.appendClock(out, c.clock, b))
}

// Month is a month of a year: "December 2026".
func (l *Localizer) Month(year int, month time.Month) string {
	return l.date(l.calendar.month, when.Date{Year: year, Month: month, Day: 1})
}

// Weekday is the name of a day: "Monday".
func (l *Localizer) Weekday(d time.Weekday) string { return l.calendar.weekdays[d] }

// WeekdayShort is the short name of a day, "Mon"; in languages that have none,
// such as Arabic, the whole name.
func (l *Localizer) WeekdayShort(d time.Weekday) string { return l.calendar.weekdaysShort[d] }

// addWeekdays makes the days' names messages, by the codes that records use.
func (l *Localizer) addWeekdays() {
	for d := time.Sunday; d <= time.Saturday; d++ {
		code := strings.ToLower(d.String()[:3])
		l.words["weekday."+code] = l.Weekday(d)
		l.words["weekday-short."+code] = l.WeekdayShort(d)
	}
}
