package catalogue

import (
	"slices"
	"strings"

	"fursa/schema"
)

// Reason is why a listing fits what a school wants: one of the wanted fields,
// and what of it the listing has.
type Reason struct {
	// Field is a field of the record's want («subjects», «within_km»), or
	// «pin».
	Field string
	// Terms are the listing's own terms that are wanted, or narrower than one
	// that is.
	Terms []*Term
	// Values are what fits of other lists, as records write it: kinds, grades,
	// slugs of providers. What fits in spite of its place, because it comes to
	// the school or is online, has its mode here.
	Values []string
	// Km is the distance from the school, where Field is «within_km» and the
	// place counts.
	Km float64
}

// criterion is one field of a want.
type criterion struct {
	field string
	fits  func(*Listing) bool
	// reason says more of a listing that fits.
	reason func(*Listing) Reason
}

// matcher is all that a school wants. A listing that fits every criterion
// fits.
type matcher []criterion

func (m matcher) fits(l *Listing) bool {
	for i := range m {
		if !m[i].fits(l) {
			return false
		}
	}
	return true
}

func (m matcher) reasons(l *Listing) []Reason {
	reasons := make([]Reason, len(m))
	for i, c := range m {
		reasons[i] = c.reason(l)
		reasons[i].Field = c.field
	}
	return reasons
}

// matcher makes a want into criteria, in the order of its fields. With ever it
// asks nothing that depends on today.
func (c *Catalogue) matcher(v *schema.School, ever bool) matcher {
	w, m := v.Want, matcher{}
	add := func(given bool, field string, make func() criterion) {
		if given {
			next := make()
			next.field = field
			m = append(m, next)
		}
	}
	add(len(w.Subjects) > 0, "subjects", func() criterion {
		return c.Subjects.wanted(w.Subjects, func(l *Listing) []*Term { return l.Subjects })
	})
	add(len(w.Skills) > 0, "skills", func() criterion {
		return c.Skills.wanted(w.Skills, func(l *Listing) []*Term { return l.Skills })
	})
	add(len(w.Curriculum) > 0, "curriculum", func() criterion {
		return c.Curricula.wanted(w.Curriculum, func(l *Listing) []*Term { return l.Terms })
	})
	add(len(w.Kinds) > 0, "kinds", func() criterion {
		return oneOf(w.Kinds, func(l *Listing) string { return l.Value.Kind })
	})
	add(w.Ages != nil, "ages", func() criterion {
		return plainly(func(l *Listing) bool { return overlap(l.Ages, w.Ages) })
	})
	add(len(w.Grades) > 0, "grades", func() criterion { return c.ofGrades(w.Grades) })
	add(len(w.Audience) > 0, "audience", func() criterion { return someOf(w.Audience, (*Listing).Audience) })
	add(len(w.Languages) > 0, "languages", func() criterion { return heldIn(w.Languages) })
	add(len(w.Districts) > 0, "districts", func() criterion { return c.inDistricts(w.Districts, v.Place) })
	add(len(w.Modes) > 0, "modes", func() criterion {
		return oneOf(w.Modes, func(l *Listing) string { return l.Value.Mode })
	})
	add(len(w.Providers) > 0, "providers", func() criterion { return someOf(w.Providers, (*Listing).providers) })
	add(len(w.Origins) > 0, "origins", func() criterion { return someOf(w.Origins, (*Listing).Origins) })
	add(len(w.Supports) > 0, "supports", func() criterion {
		return someOf(w.Supports, func(l *Listing) []string { return l.Value.Supports })
	})
	add(w.Gender != "" && w.Gender != "any", "gender", func() criterion { return openTo(w.Gender) })
	add(w.CostMax != nil, "cost_max", func() criterion {
		return plainly(func(l *Listing) bool { return c.affordable(l.Value, *w.CostMax) })
	})
	add(len(w.Timetable) > 0, "timetable", func() criterion { return c.inTimetable(w.Timetable, ever) })
	add(len(w.EndorsedBy) > 0, "endorsed_by", func() criterion {
		return someOf(w.EndorsedBy, func(l *Listing) []string { return c.endorsers(l, ever) })
	})
	add(w.WithinKm > 0, "within_km", func() criterion { return within(w.WithinKm, v.Place) })
	return m
}

// plainly is a criterion of which there is nothing more to say.
func plainly(fits func(*Listing) bool) criterion {
	return criterion{fits: fits, reason: func(*Listing) Reason { return Reason{} }}
}

// oneOf wants one of some values.
func oneOf(wanted []string, of func(*Listing) string) criterion {
	return criterion{
		fits:   func(l *Listing) bool { return slices.Contains(wanted, of(l)) },
		reason: func(l *Listing) Reason { return Reason{Values: []string{of(l)}} },
	}
}

// someOf wants any of some values, of which a listing has several.
func someOf(wanted []string, of func(*Listing) []string) criterion {
	is := func(s string) bool { return slices.Contains(wanted, s) }
	return criterion{
		fits:   func(l *Listing) bool { return slices.ContainsFunc(of(l), is) },
		reason: func(l *Listing) Reason { return Reason{Values: kept(of(l), is)} },
	}
}

// wanted wants any of some terms, or of the terms below them.
func (v *Vocabulary) wanted(ids []string, of func(*Listing) []*Term) criterion {
	terms := v.below(ids)
	is := func(t *Term) bool { return terms[t] }
	return criterion{
		fits:   func(l *Listing) bool { return slices.ContainsFunc(of(l), is) },
		reason: func(l *Listing) Reason { return Reason{Terms: kept(of(l), is)} },
	}
}

// below are the terms of some ids, and all narrower ones.
func (v *Vocabulary) below(ids []string) map[*Term]bool {
	terms := map[*Term]bool{}
	for _, t := range v.Terms {
		if slices.ContainsFunc(ancestors([]*Term{t}), func(a *Term) bool { return slices.Contains(ids, a.ID) }) {
			terms[t] = true
		}
	}
	return terms
}

// kept are the elements that is says, in their order.
func kept[T any](list []T, is func(T) bool) []T {
	var some []T
	for _, x := range list {
		if is(x) {
			some = append(some, x)
		}
	}
	return some
}

// overlap says whether two ranges have a number in common; no stated range
// has none.
func overlap(a, b *schema.Range) bool {
	if a == nil || b == nil {
		return false
	}
	return (a.Max == nil || b.Min == nil || *b.Min <= *a.Max) && (a.Min == nil || b.Max == nil || *a.Min <= *b.Max)
}

// ofGrades wants some grades: those that a listing states, or where it states
// ages only, those with pupils of these ages.
func (c *Catalogue) ofGrades(wanted []string) criterion {
	return criterion{
		fits: func(l *Listing) bool {
			return slices.ContainsFunc(wanted, func(g string) bool { return c.ForGrade(l, g) })
		},
		reason: func(l *Listing) Reason {
			return Reason{Values: kept(wanted, func(g string) bool { return c.ForGrade(l, g) })}
		},
	}
}

// ForGrade says whether a listing is for a grade of the catalogue: because it
// states it, or where it states ages only, because of these.
func (c *Catalogue) ForGrade(l *Listing, grade string) bool {
	if stated := l.Value.Grades; len(stated) > 0 {
		return slices.Contains(stated, grade)
	}
	return overlap(l.Ages, c.grades[grade].Ages)
}

// heldIn wants languages; one without a region stands for all its regions.
func heldIn(wanted []string) criterion {
	is := func(lang string) bool {
		return slices.ContainsFunc(wanted, func(w string) bool { return lang == w || strings.HasPrefix(lang, w+"-") })
	}
	return criterion{
		fits:   func(l *Listing) bool { return slices.ContainsFunc(l.Value.Languages, is) },
		reason: func(l *Listing) Reason { return Reason{Values: kept(l.Value.Languages, is)} },
	}
}

// openTo wants what girls, or boys, can join.
func openTo(gender string) criterion {
	return criterion{
		fits: func(l *Listing) bool {
			g := l.Value.Gender
			return g == "" || g == "any" || g == gender
		},
		reason: func(l *Listing) Reason {
			if l.Value.Gender != gender {
				return Reason{}
			}
			return Reason{Values: []string{gender}}
		},
	}
}

// affordable says whether a learner can join for no more than a price in the
// catalogue's currency. Of several prices the lowest known counts, of a group's
// a head's share in the smallest group; what is not known, or is in another
// currency, is not affordable.
func (c *Catalogue) affordable(v *schema.Opportunity, most float64) bool {
	if v.Cost.Per == "group" && v.Group != nil && v.Group.Min != nil {
		most *= float64(*v.Group.Min)
	}
	for _, price := range []*float64{v.Cost.Amount, v.Cost.From, v.Cost.To} {
		if price != nil {
			ours := v.Cost.Currency == "" || v.Cost.Currency == c.Settings.Currency
			return *price == 0 || ours && *price <= most
		}
	}
	return false
}

// providers are the slugs of who offers a listing.
func (l *Listing) providers() []string {
	var slugs []string
	if l.Provider != nil {
		slugs = append(slugs, l.Provider.Name)
	}
	for _, p := range l.Partners {
		slugs = append(slugs, p.Name)
	}
	return slugs
}

// endorsers are the slugs of who vouches for a listing or its provider, now or
// with ever at any time.
func (c *Catalogue) endorsers(l *Listing, ever bool) []string {
	var slugs []string
	if ever {
		slugs = slices.Clone(c.vouched[l.Path])
		if l.Provider != nil {
			slugs = append(slugs, c.vouched[l.Provider.Record.Path]...)
		}
		return slugs
	}
	all := l.Endorsements
	if l.Provider != nil {
		all = append(slices.Clone(all), l.Provider.Endorsements...)
	}
	for _, e := range all {
		if e.By != nil && !slices.Contains(slugs, e.By.Name) {
			slugs = append(slugs, e.By.Name)
		}
	}
	return slugs
}
