// Package locale says things in people's languages: the words of the site
// with their plurals, dates, times of day, numbers, money, lists, names of
// languages and countries, the order of words, and the direction of writing.
// Messages and plurals are go-i18n's, names of months and days
// go-playground/locales', the rest golang.org/x/text's. It never chooses a
// language, knows no time zone, and writes plain text, never HTML.
package locale

import (
	"fmt"
	"slices"
	"sync"

	"github.com/nicksnyder/go-i18n/v2/i18n"
	"golang.org/x/text/collate"
	"golang.org/x/text/language"
	"golang.org/x/text/language/display"
	"golang.org/x/text/message"
)

// Localizer says things in one language. It never changes, and is safe for
// concurrent use.
type Localizer struct {
	tag       language.Tag
	words     map[string]string
	localizer *i18n.Localizer
	printer   *message.Printer
	calendar  calendar
	format    format
	languages display.Namer
	regions   display.Namer
	collators sync.Pool
}

// New is the Localizer of a BCP 47 language tag. Numerals are "latn" (2026),
// "arab" (٢٠٢٦), or empty for what the language uses by itself; "arab" leaves
// languages alone that are not written in Arabic script.
//
// Words are English where the language has no messages of its own (see
// Known); dates, numbers and money are English where it is not in the table of
// formats. An error is a malformed tag, other numerals, or messages that are no
// TOML; more messages go before the site's own.
func New(lang, numerals string, more ...Messages) (*Localizer, error) {
	tag, err := language.Parse(lang)
	if err != nil {
		return nil, fmt.Errorf("language %q: %w", lang, err)
	}
	f, known := formatOf(tag)
	numeric := language.English
	if known {
		numeric = tag
	}
	if numeric, err = withNumerals(numeric, numerals); err != nil {
		return nil, err
	}
	l := &Localizer{tag: tag, format: f, printer: message.NewPrinter(numeric)}
	l.calendar = newCalendar(f, digitsOf(l.printer))
	if l.localizer, l.words, err = messagesOf(tag, more); err != nil {
		return nil, err
	}
	l.addWeekdays()
	l.languages = namer(display.Languages(tag), display.Languages(language.English))
	l.regions = namer(display.Regions(tag), display.Regions(language.English))
	l.collators.New = func() any {
		return collate.New(tag, collate.Numeric, collate.Force)
	}
	return l, nil
}

// namer is the first of the two that there is: x/text has none for languages
// that it does not know.
func namer(own, english display.Namer) display.Namer {
	if own == nil {
		return english
	}
	return own
}

// Lang is the language's BCP 47 tag.
func (l *Localizer) Lang() string { return l.tag.String() }

// Dir is the direction of its writing, "ltr" or "rtl".
func (l *Localizer) Dir() string { return Direction(l.Lang()) }

// Name is the language's own name for itself: "العربية"; the tag where that
// is not known.
func (l *Localizer) Name() string {
	if name := display.Self.Name(l.tag); name != "" {
		return name
	}
	return l.Lang()
}

// rightToLeft are the scripts in use that are written from right to left, by
// ISO 15924.
var rightToLeft = []string{
	"Adlm", "Arab", "Aran", "Hebr", "Mand", "Mend", "Nkoo", "Rohg", "Samr", "Syrc", "Thaa",
}

// Direction is the direction of the writing of any BCP 47 tag, by its script
// or the script that the language is mostly written in: "rtl" or "ltr"; "ltr"
// also for what is no tag.
func Direction(lang string) string {
	script, _ := language.Make(lang).Script()
	if slices.Contains(rightToLeft, script.String()) {
		return "rtl"
	}
	return "ltr"
}
