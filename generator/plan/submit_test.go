package plan_test

import (
	"bytes"
	"encoding/json"
	"path"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"fursa/schema"
)

// formPage is the form of a language.
func formPage(t *testing.T, s site, prefix string) page {
	t.Helper()
	return parsePage(t, prefix+"submit/index.html", s.files[prefix+"submit/index.html"])
}

// Each property of the schema is on the form, under its own label, or is what
// one of the choices says.
func TestSubmitHasEveryField(t *testing.T) {
	chosen := []string{"anytime", "by_arrangement", "cost.unknown"}
	s := sampleAt(t, "")
	for prefix, lang := range map[string]string{"": "en", "ar/": "ar"} {
		content, p := string(s.files[prefix+"submit/index.html"]), formPage(t, s, prefix)
		var visit func(fields []schema.Field)
		visit = func(fields []schema.Field) {
			for _, f := range fields {
				id := "field-" + strings.ReplaceAll(f.Path, ".", "-")
				switch {
				case slices.Contains(chosen, f.Path):
					if p.first("input", "data-key", f.Name) == nil {
						t.Errorf("%s: no choice says %s", p.path, f.Path)
					}
				case strings.Count(content, `id="`+id+`"`) != 1 || !strings.Contains(content, ">"+f.Title[lang]):
					t.Errorf("%s: %d fields %s, called %s", p.path, strings.Count(content, `id="`+id+`"`), id, f.Title[lang])
				}
				visit(f.Fields)
			}
		}
		visit(schema.Fields(schema.KindOpportunity))
	}
}

// Every page leads to the form, and on it a text takes its own direction,
// whichever that of the page.
func TestSubmitIsFoundAndReadable(t *testing.T) {
	s := sampleAt(t, "")
	for _, prefix := range []string{"", "ar/"} {
		p := formPage(t, s, prefix)
		menu := parsePage(t, "", s.files[prefix+"calendar/index.html"]).first("nav", "class", "menu")
		last := ""
		for n := range menu.Descendants() {
			if href, ok := attr(n, "href"); ok {
				last = href
			}
		}
		if last != "/"+prefix+"submit/" {
			t.Errorf("%q: the menu ends with %s", prefix, last)
		}
		for _, field := range append(p.all("input", "type", "text"), p.all("textarea", "", "")...) {
			id, _ := attr(field, "id")
			if dir, _ := attr(field, "dir"); dir != "auto" && dir != "ltr" {
				t.Errorf("%s: the field %s has the direction %q", p.path, id, dir)
			}
		}
	}
}

// What can be chosen on the form is what the catalogue has, and is found by its
// words in every language.
func TestSubmitTerms(t *testing.T) {
	s := sampleAt(t, "")
	type term struct{ ID, Label, Also, Figure string }
	var data struct {
		Terms    map[string][]term
		Inline   []string
		Language string
	}
	for name, content := range s.files {
		if ok, _ := path.Match("assets/submit-ar-*.json", name); ok {
			if err := json.NewDecoder(bytes.NewReader(content)).Decode(&data); err != nil {
				t.Fatal(err)
			}
		}
	}
	var got []term
	for vocabulary, id := range map[string]string{"subjects": "astronomy", "providers": "ghaf-makers", "pathways": "pathways/reach-for-the-stars", "languages": "en"} {
		i := slices.IndexFunc(data.Terms[vocabulary], func(x term) bool { return x.ID == id })
		if i < 0 {
			t.Fatalf("%s has no %s: %v", vocabulary, id, data.Terms[vocabulary])
		}
		got = append(got, data.Terms[vocabulary][i])
	}
	slices.SortFunc(got, func(a, b term) int { return strings.Compare(a.ID, b.ID) })
	want := []term{
		{"astronomy", "علم الفلك", "علم الفلك Astronomy نجوم كواكب فضاء تلسكوب stars planets space telescope", "sciences"},
		{"en", "الإنجليزية", "English الإنجليزية", ""},
		{"ghaf-makers", "ورشة الغاف", "Ghaf Makers ورشة الغاف", ""},
		{"pathways/reach-for-the-stars", "إلى النجوم", "Reach for the stars", ""},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	inlined := []string{"group", "ages", "available", "commitment", "cost", "pays"}
	if diff := cmp.Diff(inlined, data.Inline); diff != "" || data.Language != "en" {
		t.Errorf("language %s (-want +got):\n%s", data.Language, diff)
	}
}
