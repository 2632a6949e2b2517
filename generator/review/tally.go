package review

import (
	"slices"
	"strings"

	"fursa/schema/diag"
	"fursa/schema/locale"
)

// Tally is how many problems of each severity a look at files has found, in
// words: errors always, the others where there are some. A language that
// messages are not written in falls back to the first that they are.
func Tally(found diag.Verdict, lang string) (string, error) {
	words, err := messages()
	if err != nil {
		return "", err
	}
	if lang, _, _ = strings.Cut(lang, "-"); !slices.Contains(diag.Languages, lang) {
		lang = diag.Languages[0]
	}
	l, err := locale.New(lang, "latn", words)
	if err != nil {
		return "", err
	}
	list := found.Blocking()
	parts := []string{l.N("tally.errors", list.Count(diag.Error))}
	if n := list.Count(diag.Warning); n > 0 {
		parts = append(parts, l.N("tally.warnings", n))
	}
	if n := list.Count(diag.Note); n > 0 {
		parts = append(parts, l.N("tally.notes", n))
	}
	summary := strings.Join(parts, l.T("tally.comma"))
	if n := len(found.Before) - found.Before.Count(diag.Note); n > 0 {
		summary += l.T("tally.then") + l.N("tally.before", n)
	}
	return summary, nil
}
