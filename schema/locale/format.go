package locale

import (
	"cmp"

	"github.com/go-playground/locales"
	"github.com/go-playground/locales/ar"
	"github.com/go-playground/locales/ca"
	"github.com/go-playground/locales/de"
	"github.com/go-playground/locales/en"
	"github.com/go-playground/locales/es"
	"github.com/go-playground/locales/fa"
	"github.com/go-playground/locales/fi"
	"github.com/go-playground/locales/fr"
	"github.com/go-playground/locales/it"
	"github.com/go-playground/locales/nl"
	"github.com/go-playground/locales/pt"
	"github.com/go-playground/locales/sv"
	"github.com/go-playground/locales/sw"
	"github.com/go-playground/locales/tr"
	"github.com/go-playground/locales/ur"
	"golang.org/x/text/language"
)

// format is how a language writes dates, times and money, in CLDR's pattern
// letters (UTS 35, part 4): E weekday, d day, M month, L month standing alone,
// y year, H hour of 24, h hour of 12, m minute, a half of the day. What is
// empty is as in English.
type format struct {
	names  func() locales.Translator
	full   string // Saturday 5 December 2026; ends with the year, or the weekday
	long   string // 5 December 2026; ends with the year
	short  string // 5 Dec 2026
	month  string // December 2026
	clock  string
	halves [2]string // before and after noon
	// Names come in the form that they have within a date; alone strips what
	// such a form adds, at either end.
	alone []string
	money string // ¤ is the currency, 0 the number
	quote [2]string
}

// english are the formats of English as Britain and most of the world write
// it, and of any language that is not in the table.
var english = format{
	names: en.New,
	full:  "EEEE d MMMM y",
	long:  "d MMMM y",
	short: "d MMM y",
	month: "LLLL y",
	clock: "HH:mm",
	money: "¤0",
	quote: [2]string{"“", "”"},
}

// formats are the languages whose dates and money are known, CLDR's patterns.
// locales has them too, but neither ranges nor single digits; its Arabic
// numbers mix digits, and its Finnish weekday is a pattern left over.
var formats = map[string]format{
	"en": {},
	"en-US": {
		full: "EEEE, MMMM d, y", long: "MMMM d, y", short: "MMM d, y",
		clock: "h:mm a", halves: [2]string{"AM", "PM"},
	},
	"ar": {
		names: ar.New, full: "EEEE، d MMMM y",
		clock: "h:mm a", halves: [2]string{"ص", "م"},
		money: "0\u00a0¤", quote: [2]string{"«", "»"},
	},
	"ca": {
		names: ca.New, full: "EEEE, d MMMM 'de' y", long: "d MMMM 'de' y", short: "d MMM y",
		month: "LLLL 'de' y", clock: "H:mm", alone: []string{"de ", "d’"},
		money: "0\u00a0¤", quote: [2]string{"«", "»"},
	},
	"de": {
		names: de.New, full: "EEEE, d. MMMM y", long: "d. MMMM y", short: "d. MMM y",
		money: "0\u00a0¤", quote: [2]string{"„", "“"},
	},
	"es": {
		names: es.New, full: "EEEE, d 'de' MMMM 'de' y", long: "d 'de' MMMM 'de' y",
		month: "LLLL 'de' y", clock: "H:mm",
		money: "0\u00a0¤", quote: [2]string{"«", "»"},
	},
	"fa": {
		names: fa.New, clock: "H:mm", alone: []string{"ٔ"},
		money: "\u200e¤\u00a00", quote: [2]string{"«", "»"},
	},
	"fi": {
		names: fi.New, full: "EEEE d. MMMM y", long: "d. MMMM y", short: "d. MMM y",
		clock: "H.mm", alone: []string{"na", "ta"},
		money: "0\u00a0¤", quote: [2]string{"”", "”"},
	},
	"fr": {names: fr.New, money: "0\u00a0¤", quote: [2]string{"«\u00a0", "\u00a0»"}},
	"it": {names: it.New, money: "0\u00a0¤", quote: [2]string{"«", "»"}},
	"nl": {names: nl.New, money: "¤\u00a00", quote: [2]string{"‘", "’"}},
	"pt": {
		names: pt.New, full: "EEEE, d 'de' MMMM 'de' y", long: "d 'de' MMMM 'de' y",
		short: "d 'de' MMM 'de' y", month: "LLLL 'de' y", money: "¤\u00a00",
	},
	"sv": {names: sv.New, money: "0\u00a0¤", quote: [2]string{"”", "”"}},
	"sw": {names: sw.New, full: "EEEE, d MMMM y", money: "¤\u00a00"},
	"tr": {names: tr.New, full: "d MMMM y EEEE"},
	"ur": {
		names: ur.New, full: "EEEE، d MMMM، y", long: "d MMMM، y", short: "d MMM، y",
		clock: "h:mm a", halves: [2]string{"AM", "PM"},
	},
}

// formatOf is the format of a language, and whether the table has it.
func formatOf(tag language.Tag) (format, bool) {
	base, _, region := tag.Raw() // as written: Region would guess US for "en"
	f, ok := formats[base.String()+"-"+region.String()]
	if !ok {
		f, ok = formats[base.String()]
	}
	if f.names == nil {
		f.names = english.names
	}
	if f.quote[0] == "" {
		f.quote = english.quote
	}
	f.full = cmp.Or(f.full, english.full)
	f.long = cmp.Or(f.long, english.long)
	f.short = cmp.Or(f.short, english.short)
	f.month = cmp.Or(f.month, english.month)
	f.clock = cmp.Or(f.clock, english.clock)
	f.money = cmp.Or(f.money, english.money)
	return f, ok
}
