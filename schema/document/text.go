package document

import (
	"bytes"
	"fmt"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"fursa/schema/diag"
)

// characters finds what no file may hold: bytes that are not UTF-8 (of which
// the first tells enough), controls of direction, and control characters.
func characters(src *diag.Source) diag.List {
	if !utf8.Valid(src.Text) {
		at := badByte(src.Text)
		return diag.List{diag.New("document/not-utf8",
			diag.Span{Source: src, Start: at, End: at + 1}, "byte", fmt.Sprintf("0x%02X", src.Text[at]))}
	}
	var problems diag.List
	for i := 0; i < len(src.Text); i++ {
		if plain(src.Text[i]) {
			continue
		}
		r, n := utf8.DecodeRune(src.Text[i:])
		if r == '\r' && bytes.HasPrefix(src.Text[i+n:], []byte("\n")) {
			continue
		}
		if rule := refused(r); rule != "" {
			at := diag.Span{Source: src, Start: i, End: i + n}
			problem := diag.New(rule, at, "code", code(r))
			if rule == "document/bidi-control" { // it shows nothing: without it the text is the same
				problem = problem.Fixed(diag.Instead(at, ""))
			}
			problems = append(problems, problem)
		}
		i += n - 1
	}
	return problems
}

// plain says that no refused character begins with b.
func plain(b byte) bool {
	return b >= 0x20 && b < 0x7f || b > 0x7f && b != 0xc2 && b != 0xe2 && b != 0xef || b == '\n' || b == '\t'
}

// refused is the rule that a character breaks. Besides the controls these are
// the two code points below U+10000 that XML can't hold and UTF-8 can: a feed
// with one is broken for every reader.
func refused(r rune) string {
	switch {
	case r >= 0x202a && r <= 0x202e, r >= 0x2066 && r <= 0x2069:
		return "document/bidi-control"
	case r == '\n', r == '\t':
		return ""
	case r < 0x20, r >= 0x7f && r < 0xa0, r == 0xfffe, r == 0xffff:
		return "document/control-character"
	}
	return ""
}

func code(r rune) string { return fmt.Sprintf("U+%04X", r) }

// badByte is the offset of the first byte that is not UTF-8.
func badByte(text []byte) int {
	for i := 0; i < len(text); {
		r, n := utf8.DecodeRune(text[i:])
		if r == utf8.RuneError && n == 1 {
			return i
		}
		i += n
	}
	return len(text)
}

// clean is a text in NFC whose lines end in LF.
func clean(s string) string {
	if strings.IndexByte(s, '\r') >= 0 {
		s = strings.ReplaceAll(s, "\r\n", "\n")
	}
	return norm.NFC.String(s)
}
