package schema

import (
	"bytes"
	"html"
	"reflect"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"fursa/schema/diag"
	"fursa/schema/document"
)

// fixed is a problem with its correction, if the file can be read with it.
func (e *explainer) fixed(d diag.Diagnostic, edits ...diag.Edit) diag.Diagnostic {
	if after := e.after(edits); after != nil {
		return d.Fixed(edits...)
	}
	return d
}

// after is the document with edits made; nil where it can't be read, or a
// remark would be lost.
func (e *explainer) after(edits []diag.Edit) *document.Document {
	if len(edits) == 0 || !e.doc.IsFile() {
		return nil
	}
	src, layout := e.doc.Source, e.doc.Layout()
	for _, edit := range edits {
		if layout.Remarked(edit.Start, edit.End) && !strings.Contains(edit.Text, "#") {
			return nil
		}
	}
	after, _ := document.Parse(&diag.Source{Path: src.Path, Text: diag.Apply(src.Text, []diag.Fix{edits})})
	return after
}

// rewritten is a problem whose correction writes another value, or another
// name where the fault is about that.
func (e *explainer) rewritten(d diag.Diagnostic, f fault, toml string) diag.Diagnostic {
	if f.ofKey {
		return e.fixed(d, diag.Instead(e.keySpan(f.pointer), quoteKey(strings.Trim(toml, `"`))))
	}
	return e.fixed(d, diag.Instead(e.span(f.pointer), toml))
}

// allows says whether a text passes what its schema asks beside the format.
func (e *explainer) allows(f fault, s string) bool {
	if pattern, ok := f.node["pattern"].(string); ok && !regexp.MustCompile(pattern).MatchString(s) {
		return false
	}
	most, ok := f.node["maxLength"].(float64)
	return !ok || len([]rune(s)) <= int(most)
}

// valueMeant is the one of some values that a word certainly is.
func valueMeant(word string, values []string) (string, bool) {
	if value, ok := labelOf(word, values); ok {
		return value, true
	}
	return Certain(word, values)
}

// renamed is a problem whose correction writes a key's right name wherever
// the file has it, if no other name is nearly as near.
func (e *explainer) renamed(d diag.Diagnostic, at, name string, names []string) diag.Diagnostic {
	key := keys(at)[len(keys(at))-1]
	if sure, ok := Certain(key, names); !ok || sure != name {
		return d
	}
	spans := []diag.Span{e.keySpan(at)}
	if list, ok := lookup(e.doc.Value, e.place(at)).([]any); ok {
		for i := range list {
			spans = append(spans, e.keySpan(child(at, strconv.Itoa(i))))
		}
	}
	var edits []diag.Edit
	for _, s := range spans {
		edit := diag.Instead(s, name)
		written := strings.Trim(string(s.Source.Text[s.Start:s.End]), `"'`)
		if written == key && !slices.Contains(edits, edit) {
			edits = append(edits, edit)
		}
	}
	after := e.after(edits)
	holder := e.place(parent(at))
	if after == nil || !reflect.DeepEqual(lookup(after.Value, child(holder, name)), lookup(e.doc.Value, e.place(at))) {
		return d
	}
	return d.Fixed(edits...)
}

// withoutLine is a problem whose correction takes a field away, if that has
// its lines to itself; sure says that nothing is lost with it.
func (e *explainer) withoutLine(d diag.Diagnostic, pointer string, sure bool) diag.Diagnostic {
	if edit, ok := e.lines(pointer); ok && sure {
		return e.fixed(d, edit)
	}
	return d
}

// lines is the edit that takes away the lines of a field; false where others
// share them.
func (e *explainer) lines(pointer string) (diag.Edit, bool) {
	key, value := e.keySpan(pointer), e.span(pointer)
	text := value.Source.Text
	if value.Start < key.End { // a section
		return diag.Edit{}, false
	}
	start := bytes.LastIndexByte(text[:key.Start], '\n') + 1
	end := len(text)
	if i := bytes.IndexByte(text[value.End:], '\n'); i >= 0 {
		end = value.End + i + 1
	}
	alone := len(bytes.TrimSpace(text[start:key.Start])) == 0 && len(bytes.TrimSpace(text[value.End:end])) == 0
	return diag.Edit{Start: start, End: end}, alone
}

// movedUp is a problem whose correction moves the lines of a field above the
// first section.
func (e *explainer) movedUp(d diag.Diagnostic, pointer string) diag.Diagnostic {
	edit, alone := e.lines(pointer)
	first := e.firstSection()
	if !alone || first < 0 || first > edit.Start {
		return d
	}
	text := e.doc.Source.Text
	line := string(text[edit.Start:edit.End])
	if !strings.HasSuffix(line, "\n") {
		line += "\n"
	}
	return e.fixed(d, diag.Edit{Start: first, End: first, Text: line + e.gap(first)}, edit)
}

// firstSection is the place of the first [header], with the blank lines above
// it; -1 where there is none.
func (e *explainer) firstSection() int {
	first := -1
	for key := range e.doc.Value {
		at := e.doc.Span(child("", key))
		name := e.doc.KeySpan(child("", key))
		if isHeader := at.Start < name.Start && at.End >= name.End; isHeader && (first < 0 || at.Start < first) {
			first = at.Start
		}
	}
	if first < 0 {
		return -1
	}
	text := e.doc.Source.Text
	above := len(bytes.TrimRight(text[:first], " \t\r\n"))
	if i := bytes.IndexByte(text[above:], '\n'); i >= 0 && above+i+1 <= first {
		return above + i + 1
	}
	return first
}

// gap is the blank line between a field and the section below it, where the
// file has none there.
func (e *explainer) gap(at int) string {
	if bytes.HasPrefix(e.doc.Source.Text[at:], []byte("\n")) || bytes.HasPrefix(e.doc.Source.Text[at:], []byte("\r\n")) {
		return ""
	}
	return "\n"
}

// coordinatesIn are those that the value of an unknown key holds, where its
// table has room for them: map = "https://…".
func coordinatesIn(value any, properties, table node) (latitude, longitude float64, ok bool) {
	s, isText := value.(string)
	_, takes := properties["latitude"]
	_, north := table["latitude"]
	_, east := table["longitude"]
	if !isText || !takes || north || east {
		return 0, 0, false
	}
	return Coordinates(s)
}

// located is the problem of a key that holds a map's link; its correction
// writes the coordinates.
func (e *explainer) located(d diag.Diagnostic, at string, lat, lon float64, names []string) diag.Diagnostic {
	d = hinted(d, "", "keys", strings.Join(names, ", "))
	key, value := e.keySpan(at), e.span(at)
	text := "latitude = " + inline(lat) + e.between(at) + "longitude = " + inline(lon)
	return e.fixed(d, diag.Edit{Start: key.Start, End: value.End, Text: text})
}

var (
	breaks    = regexp.MustCompile(`(?i)</?(p|br|div)(\s[^<>]*)?/?>`)
	formatted = regexp.MustCompile(`(?i)</?(b|i|em|strong|u|small|span|font)(\s[^<>]*)?/?>`)
)

// withoutTags is a text without the tags of HTML that only dress it. Links
// and all other tags stay: their going would lose something.
func withoutTags(s string) string {
	s = formatted.ReplaceAllString(breaks.ReplaceAllString(s, " "), "")
	return strings.Join(strings.Fields(html.UnescapeString(s)), " ")
}
