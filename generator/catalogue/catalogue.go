// Package catalogue holds the records of one build: sorted, linked to one
// another, placed in time, and unchanging. Pages, feeds and the search index
// ask it; it writes nothing and words nothing.
package catalogue

import (
	"cmp"
	"fmt"
	"path"
	"slices"
	"strings"
	"sync"
	"time"

	"fursa/generator/ledger"
	"fursa/schema"
	"fursa/schema/when"
)

// Catalogue is the records of one build.
type Catalogue struct {
	Settings schema.Catalogue
	// ID and BaseURL end in a slash.
	ID, BaseURL string
	Zone        *time.Location
	Today       when.Date
	// Ledger is the next one: what is published by this build, and when.
	Ledger *ledger.Ledger

	// Current are the listings that have not ended, soonest first; those
	// without a date come last. Drafts are in no list.
	Current []*Listing
	// Listings are all listings, by path: those with a page here, and the
	// current ones of other catalogues.
	Listings  []*Listing
	Years     []*Set // past listings by the year in which they ended, newest first
	Subjects  *Vocabulary
	Skills    *Vocabulary
	Places    *Vocabulary
	Curricula *Vocabulary
	Providers []*Provider
	Kinds     []*Set
	Ages      []*Set
	Pathways  []*Pathway
	Badges    []*Badge
	Schools   []*School
	Peers     []*Peer // by name
	Pages     []*Record[schema.Page]
	Redirects []Redirect

	own      []*Listing
	grades   map[string]schema.Grade
	listings map[string]*Listing       // by slug
	vouched  map[string][]string       // endorsers, past ones too, by the path of what they endorse
	endorsed map[string][]*Endorsement // those of today, by the same
	moving   []*Listing                // current ones that are online, or come to schools

	// What is worked out when it is first asked for.
	schedule func() schedule
	likeness func() *likeness
	facets   func() *facets
}

// Redirect leads from an old path to a record's page.
type Redirect struct{ From, To string }

// Set is a named set of current listings that has a page and feeds of its
// own; Name is what tells it from others of its family.
type Set struct {
	// Family is the folder of the set: "subjects", "kinds", "ages", …
	Family string
	// Name is the last part of the path: a term's id, a kind, an age band's.
	Name     string
	Listings []*Listing
	// Term is the vocabulary's, Band the age band's, where there is one.
	Term *Term
	Band *schema.AgeBand
}

// Path is where the set's page stands: "subjects/astronomy"; of a set without
// a family it is the name.
func (s *Set) Path() string { return path.Join(s.Family, s.Name) }

// Provider is a provider with what it offers.
type Provider struct {
	Set
	Record *Record[schema.Provider]
	// Past are its listings that have ended, newest first.
	Past         []*Listing
	Endorsements []*Endorsement
	// Origin is where it has its page, if it is another catalogue's provider.
	Origin *Origin
}

// Pathway is a pathway with its steps' listings.
type Pathway struct {
	Set
	Record *Record[schema.Pathway]
}

// Badge is a badge with the listings that give it.
type Badge struct {
	Set
	Record  *Record[schema.Badge]
	Issuer  *Provider
	Unlocks []*Listing
}

// Endorsement is what a provider vouches for.
type Endorsement struct {
	*Record[schema.Endorsement]
	By *Provider
}

// Options are what a catalogue depends on beside its records.
type Options struct {
	// Now is the instant of the build; pages see its local date only.
	Now time.Time
	// BaseURL is where the site is served, if not where the settings say.
	BaseURL string
	// Drafts gives drafts a page and a place in the lists.
	Drafts bool
	// Previous is the last ledger, nil for a first build.
	Previous *ledger.Ledger
}

// New links records into a catalogue. The records have passed Check without
// an error; what is broken nevertheless is left out.
func New(r Records, o Options) (*Catalogue, error) {
	zone, err := time.LoadLocation(r.Settings.TimeZone)
	if err != nil {
		return nil, fmt.Errorf("time zone of the catalogue: %w", err)
	}
	c := &Catalogue{
		Settings: r.Settings,
		ID:       slashed(r.Settings.ID),
		BaseURL:  slashed(cmp.Or(o.BaseURL, r.Settings.BaseURL, r.Settings.ID)),
		Zone:     zone,
		Today:    when.DateOf(o.Now.In(zone)),
		Pages:    r.Pages,
		grades:   map[string]schema.Grade{},
		listings: map[string]*Listing{},
		vouched:  map[string][]string{},
		endorsed: map[string][]*Endorsement{},
	}
	for _, g := range r.Settings.Grades {
		c.grades[g.ID] = g
	}
	c.Subjects, c.Skills = vocabulary(r, "subjects"), vocabulary(r, "skills")
	c.Places, c.Curricula = vocabulary(r, "places"), vocabulary(r, "curriculum")
	c.addProviders(r)
	c.addEndorsements(r)
	c.addListings(r, o.Drafts)
	c.own = c.Listings
	c.addPeers(r, o.Previous)
	c.order()
	c.Ledger = o.Previous.Next(c.ID, c.ledgerRecords(), o.Now)
	for _, l := range c.Listings {
		if l.Status == StatusDraft {
			l.Published = cmp.Or(l.Value.Published, c.Today).In(zone)
			l.Modified = l.Published
			continue
		}
		entry := c.Ledger.Records[l.ID]
		l.Published, l.Modified, l.Change, l.Revisions = entry.Published, entry.Modified, entry.Change, entry.Revisions
	}
	c.group()
	c.addPathways(r)
	c.addBadges(r)
	c.addSchools(r)
	c.addRedirects(r)
	c.schedule, c.likeness, c.facets = sync.OnceValue(c.newSchedule), sync.OnceValue(c.newLikeness), sync.OnceValue(c.newFacets)
	return c, nil
}

func slashed(url string) string { return strings.TrimSuffix(url, "/") + "/" }

// Listing is the listing of a slug ("museum/night-sky"), nil where there is
// none with a page.
func (c *Catalogue) Listing(slug string) *Listing { return c.listings[slug] }

// Own are the listings that have a page here, by path.
func (c *Catalogue) Own() []*Listing { return c.own }

// Provider is the provider of a slug, nil where there is none.
func (c *Catalogue) Provider(slug string) *Provider {
	i, ok := slices.BinarySearchFunc(c.Providers, slug, func(p *Provider, s string) int { return strings.Compare(p.Name, s) })
	if !ok {
		return nil
	}
	return c.Providers[i]
}

// Language is the catalogue's first language.
func (c *Catalogue) Language() string { return c.Settings.Languages[0] }

func (c *Catalogue) addProviders(r Records) {
	for _, p := range r.Providers {
		c.Providers = append(c.Providers, &Provider{Record: p, Set: Set{Family: "providers", Name: p.Slug()}})
	}
	slices.SortFunc(c.Providers, func(a, b *Provider) int { return strings.Compare(a.Name, b.Name) })
}

func (c *Catalogue) addListings(r Records, drafts bool) {
	for _, record := range r.Opportunities {
		if record.Value.Status == StatusDraft && !drafts {
			continue
		}
		l := c.newListing(record)
		c.Listings = append(c.Listings, l)
		c.listings[l.Slug()] = l
	}
}

// order finds what is current, and puts it into its order.
func (c *Catalogue) order() {
	c.Current = slices.DeleteFunc(slices.Clone(c.Listings), func(l *Listing) bool { return l.Ended })
	slices.SortFunc(c.Current, bySoonest)
	for i, l := range c.Current {
		l.order = int32(i)
		if l.comes() {
			c.moving = append(c.moving, l)
		}
	}
}

func (c *Catalogue) addEndorsements(r Records) {
	for _, record := range r.Endorsements {
		v := record.Value
		by, _, _ := strings.Cut(record.Slug(), "/")
		for _, path := range v.Covers {
			c.vouched[path] = append(c.vouched[path], by)
		}
		if !v.Until.IsZero() && v.Until.Before(c.Today) || c.Today.Before(v.From) {
			continue
		}
		e := &Endorsement{record, c.Provider(by)}
		for _, path := range v.Covers {
			c.endorsed[path] = append(c.endorsed[path], e)
		}
	}
	for _, p := range c.Providers {
		p.Endorsements = c.endorsed[p.Record.Path]
	}
}

func (c *Catalogue) addPathways(r Records) {
	for _, record := range r.Pathways {
		p := &Pathway{Record: record, Set: Set{Family: "pathways", Name: record.Slug()}}
		for _, step := range record.Value.Steps {
			if l := c.listings[step.Opportunity]; l != nil && !l.Ended && !slices.Contains(p.Listings, l) {
				p.Listings = append(p.Listings, l)
			}
		}
		slices.SortFunc(p.Listings, bySoonest)
		c.Pathways = append(c.Pathways, p)
	}
}

func (c *Catalogue) addBadges(r Records) {
	for _, record := range r.Badges {
		b := &Badge{Record: record, Set: Set{Family: "badges", Name: record.Slug()}, Issuer: c.Provider(record.Value.Issuer)}
		for _, l := range c.Current {
			if v := l.Value.Credential; v != nil && slices.Contains(v.Badges, b.Name) {
				b.Listings = append(b.Listings, l)
			}
		}
		for _, slug := range record.Value.Unlocks {
			if l := c.listings[slug]; l != nil {
				b.Unlocks = append(b.Unlocks, l)
			}
		}
		c.Badges = append(c.Badges, b)
	}
}

func (c *Catalogue) addRedirects(r Records) {
	add := func(aliases []string, to string) {
		for _, a := range aliases {
			c.Redirects = append(c.Redirects, Redirect{FullPath(a, to), to})
		}
	}
	for _, x := range c.Listings {
		add(x.Value.Aliases, x.Path)
	}
	for _, x := range r.Providers {
		add(x.Value.Aliases, x.Path)
	}
	for _, x := range r.Pathways {
		add(x.Value.Aliases, x.Path)
	}
	for _, x := range r.Badges {
		add(x.Value.Aliases, x.Path)
	}
	for _, x := range r.Schools {
		add(x.Value.Aliases, x.Path)
	}
	for _, x := range r.Pages {
		add(x.Value.Aliases, x.Path)
	}
	slices.SortFunc(c.Redirects, func(a, b Redirect) int { return strings.Compare(a.From, b.From) })
}

// FullPath is an alias with the folder of the record that it names: aliases
// are written as references are, with the folder or without it.
func FullPath(alias, of string) string {
	folder, _, _ := strings.Cut(of, "/")
	if strings.HasPrefix(alias, folder+"/") {
		return alias
	}
	return folder + "/" + alias
}

// ledgerRecords are what the ledger has to know of the listings.
func (c *Catalogue) ledgerRecords() []ledger.Record {
	var records []ledger.Record
	for _, l := range c.Listings {
		if l.Value.Status == StatusDraft {
			continue
		}
		r := ledger.Record{ID: l.ID, Hash: l.Hash, Published: l.Value.Published, Ended: l.Ended, Watched: l.watched()}
		if l.IsForeign() {
			r.Published = when.Date{} // it is new here on the day on which it comes
		} else {
			r.Sent = c.sent(l)
		}
		records = append(records, r)
	}
	return records
}
