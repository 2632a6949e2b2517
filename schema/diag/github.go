package diag

import (
	"bufio"
	"cmp"
	"fmt"
	"io"
	"slices"
	"strings"
)

// Annotations is how many annotations of each severity GitHub shows of a step
// of a workflow.
const Annotations = 10

// GitHub writes problems as commands of a GitHub workflow, which shows them
// at their lines: of each severity the Annotations weightiest. Those of the
// files that were changed come first, and one of every file before the second
// of any. The rest follows as plain lines.
//
// A workflow takes for a command what a line begins with, or «##[» anywhere in
// it, whoever wrote it; neither can come out of a file here.
func GitHub(w io.Writer, v Verdict, t Target) error {
	out := bufio.NewWriter(w)
	count := map[Severity]int{}
	var rest List
	for _, d := range slices.Concat(weighed(v.Own), weighed(v.Caused)) {
		if count[d.Severity]++; count[d.Severity] > Annotations {
			rest = append(rest, d)
			continue
		}
		fmt.Fprintf(out, "::%s %s::%s\n", command(d.Severity), d.properties(t), escapeData(d.said(t.Lang)))
	}
	for _, d := range rest {
		fmt.Fprintf(out, "%s: %s: %s\n", word(t.Lang, d.Severity.String()), tame(d.Span.named(t)), tame(d.Message(t.Lang)))
	}
	return out.Flush()
}

// weighed are problems by their severity; those of one severity so that the
// first of every file comes before the second of any.
func weighed(l List) List {
	type ranked struct {
		Diagnostic
		turn int
	}
	type file struct {
		path     string
		severity Severity
	}
	turns := map[file]int{}
	var all []ranked
	for _, d := range l {
		f := file{d.Span.path(), d.Severity}
		all = append(all, ranked{d, turns[f]})
		turns[f]++
	}
	slices.SortStableFunc(all, func(a, b ranked) int { return cmp.Or(cmp.Compare(a.Severity, b.Severity), a.turn-b.turn) })
	sorted := make(List, len(all))
	for i, d := range all {
		sorted[i] = d.Diagnostic
	}
	return sorted
}

// command is the workflow's word for a severity.
func command(s Severity) string { return [...]string{"error", "warning", "notice"}[s] }

// properties say where an annotation stands. A column is taken only where the
// place ends on the line on which it begins.
func (d Diagnostic) properties(t Target) string {
	properties := []string{}
	add := func(key string, value any) {
		properties = append(properties, key+"="+escapeProperty(fmt.Sprint(value)))
	}
	if d.Span.Source != nil {
		add("file", t.Path(d.Span.Source.Path))
	}
	if d.Span.placed() {
		from, to := d.Span.lines()
		add("line", from.Line)
		add("endLine", to.Line)
		if from.Line == to.Line {
			add("col", from.Column)
			add("endColumn", max(from.Column, to.Column-1))
		}
	}
	add("title", word(t.Lang, [...]string{"To mend", "Better", "Good to know"}[d.Severity]))
	return strings.Join(properties, ",")
}

// said is all that is said of a problem, in lines.
func (d Diagnostic) said(lang string) string {
	lines := []string{visible(d.Message(lang)) + " [" + d.Rule + "]"}
	if hint := d.Hint(lang); hint != "" {
		lines = append(lines, visible(hint))
	}
	for _, r := range d.Rewritten() {
		if r.Gone {
			lines = append(lines, fmt.Sprintf(word(lang, "→ delete line %d"), r.First))
			continue
		}
		lines = append(lines, fmt.Sprintf(word(lang, "→ write on line %d:"), r.First))
		for line := range strings.SplitSeq(r.Text, "\n") {
			lines = append(lines, visible(line))
		}
	}
	return strings.Join(lines, "\n")
}

// named is a span as path:line.
func (s Span) named(t Target) string {
	switch {
	case s.Source == nil:
		return ""
	case !s.placed():
		return t.Path(s.Source.Path)
	}
	return fmt.Sprintf("%s:%d", t.Path(s.Source.Path), s.Source.Position(s.Start).Line)
}

func escapeData(s string) string {
	return strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A").Replace(s)
}

func escapeProperty(s string) string {
	return strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A", ":", "%3A", ",", "%2C").Replace(s)
}

// tame is a text of one line without what a workflow obeys inside a line.
func tame(s string) string { return strings.ReplaceAll(visible(s), "##[", "## [") }
