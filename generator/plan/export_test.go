package plan

import (
	"html/template"
	"net/url"

	"fursa/generator/catalogue"
	"fursa/generator/markdown"
)

// opened is a site with its editions framed, as Outputs makes it.
func opened(in Input) (*site, error) {
	base, err := url.Parse(in.Catalogue.BaseURL)
	if err != nil {
		return nil, err
	}
	s := &site{Input: in, Catalogue: in.Catalogue, base: base, markdown: markdown.New(base), styles: "assets/site-" + in.Theme.Hash[:12] + ".css"}
	for _, lang := range in.Catalogue.Settings.Languages {
		e, err := newEdition(s, lang)
		if err != nil {
			return nil, err
		}
		s.editions = append(s.editions, e)
	}
	for _, e := range s.editions {
		if err := e.frame(); err != nil {
			return nil, err
		}
	}
	return s, nil
}

// SearchOutputs are the search pages of all languages and their data.
func SearchOutputs(in Input) ([]Output, error) {
	s, err := opened(in)
	if err != nil {
		return nil, err
	}
	var outputs []Output
	for _, e := range s.editions {
		outputs = append(outputs, e.searchOutputs()...)
	}
	return outputs, nil
}

// WorkerOutputs are the service worker and the offline pages.
func WorkerOutputs(in Input, script []byte, precache []string, on bool) ([]Output, error) {
	s, err := opened(in)
	if err != nil {
		return nil, err
	}
	return s.worker(script, precache, on), nil
}

// SearchURL is an address of the search page in the catalogue's last language.
func SearchURL(in Input, pairs ...string) (string, error) {
	s, err := opened(in)
	if err != nil {
		return "", err
	}
	return s.editions[len(s.editions)-1].searchURL(pairs...), nil
}

// Structured is an edition as the tests of structured data see it.
type Structured struct{ e *edition }

// StructuredEditions are the editions of a site, the first language first.
func StructuredEditions(in Input) ([]Structured, error) {
	s, err := opened(in)
	if err != nil {
		return nil, err
	}
	var list []Structured
	for _, e := range s.editions {
		list = append(list, Structured{e})
	}
	return list, nil
}

// Lang is the edition's language.
func (s Structured) Lang() string { return s.e.lang }

// Listing is the data of a listing's page, with breadcrumbs to its first
// subject.
func (s Structured) Listing(l *catalogue.Listing) template.HTML {
	x := s.e.entries[l]
	crumbs := []Link{{Text: s.e.T("nav.listings"), URL: s.e.href("opportunities")}}
	if len(x.Subjects) > 0 {
		crumbs = append(crumbs, s.e.termLink(x.Subjects[0]))
	}
	return s.e.listingData(x, s.e.crumbs(crumbs...))
}

// List is the data of the n-th page of a list.
func (s Structured) List(heading, path string, n int, listings []*catalogue.Listing) template.HTML {
	return s.e.listData(heading, path, n, listings, s.e.crumbs())
}

// Site, Provider, Pathway and Badge are the data of their pages.
func (s Structured) Site() template.HTML                          { return s.e.siteData() }
func (s Structured) Provider(p *catalogue.Provider) template.HTML { return s.e.providerData(p) }
func (s Structured) Pathway(p *catalogue.Pathway) template.HTML   { return s.e.pathwayData(p) }
func (s Structured) Badge(b *catalogue.Badge) template.HTML       { return s.e.badgeData(b) }

// Calendars are the calendar pages of a site, without the rest of it.
func Calendars(in Input) ([]Output, error) {
	s, err := opened(in)
	if err != nil {
		return nil, err
	}
	var outputs []Output
	for _, e := range s.editions {
		outputs = append(outputs, e.calendarPages()...)
	}
	return outputs, nil
}
