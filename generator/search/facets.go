package search

import (
	"slices"
	"strings"

	"fursa/generator/catalogue"
	"fursa/schema"
)

// Facet is a property to filter by.
type Facet struct {
	// Name is that of the sets in the entry: "subjects".
	Name string
	// Terms are the terms that current listings have, sorted. Those of
	// vocabularies are ids, those of providers slugs.
	Terms []string
	// Idle says that choosing changes nothing: all listings have all the terms.
	Idle bool
}

// Values of facets that records do not name so.
const (
	CostFree = "free"
	CostPaid = "paid"
	StepFree = "step-free"
)

// termsHeader are the terms of a facet's sets.
type termsHeader struct {
	Terms []string `json:"terms"`
}

// addFacets adds the sets of current listings by the terms of each facet.
// Broader terms include narrower ones.
func (x *Index) addFacets(c *catalogue.Catalogue) error {
	for _, f := range []struct {
		name string
		of   func(*catalogue.Listing) []string
	}{
		{"subjects", named(ofTerms(c.Subjects))},
		{"skills", named(ofTerms(c.Skills))},
		{"kinds", named(c.Kinds)},
		{"ages", named(c.Ages)},
		{"grades", func(l *catalogue.Listing) []string { return grades(l, c.Settings.Grades) }},
		{"places", named(ofTerms(c.Places))},
		{"providers", named(ofProviders(c.Providers))},
		{"languages", func(l *catalogue.Listing) []string { return l.Value.Languages }},
		{"mode", func(l *catalogue.Listing) []string { return []string{l.Value.Mode} }},
		{"cost", costs},
		{"timetable", func(l *catalogue.Listing) []string { return l.Timetable }},
		{"audience", (*catalogue.Listing).Audience},
		{"supports", supports},
		{"endorsed", endorsers},
		{"origins", origins(c)},
	} {
		terms, sets := grouped(x, strings.Compare, f.of)
		if len(terms) == 0 {
			continue
		}
		idle := !slices.ContainsFunc(sets, func(set []int) bool { return len(set) < len(c.Current) })
		x.Facets = append(x.Facets, Facet{f.name, terms, idle})
		if err := x.AddSets(f.name, termsHeader{terms}, sets); err != nil {
			return err
		}
	}
	return nil
}

// named are the names of the sets that a listing is in.
func named(sets []*catalogue.Set) func(*catalogue.Listing) []string {
	names := map[*catalogue.Listing][]string{}
	for _, s := range sets {
		for _, l := range s.Listings {
			names[l] = append(names[l], s.Name)
		}
	}
	return func(l *catalogue.Listing) []string { return names[l] }
}

func ofTerms(v *catalogue.Vocabulary) []*catalogue.Set {
	var sets []*catalogue.Set
	for _, t := range v.Terms {
		sets = append(sets, &t.Set)
	}
	return sets
}

func ofProviders(providers []*catalogue.Provider) []*catalogue.Set {
	var sets []*catalogue.Set
	for _, p := range providers {
		sets = append(sets, &p.Set)
	}
	return sets
}

// grades are those that a listing names; of one that names none, those whose
// ages overlap with its own.
func grades(l *catalogue.Listing, all []schema.Grade) []string {
	if len(l.Value.Grades) > 0 || l.Ages == nil {
		return l.Value.Grades
	}
	var ids []string
	for _, g := range all {
		if g.Ages != nil && !below(l.Ages.Max, g.Ages.Min) && !below(g.Ages.Max, l.Ages.Min) {
			ids = append(ids, g.ID)
		}
	}
	return ids
}

// below says that a range that ends at one age lies below one that begins at
// another; either may be open there.
func below(end, start *int) bool { return end != nil && start != nil && *end < *start }

// costs says whether a listing costs something; nothing where it does not say.
func costs(l *catalogue.Listing) []string {
	switch c := l.Value.Cost; {
	case c.Amount != nil && *c.Amount == 0:
		return []string{CostFree}
	case c.Amount != nil || c.From != nil || c.To != nil:
		return []string{CostPaid}
	}
	return nil
}

func supports(l *catalogue.Listing) []string {
	if p := l.Value.Place; p != nil && p.StepFree != nil && *p.StepFree {
		return append([]string{StepFree}, l.Value.Supports...)
	}
	return l.Value.Supports
}

// origins are the catalogues that list a listing, where others list any.
func origins(c *catalogue.Catalogue) func(*catalogue.Listing) []string {
	if !slices.ContainsFunc(c.Peers, func(p *catalogue.Peer) bool { return len(p.Listings)+len(p.Twice) > 0 }) {
		return func(*catalogue.Listing) []string { return nil }
	}
	return (*catalogue.Listing).Origins
}

// endorsers are the slugs of those who vouch for a listing or its provider.
func endorsers(l *catalogue.Listing) []string {
	all := l.Endorsements
	if l.Provider != nil {
		all = append(all[:len(all):len(all)], l.Provider.Endorsements...)
	}
	var slugs []string
	for _, e := range all {
		if e.By != nil {
			slugs = append(slugs, e.By.Name)
		}
	}
	return slugs
}
