package schema

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// MaxSlug is the length of the longest slug, in bytes.
const MaxSlug = 80

// Slug says whether s is a slug, the name of a record in paths and addresses:
// lower-case ASCII letters and digits, in words with one hyphen between, of
// at most MaxSlug bytes.
func Slug(s string) bool {
	if s == "" || len(s) > MaxSlug {
		return false
	}
	hyphen := true // none may come first, nor two together
	for i := range len(s) {
		switch c := s[i]; {
		case c >= 'a' && c <= 'z' || c >= '0' && c <= '9':
			hyphen = false
		case c == '-' && !hyphen:
			hyphen = true
		default:
			return false
		}
	}
	return !hyphen
}

// Slugify makes a slug of a title: "Café Zürich's 2nd night" becomes
// "cafe-zurichs-2nd-night". Accents are dropped and Latin ligatures spelt
// out; other scripts are left out, so that it answers "" for a title without
// any Latin letter or digit.
func Slugify(title string) string {
	var b strings.Builder
	gap := false
	for _, r := range norm.NFKD.String(title) {
		s := fold(unicode.ToLower(r))
		switch {
		case s != "":
			if gap && b.Len() > 0 {
				b.WriteByte('-')
			}
			gap = false
			b.WriteString(s)
		case unicode.Is(unicode.Mn, r) || r == '\'' || r == '’':
			// Accents and apostrophes stand inside words.
		default:
			gap = true
		}
	}
	return shorten(b.String())
}

// fold is the ASCII spelling of a lower-case Latin letter or a digit; empty
// for what has none. The letters named are those that have no decomposition
// in Unicode.
func fold(r rune) string {
	if r >= 'a' && r <= 'z' || r >= '0' && r <= '9' {
		return string(r)
	}
	switch r {
	case 'æ':
		return "ae"
	case 'œ':
		return "oe"
	case 'ß':
		return "ss"
	case 'þ':
		return "th"
	case 'ø':
		return "o"
	case 'đ', 'ð':
		return "d"
	case 'ł':
		return "l"
	case 'ħ':
		return "h"
	case 'ı':
		return "i"
	case 'ŧ':
		return "t"
	}
	return ""
}

// shorten cuts at the end of a word where one fits.
func shorten(s string) string {
	if len(s) <= MaxSlug {
		return s
	}
	if i := strings.LastIndexByte(s[:MaxSlug+1], '-'); i > 0 {
		return s[:i]
	}
	return s[:MaxSlug]
}
