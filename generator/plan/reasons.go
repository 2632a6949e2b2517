package plan

import (
	"cmp"
	"slices"
	"strings"

	"fursa/generator/catalogue"
	"fursa/schema"
)

// why says in a line for which reasons a listing is in a school's list. What
// its card says anyway (kind, place, ages, price) is left out.
func (e *edition) why(reasons []catalogue.Reason) string {
	var words []string
	for _, r := range reasons {
		if text := e.reason(r); text != "" {
			words = append(words, text)
		}
	}
	if len(words) == 0 {
		return ""
	}
	return e.T("school.why", "reasons", strings.Join(words, " · "))
}

func (e *edition) reason(r catalogue.Reason) string {
	switch r.Field {
	case "subjects", "skills", "curriculum":
		return e.List(e.termNames(r.Terms))
	case "grades":
		return e.gradeWords(r.Values)
	case "audience":
		more := slices.DeleteFunc(r.Values, func(s string) bool { return s == "learners" }) // nearly everything is
		return e.List(e.named("material.", more))
	case "languages":
		return e.T("reason.languages", "languages", e.languages(r.Values))
	case "providers":
		return e.T("reason.providers", "names", e.List(e.providerNames(r.Values)))
	case "supports", "timetable", "gender":
		return e.List(e.named(r.Field+".", r.Values))
	case "endorsed_by":
		return e.T("reason.endorsed", "names", e.List(e.providerNames(r.Values)))
	case "within_km":
		if r.Km > 0 {
			return e.T("reason.away", "distance", e.Distance(r.Km))
		}
	}
	return ""
}

func (e *edition) termNames(terms []*catalogue.Term) []string {
	var names []string
	for _, t := range terms {
		names = append(names, cmp.Or(e.words(t.Label).Text, t.ID))
	}
	return names
}

func (e *edition) providerNames(slugs []string) []string {
	var names []string
	for _, slug := range slugs {
		if p := e.Provider(slug); p != nil {
			names = append(names, e.providerLink(p).Text)
		}
	}
	return names
}

// named are the words of values whose messages begin with a prefix.
func (e *edition) named(prefix string, values []string) []string {
	var words []string
	for _, v := range e.labels(prefix, values) {
		words = append(words, v.Text)
	}
	return words
}

// wants is a want in words, field by field; none where everything is wanted.
func (e *edition) wants(w schema.Want) []Fact {
	f := facts{}
	add := func(label string, values ...Value) { f.add(Fact{Label: e.T(label)}, values...) }
	add("listing.subjects", e.linkedTerms(e.Subjects, w.Subjects)...)
	add("listing.skills", e.linkedTerms(e.Skills, w.Skills)...)
	add("listing.curriculum", e.linkedTerms(e.Curricula, w.Curriculum)...)
	add("listing.kind", e.linkedKinds(w.Kinds)...)
	add("facet.ages", text(capital(e.rangeOfAges(w.Ages)))...)
	add("school.grades", text(e.gradeWords(w.Grades))...)
	whom := e.labels("audience.", w.Audience)
	if w.Gender != "" && w.Gender != "any" {
		whom = append(whom, Value{Text: e.T("school.for-" + w.Gender)})
	}
	add("listing.for-whom", whom...)
	add("listing.languages", text(e.languages(w.Languages))...)
	add("facet.places", e.linkedTerms(e.Places, w.Districts)...)
	add("facet.modes", e.labels("mode.", w.Modes)...)
	add("facet.providers", e.linkedProviders(w.Providers)...)
	add("facet.origins", e.originLabels(w.Origins)...)
	add("listing.supports", e.labels("supports.", w.Supports)...)
	if w.CostMax != nil {
		add("facet.cost", Value{Text: capital(e.highest(*w.CostMax))})
	}
	add("listing.timetable", e.labels("timetable.", w.Timetable)...)
	add("listing.endorsements", e.linkedProviders(w.EndorsedBy)...)
	if w.WithinKm > 0 {
		add("school.near", Value{Text: e.T("school.within", "distance", e.Distance(w.WithinKm))})
	}
	return f
}

// highest is a price that nothing may be above.
func (e *edition) highest(price float64) string {
	if price == 0 {
		return e.T("cost.free")
	}
	return e.T("cost.to", "to", e.Money(price, e.Settings.Currency))
}

// linkedTerms are terms with links to their pages; those of the curriculum
// have none.
func (e *edition) linkedTerms(v *catalogue.Vocabulary, ids []string) []Value {
	var values []Value
	for _, id := range ids {
		t := v.Term(id)
		if t == nil {
			continue
		}
		link := e.termLink(t)
		if v == e.Curricula {
			link.URL = ""
		}
		values = append(values, linked(link))
	}
	return values
}

// linkedKinds are kinds, with links to those of which there are listings.
func (e *edition) linkedKinds(kinds []string) []Value {
	var values []Value
	for _, k := range kinds {
		v := Value{Text: e.T("kinds." + k)}
		if link, ok := e.recordLink("kinds/" + k); ok {
			v.URL = link.URL
		}
		values = append(values, v)
	}
	return values
}

func (e *edition) linkedProviders(slugs []string) []Value {
	var values []Value
	for _, slug := range slugs {
		if p := e.Provider(slug); p != nil {
			values = append(values, linked(e.providerLink(p)))
		}
	}
	return values
}
