package search

import (
	"math/bits"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf16"
)

const (
	// spellingSize is about how many bytes a spelling file has where all come
	// to spellingTotal at most; twice as many for each four times of that, so
	// that the entry, which names them, grows less than the vocabulary.
	spellingSize  = 6 << 10
	spellingTotal = 4 << 20
	// shortest is how many units a form has at least that a word may have been
	// meant for, longer how many from where two edits are forgiven to words of
	// two units more.
	shortest = 3
	longer   = 6
	// leastMiddle is from how many units on a query's word is looked up by its
	// middle too.
	leastMiddle = 8
	// Known words are so many at most, each of so many units and listings at
	// least.
	mostKnown          = 500
	shortestKnown      = 4
	leastKnownListings = 4
)

// spelling is a key, and the binary logarithm of the number of listings.
type spelling struct {
	key  string
	size int
}

// addSpelling adds the files of spellings.
func (x *Index) addSpelling(v *vocabulary) {
	all := v.spellings()
	text := make([]int, len(all)+1) // up to each
	before := ""
	for i, s := range all {
		text[i+1] = text[i] + frontSize(before, s.key) + 2
		before = s.key
	}
	if len(all) == 0 {
		return
	}
	size := spellingSize
	for total := text[len(all)]; total > spellingTotal; total /= 4 {
		size *= 2
	}
	s := splitter{
		text: func(i int) string { return all[i].key }, n: len(all),
		cost: func(from, to int) int { return text[to] - text[from] }, most: size,
	}
	for _, p := range s.pieces() {
		x.addRange(&x.Entry.Spelling, p.key, ".s", spellingFile(all[p.from:p.to]))
	}
}

func spellingFile(all []spelling) []byte {
	var text []byte
	before := ""
	for i, s := range all {
		if i > 0 {
			text = append(text, '\n')
		}
		text = append(appendFront(text, before, s.key), ',')
		text = strconv.AppendInt(text, int64(s.size), 36)
		before = s.key
	}
	return text
}

// spellings are the keys of all forms, sorted.
func (v *vocabulary) spellings() []spelling {
	var all []spelling
	for _, f := range v.forms {
		units := utf16.Encode([]rune(f.text))
		if len(units) < shortest || strings.ContainsFunc(f.text, unspelt) {
			continue
		}
		size := bits.Len(uint(v.listings(f))) - 1
		all = append(all, spelling{"^" + f.text, size}, spelling{"$" + reversed(units), size})
		for _, p := range middles(len(units)) {
			all = append(all, spelling{"~" + string(utf16.Decode(units[p:])) + "|" + string(utf16.Decode(units[:p])), size})
		}
	}
	slices.SortFunc(all, func(a, b spelling) int { return Compare(a.key, b.key) })
	return all
}

// unspelt says that nothing is corrected to a word with such a character.
func unspelt(r rune) bool { return r > 0xFFFF || unicode.IsNumber(r) }

// listings is how many listings a form has in its longest list.
func (v *vocabulary) listings(f form) int {
	most := 0
	for _, stem := range f.stems {
		most = max(most, len(v.postings[stem]))
	}
	return most
}

func reversed(units []uint16) string {
	back := slices.Clone(units)
	slices.Reverse(back)
	return string(utf16.Decode(back))
}

// middles are the places in a form of n units where the middle piece of a word
// may stand that means it and is up to two units longer or shorter: rising.
func middles(n int) []int {
	if n < longer {
		return nil
	}
	var places []int
	for length := max(n-2, leastMiddle); length <= n+2; length++ {
		middle := (length-2+2)/3 + 1
		for p := max(middle-1, 1); p <= min(middle+1, n-1); p++ {
			if !slices.Contains(places, p) {
				places = append(places, p)
			}
		}
	}
	return places
}

// known are the words that the most listings have, front-coded.
func (v *vocabulary) known() string {
	var often []form
	for _, f := range v.forms {
		if unitsOf(f.text) >= shortestKnown && v.listings(f) >= leastKnownListings && !strings.ContainsFunc(f.text, unspelt) {
			often = append(often, f)
		}
	}
	slices.SortStableFunc(often, func(a, b form) int { return v.listings(b) - v.listings(a) })
	often = often[:min(len(often), mostKnown)]
	slices.SortFunc(often, func(a, b form) int { return Compare(a.text, b.text) })
	var text []byte
	before := ""
	for i, f := range often {
		if i > 0 {
			text = append(text, '\n')
		}
		text = appendFront(text, before, f.text)
		before = f.text
	}
	return string(text)
}
