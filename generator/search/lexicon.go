package search

import "strings"

// lexicon gives words the numbers of their stems. Every word is folded and
// stemmed once a language. One is not safe for concurrent use: each worker has
// its own, and they are put together in the end.
type lexicon struct {
	languages map[string]*language
	numbers   map[string]int32 // of stems
	stems     []string         // by number
	forms     []formOf
	buffer    []int32
}

// language is what is known of a language's words.
type language struct {
	grammar
	// words are stems by words as they stand in texts.
	words map[string][]int32
}

// formOf is a form and a stem that it has.
type formOf struct {
	form string
	stem int32
}

func newLexicon() lexicon {
	return lexicon{languages: map[string]*language{}, numbers: map[string]int32{}}
}

func (x *lexicon) language(tag string) *language {
	if l := x.languages[tag]; l != nil {
		return l
	}
	l := &language{newGrammar(tag), map[string][]int32{}}
	x.languages[tag] = l
	return l
}

// read is the stems of a text's words, several of some, and how many words
// these are. The slice is used again.
func (x *lexicon) read(lang, text string) (stems []int32, words int) {
	l := x.language(lang)
	x.buffer = x.buffer[:0]
	for token := range tokens(text) {
		stems, ok := l.words[token]
		if !ok {
			stems = x.learn(l, token)
			l.words[strings.Clone(token)] = stems
		}
		if len(stems) > 0 {
			words++
		}
		x.buffer = append(x.buffer, stems...)
	}
	return x.buffer, words
}

// learn is the numbers of the different stems of a word.
func (x *lexicon) learn(l *language, token string) []int32 {
	var stems []int32
	for _, f := range l.forms(token) {
		stem := x.number(f.Stem)
		x.forms = append(x.forms, formOf{f.Text, stem})
		stems = appendNew(stems, stem)
	}
	return stems
}

func appendNew(list []int32, n int32) []int32 {
	for _, m := range list {
		if m == n {
			return list
		}
	}
	return append(list, n)
}

func (x *lexicon) number(stem string) int32 {
	n, ok := x.numbers[stem]
	if !ok {
		n = int32(len(x.stems))
		x.numbers[stem], x.stems = n, append(x.stems, stem)
	}
	return n
}
