package search_test

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"fursa/generator/catalogue"
	"fursa/schema"
	"fursa/schema/when"
)

var noon = time.Date(2026, 11, 22, 9, 0, 0, 0, time.UTC)

// speech makes words up: a few of them are said often, most hardly ever.
type speech struct {
	*rand.Rand
	words, arabic []string
}

func newSpeech(seed uint64) *speech {
	s := &speech{Rand: rand.New(rand.NewPCG(seed, 7))}
	for range 3000 {
		s.words = append(s.words, s.syllables([]string{"ba", "co", "di", "fe", "gu", "la", "mar", "nin", "pre", "ro", "sta", "tion", "vé", "ho"}))
		s.arabic = append(s.arabic, s.syllables([]string{"كتا", "ب", "مد", "رس", "ة", "عل", "وم", "فن", "سب", "أحة", "يد", "نا"}))
	}
	return s
}

func (s *speech) syllables(of []string) string {
	var b strings.Builder
	for range 1 + s.IntN(4) {
		b.WriteString(of[s.IntN(len(of))])
	}
	return b.String()
}

// say is a text of so many words, in a language.
func (s *speech) say(lang string, n int) string {
	var b strings.Builder
	for range n {
		f := s.Float64()
		i := int(f * f * f * 3000)
		if lang == "ar" {
			b.WriteString([]string{"", "", "ال", "وال", "بال", "لل", "و", "ب"}[s.IntN(8)] + s.arabic[i])
		} else {
			b.WriteString(s.words[i] + []string{"", "", "", "s", "ing", "ed", "er", "’s"}[s.IntN(8)])
		}
		b.WriteString([]string{" ", " ", " ", ", ", ". ", " 12 ", "-"}[s.IntN(7)])
	}
	return b.String()
}

// generated are the records of n listings, in three languages; some have
// ended, some are full.
func generated(n int) catalogue.Records {
	s := newSpeech(1)
	r := catalogue.Records{Settings: schema.Catalogue{
		ID: "https://city.example/", Name: schema.Text{"en": "City"}, Languages: []string{"en", "ar"}, TimeZone: "Asia/Qatar", Currency: "QAR",
	}}
	for _, name := range []string{"subjects", "skills", "places"} {
		v := &schema.Vocabulary{}
		for i := range 12 {
			t := schema.Term{ID: fmt.Sprint(i), Label: schema.Text{"en": s.say("en", 2), "ar": s.say("ar", 1)}, Alt: map[string][]string{"en": {s.say("en", 1)}}}
			if i > 3 {
				t.Broader = fmt.Sprint(i % 4)
			}
			v.Terms = append(v.Terms, t)
		}
		r.Vocabularies = append(r.Vocabularies, &catalogue.Record[schema.Vocabulary]{Path: "vocabularies/" + name, Value: v})
	}
	for i := range 20 {
		r.Providers = append(r.Providers, &catalogue.Record[schema.Provider]{
			Path: fmt.Sprintf("providers/p%02d", i), Lang: "en", Value: &schema.Provider{Name: s.say("en", 3)},
		})
	}
	for i := range n {
		r.Opportunities = append(r.Opportunities, s.listing(i))
	}
	return r
}

func (s *speech) listing(i int) *catalogue.Record[schema.Opportunity] {
	lang := []string{"en", "en", "ar", "fr", "de"}[s.IntN(5)]
	v := &schema.Opportunity{
		Title: s.say(lang, 1+s.IntN(6)), Summary: s.say(lang, s.IntN(25)), Kind: "club", Languages: []string{lang},
		Subjects: []string{fmt.Sprint(s.IntN(12)), fmt.Sprint(s.IntN(12))}, Skills: []string{fmt.Sprint(s.IntN(12))},
		Place:     &schema.Place{Name: s.say("en", 2), District: fmt.Sprint(s.IntN(12))},
		Period:    &schema.Period{To: when.Date{Year: 2026, Month: 11, Day: 22}.AddDays(s.IntN(100) - 10)},
		Published: when.Date{Year: 2026, Month: 1, Day: 1}.AddDays(s.IntN(320)),
		Status:    []string{"open", "open", "open", "full"}[s.IntN(4)],
	}
	path := fmt.Sprintf("opportunities/p%02d/listing-%d", s.IntN(20), i)
	r := &catalogue.Record[schema.Opportunity]{Path: path, Hash: path, Lang: lang, Value: v, Body: s.say(lang, s.IntN(120))}
	if lang == "en" && s.IntN(2) == 0 {
		translated := *v
		translated.Title, translated.Summary = s.say("ar", 4), s.say("ar", 12)
		r.Translations = []catalogue.Translation[schema.Opportunity]{{Lang: "ar", Value: &translated, Body: s.say("ar", 40)}}
	}
	return r
}

// made is the catalogue of records.
func made(t testing.TB, r catalogue.Records) *catalogue.Catalogue {
	t.Helper()
	c, err := catalogue.New(r, catalogue.Options{Now: noon})
	if err != nil {
		t.Fatal(err)
	}
	return c
}
