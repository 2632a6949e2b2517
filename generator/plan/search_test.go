package plan_test

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"fursa/generator"
	"fursa/generator/catalogue"
	"fursa/generator/plan"
)

// data is search/listings.json.
type data struct {
	Base   string
	Facets []struct {
		Name, Label string
		Terms       [][]any
	}
	Listings [][]any
	Texts    []string
}

func (s site) data(t *testing.T, prefix string) data {
	t.Helper()
	var d data
	if err := json.Unmarshal(s.files[prefix+"search/listings.json"], &d); err != nil {
		t.Fatal(err)
	}
	return d
}

// counts are how many rows have each term, by "facet/term".
func (d data) counts() map[string]int {
	var names []string
	counts := map[string]int{}
	for _, f := range d.Facets {
		for _, term := range f.Terms {
			names = append(names, f.Name+"/"+term[0].(string))
			counts[names[len(names)-1]] = 0
		}
	}
	for _, row := range d.Listings {
		for _, i := range row[3].([]any) {
			counts[names[int(i.(float64))]]++
		}
	}
	return counts
}

// A term's count is what its own page says; other facets count by the records.
func TestSearchCountsAsListsDo(t *testing.T) {
	s := sampleAt(t, "")
	c := s.Catalogue
	want := map[string]int{}
	var sets []*catalogue.Set
	for _, v := range []*catalogue.Vocabulary{c.Subjects, c.Skills, c.Places} {
		for _, term := range v.Terms {
			sets = append(sets, &term.Set)
		}
	}
	for _, p := range c.Providers {
		sets = append(sets, &p.Set)
	}
	for _, set := range append(append(sets, c.Kinds...), c.Ages...) {
		want[set.Path()] = len(set.Listings)
	}
	for _, l := range c.Current {
		want["mode/"+l.Value.Mode]++
		cost := l.Value.Cost
		switch {
		case cost.Amount != nil && *cost.Amount == 0:
			want["cost/free"]++
		case cost.Amount != nil || cost.From != nil || cost.To != nil:
			want["cost/paid"]++
		}
		for field, values := range map[string][]string{"languages": l.Value.Languages, "timetable": l.Timetable, "audience": l.Audience()} {
			for _, v := range values {
				want[field+"/"+v]++
			}
		}
	}
	for _, prefix := range []string{"", "ar/"} {
		if diff := cmp.Diff(want, s.data(t, prefix).counts()); diff != "" {
			t.Errorf("%s (-want +got):\n%s", prefix, diff)
		}
	}
}

// Each row is a current listing in the words of its card, and leads to a page.
func TestSearchRows(t *testing.T) {
	atEachBase(t, func(t *testing.T, s site) {
		for _, prefix := range []string{"", "ar/"} {
			d := s.data(t, prefix)
			if len(d.Listings) != len(s.Catalogue.Current) || d.Base != s.base.Path+prefix {
				t.Fatalf("%d listings below %s", len(d.Listings), d.Base)
			}
			for i, row := range d.Listings {
				l := s.Catalogue.Current[i]
				file, _ := s.find(t, "", d.Base+"opportunities/"+row[0].(string)+"/")
				if s.files[file] == nil || file != prefix+l.Path+"/index.html" {
					t.Errorf("row %d leads to %s", i, file)
				}
				v, _, _ := l.In(langOf(prefix))
				summary := strings.TrimSuffix(d.Texts[int(row[2].(float64))], "…")
				if row[1] != v.Title || !strings.HasPrefix(v.Summary, summary) || len([]rune(summary)) < min(120, len([]rune(v.Summary))) {
					t.Errorf("%s: %v %v", l.Path, row[1], summary)
				}
				for _, at := range append([]any{row[4]}, row[9:]...) {
					if n := int(at.(float64)); n < 0 || n >= len(d.Texts) {
						t.Errorf("%s: no text %d", l.Path, n)
					}
				}
				if len(row) > 9 {
					checkTimes(t, l, d.Texts, row)
				}
			}
		}
	})
}

// checkTimes reads a row's dates as the script does.
func checkTimes(t *testing.T, l *catalogue.Listing, texts []string, row []any) {
	t.Helper()
	at := func(i int) string {
		if i >= len(row) {
			return ""
		}
		return texts[int(row[i].(float64))]
	}
	var got []string
	for _, date := range strings.Fields(at(10)) {
		start, _, _ := strings.Cut(date, "/")
		if _, err := time.Parse(time.RFC3339, start); err != nil {
			if _, err := time.Parse(time.DateOnly, start); err != nil {
				t.Errorf("%s: %q is no date", l.Path, date)
			}
		}
		got = append(got, start[:10])
	}
	var want []string
	for _, o := range l.Occurrences {
		if o.Status != "cancelled" && len(want) < 6 {
			want = append(want, o.Start.Format(time.DateOnly))
		}
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("%s: dates (-want +got):\n%s", l.Path, diff)
	}
	if l.Value.Expires.IsZero() && at(11) != l.Last.String() {
		t.Errorf("%s: until %s, want %s", l.Path, at(11), l.Last)
	}
	if r := l.Value.Registration; r != nil && !strings.HasPrefix(at(12), r.Deadline.String()) {
		t.Errorf("%s: by %s, want %s", l.Path, at(12), r.Deadline)
	}
}

// Without script the page is a page of ways in; all that it links to is there.
func TestSearchPageBrowses(t *testing.T) {
	atEachBase(t, func(t *testing.T, s site) {
		for _, prefix := range []string{"", "ar/"} {
			at := prefix + "search/index.html"
			p := parsePage(t, at, s.files[at])
			for _, address := range addresses(t, at, s.files[at]) {
				if file, elsewhere := s.find(t, at, address); !elsewhere && s.files[file] == nil {
					t.Errorf("%s leads to %s, which is not there", at, address)
				}
			}
			form := p.first("form", "data-search", "")
			action, _ := attr(form, "action")
			from, _ := attr(form, "data-search")
			if self, _ := s.find(t, at, action); self != at {
				t.Errorf("%s asks %s", at, action)
			}
			if file, _ := s.find(t, at, from); s.files[file] == nil {
				t.Errorf("%s reads %s, which is not there", at, from)
			}
			for _, family := range []string{"subjects", "ages", "places", "kinds"} {
				if p.first("a", "href", s.base.Path+prefix+family+"/") == nil {
					t.Errorf("%s has no way in by %s", at, family)
				}
			}
		}
	})
}

// What narrows a list down leads to a search for its own set and the value.
func TestListsLeadToSearches(t *testing.T) {
	s := sampleAt(t, bases[1])
	for list, want := range map[string]string{
		"ar/subjects/sciences": "/learn/doha/ar/search/?subjects=sciences&kinds=club",
		"subjects/sciences":    "/learn/doha/search/?subjects=sciences&kinds=club",
		"kinds/club":           "/learn/doha/search/?kinds=club&mode=in-person",
		"opportunities":        "/learn/doha/search/?mode=in-person",
	} {
		p := parsePage(t, list, s.files[list+"/index.html"])
		if p.first("a", "href", want) == nil {
			t.Errorf("%s does not lead to %s", list, want)
		}
	}
}

// BenchmarkListings says what a listing costs, in time and in bytes.
func BenchmarkListings(b *testing.B) {
	listings := map[string]string{}
	for i := range 2000 {
		listings[fmt.Sprint(i)] = fmt.Sprintf("sessions = [{ start = 2026-12-%02dT16:00:00, end = 2026-12-%02dT18:00:00, rrule = \"FREQ=WEEKLY;COUNT=6\" }]", i%28+1, i%28+1)
	}
	planned, list, err := generator.NewBuilder().Plan(b.Context(), generator.Input{Content: folder(b, listings), Clock: clock, Version: "test"})
	if err != nil || planned == nil {
		b.Fatalf("plan: %v %v", err, list)
	}
	i := slices.IndexFunc(planned.Outputs, func(o plan.Output) bool { return o.Path == "search/listings.json" })
	var size counter
	for b.Loop() {
		size = 0
		if err := planned.Outputs[i].Write(&size); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/2000, "ns/listing")
	b.ReportMetric(float64(size)/2000, "bytes/listing")
}

type counter int

func (c *counter) Write(p []byte) (int, error) {
	*c += counter(len(p))
	return len(p), nil
}
