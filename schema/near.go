package schema

import (
	"slices"
	"strings"
)

// Near is the word of a list that was most likely meant by another; false if
// none is near. The distance is Damerau and Levenshtein's, in its restricted
// form: letters left out, put in, replaced, or swapped with a neighbour. Of
// equally near words it is the first in the order of the alphabet.
func Near(word string, words []string) (string, bool) {
	return within(max(1, len([]rune(word))/3), word, words)
}

// within is Near for words at most so many edits away.
func within(most int, word string, words []string) (string, bool) {
	best, distance := "", most+1
	for _, w := range slices.Sorted(slices.Values(words)) {
		if d := edits([]rune(word), []rune(w), distance); d < distance {
			best, distance = w, d
		}
	}
	return best, best != ""
}

// edits is the distance of two words, or some number not under limit.
func edits(a, b []rune, limit int) int {
	if len(a)-len(b) >= limit || len(b)-len(a) >= limit {
		return limit
	}
	before, last, row := []int(nil), make([]int, len(b)+1), make([]int, len(b)+1)
	for j := range last {
		last[j] = j
	}
	for i := range a {
		row[0] = i + 1
		for j := range b {
			cost := 1
			if a[i] == b[j] {
				cost = 0
			}
			row[j+1] = min(last[j+1]+1, row[j]+1, last[j]+cost)
			if i > 0 && j > 0 && a[i] == b[j-1] && a[i-1] == b[j] {
				row[j+1] = min(row[j+1], before[j-1]+1)
			}
		}
		before, last, row = last, row, make([]int, len(b)+1)
	}
	return last[len(b)]
}

// Certain is the word of a list that another can only have been meant as: the
// same but for capitals, spaces and hyphens, or, in a long enough word, one
// slip away from it with no other word as near.
func Certain(word string, words []string) (string, bool) {
	for _, w := range words {
		if bare(w) == bare(word) {
			return w, true
		}
	}
	const long = 4
	letters := []rune(strings.ToLower(word))
	if len(letters) < long {
		return "", false
	}
	best, count := "", 0
	for _, w := range words {
		if edits(letters, []rune(w), 3) <= 1 {
			best, count = w, count+1
		}
	}
	return best, count == 1
}

// bare is a word in small letters, without what stands between its parts.
func bare(word string) string {
	return strings.NewReplacer(" ", "", "-", "", "_", "", ".", "").Replace(strings.ToLower(strings.TrimSpace(word)))
}
