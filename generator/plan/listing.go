package plan

import (
	"bytes"
	"html/template"
	"slices"
	"strings"

	"fursa/generator/catalogue"
	"fursa/generator/markdown"
	"fursa/schema"
	"fursa/schema/when"
)

func (e *edition) title(x *entry) Text { return e.pick(x.value.Title, x.Value.Title, x.Lang) }

func (e *edition) summary(x *entry) Text { return e.pick(x.value.Summary, x.Value.Summary, x.Lang) }

// card is a listing in a list; lists hold cards ready made, because a listing
// stands in many.
func (e *edition) card(l *catalogue.Listing) template.HTML {
	x := e.entries[l]
	return x.card.get(func() template.HTML { return e.newCard(x) })
}

func (e *edition) newCard(x *entry) template.HTML {
	card := Card{Title: e.title(x), Summary: e.summary(x), URL: e.href(x.Path), State: e.state(x), Status: x.Status}
	card.When, card.Start = e.whenLine(x)
	card.When = capital(card.When)
	facts := []string{e.where(x), e.agesOf(x), e.price(x)}
	card.Facts = slices.DeleteFunc(facts, func(s string) bool { return s == "" })
	var b bytes.Buffer
	if err := e.templates.ExecuteTemplate(&b, "card", card); err != nil {
		e.failed.CompareAndSwap(nil, &err) // the page that asked for the card fails
	}
	return template.HTML(b.String()) //nolint:gosec // rendered by html/template
}

// listingPage is the page of one listing.
func (e *edition) listingPage(x *entry) ListingPage {
	v := x.value
	p := ListingPage{
		Page:    e.page(x.Path, v.Title, v.Summary),
		Heading: e.title(x), Summary: e.summary(x),
		Status: x.Status, State: e.state(x),
		Facts:   e.facts(x),
		Join:    e.join(x),
		Contact: e.contact(x),
		Links:   links(v.Links),
	}
	if x.Ended && x.Status == catalogue.StatusOpen {
		p.Status = "ended"
	}
	if x.Status == catalogue.StatusDraft {
		p.NoIndex = true
	}
	if !x.written {
		e.original(&p.Page, x.Path, x.Lang)
		p.Untranslated = e.T("untranslated.notice", "language", e.LanguageName(x.Lang))
	} else {
		p.Alternates = e.written(x)
	}
	if x.Joinable(e.Today) && v.Registration != nil {
		p.Register = v.Registration.URL
	}
	if x.body != "" {
		body := e.mark("x", x.written && x.body != x.Body, x.Lang)
		p.Body = Rich{template.HTML(e.markdown.HTML(x.body, 3)), body.Lang, body.Dir} //nolint:gosec // goldmark without raw HTML
	}
	e.crumbsOf(&p, x)
	e.people(&p, x)
	if v.Image != nil {
		p.Image = e.picture(v.Image)
	}
	for _, m := range v.Materials {
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
		p.Materials = append(p.Materials, link)
	}
	if x.dated(e.Today) {
		p.Calendar = e.path(e.prefix + x.Path + "/" + icsName)
	}
	p.Next = e.next(x)
	p.Feeds = e.feeds[x.Provider]
	return p
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

func (e *edition) picture(image *schema.Image) *Picture {
	src := image.Src
	if !strings.Contains(src, "://") {
		src = e.path(src)
	}
	return &Picture{src, image.Alt, image.Credit}
}

// next leads on from a listing: the pathways that it is part of, the festival
// that it belongs to, what its badges unlock.
func (e *edition) next(x *entry) []Link {
	var links []Link
	for _, path := range x.Value.PartOf {
		folder, slug, _ := strings.Cut(path, "/")
		if folder == "opportunities" {
			if l := e.Listing(slug); l != nil {
				links = append(links, e.listingLink(l))
			}
		}
		for _, p := range e.Pathways {
			if folder == "pathways" && p.Name == slug {
				v, _, _ := p.Record.In(e.lang)
				title := e.pick(v.Title, p.Record.Value.Title, p.Record.Lang)
				links = append(links, Link{Text: title.Text, Lang: title.Lang, Dir: title.Dir, URL: e.href(p.Path())})
			}
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

// facts answer «can I go»: when, where, for whom, at what cost, in which
// language.
func (e *edition) facts(x *entry) []Fact {
	v := x.value
	f := facts{}
	f.add(e.T("listing.when"), e.whenValues(x)...)
	f.add(e.T("listing.duration"), text(e.duration(v.Duration))...)
	f.add(e.T("listing.commitment"), text(e.commitment(v.Commitment))...)
	f.add(e.T("listing.timetable"), e.labels("timetable.", x.Timetable)...)
	f.add(e.T("listing.where"), e.whereValues(x)...)
	f.add(e.T("listing.for-whom"), e.whomValues(x)...)
	f.add(e.T("listing.cost"), e.costValues(x)...)
	f.add(e.T("listing.languages"), text(e.languages(v.Languages))...)
	f.add(e.T("listing.kind"), Value{Text: e.T("kind." + v.Kind), URL: e.href("kinds/" + v.Kind)})
	f.add(e.T("listing.subjects"), e.termValues(x.Subjects)...)
	f.add(e.T("listing.skills"), e.termValues(x.Skills)...)
	var curriculum []Value
	for _, t := range x.Terms {
		curriculum = append(curriculum, value(e.words(t.Label)))
	}
	f.add(e.T("listing.curriculum"), curriculum...)
	f.add(e.T("listing.provides"), e.labels("provides.", v.Provides)...)
	f.add(e.T("listing.supports"), e.labels("supports.", v.Supports)...)
	f.add(e.T("listing.credential"), e.credential(x)...)
	f.add(e.T("listing.requires"), e.requires(x)...)
	if s := v.Safeguarding; s != nil {
		var values []Value
		if s.Checked {
			values = append(values, Value{Text: e.T("listing.checked")})
		}
		values = append(values, text(s.Supervision)...)
		if s.Policy != "" {
			values = append(values, Value{Text: e.T("listing.policy"), URL: s.Policy})
		}
		f.add(e.T("listing.safeguarding"), values...)
	}
	return f
}

type facts []Fact

// add appends a fact that has values.
func (f *facts) add(label string, values ...Value) {
	if len(values) == 0 {
		return
	}
	for i := range values {
		values[i].HTML = values[i].markup()
	}
	*f = append(*f, Fact{label, values})
}

// markup is a value as HTML. Templates could do it, at several times the cost:
// a listing has a dozen values or more.
func (v Value) markup() template.HTML {
	s := template.HTMLEscapeString(v.Text)
	switch {
	case v.URL != "":
		s = `<a href="` + template.HTMLEscapeString(safeURL(v.URL)) + `">` + s + `</a>`
	case v.Start != "":
		s = `<time datetime="` + template.HTMLEscapeString(v.Start) + `">` + s + `</time>`
	}
	if v.Lang != "" {
		s = `<span lang="` + template.HTMLEscapeString(v.Lang) + `" dir="` + v.Dir + `">` + s + `</span>`
	}
	return template.HTML(s) //nolint:gosec // escaped
}

// safeURL is an address that may stand in a link; "#" where it may not.
func safeURL(raw string) string {
	if !markdown.Allowed(raw) {
		return "#"
	}
	return raw
}

// value is a text as the value of a fact.
func value(t Text) Value { return Value{Text: t.Text, Lang: t.Lang, Dir: t.Dir} }

// text is a value, or none of an empty text.
func text(s string) []Value {
	if s == "" {
		return nil
	}
	return []Value{{Text: s}}
}

func (e *edition) whenValues(x *entry) []Value {
	v := x.value
	if len(v.Sessions) == 0 {
		line, start := e.whenLine(x)
		return []Value{{Text: capital(line), Start: start}}
	}
	var values []Value
	for i, s := range v.Sessions {
		values = append(values, e.session(x, i))
		if s.Note != "" {
			values = append(values, value(e.pick(s.Note, x.Value.Sessions[i].Note, x.Lang)))
		}
	}
	return values
}

func (e *edition) whereValues(x *entry) []Value {
	v := x.value
	values := []Value{}
	if v.Mode != "in-person" {
		values = append(values, Value{Text: e.T("mode." + v.Mode)})
	}
	p := v.Place
	if p == nil {
		return values
	}
	values = append(values, text(e.address(p))...)
	if x.District != nil {
		label := e.words(x.District.Label)
		values = append(values, Value{Text: label.Text, Lang: label.Lang, Dir: label.Dir, URL: e.href(x.District.Set.Path())})
	}
	if p.Directions != "" {
		values = append(values, value(e.pick(p.Directions, x.Value.Place.Directions, x.Lang)))
	}
	if p.StepFree != nil {
		key := "where.not-step-free"
		if *p.StepFree {
			key = "where.step-free"
		}
		values = append(values, Value{Text: e.T(key)})
	}
	if u := mapURL(p); u != "" {
		values = append(values, Value{Text: e.T("listing.map"), URL: u})
	}
	return values
}

func (e *edition) whomValues(x *entry) []Value {
	v := x.value
	var values []Value
	if !slices.Equal(x.Audience(), []string{"learners"}) {
		values = append(values, e.labels("audience.", x.Audience())...)
	}
	if v.Ages != nil {
		values = append(values, text(capital(e.rangeOfAges(v.Ages)))...)
	}
	if len(v.Grades) > 0 {
		var names []string
		for _, g := range v.Grades {
			names = append(names, e.grade(g))
		}
		values = append(values, Value{Text: e.List(names)})
	}
	if v.Gender != "" && v.Gender != "any" {
		values = append(values, Value{Text: e.T("gender." + v.Gender)})
	}
	values = append(values, text(capital(e.group(v.Group)))...)
	if v.Eligibility != "" {
		values = append(values, value(e.pick(v.Eligibility, x.Value.Eligibility, x.Lang)))
	}
	return values
}

// grade is a grade by the catalogue's own name for it.
func (e *edition) grade(id string) string {
	for _, g := range e.Settings.Grades {
		if g.ID == id && len(g.Label) > 0 {
			return e.words(g.Label).Text
		}
	}
	return id
}

func (e *edition) costValues(x *entry) []Value {
	c := x.value.Cost
	values := []Value{{Text: capital(e.cost(c))}}
	values = append(values, text(c.Bursary)...)
	values = append(values, text(c.Note)...)
	if p := x.value.Pays; p != nil {
		values = append(values, Value{Text: e.pays(p)})
		values = append(values, text(p.Note)...)
	}
	return values
}

func (e *edition) languages(tags []string) string {
	var names []string
	for _, tag := range tags {
		names = append(names, e.LanguageName(tag))
	}
	return e.List(names)
}

func (e *edition) termValues(terms []*catalogue.Term) []Value {
	var values []Value
	for _, link := range e.termLinks(terms) {
		values = append(values, Value{Text: link.Text, Lang: link.Lang, Dir: link.Dir, URL: link.URL})
	}
	return values
}

func (e *edition) credential(x *entry) []Value {
	c := x.value.Credential
	if c == nil {
		return nil
	}
	var values []Value
	for _, slug := range c.Badges {
		for _, b := range e.Badges {
			if b.Name == slug {
				v, _, _ := b.Record.In(e.lang)
				name := e.pick(v.Name, b.Record.Value.Name, b.Record.Lang)
				values = append(values, Value{Text: name.Text, Lang: name.Lang, Dir: name.Dir, URL: e.href(b.Path())})
			}
		}
	}
	values = append(values, text(c.Certificate)...)
	if c.Hours > 0 {
		values = append(values, Value{Text: e.T("listing.hours", "hours", e.Duration(0, int(c.Hours*60)))})
	}
	return values
}

func (e *edition) requires(x *entry) []Value {
	var values []Value
	for _, path := range x.Value.Requires {
		folder, slug, _ := strings.Cut(path, "/")
		if l := e.Listing(slug); folder == "opportunities" && l != nil {
			link := e.listingLink(l)
			values = append(values, Value{Text: link.Text, Lang: link.Lang, Dir: link.Dir, URL: link.URL})
		}
		for _, b := range e.Badges {
			if folder == "badges" && b.Name == slug {
				v, _, _ := b.Record.In(e.lang)
				name := e.pick(v.Name, b.Record.Value.Name, b.Record.Lang)
				values = append(values, Value{Text: name.Text, Lang: name.Lang, Dir: name.Dir, URL: e.href(b.Path())})
			}
		}
	}
	return values
}

func (e *edition) duration(iso string) string {
	if iso == "" {
		return ""
	}
	d, err := when.ParseDuration(iso)
	if err != nil {
		return ""
	}
	return e.durationWords(d)
}

func (e *edition) commitment(c *schema.Commitment) string {
	if c == nil {
		return ""
	}
	time := e.Duration(0, int(c.HoursPerWeek*60))
	switch {
	case c.HoursPerWeek > 0 && c.Weeks > 0:
		return e.T("commitment.for-weeks", "time", time, "weeks", e.N("count.weeks", c.Weeks))
	case c.HoursPerWeek > 0:
		return e.T("commitment.a-week", "time", time)
	}
	return e.N("count.weeks", c.Weeks)
}

// join answers «how do I join»: deadline, approvals, addresses.
func (e *edition) join(x *entry) []Fact {
	r := x.value.Registration
	if r == nil {
		return nil
	}
	f := facts{}
	if !r.Opens.IsZero() {
		f.add(e.T("listing.opens"), Value{Text: e.DateTime(r.Opens)})
	}
	if !r.Deadline.IsZero() {
		f.add(e.T("listing.deadline"), Value{Text: e.DateTime(r.Deadline)})
	}
	if r.Email != "" {
		f.add(e.T("listing.email"), Value{Text: r.Email, URL: "mailto:" + r.Email})
	}
	f.add(e.T("listing.phone"), text(r.Phone)...)
	if r.Capacity > 0 {
		f.add(e.T("listing.capacity"), Value{Text: e.Number(float64(r.Capacity))})
	}
	var approvals []Value
	for _, a := range r.Approvals {
		parts := []string{e.T("approval." + a.Who)}
		if a.How != "" {
			parts = append(parts, a.How)
		}
		if a.Days > 0 {
			parts = append(parts, e.N("approval.days", a.Days))
		}
		approvals = append(approvals, Value{Text: strings.Join(parts, " · ")})
	}
	f.add(e.T("listing.approvals"), approvals...)
	f.add(e.T("listing.consent"), text(r.Consent)...)
	return f
}
