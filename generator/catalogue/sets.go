package catalogue

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"fursa/schema"
)

// Vocabulary is the terms of one kind, in the order of their file.
type Vocabulary struct {
	// Name is that of the file: "subjects".
	Name  string
	Title schema.Text
	URL   string
	Terms []*Term
	byID  map[string]*Term
	hues  map[*Term]int
}

// Term is a term with what is listed under it; a broader term's listings
// include those of its narrower ones.
type Term struct {
	schema.Term
	Set
	Broader  *Term
	Narrower []*Term
}

func vocabulary(r Records, name string) *Vocabulary {
	v := &Vocabulary{Name: name, byID: map[string]*Term{}}
	for _, record := range r.Vocabularies {
		if record.Slug() != name {
			continue
		}
		v.Title, v.URL = record.Value.Title, record.Value.URL
		for _, t := range record.Value.Terms {
			term := &Term{Term: t, Set: Set{Family: name, Name: t.ID}}
			term.Set.Term = term
			v.Terms = append(v.Terms, term)
			v.byID[t.ID] = term
		}
	}
	for _, t := range v.Terms {
		if b := v.byID[t.Term.Broader]; b != nil {
			t.Broader = b
			b.Narrower = append(b.Narrower, t)
		}
	}
	v.colourTerms()
	return v
}

// Term is the term of an id, nil where there is none.
func (v *Vocabulary) Term(id string) *Term { return v.byID[id] }

func (v *Vocabulary) find(ids []string) []*Term {
	var terms []*Term
	for _, id := range ids {
		if t := v.byID[id]; t != nil {
			terms = append(terms, t)
		}
	}
	return terms
}

// Path is the term's place in its hierarchy, "sciences/astronomy".
func (t *Term) Path() string {
	if t.Broader == nil {
		return t.ID
	}
	return t.Broader.Path() + "/" + t.ID
}

// group puts the listings into the sets that they belong to.
func (c *Catalogue) group() {
	kinds := map[string]*Set{}
	c.Ages = c.ageBands()
	// A kind keeps its page and feeds when all that it held has ended.
	for _, l := range c.Listings {
		if kinds[l.Value.Kind] == nil {
			kinds[l.Value.Kind] = &Set{Family: "kinds", Name: l.Value.Kind}
		}
	}
	for _, l := range c.Current {
		for _, t := range ancestors(l.Subjects) {
			t.Listings = append(t.Listings, l)
		}
		for _, t := range ancestors(l.Skills) {
			t.Listings = append(t.Listings, l)
		}
		if l.District != nil {
			for _, t := range ancestors([]*Term{l.District}) {
				t.Listings = append(t.Listings, l)
			}
		}
		for _, p := range append([]*Provider{l.Provider}, l.Partners...) {
			if p != nil && !slices.Contains(p.Listings, l) {
				p.Listings = append(p.Listings, l)
			}
		}
		kinds[l.Value.Kind].Listings = append(kinds[l.Value.Kind].Listings, l)
		for _, s := range c.Ages {
			if fits(l.Ages, s.Band) {
				s.Listings = append(s.Listings, l)
			}
		}
	}
	for _, s := range kinds {
		c.Kinds = append(c.Kinds, s)
	}
	slices.SortFunc(c.Kinds, func(a, b *Set) int { return strings.Compare(a.Name, b.Name) })
	c.groupPast()
}

// groupPast puts what has ended under its year and its provider.
func (c *Catalogue) groupPast() {
	years := map[int]*Set{}
	for _, l := range c.Listings {
		if !l.Ended {
			continue
		}
		y := l.Last.Year
		if years[y] == nil {
			years[y] = &Set{Family: "past", Name: strconv.Itoa(y)}
			c.Years = append(c.Years, years[y])
		}
		years[y].Listings = append(years[y].Listings, l)
		if l.Provider != nil {
			l.Provider.Past = append(l.Provider.Past, l)
		}
	}
	newest := func(a, b *Listing) int { return cmp.Or(b.Last.Compare(a.Last), strings.Compare(a.Path, b.Path)) }
	for _, y := range c.Years {
		slices.SortFunc(y.Listings, newest)
	}
	for _, p := range c.Providers {
		slices.SortFunc(p.Past, newest)
	}
	slices.SortFunc(c.Years, func(a, b *Set) int { return strings.Compare(b.Name, a.Name) })
}

// ancestors are terms and all broader ones, each once.
func ancestors(terms []*Term) []*Term {
	var all []*Term
	for _, t := range terms {
		for ; t != nil && !slices.Contains(all, t); t = t.Broader {
			all = append(all, t)
		}
	}
	return all
}

// defaultBands are the age bands of a catalogue that names none.
func defaultBands() []schema.AgeBand {
	limit := func(n int) *int { return &n }
	return []schema.AgeBand{
		{ID: "0-4", Max: limit(4)},
		{ID: "5-7", Min: 5, Max: limit(7)},
		{ID: "8-11", Min: 8, Max: limit(11)},
		{ID: "12-14", Min: 12, Max: limit(14)},
		{ID: "15-18", Min: 15, Max: limit(18)},
		{ID: "19-plus", Min: 19},
	}
}

func (c *Catalogue) ageBands() []*Set {
	bands := c.Settings.AgeBands
	if len(bands) == 0 {
		bands = defaultBands()
	}
	var sets []*Set
	for i := range bands {
		sets = append(sets, &Set{Family: "ages", Name: bands[i].ID, Band: &bands[i]})
	}
	return sets
}

// fits says whether a range of ages and a band overlap; no stated range fits
// none.
func fits(ages *schema.Range, band *schema.AgeBand) bool {
	if ages == nil {
		return false
	}
	return (ages.Max == nil || *ages.Max >= band.Min) && (ages.Min == nil || band.Max == nil || *ages.Min <= *band.Max)
}
