package diag

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/width"
)

// Lines longer than lineWindow code points are cut to that, from
// lineLead before the span on.
const (
	lineWindow = 160
	lineLead   = 40
)

// excerpt is the line in which a span begins, and under it carets below the
// span, to the line's end where the span goes beyond; both empty without a
// text. Carets stand right where a terminal gives each character the cells
// that Unicode says (a tab is repeated, a Chinese character takes two, a
// vowel sign none); one that reorders right-to-left text does not move its
// ends, so that carets under a whole value are right there too.
func excerpt(s Span) (line, carets string) {
	if s.Source == nil || s.Source.Text == nil {
		return "", ""
	}
	text := s.Source.Text
	at := min(max(s.Start, 0), len(text))
	start, end := s.Source.line(at)
	at = min(max(at, start), end)
	until := min(max(s.End, at), end)
	before, after := string(text[start:at]), string(text[until:end])
	marked := string(text[at:until])

	if utf8.RuneCountInString(before)+utf8.RuneCountInString(marked)+utf8.RuneCountInString(after) > lineWindow {
		before = lastRunes(before, lineLead)
		marked = firstRunes(marked, lineWindow-lineLead)
		after = firstRunes(after, lineWindow-utf8.RuneCountInString(before+marked))
	}
	line = visible(before) + visible(marked) + visible(after)
	return strings.TrimRight(line, " \t"), blank(before) + strings.Repeat("^", max(1, cells(marked)))
}

func firstRunes(s string, n int) string {
	if r := []rune(s); len(r) > n {
		return string(r[:n]) + "…"
	}
	return s
}

func lastRunes(s string, n int) string {
	if r := []rune(s); len(r) > n {
		return "…" + string(r[len(r)-n:])
	}
	return s
}

// blank is white space as wide as s.
func blank(s string) string {
	var b strings.Builder
	for _, r := range visible(s) {
		if r == '\t' {
			b.WriteByte('\t')
			continue
		}
		b.WriteString(strings.Repeat(" ", cell(r)))
	}
	return b.String()
}

// cells is how many cells of a terminal s takes, a tab counted as one.
func cells(s string) int {
	n := 0
	for _, r := range visible(s) {
		n += cell(r)
	}
	return n
}

func cell(r rune) int {
	if unicode.In(r, unicode.Mn, unicode.Me, unicode.Cf) {
		return 0
	}
	switch width.LookupRune(r).Kind() {
	case width.EastAsianWide, width.EastAsianFullwidth:
		return 2
	}
	return 1
}

// visible is s with stand-ins for what a terminal would obey instead of
// showing: control characters (␛), bidirectional controls and broken UTF-8
// (both �). Tabs stay.
func visible(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\t':
			return r
		case r < 0x20:
			return '␀' + r
		case r == 0x7f:
			return '␡'
		case r >= 0x80 && r < 0xa0, r == '\u2028', r == '\u2029', unicode.Is(unicode.Bidi_Control, r) && !isMark(r):
			return utf8.RuneError
		}
		return r
	}, s)
}

// isMark says that r is one of the direction marks that turn nothing but
// themselves, and that Arabic text needs.
func isMark(r rune) bool { return r == '\u200e' || r == '\u200f' || r == '\u061c' }
