package search_test

import (
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"fursa/generator/catalogue"
	"fursa/generator/search"
	"fursa/generator/search/scan"
)

// numbers are those of listings, sorted.
func numbers(t testing.TB, x *search.Index, listings []*catalogue.Listing) []int {
	t.Helper()
	list := []int{}
	for _, l := range listings {
		n, ok := x.Number(l)
		if !ok || x.Listings()[n] != l {
			t.Fatal(l.Path, "has no number")
		}
		list = append(list, n)
	}
	slices.Sort(list)
	return list
}

func sorted[V any](m map[int]V) []int { return slices.AppendSeq([]int{}, maps.Keys(m)) }

// Leaves hold the words that a plain look at all listings finds, and no
// others, each with its listings.
func TestLeavesAreTheScan(t *testing.T) {
	c := made(t, generated(800))
	x, s := search.New(c), scan.New(c)
	reader := newClient(t, x)
	want := map[string][][]int{}
	for form, stems := range s.Stems {
		for _, stem := range stems {
			want[form] = append(want[form], numbers(t, x, s.Listings[stem]))
		}
		slices.SortFunc(want[form], slices.Compare)
	}
	got := map[string][][]int{}
	for form, lists := range reader.all() {
		for _, list := range lists {
			all := sorted(list)
			slices.Sort(all)
			got[form] = append(got[form], all)
		}
		slices.SortFunc(got[form], slices.Compare)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-scan +index):\n%s", diff)
	}
	if len(x.Entry.Leaves.Keys) < 20 || len(x.Entry.Prefixes.Keys) < 2 || len(x.Entry.Spelling.Keys) < 10 {
		t.Errorf("a small index: %d leaves, %d prefixes, %d spelling files", len(x.Entry.Leaves.Keys), len(x.Entry.Prefixes.Keys), len(x.Entry.Spelling.Keys))
	}
}

// beginnings are all beginnings of two and three units, and some longer ones.
func beginnings(forms []string) []string {
	r, all := rand.New(rand.NewPCG(8, 9)), map[string]bool{}
	for _, form := range forms {
		letters := []rune(form)
		for n := 2; n <= min(3, len(letters)); n++ {
			all[string(letters[:n])] = true
		}
		if len(letters) > 3 && r.IntN(10) == 0 {
			all[string(letters[:4+r.IntN(len(letters)-3)])] = true
		}
	}
	return append(slices.Sorted(maps.Keys(all)), "zz", "qu")
}

// Every beginning finds what a scan finds, in one file or in two leaves.
func TestBeginningsAreTheScan(t *testing.T) {
	c := made(t, generated(800))
	x, s := search.New(c), scan.New(c)
	reader := newClient(t, x)
	all := reader.all()
	for _, begin := range beginnings(s.Forms) {
		var listings []*catalogue.Listing
		best, sum := impacts{}, longer(s, begin)
		for _, form := range s.Forms {
			if !strings.HasPrefix(form, begin) {
				continue
			}
			for _, stem := range s.Stems[form] {
				listings = append(listings, s.Listings[stem]...)
			}
			for _, list := range all[form] {
				for n, impact := range list {
					if form != begin {
						impact = search.Begun(impact, x.Entry.Population, sum, len(list))
					}
					best[n] = max(best[n], impact)
				}
			}
		}
		want := slices.Compact(numbers(t, x, listings))
		found, leaves := reader.beginning(begin)
		if got := sorted(found); !slices.Equal(want, slices.Sorted(slices.Values(got))) || leaves > 2 {
			t.Errorf("%q: %d listings in %d leaves, and not %d", begin, len(got), leaves, len(want))
		}
		if leaves == 0 {
			checkRanks(t, begin, best, found)
		}
	}
}

// longer is how many listings the lists of all words have together that begin
// so, and go on.
func longer(s *scan.Scan, begin string) int {
	stems, sum := map[string]bool{}, 0
	for _, form := range s.Forms {
		if form != begin && strings.HasPrefix(form, begin) {
			for _, stem := range s.Stems[form] {
				stems[stem] = true
			}
		}
	}
	for stem := range stems {
		sum += len(s.Listings[stem])
	}
	return sum
}

// What is rare only since it is longer weighs as all that begin so; what is
// frequent weighs as it is.
func TestBeginningsWeighTogether(t *testing.T) {
	for _, v := range []struct{ impact, all, own, want int }{
		{31, 1, 1, 23}, {31, 1000, 1, 9}, {31, 60000, 1, 1}, {9, 1000, 1000, 7}, {9, 900, 1000, 7}, {1, 60000, 60000, 1}, {1, 5, 1, 1},
	} {
		if got := search.Begun(v.impact, 1<<16, v.all, v.own); got != v.want {
			t.Errorf("%+v: %d", v, got)
		}
	}
}

// checkRanks sees to it that the best of a prefix keep their impacts, and all
// others have the lowest.
func checkRanks(t *testing.T, begin string, best, found impacts) {
	t.Helper()
	lowest := 31
	for _, impact := range best {
		lowest = min(lowest, impact)
	}
	least, kept := 32, 0
	for n, impact := range found {
		if impact != lowest {
			least, kept = min(least, best[n]), kept+1
		}
	}
	for n, impact := range best {
		if want := map[bool]int{true: impact, false: lowest}[impact >= least]; found[n] != want {
			t.Errorf("%s: listing %d has %d, and not %d", begin, n, found[n], want)
		}
	}
	if kept > 1000 {
		t.Errorf("%s: %d keep their impacts", begin, kept)
	}
}

// edited is a word with one thing wrong.
func edited(r *rand.Rand, word string) string {
	letters := []rune(word)
	others := []rune("abcdeiorstلامني")
	some, i := others[r.IntN(len(others))], r.IntN(len(letters))
	switch r.IntN(4) {
	case 0:
		letters = slices.Insert(letters, r.IntN(len(letters)+1), some)
	case 1:
		letters = slices.Delete(letters, i, i+1)
	case 2:
		letters[i] = some
	default:
		if i+1 < len(letters) {
			letters[i], letters[i+1] = letters[i+1], letters[i]
		}
	}
	return string(letters)
}

// What a word may be meant for is among what its pieces find, however it is
// misspelt: one edit from four letters on, two from eight on.
func TestSpellingFindsAll(t *testing.T) {
	c := made(t, generated(400))
	x, s := search.New(c), scan.New(c)
	reader := newClient(t, x)
	r := rand.New(rand.NewPCG(10, 11))
	tried := 0
	for range 900 {
		word := edited(r, s.Forms[r.IntN(len(s.Forms))])
		if len([]rune(word)) >= 7 && r.IntN(3) > 0 {
			word = edited(r, word)
		}
		want := s.Corrections(word)
		if len(want) == 0 {
			continue
		}
		tried++
		candidates := reader.candidates(word)
		var got []string
		for d := 1; d <= 2 && len(got) == 0; d++ {
			for _, form := range slices.SortedFunc(maps.Keys(candidates), search.Compare) {
				if scan.Distance(word, form) == d {
					got = append(got, form)
				}
			}
			if len([]rune(word)) < 8 {
				break
			}
		}
		slices.SortStableFunc(got, func(a, b string) int { return candidates[b] - candidates[a] })
		if diff := cmp.Diff(want, got[:min(len(got), 8)]); diff != "" {
			t.Errorf("%s (-scan +index):\n%s", word, diff)
		}
	}
	if tried < 400 {
		t.Errorf("only %d were tried", tried)
	}
}
