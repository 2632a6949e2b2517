package diag

import (
	"bytes"
	"unicode/utf8"
)

// Position is a place in a text as people count: lines and columns from 1,
// a column being one code point. A byte order mark has no column.
type Position struct{ Line, Column int }

// byteOrderMark is U+FEFF in UTF-8.
var byteOrderMark = []byte("\ufeff")

// Position is the place of a byte offset. Offsets outside the text stand for
// its nearest end.
func (s *Source) Position(offset int) Position {
	offset = min(max(offset, 0), len(s.Text))
	start, _ := s.line(offset)
	return Position{
		Line:   1 + bytes.Count(s.Text[:start], []byte("\n")),
		Column: 1 + utf8.RuneCount(s.Text[start:max(start, offset)]),
	}
}

// line is the range of the line that an offset stands in, without a byte
// order mark and without its end (LF or CRLF).
func (s *Source) line(offset int) (start, end int) {
	start = bytes.LastIndexByte(s.Text[:offset], '\n') + 1
	end = len(s.Text)
	if i := bytes.IndexByte(s.Text[offset:], '\n'); i >= 0 {
		end = offset + i
	}
	if end > start && s.Text[end-1] == '\r' && end < len(s.Text) {
		end--
	}
	if start == 0 && bytes.HasPrefix(s.Text, byteOrderMark) {
		start = len(byteOrderMark)
	}
	return start, max(start, end)
}
