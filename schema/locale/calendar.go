package locale

import (
	"strings"
	"time"

	"fursa/schema/when"
)

// calendar is a language's names of days and months and its patterns, worked
// out once, because a build writes hundreds of thousands of dates.
type calendar struct {
	digits        [10]string
	months        [13]string // by time.Month, as the next two
	monthsShort   [13]string
	monthsAlone   [13]string
	weekdays      [7]string
	weekdaysShort [7]string
	halves        [2]string
	full, long    []field
	short, month  []field
	clock         []field
	clockHour     []field // clock without the half of the day
}

// field is a part of a pattern: a run of one letter, or text to be copied.
type field struct {
	letter byte // 0: text
	width  int
	text   string
}

func newCalendar(f format, digits [10]string) calendar {
	names := f.names()
	c := calendar{
		digits: digits, halves: f.halves,
		full: compile(f.full), long: compile(f.long), short: compile(f.short),
		month: compile(f.month), clock: compile(f.clock),
		clockHour: compile(strings.TrimSuffix(f.clock, " a")),
	}
	for m := time.January; m <= time.December; m++ {
		c.months[m] = names.MonthWide(m)
		c.monthsShort[m] = names.MonthAbbreviated(m)
		c.monthsAlone[m] = standalone(names.MonthWide(m), f.alone)
	}
	for d := time.Sunday; d <= time.Saturday; d++ {
		c.weekdays[d] = standalone(names.WeekdayWide(d), f.alone)
		c.weekdaysShort[d] = names.WeekdayAbbreviated(d)
	}
	return c
}

func standalone(name string, added []string) string {
	for _, s := range added {
		name = strings.TrimSuffix(strings.TrimPrefix(name, s), s)
	}
	return name
}

// compile reads a pattern; letters to be copied stand between single quotes.
func compile(pattern string) []field {
	var fields []field
	quoted := false
	for i := 0; i < len(pattern); i++ {
		c := pattern[i]
		last := len(fields) - 1
		switch {
		case c == '\'':
			quoted = !quoted
		case !quoted && strings.IndexByte("EdMLyHhma", c) >= 0:
			if last >= 0 && fields[last].letter == c {
				fields[last].width++
			} else {
				fields = append(fields, field{letter: c, width: 1})
			}
		case last >= 0 && fields[last].letter == 0:
			fields[last].text += pattern[i : i+1]
		default:
			fields = append(fields, field{text: pattern[i : i+1]})
		}
	}
	return fields
}

func (c *calendar) append(b []byte, fields []field, d when.Date) []byte {
	for _, f := range fields {
		switch f.letter {
		case 0:
			b = append(b, f.text...)
		case 'E':
			b = append(b, c.weekdays[d.Weekday()]...)
		case 'd':
			b = c.appendNumber(b, d.Day, f.width)
		case 'M':
			if f.width == 3 {
				b = append(b, c.monthsShort[d.Month]...)
			} else {
				b = append(b, c.months[d.Month]...)
			}
		case 'L':
			b = append(b, c.monthsAlone[d.Month]...)
		case 'y':
			b = c.appendNumber(b, d.Year, f.width)
		}
	}
	return b
}

func (c *calendar) appendClock(b []byte, fields []field, t when.Clock) []byte {
	for _, f := range fields {
		switch f.letter {
		case 0:
			b = append(b, f.text...)
		case 'H':
			b = c.appendNumber(b, t.Hour, f.width)
		case 'h':
			b = c.appendNumber(b, (t.Hour+11)%12+1, f.width)
		case 'm':
			b = c.appendNumber(b, t.Minute, f.width)
		case 'a':
			b = append(b, c.halves[t.Hour/12]...)
		}
	}
	return b
}

// appendNumber writes n ≥ 0 in the language's digits, without separators, at
// least width of them.
func (c *calendar) appendNumber(b []byte, n, width int) []byte {
	if n >= 10 || width > 1 {
		b = c.appendNumber(b, n/10, width-1)
	}
	return append(b, c.digits[n%10]...)
}
