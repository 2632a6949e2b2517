package convert

import (
	"errors"
	"strconv"
	"strings"
	"time"
	"unicode"

	"fursa/schema/when"
)

// secondsFormat is a time of day as its seconds after midnight: 36000 is ten
// o'clock.
const secondsFormat = "seconds"

// token is a part of a format and Go's own layout for it.
type token struct{ name, layout string }

// The tokens, the longer before those that they begin with.
var (
	dateTokens = []token{
		{"YYYY", "2006"},
		{"YY", "06"},
		{"MMMM", "January"},
		{"MMM", "Jan"},
		{"MM", "01"},
		{"M", "1"},
		{"DD", "02"},
		{"D", "2"},
	}
	timeTokens = []token{
		{"HH", "15"},
		{"hh", "03"},
		{"h", "3"},
		{"mm", "04"},
		{"ss", "05"},
		{"AM", "PM"},
		{"am", "pm"},
	}
)

// layout translates a format into Go's layout. Letters and digits that are no
// token make it wrong, and so does a format without any.
func layout(format string, tokens []token) (string, bool) {
	var b strings.Builder
	found := false
next:
	for format != "" {
		for _, t := range tokens {
			if rest, ok := strings.CutPrefix(format, t.name); ok {
				b.WriteString(t.layout)
				format, found = rest, true
				continue next
			}
		}
		if c := format[0]; c >= 0x80 || unicode.IsLetter(rune(c)) || unicode.IsDigit(rune(c)) {
			return "", false
		}
		b.WriteByte(format[0])
		format = format[1:]
	}
	return b.String(), found
}

// readDate reads a date by a format, "" for the plain 2026-11-22.
func readDate(cell, format string) (when.Date, error) {
	if format == "" {
		return when.ParseDate(cell)
	}
	l, _ := layout(format, dateTokens)
	t, err := time.Parse(l, cell)
	if err != nil {
		return when.Date{}, err
	}
	return when.DateOf(t), nil
}

// readClock reads a time of day by a format, "" for the plain 18:00.
func readClock(cell, format string) (when.Clock, error) {
	switch format {
	case "":
		return when.ParseClock(cell)
	case secondsFormat:
		n, err := strconv.Atoi(cell)
		if err == nil && (n < 0 || n >= 24*60*60) {
			err = errors.New("beyond a day")
		}
		return when.Clock{Hour: n / 3600, Minute: n / 60 % 60, Second: n % 60}, err
	}
	l, _ := layout(format, timeTokens)
	t, err := time.Parse(l, cell)
	return when.Clock{Hour: t.Hour(), Minute: t.Minute(), Second: t.Second()}, err
}

// readNumber reads 1,234.50 or, with a decimal comma, 1.234,50; a currency
// sign before or after it is passed over.
func readNumber(cell, decimal string) (float64, error) {
	group := ","
	if decimal == "," {
		group = "."
	}
	cell = strings.TrimFunc(cell, func(r rune) bool { return unicode.IsSpace(r) || unicode.Is(unicode.Sc, r) })
	cell = strings.NewReplacer(group, "", " ", "", "\u00a0", "", "\u202f", "", "'", "").Replace(cell)
	if decimal != "" {
		cell = strings.Replace(cell, decimal, ".", 1)
	}
	if strings.Trim(cell, "+-0123456789.") != "" {
		return 0, errors.New("not a number") // Go also reads Inf, 0x1p3, 1_000
	}
	return strconv.ParseFloat(cell, 64)
}
