package document

import (
	"bytes"
	"encoding/json"
	"strconv"
	"strings"

	"fursa/schema/diag"
)

// Line is a line of JSON with records in it, as another catalogue gave them.
type Line struct {
	src   *diag.Source
	part  part
	value any
}

// ParseLine reads the line from start to end of a source.
func ParseLine(src *diag.Source, start, end int) (Line, diag.List) {
	l := Line{src: src, part: part{start, end}}
	decoder := json.NewDecoder(bytes.NewReader(src.Text[start:end]))
	decoder.UseNumber()
	if err := decoder.Decode(&l.value); err != nil {
		return l, diag.List{diag.New("peers/bad-json", span(src, l.part))}
	}
	return l, nil
}

// inLine is where in a line a document is: the JSON Pointers of its record and of
// its body.
type inLine struct {
	part
	record, body string
}

// Record is the record at a JSON Pointer of the line as a document, with the body
// that stands at another, if one does. Places are those in the line. Like Parse it
// answers no document where there is an error.
func (l Line) Record(record, body string) (*Document, diag.List) {
	d := &Document{Source: l.src, line: &inLine{l.part, record, body}}
	value, ok := plainJSON(pointed(l.value, record)).(map[string]any)
	if !ok {
		return nil, diag.List{diag.New("peers/bad-json", span(l.src, l.part))}
	}
	d.Value = value
	c := converter{escapes: true}
	c.table(d.Value)
	var problems diag.List
	if c.bad {
		d.check("", d.Value, &problems)
	}
	if text, ok := pointed(l.value, body).(string); ok {
		d.Body = clean(text)
		if r, found := hidden(d.Body); found {
			problems = append(problems, diag.New(refused(r), d.BodySpan(0, 0), "code", code(r)))
		}
	}
	if problems != nil {
		return nil, problems.Sorted()
	}
	return d, nil
}

// IsFile says whether the document is a file, which can be mended.
func (d *Document) IsFile() bool { return d.line == nil }

// pointed is what stands at a JSON Pointer of keys alone; nil where nothing does.
func pointed(value any, pointer string) any {
	for _, key := range strings.Split(strings.TrimPrefix(pointer, "/"), "/") {
		table, ok := value.(map[string]any)
		if !ok {
			return nil
		}
		value = table[key]
	}
	return value
}

// plainJSON has whole numbers as int64, others as float64.
func plainJSON(value any) any {
	switch v := value.(type) {
	case json.Number:
		if n, err := v.Int64(); err == nil {
			return n
		}
		f, err := v.Float64()
		if err != nil {
			return v.String()
		}
		return f
	case []any:
		for i := range v {
			v[i] = plainJSON(v[i])
		}
	case map[string]any:
		for key := range v {
			v[key] = plainJSON(v[key])
		}
	}
	return value
}

// places are where the values in the line stand, by their pointers in the record.
func (l *inLine) places(text []byte) map[string]place {
	s := jsonScanner{text: text[:l.end], decoder: json.NewDecoder(bytes.NewReader(text[l.start:l.end])), from: l.start, at: map[string]place{}}
	s.value("", part{l.start, l.start})
	within := map[string]place{bodyPlace: s.at[l.body]}
	for pointer, at := range s.at {
		if rest, ok := strings.CutPrefix(pointer, l.record); ok {
			within[rest] = at
		}
	}
	return within
}

// bodyPlace is no JSON Pointer.
const bodyPlace = "body"

// jsonScanner notes where values stand. It stops at what is no JSON.
type jsonScanner struct {
	text    []byte
	decoder *json.Decoder
	from    int // of the line
	at      map[string]place
}

// token is the next one, and its place.
func (s *jsonScanner) token() (json.Token, part) {
	start := s.from + int(s.decoder.InputOffset())
	for start < len(s.text) && bytes.IndexByte([]byte(" \t\r\n:,"), s.text[start]) >= 0 {
		start++
	}
	token, err := s.decoder.Token()
	if err != nil {
		return nil, part{start, start}
	}
	return token, part{start, s.from + int(s.decoder.InputOffset())}
}

// value notes the value that comes next, and those in it.
func (s *jsonScanner) value(pointer string, key part) {
	token, at := s.token()
	if key.start == key.end {
		key = at
	}
	switch token {
	case json.Delim('{'):
		for s.decoder.More() {
			name, where := s.token()
			text, ok := name.(string)
			if !ok {
				return
			}
			s.value(child(pointer, text), where)
		}
		_, end := s.token()
		at.end = end.end
	case json.Delim('['):
		for i := 0; s.decoder.More(); i++ {
			before := s.decoder.InputOffset()
			s.value(pointer+"/"+strconv.Itoa(i), part{})
			if s.decoder.InputOffset() == before {
				return
			}
		}
		_, end := s.token()
		at.end = end.end
	}
	s.at[pointer] = place{key: key, value: at}
}
