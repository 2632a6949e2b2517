package search

import (
	"maps"
	"slices"
	"strings"

	"fursa/generator/catalogue"
	"fursa/generator/markdown"
	"fursa/schema"
)

// field is how much the words of a part of a listing count.
type field struct {
	boost   int // in thousandths
	b       int // in hundredths: how much less they count in a long text
	average int // words of a text that is neither long nor short
}

// The fields of a listing, and what slows the growth of a weight when a word
// comes again and again. Averages are fixed: those of a catalogue would change
// all weights with every listing.
var (
	titleField    = field{5000, 50, 5}
	providerField = field{2000, 30, 5}
	subjectField  = field{2000, 30, 4}
	skillField    = field{2000, 30, 4}
	placeField    = field{1500, 30, 10}
	summaryField  = field{1500, 40, 20}
	bodyField     = field{1000, 60, 100}
)

const (
	slowing = 1200 // BM25's k, in thousandths
	full    = 1<<16 - 1
)

// weight is what a word counts in a text of so many words, in thousandths.
func (f field) weight(words int) int32 {
	return int32(f.boost * 100 * f.average / ((100-f.b)*f.average + f.b*words))
}

// saturated is a sum of weights as a part of full: w / (k + w).
func saturated(weight int32) uint16 {
	return uint16(int64(weight) * full / (slowing + int64(weight)))
}

// localized is a text in a language.
type localized struct{ lang, text string }

// texts gives the texts of listings.
type texts struct {
	bodies    *markdown.Reader
	terms     map[*catalogue.Term][]localized
	providers map[*catalogue.Provider][]localized
}

// newTexts gathers the names of what listings share.
func newTexts(c *catalogue.Catalogue) *texts {
	t := &texts{markdown.NewReader(), map[*catalogue.Term][]localized{}, map[*catalogue.Provider][]localized{}}
	for _, v := range []*catalogue.Vocabulary{c.Subjects, c.Skills, c.Places} {
		for _, term := range v.Terms {
			t.terms[term] = labels(term)
		}
	}
	for _, p := range c.Providers {
		t.providers[p] = inAll(p.Record, func(v *schema.Provider, _ string) string { return v.Name })
	}
	return t
}

// labels are a text in each language: all names of a term and of its broader
// ones.
func labels(term *catalogue.Term) []localized {
	lines := map[string][]string{}
	for t := term; t != nil; t = t.Broader {
		for lang, label := range t.Label {
			lines[lang] = append(lines[lang], label)
		}
		for lang, others := range t.Alt {
			lines[lang] = append(lines[lang], others...)
		}
	}
	var list []localized
	for _, lang := range slices.Sorted(maps.Keys(lines)) {
		list = append(list, localized{lang, strings.Join(lines[lang], "\n")})
	}
	return list
}

// inAll is a text of a record in each language in which it is written.
func inAll[T any](r *catalogue.Record[T], of func(value *T, body string) string) []localized {
	list := []localized{{r.Lang, of(r.Value, r.Body)}}
	for _, t := range r.Translations {
		if text := of(t.Value, t.Body); text != list[0].text {
			list = append(list, localized{t.Lang, text})
		}
	}
	return list
}

// of calls add for every text of a listing.
func (t *texts) of(l *catalogue.Listing, add func(f field, texts []localized)) {
	add(titleField, inAll(l.Record, func(v *schema.Opportunity, _ string) string { return v.Title }))
	add(providerField, t.providers[l.Provider])
	for _, p := range l.Partners {
		add(providerField, t.providers[p])
	}
	for _, term := range l.Subjects {
		add(subjectField, t.terms[term])
	}
	for _, term := range l.Skills {
		add(skillField, t.terms[term])
	}
	add(placeField, t.terms[l.District])
	add(placeField, inAll(l.Record, func(v *schema.Opportunity, _ string) string { return places(v) }))
	add(summaryField, inAll(l.Record, func(v *schema.Opportunity, _ string) string { return v.Summary }))
	for _, body := range inAll(l.Record, func(_ *schema.Opportunity, body string) string { return body }) {
		add(bodyField, []localized{{body.lang, t.bodies.Text(body.text)}})
	}
}

// places is where a listing takes place.
func places(v *schema.Opportunity) string {
	var lines []string
	add := func(p *schema.Place) {
		if p != nil {
			lines = append(lines, p.Name, p.Address, p.Locality, p.Region, p.Postcode)
		}
	}
	add(v.Place)
	for _, s := range v.Sessions {
		add(s.Place)
	}
	return strings.Join(lines, "\n")
}

// Reader reads listings as the index does. It is not safe for concurrent use.
type Reader struct {
	texts    *texts
	grammars map[string]grammar
}

// NewReader makes a reader of a catalogue's listings.
func NewReader(c *catalogue.Catalogue) *Reader {
	return &Reader{newTexts(c), map[string]grammar{}}
}

// Forms are the forms of all words of a listing, as often as they stand there:
// what a plain search has to look at.
func (r *Reader) Forms(l *catalogue.Listing) []Form {
	var forms []Form
	r.texts.of(l, func(_ field, texts []localized) {
		for _, text := range texts {
			g, ok := r.grammars[text.lang]
			if !ok {
				g = newGrammar(text.lang)
				r.grammars[text.lang] = g
			}
			for token := range tokens(text.text) {
				forms = append(forms, g.forms(token)...)
			}
		}
	})
	return forms
}
