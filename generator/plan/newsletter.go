package plan

import (
	"bytes"
	"fmt"
	"io"
	"path"
	"sort"
	"strings"
	"time"

	"fursa/feeds"
	"fursa/generator/catalogue"
	"fursa/schema/colour"
	"fursa/schema/when"
)

const (
	// newsletterName is the folder of a newsletter below what it is of.
	newsletterName = "newsletter"
	messageName    = "message.txt"
	// mailBytes bounds an e-mail: Gmail cuts what is longer than 102 KiB, and
	// the tool that sends it adds its own.
	mailBytes = 90 << 10
)

// newsletter is what a school, or whoever reads the whole catalogue, can send
// on by e-mail and in group chats. A school's stands once, with its leading
// language, and is in its first two.
type newsletter struct {
	*edition
	editions []*edition
	of       *set
	at       string
	issues   [len(spans)]once[[]chapter]
}

// newsletters are the files of the newsletters that stand in this edition.
func (e *edition) newsletters() []Output {
	all := (&newsletter{edition: e, editions: []*edition{e}, of: e.everything, at: e.newsletterFolder(e.everything)}).outputs()
	for _, f := range e.families {
		for _, s := range f.sets {
			if at := e.newsletterFolder(s); at != "" {
				n := &newsletter{edition: e, editions: e.sideBySide(s.school), of: s, at: at}
				all = append(all, n.outputs()...)
			}
		}
	}
	return all
}

// newsletterFolder is where a set's newsletter stands in this edition; empty
// where it has none here.
func (e *edition) newsletterFolder(s *set) string {
	if s.followed() && (s.school == nil || s.school.Languages[0] == e.lang) {
		return path.Join(strings.TrimSuffix(strings.TrimPrefix(e.folder(s), e.prefix), "/"), newsletterName)
	}
	return ""
}

// newsletterOf is the address of the page of a set's newsletter.
func (e *edition) newsletterOf(s *set) string {
	if s.school == nil {
		return e.href(newsletterName)
	}
	return e.editionIn(s.school.Languages[0]).href(s.Path() + "/" + newsletterName)
}

func (n *newsletter) outputs() []Output {
	at := n.prefix + n.at + "/"
	outputs := []Output{
		n.render(n.file(n.at), "newsletter", func() any { return n.newsletterPage() }),
		{Path: at + rssName, Class: FeedClass, Write: func(w io.Writer) error { return n.feed(w) }},
		{Path: at + messageName, Class: FeedClass, Write: func(w io.Writer) error {
			_, err := io.WriteString(w, n.message()+"\n")
			return err
		}},
	}
	for i, p := range spans {
		outputs = append(outputs, Output{Path: at + p.name + ".html", Class: PageClass, Write: func(w io.Writer) error {
			m, err := n.mail(i)
			if err != nil {
				return err
			}
			return n.templates.ExecuteTemplate(w, "mail", m)
		}}, Output{Path: at + p.name + ".txt", Class: FeedClass, Write: func(w io.Writer) error {
			_, err := io.WriteString(w, mailText(n.columns(i, n.issue(i))))
			return err
		}})
	}
	return outputs
}

// issue is what the i-th of spans has to tell.
func (n *newsletter) issue(i int) []chapter {
	return n.issues[i].get(func() []chapter {
		pinned := 0
		if n.of.school != nil {
			pinned = n.of.school.Pinned
		}
		return n.site.issue(n.of.Listings, pinned, spans[i])
	})
}

// mail is the i-th of spans as an e-mail, with as many listings as its size
// allows.
func (n *newsletter) mail(i int) (Mail, error) {
	issue := n.issue(i)
	all := size(issue)
	var failed error
	fits := func(left int) bool {
		var b bytes.Buffer
		failed = n.templates.ExecuteTemplate(&b, "mail", n.mailOf(i, shortened(issue, all-left)))
		return failed != nil || b.Len() <= mailBytes
	}
	left := 0
	if !fits(0) { // hardly ever
		left = 1 + sort.Search(all-1, func(more int) bool { return fits(1 + more) })
	}
	return n.mailOf(i, shortened(issue, all-left)), failed
}

func (n *newsletter) mailOf(i int, issue []chapter) Mail {
	m := Mail{Lang: n.lang, Dir: n.dir, Accent: accentOf(n.Catalogue), Columns: n.columns(i, issue)}
	m.Title, m.Preheader = m.Columns[0].Title, m.Columns[0].Gist
	return m
}

// columns are an issue in each of the newsletter's languages.
func (n *newsletter) columns(i int, issue []chapter) []IssueView {
	var views []IssueView
	for _, e := range n.editions {
		views = append(views, e.issueView(n.of, spans[i], issue))
	}
	return views
}

// accentOf is the catalogue's accent, moved until it is seen on white and on
// the black of a mail program at night, because a mail has one style for both.
func accentOf(c *catalogue.Catalogue) string {
	const seen = 3 // WCAG 2, success criterion 1.4.11
	light, _ := catalogue.Schemes(c.Settings.Look)
	near, _ := colour.Nearest(light.Accent, func(c colour.Colour) bool {
		return colour.Contrast(c, colour.White) >= seen && colour.Contrast(c, colour.Colour{R: 0x1E, G: 0x1E, B: 0x1E}) >= seen
	})
	return near.Hex()
}

// feed has one item a week, for tools that send an e-mail for each new item:
// the week's issue as it is today. In a week without anything it has its
// standing item, which is never new.
func (n *newsletter) feed(w io.Writer) error {
	c := n.emptyChannel(n.of)
	c.ID += newsletterName
	c.Self, c.Link = n.url(n.prefix+n.at+"/"+rssName), n.url(n.file(n.at))
	c.Title = n.T("news.feed-title", "list", c.Title)
	c.Description = n.T("news.feed-for")
	c.Empty.ID, c.Empty.Link = c.ID+"#empty", c.Link
	m, err := n.mail(0)
	if err != nil {
		return err
	}
	if size(n.issue(0)) == 0 {
		return feeds.RSS(w, c)
	}
	var b bytes.Buffer
	if err := n.templates.ExecuteTemplate(&b, "issue", m); err != nil {
		return err
	}
	name, monday := isoWeek(n.Today)
	c.Items = []feeds.Item{{
		ID: c.ID + "#" + name, Title: m.Title, Link: c.Link, Summary: m.Preheader, HTML: b.String(),
		Published: monday.In(n.Zone),
	}}
	return feeds.RSS(w, c)
}

// isoWeek is a day's week by ISO 8601 ("2026-W48"), and its Monday.
func isoWeek(d when.Date) (string, when.Date) {
	year, week := d.In(time.UTC).ISOWeek()
	return fmt.Sprintf("%d-W%02d", year, week), d.AddDays(-((int(d.Weekday()) + 6) % 7))
}

// newsletterPage shows a newsletter, and how to send it.
func (n *newsletter) newsletterPage() NewsletterPage {
	heading := n.T("news.heading", "name", n.of.heading)
	if n.of.school == nil {
		heading = n.T("news.heading", "name", n.view.Name)
	}
	p := NewsletterPage{Page: n.page(n.at, heading, n.T("news.intro")), Heading: heading}
	if n.of.school != nil {
		p.Alternates, p.Languages = nil, nil
	}
	crumb := Link{Text: n.of.title.Text, Lang: n.of.title.Lang, Dir: n.of.title.Dir, URL: n.href(n.of.Path())}
	p.Crumbs = n.crumbs(append(n.familyCrumb(n.of), crumb)...)
	at := n.prefix + n.at + "/"
	p.Message, p.Messages = n.message(), n.messages()
	p.WhatsApp, p.Email = "https://wa.me/?"+query("text", p.Message), mailto("", p.Heading, p.Message)
	p.Feed = Feed{
		Title: n.T("news.feed-title", "list", heading), Name: n.T("feed.rss"), For: n.T("news.feed-for"),
		URL: n.url(at + rssName), Type: "application/rss+xml",
	}
	for i, s := range spans {
		p.Issues = append(p.Issues, IssuePart{
			Name: s.name, Heading: n.T("news." + s.name), HTML: n.path(at + s.name + ".html"), Text: n.path(at + s.name + ".txt"),
			Columns: n.columns(i, n.issue(i)),
		})
	}
	return p
}
