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
		files[i] = u.prefix(v, keys[i], x.Entry.Population)
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
	slices.SortFunc(found, Compare)
	return found
}

// union is the best impact of each listing, 0 for none.
type union struct {
	best []uint8
	listWriter
}

// prefix is the list of all that have a word that begins with key.
func (u *union) prefix(v *vocabulary, key string, population int) []byte {
	forms := v.beginning(key)
	longer := forms
	if forms[0].text == key {
		longer = forms[1:]
	}
	sum := v.sum(longer)
	for _, f := range forms {
		for _, stem := range f.stems {
			of := func(impact int) int { return impact }
			if len(f.text) > len(key) {
				of = begun(population, sum, len(v.postings[stem]))
			}
			for _, p := range v.postings[stem] {
				u.best[p.number()] = max(u.best[p.number()], uint8(of(p.impact())))
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

// beginning are the forms that begin so.
func (v *vocabulary) beginning(key string) []form {
	from, _ := slices.BinarySearchFunc(v.forms, key, func(f form, key string) int { return Compare(f.text, key) })
	to := from
	for to < len(v.forms) && strings.HasPrefix(v.forms[to].text, key) {
		to++
	}
	return v.forms[from:to]
}

// sum is how many listings all lists of some forms have, each list counted
// once.
func (v *vocabulary) sum(forms []form) int {
	seen, sum := map[int32]bool{}, 0
	for _, f := range forms {
		for _, stem := range f.stems {
			if !seen[stem] {
				seen[stem] = true
				sum += len(v.postings[stem])
			}
		}
	}
	return sum
}

// begun is what impacts of a list count for somebody who has only typed the
// beginning of its word: three quarters, and no more than if the word were as
// frequent as all lists of words that begin so are together.
func begun(population, all, own int) func(impact int) int {
	const least = wholly / 16 // what is more frequent has impacts of 1, which tell nothing
	of := max(least, rarity(population, own))
	worth := min(of, max(least, rarity(population, all)))
	return func(impact int) int { return int(max(1, (3*int64(impact)*worth+2*of)/(4*of))) }
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
