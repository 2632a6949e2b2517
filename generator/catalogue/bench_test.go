package catalogue_test

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"fursa/generator/catalogue"
	"fursa/schema"
	"fursa/schema/when"
)

// generated is a catalogue of n listings as a big city's is: few subjects,
// some hundred providers, many listings of one title, most of them for weeks.
func generated(t testing.TB, n int) *catalogue.Catalogue {
	t.Helper()
	random := rand.New(rand.NewPCG(1, 2))
	r := catalogue.Records{Settings: schema.Catalogue{
		ID: "https://city.example/", Name: schema.Text{"en": "City"}, Languages: []string{"en"}, TimeZone: "America/Chicago", Currency: "USD",
	}}
	r.Vocabularies = append(r.Vocabularies, vocabularyOf("subjects", 24), vocabularyOf("places", 76))
	for i := range 370 {
		path := fmt.Sprintf("providers/p%03d", i)
		r.Providers = append(r.Providers, &catalogue.Record[schema.Provider]{Path: path, Lang: "en", Value: &schema.Provider{Name: path}})
	}
	for i := range n {
		path := fmt.Sprintf("opportunities/p%03d/listing-%d", skewed(random, 370), i)
		r.Opportunities = append(r.Opportunities, &catalogue.Record[schema.Opportunity]{Path: path, Lang: "en", Hash: path, Value: opportunity(random)})
	}
	r.Schools = generatedSchools(random, 50)
	c, err := catalogue.New(r, catalogue.Options{Now: noon})
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// generatedSchools are schools of which each wants some subjects, kinds and
// ages, most some districts, and some what is near.
func generatedSchools(random *rand.Rand, n int) []*catalogue.Record[schema.School] {
	var records []*catalogue.Record[schema.School]
	for i := range n {
		lowest := 3 + random.IntN(10)
		highest, lat, lon := lowest+5, 25.3, 51.5
		v := &schema.School{Name: fmt.Sprint("School ", i), Place: &schema.Place{Latitude: &lat, Longitude: &lon}, Want: schema.Want{
			Subjects: []string{fmt.Sprint(skewed(random, 24)), fmt.Sprint(skewed(random, 24))},
			Kinds:    []string{"course", "club", "workshop"}, Ages: &schema.Range{Min: &lowest, Max: &highest},
		}}
		if i%4 != 0 {
			v.Want.Districts = []string{fmt.Sprint(skewed(random, 76)), fmt.Sprint(skewed(random, 76)), fmt.Sprint(skewed(random, 76))}
		}
		records = append(records, &catalogue.Record[schema.School]{Path: fmt.Sprintf("schools/s%03d", i), Lang: "en", Value: v})
	}
	return records
}

func vocabularyOf(name string, n int) *catalogue.Record[schema.Vocabulary] {
	v := &schema.Vocabulary{}
	for i := range n {
		v.Terms = append(v.Terms, schema.Term{ID: fmt.Sprint(i), Label: schema.Text{"en": fmt.Sprint(name, " ", i)}})
	}
	return &catalogue.Record[schema.Vocabulary]{Path: "vocabularies/" + name, Value: v}
}

// skewed is a number below n, the small ones much oftener.
func skewed(r *rand.Rand, n int) int {
	f := r.Float64()
	return int(f * f * f * float64(n))
}

func opportunity(r *rand.Rand) *schema.Opportunity {
	lowest, free := 3+r.IntN(14), float64(0)
	highest := lowest + r.IntN(6)
	v := &schema.Opportunity{
		Title: fmt.Sprint("Title ", r.IntN(3000)), Summary: "What people do.",
		Kind: []string{"course", "club", "event", "workshop", "camp"}[skewed(r, 5)],
		Ages: &schema.Range{Min: &lowest, Max: &highest}, Languages: []string{"en"},
		Subjects: []string{fmt.Sprint(skewed(r, 24)), fmt.Sprint(skewed(r, 24))},
		Mode:     "in-person", Place: &schema.Place{Name: "Park", District: fmt.Sprint(skewed(r, 76))},
		Cost: schema.Cost{Amount: &free},
	}
	start := when.Date{Year: 2026, Month: 11, Day: 22}.AddDays(r.IntN(300))
	s := schema.Session{Start: when.Moment{Date: start, Clock: when.Clock{Hour: 9 + r.IntN(10)}, Timed: true}}
	switch r.IntN(3) {
	case 0:
		v.Period = &schema.Period{From: start, To: start.AddDays(60)}
		return v
	case 1:
		s.RRule = "FREQ=WEEKLY;COUNT=12"
	}
	v.Sessions = []schema.Session{s}
	return v
}

// BenchmarkSimilar finds the similar listings of all of 21,628, the buckets
// included.
func BenchmarkSimilar(b *testing.B) {
	c := generated(b, 21_628)
	for b.Loop() {
		fresh := c.Forget()
		for _, l := range fresh.Listings {
			if len(fresh.Similar(l)) == 0 {
				b.Fatal("nothing is similar to", l.Path)
			}
		}
	}
	b.ReportMetric(float64(b.Elapsed())/float64(b.N*len(c.Listings)), "ns/listing")
}

// BenchmarkSchools finds what fifty schools receive of 21,628 listings.
func BenchmarkSchools(b *testing.B) {
	c := generated(b, 21_628)
	for b.Loop() {
		if schools := c.Receive(); len(schools) != len(c.Schools) || len(schools[0].Listings) == 0 {
			b.Fatal(len(schools), "schools")
		}
	}
	b.ReportMetric(float64(b.Elapsed())/float64(b.N*len(c.Schools)), "ns/school")
}

// BenchmarkMonths puts 21,628 listings on their days.
func BenchmarkMonths(b *testing.B) {
	c := generated(b, 21_628)
	for b.Loop() {
		if months := c.Forget().Months(); len(months) != 12 {
			b.Fatal(len(months), "months")
		}
	}
}

// BenchmarkFacets counts the facets of every set, their index included.
func BenchmarkFacets(b *testing.B) {
	c := generated(b, 21_628)
	for b.Loop() {
		fresh := c.Forget()
		for _, s := range sets(fresh) {
			fresh.Facets(s)
		}
	}
	b.ReportMetric(float64(b.Elapsed())/float64(b.N*len(sets(c))), "ns/set")
}

func sets(c *catalogue.Catalogue) []*catalogue.Set {
	all := append(append([]*catalogue.Set{{Name: "opportunities", Listings: c.Current}}, c.Kinds...), c.Ages...)
	for _, v := range []*catalogue.Vocabulary{c.Subjects, c.Places, c.Skills} {
		for _, t := range v.Terms {
			all = append(all, &t.Set)
		}
	}
	for _, p := range c.Providers {
		all = append(all, &p.Set)
	}
	return all
}

// Whoever is asked for, similar listings are soon found: a catalogue of tens
// of thousands in few subjects is no worse than any other.
func TestSimilarInABigCatalogue(t *testing.T) {
	c := generated(t, 5_000)
	for _, l := range c.Listings[:500] {
		similar := c.Similar(l)
		if len(similar) != 3 || similar[0].Provider == similar[1].Provider || similar[1].Provider == similar[2].Provider || similar[0].Provider == similar[2].Provider {
			t.Errorf("%s: %v are not three of different providers", l.Path, paths(similar))
		}
		for _, s := range similar {
			if s == l || s.Subjects[0] != l.Subjects[0] && s.Subjects[1] != l.Subjects[1] && s.Subjects[0] != l.Subjects[1] && s.Subjects[1] != l.Subjects[0] {
				t.Errorf("%s is no more like %s than others", s.Path, l.Path)
			}
		}
	}
}
