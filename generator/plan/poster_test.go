package plan_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/net/html"
)

// said is what the sheet of a fragment says, line by line.
func said(t *testing.T, s site, path, id string) []string {
	t.Helper()
	doc := parsePage(t, path, s.files[path])
	sheet := doc.first("section", "id", id)
	if sheet == nil {
		t.Fatalf("%s has no sheet %s", path, id)
	}
	var lines []string
	for n := range sheet.Descendants() {
		if n.Type == html.ElementNode && slices.Contains([]string{"h2", "h3", "b"}, n.Data) || n.Type == html.ElementNode && n.Data == "p" && n.Parent.Data == "div" {
			lines = append(lines, strings.Join(strings.Fields(text(n)), " "))
		}
	}
	return lines
}

// posterSchool wants all and pins one listing.
const posterSchool = "name = \"Bay School\"\nlanguages = [\"en\"]\npin = [\"museum/pinned\"]\n"

// A sheet has what can be joined: what is pinned, then what is on within a
// month, then what is on at any time. It says how many others there are.
func TestPosterOfTheMonth(t *testing.T) {
	s := withSchool(t, posterSchool, map[string]string{
		"pinned":    "sessions = [{ start = 2027-06-01 }]",
		"tomorrow":  "sessions = [{ start = 2026-11-23 }]",
		"last-day":  "sessions = [{ start = 2026-12-22 }]",
		"too-late":  "sessions = [{ start = 2026-12-23 }]",
		"always":    "anytime = true",
		"cancelled": "sessions = [{ start = 2026-11-24 }]\nstatus = \"cancelled\"",
	})
	want := []string{
		"This month for Bay School", "22 November – 22 December 2026",
		"Listing pinned", "1 June 2027",
		"Listing tomorrow", "23 November 2026",
		"Listing last-day", "22 December 2026",
		"Listing always", "At any time",
		"1 more: scan here",
	}
	if diff := cmp.Diff(want, sifted(said(t, s, "schools/bay/poster/index.html", "all"))); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// sifted leaves out the lines that say where, for whom and at what cost, and
// the address.
func sifted(lines []string) []string {
	return slices.DeleteFunc(lines, func(line string) bool {
		return strings.Contains(line, "Online") || strings.HasPrefix(line, "https:") || strings.HasPrefix(line, "Paper") || strings.HasPrefix(line, "To print")
	})
}

// Of forty listings six stand on the sheet.
func TestPosterIsFull(t *testing.T) {
	listings := map[string]string{}
	for i := range 40 {
		listings[fmt.Sprintf("l%02d", i)] = "anytime = true"
	}
	s := withSchool(t, "name = \"Bay School\"\nlanguages = [\"en\"]\n", listings)
	got := said(t, s, "schools/bay/poster/index.html", "all")
	titles := slices.DeleteFunc(slices.Clone(got), func(line string) bool { return !strings.HasPrefix(line, "Listing") })
	if len(titles) != 6 || !slices.Contains(got, "34 more: scan here") {
		t.Errorf("%d listings, and %q", len(titles), got)
	}
}

// A grade's sheet has what is for the grade, in the school's two languages side
// by side; where there is nothing it says so.
func TestPosterOfAGrade(t *testing.T) {
	s := sampleAt(t, "")
	path := "ar/schools/seven-palms-primary/poster/index.html"
	doc := parsePage(t, path, s.files[path])
	for _, n := range doc.all("div", "class", "side all") {
		var langs []string
		for p := range n.ChildNodes() {
			if lang, ok := attr(p, "lang"); ok {
				langs = append(langs, lang)
			}
		}
		if diff := cmp.Diff([]string{"ar", "en"}, langs); diff != "" {
			t.Errorf("languages (-want +got):\n%s", diff)
		}
	}
	if n := len(doc.all("section", "class", "sheet")); n != 8 {
		t.Errorf("%d sheets of seven grades and the school", n)
	}
	first := said(t, s, path, "g-1")
	ages := slices.DeleteFunc(first, func(line string) bool { return !strings.Contains(line, "Ages") })
	if diff := cmp.Diff([]string{"Saturday 28 November 2026, 10:00–10:45 Palm Court Library, children’s floor, Msheireb · Ages 3–6 · Free"}, ages); diff != "" {
		t.Errorf("what is for the first grade (-want +got):\n%s", diff)
	}
	if s.files["schools/seven-palms-primary/poster/index.html"] != nil {
		t.Error("the page of posters stands twice")
	}
	empty := withSchool(t, "name = \"Bay School\"\nlanguages = [\"en\"]\nwant = { kinds = [\"camp\"] }\n", map[string]string{"talk": "anytime = true"})
	want := []string{"This month for Bay School", "22 November – 22 December 2026", "Nothing new within this month. Scan to see what else there is.", "All of it, always up to date: scan here"}
	if diff := cmp.Diff(want, sifted(said(t, empty, "schools/bay/poster/index.html", "all"))); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// A school that reads on paper is led from its channel to its posters, in
// whichever language its page is.
func TestSchoolThatPrints(t *testing.T) {
	s := sampleAt(t, "")
	for _, path := range []string{"schools/seven-palms-primary/index.html", "ar/schools/seven-palms-primary/index.html"} {
		links := parsePage(t, path, s.files[path]).all("a", "href", "/ar/schools/seven-palms-primary/poster/")
		if len(links) != 2 {
			t.Errorf("%s leads to the posters %d times", path, len(links))
		}
	}
}
