package catalogue

import "fursa/schema/colour"

// Hue is the colour of a term, from 1 to colour.Subjects: that of its topmost
// broader term, by the place among the vocabulary's topmost terms. It is 0 for
// a term of another vocabulary.
func (v *Vocabulary) Hue(t *Term) int { return v.hues[t] }

// colourTerms gives the terms their hues. Terms that are broader than
// themselves stand below none, and have the first.
func (v *Vocabulary) colourTerms() {
	v.hues = make(map[*Term]int, len(v.Terms))
	var spread func(terms []*Term, hue int)
	spread = func(terms []*Term, hue int) {
		for _, t := range terms {
			v.hues[t] = hue
			spread(t.Narrower, hue)
		}
	}
	tops := 0
	for _, t := range v.Terms {
		if t.Broader == nil {
			spread([]*Term{t}, tops%colour.Subjects+1)
			tops++
		}
	}
	for _, t := range v.Terms {
		if v.hues[t] == 0 {
			v.hues[t] = 1
		}
	}
}
