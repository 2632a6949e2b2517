package catalogue

import (
	"cmp"
	"slices"
	"strings"
)

// mostValues is how many values of a facet are named.
const mostValues = 12

// Facet is how the listings of a set differ in one respect.
type Facet struct {
	// Family is the folder of the values' sets («subjects», «places», «kinds»,
	// «ages», «providers»), or of values without a page «cost», «modes»,
	// «languages» or «timetable».
	Family string
	// Values are the biggest ones, at most twelve: terms, bands and slots of
	// the timetable in their own order, others by count and name.
	Values []FacetValue
	// More counts the values that are left out.
	More int
}

// FacetValue is how many of the listings have a value.
type FacetValue struct {
	// Name is what tells the value from others of its family, as in Set: a
	// term's id, a kind, «free», «online», «ar», «evening».
	Name  string
	Count int
	// Set is all listings of the value; nil where they have no page.
	Set *Set
}

// facets are the values that listings can have, numbered through.
type facets struct {
	values   []FacetValue // their counts are 0
	families []facetFamily
	of       map[*Listing][]int32 // the values of each listing
}

// facetFamily is the values from one number up to another.
type facetFamily struct {
	name     string
	from, to int
	terms    []*Term // those of the vocabulary that the values are, if they are
	ordered  bool    // the values have an order of their own
}

// facetBuilder numbers values.
type facetBuilder struct {
	facets
	numbers map[[2]string]int32
	listing []int32 // the values of the listing in hand
}

// family begins a family with its values.
func (b *facetBuilder) family(f facetFamily, values []FacetValue) {
	f.from = len(b.values)
	for _, v := range values {
		b.numbers[[2]string{f.name, v.Name}] = int32(len(b.values))
		b.values = append(b.values, v)
	}
	f.to = len(b.values)
	b.families = append(b.families, f)
}

// add gives the listing in hand a value, where there is such a one and it does
// not have it yet.
func (b *facetBuilder) add(family, name string) {
	if n, ok := b.numbers[[2]string{family, name}]; ok && !slices.Contains(b.listing, n) {
		b.listing = append(b.listing, n)
	}
}

func (c *Catalogue) newFacets() *facets {
	b := &facetBuilder{facets: facets{of: map[*Listing][]int32{}}, numbers: map[[2]string]int32{}}
	b.family(facetFamily{name: "subjects", ordered: true, terms: c.Subjects.Terms}, ofTerms(c.Subjects))
	b.family(facetFamily{name: "places", ordered: true, terms: c.Places.Terms}, ofTerms(c.Places))
	b.family(facetFamily{name: "kinds"}, ofSets(c.Kinds))
	b.family(facetFamily{name: "ages", ordered: true}, ofSets(c.Ages))
	b.family(facetFamily{name: "timetable", ordered: true}, named("school-hours", "after-school", "evening", "weekend", "holiday"))
	b.family(facetFamily{name: "cost"}, named("free"))
	b.family(facetFamily{name: "modes"}, named(c.found(func(l *Listing) []string { return []string{l.Value.Mode} })...))
	b.family(facetFamily{name: "languages"}, named(c.found(func(l *Listing) []string { return l.Value.Languages })...))
	var providers []*Set
	for _, p := range c.Providers {
		providers = append(providers, &p.Set)
	}
	b.family(facetFamily{name: "providers"}, ofSets(providers))
	b.family(facetFamily{name: "origins"}, named(c.origins()...))
	for _, l := range c.Listings {
		b.addListing(l, c.Ages)
	}
	return &b.facets
}

func (b *facetBuilder) addListing(l *Listing, bands []*Set) {
	b.listing = b.listing[:0]
	for _, t := range ancestors(l.Subjects) {
		b.add("subjects", t.ID)
	}
	for _, t := range ancestors([]*Term{l.District}) {
		b.add("places", t.ID)
	}
	b.add("kinds", l.Value.Kind)
	for _, s := range bands {
		if fits(l.Ages, s.Band) {
			b.add("ages", s.Name)
		}
	}
	for _, slot := range l.Timetable {
		b.add("timetable", slot)
	}
	if a := l.Value.Cost.Amount; a != nil && *a == 0 {
		b.add("cost", "free")
	}
	b.add("modes", l.Value.Mode)
	for _, lang := range l.Value.Languages {
		b.add("languages", lang)
	}
	if l.Provider != nil {
		b.add("providers", l.Provider.Name)
	}
	for _, p := range l.Partners {
		b.add("providers", p.Name)
	}
	for _, origin := range l.Origins() {
		b.add("origins", origin)
	}
	b.of[l] = slices.Clone(b.listing)
}

func ofTerms(v *Vocabulary) []FacetValue {
	var values []FacetValue
	for _, t := range v.Terms {
		values = append(values, FacetValue{Name: t.ID, Set: &t.Set})
	}
	return values
}

func ofSets(sets []*Set) []FacetValue {
	var values []FacetValue
	for _, s := range sets {
		values = append(values, FacetValue{Name: s.Name, Set: s})
	}
	return values
}

func named(names ...string) []FacetValue {
	var values []FacetValue
	for _, name := range names {
		values = append(values, FacetValue{Name: name})
	}
	return values
}

// found are the different values that listings have of something, sorted.
func (c *Catalogue) found(of func(*Listing) []string) []string {
	var all []string
	for _, l := range c.Listings {
		for _, s := range of(l) {
			if !slices.Contains(all, s) {
				all = append(all, s)
			}
		}
	}
	slices.Sort(all)
	return all
}

// Facets say how the listings of a set differ, with counts. Values that all
// listings have, or none, are left out, and so is the set's own family; but a
// term's listings are told apart by the narrower terms. Of hierarchies the top
// is given, or the first level below it that tells listings apart. It is
// linear in the set's listings, and safe for concurrent use.
func (c *Catalogue) Facets(s *Set) []Facet {
	x := c.facets()
	counts := make([]int, len(x.values))
	for _, l := range s.Listings {
		for _, n := range x.of[l] {
			counts[n]++
		}
	}
	var list []Facet
	for _, f := range x.families {
		if f.name == s.Family && f.terms == nil {
			continue
		}
		var values []FacetValue
		above, hierarchy := f.level(s, counts[f.from:f.to])
		for i, n := range counts[f.from:f.to] {
			if n == 0 || n == len(s.Listings) || hierarchy && f.terms[i].Broader != above {
				continue
			}
			v := x.values[f.from+i]
			v.Count = n
			values = append(values, v)
		}
		if len(values) > 0 {
			list = append(list, f.facet(values))
		}
	}
	return list
}

// level is the term below which values are told apart, nil for the top: the
// set's own one, and where one term below it holds everything, that one. It is
// false for what is no hierarchy.
func (f facetFamily) level(s *Set, counts []int) (above *Term, hierarchy bool) {
	if f.terms == nil {
		return nil, false
	}
	if s.Family == f.name {
		above = s.Term
	}
	for {
		var held []int
		for i, t := range f.terms {
			if t.Broader == above && counts[i] > 0 {
				held = append(held, i)
			}
		}
		if len(held) != 1 || counts[held[0]] != len(s.Listings) {
			return above, true
		}
		above = f.terms[held[0]]
	}
}

// facet is the biggest of a family's values.
func (f facetFamily) facet(values []FacetValue) Facet {
	order := map[string]int{}
	for i, v := range values {
		order[v.Name] = i
	}
	slices.SortFunc(values, func(a, b FacetValue) int {
		return cmp.Or(b.Count-a.Count, strings.Compare(a.Name, b.Name))
	})
	facet := Facet{Family: f.name, Values: values, More: max(0, len(values)-mostValues)}
	facet.Values = values[:len(values)-facet.More]
	if f.ordered {
		slices.SortFunc(facet.Values, func(a, b FacetValue) int { return order[a.Name] - order[b.Name] })
	}
	return facet
}
