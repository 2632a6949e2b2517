package locale

import (
	"fmt"
	"math"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/currency"
	"golang.org/x/text/language"
	"golang.org/x/text/message"
	"golang.org/x/text/number"
)

// withNumerals is the tag that makes x/text write the numerals. Persian and
// Urdu have their own forms of the Arabic ones.
func withNumerals(tag language.Tag, numerals string) (language.Tag, error) {
	switch numerals {
	case "":
		return tag, nil
	case "latn":
		return tag.SetTypeForKey("nu", "latn")
	case "arab":
		if script, _ := tag.Script(); script.String() != "Arab" {
			return tag, nil
		}
		if base, _ := tag.Base(); base.String() != "ar" {
			return tag.SetTypeForKey("nu", "arabext")
		}
		return tag.SetTypeForKey("nu", "arab")
	}
	return tag, fmt.Errorf(`numerals %q: neither "latn" nor "arab"`, numerals)
}

func digitsOf(p *message.Printer) (digits [10]string) {
	for i := range digits {
		digits[i] = p.Sprint(number.Decimal(i))
	}
	return digits
}

// Number is a number with the language's digits and separators, and at most
// three decimals: "1,234.5", "١٬٢٣٤٫٥".
func (l *Localizer) Number(n float64) string {
	if n == math.Trunc(n) && n >= 0 && n < 1000 {
		return l.integer(int(n))
	}
	return l.printer.Sprint(number.Decimal(n))
}

// integer is Number for whole numbers, and does without x/text for those that
// have no separators.
func (l *Localizer) integer(n int) string {
	if n < 0 || n >= 1000 {
		return l.printer.Sprint(number.Decimal(n))
	}
	var buf [16]byte
	return string(l.calendar.appendNumber(buf[:0], n, 1))
}

// Money is an amount of an ISO 4217 currency, with decimals only where it is
// not whole: "QAR 50", "QAR 12.50", "50 ر.ق.". The space within is a
// no-break space, and Arabic symbols carry the mark that keeps their point in
// its place. A currency that is not known stands by its code.
func (l *Localizer) Money(amount float64, code string) string {
	symbol, decimals := code, 2
	if unit, err := currency.ParseISO(code); err == nil {
		symbol = l.printer.Sprint(currency.Symbol(unit))
		decimals, _ = currency.Standard.Rounding(unit)
	}
	unit := math.Pow10(decimals)
	amount = math.Round(amount*unit) / unit
	n := l.Number(amount)
	if amount != math.Trunc(amount) {
		n = l.printer.Sprint(number.Decimal(amount, number.Scale(decimals)))
	}
	before, after, _ := strings.Cut(l.format.money, "0")
	if strings.HasSuffix(before, "¤") && endsInLetter(symbol) {
		before += "\u00a0"
	}
	return strings.Replace(before, "¤", symbol, 1) + n + strings.Replace(after, "¤", symbol, 1)
}

// endsInLetter says whether a symbol would run into a number after it: "QAR"
// would, "$" not (UTS 35, part 3, currency spacing).
func endsInLetter(symbol string) bool {
	r, _ := utf8.DecodeLastRuneInString(symbol)
	return !unicode.Is(unicode.S, r)
}

// Distance is a way in kilometres: to a tenth below 10 km, in metres rounded
// to 50 below 1 km, because no listing's place is known more exactly.
func (l *Localizer) Distance(km float64) string {
	if m := math.Round(km*20) * 50; m < 1000 {
		return l.T("measure.m", "n", max(m, 50))
	}
	if km < 10 {
		return l.T("measure.km", "n", math.Round(km*10)/10)
	}
	return l.T("measure.km", "n", math.Round(km))
}

// Duration is a length of time in words: "1 hour 30 minutes". Sixty minutes
// and more become hours.
func (l *Localizer) Duration(hours, minutes int) string {
	hours, minutes = hours+minutes/60, minutes%60
	switch {
	case hours == 0:
		return l.N("count.minutes", minutes)
	case minutes == 0:
		return l.N("count.hours", hours)
	}
	return l.N("count.hours", hours) + l.T("join.duration") + l.N("count.minutes", minutes)
}
