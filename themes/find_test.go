package themes_test

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"fursa/generator/search"
)

// path4 is the end of a listing's path by which tests know it.
func path4(number int) string { return fmt.Sprintf("%04d", number) }

// found are the engine's answers over worlds as catalogues a, b and so on.
func found(t *testing.T, worlds []*world, inline bool, queries []asked) []answer {
	t.Helper()
	dir := engine(t)
	files := filepath.Join(dir, "files")
	var names []string
	for i, w := range worlds {
		names = append(names, string(rune('a'+i)))
		w.save(t, files, names[i], inline)
	}
	script, err := os.ReadFile("testdata/find.mjs")
	if err != nil {
		t.Fatal(err)
	}
	write(t, filepath.Join(dir, "find.mjs"), script)
	for i := range queries {
		if queries[i].Today == "" {
			queries[i].Today = day(0)
		}
	}
	return run[[]answer](t, dir, "find.mjs", map[string]any{"folder": files, "catalogues": names, "queries": queries})
}

// compared are those fields that a scan knows.
var compared = cmp.Options{cmpopts.IgnoreFields(answer{}, "Same", "Corrected", "Distances", "Hits", "Rounds", "Bytes"), cmpopts.EquateEmpty()}

// one is a random one of some.
func one[T any](r *rand.Rand, of []T) T { return of[r.IntN(len(of))] }

// mistyped is a word with a slip of the finger behind its first letter.
func mistyped(r *rand.Rand, word string) string {
	w := []rune(word)
	i := 1 + r.IntN(len(w)-2)
	switch r.IntN(4) {
	case 0:
		return string(slices.Delete(w, i, i+1))
	case 1:
		return string(slices.Insert(w, i, 'z'))
	case 2:
		w[i] = 'z'
	default:
		w[i], w[i+1] = w[i+1], w[i]
	}
	return string(w)
}

// text is the words of a query: those of a listing, the last perhaps not to its
// end; or one that is mistyped.
func text(r *rand.Rand, k known) string {
	word, end := one(r, k.said), strings.Repeat(" ", r.IntN(2))
	switch r.IntN(4) {
	case 0:
		return ""
	case 1:
		if len(word) > 4 {
			return mistyped(r, word) + " "
		}
	case 2:
		w := []rune(word)
		word, end = string(w[:min(len(w), 2+r.IntN(len(w)))]), ""
	}
	for range r.IntN(3) {
		word = one(r, k.said) + " " + word
	}
	return word + end
}

// random is a query of some kind.
func (w *world) random(r *rand.Rand) asked {
	a := asked{Today: day(0), Facet: one(r, []string{"subjects", "ages", "providers"}), Complete: r.IntN(2) == 0}
	k := one(r, w.listings)
	for !k.current {
		k = one(r, w.listings)
	}
	a.Query = query{Text: text(r, k), Filters: map[string][]string{}, Sort: one(r, []string{"", "soonest", "newest"})}
	for facet, names := range terms {
		for range r.IntN(4) * r.IntN(2) {
			a.Query.Filters[facet] = append(a.Query.Filters[facet], one(r, names))
		}
	}
	if r.IntN(3) == 0 {
		a.Query.From = day(r.IntN(50))
	}
	if r.IntN(3) == 0 {
		a.Query.To = day(10 + r.IntN(50))
	}
	if r.IntN(4) == 0 {
		a.Query.Near = &near{25.3, 51.5, []float64{0, 5, 30, 50}[r.IntN(4)]}
	}
	if r.IntN(4) == 0 {
		a.Today = day(r.IntN(40))
	}
	a.Ranges = [][2]string{{day(r.IntN(20)), day(20 + r.IntN(30))}, {day(5), day(5)}}
	return a
}

// What is found, and each count, is what a look at every listing gives.
func TestEngineFindsWhatAScanFinds(t *testing.T) {
	w := newWorld(t, 1, 700, 3000)
	if e := w.index.Entry; len(e.Leaves.Keys) < 4 || len(e.Prefixes.Keys) < 2 || len(e.Spelling.Keys) < 4 {
		t.Fatalf("%d leaves, %d prefixes, %d of spelling", len(e.Leaves.Keys), len(e.Prefixes.Keys), len(e.Spelling.Keys))
	}
	r := rand.New(rand.NewPCG(2, 2))
	var queries []asked
	for range 1000 {
		queries = append(queries, w.random(r))
	}
	bare, corrected := 0, 0
	for i, got := range found(t, []*world{w}, false, queries) {
		want := w.scan(queries[i])
		for c := range got.Corrections {
			got.Corrections[c].From = search.Fold(got.Corrections[c].From)
		}
		if queries[i].Query.Text != "" && queries[i].Query.Sort == "" {
			slices.Sort(got.Paths) // the scan knows no relevance
		}
		if diff := cmp.Diff(want, got, compared); diff != "" || !got.Same {
			t.Errorf("%+v, the first of all: %v (-want +got):\n%s", queries[i], got.Same, diff)
		}
		bare += map[bool]int{true: 1}[queries[i].Query.Text == ""]
		corrected += len(got.Corrections)
	}
	if bare < 100 || corrected < 50 {
		t.Errorf("%d without text, %d corrected", bare, corrected)
	}
}

// A query waits for two rounds, one of which is that of the first cards: for
// three where a word is misspelt, if it came whole, else for four. A small
// catalogue's entry has everything.
func TestEngineWaitsForFewRounds(t *testing.T) {
	w := newWorld(t, 1, 300, 2000)
	word := func(i int) string { return w.listings[1].said[len(w.listings[1].said)-i] }
	slipped := strings.Replace(word(5), "o", "e", 1)
	near, filters := &near{25.3, 51.5, 100}, map[string][]string{"subjects": {"s1", "s2"}, "ages": {"a1"}}
	queries := []asked{
		{Query: query{}},
		{Query: query{Text: "co"}},
		{Query: query{Text: "swimming robo"}},
		{Query: query{Text: word(1) + " " + word(2) + " " + word(3) + " المكتبة"}, Complete: true},
		{Query: query{Text: "robots", Filters: filters, From: day(3), To: day(20), Near: near, Sort: "nearest"}, Today: day(2)},
		{Query: query{Filters: filters, Near: near, Sort: "newest"}, Complete: true},
		{Query: query{Text: slipped}, Complete: true},
		{Query: query{Text: "listing " + slipped}, Complete: true},
		{Query: query{Text: "listing " + slipped}},
	}
	want := []int{2, 2, 2, 2, 2, 2, 3, 3, 4}
	for i := range queries {
		queries[i].Cold = true
	}
	var got, inline []int
	for i, a := range found(t, []*world{w}, false, queries) {
		if a.Count == 0 || (len(a.Corrections) > 0) != (i > 5) {
			t.Errorf("%+v: %+v", queries[i].Query, a)
		}
		t.Logf("%q: %d rounds, %d bytes", queries[i].Query.Text, a.Rounds, a.Bytes)
		got = append(got, a.Rounds)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("rounds (-want +got):\n%s", diff)
	}
	for _, a := range found(t, []*world{w}, true, queries) {
		inline = append(inline, a.Rounds)
	}
	if diff := cmp.Diff(make([]int, len(queries)), inline); diff != "" {
		t.Errorf("all in the entry (-want +got):\n%s", diff)
	}
}
