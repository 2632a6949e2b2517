package plan

import (
	"strings"

	"fursa/schema/when"
)

// Mail is seen by the template «mail», an e-mail, and by «issue», what it holds:
// an issue in each of its languages, side by side where there is room. Mail
// programs know few properties of CSS, and those only as attributes.
type Mail struct {
	Lang, Dir, Title string
	// Preheader is what programs show beside the title.
	Preheader string
	// Accent is a colour that is seen on white and on black.
	Accent  string
	Columns []IssueView
}

// IssueView is an issue of a newsletter in one language. Side is where its
// lines begin, «left» or «right»; Title is its name and its days, Gist its
// first titles; Empty says that there is nothing to tell.
type IssueView struct {
	Lang, Dir, Side   string
	Title, Name, Days string
	Gist, Empty       string
	// Notice is what the catalogue says on every page.
	Notice   string
	Chapters []ChapterView
	// Left says how many listings there are beside those that are told; empty
	// where there are none.
	Left string
	// All leads to all listings, Site to the catalogue; both are absolute.
	All, Site Link
}

// ChapterView is a part of an issue; More says how many are left out.
type ChapterView struct {
	Heading string
	Entries []EntryView
	More    string
}

// EntryView is a listing in an issue. New is a word where it is new, Note what
// has changed or until when one registers; Line says when, where, for whom and
// for how much it is, Short only what a message in a chat has room for.
type EntryView struct {
	Title                  Text
	URL                    string
	New, Note, Line, Short string
	Summary                Text
}

// NewsletterPage is seen by the template «newsletter»: what can be sent on,
// and how.
type NewsletterPage struct {
	Page
	Heading string
	// Message is for group chats, Messages the same in its languages; WhatsApp
	// and Email send it.
	Message         string
	Messages        []Text
	WhatsApp, Email string
	// Issues are those of the week and of the month.
	Issues []IssuePart
	// Feed is what a tool that sends e-mails subscribes to; its address is
	// absolute.
	Feed Feed
}

// IssuePart is an issue on the newsletter's page, with the addresses of its
// e-mail and of its plain text. Name is «week» or «month».
type IssuePart struct {
	Name, Heading, HTML, Text string
	Columns                   []IssueView
}

// issueView is an issue in the words of the edition. The set may be another
// edition's.
func (e *edition) issueView(of *set, p span, chapters []chapter) IssueView {
	v := IssueView{Lang: e.lang, Dir: e.dir, Side: "left", Name: e.view.Name, Notice: e.view.Notice}
	if e.dir == "rtl" {
		v.Side = "right"
	}
	v.All = Link{Text: e.T("news.all"), URL: e.url(e.file("opportunities"))}
	v.Site = Link{Text: e.view.Name, URL: e.url(e.file(""))}
	if of.school != nil {
		v.Name = e.schoolName(of.school).Text
		v.All = Link{Text: e.T("news.all-school"), URL: e.url(e.file(of.Path()))}
	}
	v.Days = e.DateRange(e.Today, e.Today.AddDays(7*p.weeks-1))
	v.Title = e.T("news.title", "name", v.Name, "days", v.Days)
	var titles []string
	left := 0
	for _, c := range chapters {
		left += c.left
		part := e.chapterView(c, p)
		for _, entry := range part.Entries {
			titles = append(titles, entry.Title.Text)
		}
		v.Chapters = append(v.Chapters, part)
	}
	if left > 0 {
		v.Left = capital(e.N("count.more", left))
	}
	if v.Gist = beginning(strings.Join(titles[:min(len(titles), 4)], " · ")); len(chapters) == 0 {
		v.Empty = e.T("news.empty")
		v.Gist = v.Empty
	}
	return v
}

func (e *edition) chapterView(c chapter, p span) ChapterView {
	v := ChapterView{Heading: e.T("news." + c.kind)}
	if c.kind == "days" && p.weeks > 1 {
		v.Heading = e.DateRange(c.from, c.to)
	}
	if c.left > 0 {
		v.More = capital(e.N("count.more", c.left))
	}
	for _, t := range c.told {
		v.Entries = append(v.Entries, e.entryView(t, c.kind, p.brief))
	}
	return v
}

func (e *edition) entryView(t told, kind string, brief bool) EntryView {
	x := e.entries[t.Listing]
	v := EntryView{Title: e.title(x), URL: e.urlOf(x.Listing)}
	if !brief {
		v.Summary = e.summary(x)
	}
	line, _ := e.whenLine(x)
	if t.on != nil {
		line = e.occurrence(*t.on)
	}
	v.Line = joined("\u00a0· ", capital(line), e.where(x), e.agesOf(x), e.price(x))
	v.Short = e.shortWhen(t, kind, line)
	if t.fresh {
		v.New = e.T("news.new")
	}
	if r := t.Value.Registration; r != nil && !r.Deadline.IsZero() && t.Joinable(e.Today) {
		v.Note = capital(e.T("revision.deadline-new", "after", e.DateTime(r.Deadline)))
	}
	if t.change != nil {
		v.Note = e.changedWords(*t.change)
	}
	return v
}

// shortWhen is when something is as a message has room for it: the date that
// is told, or where that matters the last day to register.
func (e *edition) shortWhen(t told, kind, line string) string {
	if t.change != nil {
		return e.changedWords(*t.change)
	}
	if kind == "closing" {
		return e.shortMoment(t.Value.Registration.Deadline)
	}
	if t.on == nil {
		o, ok := t.Soonest()
		if !ok {
			return line
		}
		t.on = &o
	}
	if first, last := t.on.Days(); first != last {
		return line
	}
	at := momentOf(t.on.Start)
	at.Timed = !t.on.AllDay
	return e.shortMoment(at)
}

// shortMoment is a moment in brief: "Sat 5 Dec 2026, 18:00".
func (e *edition) shortMoment(m when.Moment) string {
	day := e.WeekdayShort(m.Date.Weekday()) + " " + e.ShortDate(m.Date)
	if !m.Timed {
		return day
	}
	return day + e.T("join.time") + e.Clock(m.Clock)
}

// joined are the parts that are not empty, in one text.
func joined(by string, parts ...string) string {
	var some []string
	for _, p := range parts {
		if p != "" {
			some = append(some, p)
		}
	}
	return strings.Join(some, by)
}
