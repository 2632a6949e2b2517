package search_test

import (
	"encoding/json"
	"math/rand/v2"
	"runtime"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"fursa/generator/catalogue"
	"fursa/generator/search"
	"fursa/generator/search/scan"
	"fursa/schema/when"
)

// outcome is all that an index is, as text.
func outcome(t *testing.T, x *search.Index) map[string]string {
	t.Helper()
	entry, err := json.Marshal(x.Entry)
	if err != nil {
		t.Fatal(err)
	}
	all := map[string]string{"entry": string(entry)}
	for _, f := range x.Files {
		all[f.Name] = string(f.Bytes)
	}
	return all
}

// Neither the order of the records nor the number of workers shows.
func TestTheSameAgain(t *testing.T) {
	want := outcome(t, search.New(made(t, generated(500))))
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(1))
	for workers := range 4 {
		runtime.GOMAXPROCS(workers + 1)
		r := generated(500)
		rand.New(rand.NewPCG(uint64(workers), 1)).Shuffle(len(r.Opportunities), func(i, j int) {
			r.Opportunities[i], r.Opportunities[j] = r.Opportunities[j], r.Opportunities[i]
		})
		if diff := cmp.Diff(want, outcome(t, search.New(made(t, r)))); diff != "" {
			t.Errorf("with %d workers (-want +got):\n%s", workers+1, diff)
		}
	}
}

// One listing more changes the leaves of its words, and hardly any other.
func TestOneMore(t *testing.T) {
	r := generated(3000)
	before := newClient(t, search.New(made(t, r)))
	more := newSpeech(99).listing(9999)
	more.Lang, more.Translations = "en", nil
	more.Value.Title, more.Value.Summary, more.Body = "Comarla stations", "Gula and barosta", "Prefedi coho marningu lalala."
	more.Value.Published, more.Value.Period = when.Date{Year: 2026, Month: 11, Day: 22}, nil
	r.Opportunities = append(r.Opportunities, more)
	c := made(t, r)
	after := newClient(t, search.New(c))
	words := wordsOf(c, more.Path)
	changed, strange := 0, 0
	for i, key := range after.entry.Leaves.Keys {
		name := after.entry.Leaves.Names[6*i:6*i+6] + ".w"
		if before.files[name] != nil {
			continue
		}
		changed++
		if !slices.ContainsFunc(words, func(word string) bool { return holding(after.entry.Leaves.Keys, word) == i }) {
			strange++
			t.Log("has none of its words, and changed:", key)
		}
	}
	if all := len(after.entry.Leaves.Keys); changed == 0 || 2*changed > all || strange > changed/4 {
		t.Errorf("%d leaves of %d changed, %d of them without its words", changed, all, strange)
	}
}

// wordsOf are all forms that share a list with one of a listing's.
func wordsOf(c *catalogue.Catalogue, path string) []string {
	s := scan.New(c)
	var words []string
	for _, form := range s.Forms {
		if slices.ContainsFunc(s.Stems[form], func(stem string) bool {
			return slices.ContainsFunc(s.Listings[stem], func(l *catalogue.Listing) bool { return strings.HasSuffix(l.Path, path) })
		}) {
			words = append(words, form)
		}
	}
	return words
}
