package main

import (
	"math"
	"math/rand/v2"
	"slices"
	"strings"
)

// lexicon are the words of a language that nobody speaks: made of a seed, and
// as often as words are (Zipf's law), so that an index meets few words all the
// time and tens of thousands now and then.
type lexicon struct {
	common  []string  // words that join others, by frequency
	lemmas  []string  // all others, by frequency
	weight  []float64 // of the lemmas, added up
	inflect func(r *rand.Rand, lemma string) string
}

const (
	lemmas  = 30_000
	topical = 200 // lemmas that a subject uses more than others
)

// word is one word of a running text about a subject.
func (l *lexicon) word(r *rand.Rand, subject []int) string {
	switch x := r.Float64(); {
	case x < 0.4:
		return l.common[int(float64(len(l.common))*r.Float64()*r.Float64())]
	case x < 0.55:
		return l.inflect(r, l.lemmas[subject[int(float64(topical)*r.Float64()*r.Float64())]])
	default:
		return l.inflect(r, l.lemmas[l.rank(r)])
	}
}

// rank is the place of a lemma, the frequent ones likelier.
func (l *lexicon) rank(r *rand.Rand) int {
	i, _ := slices.BinarySearch(l.weight, r.Float64()*l.weight[len(l.weight)-1])
	return min(i, len(l.lemmas)-1)
}

// subject are the places of the lemmas that a subject uses more than others.
func (l *lexicon) subject(r *rand.Rand) []int {
	places := make([]int, topical)
	for i := range places {
		places[i] = 100 + r.IntN(6000)
	}
	return places
}

func (l *lexicon) weigh() {
	sum := 0.0
	for i := range l.lemmas {
		sum += 1 / math.Pow(float64(i)+8, 1.05)
		l.weight = append(l.weight, sum)
	}
}

var (
	englishCommon = strings.Fields(`the and to a of in you with for on we your our is are at by from this that will be
each it as all or an can who what how when no not they one more about into up out if their them us`)
	onsets  = strings.Fields(`b br c ch cl cr d dr f fl fr g gl gr h j k l m n p pl pr qu r s sc sh sk sl sm sn sp st str t th tr v w y z`)
	nuclei  = strings.Fields(`a a a e e e e i i i o o o u u ai ea ee ie oa oo ou`)
	codas   = strings.Fields(`b ck d ft g l lk ll m mp n nd ng nt p r r rd rm rn rt s sh sk ss st t t tch th w x`)
	endings = []string{"ion", "ment", "ness", "ity", "al", "ic", "ous", "ive", "ance", "ery", "ist", "ure"}
)

// english has lemmas of one syllable to four, the frequent ones shorter.
func english(r *rand.Rand) *lexicon {
	l := &lexicon{common: englishCommon, inflect: inflectEnglish}
	seen := map[string]bool{}
	for len(l.lemmas) < lemmas {
		lemma := ""
		for range 1 + r.IntN(1+min(3, 1+len(l.lemmas)/1500)) {
			lemma += onsets[r.IntN(len(onsets))] + nuclei[r.IntN(len(nuclei))]
		}
		lemma += codas[r.IntN(len(codas))]
		if r.IntN(4) == 0 {
			lemma += endings[r.IntN(len(endings))]
		}
		if !seen[lemma] && len(lemma) > 2 {
			seen[lemma] = true
			l.lemmas = append(l.lemmas, lemma)
		}
	}
	l.weigh()
	return l
}

func inflectEnglish(r *rand.Rand, lemma string) string {
	switch x := r.IntN(100); {
	case x < 62:
		return lemma
	case x < 82:
		return lemma + "s"
	case x < 90:
		return lemma + "ing"
	case x < 96:
		return lemma + "ed"
	default:
		return lemma + "er"
	}
}

var (
	arabicCommon = strings.Fields(`في من على إلى مع عن أن هذا هذه التي الذي كل ما لا ثم أو بين بعد قبل كيف هل حتى عند كما نحن أنت هو هي قد`)
	radicals     = []rune("بتثجحخدذرزسشصضطظعغفقكلمنهويءأ")
	// A pattern of Arabic morphology: 1, 2 and 3 stand for the root's letters.
	patterns = strings.Fields(`12ي3 1ا23 م12و3 ت12ي3 12ا3 م123ة 123ة ت1ا23 است12ا3 12و3 م1ا23ة إ12ا3 1وا23 12ا3ة ان12ا3 123ى م12ا3 ا1ت2ا3`)
	marks    = []rune{0x64E, 0x64F, 0x650, 0x652, 0x651}
)

// arabic has lemmas of roots in patterns.
func arabic(r *rand.Rand) *lexicon {
	l := &lexicon{common: arabicCommon, inflect: inflectArabic}
	seen := map[string]bool{}
	for len(l.lemmas) < lemmas/2 {
		root := strings.NewReplacer(
			"1", string(radicals[r.IntN(len(radicals)-2)]),
			"2", string(radicals[r.IntN(len(radicals)-2)]),
			"3", string(radicals[r.IntN(len(radicals))]),
		)
		if lemma := root.Replace(patterns[r.IntN(len(patterns))]); !seen[lemma] {
			seen[lemma] = true
			l.lemmas = append(l.lemmas, lemma)
		}
	}
	l.weigh()
	return l
}

func inflectArabic(r *rand.Rand, lemma string) string {
	if r.IntN(5) == 0 {
		if stem, ok := strings.CutSuffix(lemma, "ة"); ok {
			lemma = stem + "ات"
		} else {
			lemma += []string{"ين", "ون", "ها", "ية"}[r.IntN(4)]
		}
	}
	if r.IntN(30) == 0 {
		lemma = marked(r, lemma)
	}
	switch x := r.IntN(100); {
	case x < 35:
		return "ال" + lemma
	case x < 40:
		return "وال" + lemma
	case x < 44:
		return "بال" + lemma
	case x < 47:
		return "لل" + lemma
	case x < 50:
		return "و" + lemma
	default:
		return lemma
	}
}

// marked is a word with marks of vowels on some of its letters.
func marked(r *rand.Rand, word string) string {
	var b strings.Builder
	for i, letter := range []rune(word) {
		b.WriteRune(letter)
		if i%2 == 0 {
			b.WriteRune(marks[r.IntN(len(marks))])
		}
	}
	return b.String()
}
