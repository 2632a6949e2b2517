package main

import (
	"math/rand/v2"
	"slices"
	"strings"
	"unicode/utf8"
)

// query is a text that somebody looks for on the pages of a language.
type query struct {
	kind, text, language string
}

// queries are about twelve of each corpus, chosen with a seed from the words
// of its listings' titles by how many listings have them.
func queries(c *corpus, seed uint64) []query {
	r := rand.New(rand.NewPCG(seed, 3)) //nolint:gosec // the same at every run
	v := newVocabulary(c.listings[c.languages[0]], c.languages[0])
	often, some, seldom := v.pick(r, 0.05, 6), v.pick(r, 0.01, 6), v.pick(r, 0.002, 6)
	long := v.pick(r, 0.005, 8)
	misspelt, _ := typo(r, v.pick(r, 0.01, 7))
	twice, _ := typo(r, v.pick(r, 0.005, 8))
	all := []query{
		{"one word, in many", often, ""}, {"one word, in some", some, ""}, {"one word, in few", seldom, ""},
		{"two words", v.pair(r), ""}, {"two words", v.pair(r), ""},
		{"title", v.titles[r.IntN(len(v.titles))], ""},
		{"prefix", string([]rune(long)[:4]), ""}, {"prefix", string([]rune(some)[:3]), ""},
		{"misspelt", misspelt, ""}, {"misspelt", twice, ""},
	}
	for i := range all {
		all[i].language = c.languages[0]
	}
	if !slices.Contains(c.languages, "ar") {
		return all
	}
	v = newVocabulary(c.listings["ar"], "ar")
	return append(all,
		query{"Arabic word", v.pick(r, 0.01, 5), "ar"}, query{"Arabic words", v.pair(r), "ar"},
		query{"Arabic title", v.titles[r.IntN(len(v.titles))], "ar"})
}

// vocabulary are the words of titles, and who has them.
type vocabulary struct {
	listings int
	in       map[string][]int // listings that have a word anywhere
	words    []string         // of titles, sorted
	titles   []string
}

func newVocabulary(listings []listing, language string) *vocabulary {
	v := &vocabulary{listings: len(listings), in: map[string][]int{}, titles: titles(listings, language)}
	for i, l := range listings {
		for _, w := range l.words() {
			if had := v.in[w]; len(had) == 0 || had[len(had)-1] != i {
				v.in[w] = append(had, i)
			}
		}
		if l.lang == language {
			v.words = append(v.words, wordsOf(l.Title)...)
		}
	}
	slices.Sort(v.words)
	v.words = slices.Compact(v.words)
	return v
}

// pick is a word of at least so many letters that about a share of the
// listings have, and ten at least.
func (v *vocabulary) pick(r *rand.Rand, share float64, letters int) string {
	want := max(10, share*float64(v.listings))
	best, off := v.words[0], 1e9
	for _, i := range r.Perm(len(v.words)) {
		w := v.words[i]
		n := float64(len(v.in[w]))
		if distance := max(n/want, want/n); n >= 10 && utf8.RuneCountInString(w) >= letters && isWord(w) && distance < off {
			best, off = w, distance
			if distance < 1.3 {
				break
			}
		}
	}
	return best
}

// pair are two words of one title that ten listings have both.
func (v *vocabulary) pair(r *rand.Rand) string {
	best, most := v.titles[0], 0
	for _, i := range r.Perm(len(v.titles))[:min(3000, len(v.titles))] {
		words := slices.DeleteFunc(wordsOf(v.titles[i]), func(w string) bool { return utf8.RuneCountInString(w) < 5 || !isWord(w) })
		if len(words) < 2 || words[0] == words[1] {
			continue
		}
		if n := common(v.in[words[0]], v.in[words[1]]); n > most {
			best, most = words[0]+" "+words[1], n
		}
		if most >= 10 {
			break
		}
	}
	return strings.ToLower(best)
}

// common counts what two sorted lists share.
func common(a, b []int) int {
	n := 0
	for _, x := range a {
		if _, found := slices.BinarySearch(b, x); found {
			n++
		}
	}
	return n
}
