package plan

import (
	"cmp"
	"html/template"
	"slices"
	"strconv"

	"fursa/generator/catalogue"
	"fursa/schema"
	"fursa/schema/when"
)

// perPage is how many cards a page of a list holds.
const perPage = 50

// pages are all HTML pages of the edition.
func (e *edition) pages() []Output {
	outputs := []Output{
		e.render(e.file(""), "home", func() any { return e.homePage() }),
		e.render(e.prefix+"404.html", "not-found", func() any { return e.notFoundPage() }),
		e.render(e.file("search"), "search", func() any { return e.searchPage() }),
		e.render(e.file("channel"), "channel", func() any { return e.channelPage() }),
		e.render(e.file("saved"), "saved", func() any { return e.savedPage() }),
		e.render(e.file("submit"), "submit", func() any { return e.submitPage() }),
		e.submitOutput(),
	}
	outputs = append(outputs, e.embeds()...)
	outputs = append(outputs, e.calendarPages()...)
	outputs = append(outputs, e.listPages(e.everything)...)
	for _, f := range e.families {
		outputs = append(outputs, e.render(e.file(f.name), "terms", func() any { return e.termsPage(f) }))
		for _, s := range f.sets {
			outputs = append(outputs, e.listPages(s, f.sets...)...)
		}
	}
	outputs = append(outputs, e.pastPages()...)
	outputs = append(outputs, e.federation()...)
	for _, l := range e.Own() {
		x := e.entries[l]
		outputs = append(outputs, e.render(e.file(l.Path), "listing", func() any { return e.listingPage(x) }))
		if x.dated(e.Today) {
			outputs = append(outputs, e.ownCalendar(x))
		}
	}
	for _, p := range e.Pages {
		outputs = append(outputs, e.render(e.file(p.Path), "page", func() any { return e.textPage(p) }))
	}
	return outputs
}

func (e *edition) newEverything() *set {
	title := e.T("nav.listings")
	return &set{
		Set:   &catalogue.Set{Name: "opportunities", Listings: e.Current},
		title: Text{Text: title}, heading: e.T("list.listings"),
	}
}

func (e *edition) allLink() Link {
	return Link{Text: e.T("nav.listings"), URL: e.href("opportunities"), Count: e.N("count.listings", len(e.Current))}
}

func (e *edition) cards(listings []*catalogue.Listing) []template.HTML {
	var cards []template.HTML
	for _, l := range listings {
		cards = append(cards, e.card(l))
	}
	return cards
}

func (e *edition) termsPage(f family) TermsPage {
	p := TermsPage{Page: e.page(f.name, f.title, e.described(f.title)), Family: f.name, Entries: e.tree(slices.Concat(f.sets, f.elsewhere), nil)}
	if f.name == "subjects" {
		p.Figures = e.allFigures()
	}
	if f.name == "schools" {
		p.Entries = e.schoolLinks()
		p.Channel = &Link{Text: e.T("make.title"), URL: e.href("channel")}
	}
	p.Feeds = e.everything.feeds
	p.Crumbs = e.crumbs()
	return p
}

func (e *edition) notFoundPage() NotFoundPage {
	p := NotFoundPage{Page: e.page("", e.T("not-found.title"), ""), All: e.allLink()}
	p.Canonical, p.Alternates, p.NoIndex = "", nil, true
	return p
}

// savedPage is the frame of what a visitor keeps; a script fills it.
func (e *edition) savedPage() SavedPage {
	p := SavedPage{Page: e.page("saved", e.T("saved.title"), e.T("saved.intro")), All: e.allLink(), Script: e.scripts["saved"]}
	p.NoIndex = true
	return p
}

func (e *edition) textPage(r *catalogue.Record[schema.Page]) TextPage {
	v, body, written := r.In(e.lang)
	p := TextPage{Page: e.page(r.Path, v.Title, v.Summary), Heading: e.pageTitle(r)}
	if !written {
		e.original(&p.Page, r.Path, r.Lang)
	}
	mark := e.mark("x", written, r.Lang)
	p.Body = Rich{template.HTML(e.markdown.HTML(body, 2)), mark.Lang, mark.Dir} //nolint:gosec // goldmark without raw HTML
	p.Crumbs = e.crumbs()
	return p
}

// listPages are the pages of a set, the first at its path, further ones at
// page/2/ and so on.
func (e *edition) listPages(s *set, family ...*set) []Output {
	if s.school != nil {
		return e.schoolPages(s)
	}
	var outputs []Output
	path := s.Path()
	for n := range pageCount(len(s.Listings)) {
		outputs = append(outputs, e.render(e.file(pagePath(path, n)), "list", func() any { return e.listPage(s, path, n, family) }))
	}
	return outputs
}

func pageCount(listings int) int { return max(1, (listings+perPage-1)/perPage) }

// part is what stands on the n-th page of a list.
func part(listings []*catalogue.Listing, n int) []*catalogue.Listing {
	return listings[n*perPage : min((n+1)*perPage, len(listings))]
}

func pagePath(path string, n int) string {
	if n == 0 {
		return path
	}
	return path + "/page/" + strconv.Itoa(n+1)
}

// described is the description of a page of which nobody has written anything:
// what it has, and what it is a page of.
func (e *edition) described(what string) string { return what + ". " + e.view.Description }

func (e *edition) listPage(s *set, path string, n int, family []*set) ListPage {
	p := ListPage{Page: e.page(pagePath(path, n), s.heading, ""), Heading: s.heading}
	p.Count = e.N("count.listings", len(s.Listings))
	p.Feeds = s.feeds
	p.Crumbs = e.crumbs(e.familyCrumb(s)...)
	p.Family, p.Coming = s.Family, true
	p.Preview = e.previewOf(s.Term)
	p.Groups = e.months(part(s.Listings, n), func(l *catalogue.Listing) when.Date { return l.Next })
	p.Pager = e.pager(path, n, pageCount(len(s.Listings)))
	if p.Pager != nil {
		p.Title += " – " + p.Pager.Text
	}
	if s.Term != nil {
		p.Narrower = e.tree(family, s.Term)
		p.Intro = e.words(s.Term.Description).Text
		if b := s.Term.Broader; b != nil {
			link := e.termLink(b)
			p.Broader = &link
		}
	}
	p.Description = cmp.Or(p.Intro, e.described(s.heading+": "+p.Count))
	p.Figures = e.figuresOf(part(s.Listings, n)...)
	if s.Term != nil && s.Family == "subjects" {
		p.Hue, p.Pattern, p.Figures = e.Subjects.Hue(s.Term), e.figure(s.Term), e.allFigures()
	}
	p.Data = e.listData(s.heading, path, n, part(s.Listings, n), p.Crumbs)
	if n > 0 {
		return p
	}
	p.Facets, p.OEmbed = e.facetsOf(s), e.oembedAddress(s)
	switch {
	case s.provider != nil:
		p.Provider, p.Data = e.providerView(s.provider), e.providerData(s.provider)+p.Data
		p.Description = p.Provider.Summary.Text
		for _, l := range s.provider.Past[:min(20, len(s.provider.Past))] {
			p.Past = append(p.Past, e.listingLink(l))
		}
	case s.pathway != nil:
		p.Pathway, p.Data = e.pathwayView(s.pathway), e.pathwayData(s.pathway)+p.Data
		p.Description = p.Pathway.Summary.Text
	case s.badge != nil:
		p.Badge, p.Data = e.badgeView(s.badge), e.badgeData(s.badge)+p.Data
		p.Description = p.Badge.Description.Text
	}
	return p
}

// familyCrumb leads to the list of all sets of a set's family.
func (e *edition) familyCrumb(s *set) []Link {
	if s.Family == "" {
		return nil
	}
	return []Link{{Text: e.T("nav." + s.Family), URL: e.href(s.Family)}}
}

// months puts listings, sorted by a day of theirs, under its months.
func (e *edition) months(listings []*catalogue.Listing, day func(*catalogue.Listing) when.Date) []Group {
	return e.grouped(listings, e.monthOf(day), e.card)
}

// monthOf says under which heading a listing stands by a day of its.
func (e *edition) monthOf(day func(*catalogue.Listing) when.Date) func(*catalogue.Listing) string {
	return func(l *catalogue.Listing) string {
		if d := day(l); !d.IsZero() {
			return e.Month(d.Year, d.Month)
		}
		return e.T("list.anytime")
	}
}

// grouped puts the cards of listings under their headings.
func (e *edition) grouped(listings []*catalogue.Listing, heading func(*catalogue.Listing) string, card func(*catalogue.Listing) template.HTML) []Group {
	var groups []Group
	for _, l := range listings {
		if h := heading(l); len(groups) == 0 || groups[len(groups)-1].Heading != h {
			groups = append(groups, Group{Heading: h})
		}
		last := &groups[len(groups)-1]
		last.Cards = append(last.Cards, card(l))
	}
	return groups
}

func (e *edition) pager(path string, n, pages int) *Pager {
	if pages == 1 {
		return nil
	}
	p := &Pager{Text: e.T("page.of", "page", e.Number(float64(n+1)), "pages", e.Number(float64(pages)))}
	if n > 0 {
		p.Previous = e.href(pagePath(path, n-1))
	}
	if n+1 < pages {
		p.Next = e.href(pagePath(path, n+1))
	}
	return p
}

// pastPages are what can no longer be joined, by year.
func (e *edition) pastPages() []Output {
	if len(e.Years) == 0 {
		return nil
	}
	outputs := []Output{e.render(e.file("past"), "terms", func() any {
		p := TermsPage{Page: e.page("past", e.T("nav.past"), e.described(e.T("nav.past"))), Family: "past"}
		for _, y := range e.Years {
			p.Entries = append(p.Entries, Link{Text: y.Name, URL: e.href(y.Path()), Count: e.Number(float64(len(y.Listings)))})
		}
		p.Crumbs = e.crumbs()
		return p
	})}
	for _, y := range e.Years {
		path, pages := y.Path(), pageCount(len(y.Listings))
		for n := range pages {
			outputs = append(outputs, e.render(e.file(pagePath(path, n)), "list", func() any { return e.pastPage(y, path, n, pages) }))
		}
	}
	return outputs
}

func (e *edition) pastPage(y *catalogue.Set, path string, n, pages int) ListPage {
	heading := e.T("list.past-year", "year", y.Name)
	p := ListPage{Page: e.page(pagePath(path, n), heading, e.described(heading)), Heading: heading}
	p.Count = e.N("count.past-listings", len(y.Listings))
	p.Crumbs = e.crumbs(Link{Text: e.T("nav.past"), URL: e.href("past")})
	p.Pager = e.pager(path, n, pages)
	p.Family, p.Figures = "past", e.figuresOf(part(y.Listings, n)...)
	p.Groups = e.months(part(y.Listings, n), func(l *catalogue.Listing) when.Date { return l.Last })
	return p
}

func (e *edition) providerView(p *catalogue.Provider) *ProviderView {
	r := p.Record
	v, body, written := r.In(e.lang)
	view := &ProviderView{
		Summary:      e.pick(v.Summary, r.Value.Summary, r.Lang),
		Contact:      e.providerContact(p),
		Endorsements: e.endorsements(p.Endorsements),
	}
	if v.Kind != "" {
		view.Kind = e.T("provider-kind." + v.Kind)
	}
	if v.Logo != nil {
		view.Logo = e.picture(v.Logo)
	}
	if body != "" {
		mark := e.mark("x", written && body != r.Body, r.Lang)
		view.Body = Rich{template.HTML(e.markdown.HTML(body, 2)), mark.Lang, mark.Dir} //nolint:gosec // goldmark without raw HTML
	}
	return view
}

func (e *edition) pathwayView(p *catalogue.Pathway) *PathwayView {
	r := p.Record
	v, body, written := r.In(e.lang)
	view := &PathwayView{Summary: e.pick(v.Summary, r.Value.Summary, r.Lang)}
	if body != "" {
		mark := e.mark("x", written && body != r.Body, r.Lang)
		view.Body = Rich{template.HTML(e.markdown.HTML(body, 2)), mark.Lang, mark.Dir} //nolint:gosec // goldmark without raw HTML
	}
	for i, s := range v.Steps {
		step := StepView{Note: e.pick(s.Note, r.Value.Steps[i].Note, r.Lang)}
		if s.Grade != "" {
			step.Grade = e.grade(s.Grade)
		}
		for _, path := range []string{"opportunities/" + s.Opportunity, "badges/" + s.Badge} {
			if link, ok := e.recordLink(path); ok {
				step.Link = &link
			}
		}
		view.Steps = append(view.Steps, step)
	}
	return view
}

func (e *edition) badgeView(b *catalogue.Badge) *BadgeView {
	r := b.Record
	v, _, _ := r.In(e.lang)
	view := &BadgeView{
		Description: e.pick(v.Description, r.Value.Description, r.Lang),
		Criteria:    e.pick(v.Criteria, r.Value.Criteria, r.Lang),
		Skills:      e.termLinks(e.skillTerms(r.Value.Skills)),
	}
	if b.Issuer != nil {
		link := e.providerLink(b.Issuer)
		view.Issuer = &link
	}
	for _, l := range b.Unlocks {
		view.Unlocks = append(view.Unlocks, e.listingLink(l))
	}
	return view
}

func (e *edition) skillTerms(ids []string) []*catalogue.Term {
	var terms []*catalogue.Term
	for _, id := range ids {
		if t := e.Skills.Term(id); t != nil {
			terms = append(terms, t)
		}
	}
	return terms
}

// newest are the n listings that were published last, the newest first.
func newest(listings []*catalogue.Listing, n int) []*catalogue.Listing {
	sorted := slices.Clone(listings)
	slices.SortFunc(sorted, func(a, b *catalogue.Listing) int {
		return cmp.Or(b.Published.Compare(a.Published), cmp.Compare(a.ID, b.ID))
	})
	return sorted[:min(n, len(sorted))]
}

// durationWords is a duration of months, days, hours and minutes.
func (e *edition) durationWords(d when.Duration) string {
	var parts []string
	for _, part := range []struct {
		key string
		n   int
	}{{"count.years", d.Years}, {"count.months", d.Months}, {"count.weeks", d.Weeks}, {"count.days", d.Days}} {
		if part.n > 0 {
			parts = append(parts, e.N(part.key, part.n))
		}
	}
	if d.Hours > 0 || d.Minutes > 0 {
		parts = append(parts, e.Duration(d.Hours, d.Minutes))
	}
	return e.List(parts)
}
