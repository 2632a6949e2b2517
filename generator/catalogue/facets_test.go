package catalogue_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"

	"fursa/generator/catalogue"
)

// facets are a set's facets, a line each; a value with a page is marked.
func facets(c *catalogue.Catalogue, s *catalogue.Set) []string {
	var lines []string
	for _, f := range c.Facets(s) {
		line := f.Family + ":"
		for _, v := range f.Values {
			line += fmt.Sprintf(" %s %d", v.Name, v.Count)
			if v.Set != nil {
				line += "*"
				if v.Set.Path() != f.Family+"/"+v.Name {
					line += v.Set.Path()
				}
			}
		}
		if f.More > 0 {
			line += fmt.Sprintf(" +%d", f.More)
		}
		lines = append(lines, line)
	}
	return lines
}

func all(c *catalogue.Catalogue) *catalogue.Set {
	return &catalogue.Set{Name: "opportunities", Listings: c.Current}
}

func TestFacets(t *testing.T) {
	c := made(t, catalogue.Options{}, append(terms(),
		listing("a", "mode = \"online\"\nsubjects = [\"astronomy\", \"sciences\"]\nages = { max = 10 }\nkind = \"club\"\nsessions = [{ start = 2026-12-05T19:00:00 }]\nlanguages = [\"en\", \"ar\"]"),
		listing("b", "mode = \"in-person\"\nsubjects = [\"biology\"]\nages = { min = 7, max = 9 }\nkind = \"club\"\nanytime = true\nplace = { district = \"msheireb\" }\ncost = { amount = 5 }"),
		museum(listing("c", "mode = \"in-person\"\nsubjects = [\"art\"]\nanytime = true\nplace = { district = \"wakra\" }\npartners = [\"library\"]\ncost = { unknown = true }")),
		museum(listing("d", "mode = \"in-person\"\nsubjects = [\"art\"]\nanytime = true\nages = { min = 19 }")),
	)...)
	for _, x := range []struct {
		set  *catalogue.Set
		want []string
	}{
		{all(c), []string{
			"subjects: sciences 2* art 2*",
			"places: msheireb 1* wakra 1*",
			"kinds: club 2* talk 2*",
			"ages: 0-4 1* 5-7 2* 8-11 2* 19-plus 1*",
			"timetable: evening 1",
			"cost: free 2",
			"modes: in-person 3 online 1",
			"languages: ar 1",
			"providers: library 3* museum 2*",
		}},
		{&c.Subjects.Term("sciences").Set, []string{
			"subjects: astronomy 1* biology 1*",
			"places: msheireb 1*",
			"ages: 0-4 1*",
			"timetable: evening 1",
			"cost: free 1",
			"modes: in-person 1 online 1",
			"languages: ar 1",
		}},
		{c.Kinds[0], []string{
			"subjects: astronomy 1* biology 1*", // all are sciences
			"places: msheireb 1*",
			"ages: 0-4 1*",
			"timetable: evening 1",
			"cost: free 1",
			"modes: in-person 1 online 1",
			"languages: ar 1",
		}},
		{&c.Provider("library").Set, []string{
			"subjects: sciences 2* art 1*",
			"places: msheireb 1* wakra 1*",
			"kinds: club 2* talk 1*",
			"ages: 0-4 1* 5-7 2* 8-11 2*",
			"timetable: evening 1",
			"cost: free 1",
			"modes: in-person 2 online 1",
			"languages: ar 1",
		}},
		{&c.Subjects.Term("music").Set, nil},
		{&c.Subjects.Term("astronomy").Set, nil},
	} {
		if diff := cmp.Diff(x.want, facets(c, x.set)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", x.set.Path(), diff)
		}
	}
}

// Of many values the twelve biggest are named: terms in their own order,
// others by count and name.
func TestFacetsAreShort(t *testing.T) {
	var terms []string
	files := append([]txtar.File{}, without...)
	for i := range 14 {
		terms = append(terms, fmt.Sprintf("{ id = \"t%02d\", label = { en = \"T\" } }", i))
		for n := range 1 + i%3 {
			f := listing(fmt.Sprint("l", i, "-", n), fmt.Sprintf("mode = \"online\"\nanytime = true\nsubjects = [\"t%02d\"]", i))
			f.Name = strings.Replace(f.Name, "library", fmt.Sprintf("p%02d", i), 1)
			files = append(files, f)
		}
		files = append(files, file(fmt.Sprintf("providers/p%02d.md", i), "+++\nname = \"P\"\nurl = \"https://p.example/\"\n+++\n"))
	}
	files = append(files, file("vocabularies/subjects.toml", "terms = ["+strings.Join(terms, ",")+"]"))
	c := made(t, catalogue.Options{}, files...)
	want := []string{
		"subjects: t00 1* t01 2* t02 3* t03 1* t04 2* t05 3* t06 1* t07 2* t08 3* t10 2* t11 3* t13 2* +2",
		"providers: p02 3* p05 3* p08 3* p11 3* p01 2* p04 2* p07 2* p10 2* p13 2* p00 1* p03 1* p06 1* +2",
	}
	if diff := cmp.Diff(want, facets(c, all(c))); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}
