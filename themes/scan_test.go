package themes_test

import (
	"cmp"
	"math"
	"math/bits"
	"slices"
	"strings"

	"fursa/generator/search"
)

// asked is a query as the script takes it, and what is asked of its results.
type asked struct {
	Query    query       `json:"query"`
	Complete bool        `json:"complete,omitempty"`
	Cold     bool        `json:"cold,omitempty"` // with nothing at hand but the entry
	Today    string      `json:"today"`
	Facet    string      `json:"facet,omitempty"`
	Ranges   [][2]string `json:"ranges,omitempty"`
	Words    []string    `json:"words,omitempty"` // of which some are to be highlighted
}

type query struct {
	Text    string              `json:"text,omitempty"`
	Filters map[string][]string `json:"filters,omitempty"`
	From    string              `json:"from,omitempty"`
	To      string              `json:"to,omitempty"`
	Near    *near               `json:"near,omitempty"`
	Sort    string              `json:"sort,omitempty"`
}

type near struct {
	Latitude  float64 `json:"latitude"`
	Longitude float64 `json:"longitude"`
	Within    float64 `json:"within,omitempty"`
}

// answer is what the script says of a query.
type answer struct {
	Count       int
	Paths       []string // the ends of all, in order
	Same        bool     // the first ten are those of all
	Counts      map[string]int
	Days        []int
	Corrections []correction
	Corrected   string
	Distances   []float64 // -1 for none
	Hits        []string
	Rounds      int // before the first ten are there
	Bytes       int
}

type correction struct {
	From string   `json:"from"`
	To   []string `json:"to"`
}

// terms of a query: for each word the lemmas by which listings match, and the
// corrections.
func (w *world) lookUp(text string) (found []map[string]bool, corrections []correction) {
	words := search.Words(text)
	for i, word := range words {
		last := i == len(words)-1 && !strings.HasSuffix(text, " ")
		lemmas, own := map[string]bool{}, search.Forms(word)
		for form, lemma := range w.forms {
			if slices.Contains(own, form) || last && strings.HasPrefix(form, word) {
				lemmas[lemma] = true
			}
		}
		if len(lemmas) == 0 {
			if to := w.correct(word); to != nil {
				corrections = append(corrections, correction{word, to})
				for _, form := range to {
					lemmas[w.forms[form]] = true
				}
			}
		}
		found = append(found, lemmas)
	}
	return found, corrections
}

// correct is the corrections of a word, by trying all forms.
func (w *world) correct(word string) []string {
	length := len([]rune(word))
	least := map[bool]int{true: 2, false: 1}[length >= 8]
	var best []string
	for form := range w.forms {
		far := len([]rune(form)) - length
		if length < 4 || len([]rune(form)) < 3 || max(far, -far) > least {
			continue
		}
		d := distance([]rune(word), []rune(form))
		if d > least {
			continue
		}
		if d < least {
			best, least = nil, d
		}
		best = append(best, form)
	}
	slices.SortFunc(best, func(a, b string) int {
		return cmp.Or(bits.Len(uint(w.size(b)))-bits.Len(uint(w.size(a))), strings.Compare(a, b))
	})
	return best[:min(len(best), 8)]
}

// size is how many listings have a form's lemma.
func (w *world) size(form string) int {
	n := 0
	for _, k := range w.listings {
		if k.current && slices.Contains(k.said, w.forms[form]) {
			n++
		}
	}
	return n
}

// distance is the optimal string alignment distance, by its recurrence.
func distance(a, b []rune) int {
	d := make([][]int, len(a)+1)
	for i := range d {
		d[i] = make([]int, len(b)+1)
		for j := range d[i] {
			switch {
			case i == 0 || j == 0:
				d[i][j] = i + j
				continue
			case a[i-1] == b[j-1]:
				d[i][j] = d[i-1][j-1]
			default:
				d[i][j] = d[i-1][j-1] + 1
			}
			d[i][j] = min(d[i][j], d[i-1][j]+1, d[i][j-1]+1)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				d[i][j] = min(d[i][j], d[i-2][j-2]+1)
			}
		}
	}
	return d[len(a)][len(b)]
}

// fails says whether a listing fails a condition of a query but one, which may
// be "days" or a facet.
func (w *world) fails(k known, a asked, found []map[string]bool, but string) bool {
	if !k.current || k.until >= 0 && day(k.until) < a.Today {
		return true
	}
	for _, lemmas := range found {
		if !slices.ContainsFunc(k.said, func(l string) bool { return lemmas[l] }) {
			return true
		}
	}
	if but != "days" && !happens(k, a.Query.From, a.Query.To) {
		return true
	}
	if n := a.Query.Near; n != nil && n.Within > 0 && kilometres(k, n) > n.Within {
		return true
	}
	for facet, chosen := range a.Query.Filters {
		if facet != but && len(chosen) > 0 && !slices.ContainsFunc(chosen, func(t string) bool { return slices.Contains(k.terms[facet], t) }) {
			return true
		}
	}
	return false
}

// happens says whether a listing happens between two days.
func happens(k known, from, to string) bool {
	return from == "" && to == "" || slices.ContainsFunc(k.days, func(d int) bool {
		return day(d) >= from && (to == "" || day(d) <= to)
	})
}

// kilometres is how far away a listing is; no number ends that of one without a
// place.
func kilometres(k known, n *near) float64 {
	if k.place < 0 {
		return math.Inf(1)
	}
	rad := func(degrees float64) float64 { return degrees * math.Pi / 180 }
	lat1, lat2, lon := rad(n.Latitude), rad(sites[k.place][0]), rad(sites[k.place][1]-n.Longitude)
	return 6371 * math.Acos(min(1, math.Sin(lat1)*math.Sin(lat2)+math.Cos(lat1)*math.Cos(lat2)*math.Cos(lon)))
}

// scan answers a query by looking at each listing. What is found for words is
// sorted by number.
func (w *world) scan(a asked) answer {
	found, corrections := w.lookUp(a.Query.Text)
	x := answer{Counts: map[string]int{}, Days: []int{}, Corrections: corrections}
	var numbers []int
	for n, k := range w.listings {
		if !w.fails(k, a, found, "") {
			numbers = append(numbers, n)
		}
		if !w.fails(k, a, found, a.Facet) {
			for _, term := range k.terms[a.Facet] {
				x.Counts[term]++
			}
		}
	}
	for _, r := range a.Ranges {
		n := 0
		for _, k := range w.listings {
			if happens(k, r[0], r[1]) && !w.fails(k, a, found, "days") {
				n++
			}
		}
		x.Days = append(x.Days, n)
	}
	if len(found) == 0 || a.Query.Sort != "" {
		w.sort(numbers, a.Query.Sort)
	}
	for _, n := range numbers {
		x.Paths = append(x.Paths, path4(n))
	}
	x.Count = len(numbers)
	return x
}

// sort sorts numbers of listings: the newest first, or the soonest.
func (w *world) sort(numbers []int, by string) {
	soonest := func(n int) int {
		if days := w.listings[n].days; len(days) > 0 {
			return days[0]
		}
		return math.MaxInt32
	}
	slices.SortFunc(numbers, func(a, b int) int {
		if by == "newest" {
			return b - a
		}
		return cmp.Or(cmp.Compare(soonest(a), soonest(b)), b-a)
	})
}
