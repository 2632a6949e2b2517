package review

import (
	"fmt"
	"strings"

	"fursa/schema/diag"
)

// problems writes problems one after the other, as far as there is room.
func (p *page) problems(list diag.List) {
	proposals := proposals(list)
	for i, d := range list {
		if p.Len() > p.room {
			p.full = true
			return
		}
		p.problem(i+1, d, proposals[i])
	}
}

// problem says what is wrong, where, and what to write instead.
func (p *page) problem(number int, d diag.Diagnostic, proposed []diag.Lines) {
	p.line("**%d. %s**\n", number, plain(sentence(d.Message(p.lang))))
	if hint := d.Hint(p.lang); hint != "" {
		p.line("%s\n", plain(sentence(hint)))
	}
	p.place(d.Span)
	for i := range d.Related {
		if at := d.Related[i].Span; at.Source != nil {
			p.line("%s\n", plain(sentence(d.Note(p.lang, i))))
			p.place(at)
		}
	}
	p.blocks(d, proposed)
}

// place says where a problem stands, with a link to mend it.
func (p *page) place(at diag.Span) {
	if at.Source == nil {
		return
	}
	file, line := p.Path(at.Source.Path), 0
	where := code(file)
	if at.Source.Text != nil {
		line = at.Source.Position(at.Start).Line
		where = p.T("check.line", "file", where, "line", fmt.Sprint(line))
	}
	if edit := p.Edit(file, line); edit != "" && at.Source.Text != nil {
		where += " · [" + p.T("check.mend-here") + "](" + address(edit) + ")"
	}
	p.line("📄 %s\n", where)
}

// blocks show the lines of a problem, and what to write in their place.
func (p *page) blocks(d diag.Diagnostic, proposed []diag.Lines) {
	if len(proposed) == 0 {
		if text := marked(d.Span); text != "" {
			p.line("%s\n", p.T("check.now"))
			p.block(text)
		}
		return
	}
	for _, lines := range proposed {
		key := fmt.Sprintf("%s:%d", d.Span.Source.Path, lines.First)
		if p.shown[key] {
			p.line("%s\n", p.T("check.above"))
			continue
		}
		p.shown[key] = true
		p.line("%s\n", p.T("check.now"))
		p.block(between(d.Span.Source.Text, lines.First, lines.Last))
		if lines.Gone {
			p.line("%s\n", p.T("check.delete"))
			continue
		}
		p.line("%s\n", p.T("check.write"))
		p.block(lines.Text)
	}
}

// block is text as it is written, left to right.
func (p *page) block(text string) {
	fence := strings.Repeat("`", max(3, longestRun(text, '`')+1))
	p.line("<div dir=\"ltr\">\n\n%stoml\n%s\n%s\n\n</div>\n", fence, shown(text), fence)
}

// proposals are the corrected lines of each of some problems of a list. What
// else is mended on the same lines is mended there too: who pastes them over
// the old ones undoes nothing.
func proposals(list diag.List) [][]diag.Lines {
	all := make([][]diag.Lines, len(list))
	for i, d := range list {
		if d.Fix == nil {
			continue
		}
		together := d
		for j, other := range list {
			if j != i && other.Fix != nil && other.Span.Source == d.Span.Source && meet(d, other) {
				together.Fix = append(together.Fix[:len(together.Fix):len(together.Fix)], other.Fix...)
			}
		}
		if all[i] = together.Rewritten(); all[i] == nil {
			all[i] = d.Rewritten()
		}
	}
	return all
}

// meet says whether two corrections touch the same lines.
func meet(a, b diag.Diagnostic) bool {
	for _, x := range a.Rewritten() {
		for _, y := range b.Rewritten() {
			if x.First <= y.Last && y.First <= x.Last {
				return true
			}
		}
	}
	return false
}

// Lines of which a problem shows at the most, and their letters.
const (
	mostLines   = 12
	mostLetters = 400
)

// marked are the lines that a span is on; empty for one that marks nothing.
func marked(at diag.Span) string {
	if at.Source == nil || at.Source.Text == nil || at.End <= at.Start {
		return ""
	}
	first := at.Source.Position(at.Start).Line
	return between(at.Source.Text, first, at.Source.Position(at.End-1).Line)
}

// between are the lines of a text from one to another, both meant.
func between(text []byte, first, last int) string {
	lines := strings.Split(string(text), "\n")
	first, last = max(first, 1), min(last, len(lines), first+mostLines-1)
	lines = lines[first-1 : last]
	for i, line := range lines {
		if letters := []rune(strings.TrimSuffix(line, "\r")); len(letters) > mostLetters {
			lines[i] = string(letters[:mostLetters]) + "…"
		}
	}
	return strings.Join(lines, "\n")
}
