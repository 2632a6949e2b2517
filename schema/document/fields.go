package document

import "strings"

// Field is a line of a document that gives a value: key = value, which may go
// over several lines. All but the pointer are byte offsets of the source.
type Field struct {
	// Pointer is the JSON Pointer of the value.
	Pointer string
	// Start is where the key begins, End where the value ends.
	Start, End int
	// KeyEnd is where the key ends, Value where the value begins.
	KeyEnd, Value int
}

// Layout is how the fields of a document are written.
type Layout struct {
	// Start and End are where the fields begin and end in the source.
	Start, End int
	// Fields are those outside inline tables, in their order.
	Fields []Field
	// Remarked says of a range of the source whether a remark (# …) stands in
	// it.
	Remarked func(start, end int) bool
}

// Layout looks at how the fields are written.
func (d *Document) Layout() Layout {
	s := newScanner(d.Source, d.fields, false)
	s.run()
	return Layout{
		Start: d.fields.start, End: d.fields.end, Fields: s.fields,
		Remarked: func(start, end int) bool {
			for _, r := range s.remarks {
				if r.start >= start && r.end <= end {
					return true
				}
			}
			return false
		},
	}
}

// IsMarkdown says whether the document's fields are the front matter of a
// Markdown file.
func (d *Document) IsMarkdown() bool { return strings.HasSuffix(d.Source.Path, ".md") }
