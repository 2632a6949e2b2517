package convert

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// The lengths that a title and a summary may have, in code points.
const (
	minTitle, maxTitle     = 3, 120
	minSummary, maxSummary = 20, 280
)

// clean is a cell without what nobody can see: control characters, byte order
// marks and bidi controls inside it; composed (NFC), with plain spaces. Lines
// stay.
func clean(s string) string {
	s = strings.ReplaceAll(strings.ReplaceAll(s, "\r\n", "\n"), "\r", "\n")
	s = strings.Map(func(r rune) rune {
		switch {
		case r == '\n':
			return r
		case r == '\t' || unicode.Is(unicode.Zs, r):
			return ' '
		case unicode.IsControl(r) || r == '\ufeff' || r == '\u200b' || unicode.Is(unicode.Bidi_Control, r) && r > '\u200f':
			return -1
		}
		return r
	}, strings.ToValidUTF8(s, "\ufffd"))
	return strings.TrimSpace(norm.NFC.String(s))
}

// oneLine is a text with single spaces and no lines.
func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }

// looksBroken says that a text still shows what no healthy text does.
func looksBroken(s string) bool {
	if isASCII(s) {
		return false
	}
	runes := []rune(s)
	for i, r := range runes {
		if r == '\ufffd' || r >= 0x80 && r < 0xA0 || r < 0x100 && isSign(runes, i) {
			return true
		}
	}
	return false
}

// titleCase writes NEAR WEST SIDE as Near West Side. Words that have small
// letters already are left as they are.
func titleCase(s string) string {
	if strings.ContainsFunc(s, unicode.IsLower) {
		return s
	}
	inWord := false
	return strings.Map(func(r rune) rune {
		was := inWord
		inWord = unicode.IsLetter(r) || inWord && r == '\''
		if was {
			return unicode.ToLower(r)
		}
		return unicode.ToUpper(r)
	}, s)
}

// cutAtWord is a text of at most max code points, whole or up to a word's end
// with an ellipsis.
func cutAtWord(s string, max int) (short string, cut bool) {
	runes := []rune(s)
	if len(runes) <= max {
		return s, false
	}
	end := max - 1
	for end > 0 && !unicode.IsSpace(runes[end]) {
		end--
	}
	if end == 0 {
		end = max - 1
	}
	return strings.TrimRight(string(runes[:end]), " ,;:–—-") + "…", true
}

// cutAtSentence is as many whole sentences of a text as have room. It answers
// false where not one of a useful length has.
func cutAtSentence(s string, min, max int) (string, bool) {
	runes := []rune(s)
	for end := max; end >= min; end-- {
		if end < len(runes) && endsSentence(runes, end) {
			return string(runes[:end]), true
		}
	}
	return s, false
}

// endsSentence says whether a sentence ends before the i-th letter: at a mark
// that follows a word in small letters, before a space or a capital.
func endsSentence(runes []rune, i int) bool {
	if !strings.ContainsRune(".!?…", runes[i-1]) || i < 2 {
		return false
	}
	word := unicode.IsLower(runes[i-2]) || unicode.IsDigit(runes[i-2]) || strings.ContainsRune(`)"”’!?`, runes[i-2])
	return word && (unicode.IsSpace(runes[i]) || unicode.IsUpper(runes[i]))
}

// summarise makes a summary of what a row says: its description where that is
// long enough, else its title, who offers it and, if need be, its first day.
// rule is the note that this is worth, if any.
func summarise(description, title, provider, day string) (summary, rule string) {
	description = oneLine(description)
	if utf8.RuneCountInString(description) < minSummary {
		built := title + " – " + provider
		if utf8.RuneCountInString(built) < minSummary {
			built += ", " + day
		}
		built, _ = cutAtWord(oneLine(built), maxSummary)
		return built, "import/summary-built"
	}
	if utf8.RuneCountInString(description) <= maxSummary {
		return description, ""
	}
	if short, ok := cutAtSentence(description, 2*minSummary, maxSummary); ok {
		return short, ""
	}
	short, _ := cutAtWord(description, maxSummary)
	return short, "import/summary-cut"
}
