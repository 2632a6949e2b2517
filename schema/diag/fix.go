package diag

import (
	"bytes"
	"slices"
	"strings"
)

// Fix is the one certain correction of a mistake: what to write instead, at
// places of the diagnostic's own file that don't overlap, in their order. It
// is nil where a person has to choose.
type Fix []Edit

// Edit writes Text over the bytes [Start, End) of a file; it puts text in
// where they are equal, and takes it away where Text is empty.
type Edit struct {
	Start, End int
	Text       string
}

// Fixed is the diagnostic with a correction.
func (d Diagnostic) Fixed(edits ...Edit) Diagnostic {
	d.Fix = edits
	return d
}

// Instead is an edit that writes text over a span.
func Instead(at Span, text string) Edit {
	return Edit{at.Start, at.End, text}
}

// Fixes are the corrections of a list that are of the file at a path, in the
// order of the list.
func (l List) Fixes(path string) []Fix {
	var fixes []Fix
	for _, d := range l {
		if d.Fix != nil && d.Span.path() == path {
			fixes = append(fixes, d.Fix)
		}
	}
	return fixes
}

// Apply is a text with corrections made. One that is not of the text, or
// overlaps one before it in the list, is left out whole: after the others are
// made, another look at the file will find it again. The text itself is not
// changed.
func Apply(text []byte, fixes []Fix) []byte {
	var edits []Edit
	for _, fix := range fixes {
		if all, ok := joined(edits, fix, len(text)); ok {
			edits = all
		}
	}
	var out bytes.Buffer
	done := 0
	for _, e := range edits {
		out.Write(text[done:e.Start])
		out.WriteString(e.Text)
		done = e.End
	}
	out.Write(text[done:])
	return out.Bytes()
}

// joined is edits with those of one more fix, in the order of the text; false
// if they can't all be made. Two that begin at one place are not sure of their
// order.
func joined(edits []Edit, fix Fix, size int) ([]Edit, bool) {
	all := append(slices.Clone(edits), fix...)
	slices.SortFunc(all, func(a, b Edit) int { return a.Start - b.Start })
	for i, e := range all {
		if e.Start < 0 || e.End < e.Start || e.End > size {
			return nil, false
		}
		if i > 0 && (e.Start < all[i-1].End || e.Start == all[i-1].Start) {
			return nil, false
		}
	}
	return all, true
}

// Lines are some lines of a file as they should read: what stands from line
// First to line Last, both from 1 and both meant, gives way to Text, which may
// be several lines, with no LF after the last. Gone says that nothing comes in
// their place, not even an empty line.
type Lines struct {
	First, Last int
	Text        string
	Gone        bool
}

// Rewritten are the lines that a diagnostic's fix touches, as it leaves them:
// what a person pastes over the old ones. What is mended on one line, or on
// lines that follow each other, comes together.
func (d Diagnostic) Rewritten() []Lines {
	src := d.Span.Source
	if src == nil || src.Text == nil {
		return nil
	}
	edits, ok := joined(nil, d.Fix, len(src.Text))
	if !ok {
		return nil
	}
	var out []Lines
	for len(edits) > 0 {
		n := 1
		for n < len(edits) && src.Position(edits[n].Start).Line <= src.lastLine(edits[n-1])+1 {
			n++
		}
		out = append(out, src.rewritten(edits[:n]))
		edits = edits[n:]
	}
	return out
}

// rewritten are the lines of some neighbouring edits.
func (s *Source) rewritten(edits []Edit) Lines {
	first, last := edits[0], edits[len(edits)-1]
	start, _ := s.line(first.Start)
	_, end := s.line(max(last.Start, last.End-1))
	end = max(end, last.End)
	var text bytes.Buffer
	for _, e := range edits {
		text.Write(s.Text[start:e.Start])
		text.WriteString(e.Text)
		start = e.End
	}
	text.Write(s.Text[start:end])
	lines := strings.ReplaceAll(text.String(), "\r\n", "\n")
	return Lines{
		First: s.Position(first.Start).Line,
		Last:  s.lastLine(last),
		Text:  strings.TrimSuffix(lines, "\n"),
		Gone:  lines == "",
	}
}

// lastLine is the last line that an edit touches.
func (s *Source) lastLine(e Edit) int {
	return s.Position(max(e.Start, e.End-1)).Line
}
