package catalogue

import (
	"fmt"
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"fursa/schema"
	"fursa/schema/diag"
)

// Duplicates warns of listings that are there twice under two names: with the
// same title, dates and place, whoever lists them, or of one provider where
// there is no date. Each listing is looked up by one key and compared with no
// other. Dates, hours, places, ages and prices that differ are what tells the
// groups of one programme apart.
//
// Of those that say the same, the first is taken for the listing, and the
// second is warned of; those that are new, where given, come after all others.
func Duplicates(records []*Record[schema.Opportunity], isNew func(path string) bool) diag.List {
	groups := map[string][]*Record[schema.Opportunity]{}
	var order []string
	for _, r := range records {
		if r.Value.Status == StatusDraft {
			continue
		}
		key := TwinKey(r)
		if groups[key] = append(groups[key], r); len(groups[key]) == 2 {
			order = append(order, key)
		}
	}
	var list diag.List
	for _, key := range order {
		list = append(list, twice(established(groups[key], isNew)))
	}
	return list
}

// established are listings with one that is not new before all that are, if
// there is one, and the others last.
func established(group []*Record[schema.Opportunity], isNew func(path string) bool) []*Record[schema.Opportunity] {
	var old, fresh []*Record[schema.Opportunity]
	for _, r := range group {
		if isNew != nil && isNew(r.Path) {
			fresh = append(fresh, r)
		} else {
			old = append(old, r)
		}
	}
	first := min(1, len(old))
	return slices.Concat(old[:first], fresh, old[first:])
}

// TwinKey is the same for listings that say the same under two names.
func TwinKey(r *Record[schema.Opportunity]) string {
	key := TitleKey(r.Value.Title) + occasion(r.Value)
	if len(r.Value.Sessions) == 0 && r.Value.Period == nil {
		provider, _, _ := strings.Cut(r.Slug(), "/")
		key += "\x00" + provider
	}
	return key
}

// mostNamed is how many of the others are named where many say the same.
const mostNamed = 5

// twice warns at the second of some listings that say the same: once, however
// many there are.
func twice(group []*Record[schema.Opportunity]) diag.Diagnostic {
	first, second := group[0], group[1]
	d := diag.Warn("links/near-duplicate", locate(second.Source, "/title"), "path", first.Path, "count", len(group))
	if len(group) > 2 {
		d = d.Hinted("several")
	}
	others := append(slices.Clone(group[:1]), group[2:]...)
	for _, r := range others[:min(mostNamed, len(others))] {
		d = d.See(locate(r.Source, "/title"))
	}
	return d
}

// fillers are words that titles have or lack without another meaning.
var fillers = []string{"a", "an", "the", "of", "at", "in", "on", "for", "with", "and", "to", "في", "من", "مع", "على"}

// TitleKey is what stays of a title in any spelling: its words in small
// letters without accents, marks and vowel signs, in the order of the
// alphabet.
func TitleKey(title string) string {
	plain := strings.Map(func(r rune) rune {
		switch {
		case unicode.Is(unicode.Mn, r) || r == 'ـ' || r == '\'' || r == '’':
			return -1
		case unicode.IsLetter(r) || unicode.IsNumber(r) || r == '+' || r == '#':
			return folded(unicode.ToLower(r))
		}
		return ' '
	}, norm.NFKD.String(title))
	words := slices.DeleteFunc(strings.Fields(plain), func(w string) bool { return slices.Contains(fillers, w) })
	slices.Sort(words)
	return strings.Join(words, " ")
}

// folded is a letter of Arabic in the spelling that people mix up.
func folded(r rune) rune {
	switch r {
	case 'أ', 'إ', 'آ', 'ٱ':
		return 'ا'
	case 'ى':
		return 'ي'
	case 'ة':
		return 'ه'
	}
	return r
}

// occasion is when, where, for whom and for how much a listing is.
func occasion(o *schema.Opportunity) string {
	var b strings.Builder
	for _, s := range o.Sessions {
		fmt.Fprintf(&b, "\x00%s %s %s", s.Start, s.RRule, placeKey(s.Place))
	}
	if p := o.Period; p != nil {
		fmt.Fprintf(&b, "\x00%s %s %v %v %v", p.From, p.To, p.Days, p.Starts, p.Ends)
	}
	fmt.Fprintf(&b, "\x00%t %t %s", o.Anytime, o.ByArrangement, placeKey(o.Place))
	fmt.Fprintf(&b, "\x00%s %s %v %s", bound(o.Ages, true), bound(o.Ages, false), o.Grades, o.Gender)
	for _, amount := range []*float64{o.Cost.Amount, o.Cost.From, o.Cost.To} {
		if amount != nil {
			fmt.Fprintf(&b, " %g", *amount)
		}
	}
	return b.String()
}

func bound(r *schema.Range, low bool) string {
	switch {
	case r != nil && low && r.Min != nil:
		return itoa(*r.Min)
	case r != nil && !low && r.Max != nil:
		return itoa(*r.Max)
	}
	return "-"
}

// placeKey is a place as titles are compared.
func placeKey(p *schema.Place) string {
	if p == nil {
		return ""
	}
	if p.Address != "" {
		return TitleKey(p.Address)
	}
	return TitleKey(p.Name + " " + p.District)
}
