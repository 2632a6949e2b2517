package convert

import (
	"cmp"
	"slices"
	"strings"
	"unicode"
)

// matcher is rules made ready for many texts.
type matcher struct {
	rules Rules
	// first finds phrases by their first word, stems those whose first word
	// ends with a star, by what comes before it.
	first, stems map[string][]phrase
}

// phrase is the words that make a rule fit, or, with except, not fit. A word
// may end with a star.
type phrase struct {
	rule   int
	except bool
	words  []string
}

func newMatcher(r Rules) matcher {
	m := matcher{rules: r, first: map[string][]phrase{}, stems: map[string][]phrase{}}
	for i, rule := range r.Rules {
		m.add(i, false, rule.Words)
		m.add(i, true, rule.Except)
	}
	return m
}

func (m matcher) add(rule int, except bool, all []string) {
	for _, s := range all {
		w := words(s, "*")
		if len(w) == 0 {
			continue
		}
		index, key := m.first, w[0]
		if stem, ok := strings.CutSuffix(key, "*"); ok {
			index, key = m.stems, stem
		}
		index[key] = append(index[key], phrase{rule, except, w})
	}
}

// words are a text's words in small letters, without apostrophes: "Let's
// Dance!" is lets, dance. also holds signs that belong to words beside
// letters and digits.
func words(s, also string) []string {
	s = strings.NewReplacer("'", "", "’", "").Replace(strings.ToLower(s))
	return strings.FieldsFunc(s, func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.Is(unicode.Mn, r) && !strings.ContainsRune(also, r)
	})
}

// terms are the ids that the texts of the columns get, best first; fits is false where no rule
// fitted and the list holds what there is otherwise.
func (m matcher) terms(texts []string) (ids []string, fits bool) {
	for i, text := range texts {
		if ids := m.in(words(text, ""), m.rules.Columns[i]); len(ids) > 0 {
			return ids[:min(len(ids), max(m.rules.Limit, 1))], true
		}
	}
	return []string{m.rules.Otherwise}, false
}

// in is the ids of the rules that fit one column's text. With a limit of one the first
// rule wins; else those whose words come oftenest lead.
func (m matcher) in(text []string, column string) []string {
	counts := m.count(text)
	order := make([]int, 0, len(counts))
	for rule, n := range counts {
		only := m.rules.Rules[rule].Columns
		if n > 0 && (only == nil || slices.Contains(only, column)) {
			order = append(order, rule)
		}
	}
	if m.rules.Limit > 1 {
		slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(counts[b], counts[a]) })
	}
	var ids []string
	for _, rule := range order {
		if id := m.rules.Rules[rule].ID; !slices.Contains(ids, id) {
			ids = append(ids, id)
		}
	}
	return ids
}

// count is how many phrases of each rule stand in a text; none where one of
// its exceptions does.
func (m matcher) count(text []string) []int {
	counts := make([]int, len(m.rules.Rules))
	excepted := make([]bool, len(counts))
	tally := func(rest []string, phrases []phrase) {
		for _, p := range phrases {
			if !begins(rest, p.words) {
				continue
			}
			excepted[p.rule] = excepted[p.rule] || p.except
			counts[p.rule]++
		}
	}
	for i, word := range text {
		tally(text[i:], m.first[word])
		for end := range word {
			tally(text[i:], m.stems[word[:end]])
		}
		tally(text[i:], m.stems[word])
	}
	for rule, not := range excepted {
		if not {
			counts[rule] = 0
		}
	}
	return counts
}

// begins says whether a text begins with the words.
func begins(text, words []string) bool {
	if len(words) > len(text) {
		return false
	}
	for i, word := range words {
		stem, star := strings.CutSuffix(word, "*")
		if text[i] != word && !(star && strings.HasPrefix(text[i], stem)) {
			return false
		}
	}
	return true
}
