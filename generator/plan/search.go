package plan

import (
	"bufio"
	"encoding/json"
	"io"
	"net/url"
	"slices"
	"strings"

	"fursa/generator/catalogue"
)

// listingsName is the data of the search page, beside it.
const listingsName = "search/listings.json"

// SearchPage is seen by the template «search». Action is the page's own
// address, Listings that of the listings, for the script; Browse are the ways in
// for those who have none.
type SearchPage struct {
	Page
	// Action is where the form leads, Listings the address of what a script
	// filters, Script that of the script.
	Action, Listings, Script string
	All                      Link
	Browse                   []Browse
}

// searchOutputs are the search page and its data.
func (e *edition) searchOutputs() []Output {
	return []Output{
		e.render(e.file("search"), "search", func() any { return e.searchPage() }),
		{Path: e.prefix + listingsName, Class: IndexClass, Write: e.writeListings},
	}
}

func (e *edition) searchPage() SearchPage {
	p := SearchPage{
		Page:   e.page("search", e.T("search.title"), e.T("search.description", "name", e.view.Name)),
		Action: e.href("search"), Listings: e.path(e.prefix + listingsName), All: e.allLink(),
	}
	p.NoIndex = true // what there is to find is on other pages
	p.Feeds, p.Crumbs, p.Figures = e.everything.feeds, e.crumbs(), e.allFigures()
	p.Script = e.scripts["search"]
	for _, f := range e.families {
		if slices.Contains([]string{"subjects", "ages", "places", "kinds"}, f.name) {
			p.Browse = append(p.Browse, Browse{f.title, e.href(f.name), e.tree(f.sets, nil)})
		}
	}
	return p
}

// searchURL is the address of the search page with filters: a family or
// another facet, a term of it, the next family, and so on. "q" is the words.
func (e *edition) searchURL(pairs ...string) string {
	var b strings.Builder
	b.WriteString(e.href("search"))
	for i := 0; i+1 < len(pairs); i += 2 {
		b.WriteByte("?&"[min(i, 1)])
		b.WriteString(url.QueryEscape(pairs[i]) + "=" + url.QueryEscape(pairs[i+1]))
	}
	return b.String()
}

// facet is one property to filter by. Its terms are those of the site's
// folder of that name, or the values of a field.
type facet struct {
	Name  string      `json:"name"`
	Label string      `json:"label"`
	Terms []facetTerm `json:"terms"`
}

// facetTerm is a term's name, its label, and how deep it stands below others.
type facetTerm struct {
	name, label string
	depth       int
}

// MarshalJSON writes a term as a list, without a depth of 0.
func (t facetTerm) MarshalJSON() ([]byte, error) {
	if t.depth == 0 {
		return json.Marshal([]any{t.name, t.label})
	}
	return json.Marshal([]any{t.name, t.label, t.depth})
}

// searched are the facets, and which terms each current listing has: places
// in the list of all facets' terms, in rising order.
type searched struct {
	facets []facet
	terms  map[*catalogue.Listing][]int
	next   int
}

// add adds a facet of terms, each with its listings; empty ones are left out.
func (s *searched) add(name, label string, terms []facetTerm, listings [][]*catalogue.Listing) {
	if len(terms) == 0 {
		return
	}
	s.facets = append(s.facets, facet{name, label, terms})
	for _, list := range listings {
		for _, l := range list {
			s.terms[l] = append(s.terms[l], s.next)
		}
		s.next++
	}
}

// searched lists the facets in the order in which people choose.
func (e *edition) searched() *searched {
	s := &searched{terms: make(map[*catalogue.Listing][]int, len(e.Current))}
	for _, name := range []string{"subjects", "ages", "kinds", "places"} {
		e.addFamily(s, name)
	}
	e.addValues(s, "cost", e.T("listing.cost"), costs, func(v string) string { return e.T("search.cost-" + v) })
	e.addValues(s, "timetable", e.T("listing.timetable"), func(l *catalogue.Listing) []string { return l.Timetable },
		func(v string) string { return e.T("timetable." + v) })
	e.addValues(s, "mode", e.T("search.mode"), func(l *catalogue.Listing) []string { return []string{l.Value.Mode} },
		func(v string) string { return e.T("mode." + v) })
	e.addValues(s, "languages", e.T("listing.languages"), func(l *catalogue.Listing) []string { return l.Value.Languages }, e.LanguageName)
	e.addValues(s, "audience", e.T("listing.for-whom"), (*catalogue.Listing).Audience,
		func(v string) string { return e.T("audience." + v) })
	for _, name := range []string{"skills", "providers"} {
		e.addFamily(s, name)
	}
	return s
}

// addFamily adds a family of sets, narrower terms below their broader ones.
func (e *edition) addFamily(s *searched, name string) {
	i := slices.IndexFunc(e.families, func(f family) bool { return f.name == name })
	if i < 0 {
		return
	}
	var terms []facetTerm
	var listings [][]*catalogue.Listing
	var below func(parent *catalogue.Term, depth int)
	below = func(parent *catalogue.Term, depth int) {
		for _, x := range e.families[i].sets {
			if x.parent != parent {
				continue
			}
			terms = append(terms, facetTerm{x.Name, x.title.Text, depth})
			listings = append(listings, x.Listings)
			if x.Term != nil {
				below(x.Term, depth+1)
			}
		}
	}
	below(nil, 0)
	s.add(name, e.families[i].title, terms, listings)
}

// addValues adds the values of a field, by their labels.
func (e *edition) addValues(s *searched, name, label string, values func(*catalogue.Listing) []string, word func(string) string) {
	by := map[string][]*catalogue.Listing{}
	var terms []facetTerm
	for _, l := range e.Current {
		for _, v := range values(l) {
			if by[v] == nil {
				terms = append(terms, facetTerm{v, capital(word(v)), 0})
			}
			by[v] = append(by[v], l)
		}
	}
	slices.SortFunc(terms, func(a, b facetTerm) int { return e.Compare(a.label, b.label) })
	var listings [][]*catalogue.Listing
	for _, t := range terms {
		listings = append(listings, by[t.name])
	}
	s.add(name, label, terms, listings)
}

// costs says whether a listing costs something; nothing where it does not say.
func costs(l *catalogue.Listing) []string {
	switch c := l.Value.Cost; {
	case c.Amount != nil && *c.Amount == 0:
		return []string{"free"}
	case c.Amount != nil || c.From != nil || c.To != nil:
		return []string{"paid"}
	}
	return nil
}

// texts are the texts that stand in many rows, each once; rows hold their
// places. The first is the empty one.
type texts struct {
	all    []string
	places map[string]int
}

func (t *texts) place(s string) int {
	i, ok := t.places[s]
	if !ok {
		i = len(t.all)
		t.places[s], t.all = i, append(t.all, s)
	}
	return i
}

// writeListings writes the current listings, soonest first, as the script of
// the search page reads them: see Data and Row in scripts/search.ts.
func (e *edition) writeListings(w io.Writer) error {
	s, t := e.searched(), &texts{places: map[string]int{}}
	t.place("")
	b := bufio.NewWriter(w)
	enc := json.NewEncoder(b)
	enc.SetEscapeHTML(false)
	b.WriteString(`{"base":`)
	if err := enc.Encode(e.path(e.prefix)); err != nil {
		return err
	}
	b.WriteString(`,"kinds":`)
	if err := enc.Encode(e.kindWords()); err != nil {
		return err
	}
	b.WriteString(`,"facets":`)
	if err := enc.Encode(s.facets); err != nil {
		return err
	}
	b.WriteString(`,"listings":[`)
	for i, l := range e.Current {
		if i > 0 {
			b.WriteByte(',')
		}
		if err := enc.Encode(e.row(e.entries[l], s.terms[l], t)); err != nil {
			return err
		}
	}
	b.WriteString(`],"texts":`)
	if err := enc.Encode(t.all); err != nil {
		return err
	}
	b.WriteString("}\n")
	return b.Flush()
}

// row is a listing as the search page's script reads it. Empty texts at the
// end are left out: most listings have none of these.
func (e *edition) row(x *entry, terms []int, t *texts) []any {
	if terms == nil {
		terms = []int{} // a list, not null
	}
	title, summary := e.title(x), e.summary(x)
	line, start := e.whenLine(x)
	dates := comingDates(x.Listing)
	if first, _, _ := strings.Cut(dates, " "); strings.HasPrefix(first, start) {
		start = "" // the script takes the first date
	}
	hue, _ := e.look(x)
	until := ""
	if !x.Until.IsZero() {
		until = x.Until.String()
	}
	status := x.Status
	if status == catalogue.StatusOpen {
		status = ""
	}
	row := []any{strings.TrimPrefix(x.Path, "opportunities/"), title.Text, t.place(beginning(summary.Text)), terms,
		t.place(capital(line)), t.place(capital(e.where(x))), t.place(capital(e.agesOf(x))), t.place(capital(e.price(x))), hue}
	last := []string{start, dates, until, e.registrationBy(x.Listing), e.state(x), status, title.Lang, summary.Lang, e.registrationFrom(x.Listing)}
	for len(last) > 0 && last[len(last)-1] == "" {
		last = last[:len(last)-1]
	}
	for _, s := range last {
		row = append(row, t.place(s))
	}
	return row
}

// kindWords are what a card says of its kind, by kinds.
func (e *edition) kindWords() map[string]string {
	words := map[string]string{}
	for _, s := range e.Kinds {
		words[s.Name] = e.T("kind." + s.Name)
	}
	return words
}

// mostSummary is how many characters of a summary the search data holds: what
// a card shows. Summaries are half of all that there is to load.
const mostSummary = 150

// beginning is a text that is short enough, cut between words.
func beginning(s string) string {
	runes := []rune(s)
	if len(runes) <= mostSummary {
		return s
	}
	s = string(runes[:mostSummary])
	if i := strings.LastIndexByte(s, ' '); i > 0 {
		s = s[:i]
	}
	return s + "…"
}
