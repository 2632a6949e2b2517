package review

import (
	"bytes"
	"embed"
	"fmt"
	"io"
	"slices"

	"fursa/schema/diag"
	"fursa/schema/locale"
)

//go:embed messages/*.toml
var messageFiles embed.FS

// Limit is the size of the largest summary that GitHub shows of a step, in
// bytes.
const Limit = 1 << 20

// Options say how a summary speaks, and where it points to.
type Options struct {
	// Languages are the languages of the summary, the leading one first; the
	// others stand folded below their headlines.
	Languages []string
	// Path makes a source's path one in the repository.
	Path func(path string) string
	// Edit is the address at which a line of a file can be changed, by the
	// path that Path gives; empty where there is none. Line 0 is any.
	Edit func(path string, line int) string
	// GitLab says that GitLab shows the summary and the files, and not GitHub.
	GitLab bool
	// Preview is the name of the folder with the pages of what was sent; empty
	// where there is none.
	Preview string
}

// Summary writes what came of a change as Markdown for GitHub or GitLab, in
// plain words. Whatever comes out of files is shown as it is written: it can't
// become markup.
func Summary(w io.Writer, r Review, o Options) error {
	words, err := messages()
	if err != nil {
		return err
	}
	var pages []*page
	for _, lang := range o.Languages {
		l, err := locale.New(lang, "latn", words)
		if err != nil {
			return err
		}
		pages = append(pages, &page{Localizer: l, Options: o, lang: lang, room: Limit/len(o.Languages) - reserve, shown: map[string]bool{}})
	}
	if _, err := fmt.Fprintf(w, "<div dir=%q lang=%q>\n\n## %s %s\n\n</div>\n\n", pages[0].Dir(), o.Languages[0], mark(r), pages[0].headline(r)); err != nil {
		return err
	}
	for _, p := range append(pages[1:len(pages):len(pages)], pages[0]) { // those who read the leading language pass one line
		p.whole(r, p != pages[0])
		if _, err := w.Write(p.Bytes()); err != nil {
			return err
		}
	}
	return nil
}

// messages are the words of a summary.
func messages() (locale.Messages, error) {
	words := locale.Messages{}
	for _, lang := range diag.Languages {
		text, err := messageFiles.ReadFile("messages/" + lang + ".toml")
		if err != nil {
			return nil, err
		}
		words[lang] = text
	}
	return words, nil
}

// reserve is room for what stands at the end of a summary, in bytes.
const reserve = 16 << 10

// page is a summary in one language.
type page struct {
	bytes.Buffer
	*locale.Localizer
	Options
	lang string
	// room is how many bytes the problems may take.
	room  int
	full  bool
	shown map[string]bool // proposals, by their places
}

func (p *page) line(format string, args ...any) { fmt.Fprintf(p, format+"\n", args...) }

// whole writes the page, folded below its headline or open. GitHub takes the
// direction of a text from an element around it.
func (p *page) whole(r Review, folded bool) {
	element := "div"
	if folded {
		element = "details"
	}
	p.line("<%s dir=%q lang=%q>\n", element, p.Dir(), p.lang)
	if folded {
		p.line("<summary><b>%s: %s</b></summary>\n", p.Name(), p.headline(r))
	}
	p.body(r)
	p.line("</%s>\n", element)
}

func (p *page) body(r Review) {
	blocking := r.Blocking()
	if len(r.Sent) > 0 {
		p.line("%s\n", p.T("check.thanks"))
	}
	p.sent(r)
	p.section("check.mend", "check.mend-intro", of(r.Own, diag.Error))
	p.section("check.broken", "check.broken-intro", of(r.Caused, diag.Error))
	if blocking.Failed() && p.Edit("", 0) != "" {
		p.line("### %s\n", p.T("check.how"))
		for i, key := range []string{"check.how-open", "check.how-change", "check.how-save"} {
			p.line("%d. %s", i+1, p.T(p.hosted(key)))
		}
		p.line("")
	}
	p.section("check.better", "check.better-intro", of(blocking, diag.Warning))
	p.section("check.notes", "", of(blocking, diag.Note))
	if p.Preview != "" {
		p.line("### %s\n\n%s\n", p.T("check.preview"), p.T(p.hosted("check.preview-text"), "name", plain(p.Preview)))
	}
	if before := slices.Concat(of(r.Before, diag.Error), of(r.Before, diag.Warning)); len(before) > 0 {
		p.line("<details>\n<summary>%s</summary>\n\n%s\n", p.N("check.before", len(before)), p.T("check.before-intro"))
		p.problems(before)
		p.line("</details>\n")
	}
	if p.full {
		p.line("%s\n", p.T("check.rest"))
	}
}

// hosted is the key of words that name what the host shows, where it has its
// own.
func (p *page) hosted(key string) string {
	if own := key + "-gitlab"; p.GitLab && p.T(own) != own {
		return own
	}
	return key
}

// mark is the sign of the whole.
func mark(r Review) string {
	if r.Blocking().Failed() {
		return "❌"
	}
	return "✅"
}

func (p *page) headline(r Review) string {
	list := r.Blocking()
	errors, warnings := list.Count(diag.Error), list.Count(diag.Warning)
	switch {
	case errors > 0:
		return p.N("check.failed", errors)
	case len(r.Sent) == 0 && len(list) == 0:
		return p.T("check.nothing")
	case warnings > 0:
		return p.N("check.warned", warnings)
	}
	return p.T("check.fine")
}

// of are the problems of a severity.
func of(list diag.List, severity diag.Severity) diag.List {
	var some diag.List
	for _, d := range list {
		if d.Severity == severity {
			some = append(some, d)
		}
	}
	return some
}

// sent lists the records of the change, each with a word on how it is.
func (p *page) sent(r Review) {
	if len(r.Sent) == 0 {
		return
	}
	p.line("### %s\n", p.T("check.sent"))
	for i, s := range r.Sent {
		if p.Len() > p.room/4 {
			p.line("- … %s", p.N("check.more", len(r.Sent)-i))
			break
		}
		how := p.T("check.changed")
		switch {
		case s.Added:
			how = p.T("check.new")
		case s.Removed:
			how = p.T("check.removed")
		}
		title := ""
		if s.Title != "" {
			title = "**" + plain(s.Title) + "** "
		}
		mark, state := p.state(s, r)
		p.line("- %s %s%s (%s)%s", mark, title, code(p.Path(s.Files[0])), how, state)
	}
	p.line("")
}

// state is how a record is, as a sign and in words.
func (p *page) state(s Sent, r Review) (mark, words string) {
	errors, warnings := 0, 0
	for _, d := range r.Own {
		if d.Span.Source == nil || !slices.Contains(s.Files, d.Span.Source.Path) {
			continue
		}
		switch d.Severity {
		case diag.Error:
			errors++
		case diag.Warning:
			warnings++
		}
	}
	switch {
	case errors > 0:
		return "❌", ": " + p.N("check.problems", errors)
	case s.Removed:
		return "➖", ""
	case warnings > 0:
		return "✅", ": " + p.N("check.warnings", warnings)
	}
	return "✅", ": " + p.T("check.good")
}

// section shows the problems of one weight, where there are any.
func (p *page) section(title, intro string, list diag.List) {
	if len(list) == 0 {
		return
	}
	p.line("### %s\n", p.T(title))
	if intro != "" {
		p.line("%s\n", p.T(intro))
	}
	p.problems(list)
}
