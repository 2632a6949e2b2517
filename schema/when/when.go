// Package when works out when things happen: dates and local times as records
// write them, the occurrences of sessions and their recurrence rules in time
// zones, periods known only roughly, and the timetable slots that they fall
// into. It never asks what time it is now.
package when

import (
	"cmp"
	"fmt"
	"strconv"
	"time"
)

// Date is a whole day of the Gregorian calendar, written 2026-11-22. The zero
// Date is no date.
type Date struct {
	Year  int
	Month time.Month
	Day   int
}

// Clock is a time of day, written 18:00 or 18:00:00.
type Clock struct{ Hour, Minute, Second int }

// Moment is a local date, or a local date and time: 2026-11-22 or
// 2026-11-22T18:00:00. The zero Moment is none.
type Moment struct {
	Date  Date
	Clock Clock
	// Timed says that a time of day is given; without it the Moment is a
	// whole day.
	Timed bool
}

// ParseDate reads 2026-11-22, and refuses days that no month has.
func ParseDate(s string) (Date, error) {
	if len(s) == len(time.DateOnly) && s[4] == '-' && s[7] == '-' {
		y, m, d := digits(s[:4]), digits(s[5:7]), digits(s[8:])
		if y >= 0 && 1 <= m && m <= 12 && 1 <= d && d <= daysIn(time.Month(m), y) {
			return Date{y, time.Month(m), d}, nil
		}
	}
	return Date{}, fmt.Errorf("%q is not a date like 2026-11-22", s)
}

// digits is the number that s, all of it ASCII digits, stands for; else -1.
func digits(s string) int {
	n := 0
	for _, c := range []byte(s) {
		if c < '0' || '9' < c {
			return -1
		}
		n = 10*n + int(c-'0')
	}
	return n
}

func daysIn(m time.Month, year int) int {
	if m == time.February && year%4 == 0 && (year%100 != 0 || year%400 == 0) {
		return 29
	}
	return [...]int{31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31}[m-1]
}

// DateOf is the day of t in t's own location.
func DateOf(t time.Time) Date {
	y, m, d := t.Date()
	return Date{y, m, d}
}

// ParseClock reads 18:00 or 18:00:00.
func ParseClock(s string) (Clock, error) {
	full := s
	if len(s) == len("18:00") {
		full += ":00"
	}
	if len(full) == len(time.TimeOnly) && full[2] == ':' && full[5] == ':' {
		h, m, sec := digits(full[:2]), digits(full[3:5]), digits(full[6:])
		if 0 <= h && h < 24 && 0 <= m && m < 60 && 0 <= sec && sec < 60 {
			return Clock{h, m, sec}, nil
		}
	}
	return Clock{}, fmt.Errorf("%q is not a time like 18:00", s)
}

// ParseMoment reads a date, or a date and a time with T or a space between.
func ParseMoment(s string) (Moment, error) {
	const day = len(time.DateOnly)
	if len(s) <= day || (s[day] != 'T' && s[day] != 't' && s[day] != ' ') {
		d, err := ParseDate(s)
		return Moment{Date: d}, err
	}
	d, err := ParseDate(s[:day])
	if err != nil {
		return Moment{}, err
	}
	c, err := ParseClock(s[day+1:])
	if err != nil {
		return Moment{}, err
	}
	return Moment{d, c, true}, nil
}

// IsZero says that there is no date.
func (d Date) IsZero() bool { return d == Date{} }

// String is the date as records write it; empty for the zero Date.
func (d Date) String() string {
	if d.IsZero() {
		return ""
	}
	var buf [16]byte
	return string(d.append(buf[:0]))
}

func (d Date) append(b []byte) []byte {
	b = appendPadded(b, d.Year, 4)
	b = appendPadded(append(b, '-'), int(d.Month), 2)
	return appendPadded(append(b, '-'), d.Day, 2)
}

// appendPadded writes n in at least width digits.
func appendPadded(b []byte, n, width int) []byte {
	for limit := 10; width > 1; width-- {
		if n < limit {
			b = append(b, '0')
		}
		limit *= 10
	}
	return strconv.AppendInt(b, int64(n), 10)
}

// Compare is negative where d is before e, 0 where they are the same day.
func (d Date) Compare(e Date) int {
	return cmp.Or(cmp.Compare(d.Year, e.Year), cmp.Compare(d.Month, e.Month), cmp.Compare(d.Day, e.Day))
}

// Before says whether d is an earlier day than e.
func (d Date) Before(e Date) bool { return d.Compare(e) < 0 }

// AddDays is the day n days later.
func (d Date) AddDays(n int) Date {
	return DateOf(time.Date(d.Year, d.Month, d.Day+n, 0, 0, 0, 0, time.UTC))
}

// DaysBetween is how many days later b is than a; negative where it is
// earlier.
func DaysBetween(a, b Date) int {
	return int((b.In(time.UTC).Unix() - a.In(time.UTC).Unix()) / secondsADay)
}

const secondsADay = 24 * 60 * 60

// In is the first instant of the day in a location.
func (d Date) In(loc *time.Location) time.Time { return Moment{Date: d}.In(loc) }

// Weekday is the day of the week.
func (d Date) Weekday() time.Weekday { return d.In(time.UTC).Weekday() }

// MarshalText writes the date as records do.
func (d Date) MarshalText() ([]byte, error) { return []byte(d.String()), nil }

// UnmarshalText reads what MarshalText writes.
func (d *Date) UnmarshalText(b []byte) (err error) {
	*d, err = ParseDate(string(b))
	return err
}

// String is 18:00, with seconds only where there are some.
func (c Clock) String() string {
	var buf [8]byte
	b := c.append(buf[:0])
	if c.Second == 0 {
		b = b[:len("18:00")]
	}
	return string(b)
}

func (c Clock) append(b []byte) []byte {
	b = appendPadded(b, c.Hour, 2)
	b = appendPadded(append(b, ':'), c.Minute, 2)
	return appendPadded(append(b, ':'), c.Second, 2)
}

// Seconds is the time of day in seconds after midnight.
func (c Clock) Seconds() int { return (c.Hour*60+c.Minute)*60 + c.Second }

// MarshalText writes the time of day as records do.
func (c Clock) MarshalText() ([]byte, error) { return []byte(c.String()), nil }

// UnmarshalText reads what MarshalText writes.
func (c *Clock) UnmarshalText(b []byte) (err error) {
	*c, err = ParseClock(string(b))
	return err
}

// IsZero says that there is no date.
func (m Moment) IsZero() bool { return m == Moment{} }

// String is the moment as records write it, seconds always given; empty for
// the zero Moment.
func (m Moment) String() string {
	if !m.Timed {
		return m.Date.String()
	}
	var buf [24]byte
	return string(m.Clock.append(append(m.Date.append(buf[:0]), 'T')))
}

// Compare orders moments by date and time of day; a whole day is before every
// time of it.
func (m Moment) Compare(n Moment) int {
	if c := m.Date.Compare(n.Date); c != 0 || m.Timed != n.Timed {
		if c == 0 && n.Timed {
			return -1
		}
		return cmp.Or(c, 1)
	}
	return cmp.Compare(m.Clock.Seconds(), n.Clock.Seconds())
}

// MarshalText writes the moment as records do.
func (m Moment) MarshalText() ([]byte, error) { return []byte(m.String()), nil }

// UnmarshalText reads what MarshalText writes.
func (m *Moment) UnmarshalText(b []byte) (err error) {
	*m, err = ParseMoment(string(b))
	return err
}
