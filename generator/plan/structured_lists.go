package plan

import (
	"cmp"
	"html/template"
	"strings"

	"fursa/generator/catalogue"
	"fursa/schema"
)

// listData is what the n-th page, counted from 0, of the list at a path says:
// the addresses of the listings that stand on it, and breadcrumbs.
func (e *edition) listData(heading, path string, n int, listings []*catalogue.Listing, crumbs []Link) template.HTML {
	at := e.url(e.file(pagePath(path, n)))
	page := &node{
		Type: "CollectionPage", ID: at, Name: heading, URL: at,
		InLanguage: []string{e.lang}, IsPartOf: &reference{e.siteID()},
	}
	if len(listings) > 0 {
		page.MainEntity = &node{Type: "ItemList", Items: make([]item, len(listings))}
	}
	for i, l := range listings {
		x := e.entries[l]
		if l.IsForeign() {
			page.MainEntity.Items[i] = item{Type: "ListItem", Position: n*perPage + i + 1, URL: l.Origin.URL}
			continue
		}
		page.MainEntity.Items[i] = item{Type: "ListItem", Position: n*perPage + i + 1, URL: e.canonical(l.Path, x.written, x.Lang)}
	}
	return e.withCrumbs(page, crumbs, heading)
}

// siteID is the id of the site in the edition's language.
func (e *edition) siteID() string { return e.ID + e.prefix + "#site" }

// siteData is what the home page says: whose site this is, and where one can
// search it.
func (e *edition) siteData() template.HTML {
	home := e.url(e.file(""))
	search := e.url(e.file("search")) + "?q={search_term_string}"
	publisher := &organization{Type: "Organization", ID: e.ID + "#publisher", Name: e.view.Name, URL: home}
	publisher.ContactPoint = contactOf(e.Settings.Contact)
	return script(&node{
		Type: "WebSite", ID: e.siteID(), Name: e.view.Name, Description: e.view.Description, URL: home,
		InLanguage: []string{e.lang}, Publisher: publisher,
		Action: &searchAction{"SearchAction", entryPoint{"EntryPoint", search}, "required name=search_term_string"},
	})
}

// organizer is a provider in the words of what it offers; nil for none. Its
// address is the provider's own, else its page here.
func (e *edition) organizer(p *catalogue.Provider) *organization {
	if p == nil {
		return nil
	}
	r := p.Record
	v, _, written := r.In(e.lang)
	at := webURL(v.URL)
	if at == "" {
		at = e.canonical(r.Path, written, r.Lang)
	}
	return &organization{Type: organizationType(v.Kind), ID: e.recordID(r.Path, v.Aliases), Name: v.Name, URL: at}
}

// organizationType is the type of a kind of provider, where schema.org has one
// that is an Organization and nothing else: its museums are places.
func organizationType(kind string) string {
	switch kind {
	case "university":
		return "CollegeOrUniversity"
	case "school":
		return "School"
	case "charity":
		return "NGO"
	case "government":
		return "GovernmentOrganization"
	case "individual":
		return "Person"
	}
	return "Organization"
}

// providerData is what a provider's page says of it, beside its list.
func (e *edition) providerData(p *catalogue.Provider) template.HTML {
	r := p.Record
	v, _, written := r.In(e.lang)
	n := e.organizer(p)
	n.Description = v.Summary
	n.MainEntityOfPage = e.canonical(r.Path, written, r.Lang)
	for _, raw := range v.SameAs {
		if u := webURL(raw); u != "" {
			n.SameAs = append(n.SameAs, u)
		}
	}
	n.ContactPoint = contactOf(v.Contact)
	if v.Place != nil {
		n.Address = e.postal(v.Place, v.Place.Locality)
	}
	if v.Logo != nil && n.Type == "Person" {
		n.Image = e.image(v.Logo)
	} else if v.Logo != nil {
		n.Logo = e.image(v.Logo)
	}
	return script(n)
}

func contactOf(c *schema.Contact) *contactPoint {
	if c == nil || *c == (schema.Contact{}) {
		return nil
	}
	return &contactPoint{Type: "ContactPoint", Name: c.Name, Email: c.Email, Phone: c.Phone}
}

// pathwayData is what a pathway's page says of it, beside its list: the steps
// that have a page, in their order.
func (e *edition) pathwayData(p *catalogue.Pathway) template.HTML {
	r := p.Record
	v, _, written := r.In(e.lang)
	n := &node{
		Type: "ItemList", ID: e.recordID(r.Path, v.Aliases), Name: v.Title, Description: v.Summary,
		URL: e.canonical(r.Path, written, r.Lang), Order: "https://schema.org/ItemListOrderAscending",
	}
	if v.Image != nil {
		n.Image = e.image(v.Image)
	}
	for _, s := range v.Steps {
		path := "opportunities/" + s.Opportunity
		if s.Badge != "" {
			path = "badges/" + s.Badge
		}
		if link, ok := e.recordLink(path); ok {
			n.Items = append(n.Items, item{Type: "ListItem", Position: len(n.Items) + 1, URL: e.absolute(link.URL), Name: link.Text})
		}
	}
	return script(n)
}

// badgeData is what a badge's page says of it, beside its list.
func (e *edition) badgeData(b *catalogue.Badge) template.HTML {
	r := b.Record
	v, _, written := r.In(e.lang)
	n := &node{
		Type: "EducationalOccupationalCredential", ID: e.recordID(r.Path, v.Aliases),
		Name: v.Name, Description: strings.TrimSpace(v.Description + "\n" + v.Criteria),
		URL: e.canonical(r.Path, written, r.Lang), CredentialCategory: "badge",
		RecognizedBy: e.organizer(b.Issuer),
	}
	if v.Image != nil {
		n.Image = e.image(v.Image)
	}
	for _, t := range e.skillTerms(r.Value.Skills) {
		n.Competencies = append(n.Competencies, cmp.Or(e.words(t.Label).Text, t.ID))
	}
	return script(n)
}
