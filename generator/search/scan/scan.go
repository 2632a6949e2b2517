// Package scan searches a catalogue without an index: it looks at every
// listing, by the rules of docs/search-format.md. It is what the index and the
// browser's engine are held against, and serves nobody else.
package scan

import (
	"cmp"
	"math/bits"
	"slices"
	"strings"
	"unicode"
	"unicode/utf16"
	"unicode/utf8"

	"fursa/generator/catalogue"
	"fursa/generator/search"
)

// Scan is what a search looks at.
type Scan struct {
	// Forms are all forms of current listings, sorted as in the index, each
	// with its stems.
	Forms []string
	Stems map[string][]string
	// Listings are the current listings that have a stem, in the order in which
	// the catalogue has them.
	Listings map[string][]*catalogue.Listing

	current []*catalogue.Listing
	meant   [][]uint16 // the forms that a misspelt word may be meant for
}

// New reads the current listings of a catalogue.
func New(c *catalogue.Catalogue) *Scan {
	s := &Scan{Stems: map[string][]string{}, Listings: map[string][]*catalogue.Listing{}, current: c.Current}
	r := search.NewReader(c)
	for _, l := range c.Current {
		for _, f := range r.Forms(l) {
			if !slices.Contains(s.Stems[f.Text], f.Stem) {
				s.Stems[f.Text] = append(s.Stems[f.Text], f.Stem)
			}
			if has := s.Listings[f.Stem]; len(has) == 0 || has[len(has)-1] != l {
				s.Listings[f.Stem] = append(has, l)
			}
		}
	}
	for form := range s.Stems {
		s.Forms = append(s.Forms, form)
	}
	slices.SortFunc(s.Forms, search.Compare)
	for _, form := range s.Forms {
		if units := utf16.Encode([]rune(form)); len(units) >= 3 && !strings.ContainsFunc(form, unspelt) {
			s.meant = append(s.meant, units)
		}
	}
	return s
}

// Find is the current listings that match a query, in the order of the
// catalogue: all of them where it has no word to look for.
func (s *Scan) Find(query string) []*catalogue.Listing {
	words := search.Words(query)
	last := len(words) - 1
	typing := last >= 0 && strings.TrimRightFunc(query, unicode.IsSpace) == query
	if typing && single(words[last]) {
		words, typing = words[:last], false
	}
	found := s.current
	for i, word := range words {
		matches := s.Word(word, typing && i == last)
		found = slices.DeleteFunc(slices.Clone(found), func(l *catalogue.Listing) bool { return !matches[l] })
	}
	return found
}

// single says that a word is one letter of a script with spaces.
func single(word string) bool {
	r, size := utf8.DecodeRuneInString(word)
	return size == len(word) && unicode.IsLetter(r) && !search.Spaceless(r)
}

// Word is the listings that match a folded word, which may be the beginning of
// one.
func (s *Scan) Word(word string, beginning bool) map[*catalogue.Listing]bool {
	found := map[*catalogue.Listing]bool{}
	known := false
	add := func(form string) {
		for _, stem := range s.Stems[form] {
			known = true
			for _, l := range s.Listings[stem] {
				found[l] = true
			}
		}
	}
	for _, form := range search.Forms(word) {
		add(form)
	}
	for _, form := range s.Forms {
		if beginning && utf8.RuneCountInString(word) >= 2 && strings.HasPrefix(form, word) {
			add(form)
		}
	}
	if !known {
		for _, form := range s.Corrections(word) {
			add(form)
		}
	}
	return found
}

// Corrections are the forms that a word is most likely meant for that is none:
// the most frequent first.
func (s *Scan) Corrections(word string) []string {
	units := utf16.Encode([]rune(word))
	n := len(units)
	if n < 4 || strings.Trim(word, "0123456789") == "" {
		return nil
	}
	var at [3][]string // by distance
	for _, form := range s.meant {
		if d := distance(units, form); d == 1 || d == 2 && n >= 8 {
			at[d] = append(at[d], string(utf16.Decode(form)))
		}
	}
	found := at[1]
	if len(found) == 0 {
		found = at[2]
	}
	slices.SortStableFunc(found, func(a, b string) int { return cmp.Compare(s.size(b), s.size(a)) })
	return found[:min(len(found), 8)]
}

// unspelt says that nothing is corrected to a word with such a character.
func unspelt(r rune) bool { return r > 0xFFFF || unicode.IsNumber(r) }

// size is the length, in binary digits, of a form's longest list.
func (s *Scan) size(form string) int {
	most := 0
	for _, stem := range s.Stems[form] {
		most = max(most, len(s.Listings[stem]))
	}
	return bits.Len(uint(most))
}

// Distance is how many letters must be put in, left out, exchanged for others
// or with their neighbours to make one word of another, no letter twice; 3
// stands for more than two.
func Distance(a, b string) int { return distance(utf16.Encode([]rune(a)), utf16.Encode([]rune(b))) }

func distance(x, y []uint16) int {
	if len(x)-len(y) > 2 || len(y)-len(x) > 2 {
		return 3
	}
	var rows [3][]int // the one before the last, the last, this one
	for i := range rows {
		rows[i] = make([]int, len(y)+1)
	}
	for j := range rows[1] {
		rows[1][j] = j
	}
	for i := range x {
		before, last, row := rows[0], rows[1], rows[2]
		row[0] = i + 1
		for j := range y {
			change := last[j]
			if x[i] != y[j] {
				change++
			}
			row[j+1] = min(last[j+1]+1, row[j]+1, change)
			if i > 0 && j > 0 && x[i] == y[j-1] && x[i-1] == y[j] {
				row[j+1] = min(row[j+1], before[j-1]+1)
			}
		}
		rows = [3][]int{last, row, before}
	}
	return min(rows[1][len(y)], 3)
}
