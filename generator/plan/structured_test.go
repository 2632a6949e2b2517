package plan_test

import (
	"bytes"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"os"
	"regexp"
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

// structured are the outputs of the sample by their paths, and the catalogue
// that they are of.
func structured(t testing.TB, poison func(*catalogue.Catalogue)) (map[string]plan.Output, *catalogue.Catalogue) {
	t.Helper()
	s, _, err := generator.NewBuilder().Plan(t.Context(), generator.Input{Content: sample, Clock: clock, Drafts: true})
	if err != nil {
		t.Fatal(err)
	}
	if poison != nil {
		poison(s.Catalogue)
	}
	theme, list, err := themes.Load(nil, "", plan.Functions(nil, nil))
	if err != nil || list != nil {
		t.Fatal(err, list)
	}
	s.Outputs, list, err = plan.Outputs(plan.Input{Catalogue: s.Catalogue, Search: indexed(t, s.Catalogue), Theme: theme})
	if err != nil || list != nil {
		t.Fatal(err, list)
	}
	return planned(s), s.Catalogue
}

// inScript are the elements of a page that hold its data.
var inScript = regexp.MustCompile(`(?s)<script type="application/ld\+json">(.*?)\n?</script>`)

// dataOf is the JSON that a page of the site holds, in the order of its
// elements.
func dataOf(t testing.TB, o plan.Output) []string {
	t.Helper()
	var page bytes.Buffer
	if err := o.Write(&page); err != nil {
		t.Fatalf("%s: %v", o.Path, err)
	}
	var all []string
	for _, m := range inScript.FindAllStringSubmatch(page.String(), -1) {
		if !json.Valid([]byte(m[1])) {
			t.Errorf("%s: no JSON in a script element: %s", o.Path, m[1])
		}
		all = append(all, m[1])
	}
	return all
}

// allData is the data of the sample's pages, by language and path: of a record
// that has a list on its page, «list» is added to the name of the list's.
func allData(t testing.TB, outputs map[string]plan.Output, c *catalogue.Catalogue) map[string]string {
	t.Helper()
	all := map[string]string{}
	add := func(path string, parts ...string) {
		for lang, prefix := range map[string]string{"en": "", "ar": "ar/"} {
			data := dataOf(t, outputs[prefix+path+"index.html"])
			if len(data) != len(parts) {
				t.Fatalf("%s %s: data in %d elements, want %d", lang, path, len(data), len(parts))
			}
			for i, part := range parts {
				all[lang+" "+strings.TrimSuffix(path, "/")+part] = data[i]
			}
		}
	}
	add("", "site")
	add("opportunities/", "")
	for _, l := range c.Listings {
		add(l.Path+"/", "")
	}
	for _, set := range c.Subjects.Terms {
		add(set.Set.Path()+"/", "")
	}
	for _, p := range c.Providers {
		add(p.Record.Path+"/", "", " list")
	}
	for _, p := range c.Pathways {
		add(p.Record.Path+"/", "", " list")
	}
	for _, b := range c.Badges {
		add(b.Record.Path+"/", "", " list")
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
	"pathways/reach-for-the-stars list", "subjects/robotics", "site",
}

func TestStructuredDataWhole(t *testing.T) {
	outputs, c := structured(t, nil)
	all := allData(t, outputs, c)
	var got txtar.Archive
	for _, path := range wholes {
		for _, lang := range []string{"en", "ar"} {
			name := lang + " " + path
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
	outputs, c := structured(t, nil)
	all := allData(t, outputs, c)
	for _, lang := range []string{"en", "ar"} {
		for _, l := range c.Listings {
			limit := 2300
			if n := min(10, len(l.Occurrences)); n > 1 {
				limit += n * 230
				if l.Value.Mode == "hybrid" {
					limit += n * 140
				}
			}
			if lang == "ar" {
				limit += 250
			}
			if size := len(all[lang+" "+l.Path]); size > limit {
				t.Errorf("%s %s: %d bytes for %d dates, more than %d", lang, l.Path, size, len(l.Occurrences), limit)
			}
		}
	}
}

// worse is what the hostile text of the other tests lacks.
const worse = "</ScRiPt\n><!--<script>\u2028\u2029\u202e\u2066\u0000\u0007\x7f\\u003c/script>\xff&quot;\"'" + hostile

func TestHostileTextStaysInItsScript(t *testing.T) {
	outputs, c := structured(t, func(c *catalogue.Catalogue) {
		poisonCatalogue(t, c)
		for _, l := range c.Listings {
			l.Value.Title, l.Value.Summary, l.Value.Languages = worse, worse, []string{worse}
			for i := range l.Translations {
				l.Translations[i].Value.Title = worse
			}
		}
	})
	want := strings.NewReplacer("\u202e", "", "\u2066", "", "\xff", "\ufffd").Replace(worse)
	for name, text := range allData(t, outputs, c) {
		if i := strings.IndexAny(text, "<>&\u2028\u2029\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\x00\x07\n"); i >= 0 {
			t.Errorf("%s: %q came through", name, text[i:min(len(text), i+20)])
		}
		var document struct {
			Graph []map[string]any `json:"@graph"`
		}
		if err := json.Unmarshal([]byte(text), &document); err != nil {
			t.Fatal(err)
		}
		if got := document.Graph[0]["name"]; c.Listing(strings.TrimPrefix(name[len("en "):], "opportunities/")) != nil && got != want {
			t.Errorf("%s: the name is %q", name, got)
		}
		if strings.Contains(text, `"javascript:`) || strings.Contains(text, `"data:`) {
			t.Errorf("%s: an address that runs came through", name)
		}
	}
}

// BenchmarkListingPage makes the pages of all listings of the sample, data
// included; it tells the cost of one.
func BenchmarkListingPage(b *testing.B) {
	outputs, c := structured(b, nil)
	for _, n := range []int{1, 10} {
		var pages []plan.Output
		for _, l := range c.Listings {
			if n == 1 && len(l.Occurrences) <= 1 || n == 10 && len(l.Occurrences) >= 10 {
				pages = append(pages, outputs[l.Path+"/index.html"])
			}
		}
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			b.ReportAllocs()
			for i := 0; b.Loop(); i++ {
				if err := pages[i%len(pages)].Write(io.Discard); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
