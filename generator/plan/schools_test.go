package plan_test

import (
	"bytes"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/emersion/go-ical"
	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"

	"fursa/generator"
	"fursa/generator/ledger"
)

// bodyOf is the main part of a page, without what is drawn.
func bodyOf(page []byte) string {
	_, text, _ := strings.Cut(string(page), "<main")
	text, _, _ = strings.Cut(text, "</main>")
	text = regexp.MustCompile(`(?s)<svg.*?</svg>|^[^>]*>|<script.*?</script>`).ReplaceAllString(text, "")
	return strings.TrimSpace(text) + "\n"
}

// The pages of two schools, one of which reads Arabic first, are as they were.
func TestSchoolPages(t *testing.T) {
	s := sampleAt(t, "")
	checkGolden(t, "testdata/schools.txtar", func(file string) string { return bodyOf(s.files[file]) })
}

// checkGolden compares what is made of files with what an archive has of them.
func checkGolden(t *testing.T, golden string, made func(file string) string) {
	t.Helper()
	a, err := txtar.ParseFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	for i, f := range a.Files {
		got := made(f.Name)
		if *update {
			a.Files[i].Data = []byte(got)
		} else if diff := cmp.Diff(string(f.Data), got); diff != "" {
			t.Errorf("%s (-want +got); run with -update if it should be so:\n%s", f.Name, diff)
		}
	}
	if *update {
		if err := os.WriteFile(golden, txtar.Format(a), 0o600); err != nil {
			t.Fatal(err)
		}
	}
}

// withSchool is the small catalogue with a school, and listings by their
// names.
func withSchool(t *testing.T, school string, listings map[string]string) site {
	t.Helper()
	dir := folder(t, listings)
	if err := os.MkdirAll(filepath.Join(dir, "schools"), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, "schools/bay.toml"), []byte(school), 0o600); err != nil {
		t.Fatal(err)
	}
	return made(t, generator.Input{Content: dir, BaseURL: "https://city.example/learn/"})
}

// A school that reads one language has pages and feeds in that alone, and the
// others lead there.
func TestSchoolOfOneLanguage(t *testing.T) {
	s := withSchool(t, "name = \"مدرسة الخليج\"\nlang = \"ar\"\nlanguages = [\"ar\"]\naliases = [\"schools/old-bay\"]\n", map[string]string{"talk": "anytime = true"})
	var files []string
	for p := range s.files {
		if strings.Contains(p, "schools/") && !regexp.MustCompile(`board/\d`).MatchString(p) {
			files = append(files, p)
		}
	}
	slices.Sort(files)
	want := []string{
		"ar/schools/bay/atom.xml", "ar/schools/bay/board/index.html", "ar/schools/bay/calendar.ics", "ar/schools/bay/changes.xml", "ar/schools/bay/deadlines.ics",
		"ar/schools/bay/embed/index.html", "ar/schools/bay/feed.json", "ar/schools/bay/feed.xml", "ar/schools/bay/index.html",
		"ar/schools/bay/links-1.1.imscc", "ar/schools/bay/links.imscc",
		"ar/schools/bay/newsletter/feed.xml", "ar/schools/bay/newsletter/index.html", "ar/schools/bay/newsletter/message.txt",
		"ar/schools/bay/newsletter/month.html", "ar/schools/bay/newsletter/month.txt", "ar/schools/bay/newsletter/week.html",
		"ar/schools/bay/newsletter/week.txt", "ar/schools/bay/oembed.json", "ar/schools/bay/poster/index.html", "ar/schools/index.html",
		"ar/schools/old-bay/board/index.html", "ar/schools/old-bay/index.html", "schools/index.html",
	}
	if diff := cmp.Diff(want, files); diff != "" {
		t.Errorf("files (-want +got):\n%s", diff)
	}
	if p := parsePage(t, "schools/index.html", s.files["schools/index.html"]); p.first("a", "href", "/learn/ar/schools/bay/") == nil {
		t.Error("the English list does not lead to the Arabic page")
	}
	page := parsePage(t, "ar/schools/bay/index.html", s.files["ar/schools/bay/index.html"])
	if page.first("link", "hreflang", "en") != nil {
		t.Error("the page says that it is there in English")
	}
	if lang, _ := attr(page.first("h1", "", ""), "lang"); lang != "" {
		t.Errorf("the name is said to be in another language: %s", lang)
	}
}

// What a school reads in several languages is known in these, and to all
// others in the one that leads.
func TestLanguagesOfASchool(t *testing.T) {
	s := sampleAt(t, "")
	for _, p := range []string{"schools/seven-palms-primary/index.html", "ar/schools/seven-palms-primary/timetable/index.html"} {
		found := map[string]string{}
		for _, n := range parsePage(t, p, s.files[p]).all("link", "rel", "alternate") {
			if lang, ok := attr(n, "hreflang"); ok {
				found[lang], _ = attr(n, "href")
			}
		}
		at := strings.TrimSuffix(strings.TrimPrefix(p, "ar/"), "index.html")
		want := map[string]string{
			"ar": "https://doha.example/ar/" + at, "en": "https://doha.example/" + at, "x-default": "https://doha.example/ar/" + at,
		}
		if diff := cmp.Diff(want, found); diff != "" {
			t.Errorf("%s (-want +got):\n%s", p, diff)
		}
	}
}

// Nothing fits: the page says so, and each feed has its standing item.
func TestSchoolWithoutListings(t *testing.T) {
	s := withSchool(t, "name = \"Bay School\"\nwant = { kinds = [\"camp\"] }\n", map[string]string{"talk": "anytime = true"})
	for name, want := range map[string]string{"feed.xml": "#empty", "changes.xml": "#changes-empty"} {
		for prefix, base := range map[string]string{"": "https://doha.example/schools/bay/", "ar/": "https://doha.example/ar/schools/bay/"} {
			items := parseFeed(t, s.files[prefix+"schools/bay/"+name]).Items
			if len(items) != 1 || items[0].GUID != base+want {
				t.Errorf("%s%s: %d items, the first %s", prefix, name, len(items), items[0].GUID)
			}
		}
	}
	if !bytes.Contains(s.files["schools/bay/index.html"], []byte("Nothing here right now")) {
		t.Error("the page does not say that there is nothing")
	}
}

// A school that gets very much is shown the soonest, and told of the rest.
func TestSchoolWithTooMuch(t *testing.T) {
	listings := map[string]string{}
	for i := range 230 {
		listings["l"+string(rune('a'+i/26))+string(rune('a'+i%26))] = "anytime = true"
	}
	s := withSchool(t, "name = \"Bay School\"\n", listings)
	if s.files["schools/bay/page/4/index.html"] == nil || s.files["schools/bay/page/5/index.html"] != nil {
		t.Error("not four pages")
	}
	if !bytes.Contains(s.files["schools/bay/page/4/index.html"], []byte("<p>30 more listings fit.")) {
		t.Error("the last page does not say how many more there are")
	}
}

// The calendar of deadlines, read back: what can still be registered for, the
// next first; what was called off stays.
func TestDeadlines(t *testing.T) {
	s := withSchool(t, "name = \"Bay School\"\nwant = { kinds = [\"talk\"] }\n", map[string]string{
		"day":       "anytime = true\nregistration = { deadline = 2026-12-05, approvals = [{ who = \"ministry\", days = 10 }] }",
		"hour":      "anytime = true\nregistration = { deadline = 2026-11-30T16:00:00 }",
		"past":      "anytime = true\nregistration = { deadline = 2026-11-01 }",
		"cancelled": "anytime = true\nstatus = \"cancelled\"\nregistration = { deadline = 2026-12-01 }",
		"without":   "anytime = true",
	})
	for _, p := range []string{"deadlines.ics", "schools/bay/deadlines.ics"} {
		c, err := ical.NewDecoder(bytes.NewReader(s.files[p])).Decode()
		if err != nil {
			t.Fatal(p, err)
		}
		var got []string
		for _, e := range c.Events() {
			text := func(name string) string { v, _ := e.Props.Text(name); return v }
			got = append(got, text("UID")+" "+e.Props.Get("DTSTART").Value+" "+text("STATUS")+" "+text("SUMMARY"))
		}
		want := []string{
			"https://doha.example/opportunities/museum/hour#deadline 20261130T160000 CONFIRMED Registration closes: Listing hour",
			"https://doha.example/opportunities/museum/cancelled#deadline 20261201 CANCELLED Registration closes: Listing cancelled",
			"https://doha.example/opportunities/museum/day#deadline 20261205 CONFIRMED Registration closes: Listing day",
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", p, diff)
		}
		last, _ := c.Events()[2].Props.Text("DESCRIPTION")
		if !strings.HasPrefix(last, "At any time, Online\nWho must agree: The ministry · allow 10 days for the answer\n") {
			t.Errorf("%s: %q", p, last)
		}
	}
}

// A change stands in the feed of changes of the whole catalogue and of each
// school that has the listing, and in no other's; nothing else stands there.
func TestChangesFeed(t *testing.T) {
	dir := t.TempDir()
	if err := os.CopyFS(dir, os.DirFS(sample)); err != nil {
		t.Fatal(err)
	}
	var last *ledger.Ledger
	build := func(day int) site {
		s := made(t, generator.Input{Content: dir, Previous: last, Now: generator.Now{Instant: time.Date(2026, 11, day, 9, 0, 0, 0, time.UTC)}})
		last = s.Catalogue.Ledger
		return s
	}
	titles := func(s site, p string) []string {
		var all []string
		for _, i := range parseFeed(t, s.files[p]).Items {
			all = append(all, i.GUID+" "+i.Title)
		}
		return all
	}
	s := build(22)
	const none = "https://doha.example/#changes-empty No changes so far"
	if diff := cmp.Diff([]string{none}, titles(s, "changes.xml")); diff != "" {
		t.Error("at first:", diff)
	}
	replace(t, filepath.Join(dir, "opportunities/dhow-house/knots-and-ropes.md"), "2026-11-27T", "2026-11-28T")
	s = build(23)
	const moved = "https://doha.example/opportunities/dhow-house/knots-and-ropes#rev-1"
	for p, want := range map[string]string{
		"changes.xml": moved + " Moved from Friday 27 November 2026, 15:00 to Saturday 28 November 2026, 15:00: Knots, ropes and small sails",
		"schools/seven-palms-primary/changes.xml":      moved + " Moved from Friday 27 November 2026, 15:00 to Saturday 28 November 2026, 15:00: Knots, ropes and small sails",
		"schools/harbour-lane-preparatory/changes.xml": "https://doha.example/schools/harbour-lane-preparatory/#changes-empty No changes so far",
	} {
		if diff := cmp.Diff([]string{want}, titles(s, p)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", p, diff)
		}
	}
	arabic := parseFeed(t, s.files["ar/changes.xml"])
	if len(arabic.Items) != 1 || arabic.Items[0].GUID != moved || !strings.HasPrefix(arabic.Items[0].Title, "تغيّر الموعد") || arabic.Language != "ar" {
		t.Errorf("in Arabic: %s, %s", arabic.Language, arabic.Items[0].Title)
	}
}

// The feeds that stand beside a school's page are those that the page names,
// to people and to browsers.
func TestFeedsOfASchoolAreShown(t *testing.T) {
	s := sampleAt(t, "")
	for _, at := range []string{"schools/harbour-lane-preparatory/", "ar/schools/seven-palms-primary/"} {
		var want []string
		for p := range s.files {
			if strings.HasPrefix(p, at) && !strings.Contains(p, "/newsletter/") && !strings.HasSuffix(p, ".html") && !strings.HasSuffix(p, ".imscc") && path.Base(p) != "oembed.json" {
				want = append(want, "/"+p)
			}
		}
		slices.Sort(want)
		page := parsePage(t, at, s.files[at+"index.html"])
		for _, element := range []string{"a", "link"} {
			var got []string
			for _, n := range page.all(element, "href", "") {
				if href, _ := attr(n, "href"); slices.Contains(want, href) && !slices.Contains(got, href) {
					got = append(got, href)
				}
			}
			slices.Sort(got)
			if diff := cmp.Diff(want, got); diff != "" || len(got) != 6 {
				t.Errorf("%s, %s (-there +named):\n%s", at, element, diff)
			}
		}
	}
}
