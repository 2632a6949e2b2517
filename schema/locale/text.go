package locale

import (
	"strings"

	"golang.org/x/text/collate"
	"golang.org/x/text/language"
)

// List joins words as a sentence does: "a, b and c", "أ وب وج".
func (l *Localizer) List(words []string) string {
	if len(words) < 2 {
		return strings.Join(words, "")
	}
	last := len(words) - 1
	return strings.Join(words[:last], l.T("join.list")) + l.T("join.last") + words[last]
}

// Quote puts a text between the language's quotation marks: “text”, «نص».
func (l *Localizer) Quote(s string) string {
	return l.format.quote[0] + s + l.format.quote[1]
}

// Compare orders texts as the language's dictionaries do, numbers within them
// by size; it is negative where a comes before b, and 0 only where they are
// the same.
func (l *Localizer) Compare(a, b string) int {
	c := l.collators.Get().(*collate.Collator) // one is not safe for concurrent use
	defer l.collators.Put(c)
	return c.CompareString(a, b)
}

// LanguageName is the name of any BCP 47 tag in this language: "French",
// "الفرنسية"; the tag itself where it has none.
func (l *Localizer) LanguageName(lang string) string {
	tag, err := language.Parse(lang)
	if err != nil {
		return lang
	}
	if name := l.languages.Name(tag); name != "" {
		return name
	}
	return lang
}

// CountryName is the name of an ISO 3166-1 code in this language: "Qatar",
// "قطر"; the code itself where it has none.
func (l *Localizer) CountryName(code string) string {
	region, err := language.ParseRegion(code)
	if err != nil {
		return code
	}
	if name := l.regions.Name(region); name != "" {
		return name
	}
	return code
}
