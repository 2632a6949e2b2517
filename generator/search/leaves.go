package search

import (
	"encoding/binary"
	"math"
	"runtime"
	"strconv"
)

// leafSize is about how many bytes a leaf has: the fewer bytes, the longer the
// entry, which names them all. So both grow, as the root of what there is.
func leafSize(population int) int {
	return max(4<<10, int(32*math.Sqrt(float64(population))))
}

// addLeaves adds the leaves, and returns which forms are in each.
func (x *Index) addLeaves(v *vocabulary) []piece {
	lists := v.lists()
	s := splitter{text: func(i int) string { return v.forms[i].text }, n: len(v.forms), cost: v.leafCost(lists), most: leafSize(x.Entry.Population)}
	if s.n == 0 {
		return nil
	}
	pieces := s.pieces()
	leaves := make([][]byte, len(pieces))
	each(len(pieces), func(_, i int) { leaves[i] = leaf(v.forms[pieces[i].from:pieces[i].to], lists) })
	for i, p := range pieces {
		x.addRange(&x.Entry.Leaves, p.key, ".w", leaves[i])
	}
	return pieces
}

// lists are the bytes of the list of each stem.
func (v *vocabulary) lists() [][]byte {
	lists := make([][]byte, len(v.postings))
	writers := make([]listWriter, runtime.GOMAXPROCS(0))
	each(len(lists), func(worker, i int) { lists[i] = writers[worker].list(v.postings[i]) })
	return lists
}

// leafCost is about how many bytes a leaf of some forms has.
func (v *vocabulary) leafCost(lists [][]byte) func(from, to int) int {
	text := make([]int, len(v.forms)+1) // up to each form
	before := ""
	for i, f := range v.forms {
		text[i+1] = text[i] + frontSize(before, f.text)
		before = f.text
	}
	seen, turn := make([]int, len(lists)), 0 // in which turn a list was counted
	return func(from, to int) int {
		cost := text[to] - text[from]
		turn++
		for _, f := range v.forms[from:to] {
			for _, stem := range f.stems {
				if seen[stem] != turn {
					seen[stem] = turn
					cost += len(lists[stem]) + 1
				}
			}
		}
		return cost
	}
}

// leaf is the file of some forms.
func leaf(forms []form, lists [][]byte) []byte {
	places := map[int32]int{} // of lists in this file
	var text, rest []byte
	before := ""
	for i, f := range forms {
		if i > 0 {
			text = append(text, '\n')
		}
		text = appendFront(text, before, f.text)
		before = f.text
		for _, stem := range f.stems {
			next := len(places)
			place, known := places[stem]
			if !known {
				place, places[stem] = next, next
				rest = appendSized(rest, lists[stem])
			}
			if known || len(f.stems) > 1 {
				text = append(text, ',')
				text = strconv.AppendInt(text, int64(next-place), 10)
			}
		}
	}
	return append(appendSized(make([]byte, 0, len(text)+len(rest)+binary.MaxVarintLen32), text), rest...)
}
