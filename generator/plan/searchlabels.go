package plan

import (
	"cmp"
	"encoding/json"
	"slices"
	"strings"

	"fursa/generator/catalogue"
	"fursa/generator/search"
)

// facetLabels is a facet as people see it, its terms in their order.
type facetLabels struct {
	Name  string      `json:"name"`
	Label string      `json:"label"`
	Terms []termLabel `json:"terms"`
}

// termLabel is a term's name, its label, and how deep it stands below others.
type termLabel struct {
	name, label string
	depth       int
}

// MarshalJSON writes a term as a list, without a depth of 0.
func (t termLabel) MarshalJSON() ([]byte, error) {
	if t.depth == 0 {
		return json.Marshal([]any{t.name, t.label})
	}
	return json.Marshal([]any{t.name, t.label, t.depth})
}

// labelsOf are the labels of the index's facets, in the order in which people
// choose; without those in which there is nothing to choose.
func (e *edition) labelsOf(facets []search.Facet) []facetLabels {
	list := []facetLabels{} // a list in JSON, not null
	for _, name := range []string{
		"subjects", "ages", "grades", "kinds", "places", "cost", "timetable", "mode", "languages", "audience",
		"supports", "skills", "providers", "endorsed", "origins",
	} {
		i := slices.IndexFunc(facets, func(f search.Facet) bool { return f.Name == name })
		if i < 0 {
			continue
		}
		labels := facetLabels{Name: name, Label: e.T("facet." + strings.Replace(name, "mode", "modes", 1))}
		for _, t := range e.facetTerms(facets[i]) {
			if _, has := slices.BinarySearch(facets[i].Terms, t.name); has {
				labels.Terms = append(labels.Terms, t)
			}
		}
		if !facets[i].Idle {
			list = append(list, labels)
		}
	}
	return list
}

// facetTerms are all terms that a facet may have, in their order.
func (e *edition) facetTerms(f search.Facet) []termLabel {
	switch f.Name {
	case "subjects", "skills", "places", "kinds", "ages", "providers":
		return e.familyTerms(f.Name)
	case "grades":
		var terms []termLabel
		for _, g := range e.Settings.Grades {
			terms = append(terms, termLabel{g.ID, e.grade(g.ID), 0})
		}
		return terms
	case "endorsed":
		return byLabel(e, f.Terms, func(slug string) string { return e.providerLink(e.Provider(slug)).Text })
	case "origins":
		return byLabel(e, f.Terms, e.originName)
	case "languages":
		return byLabel(e, f.Terms, e.LanguageName)
	case "timetable":
		return e.ordered("timetable.", "school-hours", "after-school", "evening", "weekend", "holiday")
	case "cost":
		return e.ordered("search.cost-", search.CostFree, search.CostPaid)
	case "supports":
		return byLabel(e, f.Terms, func(name string) string {
			if name == search.StepFree {
				return e.T("where.step-free")
			}
			return e.T("supports." + name)
		})
	}
	return byLabel(e, f.Terms, func(name string) string { return e.T(f.Name + "." + name) })
}

// familyTerms are the terms of a family, narrower ones below their broader
// ones.
func (e *edition) familyTerms(name string) []termLabel {
	var terms []termLabel
	var below func(sets []*set, parent *catalogue.Term, depth int)
	below = func(sets []*set, parent *catalogue.Term, depth int) {
		for _, s := range sets {
			if s.parent != parent {
				continue
			}
			terms = append(terms, termLabel{s.Name, s.title.Text, depth})
			if s.Term != nil {
				below(sets, s.Term, depth+1)
			}
		}
	}
	for _, f := range e.families {
		if f.name == name {
			below(slices.Concat(f.sets, f.elsewhere), nil, 0)
		}
	}
	return terms
}

// ordered are terms whose labels are messages, in the order given.
func (e *edition) ordered(prefix string, names ...string) []termLabel {
	var terms []termLabel
	for _, name := range names {
		terms = append(terms, termLabel{name, capital(e.T(prefix + name)), 0})
	}
	return terms
}

// byLabel are terms in the order of their labels.
func byLabel(e *edition, names []string, label func(string) string) []termLabel {
	var terms []termLabel
	for _, name := range names {
		terms = append(terms, termLabel{name, capital(label(name)), 0})
	}
	slices.SortFunc(terms, func(a, b termLabel) int {
		return cmp.Or(e.Compare(a.label, b.label), strings.Compare(a.name, b.name))
	})
	return terms
}
