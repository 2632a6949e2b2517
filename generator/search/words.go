package search

import (
	"iter"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// class is what a character is to words.
type class byte

const (
	apart      class = iota // between words
	inWord                  // a digit or a number
	letter                  // a letter of a script with spaces between words
	dense                   // one of a script without
	mark                    // belongs to the character before it
	apostrophe              // may belong to the word
)

// Spaceless says that a letter is of a script in which each letter is a word.
func Spaceless(r rune) bool { return unicode.In(r, spaceless...) }

// spaceless are these scripts: where their words end takes a dictionary, and
// browsers' dictionaries differ.
var spaceless = []*unicode.RangeTable{
	unicode.Han, unicode.Hiragana, unicode.Thai, unicode.Lao, unicode.Khmer, unicode.Myanmar,
}

func classOf(r rune) class {
	switch {
	case 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z':
		return letter
	case r == '\'' || r == '’' || r == 'ʼ':
		return apostrophe
	case '0' <= r && r <= '9':
		return inWord
	case r < utf8.RuneSelf:
		return apart
	case unicode.IsLetter(r):
		if Spaceless(r) {
			return dense
		}
		return letter
	case unicode.IsMark(r):
		return mark
	case unicode.IsNumber(r):
		return inWord
	}
	return apart
}

// tokens are the words of a text as it has them, apostrophes included that do
// not part them.
func tokens(text string) iter.Seq[string] {
	return func(yield func(string) bool) {
		start, last := 0, apart // of the word in hand; apart where there is none
		for i, size := 0, 0; i < len(text); i += size {
			r := rune(text[i])
			size = 1
			if r >= utf8.RuneSelf {
				r, size = utf8.DecodeRuneInString(text[i:])
			}
			c := classOf(r)
			switch {
			case c == apostrophe && last != apart && closes(text[i+size:]):
				continue
			case c == apostrophe:
				c = apart
			case c == mark && last != apart:
				continue // what it stands on decides
			}
			if last != apart && (c == apart || c == dense || last == dense) {
				if !yield(text[start:i]) {
					return
				}
				last = apart
			}
			if last == apart {
				start = i
			}
			last = c
		}
		if last != apart {
			yield(text[start:])
		}
	}
}

// closes says that one letter or two stand at the beginning of a text, and no
// more of a word.
func closes(text string) bool {
	letters := 0
	for _, r := range text {
		switch classOf(r) {
		case letter, dense:
			if letters++; letters > 2 {
				return false
			}
		case mark:
			if letters == 0 {
				return false
			}
		case inWord:
			return false
		default:
			return letters > 0
		}
	}
	return letters > 0
}

// longest is how many UTF-16 units of a word count.
const longest = 40

// Fold is a word without what makes no other word of it: case, accents,
// width, the several forms of Arabic letters and digits. It may be empty.
func Fold(word string) string {
	if plain(word) {
		return strings.ToLower(word[:min(len(word), longest)])
	}
	var b strings.Builder
	for _, r := range norm.NFKD.String(word) {
		if r = unicode.ToLower(r); r == 'ء' || r == 'ـ' || r == 'ʼ' || !unicode.IsLetter(r) && !unicode.IsNumber(r) {
			continue
		}
		b.WriteString(foldedLetter(r))
	}
	return beginning(b.String(), longest)
}

// beginning is a text of so many UTF-16 units at most.
func beginning(s string, units int) string {
	for i, r := range s {
		if units -= unitsIn(r); units < 0 {
			return s[:i]
		}
	}
	return s
}

// plain says that a word is of ASCII letters and digits alone.
func plain(word string) bool {
	for i := range len(word) {
		if word[i] >= utf8.RuneSelf || word[i] == '\'' {
			return false
		}
	}
	return true
}

func foldedLetter(r rune) string {
	switch {
	case '٠' <= r && r <= '٩':
		r += '0' - '٠'
	case '۰' <= r && r <= '۹':
		r += '0' - '۰'
	}
	switch r {
	case 'ٱ':
		return "ا"
	case 'ى', 'ی':
		return "ي"
	case 'ک':
		return "ك"
	case 'ة':
		return "ه"
	case 'ß':
		return "ss"
	case 'æ':
		return "ae"
	case 'œ':
		return "oe"
	case 'ø':
		return "o"
	case 'ł':
		return "l"
	case 'đ':
		return "d"
	case 'ı':
		return "i"
	case 'ς':
		return "σ"
	}
	return string(r)
}

// Words are the folded words of a text, in its order.
func Words(text string) []string {
	words := []string{}
	for token := range tokens(text) {
		if word := Fold(token); word != "" {
			words = append(words, word)
		}
	}
	return words
}

// Forms are a folded word and, where it is Arabic, the word without its
// article and without a one-letter prefix.
func Forms(word string) []string {
	forms := []string{word}
	if r, _ := utf8.DecodeRuneInString(word); !unicode.Is(unicode.Arabic, r) {
		return forms
	}
	if rest, ok := withoutArticle(word); ok {
		forms = append(forms, rest)
	}
	if rest, ok := cutAny(word, "وفبكل"); ok && unitsOf(rest) >= 3 {
		forms = append(forms, rest)
	}
	return forms
}

// withoutArticle is a word without the article and what is written together
// with it: وبال, لل and the like.
func withoutArticle(word string) (string, bool) {
	rest, _ := cutAny(word, "وف")
	if after, ok := strings.CutPrefix(rest, "لل"); ok && unitsOf(after) >= 2 {
		return after, true
	}
	rest, _ = cutAny(rest, "بكل")
	after, ok := strings.CutPrefix(rest, "ال")
	return after, ok && unitsOf(after) >= 2
}

// cutAny is a text without its first letter, if that is one of letters.
func cutAny(s, letters string) (string, bool) {
	if r, size := utf8.DecodeRuneInString(s); strings.ContainsRune(letters, r) {
		return s[size:], true
	}
	return s, false
}

// unitsOf counts the UTF-16 units of a text.
func unitsOf(s string) int {
	n := 0
	for _, r := range s {
		n += unitsIn(r)
	}
	return n
}

func unitsIn(r rune) int {
	if r > 0xFFFF {
		return 2
	}
	return 1
}
