package search

import (
	"runtime"
	"slices"
	"strings"
)

// mostRanked is about how many listings of a prefix keep their impacts.
const mostRanked = 1000

// addPrefixes adds a file for each beginning of words that stand in three
// leaves or more.
func (x *Index) addPrefixes(v *vocabulary) {
	keys := longPrefixes(x.Entry.Leaves.Keys)
	files := make([][]byte, len(keys))
	unions := make([]union, runtime.GOMAXPROCS(0))
	each(len(keys), func(worker, i int) {
		u := &unions[worker]
		if u.best == nil {
			u.best = make([]uint8, len(x.listings))
		}
		files[i] = u.prefix(v, keys[i])
	})
	for i, key := range keys {
		x.addRange(&x.Entry.Prefixes, key, ".p", files[i])
	}
}

// longPrefixes are the beginnings, of two units at least, that begin in one
// leaf and end after the next. Keys are those of leaves.
func longPrefixes(keys []string) []string {
	after := map[string]int{} // how many leaves begin within a beginning's words
	var found []string
	for _, key := range keys {
		for end := range key { // each beginning that is shorter than the key
			if begin := key[:end]; unitsOf(begin) >= 2 {
				if after[begin]++; after[begin] == 2 {
					found = append(found, begin)
				}
			}
		}
	}
	slices.SortFunc(found, compareUnits)
	return found
}

// union is the best impact of each listing, 0 for none.
type union struct {
	best []uint8
	listWriter
}

// prefix is the list of all that have a word that begins with key.
func (u *union) prefix(v *vocabulary, key string) []byte {
	from, _ := slices.BinarySearchFunc(v.forms, key, func(f form, key string) int { return compareUnits(f.text, key) })
	for _, f := range v.forms[from:] {
		if !strings.HasPrefix(f.text, key) {
			break
		}
		for _, stem := range f.stems {
			for _, p := range v.postings[stem] {
				impact := p.impact()
				if len(f.text) > len(key) {
					impact = (3*impact + 2) / 4
				}
				u.best[p.number()] = max(u.best[p.number()], uint8(impact))
			}
		}
	}
	var all []posting
	for number, impact := range u.best {
		if impact > 0 {
			all = append(all, post(int32(number), int(impact)))
		}
		u.best[number] = 0
	}
	return u.list(ranked(all))
}

// ranked leaves the best postings their impacts, and gives all others the
// lowest that there is.
func ranked(all []posting) []posting {
	var counts [mostImpact + 1]int // by impact
	lowest := mostImpact
	for _, p := range all {
		counts[p.impact()]++
		lowest = min(lowest, p.impact())
	}
	least, kept := mostImpact+1, 0
	for least > lowest && kept+counts[least-1] <= mostRanked {
		least--
		kept += counts[least]
	}
	for i, p := range all {
		if p.impact() < least {
			all[i] = post(p.number(), lowest)
		}
	}
	return all
}
