package main

import (
	"math/rand/v2"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// question is a query whose right answers are known: all listings of a title.
type question struct {
	query, title, language string
}

// set are questions of a kind.
type set struct {
	name      string
	questions []question
}

// judgedSets are made of the titles of a corpus with a seed.
func judgedSets(c *corpus, seed uint64, n int) []set {
	r := rand.New(rand.NewPCG(seed, 4)) //nolint:gosec // the same at every run
	first := c.languages[0]
	known := set{name: "titles"}
	typos, prefixes := set{name: "one typo"}, set{name: "last word cut"}
	for _, title := range sample(r, titles(c.listings[first], first), n) {
		known.questions = append(known.questions, question{title, title, first})
		if q, ok := typo(r, title); ok {
			typos.questions = append(typos.questions, question{q, title, first})
		}
		if q, ok := shortened(r, title); ok {
			prefixes.questions = append(prefixes.questions, question{q, title, first})
		}
	}
	sets := []set{known, typos, prefixes}
	if !slices.Contains(c.languages, "ar") {
		return sets
	}
	varied := set{name: "Arabic, varied"}
	for _, title := range sample(r, titles(c.listings["ar"], "ar"), n) {
		varied.questions = append(varied.questions, question{variant(r, title), title, "ar"})
	}
	return append(sets, varied)
}

// titles are the distinct titles of a language, sorted.
func titles(listings []listing, language string) []string {
	var all []string
	for _, l := range listings {
		if l.lang == language {
			all = append(all, l.Title)
		}
	}
	slices.Sort(all)
	return slices.Compact(all)
}

func sample(r *rand.Rand, all []string, n int) []string {
	var chosen []string
	for _, i := range r.Perm(len(all))[:min(n, len(all))] {
		chosen = append(chosen, all[i])
	}
	return chosen
}

// typo is a text with one edit in one of its words of four letters or more:
// a letter more, less or another, or two neighbours exchanged.
func typo(r *rand.Rand, text string) (string, bool) {
	words := strings.Fields(text)
	var long []int
	for i, w := range words {
		if isWord(w) && utf8.RuneCountInString(w) >= 4 {
			long = append(long, i)
		}
	}
	if len(long) == 0 {
		return "", false
	}
	i := long[r.IntN(len(long))]
	for {
		if edited := edit(r, []rune(words[i])); edited != words[i] {
			words[i] = edited
			return strings.Join(words, " "), true
		}
	}
}

func isWord(text string) bool {
	return strings.IndexFunc(text, func(r rune) bool { return !unicode.IsLetter(r) }) < 0
}

func edit(r *rand.Rand, word []rune) string {
	letter := rune('a' + r.IntN(26))
	if unicode.Is(unicode.Arabic, word[0]) {
		letter = radicals[r.IntN(len(radicals))]
	}
	i := r.IntN(len(word))
	switch r.IntN(4) {
	case 0:
		return string(slices.Insert(slices.Clone(word), i, letter))
	case 1:
		return string(slices.Delete(slices.Clone(word), i, i+1))
	case 2:
		word = slices.Clone(word)
		word[i] = letter
		return string(word)
	default:
		word = slices.Clone(word)
		i = min(i, len(word)-2)
		word[i], word[i+1] = word[i+1], word[i]
		return string(word)
	}
}

// shortened is a text whose last word is cut: at least half of it and three
// letters stay.
func shortened(r *rand.Rand, text string) (string, bool) {
	words := strings.Fields(text)
	last := []rune(words[len(words)-1])
	least := max(3, (len(last)+1)/2)
	if !isWord(string(last)) || len(last) <= least {
		return "", false
	}
	words[len(words)-1] = string(last[:least+r.IntN(len(last)-least)])
	return strings.Join(words, " "), true
}

// variant is an Arabic text as somebody else would write it.
func variant(r *rand.Rand, text string) string {
	words := strings.Fields(text)
	for i, word := range words {
		words[i] = varied(r, word)
	}
	return strings.Join(words, " ")
}

var letters = [][2]string{{"أ", "ا"}, {"إ", "ا"}, {"آ", "ا"}, {"ة", "ه"}, {"ى", "ي"}, {"ا", "أ"}}

// varied is a word with its marks dropped or with marks, letters exchanged
// that many write one for the other, and another article or none.
func varied(r *rand.Rand, word string) string {
	if !unicode.Is(unicode.Arabic, []rune(word)[0]) || !isWord(unmarked(word)) ||
		utf8.RuneCountInString(unmarked(word)) < 3 || slices.Contains(arabicCommon, word) {
		return word
	}
	bare := unmarked(word)
	mark := bare == word && r.IntN(3) == 0
	word = bare
	if swap := letters[r.IntN(len(letters))]; r.IntN(2) == 0 {
		word = exchanged(word, swap[0], swap[1])
	}
	rest, had := withoutArticle(word)
	switch {
	case had && r.IntN(2) == 0 && utf8.RuneCountInString(rest) >= 3:
		word = rest
	case !had && r.IntN(3) == 0:
		word = []string{"ال", "وال", "بال", "لل"}[r.IntN(4)] + word
	}
	if mark {
		return marked(r, word)
	}
	return word
}

func unmarked(text string) string {
	return strings.Map(func(r rune) rune {
		if unicode.Is(unicode.Mn, r) || r == 'ـ' {
			return -1
		}
		return r
	}, text)
}

// exchanged changes the last ة and ى of a word, and the first of another
// letter; an alef becomes one with hamza only where the word begins.
func exchanged(word, from, to string) string {
	switch from {
	case "ة", "ى":
		if stem, ok := strings.CutSuffix(word, from); ok {
			return stem + to
		}
		return word
	case "ا":
		if rest, ok := strings.CutPrefix(word, from); ok && !strings.HasPrefix(rest, "ل") {
			return to + rest
		}
		return word
	}
	return strings.Replace(word, from, to, 1)
}

func withoutArticle(word string) (string, bool) {
	// بال and لل begin other words too, such as بالونات.
	for _, article := range []string{"وال", "ال"} {
		if rest, ok := strings.CutPrefix(word, article); ok {
			return rest, true
		}
	}
	return word, false
}

// prefixSample are beginnings of words, each with how many listings have a
// word that begins so.
func prefixSample(listings []listing, seed uint64, n int) map[string]int {
	r := rand.New(rand.NewPCG(seed, 5)) //nolint:gosec // the same at every run
	counts := map[string]int{}
	for len(counts) < n {
		words := listings[r.IntN(len(listings))].words()
		word := []rune(words[r.IntN(len(words))])
		if isWord(string(word)) && len(word) >= 4 && word[0] < 0x250 {
			counts[string(word[:2+r.IntN(len(word)-2)])] = 0
		}
	}
	for _, l := range listings {
		words := l.words()
		slices.Sort(words)
		for prefix := range counts {
			i, _ := slices.BinarySearch(words, prefix)
			if i < len(words) && strings.HasPrefix(words[i], prefix) {
				counts[prefix]++
			}
		}
	}
	return counts
}
