package issue

import (
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"fursa/schema/diag"
	"fursa/schema/locale"
)

// answer is what somebody wrote below a question.
type answer struct {
	field   field
	asked   bool   // whether the question is there
	after   int    // where its line ends
	written string // without the blanks around; empty if nothing is
	// span is where that stands, or the question where nothing is written.
	span   diag.Span
	source *diag.Source
}

// part is some text of a source, and where it begins.
type part struct {
	text  string
	start int
}

// answers are what was written below each question, by the question's id. A
// heading that is no question, or one that was asked already, is part of the
// answer that it stands in.
func answers(src *diag.Source, spoken []*locale.Localizer) map[string]answer {
	all := map[string]answer{}
	for _, f := range fields() {
		all[f.id] = answer{field: f, source: src, span: diag.Span{Source: src}}
	}
	var open *answer
	end := func(at int) {
		if open != nil {
			all[open.field.id] = open.until(at)
		}
	}
	at := 0
	for text := range strings.Lines(string(src.Text)) {
		f, found := questionOf(text, spoken)
		if found && !all[f.id].asked {
			end(at)
			// Problems are told at the question, whose name people know.
			named := &diag.Source{Path: src.Path + ", «" + heading(text) + "»", Text: src.Text}
			question := diag.Span{Source: named, Start: at, End: at + len(strings.TrimSpace(text))}
			open = &answer{field: f, asked: true, after: at + len(text), source: named, span: question}
			all[f.id] = *open
		}
		at += len(text)
	}
	end(at)
	return all
}

// heading is the text of a heading of the third level; empty for other lines.
func heading(text string) string {
	title, ok := strings.CutPrefix(text, "### ")
	if !ok {
		return ""
	}
	return strings.TrimSpace(title)
}

// questionOf is the question that a line asks, in any language of the form:
// in all, or in one of them.
func questionOf(text string, spoken []*locale.Localizer) (field, bool) {
	title := heading(text)
	if title == "" {
		return field{}, false
	}
	for _, f := range fields() {
		if title == labelIn(f, spoken) {
			return f, true
		}
		for _, l := range spoken {
			if strings.EqualFold(title, f.label(l)) {
				return f, true
			}
		}
	}
	return field{}, false
}

var comment = regexp.MustCompile(`(?s)<!--.*?-->`)

// noAnswer is what the forms put where nothing was written.
var noAnswer = []string{"_No response_", "None"}

// until is the answer with what was written up to a place. Comments, which
// explain the question, become blanks, so that what is left keeps its place.
func (a answer) until(end int) answer {
	all := string(a.source.Text[a.after:end])
	left := comment.ReplaceAllStringFunc(all, func(c string) string { return strings.Repeat(" ", len(c)) })
	a.written = strings.TrimSpace(left)
	if slices.Contains(noAnswer, a.written) {
		a.written = ""
	}
	if a.written != "" {
		a.span.Start = a.after + strings.Index(left, a.written)
		a.span.End = a.span.Start + len(a.written)
	}
	return a
}

// text is the answer with plain ends of lines.
func (a answer) text() string { return strings.ReplaceAll(a.written, "\r\n", "\n") }

// line is the answer on one line.
func (a answer) line() string { return strings.Join(strings.Fields(a.written), " ") }

// at is where a part of the answer stands.
func (a answer) at(p part) diag.Span {
	start := a.span.Start + p.start
	return diag.Span{Source: a.source, Start: start, End: start + len(p.text)}
}

// parts are what stands between separators, which are the ends of lines too,
// without the blanks around and the marks of a list.
func (a answer) parts(separators string) (all []part) {
	start := 0
	for i, r := range a.written + "\n" {
		if r != '\n' && !strings.ContainsRune(separators, r) {
			continue
		}
		piece := strings.TrimRight(a.written[start:i], " \t\r")
		text := strings.TrimLeft(piece, " \t")
		text = strings.TrimPrefix(strings.TrimPrefix(text, "- "), "* ")
		if text != "" {
			all = append(all, part{text, start + len(piece) - len(text)})
		}
		start = i + utf8.RuneLen(r)
	}
	return all
}
