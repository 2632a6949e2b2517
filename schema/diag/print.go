package diag

import (
	"bufio"
	"fmt"
	"io"
	"strings"
)

// Style is how problems are printed for people.
type Style struct {
	// Lang is the language of the messages, by default English.
	Lang string
	// Color asks for ANSI colours.
	Color bool
}

// The ANSI sequences of the parts of a problem.
const (
	reset  = "\x1b[0m"
	bold   = "\x1b[1m"
	red    = "\x1b[1;31m"
	green  = "\x1b[1;32m"
	yellow = "\x1b[1;33m"
	cyan   = "\x1b[1;36m"
)

// Text prints problems for people, each with the line that it is about:
//
//	content/pages/about.md:3:1: error: unknown key "sumary" [schema/unknown-key]
//	  sumary = "Telescopes on the roof"
//	  ^^^^^^
//	  hint: did you mean "summary"?
//	  → write: summary = "Telescopes on the roof"
//
// The last line is what a certain correction leaves of the lines it touches.
// A problem of a file that was not read has no line, one of no file no path.
// Whatever of a file could move the cursor or turn the direction of a
// terminal's text is shown as a stand-in.
func Text(w io.Writer, l List, s Style) error {
	out := &printer{Writer: bufio.NewWriter(w), Style: s}
	for _, d := range l {
		out.problem(d)
	}
	return out.Flush()
}

type printer struct {
	*bufio.Writer
	Style
}

func (p *printer) problem(d Diagnostic) {
	if at := place(d.Span); at != "" {
		p.paint(bold, at+":")
		p.WriteByte(' ')
	}
	p.paint(d.Severity.color(), word(p.Lang, d.Severity.String())+":")
	fmt.Fprintf(p, " %s [%s]\n", visible(d.Message(p.Lang)), d.Rule)
	if line, carets := excerpt(d.Span); carets != "" {
		fmt.Fprintf(p, "  %s\n  ", line)
		p.paint(green, carets)
		p.WriteByte('\n')
	}
	if hint := d.Hint(p.Lang); hint != "" {
		p.more(word(p.Lang, "hint"), "", visible(hint))
	}
	for _, lines := range d.Rewritten() {
		p.rewritten(lines, d.Span.Source.Position(d.Span.Start).Line)
	}
	for i, r := range d.Related {
		p.more(word(p.Lang, "note"), place(r.Span), visible(d.Note(p.Lang, i)))
	}
}

// more prints a line that belongs to the problem above it.
func (p *printer) more(label, at, text string) {
	if at != "" {
		text = at + ": " + text
	}
	p.WriteString("  ")
	p.paint(cyan, label+":")
	fmt.Fprintf(p, " %s\n", text)
}

// rewritten prints lines as they should read; it says which they are where
// they are not those that the problem shows.
func (p *printer) rewritten(lines Lines, shown int) {
	p.WriteString("  ")
	if lines.Gone {
		p.paint(cyan, fmt.Sprintf(word(p.Lang, "→ delete line %d"), lines.First))
		if lines.Last > lines.First {
			p.paint(cyan, fmt.Sprintf("–%d", lines.Last))
		}
		p.WriteByte('\n')
		return
	}
	label := word(p.Lang, "→ write:")
	if lines.First != shown {
		label = fmt.Sprintf(word(p.Lang, "→ write on line %d:"), lines.First)
	}
	p.paint(cyan, label)
	before := " "
	if strings.Contains(lines.Text, "\n") {
		before = "\n    "
	}
	for line := range strings.SplitSeq(lines.Text, "\n") {
		p.WriteString(before + visible(line))
	}
	p.WriteByte('\n')
}

func (p *printer) paint(color, s string) {
	if p.Color {
		s = color + s + reset
	}
	p.WriteString(s)
}

// place is a span as people's tools read it: path:line:column.
func place(s Span) string {
	switch {
	case s.Source == nil:
		return ""
	case s.Source.Text == nil:
		return visible(s.Source.Path)
	}
	at := s.Source.Position(s.Start)
	return fmt.Sprintf("%s:%d:%d", visible(s.Source.Path), at.Line, at.Column)
}

func (s Severity) color() string {
	return [...]string{red, yellow, cyan}[s]
}

// word is one of the words of the frame around messages.
func word(lang, english string) string {
	if base(lang) != "ar" {
		return english
	}
	return map[string]string{
		"error":   "خطأ",
		"warning": "تحذير",
		"note":    "ملاحظة",
		"hint":    "تلميح",

		"To mend":      "يحتاج إلى إصلاح",
		"Better":       "يحسن تعديله",
		"Good to know": "للعلم",

		"→ write:":            "← اكتب:",
		"→ write on line %d:": "← اكتب في السطر %d:",
		"→ delete line %d":    "← احذف السطر %d",
	}[english]
}
