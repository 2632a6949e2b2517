package schema

import (
	"fmt"
	"reflect"
	"slices"
	"strings"

	"fursa/schema/diag"
	"fursa/schema/document"
)

// Format is the canonical form of the file of a record or of a translation of
// one. A file without remarks is written anew, as Encode does: its keys in the
// order of the schema, sections last. One with remarks (# …) keeps all its lines where they are, so that
// each remark stays beside what it speaks of: only the values, the spaces and
// the blank lines between are written anew. The body stays as it is, without
// blank lines around it.
//
// A form that would not say exactly the same is not taken: then it is the
// file as it was.
func Format(kind Kind, d *document.Document) []byte {
	layout := d.Layout()
	if !layout.Remarked(layout.Start, layout.End) {
		if text, err := anew(kind, d); err == nil && saysSame(d, text) {
			return text
		}
	}
	if text := inPlace(d, layout); saysSame(d, text) {
		return text
	}
	return d.Source.Text
}

// anew writes a document as Encode would.
func anew(kind Kind, d *document.Document) ([]byte, error) {
	switch kind {
	case KindCatalogue:
		return rewrite[Catalogue](d)
	case KindOpportunity:
		return rewrite[Opportunity](d)
	case KindProvider:
		return rewrite[Provider](d)
	case KindSchool:
		return rewrite[School](d)
	case KindPathway:
		return rewrite[Pathway](d)
	case KindBadge:
		return rewrite[Badge](d)
	case KindEndorsement:
		return rewrite[Endorsement](d)
	case KindPeer:
		return rewrite[Peer](d)
	case KindReview:
		return rewrite[Review](d)
	case KindBlocklist:
		return rewrite[Blocklist](d)
	case KindVocabulary:
		return rewrite[Vocabulary](d)
	case KindPage:
		return rewrite[Page](d)
	}
	return nil, fmt.Errorf("format a record of the kind %q", kind)
}

func rewrite[R any](d *document.Document) ([]byte, error) {
	record, err := Decode[R](d.Value)
	if err != nil {
		return nil, err
	}
	return encode(record, d.Value, d.Body), nil
}

// saysSame says whether a text says what a document says.
func saysSame(d *document.Document, text []byte) bool {
	after, _ := document.Parse(&diag.Source{Path: d.Source.Path, Text: text})
	return after != nil && equal(d.Value, after.Value) && strings.Trim(d.Body, "\n") == strings.Trim(after.Body, "\n")
}

// equal compares values in JSON's shape; 5 and 5.0 are the same number.
func equal(a, b any) bool {
	switch x := a.(type) {
	case map[string]any:
		y, ok := b.(map[string]any)
		if !ok || len(x) != len(y) {
			return false
		}
		for key, value := range x {
			if other, ok := y[key]; !ok || !equal(value, other) {
				return false
			}
		}
		return true
	case []any:
		y, ok := b.([]any)
		return ok && slices.EqualFunc(x, y, equal)
	}
	if m, ok := number(a); ok {
		n, ok := number(b)
		return ok && m == n
	}
	return reflect.DeepEqual(a, b)
}

// inPlace writes each value of a document anew and leaves all lines in their
// order.
func inPlace(d *document.Document, layout document.Layout) []byte {
	f := formatter{doc: d, layout: layout}
	at := layout.Start
	for _, field := range layout.Fields {
		f.gap(string(d.Source.Text[at:field.Start]))
		f.field(field)
		at = field.End
	}
	f.gap(string(d.Source.Text[at:layout.End]))
	fields := strings.TrimRight(strings.TrimLeft(f.out.String(), "\n"), "\n") + "\n"
	if !d.IsMarkdown() {
		return []byte(strings.TrimPrefix(fields, "\n"))
	}
	return fenced(strings.TrimPrefix(fields, "\n"), d.Body)
}

// formatter writes the fields of a document in their order.
type formatter struct {
	doc    *document.Document
	layout document.Layout
	out    strings.Builder
}

// gap writes what stands between two fields: the rest of the line of the
// first, then remarks, headers and blank lines, of which one is left where
// there were several.
func (f *formatter) gap(text string) {
	lines := strings.Split(text, "\n")
	if rest := strings.TrimSpace(lines[0]); rest != "" {
		if f.out.Len() > 0 {
			rest = " " + rest
		}
		f.out.WriteString(rest)
	}
	blank := false
	for i, line := range lines[1:] {
		line = strings.TrimSpace(line)
		last := i == len(lines)-2 // before the next field stand only blanks
		if line != "" || last || !blank {
			f.out.WriteString("\n" + line)
		}
		blank = line == ""
	}
}

// field writes one field. A list with remarks among its values stays as it is.
func (f *formatter) field(field document.Field) {
	text := string(f.doc.Source.Text[field.Start:field.KeyEnd])
	key := strings.Join(strings.Fields(text), "")
	if strings.ContainsAny(text, `"'`) {
		key = text // blanks may belong to it
	}
	f.out.WriteString(key + " = ")
	if f.layout.Remarked(field.Value, field.End) {
		f.out.WriteString(strings.ReplaceAll(string(f.doc.Source.Text[field.Value:field.End]), "\r\n", "\n"))
		return
	}
	f.out.WriteString(f.value(field.Pointer, len(key)+len(" = ")))
}

// value is a value as Encode would write it at a column; 0 says that it must
// stay on its line. What has quotation marks keeps some: a text that reads
// like a date may be one.
func (f *formatter) value(pointer string, column int) string {
	at := f.doc.Span(pointer)
	switch v := lookup(f.doc.Value, pointer).(type) {
	case string:
		if c := at.Source.Text[at.Start]; c != '"' && c != '\'' {
			return v
		}
		return quote(v, column > 0)
	case []any:
		items := make([]string, len(v))
		for i := range v {
			items[i] = f.value(child(pointer, fmt.Sprint(i)), 0)
		}
		return bracketed(items, column)
	case map[string]any:
		return f.table(pointer, v)
	case float64:
		return tomlNumber(v)
	default:
		return fmt.Sprint(v)
	}
}

// table is an inline table with its keys in the order of the file.
func (f *formatter) table(pointer string, table map[string]any) string {
	var names []string
	for key := range table {
		names = append(names, key)
	}
	start := func(key string) int { return f.doc.KeySpan(child(pointer, key)).Start }
	slices.SortFunc(names, func(a, b string) int { return start(a) - start(b) })
	for i, key := range names {
		names[i] = quoteKey(key) + " = " + f.value(child(pointer, key), 0)
	}
	return "{" + strings.Join(names, ", ") + "}"
}
