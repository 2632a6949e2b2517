// Package diag says what is wrong with the files of a catalogue, and where.
//
// A Diagnostic is data: a rule, the values that its message needs, and a span
// of bytes. Lines, columns, colours and languages come in when it is printed,
// and nowhere else. A failure that no file caused (a full disk, a cancelled
// run) is an error, never a Diagnostic.
package diag

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// Source is one file as it was read.
type Source struct {
	// Path names the file as the person who asked would, with slashes.
	Path string
	// Text is the whole file, with any byte order mark and carriage returns
	// that it came with, so that spans point into what is on the disk.
	Text []byte
}

// Span is the half-open range of bytes [Start, End) of a source. The zero
// Span points nowhere; a Span with a Source and no length points at a place.
type Span struct {
	Source     *Source
	Start, End int
}

// Severity is how much a diagnostic weighs.
type Severity int

const (
	// Error keeps the site from being built.
	Error Severity = iota
	// Warning lets a reader down; --strict makes it fail.
	Warning
	// Note is for information: it never fails anything.
	Note
)

// String is the severity in lower-case English, as the JSON format has it.
func (s Severity) String() string {
	return [...]string{"error", "warning", "note"}[s]
}

// Arg is one named value of a message.
type Arg struct{ Name, Value string }

// Related is another place that has to do with a problem. Its text is the
// message «note» of the diagnostic's rule.
type Related struct {
	Span Span
	Args []Arg
}

// Diagnostic is one problem of one file.
type Diagnostic struct {
	// Rule is «stage/problem» in kebab case, and never changes once published.
	Rule     string
	Severity Severity
	Args     []Arg
	// Variant picks another hint than the rule's first: «hint-VARIANT».
	Variant string
	Span    Span
	Related []Related
	// Fix is the certain correction, where there is one.
	Fix Fix
}

// New makes an error of a rule at a span; args are names and values in turn,
// the values printed with fmt.Sprint.
func New(rule string, at Span, args ...any) Diagnostic {
	return Diagnostic{Rule: rule, Span: at, Args: Args(args...)}
}

// Warn is New with the severity Warning.
func Warn(rule string, at Span, args ...any) Diagnostic {
	return Diagnostic{Rule: rule, Severity: Warning, Span: at, Args: Args(args...)}
}

// Notice is New with the severity Note.
func Notice(rule string, at Span, args ...any) Diagnostic {
	return Diagnostic{Rule: rule, Severity: Note, Span: at, Args: Args(args...)}
}

// Args pairs names with values.
func Args(pairs ...any) []Arg {
	if len(pairs)%2 != 0 {
		panic("diag: a name without a value")
	}
	var args []Arg
	for i := 0; i < len(pairs); i += 2 {
		args = append(args, Arg{pairs[i].(string), fmt.Sprint(pairs[i+1])})
	}
	return args
}

// Hinted is the diagnostic with the hint «hint-VARIANT» of its rule.
func (d Diagnostic) Hinted(variant string) Diagnostic {
	d.Variant = variant
	return d
}

// See is the diagnostic with one more related place.
func (d Diagnostic) See(at Span, args ...any) Diagnostic {
	d.Related = append(slices.Clip(d.Related), Related{at, Args(args...)})
	return d
}

// Arg is the value of a name, empty where there is none.
func (d Diagnostic) Arg(name string) string {
	for _, a := range d.Args {
		if a.Name == name {
			return a.Value
		}
	}
	return ""
}

// List is the problems of one run.
type List []Diagnostic

// Count is how many of the list have the severity.
func (l List) Count(s Severity) int {
	n := 0
	for _, d := range l {
		if d.Severity == s {
			n++
		}
	}
	return n
}

// Failed says whether the list holds an error.
func (l List) Failed() bool {
	return slices.ContainsFunc(l, func(d Diagnostic) bool { return d.Severity == Error })
}

// Demoted is the list with its errors as warnings, for files that their
// reader cannot mend.
func (l List) Demoted() List {
	out := slices.Clone(l)
	for i := range out {
		out[i].Severity = max(out[i].Severity, Warning)
	}
	return out
}

// Sorted is the list in the order of files, then of places in them; problems
// of one place keep the order in which they were found. One problem that was
// found twice stands once.
func (l List) Sorted() List {
	out := slices.Clone(l)
	slices.SortStableFunc(out, func(a, b Diagnostic) int {
		return cmp.Or(
			strings.Compare(a.Span.path(), b.Span.path()),
			cmp.Compare(a.Span.Start, b.Span.Start),
			cmp.Compare(a.Severity, b.Severity),
		)
	})
	once := out[:0]
	for _, d := range out {
		if !d.among(once) {
			once = append(once, d)
		}
	}
	return once
}

// among says whether d stands among the last ones of a sorted list that are
// of its place.
func (d Diagnostic) among(sorted List) bool {
	for _, e := range slices.Backward(sorted) {
		if e.Span.path() != d.Span.path() || e.Span.Start != d.Span.Start {
			return false
		}
		if e.Rule == d.Rule && e.Span.End == d.Span.End && slices.Equal(e.Args, d.Args) {
			return true
		}
	}
	return false
}

func (s Span) path() string {
	if s.Source == nil {
		return ""
	}
	return s.Source.Path
}
