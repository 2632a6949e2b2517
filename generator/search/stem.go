package search

import (
	"cmp"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/blevesearch/snowballstem"
	"github.com/blevesearch/snowballstem/arabic"
	"github.com/blevesearch/snowballstem/danish"
	"github.com/blevesearch/snowballstem/dutch"
	"github.com/blevesearch/snowballstem/english"
	"github.com/blevesearch/snowballstem/finnish"
	"github.com/blevesearch/snowballstem/french"
	"github.com/blevesearch/snowballstem/german"
	"github.com/blevesearch/snowballstem/hungarian"
	"github.com/blevesearch/snowballstem/irish"
	"github.com/blevesearch/snowballstem/italian"
	"github.com/blevesearch/snowballstem/norwegian"
	"github.com/blevesearch/snowballstem/portuguese"
	"github.com/blevesearch/snowballstem/romanian"
	"github.com/blevesearch/snowballstem/russian"
	"github.com/blevesearch/snowballstem/spanish"
	"github.com/blevesearch/snowballstem/swedish"
	"github.com/blevesearch/snowballstem/tamil"
	"github.com/blevesearch/snowballstem/turkish"
	"golang.org/x/text/unicode/norm"
)

// stemmer makes the stem of the word in env; nil leaves words as they are.
type stemmer func(env *snowballstem.Env) bool

// stemmerOf is the stemmer of a language's primary tag.
func stemmerOf(primary string) stemmer {
	switch primary {
	case "ar":
		return arabic.Stem
	case "da":
		return danish.Stem
	case "de":
		return german.Stem
	case "en":
		return english.Stem
	case "es":
		return spanish.Stem
	case "fi":
		return finnish.Stem
	case "fr":
		return french.Stem
	case "ga":
		return irish.Stem
	case "hu":
		return hungarian.Stem
	case "it":
		return italian.Stem
	case "nb", "nn", "no":
		return norwegian.Stem
	case "nl":
		return dutch.Stem
	case "pt":
		return portuguese.Stem
	case "ro":
		return romanian.Stem
	case "ru":
		return russian.Stem
	case "sv":
		return swedish.Stem
	case "ta":
		return tamil.Stem
	case "tr":
		return turkish.Stem
	}
	return nil
}

// Form is a form of a word, and the stem that it has in its text's language.
type Form struct{ Text, Stem string }

// grammar is what a language makes of words. One is not safe for concurrent
// use.
type grammar struct {
	stem stemmer
	env  *snowballstem.Env
}

func newGrammar(tag string) grammar {
	return grammar{stemmerOf(primary(tag)), snowballstem.NewEnv("")}
}

// forms are the forms of a word as it stands in a text; none of one that folds
// to nothing. Stemmers are given what was written: they know accents.
func (g grammar) forms(token string) []Form {
	word := Fold(token)
	if word == "" {
		return nil
	}
	whole := written(token)
	var forms []Form
	for _, form := range Forms(word) {
		rest := whole
		for range utf8.RuneCountInString(word) - utf8.RuneCountInString(form) {
			_, size := utf8.DecodeRuneInString(rest)
			rest = rest[size:]
		}
		forms = append(forms, Form{form, cmp.Or(Fold(g.stemOf(rest)), form)})
	}
	return forms
}

func (g grammar) stemOf(word string) string {
	if g.stem == nil {
		return word
	}
	g.env.SetCurrent(word)
	g.stem(g.env)
	return g.env.Current()
}

// primary is the part of a BCP 47 tag that names the language.
func primary(tag string) string {
	tag, _, _ = strings.Cut(tag, "-")
	return strings.ToLower(tag)
}

// written is a word as stemmers know it: in lower case, with its accents, and
// without apostrophes. Arabic has no marks: so each letter is one of the form.
func written(token string) string {
	if plain(token) {
		return strings.ToLower(token)
	}
	arabic := strings.ContainsFunc(token, func(r rune) bool { return unicode.Is(unicode.Arabic, r) })
	return strings.Map(func(r rune) rune {
		if classOf(r) == apostrophe || arabic && (r == 'ـ' || unicode.IsMark(r)) {
			return -1
		}
		return unicode.ToLower(r)
	}, norm.NFKC.String(token))
}
