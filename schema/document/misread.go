package document

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"
)

var (
	dateLike   = regexp.MustCompile(`^(\d{1,4})([-/.])(\d{1,2})[-/.](\d{1,4})([ Tt].*)?$`)
	timeLike   = regexp.MustCompile(`(?i)^(\d{1,2})(?:[:.h](\d{1,2}))?(?::\d\d)? ?([ap])?\.?(m)?\.?$`)
	numberLike = regexp.MustCompile(`^[+-]?[\d_.]+(?:[eE][+-]?\d+)?$`)
	commaLike  = regexp.MustCompile(`^[+-]?\d+(,\d+)+(\.\d+)?$`)
	paddedLike = regexp.MustCompile(`^[+-]?0+(\d[\d.]*)$`)
)

// misread says which rule a word breaks that stands in a value's place, with
// the hint's variant and the message's values: what was most likely meant.
func misread(word string) (variant, rule string, args []any) {
	if plain := latinDigits(word); plain != word && isValue(plain) {
		return "", "document/wrong-digits", []any{"text", word, "plain", plain}
	}
	if plain, ok := truth(word); ok {
		return "boolean", "document/unquoted-text", []any{"text", quote(word), "quoted", quote(word), "plain", plain}
	}
	if m := dateLike.FindStringSubmatch(word); m != nil {
		return misdated(word, m)
	}
	if date := spelt(latinDigits(word)); date != "" {
		return "", "document/date-order", []any{"date", word, "iso", date}
	}
	if m := timeLike.FindStringSubmatch(word); m != nil && (m[2] != "" || m[3] != "") {
		return mistimed(word, m)
	}
	if commaLike.MatchString(word) {
		return miscounted(word)
	}
	if m := paddedLike.FindStringSubmatch(word); m != nil {
		return "", "document/leading-zero", []any{"text", word, "plain", m[1], "quoted", quote(word)}
	}
	return "", "document/unquoted-text", []any{"text", quote(word), "quoted", quote(strings.Trim(word, `"'`))}
}

// latinDigits is a number or date in Arabic or Persian digits as TOML has it.
func latinDigits(word string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r >= '٠' && r <= '٩':
			return '0' + r - '٠'
		case r >= '۰' && r <= '۹':
			return '0' + r - '۰'
		case r == '٫':
			return '.'
		case r == '٬':
			return -1
		}
		return r
	}, word)
}

// truth is the truth value that people mean by a word.
func truth(word string) (plain string, ok bool) {
	switch strings.ToLower(word) {
	case "true", "yes", "on", "نعم", "صحيح":
		return "true", true
	case "false", "no", "off", "لا", "خطأ":
		return "false", true
	}
	return "", false
}

// misdated deals with a date that is none, or in another order.
func misdated(word string, m []string) (variant, rule string, args []any) {
	first, second, third, rest := m[1], m[3], m[4], retimed(m[5])
	a, b, c := number(first), number(second), number(third)
	if len(first) == 4 && m[2] == "-" && len(second) == 2 && len(third) == 2 {
		switch {
		case b < 1 || b > 12 || c < 1:
			return "month", "document/no-such-date", []any{"date", word[:10]}
		case !exists(a, b, c):
			last := time.Date(a, time.Month(b+1), 0, 0, 0, 0, 0, time.UTC).Day()
			return "", "document/no-such-date", []any{"date", word[:10], "last", last, "iso", iso(a, b, last)}
		}
		clock := quote(strings.TrimLeft(m[5], " Tt"))
		if rest != m[5] {
			return "example", "document/no-such-time", []any{"time", clock, "example", word[:10] + rest}
		}
		return "", "document/no-such-time", []any{"time", clock}
	}
	if len(first) == 4 {
		if exists(a, b, c) {
			return "", "document/date-order", []any{"date", word, "iso", iso(a, b, c) + rest}
		}
		return "month", "document/no-such-date", []any{"date", word}
	}
	if c < 100 {
		c += 2000
	}
	european, american := exists(c, b, a), exists(c, a, b)
	switch {
	case european && american && a != b:
		return "either", "document/date-order", []any{"date", word, "iso", iso(c, b, a) + rest, "other", iso(c, a, b) + rest}
	case european:
		return "", "document/date-order", []any{"date", word, "iso", iso(c, b, a) + rest}
	case american:
		return "", "document/date-order", []any{"date", word, "iso", iso(c, a, b) + rest}
	}
	return "month", "document/no-such-date", []any{"date", word}
}

// retimed is what follows a date, as TOML writes times: " 6:30 pm" is
// T18:30. What is no time of day stays as it is.
func retimed(rest string) string {
	clock := strings.TrimLeft(rest, " Tt,،")
	if isValue(clock) && strings.Count(clock, ":") == 2 {
		return "T" + clock // with its seconds
	}
	if m := timeLike.FindStringSubmatch(clock); m != nil && (m[2] != "" || m[3] != "") {
		if variant, _, args := mistimed(clock, m); variant != "" {
			return "T" + args[3].(string)
		}
	}
	return rest
}

func number(digits string) int {
	n, err := strconv.Atoi(digits)
	if err != nil {
		return -1
	}
	return n
}

func exists(year, month, day int) bool {
	t := time.Date(year, time.Month(month), day, 0, 0, 0, 0, time.UTC)
	return t.Year() == year && int(t.Month()) == month && t.Day() == day
}

func iso(year, month, day int) string { return fmt.Sprintf("%04d-%02d-%02d", year, month, day) }

// mistimed deals with a time of day that is none, or in another form.
func mistimed(word string, m []string) (variant, rule string, args []any) {
	hour, minute := number(m[1]), max(number(m[2]), 0)
	switch half := strings.ToLower(m[3]); {
	case half != "" && (hour < 1 || hour > 12):
		hour = 24
	case half == "p" && hour < 12:
		hour += 12
	case half == "a" && hour == 12:
		hour = 0
	}
	if hour > 23 || minute > 59 {
		return "", "document/no-such-time", []any{"time", quote(word)}
	}
	return "example", "document/no-such-time", []any{"time", quote(word), "example", fmt.Sprintf("%02d:%02d", hour, minute)}
}

// miscounted deals with a number that has commas: for thousands, or for the
// decimal point.
func miscounted(word string) (variant, rule string, args []any) {
	groups := strings.Split(strings.TrimLeft(word, "+-"), ",")
	point := strings.Replace(word, ",", ".", 1)
	thousands := strings.ReplaceAll(word, ",", "")
	decimal := len(groups) == 2 && !strings.Contains(word, ".")
	switch {
	case decimal && (len(groups[1]) != 3 || !isValue(thousands)):
		return "", "document/number-comma", []any{"text", word, "plain", point}
	case decimal:
		return "either", "document/number-comma", []any{"text", word, "plain", thousands, "other", point}
	}
	return "", "document/number-comma", []any{"text", word, "plain", thousands}
}
