package document

import (
	"regexp"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"fursa/schema/diag"
)

// The methods of this file say what is wrong where the scanner can't go on,
// and stop it: all answer false.

func (s *scanner) fail(at part, rule string, args ...any) bool {
	return s.failHinted("", at, rule, args...)
}

func (s *scanner) failHinted(variant string, at part, rule string, args ...any) bool {
	fault := diag.New(rule, whole(span(s.src, at)), args...).Hinted(variant)
	s.fault = &fault
	return false
}

// duplicate: the value at the pointer is given a second time.
func (s *scanner) duplicate(second key, pointer string) bool {
	variant := ""
	if was := s.made[pointer]; pointer == s.table && (was == headed || was == listed) {
		variant = "table"
	}
	s.failHinted(variant, second.at, "document/duplicate-key", "key", second.name)
	*s.fault = s.fault.See(span(s.src, s.at[pointer].key))
	return false
}

// strange deals with characters that stand where none of their kind may: marks
// that word processors make of quotation marks, and invisible ones.
func (s *scanner) strange() (fault bool) {
	r, n := utf8.DecodeRune(s.src.Text[s.pos:s.end])
	at := part{s.pos, s.pos + n}
	switch {
	case smart(r):
		s.fail(at, "document/smart-quote", "quote", string(r))
		return true
	case r != ' ' && n > 1 && unicode.In(r, unicode.Cf, unicode.Z):
		s.fail(at, "document/invisible-character", "code", code(r))
		return true
	}
	return false
}

func smart(r rune) bool {
	return r != '\'' && strings.ContainsRune("“”„‟«»‘’‚‛‹›`´", r)
}

// noKey: a line begins with what is no key.
func (s *scanner) noKey() bool {
	if s.strange() {
		return false
	}
	at := s.keyLike(s.pos)
	return s.fail(at, "document/bad-key", "key", quote(s.text(at)))
}

// keyLike is what stands from a place to the = of its line, or to its end.
func (s *scanner) keyLike(start int) part {
	all := s.restOfLine(start)
	if i := strings.IndexByte(s.text(all), '='); i > 0 {
		all.end = start + len(strings.TrimRight(s.text(part{start, start + i}), " \t"))
	}
	if all.end == all.start && all.end < s.end {
		all.end++
	}
	return all
}

// noEquals: a key began at start, and something else than = follows.
func (s *scanner) noEquals(start int, keys []key) bool {
	if s.strange() {
		return false
	}
	last := keys[len(keys)-1]
	name := s.text(part{start, last.at.end})
	if s.peek() == ':' {
		return s.failHinted("colon", part{s.pos, s.pos + 1}, "document/missing-equals", "key", name)
	}
	all := s.keyLike(start)
	if strings.Contains(s.text(part{s.pos, s.restOfLine(s.pos).end}), "=") && !strings.ContainsAny(s.text(all), "\"'{[") {
		return s.fail(all, "document/bad-key", "key", quote(s.text(all)))
	}
	return s.fail(part{start, last.at.end}, "document/missing-equals", "key", name)
}

// noValue: nothing follows the = of a key.
func (s *scanner) noValue(k key) bool {
	variant := ""
	if next := s.restOfLine(min(line(s.src.Text, s.pos).end+1, s.end)); strings.HasPrefix(strings.TrimSpace(s.text(next)), "- ") {
		variant = "list"
	}
	return s.failHinted(variant, k.at, "document/missing-value", "key", s.text(k.at))
}

// textAfter: something follows a statement on its line.
func (s *scanner) textAfter(statement part) bool {
	if s.strange() {
		return false
	}
	at, variant := s.restOfLine(s.pos), ""
	if strings.HasSuffix(s.text(statement), `"`) && strings.Contains(s.text(at), `"`) {
		variant = "quote"
	}
	return s.failHinted(variant, at, "document/text-after-value", "text", quote(s.text(at)))
}

// unclosed: a list or an inline table has no end.
func (s *scanner) unclosed(open int, bracket string) bool {
	return s.fail(part{open, open + 1}, "document/missing-bracket", "bracket", bracket)
}

var statementLike = regexp.MustCompile(`^([A-Za-z0-9_.-]+[ \t]*=|\[+[A-Za-z0-9_.-]+\]+[ \t]*\r?(\n|$))`)

// statementAfter says that a new line has begun since a place, with what has
// the look of a statement.
func (s *scanner) statementAfter(last int) bool {
	return strings.Contains(s.text(part{last, s.pos}), "\n") &&
		statementLike.Match(s.src.Text[s.pos:s.end])
}

// noComma: an entry of a list follows another without a comma between.
func (s *scanner) noComma() bool {
	r, n := utf8.DecodeRune(s.src.Text[s.pos:s.end])
	at := part{s.pos, s.pos + n}
	if strings.ContainsRune("،;؛、，", r) {
		return s.failHinted("mark", at, "document/missing-comma", "mark", string(r))
	}
	if s.strange() {
		return false
	}
	return s.fail(at, "document/missing-comma")
}

// noQuote: the string that opens has no end on its line.
func (s *scanner) noQuote(open int, q string) bool {
	at := s.restOfLine(open)
	if r, n := utf8.DecodeLastRuneInString(s.text(at)); smart(r) {
		return s.fail(part{at.end - n, at.end}, "document/smart-quote", "quote", string(r))
	}
	return s.fail(at, "document/missing-quote", "quote", q)
}

func (s *scanner) badEscape(start int) bool {
	_, n := utf8.DecodeRune(s.src.Text[start+1 : s.end])
	at := part{start, start + 1 + n}
	return s.fail(at, "document/bad-escape", "escape", s.text(at))
}

// phrase is what was meant as one value, from a place on.
func (s *scanner) phrase(start int, list bool) part {
	all := s.restOfLine(start)
	ends := "#"
	if list || s.depth > 0 {
		ends = ",]}#"
	}
	if i := strings.IndexAny(s.text(all), ends); i >= 0 {
		all.end = start + i
	}
	return part{start, start + len(strings.TrimRight(s.text(all), " \t"))}
}

// badWord: what stands at start is no value.
func (s *scanner) badWord(start int, list bool) bool {
	s.pos = start
	if s.strange() {
		return false
	}
	at := s.phrase(start, list)
	if at.end == at.start {
		at.end = min(at.start+1, s.end)
	}
	variant, rule, args := misread(s.text(at))
	return s.failHinted(variant, at, rule, args...)
}

// quote is a text between quotation marks, as a value would be written; long
// ones are cut.
func quote(text string) string {
	const long = 60
	if r := []rune(text); len(r) > long {
		text = string(r[:long]) + "…"
	}
	return strconv.Quote(text)
}
