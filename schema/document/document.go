// Package document turns the bytes of a record's file into a value in JSON's
// shape and a body, and remembers where each part was written. It reads TOML
// (.toml), and Markdown with TOML front matter between lines of +++ (.md). It
// says what keeps a text from being read, in words for people who don't
// program; what a record must hold is not its business, and it changes and
// writes nothing.
package document

import (
	"errors"
	"slices"
	"strconv"
	"strings"
	"sync"
	"unicode/utf8"

	"github.com/BurntSushi/toml"

	"fursa/schema/diag"
)

// Document is one file as it was understood.
type Document struct {
	Source *diag.Source
	// Value holds the fields in JSON's shape: string, bool, int64, float64,
	// []any and map[string]any. Dates are strings: 2026-11-22,
	// 2026-11-22T18:00:00, 18:00:00, and RFC 3339 where an offset is given.
	// Strings are NFC, and their lines end in LF.
	Value map[string]any
	// Body is the text below the front matter, NFC, its lines ending in LF.
	Body string

	fields part
	body   part
	line   *inLine // where it is not a file of its own
	once   sync.Once
	at     map[string]place
}

// part is a range of bytes of the source.
type part struct{ start, end int }

// Parse reads a file by the ending of its path. It answers no document where
// there is an error; the list then says all that keeps the characters from
// being read, or else the first thing that is no TOML.
func Parse(src *diag.Source) (*Document, diag.List) {
	if problems := characters(src); problems != nil {
		return nil, problems
	}
	d := &Document{Source: src}
	var fault *diag.Diagnostic
	if d.fields, d.body, fault = split(src); fault != nil {
		return nil, diag.List{*fault}
	}
	if fault := d.decode(); fault != nil {
		return nil, diag.List{corrected(src, d.fields, *fault)}
	}
	if problems := d.convert(); problems != nil {
		return nil, problems
	}
	d.Body = clean(string(src.Text[d.body.start:d.body.end]))
	return d, nil
}

// decode fills Value with what the TOML decoder makes of the fields.
func (d *Document) decode() *diag.Diagnostic {
	text := string(d.Source.Text[d.fields.start:d.fields.end])
	if deep(text) {
		// The decoder recurses without a limit, and takes a dotted key apart
		// in quadratic time: look before leaping.
		if _, fault := scan(d.Source, d.fields, false); fault != nil {
			return fault
		}
	}
	var value any
	meta, err := toml.Decode(text, &value)
	if err != nil {
		return d.explain(err)
	}
	if anyImplied(meta.Keys()) {
		// The decoder lets «a.b = 1» and «a = 2» stand together, and drops
		// one of them.
		if _, fault := scan(d.Source, d.fields, false); fault != nil {
			return fault
		}
	}
	d.Value = value.(map[string]any)
	return nil
}

// deep says whether a text could hold anything nested deeply.
func deep(text string) bool {
	const few = 1000
	return strings.Count(text, "[")+strings.Count(text, "{") > few || strings.Count(text, ".") > few
}

// anyImplied says whether a key has a parent that no line of its own defines.
// Keys come in the order of the text, mostly next to their parent or to
// another child of it, which needs no look-up.
func anyImplied(keys []toml.Key) bool {
	defined, known := map[string]bool{}, 0
	for i, key := range keys {
		parent := key[:len(key)-1]
		if len(parent) == 0 || i > 0 && (slices.Equal(parent, keys[i-1]) || slices.Equal(parent, keys[i-1][:len(keys[i-1])-1])) {
			continue
		}
		for ; known < i; known++ {
			defined[keys[known].String()] = true
		}
		if !defined[parent.String()] {
			return true
		}
	}
	return false
}

// explain is the problem that made the decoder fail: as the scanner saw it, or
// else only where it is. The decoder's own words are for programmers, and English.
func (d *Document) explain(err error) *diag.Diagnostic {
	if _, fault := scan(d.Source, d.fields, true); fault != nil {
		return fault
	}
	at := diag.Span{Source: d.Source, Start: d.fields.start, End: d.fields.start}
	var syntax toml.ParseError
	if errors.As(err, &syntax) {
		at.Start = min(max(d.fields.start+syntax.Position.Start, at.Start), d.fields.end)
		at.End = min(at.Start+max(syntax.Position.Len, 0), d.fields.end)
	}
	fault := diag.New("document/syntax", whole(at))
	if text := string(d.Source.Text[at.Start:at.End]); tooLarge(text) {
		fault = diag.New("document/syntax", whole(at), "text", text).Hinted("number")
	}
	return &fault
}

// tooLarge says whether a text is a number beyond what a field can hold.
func tooLarge(text string) bool {
	_, whole := strconv.ParseInt(text, 0, 64)
	_, broken := strconv.ParseFloat(text, 64)
	return errors.Is(whole, strconv.ErrRange) || errors.Is(broken, strconv.ErrRange)
}

// whole widens a span to the characters that it cuts.
func whole(s diag.Span) diag.Span {
	text := s.Source.Text
	for s.Start > 0 && s.Start < len(text) && !utf8.RuneStart(text[s.Start]) {
		s.Start--
	}
	for s.End < len(text) && !utf8.RuneStart(text[s.End]) {
		s.End++
	}
	return s
}

// Span is where the value at a JSON Pointer (RFC 6901) is written; for what is
// not there, its nearest ancestor that is. A table's is its header, or the
// line that brings it about; the whole document's is the place before its
// first field.
func (d *Document) Span(pointer string) diag.Span {
	p := d.place(pointer).value
	return diag.Span{Source: d.Source, Start: p.start, End: p.end}
}

// KeySpan is where the key of the value at a JSON Pointer is written, the
// last part of a dotted one, with its quotes if it has some; the value's own
// place for an entry of a list, which has no key. For what is not there it is
// the nearest ancestor's.
func (d *Document) KeySpan(pointer string) diag.Span {
	p := d.place(pointer).key
	return diag.Span{Source: d.Source, Start: p.start, End: p.end}
}

func (d *Document) place(pointer string) place {
	d.once.Do(func() {
		if d.line != nil {
			d.at = d.line.places(d.Source.Text)
			return
		}
		d.at, _ = scan(d.Source, d.fields, false)
	})
	for pointer != "" {
		if p, ok := d.at[pointer]; ok {
			return p
		}
		pointer = pointer[:max(strings.LastIndexByte(pointer, '/'), 0)]
	}
	if d.line != nil {
		return d.at[pointer]
	}
	start := part{d.fields.start, d.fields.start}
	return place{key: start, value: start}
}

// BodySpan is where a range of bytes of Body is written.
func (d *Document) BodySpan(start, end int) diag.Span {
	if d.line != nil {
		d.place("")
		return span(d.Source, d.at[bodyPlace].value)
	}
	return diag.Span{Source: d.Source, Start: d.bodyOffset(start), End: d.bodyOffset(end)}
}

// bodyOffset is exact but for a line that was not NFC, of which it keeps the
// line.
func (d *Document) bodyOffset(offset int) int {
	offset = min(max(offset, 0), len(d.Body))
	line := strings.Count(d.Body[:offset], "\n")
	column := offset - (strings.LastIndexByte(d.Body[:offset], '\n') + 1)
	text := string(d.Source.Text[d.body.start:d.body.end])
	at := 0
	for range line {
		at += strings.IndexByte(text[at:], '\n') + 1
	}
	length := len(text) - at
	if i := strings.IndexByte(text[at:], '\n'); i >= 0 {
		length = i
	}
	return d.body.start + at + min(column, length)
}

// span is a range of the source, to point at.
func span(src *diag.Source, p part) diag.Span {
	return diag.Span{Source: src, Start: p.start, End: p.end}
}
