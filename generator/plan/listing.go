package plan

import (
	"bytes"
	"html/template"
	"slices"
	"unicode/utf8"

	"fursa/generator/catalogue"
	"fursa/schema"
	"fursa/schema/when"
)

func (e *edition) title(x *entry) Text { return e.pick(x.value.Title, x.Value.Title, x.Lang) }

func (e *edition) summary(x *entry) Text { return e.pick(x.value.Summary, x.Value.Summary, x.Lang) }

// card is a listing in a list; lists hold cards ready made, because a listing
// stands in many.
func (e *edition) card(l *catalogue.Listing) template.HTML {
	x := e.entries[l]
	return x.card.get(func() template.HTML { return e.rendered(e.newCard(x)) })
}

func (e *edition) newCard(x *entry) Card {
	card := Card{
		Title: e.title(x), Summary: e.gist(x), URL: e.hrefOf(x.Listing), Origin: e.originOf(x.Listing), Elsewhere: x.IsForeign(),
		Kind: e.T("kind." + x.Value.Kind), Status: x.Status, State: e.state(x),
		Where: capital(e.where(x)), Ages: capital(e.agesOf(x)), Cost: capital(e.price(x)),
		Times: e.truths(x),
	}
	card.When, card.Start = e.whenLine(x)
	card.When = capital(card.When)
	card.Hue, card.Pattern = e.look(x)
	if i := x.value.Image; i != nil {
		card.Image = e.picture(i)
	}
	return card
}

func (e *edition) rendered(card Card) template.HTML {
	var b bytes.Buffer
	if err := e.templates.ExecuteTemplate(&b, "card", card); err != nil {
		e.failed.CompareAndSwap(nil, &err) // the page that asked for the card fails
	}
	return template.HTML(b.String()) //nolint:gosec // rendered by html/template
}

// gist is as much of a summary as a card shows.
func (e *edition) gist(x *entry) Text {
	t := e.summary(x)
	t.Text = beginning(t.Text)
	return t
}

// look is the colour of a listing's first subject, and its figure.
func (e *edition) look(x *entry) (int, template.HTML) {
	if len(x.Subjects) == 0 {
		return 0, ""
	}
	return e.Subjects.Hue(x.Subjects[0]), e.figure(x.Subjects[0])
}

// listingPage is the page of one listing.
func (e *edition) listingPage(x *entry) ListingPage {
	v := x.value
	p := ListingPage{
		Page:    e.page(x.Path, v.Title, v.Summary),
		Path:    x.Path,
		Heading: e.title(x), Summary: e.summary(x),
		Kind:   e.T("kind." + v.Kind),
		Times:  e.truths(x),
		Status: x.Status, State: e.state(x),
		Facts:   e.facts(x),
		More:    e.more(x),
		Join:    e.join(x),
		Contact: e.contact(x),
		Links:   links(v.Links),
		Next:    e.next(x),
		Address: e.url(e.file(x.Path)),
	}
	p.Hue, p.Pattern = e.look(x)
	p.Long = utf8.RuneCountInString(v.Title) > inLargeType
	p.Published = e.Date(when.DateOf(x.Published.In(e.Zone)))
	if x.Ended && x.Status == catalogue.StatusOpen {
		p.Status = "ended"
	}
	e.place(&p, x)
	if x.Joinable(e.Today) && v.Registration != nil {
		p.Register = v.Registration.URL
	}
	if x.body != "" {
		body := e.mark("x", x.written && x.body != x.Body, x.Lang)
		p.Body = Rich{template.HTML(e.markdown.HTML(x.body, 3)), body.Lang, body.Dir} //nolint:gosec // goldmark without raw HTML
	}
	e.crumbsOf(&p, x)
	e.people(&p, x)
	e.illustrate(&p, x)
	for _, m := range v.Materials {
		p.Materials = append(p.Materials, e.material(m))
	}
	similar := e.Similar(x.Listing)
	p.Similar = e.cards(similar)
	e.tell(&p, x)
	p.Figures = e.figuresOf(append(similar, x.Listing)...)
	p.Feeds = e.feeds[x.Provider]
	p.Data = e.listingData(x, p.Crumbs)
	return p
}

// place says in which languages a listing's page is known to search engines.
func (e *edition) place(p *ListingPage, x *entry) {
	p.NoIndex = x.Status == catalogue.StatusDraft
	if x.written {
		p.Alternates = e.written(x)
		return
	}
	e.original(&p.Page, x.Path, x.Lang)
	p.Untranslated = e.T("untranslated.notice", "language", e.LanguageName(x.Lang))
}

// illustrate gives a page its image. One that stands elsewhere is not loaded:
// pages ask nobody but their own host.
func (e *edition) illustrate(p *ListingPage, x *entry) {
	p.Preview = e.preview(x)
	i := x.value.Image
	if i == nil {
		return
	}
	if p.Image = e.picture(i); p.Image == nil {
		p.Links = append(p.Links, Link{Text: i.Alt, URL: i.Src})
	}
}

func (e *edition) material(m schema.Material) Link {
	link := Link{Text: m.Title, URL: m.URL}
	if m.For != "" {
		link.Notes = append(link.Notes, e.T("material."+m.For))
	}
	if m.Language != "" {
		link.Notes = append(link.Notes, e.LanguageName(m.Language))
	}
	if m.Licence != "" {
		link.Notes = append(link.Notes, m.Licence)
	}
	return link
}

// written are the alternates of a listing: the languages that it is really
// written in.
func (e *edition) written(x *entry) []Alternate {
	var alternates []Alternate
	for _, other := range e.editions {
		if _, _, ok := x.In(other.lang); ok {
			alternates = append(alternates, Alternate{other.lang, e.url(other.file(x.Path))})
		}
	}
	if len(alternates) < 2 {
		return nil
	}
	return append(alternates, Alternate{"x-default", alternates[0].URL})
}

func (e *edition) crumbsOf(p *ListingPage, x *entry) {
	crumbs := []Link{{Text: e.T("nav.listings"), URL: e.href("opportunities")}}
	if x.Ended {
		year := when.Date{Year: x.Last.Year, Month: 1, Day: 1}.String()[:4]
		crumbs = []Link{{Text: e.T("nav.past"), URL: e.href("past")}, {Text: year, URL: e.href("past/" + year)}}
	} else if len(x.Subjects) > 0 {
		crumbs = append(crumbs, e.termLink(x.Subjects[0]))
	}
	p.Crumbs = e.crumbs(crumbs...)
}

// people says who runs a listing and who vouches for it.
func (e *edition) people(p *ListingPage, x *entry) {
	if x.Provider != nil {
		link := e.providerLink(x.Provider)
		p.Provider = &link
		p.Endorsements = e.endorsements(append(slices.Clone(x.Endorsements), x.Provider.Endorsements...))
	}
	for _, partner := range x.Partners {
		p.Partners = append(p.Partners, e.providerLink(partner))
	}
}

func (e *edition) endorsements(list []*catalogue.Endorsement) []EndorsementView {
	var views []EndorsementView
	for _, x := range list {
		if x.By == nil {
			continue
		}
		v, _, _ := x.In(e.lang)
		views = append(views, EndorsementView{e.providerLink(x.By), e.pick(v.Statement, x.Value.Statement, x.Lang)})
	}
	return views
}

// contact is whom to ask: the listing's contact, else its provider's.
func (e *edition) contact(x *entry) *Contact {
	if c := x.value.Contact; c != nil {
		return &Contact{c.Name, c.Email, c.Phone, ""}
	}
	if x.Provider == nil {
		return nil
	}
	return e.providerContact(x.Provider)
}

func (e *edition) providerContact(p *catalogue.Provider) *Contact {
	v, _, _ := p.Record.In(e.lang)
	c := &Contact{URL: v.URL}
	if v.Contact != nil {
		c.Name, c.Email, c.Phone = v.Contact.Name, v.Contact.Email, v.Contact.Phone
	}
	if *c == (Contact{}) {
		return nil
	}
	return c
}

// next leads on from a listing: the pathways that it is part of, the festival
// that it belongs to, what its badges unlock.
func (e *edition) next(x *entry) []Link {
	var links []Link
	for _, path := range x.Value.PartOf {
		if link, ok := e.recordLink(path); ok {
			links = append(links, link)
		}
	}
	if c := x.Value.Credential; c != nil {
		for _, b := range e.Badges {
			if !slices.Contains(c.Badges, b.Name) {
				continue
			}
			for _, l := range b.Unlocks {
				links = append(links, e.listingLink(l))
			}
		}
	}
	return links
}

func links(list []schema.Link) []Link {
	var out []Link
	for _, l := range list {
		out = append(out, Link{Text: l.Title, URL: l.URL})
	}
	return out
}
