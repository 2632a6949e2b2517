package document

import (
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/BurntSushi/toml"
)

// value reads one value; list says that it stands between brackets, where a
// comma or bracket ends it.
func (s *scanner) value(pointer string, list bool) bool {
	switch c := s.peek(); c {
	case '"', '\'':
		if strings.HasPrefix(s.rest(), strings.Repeat(string(c), 3)) {
			return s.lines(c)
		}
		return s.line(c)
	case '[':
		return s.nested(func() bool { return s.array(pointer) })
	case '{':
		return s.nested(func() bool { return s.inlineTable(pointer) })
	}
	return s.word(list)
}

func (s *scanner) nested(read func() bool) bool {
	if s.depth++; s.depth > maxDepth {
		return s.fail(part{s.pos, s.pos + 1}, "document/too-deep", "limit", maxDepth)
	}
	ok := read()
	s.depth--
	return ok
}

func (s *scanner) array(pointer string) bool {
	open := s.pos
	s.pos++
	for i := 0; ; i++ {
		last := s.pos
		s.blank()
		switch c := s.peek(); {
		case c == ']':
			s.pos++
			return true
		case c == ',':
			return s.fail(part{s.pos, s.pos + 1}, "document/extra-comma")
		case s.pos >= s.end || s.statementAfter(last):
			return s.unclosed(open, "]")
		}
		entry, from := pointer+"/"+strconv.Itoa(i), s.pos
		s.made[entry] = stated
		if !s.value(entry, true) {
			return false
		}
		at := part{from, s.pos}
		s.at[entry] = place{at, at}
		if !s.comma(open, "]") {
			return false
		}
	}
}

func (s *scanner) inlineTable(pointer string) bool {
	open := s.pos
	s.pos++
	for {
		s.blank()
		switch {
		case s.peek() == '}':
			s.pos++
			return true
		case s.peek() == ',':
			return s.fail(part{s.pos, s.pos + 1}, "document/extra-comma")
		case s.pos >= s.end:
			return s.unclosed(open, "}")
		}
		if !s.field(pointer) || !s.comma(open, "}") {
			return false
		}
	}
}

// comma passes what follows an entry of a list, up to the closing bracket.
func (s *scanner) comma(open int, closing string) bool {
	last := s.pos
	s.blank()
	switch {
	case s.peek() == ',':
		s.pos++
		return true
	case s.peek() == closing[0]:
		return true
	case s.pos >= s.end || s.statementAfter(last):
		return s.unclosed(open, closing)
	}
	return s.noComma()
}

// line reads a string of one line; q is its quote.
func (s *scanner) line(q byte) bool {
	open := s.pos
	for s.pos++; ; s.pos++ {
		switch c := s.peek(); {
		case c == 0 || c == '\n':
			return s.noQuote(open, string(q))
		case c == q:
			s.pos++
			return true
		case c == '\\' && q == '"':
			if !s.escape() {
				return false
			}
		}
	}
}

// lines reads a string between three quotes. Up to two more quotes may stand
// at its end and belong to it.
func (s *scanner) lines(q byte) bool {
	open := s.pos
	for s.pos += 3; ; s.pos++ {
		switch c := s.peek(); {
		case c == 0:
			s.pos = open
			return s.fail(part{open, open + 3}, "document/missing-quote", "quote", strings.Repeat(string(q), 3))
		case c == q:
			n := 1
			for s.pos+n < s.end && s.src.Text[s.pos+n] == q {
				n++
			}
			if s.pos += n - 1; n >= 3 {
				s.pos++
				return true
			}
		case c == '\\' && q == '"':
			if !s.escape() {
				return false
			}
		}
	}
}

// escape passes a backslash and stands on the last byte that it speaks of.
func (s *scanner) escape() bool {
	start := s.pos
	s.pos++
	if !s.strict {
		return true
	}
	digits := map[byte]int{'x': 2, 'u': 4, 'U': 8}[s.peek()]
	switch {
	case digits > 0:
		end := min(s.pos+1+digits, s.end)
		n, err := strconv.ParseUint(s.text(part{s.pos + 1, end}), 16, 32)
		if err != nil || !utf8.ValidRune(rune(n)) || end-s.pos-1 < digits {
			return s.badEscape(start)
		}
		s.pos = end - 1
	case strings.IndexByte(" \t\r", s.peek()) >= 0:
		// A backslash joins lines where nothing but white space follows.
		if s.restOfLine(s.pos).end > s.pos {
			return s.badEscape(start)
		}
	case strings.IndexByte("btnfre\"\\\n\x00", s.peek()) < 0:
		return s.badEscape(start)
	}
	return true
}

// word reads a number, date, time or truth value.
func (s *scanner) word(list bool) bool {
	start := s.pos
	s.pos = s.wordEnd(start)
	if isDay(s.text(part{start, s.pos})) && s.pos+1 < s.end && s.peek() == ' ' && digit(s.src.Text[s.pos+1]) {
		s.pos = s.wordEnd(s.pos + 1)
	}
	if s.pos == start {
		return s.badWord(start, list)
	}
	if !s.strict {
		return true
	}
	if word := s.text(part{start, s.pos}); !isValue(word) {
		// Of a number that is no good the decoder says best why.
		isNumber := numberLike.MatchString(word) && !paddedLike.MatchString(word) && !dateLike.MatchString(word)
		return isNumber || s.badWord(start, list)
	}
	if all := s.phrase(start, list); !list && all.end > s.pos {
		return s.badWord(start, list)
	}
	return true
}

func (s *scanner) wordEnd(from int) int {
	for from < s.end && strings.IndexByte(" \t\r\n,]}#", s.src.Text[from]) < 0 {
		from++
	}
	return from
}

// isDay says whether a word has the look of 2026-11-22, which a time may
// follow after a space.
func isDay(s string) bool {
	return len(s) == 10 && s[4] == '-' && s[7] == '-' && digit(s[0])
}

func digit(c byte) bool { return c >= '0' && c <= '9' }

// isValue says whether the decoder takes a word for a value.
func isValue(word string) bool {
	var v any
	_, err := toml.Decode("x="+word, &v)
	return err == nil
}
