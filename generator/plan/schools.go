package plan

import (
	"html/template"
	"slices"

	"fursa/generator/catalogue"
	"fursa/schema"
	"fursa/schema/when"
)

const (
	// ofSchool is how many listings a school's pages hold: nobody reads more,
	// and a school that has asked for too much is told so.
	ofSchool = 4 * perPage
	// approvalDays is how many days ahead a deadline is soon for a school:
	// parents, and often a ministry, must agree first.
	approvalDays = 42
	// newOfSchool is how many new listings a school's page names.
	newOfSchool = 5
)

// schools are the sets of the schools that read the edition's language.
func (e *edition) schools() []*set {
	var sets []*set
	for _, s := range e.Schools {
		if slices.Contains(s.Languages, e.lang) {
			title := e.schoolName(s)
			sets = append(sets, &set{Set: &s.Set, title: title, heading: title.Text, school: s})
		}
	}
	return sets
}

func (e *edition) schoolName(s *catalogue.School) Text {
	v, _, _ := s.Record.In(e.lang)
	return e.pick(v.Name, s.Record.Value.Name, s.Record.Lang)
}

// schoolLinks lead to all schools; to one without pages in the edition's
// language, in the language that leads there.
func (e *edition) schoolLinks() []Link {
	var links []Link
	for _, s := range e.Schools {
		title := e.schoolName(s)
		link := Link{Text: title.Text, Lang: title.Lang, Dir: title.Dir, URL: e.href(s.Path()), Count: e.Number(float64(len(s.Listings)))}
		if !e.has(s.Path()) {
			link.URL = e.editionIn(s.Languages[0]).href(s.Path())
		}
		links = append(links, link)
	}
	slices.SortStableFunc(links, func(a, b Link) int { return e.Compare(a.Text, b.Text) })
	return links
}

// editionIn is the edition in a language of the catalogue.
func (s *site) editionIn(lang string) *edition {
	return s.editions[slices.IndexFunc(s.editions, func(e *edition) bool { return e.lang == lang })]
}

// has says whether a record has a page in this edition: all have, but schools
// choose their languages.
func (e *edition) has(path string) bool {
	i := slices.IndexFunc(e.Schools, func(s *catalogue.School) bool { return s.Path() == path })
	return i < 0 || slices.Contains(e.Schools[i].Languages, e.lang)
}

// pageOf is what every page of a school has: it is known in the school's
// languages, and to who reads neither in the leading one.
func (e *edition) pageOf(s *catalogue.School, path, title, description string) Page {
	p := e.page(path, title, description)
	p.Alternates, p.Languages = nil, nil
	if len(s.Languages) == 1 {
		return p
	}
	for _, lang := range s.Languages {
		other := e.editionIn(lang)
		p.Alternates = append(p.Alternates, Alternate{lang, e.url(other.file(path))})
		if other != e {
			p.Languages = append(p.Languages, other.link(path))
		}
	}
	p.Alternates = append(p.Alternates, Alternate{"x-default", p.Alternates[0].URL})
	return p
}

// schoolPages are the pages of what a school receives, and that of its hours.
func (e *edition) schoolPages(s *set) []Output {
	var outputs []Output
	for n := range pageCount(min(len(s.Listings), ofSchool)) {
		outputs = append(outputs, e.render(e.file(pagePath(s.Path(), n)), "school", func() any { return e.schoolPage(s, n) }))
	}
	outputs = append(outputs, e.render(e.file(schoolEmbed(s.school)), "embed", func() any { return e.schoolEmbedPage(s) }))
	if at := timetablePath(s.school); at != "" {
		outputs = append(outputs, e.render(e.file(at), "timetable", func() any { return e.timetablePage(s, at) }))
	}
	return append(outputs, e.posters(s)...)
}

func (e *edition) schoolPage(s *set, n int) SchoolPage {
	listed := s.Listings[:min(len(s.Listings), ofSchool)]
	path, pages := s.Path(), pageCount(len(listed))
	p := SchoolPage{Page: e.pageOf(s.school, pagePath(path, n), s.heading, ""), Heading: s.title}
	p.Count = e.N("count.listings", len(s.Listings))
	p.Description = e.described(s.heading + ": " + p.Count)
	p.Feeds, p.Crumbs = s.feeds, e.crumbs(e.familyCrumb(s)...)
	p.Preview = e.previewOf(nil)
	p.Groups = e.schoolGroups(s.school, part(listed, n), n)
	p.Pager = e.pager(path, n, pages)
	if p.Pager != nil {
		p.Title += " – " + p.Pager.Text
	}
	if left := len(s.Listings) - len(listed); left > 0 && n == pages-1 {
		p.Left = e.N("school.left", left)
	}
	p.Figures = e.figuresOf(part(listed, n)...)
	p.Data = e.listData(s.heading, path, n, part(listed, n), p.Crumbs)
	if n == 0 {
		e.introduce(&p, s)
	}
	return p
}

// introduce says on a school's first page who it is, what it has asked for, and
// what cannot wait.
func (e *edition) introduce(p *SchoolPage, s *set) {
	v, _, _ := s.school.Record.In(e.lang)
	if v.Place != nil {
		p.Where = e.addressOf(v.Place.Address, v.Place.Locality, v.Place.Postcode)
	}
	p.Grades = e.gradeWords(v.Grades)
	p.Want = e.wants(v.Want)
	p.Everything = len(p.Want) == 0
	p.Reads = e.reads(s, v.Channels)
	p.Packages = e.packages(s)
	code := e.embedCode(schoolEmbed(s.school), e.folder(s), s.Path(), s.heading)
	p.Embed, p.OEmbed = &code, e.oembedAddress(s)
	if at := timetablePath(s.school); at != "" {
		p.Timetable = &Link{Text: e.T("school.timetable"), URL: e.href(at)}
	}
	p.Poster = e.posterLink(s.school)
	for _, l := range e.DeadlinesOf(s.Listings, approvalDays) {
		p.Closing = append(p.Closing, e.schoolRow(l, e.DateTime(l.Value.Registration.Deadline)))
	}
	for _, l := range e.newOf(s.Listings) {
		p.New = append(p.New, e.schoolRow(l, e.T("kind."+l.Value.Kind)))
	}
}

// newOf are the newest of a school's listings: those of the last days, or
// where there is none, none. All is new to a catalogue that begins.
func (e *edition) newOf(listings []*catalogue.Listing) []*catalogue.Listing {
	since := e.Today.AddDays(-newDays).In(e.Zone)
	fresh := func(l *catalogue.Listing) bool { return !l.Published.Before(since) }
	if !slices.ContainsFunc(listings, func(l *catalogue.Listing) bool { return !fresh(l) }) {
		return nil
	}
	return slices.DeleteFunc(newest(listings, newOfSchool), func(l *catalogue.Listing) bool { return !fresh(l) })
}

// schoolRow is a listing in one line, with something said before it.
func (e *edition) schoolRow(l *catalogue.Listing, first string) AgendaEntry {
	x := e.entries[l]
	line, _ := e.whenLine(x)
	row := AgendaEntry{Time: first, Listing: e.listingLink(l), Place: capital(line)}
	row.Hue, _ = e.look(x)
	return row
}

// schoolGroups are the cards of the n-th page: what is pinned, then by month.
func (e *edition) schoolGroups(s *catalogue.School, listings []*catalogue.Listing, n int) []Group {
	pinned := max(0, min(s.Pinned-n*perPage, len(listings)))
	card := func(l *catalogue.Listing) template.HTML { return e.cardWhy(l, s.Why(l)) }
	groups := e.grouped(listings[pinned:], e.monthOf(func(l *catalogue.Listing) when.Date { return l.Next }), card)
	if pinned == 0 {
		return groups
	}
	chosen := Group{Heading: e.T("school.pinned")}
	for _, l := range listings[:pinned] {
		chosen.Cards = append(chosen.Cards, card(l))
	}
	return append([]Group{chosen}, groups...)
}

// cardWhy is a card that says why it is there.
func (e *edition) cardWhy(l *catalogue.Listing, reasons []catalogue.Reason) template.HTML {
	why := e.why(reasons)
	if why == "" {
		return e.card(l)
	}
	x := e.entries[l]
	if known, ok := x.cards.Load(why); ok {
		return known.(template.HTML)
	}
	card := e.newCard(x)
	card.Why = why
	drawn := e.rendered(card)
	x.cards.Store(why, drawn)
	return drawn
}

// reads are the ways in which a school reads what it receives, with the feed
// that each takes, or the page.
func (e *edition) reads(s *set, channels []string) []Link {
	at := e.path(e.folder(s))
	feeds := map[string]string{
		"rss": rssName, "moodle": rssName, "teams": rssName, "website": "#embed",
		"canvas": atomName, "calendar": icsName, "managebac": icsName,
	}
	var links []Link
	for _, c := range channels {
		link := Link{Text: e.T("channel." + c)}
		if file := feeds[c]; file != "" {
			link.URL = at + file
		}
		switch c {
		case "screen":
			link.URL = e.boardLink(s.school)
		case "print":
			link.URL = e.posterLink(s.school).URL
		case "email", "whatsapp", "class-dojo", "google-classroom": // sent by somebody, who finds it ready
			link.URL = e.newsletterOf(s)
		}
		links = append(links, link)
	}
	return links
}

// gradeWords are grades in words, three and more in a row by the first and the
// last.
func (e *edition) gradeWords(grades []string) string {
	var names []string
	for _, g := range grades {
		names = append(names, e.grade(g))
	}
	if len(grades) > 2 && inARow(e.Settings.Grades, grades) {
		return e.T("reason.grades", "first", names[0], "last", names[len(names)-1])
	}
	return e.List(names)
}

// inARow says whether grades follow one another as the catalogue has them.
func inARow(all []schema.Grade, grades []string) bool {
	first := slices.IndexFunc(all, func(g schema.Grade) bool { return g.ID == grades[0] })
	for i, id := range grades {
		if first < 0 || first+i >= len(all) || all[first+i].ID != id {
			return false
		}
	}
	return true
}
