package document

import (
	"bytes"
	"strings"

	"fursa/schema/diag"
)

const (
	fence = "+++"
	// byteOrderMark is U+FEFF in UTF-8, which some editors put before a text.
	byteOrderMark = "\ufeff"
)

// split finds the fields and the body of a file, by the ending of its path.
// Blank lines above the front matter do no harm.
func split(src *diag.Source) (fields, body part, fault *diag.Diagnostic) {
	start, end := 0, len(src.Text)
	if bytes.HasPrefix(src.Text, []byte(byteOrderMark)) {
		start = len(byteOrderMark)
	}
	first := line(src.Text, start)
	for first.end < end && is(src.Text, first, "") {
		first = line(src.Text, first.end+1)
	}
	switch {
	case !strings.HasSuffix(src.Path, ".md"):
		if is(src.Text, first, fence) {
			return fields, body, fencedTOML(src, first)
		}
		return part{start, end}, part{end, end}, nil
	case is(src.Text, first, "---"):
		return fields, body, yaml(src, first)
	case !is(src.Text, first, fence):
		return fields, body, unfenced(src, first)
	}
	fields.start = min(first.end+1, end)
	for l := first; l.end < end; {
		l = line(src.Text, l.end+1)
		if is(src.Text, l, fence) {
			fields.end = l.start
			return fields, part{min(l.end+1, end), end}, nil
		}
	}
	return fields, body, unclosed(src, first)
}

// unclosed is the problem of front matter without an end, at the line that
// was meant as its end if there is one.
func unclosed(src *diag.Source, first part) *diag.Diagnostic {
	for l := first; l.end < len(src.Text); {
		l = line(src.Text, l.end+1)
		s := strings.TrimSpace(string(src.Text[l.start:l.end]))
		if len(s) > 1 && strings.Trim(s, "+-=") == "" {
			fault := diag.New("document/unclosed-front-matter", span(src, l)).Hinted("near").See(span(src, first)).
				Fixed(diag.Instead(span(src, l), fence))
			return &fault
		}
	}
	fault := problem(src, first, "document/unclosed-front-matter")
	if end, ok := fieldsEnd(src, part{min(first.end+1, len(src.Text)), len(src.Text)}); ok {
		*fault = fault.Fixed(diag.Edit{Start: end, End: end, Text: fence + "\n"})
	}
	return fault
}

// unfenced is the problem of a Markdown file that does not begin with +++; its
// fix puts the lines around the fields with which it begins instead.
func unfenced(src *diag.Source, first part) *diag.Diagnostic {
	fault := problem(src, first, "document/no-front-matter")
	if end, ok := fieldsEnd(src, part{first.start, len(src.Text)}); ok {
		*fault = fault.Fixed(
			diag.Edit{Start: first.start, End: first.start, Text: fence + "\n"},
			diag.Edit{Start: end, End: end, Text: fence + "\n"})
	}
	return fault
}

// fieldsEnd is where the fields end with which a text begins: at a blank line
// with no field below it, or at the end. It answers false where the text does
// not begin with a field, or something else stands between fields.
func fieldsEnd(src *diag.Source, all part) (int, bool) {
	s := newScanner(src, all, true)
	s.run()
	if len(s.fields) == 0 {
		return 0, false
	}
	if s.fault == nil {
		return all.end, bytes.HasSuffix(src.Text, []byte("\n"))
	}
	last := line(src.Text, s.fields[len(s.fields)-1].End)
	blank := line(src.Text, min(last.end+1, all.end))
	return blank.start, last.end < s.fault.Span.Start && blank.end < all.end && is(src.Text, blank, "")
}

// yaml is the problem of fields as YAML has them; its fix writes +++ for both
// lines of ---.
func yaml(src *diag.Source, first part) *diag.Diagnostic {
	fault := problem(src, first, "document/yaml-front-matter")
	for l := first; l.end < len(src.Text); {
		l = line(src.Text, l.end+1)
		if is(src.Text, l, "---") {
			*fault = fault.Fixed(diag.Instead(span(src, first), fence), diag.Instead(span(src, l), fence))
			break
		}
	}
	return fault
}

// fencedTOML is the problem of lines of +++ in a .toml file; its fix takes them
// away where no text stands below them.
func fencedTOML(src *diag.Source, first part) *diag.Diagnostic {
	fault := problem(src, first, "document/front-matter-in-toml")
	for l := first; l.end < len(src.Text); {
		l = line(src.Text, l.end+1)
		if is(src.Text, l, fence) && len(bytes.TrimSpace(src.Text[l.end:])) == 0 {
			*fault = fault.Fixed(
				diag.Edit{Start: first.start, End: min(first.end+1, l.start)},
				diag.Edit{Start: l.start, End: min(l.end+1, len(src.Text))})
			break
		}
	}
	return fault
}

// line is the line that begins at start, without its LF.
func line(text []byte, start int) part {
	if i := bytes.IndexByte(text[start:], '\n'); i >= 0 {
		return part{start, start + i}
	}
	return part{start, len(text)}
}

// is says whether a line is s, white space around it aside.
func is(text []byte, l part, s string) bool {
	return string(bytes.TrimSpace(text[l.start:l.end])) == s
}

func problem(src *diag.Source, at part, rule string) *diag.Diagnostic {
	d := diag.New(rule, span(src, at))
	return &d
}
