package plan

import (
	"strings"

	"fursa/generator/catalogue"
)

// facetsOf are the ways to narrow a set down. Each value leads to a search for
// both; of all listings, to the value's own page where it has one.
func (e *edition) facetsOf(s *set) []Facet {
	var facets []Facet
	for _, f := range e.Facets(s.Set) {
		facet := Facet{Label: e.T("facet." + f.Family)}
		name := strings.Replace(f.Family, "modes", "mode", 1) // as records say it
		for _, v := range f.Values {
			label := e.facetLabel(f.Family, v)
			link := Link{Text: label.Text, Lang: label.Lang, Dir: label.Dir, Count: e.Number(float64(v.Count))}
			switch {
			case s.Family != "":
				link.URL = e.searchURL(s.Family, s.Name, name, v.Name)
			case v.Set != nil:
				link.URL = e.href(v.Set.Path())
			default:
				link.URL = e.searchURL(name, v.Name)
			}
			facet.Values = append(facet.Values, link)
		}
		if f.More > 0 {
			facet.More = e.N("count.more", f.More)
		}
		facets = append(facets, facet)
	}
	return facets
}

// facetLabel is a value of a facet in words.
func (e *edition) facetLabel(family string, v catalogue.FacetValue) Text {
	if s := e.setOf[v.Set]; s != nil {
		return s.title
	}
	if family == "languages" {
		return Text{Text: e.LanguageName(v.Name)}
	}
	return Text{Text: e.T(strings.TrimSuffix(family, "s") + "." + v.Name)}
}
