package catalogue

import (
	"slices"

	"fursa/schema"
)

// School is a school with what it receives: its channel.
type School struct {
	// Set holds first what the school has pinned, as far as it has not ended,
	// then what fits, soonest first.
	Set
	Record *Record[schema.School]
	// Languages are those of its pages and feeds, the leading one first; the
	// catalogue has them all.
	Languages []string
	// Pinned is how many of the listings are pinned.
	Pinned  int
	matcher matcher
}

// Why are the reasons for which a listing of the school's is there, in the
// order of the want's fields, the pin before them; none where the school wants
// everything.
func (s *School) Why(l *Listing) []Reason {
	if !slices.Contains(s.Listings[:s.Pinned], l) {
		return s.matcher.reasons(l)
	}
	reasons := []Reason{{Field: "pin"}}
	for i, c := range s.matcher {
		if c.fits(l) {
			reasons = append(reasons, s.matcher[i:i+1].reasons(l)...)
		}
	}
	return reasons
}

// School is the school of a slug, nil where there is none.
func (c *Catalogue) School(slug string) *School {
	i := slices.IndexFunc(c.Schools, func(s *School) bool { return s.Name == slug })
	if i < 0 {
		return nil
	}
	return c.Schools[i]
}

// addSchools finds what each school receives.
func (c *Catalogue) addSchools(r Records) {
	for _, record := range r.Schools {
		s := &School{
			Record: record, Set: Set{Family: "schools", Name: record.Slug()},
			Languages: c.spoken(record.Value.Languages),
			matcher:   c.matcher(record.Value, false),
		}
		listed := map[*Listing]bool{}
		for _, slug := range record.Value.Hide {
			listed[c.listings[slug]] = true
		}
		for _, slug := range record.Value.Pin {
			if l := c.listings[slug]; l != nil && !l.Ended && !listed[l] {
				listed[l] = true
				s.Listings = append(s.Listings, l)
			}
		}
		s.Pinned = len(s.Listings)
		for _, l := range c.candidates(record.Value.Want) {
			if s.matcher.fits(l) && !listed[l] {
				s.Listings = append(s.Listings, l)
			}
		}
		c.Schools = append(c.Schools, s)
	}
}

// spoken are those of some languages that the catalogue has; all of them where
// that leaves none.
func (c *Catalogue) spoken(languages []string) []string {
	some := kept(languages, func(lang string) bool { return slices.Contains(c.Settings.Languages, lang) })
	if len(some) == 0 {
		return c.Settings.Languages
	}
	return some
}

// candidates are current listings, in their order, among which are all that
// fit a want: those of its most telling field that sets are kept of. A look at
// every listing for every school would take longer than anything else of a
// catalogue.
func (c *Catalogue) candidates(w schema.Want) []*Listing {
	best, least := [][]*Listing{c.Current}, len(c.Current)
	for _, sets := range [][][]*Listing{
		c.Subjects.listings(w.Subjects), c.Skills.listings(w.Skills), c.ofKinds(w.Kinds), c.ofProviders(w.Providers), c.inPlaces(w.Districts),
	} {
		n := 0
		for _, listings := range sets {
			n += len(listings)
		}
		if sets != nil && n < least {
			best, least = sets, n
		}
	}
	if len(best) == 1 {
		return best[0]
	}
	merged := slices.Concat(best...)
	slices.SortFunc(merged, func(a, b *Listing) int { return int(a.order - b.order) })
	return slices.Compact(merged)
}

// listings are those of each of some terms.
func (v *Vocabulary) listings(ids []string) [][]*Listing {
	var sets [][]*Listing
	for _, t := range v.find(ids) {
		sets = append(sets, t.Listings)
	}
	return sets
}

func (c *Catalogue) ofKinds(kinds []string) [][]*Listing {
	var sets [][]*Listing
	for _, s := range c.Kinds {
		if slices.Contains(kinds, s.Name) {
			sets = append(sets, s.Listings)
		}
	}
	return sets
}

func (c *Catalogue) ofProviders(slugs []string) [][]*Listing {
	var sets [][]*Listing
	for _, slug := range slugs {
		if p := c.Provider(slug); p != nil {
			sets = append(sets, p.Listings)
		}
	}
	return sets
}

// inPlaces are the listings of some places, and those that have none.
func (c *Catalogue) inPlaces(ids []string) [][]*Listing {
	if len(ids) == 0 {
		return nil
	}
	return append(c.Places.listings(ids), c.moving)
}
