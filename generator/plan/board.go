package plan

import (
	"fmt"
	"html/template"
	"regexp"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"fursa/generator/catalogue"
	"fursa/generator/picture"
	"fursa/schema/when"
)

const (
	// onBoard is how many slides a board has. A round takes four minutes, and
	// some are left after days without a network.
	onBoard = 12
	// slideSeconds is how long one is shown: time to take out a telephone.
	slideSeconds = 20
	// emptySeconds is the same for a board that has none.
	emptySeconds = 300
	// slideDates is how many coming dates a slide carries.
	slideDates = 4
	// longTitle is how many letters of a title fit in the largest size.
	longTitle = 32
	// boardMoves is how many places a slide can have.
	boardMoves = 4
)

// board is a screen: its listings in the languages of some editions, the
// leading one first.
type board struct {
	path     string // of its first page
	page     Page
	heading  Text
	listings []*catalogue.Listing
	editions []*edition
	// about is the absolute address of what the board is about.
	about string
	// filtered says that its address can ask for something else.
	filtered bool
}

// boards are the screens of the site: the catalogue's in each language, and
// each school's in the tree of its leading language.
func (s *site) boards() []Output {
	var outputs []Output
	for _, e := range s.editions {
		title := Text{Text: e.view.Name}
		outputs = append(outputs, board{
			path: "board", page: e.boardPage("board", title), heading: title, listings: forBoard(e.Current, e.Today),
			editions: []*edition{e}, about: e.url(e.file("")), filtered: true,
		}.outputs()...)
	}
	for _, school := range s.Schools {
		editions := s.sideBySide(school)
		e, path := editions[0], boardPath(school)
		title := e.schoolName(school)
		outputs = append(outputs, board{
			path: path, page: e.boardPage(path, title), heading: title, listings: forBoard(school.Listings, e.Today),
			editions: editions, about: e.url(e.file(school.Path())),
		}.outputs()...)
		for _, r := range s.Redirects {
			if r.To == school.Path() {
				outputs = append(outputs, e.render(e.file(r.From+"/board"), "moved", func() any {
					return Moved{e.lang, e.dir, e.href(path), e.url(e.file(path))}
				}))
			}
		}
	}
	return outputs
}

// boardPath is where a school's board stands.
func boardPath(s *catalogue.School) string { return s.Path() + "/board" }

// boardLink leads to a school's board.
func (e *edition) boardLink(s *catalogue.School) string {
	return e.editionIn(s.Languages[0]).href(boardPath(s))
}

// boardPage is what the pages of a board have of all pages.
func (e *edition) boardPage(path string, title Text) Page {
	p := e.page(path, e.T("board.title", "name", title.Text), "")
	p.Alternates, p.Languages, p.NoIndex = nil, nil, true
	return p
}

// forBoard are as many of some listings as a board shows: the first that can
// be joined, none of which is called as another.
func forBoard(listings []*catalogue.Listing, today when.Date) []*catalogue.Listing {
	var shown []*catalogue.Listing
	titles := map[string]bool{}
	for _, l := range listings {
		if len(shown) == onBoard {
			break
		}
		if title := l.Value.Title; l.Joinable(today) && !titles[title] {
			titles[title] = true
			shown = append(shown, l)
		}
	}
	return shown
}

// outputs are the pages of a board. There are always as many: where one went
// with its listing, a screen without scripts that was to lead there would stay
// on what its host says of missing pages.
func (b board) outputs() []Output {
	e := b.editions[0]
	var outputs []Output
	for n := range onBoard {
		outputs = append(outputs, e.render(e.prefix+b.pageFile(n), "board", func() any { return b.view(n) }))
	}
	return outputs
}

// pageFile is the file of the n-th page. Those that nobody sees the addresses of
// have no folders of their own: of hundreds of schools these would be thousands.
func (b board) pageFile(n int) string {
	if n == 0 {
		return b.path + "/index.html"
	}
	return fmt.Sprintf("%s/%d.html", b.path, n+1)
}

// after is the page after the n-th: pages lead round through each slide as often
// as any other, and those that are left over lead back.
func (b board) after(n int) int {
	round := onBoard
	if len(b.listings) > 0 {
		round -= onBoard % len(b.listings)
	}
	if n+1 < round {
		return n + 1
	}
	return 0
}

// view is the n-th page, from 0.
func (b board) view(n int) BoardPage {
	e := b.editions[0]
	v := BoardPage{
		Page: b.page, Heading: b.heading, Styles: e.path(e.boardStyles), Script: e.path(e.boardScript),
		Board: e.href(b.path), Next: e.href(b.path), Seconds: slideSeconds,
		Blank: Slide{Texts: []SlideText{{Lang: e.lang, Dir: e.dir, When: []SlideDate{{}}, Of: e.view.Name, Scan: e.T("board.scan")}}},
	}
	if next := b.after(n); next > 0 {
		v.Next = e.path(e.prefix + b.pageFile(next))
	}
	shown := b.listings
	if n > 0 && len(shown) > 0 {
		shown = []*catalogue.Listing{shown[n%len(shown)]}
	}
	for i, l := range shown {
		v.Slides = append(v.Slides, b.slide(l, (n+i)%boardMoves))
	}
	seconds := slideSeconds
	if len(shown) == 0 {
		seconds = emptySeconds
	}
	if len(shown) == 0 || n == 0 {
		standing := b.standing()
		v.Standing = &standing
	}
	v.Refresh = template.HTMLAttr(fmt.Sprintf(`content="%d; url=%s"`, seconds, template.HTMLEscapeString(v.Next))) //nolint:gosec // an address of the site
	if b.filtered && n == 0 {
		v.Filters, v.Entry = e.scripts["board-search"], e.href("search")+"index.json"
	}
	for _, other := range b.editions {
		v.Ages = append(v.Ages, BoardAge{other.lang, other.dir, other.tag(), other.T("board.as-of")})
	}
	return v
}

// slide is a listing in all languages of the board.
func (b board) slide(l *catalogue.Listing, move int) Slide {
	e := b.editions[0]
	x := e.entries[l]
	s := Slide{Path: l.Path, Move: move, Code: e.code(x)}
	if len(x.Subjects) > 0 {
		s.Hue, s.Figure = e.Subjects.Hue(x.Subjects[0]), boardFigure(topmost(x.Subjects[0]).ID)
	} else {
		s.Figure = boardFigure(e.ID)
	}
	for _, other := range b.editions {
		s.Texts = append(s.Texts, other.slideText(other.entries[l]))
	}
	return s
}

func (e *edition) slideText(x *entry) SlideText {
	title := e.title(x)
	facts := slices.DeleteFunc([]string{capital(e.agesOf(x)), capital(e.price(x))}, func(s string) bool { return s == "" })
	return SlideText{
		Lang: e.lang, Dir: e.dir, Title: title, Long: utf8.RuneCountInString(title.Text) > longTitle,
		Kind: e.T("kind." + x.Value.Kind), When: e.slideDates(x), Where: capital(e.where(x)),
		For: strings.Join(facts, " · "), Of: e.view.Name, Scan: e.T("board.scan"),
	}
}

// standing is the slide of a board that has no other.
func (b board) standing() Slide {
	s := Slide{Code: code(b.about), Figure: boardFigure(b.about)}
	for _, e := range b.editions {
		text := SlideText{Lang: e.lang, Dir: e.dir, Title: Text{Text: e.view.Name}, Where: e.T("board.empty"), Scan: e.T("board.scan")}
		text.Long = utf8.RuneCountInString(text.Title.Text) > longTitle
		s.Texts = append(s.Texts, text)
	}
	return s
}

// slideDates are the next dates of a listing, or what stands for them. None is
// worth showing once registration is closed.
func (e *edition) slideDates(x *entry) []SlideDate {
	closes := e.closing(x.Listing)
	var dates []SlideDate
	for _, o := range x.Occurrences {
		if len(dates) < slideDates && o.Status != catalogue.StatusCancelled {
			dates = append(dates, SlideDate{together(capital(e.occurrence(o))), moment(earliest(e.ending(o), closes))})
		}
	}
	if len(dates) > 0 {
		return dates
	}
	var ends time.Time
	if !x.Until.IsZero() {
		ends = x.Until.AddDays(1).In(e.Zone)
	}
	line, _ := e.whenLine(x)
	return []SlideDate{{together(capital(line)), moment(earliest(ends, closes))}}
}

var (
	dash      = regexp.MustCompile(`(\S)–(\S)`)
	shortWord = regexp.MustCompile(` (\S{1,2})$`)
)

// together keeps a line from ending within "18:00–20:00", and before a last
// word as short as «م».
func together(s string) string {
	return shortWord.ReplaceAllString(dash.ReplaceAllString(s, "$1\u2060–\u2060$2"), "\u00a0$1")
}

// ending is when an occurrence is over: its end, its start where it has none,
// the night after where it is about days.
func (e *edition) ending(o when.Occurrence) time.Time {
	switch _, last := o.Days(); {
	case o.AllDay:
		return last.AddDays(1).In(e.Zone)
	case o.End.After(o.Start):
		return o.End
	}
	return o.Start
}

// closing is when registration ends, zero where nothing says so.
func (e *edition) closing(l *catalogue.Listing) time.Time {
	r := l.Value.Registration
	switch {
	case r == nil || r.Deadline.IsZero():
		return time.Time{}
	case r.Deadline.Timed:
		return r.Deadline.In(e.Zone)
	}
	return r.Deadline.Date.AddDays(1).In(e.Zone)
}

// earliest is the earlier of two times, of which either may be zero.
func earliest(a, b time.Time) time.Time {
	if a.IsZero() || !b.IsZero() && b.Before(a) {
		return b
	}
	return a
}

// moment is a time as scripts of old browsers read it too; empty where it is
// zero.
func moment(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.UTC().Format(time.RFC3339)
}

// boardFigure is the figure of a seed, whole: old browsers don't find one that
// stands elsewhere on a page.
func boardFigure(seed string) template.HTML {
	p := picture.Pattern(seed)
	class := "fill"
	if p.Stroke {
		class = "line"
	}
	return template.HTML(`<svg viewBox="0 0 320 120" preserveAspectRatio="xMidYMid slice" aria-hidden="true"><path class="` + class + `" d="` + p.Path + `"/></svg>`) //nolint:gosec // numbers
}

// tag is the BCP 47 tag by which browsers write dates and numbers as the build
// does; scripts/page.ts makes the same one.
func (e *edition) tag() string {
	tag := e.lang
	if tag == "en" {
		tag = "en-GB"
	}
	tag += "-u-ca-gregory"
	numerals := e.Settings.Numerals
	if numerals == "arab" {
		numerals = map[string]string{"ar": "arab", "fa": "arabext", "ur": "arabext"}[e.lang[:2]]
	}
	if numerals != "" {
		tag += "-nu-" + numerals
	}
	return tag
}
