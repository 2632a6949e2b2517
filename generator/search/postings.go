package search

import (
	"context"
	"runtime"
	"slices"

	"fursa/generator/catalogue"
	"fursa/generator/workers"
)

// vocabulary is all words of a catalogue, and the listings of each stem.
type vocabulary struct {
	forms []form
	// postings are by stem, sorted by number.
	postings [][]posting
}

// form is a folded word, and its stems.
type form struct {
	text  string
	stems []int32
}

// block is how many neighbouring listings one worker reads.
const block = 64

// found is what a worker found in a block of listings: whose lexicon the stems
// are numbered by, and for each listing and stem an occurrence.
type found struct {
	by          *gatherer
	occurrences []occurrence
}

type occurrence struct {
	stem      int32
	saturated uint16
	place     uint16 // of the listing in its block
}

// gatherer weighs the words of listings.
type gatherer struct {
	lexicon
	weights []int32 // by stem, of the listing in hand
	stemsOf []int32 // of the listing in hand
}

// gather reads the current listings.
func gather(c *catalogue.Catalogue, listings []*catalogue.Listing) *vocabulary {
	texts := newTexts(c)
	gatherers := make([]*gatherer, runtime.GOMAXPROCS(0))
	for i := range gatherers {
		gatherers[i] = &gatherer{lexicon: newLexicon()}
	}
	blocks := make([]found, (len(listings)+block-1)/block)
	each(len(blocks), func(worker, i int) {
		g := gatherers[worker]
		blocks[i].by = g
		for n := i * block; n < min((i+1)*block, len(listings)); n++ {
			if !listings[n].Ended {
				blocks[i].occurrences = g.listing(texts, listings[n], n%block, blocks[i].occurrences)
			}
		}
	})
	return united(gatherers, blocks, rounded(len(c.Current)))
}

// each calls do for 0 … n-1, by one worker for each processor.
func each(n int, do func(worker, i int)) {
	// do does not fail, and the context does not end.
	_ = workers.Each(context.Background(), runtime.GOMAXPROCS(0), n, func(worker, i int) error {
		do(worker, i)
		return nil
	})
}

// listing appends the occurrences of a listing.
func (g *gatherer) listing(t *texts, l *catalogue.Listing, place int, to []occurrence) []occurrence {
	g.stemsOf = g.stemsOf[:0]
	t.of(l, func(f field, texts []localized) {
		for _, text := range texts {
			stems, words := g.read(text.lang, text.text)
			g.weights = append(g.weights, make([]int32, len(g.stems)-len(g.weights))...)
			weight := f.weight(words)
			for _, stem := range stems {
				if g.weights[stem] == 0 {
					g.stemsOf = append(g.stemsOf, stem)
				}
				g.weights[stem] += weight
			}
		}
	})
	to = slices.Grow(to, len(g.stemsOf))
	for _, stem := range g.stemsOf {
		to = append(to, occurrence{stem, saturated(g.weights[stem]), uint16(place)})
		g.weights[stem] = 0
	}
	return to
}

// united puts together what gatherers found. Stems are numbered by their
// order, so that nothing depends on who found what.
func united(gatherers []*gatherer, blocks []found, population int) *vocabulary {
	var stems []string
	for _, g := range gatherers {
		stems = append(stems, g.stems...)
	}
	slices.Sort(stems)
	stems = slices.Compact(stems)
	numbers := make(map[string]int32, len(stems))
	for i, stem := range stems {
		numbers[stem] = int32(i)
	}
	ours := map[*gatherer][]int32{}
	var forms []formOf
	for _, g := range gatherers {
		to := make([]int32, len(g.stems))
		for i, stem := range g.stems {
			to[i] = numbers[stem]
		}
		for _, f := range g.forms {
			forms = append(forms, formOf{f.form, to[f.stem]})
		}
		ours[g] = to
	}
	return &vocabulary{formsOf(forms), postings(blocks, ours, len(stems), population)}
}

// formsOf are forms in the order of the format, each with its stems.
func formsOf(all []formOf) []form {
	slices.SortFunc(all, func(a, b formOf) int {
		if c := Compare(a.form, b.form); c != 0 {
			return c
		}
		return int(a.stem - b.stem)
	})
	all = slices.Compact(all)
	stems := make([]int32, len(all))
	var forms []form
	for i, f := range all {
		stems[i] = f.stem
		if last := len(forms) - 1; last >= 0 && forms[last].text == f.form {
			forms[last].stems = stems[i-len(forms[last].stems) : i+1]
			continue
		}
		forms = append(forms, form{f.form, stems[i : i+1]})
	}
	return forms
}

// postings are by stem what stands in blocks; the numbers of stems are brought
// to ours by the gatherer's slice.
func postings(blocks []found, ours map[*gatherer][]int32, stems, population int) [][]posting {
	ends := make([]int, stems+1) // where a stem's occurrences end; at first, how many it has, one place on
	for _, b := range blocks {
		for _, o := range b.occurrences {
			ends[ours[b.by][o.stem]+1]++
		}
	}
	for i := range stems {
		ends[i+1] += ends[i]
	}
	all := make([]posting, ends[stems])
	weights := make([]uint16, len(all))
	for i, b := range blocks {
		to := ours[b.by]
		for _, o := range b.occurrences {
			at := ends[to[o.stem]]
			ends[to[o.stem]]++
			all[at], weights[at] = post(int32(i*block)+int32(o.place), 0), o.saturated
		}
		blocks[i].occurrences = nil // no longer needed
	}
	lists := make([][]posting, stems)
	start := 0
	for stem, end := range ends[:stems] {
		lists[stem] = all[start:end:end]
		r := rarity(population, end-start)
		for i := start; i < end; i++ {
			all[i] |= posting(impact(r, weights[i]))
		}
		start = end
	}
	return lists
}

// Compare compares texts by their UTF-16 units, as scripts do: as UTF-8 does, but for
// what stands above U+FFFF, which comes before U+E000.
func Compare(a, b string) int {
	for i := range min(len(a), len(b)) {
		x, y := a[i], b[i]
		if x == y {
			continue
		}
		if x >= 0xEE && y >= 0xEE && (x >= 0xF0) != (y >= 0xF0) {
			return int(y) - int(x)
		}
		return int(x) - int(y)
	}
	return len(a) - len(b)
}
