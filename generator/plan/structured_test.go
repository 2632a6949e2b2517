package plan_test

import (
	"bytes"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"

	"fursa/generator"
	"fursa/generator/catalogue"
	"fursa/generator/plan"
	"fursa/themes"
)

var update = flag.Bool("update", false, "write the golden files anew")

// structured are the editions of a catalogue, and the catalogue.
func structured(t testing.TB, poison func(*catalogue.Catalogue)) ([]plan.Structured, *catalogue.Catalogue) {
	t.Helper()
	planned, _, err := generator.NewBuilder().Plan(t.Context(), generator.Input{Content: sample, Clock: clock, Drafts: true})
	if err != nil {
		t.Fatal(err)
	}
	if poison != nil {
		poison(planned.Catalogue)
	}
	theme, list, err := themes.Load(nil, "", plan.Functions(nil, nil))
	if err != nil || list != nil {
		t.Fatal(err, list)
	}
	editions, err := plan.StructuredEditions(plan.Input{Catalogue: planned.Catalogue, Theme: theme})
	if err != nil {
		t.Fatal(err)
	}
	return editions, planned.Catalogue
}

// inScript is the JSON of a script element, and its only child.
func inScript(t *testing.T, name, element string) string {
	t.Helper()
	text, begins := strings.CutPrefix(element, `<script type="application/ld+json">`)
	text, ends := strings.CutSuffix(text, "\n</script>")
	if !begins || !ends || !json.Valid([]byte(text)) {
		t.Fatalf("%s: no JSON in a script element: %s", name, element)
	}
	return text
}

// allData is all data of the sample, by edition and page.
func allData(t *testing.T, editions []plan.Structured, c *catalogue.Catalogue) map[string]string {
	t.Helper()
	all := map[string]string{}
	for _, e := range editions {
		add := func(path, element string) {
			name := e.Lang() + " " + path
			all[name] = inScript(t, name, element)
		}
		for _, l := range c.Listings {
			add(l.Path, string(e.Listing(l)))
		}
		for _, p := range c.Providers {
			add(p.Record.Path, string(e.Provider(p)))
		}
		for _, p := range c.Pathways {
			add(p.Record.Path, string(e.Pathway(p)))
		}
		for _, b := range c.Badges {
			add(b.Record.Path, string(e.Badge(b)))
		}
		add("site", string(e.Site()))
		add("list", string(e.List("All <listings>", "opportunities", 1, c.Current[:3])))
		add("empty list", string(e.List("None", "subjects/none", 0, nil)))
	}
	return all
}

// wholes are the pages whose data is compared as a whole: a date, a series, one
// with a full date, one with a cancelled one, what is cancelled, full and
// closed, on the web, both, known roughly, without a date.
var wholes = []string{
	"opportunities/blue-tern-club/boys-rowing",
	"opportunities/blue-tern-club/open-water-day",
	"opportunities/dhow-house/boatbuilders-camp",
	"opportunities/ghaf-makers/first-circuit",
	"opportunities/lantern-observatory/night-sky",
	"opportunities/lantern-observatory/planets-at-your-school",
	"opportunities/lantern-observatory/sky-in-a-box",
	"opportunities/majlis-debate/schools-debate-cup",
	"opportunities/nahham-house/oud-for-beginners",
	"opportunities/palm-court-library/picture-book-evening",
	"opportunities/qurm-society/desert-camp",
	"opportunities/samra-college/python-from-zero",
	"opportunities/tarfa-engineering/design-studio-internship",
	"opportunities/tarfa-engineering/see-inside-the-tower",
	"providers/lantern-observatory", "badges/stargazer", "pathways/reach-for-the-stars",
	"site", "list", "empty list",
}

func TestStructuredDataWhole(t *testing.T) {
	editions, c := structured(t, nil)
	all := allData(t, editions, c)
	var got txtar.Archive
	for _, path := range wholes {
		for _, e := range editions {
			name := e.Lang() + " " + path
			var text bytes.Buffer
			if err := json.Indent(&text, []byte(all[name]), "", "  "); err != nil {
				t.Fatalf("%s: %v", name, err)
			}
			text.WriteByte('\n')
			got.Files = append(got.Files, txtar.File{Name: name, Data: text.Bytes()})
		}
	}
	const golden = "testdata/structured.txtar"
	if *update {
		if err := os.WriteFile(golden, txtar.Format(&got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), string(txtar.Format(&got))); diff != "" {
		t.Errorf("%s (-want +got); run with -update if it should be so:\n%s", golden, diff)
	}
}

// Sizes in bytes before compression, which halves the small and quarters the
// large ones. Arabic letters take two bytes, hybrid dates two places.
func TestStructuredDataIsSmall(t *testing.T) {
	editions, c := structured(t, nil)
	for _, e := range editions {
		for _, l := range c.Listings {
			limit := 2300
			if n := min(10, len(l.Occurrences)); n > 1 {
				limit += n * 230
				if l.Value.Mode == "hybrid" {
					limit += n * 140
				}
			}
			if e.Lang() == "ar" {
				limit += 250
			}
			if size := len(e.Listing(l)); size > limit {
				t.Errorf("%s %s: %d bytes for %d dates, more than %d", e.Lang(), l.Path, size, len(l.Occurrences), limit)
			}
		}
	}
}

// worse is what the hostile text of the other tests lacks.
const worse = "</ScRiPt\n><!--<script>\u2028\u2029\u202e\u2066\u0000\u0007\x7f\\u003c/script>\xff&quot;\"'" + hostile

func TestHostileTextStaysInItsScript(t *testing.T) {
	editions, c := structured(t, func(c *catalogue.Catalogue) {
		poisonCatalogue(t, c)
		for _, l := range c.Listings {
			l.Value.Title, l.Value.Summary, l.Value.Languages = worse, worse, []string{worse}
			for i := range l.Translations {
				l.Translations[i].Value.Title = worse
			}
		}
	})
	want := strings.NewReplacer("\u202e", "", "\u2066", "", "\xff", "\ufffd").Replace(worse)
	for name, text := range allData(t, editions, c) {
		if i := strings.IndexAny(text, "<>&\u2028\u2029\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\x00\x07\n"); i >= 0 {
			t.Errorf("%s: %q came through", name, text[i:min(len(text), i+20)])
		}
		var document struct {
			Graph []map[string]any `json:"@graph"`
		}
		if err := json.Unmarshal([]byte(text), &document); err != nil {
			t.Fatal(err)
		}
		if got := document.Graph[0]["name"]; strings.Contains(name, "opportunities/") && got != want {
			t.Errorf("%s: the name is %q", name, got)
		}
		if strings.Contains(text, `"javascript:`) || strings.Contains(text, `"data:`) {
			t.Errorf("%s: an address that runs came through", name)
		}
	}
}

// BenchmarkListingData makes the data of all listings of the sample; it tells
// the cost of one.
func BenchmarkListingData(b *testing.B) {
	editions, c := structured(b, nil)
	for _, n := range []int{1, 10} {
		var listings []*catalogue.Listing
		for _, l := range c.Listings {
			if n == 1 && len(l.Occurrences) <= 1 || n == 10 && len(l.Occurrences) >= 10 {
				listings = append(listings, l)
			}
		}
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			b.ReportAllocs()
			for i := 0; b.Loop(); i++ {
				_ = editions[0].Listing(listings[i%len(listings)])
			}
		})
	}
}
