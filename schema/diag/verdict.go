package diag

import "slices"

// Verdict is the problems of a change, told apart by whose they are to mend.
// A look at everything, which no change asked for, has Own problems only.
type Verdict struct {
	// Own are those of the files that somebody changed.
	Own List
	// Caused are those that the change makes in other files.
	Caused List
	// Before are those of other files that were there before, as far as they
	// were met: they fail nothing.
	Before List
}

// Blocking are the problems that the change has to answer for.
func (v Verdict) Blocking() List { return slices.Concat(v.Own, v.Caused) }

// Target says how a format for other programs names files and speaks.
type Target struct {
	// Lang is the language of messages.
	Lang string
	// Path makes a source's path one in the repository, with slashes.
	Path func(path string) string
}

// lines are the first and last line of a span, both meant, and the columns of
// its first character and of that after its last.
func (s Span) lines() (from, to Position) {
	from, to = s.Source.Position(s.Start), s.Source.Position(max(s.Start, s.End))
	if to.Column == 1 && to.Line > from.Line { // the end of the line before
		to = s.Source.Position(s.End - 1)
		to.Column++
	}
	return from, to
}

// placed says whether a span is of a text, and so has lines.
func (s Span) placed() bool { return s.Source != nil && s.Source.Text != nil }
