package document

import (
	"strconv"
	"strings"

	"github.com/BurntSushi/toml"

	"fursa/schema/diag"
)

// maxDepth is how deep tables and lists may be nested, dotted keys counted.
const maxDepth = 100

// place is where a value is written, and its key.
type place struct{ key, value part }

// origin is what brought a value about, which decides what may add to it.
type origin int

const (
	implied origin = iota + 1 // [a.b] makes a
	dotted                    // a.b = 1 makes a
	headed                    // [a], or one [[a]]
	listed                    // the list of all [[a]]
	stated                    // a = 1, and all lists and tables within a value
)

// scanner reads TOML 1.0, with the decoder's leave for what 1.1 adds to
// inline tables, for the places of things. It trusts that the decoder has
// accepted the text, unless strict is set: then it looks for what the decoder
// did not like.
type scanner struct {
	src      *diag.Source
	pos, end int
	strict   bool
	table    string // the JSON Pointer of the table whose fields come
	depth    int
	at       map[string]place
	made     map[string]origin
	count    map[string]int // of the [[a]] so far
	fault    *diag.Diagnostic
	fields   []Field
	remarks  []part
}

// scan maps each JSON Pointer of a text of fields to where it is written. It
// stops at the first thing that is no TOML, and says what that is.
func scan(src *diag.Source, fields part, strict bool) (map[string]place, *diag.Diagnostic) {
	s := newScanner(src, fields, strict)
	s.run()
	return s.at, s.fault
}

func newScanner(src *diag.Source, fields part, strict bool) *scanner {
	return &scanner{
		src: src, pos: fields.start, end: fields.end, strict: strict,
		at: map[string]place{}, made: map[string]origin{}, count: map[string]int{},
	}
}

// run reads statements up to the end, or to the first that is no TOML.
func (s *scanner) run() {
	for {
		s.blank()
		if s.pos >= s.end || !s.statement() {
			return
		}
	}
}

// statement reads a header or a field, and the end of its line.
func (s *scanner) statement() bool {
	start := s.pos
	if s.peek() == '[' {
		return s.header() && s.lineEnd(start)
	}
	if !s.field(s.table) {
		return false
	}
	s.fields[len(s.fields)-1].Start, s.fields[len(s.fields)-1].End = start, s.pos
	return s.lineEnd(start)
}

// header reads [a.b] or [[a.b]].
func (s *scanner) header() bool {
	start, closing := s.pos, "]"
	if strings.HasPrefix(s.rest(), "[[") {
		closing = "]]"
	}
	s.pos += len(closing)
	keys, ok := s.keys()
	if !ok {
		return false
	}
	if !strings.HasPrefix(s.rest(), closing) {
		return s.failHinted("header", s.restOfLine(start), "document/missing-bracket", "bracket", closing)
	}
	s.pos += len(closing)
	whole := part{start, s.pos}
	parent, ok := s.enter("", keys[:len(keys)-1], implied, whole)
	if !ok {
		return false
	}
	last := keys[len(keys)-1]
	s.table = child(parent, last.name)
	if closing == "]]" {
		return s.entry(last, whole)
	}
	if was := s.made[s.table]; was != 0 && was != implied {
		return s.duplicate(last, s.table)
	}
	s.made[s.table] = headed
	s.at[s.table] = place{last.at, whole}
	return true
}

// entry makes the next table of the list that s.table points to.
func (s *scanner) entry(key key, whole part) bool {
	list := s.table
	if was := s.made[list]; was != 0 && was != listed {
		return s.duplicate(key, list)
	}
	n := s.count[list]
	if n == 0 {
		s.made[list] = listed
		s.at[list] = place{key.at, whole}
	}
	s.count[list] = n + 1
	s.table = list + "/" + strconv.Itoa(n)
	s.made[s.table] = headed
	s.at[s.table] = place{key.at, whole}
	return true
}

// field reads key = value into a table.
func (s *scanner) field(table string) bool {
	start := s.pos
	keys, ok := s.keys()
	if !ok {
		return false
	}
	if s.peek() != '=' {
		return s.noEquals(start, keys)
	}
	s.pos++
	parents, last := keys[:len(keys)-1], keys[len(keys)-1]
	parent, ok := s.enter(table, parents, dotted, part{start, last.at.end})
	if !ok {
		return false
	}
	pointer := child(parent, last.name)
	if s.made[pointer] != 0 {
		return s.duplicate(last, pointer)
	}
	s.made[pointer] = stated
	s.spaces()
	if s.pos >= s.end || strings.IndexByte("\r\n#,]}", s.peek()) >= 0 {
		return s.noValue(last)
	}
	from := s.pos
	// The place comes first, so that a second key of the same name inside
	// the value has something to point at.
	s.at[pointer] = place{last.at, part{from, from}}
	if !s.value(pointer, false) {
		return false
	}
	s.at[pointer] = place{last.at, part{from, s.pos}}
	if s.depth == 0 {
		s.fields = append(s.fields, Field{Pointer: pointer, KeyEnd: last.at.end, Value: from})
	}
	return true
}

// enter goes down from a table by keys, making the tables that are missing,
// whose place is the whole that brings them about. Of a list of tables it
// enters the last.
func (s *scanner) enter(table string, keys []key, by origin, whole part) (string, bool) {
	for _, k := range keys {
		table = child(table, k.name)
		if n := s.count[table]; n > 0 {
			table += "/" + strconv.Itoa(n-1)
		}
		switch s.made[table] {
		case stated:
			return "", s.duplicate(k, table)
		case 0:
			s.made[table] = by
			s.at[table] = place{k.at, whole}
		}
	}
	return table, true
}

// key is one part of a dotted key.
type key struct {
	name string
	at   part
}

// keys reads a key and the spaces behind it.
func (s *scanner) keys() ([]key, bool) {
	var keys []key
	for {
		s.spaces()
		k, ok := s.key()
		if !ok {
			return nil, false
		}
		if keys = append(keys, k); len(keys) > maxDepth {
			return nil, s.fail(k.at, "document/too-deep", "limit", maxDepth)
		}
		s.spaces()
		if s.peek() != '.' {
			return keys, true
		}
		s.pos++
	}
}

func (s *scanner) key() (key, bool) {
	start := s.pos
	if c := s.peek(); c == '"' || c == '\'' {
		if !s.line(c) {
			return key{}, false
		}
		written := s.text(part{start, s.pos})
		return key{unquote(written), part{start, s.pos}}, true
	}
	for s.pos < s.end && bare(s.peek()) {
		s.pos++
	}
	if s.pos == start {
		return key{}, s.noKey()
	}
	return key{s.text(part{start, s.pos}), part{start, s.pos}}, true
}

// bare says whether c may stand in a key without quotes.
func bare(c byte) bool {
	return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '_' || c == '-'
}

// unquote is the text of a quoted key. Only the decoder knows all escapes.
func unquote(written string) string {
	if !strings.Contains(written, `\`) || written[0] == '\'' {
		return written[1 : len(written)-1]
	}
	var v struct{ X string }
	if _, err := toml.Decode("x="+written, &v); err != nil {
		return written
	}
	return v.X
}

// peek is the byte at hand, 0 at the end: no text with a NUL comes here.
func (s *scanner) peek() byte {
	if s.pos < s.end {
		return s.src.Text[s.pos]
	}
	return 0
}

func (s *scanner) rest() string { return string(s.src.Text[s.pos:min(s.pos+3, s.end)]) }

func (s *scanner) text(p part) string { return string(s.src.Text[p.start:p.end]) }

// spaces passes spaces and tabs.
func (s *scanner) spaces() {
	for c := s.peek(); c == ' ' || c == '\t'; c = s.peek() {
		s.pos++
	}
}

// blank passes white space, ends of lines and remarks.
func (s *scanner) blank() {
	for {
		switch s.peek() {
		case ' ', '\t', '\r', '\n':
			s.pos++
		case '#':
			start := s.pos
			s.pos = min(line(s.src.Text, s.pos).end, s.end)
			s.remarks = append(s.remarks, part{start, s.pos})
		default:
			return
		}
	}
}

// lineEnd passes spaces and a remark to the end of the line of a statement
// that began at start.
func (s *scanner) lineEnd(start int) bool {
	valueEnd := s.pos
	s.spaces()
	switch s.peek() {
	case 0, '\r', '\n', '#':
		return true
	}
	return s.textAfter(part{start, valueEnd})
}

// restOfLine is from a place to the end of its line, without the white space
// there.
func (s *scanner) restOfLine(start int) part {
	end := min(line(s.src.Text, start).end, s.end)
	return part{start, start + len(strings.TrimRight(s.text(part{start, end}), " \t\r"))}
}
