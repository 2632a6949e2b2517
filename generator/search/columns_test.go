package search_test

import (
	"encoding/binary"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"fursa/generator"
	"fursa/generator/catalogue"
	"fursa/generator/search"
	"fursa/schema/when"
)

var clock = time.Date(2026, 11, 22, 9, 0, 0, 0, time.UTC)

// read is the catalogue of a folder.
func read(t *testing.T, dir string) *catalogue.Catalogue {
	t.Helper()
	site, list, err := generator.NewBuilder().Plan(t.Context(), generator.Input{Content: dir, Clock: clock, Drafts: true, Version: "test"})
	if err != nil || site == nil {
		t.Fatal(err, list)
	}
	return site.Catalogue
}

// columns are the sets of an index by their names, each by what its header
// says of it, as JSON; a set is the paths of its listings, sorted.
type columns map[string]map[string][]string

func columnsOf(t *testing.T, c *catalogue.Catalogue) columns {
	t.Helper()
	x := search.New(c)
	if err := x.AddColumns(c); err != nil {
		t.Fatal(err)
	}
	files := map[string][]byte{}
	for _, f := range x.Files {
		files[f.Name] = f.Bytes
	}
	all := columns{}
	for name, hash := range x.Entry.Sets {
		text, sets := setsOf(t, files[hash+".f"])
		all[name] = map[string][]string{}
		for i, value := range values(t, name, text, len(sets)) {
			if _, twice := all[name][value]; twice {
				t.Errorf("%s has %s twice", name, value)
			}
			paths := []string{}
			for _, n := range sets[i] {
				paths = append(paths, strings.TrimPrefix(x.Listings()[n].Path, "opportunities/"))
			}
			slices.Sort(paths)
			all[name][value] = paths
		}
	}
	return all
}

// setsOf are the header and the sets of a file.
func setsOf(t *testing.T, content []byte) (header []byte, sets [][]int32) {
	t.Helper()
	next := func() []byte {
		size, n := binary.Uvarint(content)
		if n <= 0 || len(content) < n+int(size) {
			t.Fatal("the file is cut off")
		}
		part := content[n : n+int(size)]
		content = content[n+int(size):]
		return part
	}
	header = next()
	for len(content) > 0 {
		r := bitReader{bytes: next()}
		if sets = append(sets, r.set()); r.err != nil {
			t.Error(r.err)
		}
	}
	return header, sets
}

// values are what a header says of each of so many sets.
func values(t *testing.T, name string, header []byte, n int) []string {
	t.Helper()
	var lists map[string]any
	if err := json.Unmarshal(header, &lists); err != nil {
		t.Fatalf("%s: %s: %v", name, header, err)
	}
	key := map[string]string{"soonest": "days", "until": "days", "days": "runs", "points": "points"}[name]
	if key == "" {
		key = "terms"
	}
	list, ok := lists[key].([]any)
	if !ok || len(list) != n {
		t.Fatalf("%s: %d sets for %s", name, n, header)
	}
	var texts []string
	for _, v := range list {
		texts = append(texts, strings.Trim(fmt.Sprint(v), "[]"))
	}
	if name == "days" && lists["from"] != "2026-11-22" {
		t.Errorf("the days count from %v", lists["from"])
	}
	return texts
}

func (c columns) add(name, value string, l *catalogue.Listing) {
	if c[name] == nil {
		c[name] = map[string][]string{}
	}
	path := strings.TrimPrefix(l.Path, "opportunities/")
	if !slices.Contains(c[name][value], path) {
		c[name][value] = append(c[name][value], path)
		slices.Sort(c[name][value])
	}
}

// above says whether a term is another, or a broader one.
func above(t, of *catalogue.Term) bool {
	for ; of != nil; of = of.Broader {
		if of == t {
			return true
		}
	}
	return false
}

// The sets of facets are what a plain look through the records finds.
func TestFacetsAreWhatRecordsSay(t *testing.T) {
	c := read(t, "../../content")
	want := columns{}
	vouched := map[string][]string{}
	for _, l := range c.Listings {
		for _, e := range l.Endorsements {
			vouched[l.Path] = append(vouched[l.Path], e.By.Name)
		}
		for _, e := range l.Provider.Endorsements {
			vouched[l.Path] = append(vouched[l.Path], e.By.Name)
		}
	}
	for _, l := range c.Current {
		v := l.Value
		for name, vocabulary := range map[string]*catalogue.Vocabulary{"subjects": c.Subjects, "skills": c.Skills, "places": c.Places} {
			has := map[string][]*catalogue.Term{"subjects": l.Subjects, "skills": l.Skills, "places": {l.District}}[name]
			for _, term := range vocabulary.Terms {
				if slices.ContainsFunc(has, func(h *catalogue.Term) bool { return above(term, h) }) {
					want.add(name, term.ID, l)
				}
			}
		}
		for _, band := range c.Ages {
			if l.Ages != nil && overlap(l.Ages.Min, l.Ages.Max, &band.Band.Min, band.Band.Max) {
				want.add("ages", band.Name, l)
			}
		}
		for _, g := range c.Settings.Grades {
			if slices.Contains(v.Grades, g.ID) || len(v.Grades) == 0 && l.Ages != nil && g.Ages != nil && overlap(l.Ages.Min, l.Ages.Max, g.Ages.Min, g.Ages.Max) {
				want.add("grades", g.ID, l)
			}
		}
		for _, p := range append([]*catalogue.Provider{l.Provider}, l.Partners...) {
			want.add("providers", p.Name, l)
		}
		switch {
		case v.Cost.Amount != nil && *v.Cost.Amount == 0:
			want.add("cost", "free", l)
		case !v.Cost.Unknown:
			want.add("cost", "paid", l)
		}
		if v.Place != nil && v.Place.StepFree != nil && *v.Place.StepFree {
			want.add("supports", "step-free", l)
		}
		for name, values := range map[string][]string{
			"kinds": {v.Kind}, "mode": {v.Mode}, "languages": v.Languages, "timetable": l.Timetable,
			"audience": l.Audience(), "supports": v.Supports, "endorsed": vouched[l.Path],
		} {
			for _, value := range values {
				want.add(name, value, l)
			}
		}
	}
	got := columnsOf(t, c)
	for _, name := range []string{"soonest", "until", "days", "points"} {
		delete(got, name)
	}
	if diff := cmp.Diff(want, got); diff != "" || len(got) != 14 {
		t.Errorf("%d facets (-want +got):\n%s", len(got), diff)
	}
}

func overlap(min1, max1, min2, max2 *int) bool {
	for age := range 120 {
		if (min1 == nil || *min1 <= age) && (max1 == nil || age <= *max1) && (min2 == nil || *min2 <= age) && (max2 == nil || age <= *max2) {
			return true
		}
	}
	return false
}

// Every current listing has its next day and its last one, or none of them.
func TestDaysOfListings(t *testing.T) {
	c := read(t, "../../content")
	want := columns{"soonest": {"": {}}, "until": {"": {}}}
	for _, l := range c.Current {
		want.add("soonest", l.Next.String(), l)
		want.add("until", l.Until.String(), l)
	}
	got := columnsOf(t, c)
	if diff := cmp.Diff(want, columns{"soonest": got["soonest"], "until": got["until"]}); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if got["days"]["0 1"] == nil && len(got["days"]) < 10 {
		t.Errorf("the days of the sample are %v", got["days"])
	}
}

// catalogueOf is a catalogue of listings, each with some fields.
func catalogueOf(t *testing.T, listings map[string]string) *catalogue.Catalogue {
	t.Helper()
	dir := t.TempDir()
	files := map[string]string{
		"catalogue.toml":             "id = \"https://doha.example/\"\nname = { en = \"Learning in Doha\" }\nlanguages = [\"en\"]\ntime_zone = \"Asia/Qatar\"\ncurrency = \"QAR\"\n",
		"vocabularies/subjects.toml": "[[terms]]\nid = \"sciences\"\nlabel = { en = \"Sciences\" }\n",
		"providers/museum.md":        "+++\nname = \"Museum\"\nurl = \"https://museum.example/\"\n+++\n",
	}
	for slug, fields := range listings {
		files["opportunities/museum/"+slug+".md"] = "+++\ntitle = \"Listing\"\nsummary = \"What people do at this listing.\"\nkind = \"talk\"\n" +
			"ages = { min = 8 }\nlanguages = [\"en\"]\nsubjects = [\"sciences\"]\ncost = { amount = 0 }\n" + fields + "\n+++\n"
	}
	for name, text := range files {
		file := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return read(t, dir)
}

// Today is Sunday, 22 November 2026.
func TestPatternsOfDays(t *testing.T) {
	const at = "mode = \"online\"\n"
	c := catalogueOf(t, map[string]string{
		"single":    at + "sessions = [{ start = 2026-11-24T16:00:00, end = 2026-11-24T18:00:00 }]",
		"same-day":  at + "sessions = [{ start = 2026-11-24 }]",
		"two-days":  at + "sessions = [{ start = 2026-11-24, end = 2026-11-25 }]",
		"begun":     at + "sessions = [{ start = 2026-11-20, end = 2026-11-23 }]",
		"weekly":    at + "sessions = [{ start = 2026-11-23T10:00:00, rrule = \"FREQ=WEEKLY;COUNT=3\" }]",
		"twice":     at + "sessions = [{ start = 2026-11-23T10:00:00 }, { start = 2026-11-23T14:00:00 }, { start = 2026-11-24 }]",
		"some-off":  at + "sessions = [{ start = 2026-11-24 }, { start = 2026-11-26, status = \"cancelled\" }]",
		"off":       at + "status = \"cancelled\"\nsessions = [{ start = 2026-11-24 }]",
		"period":    at + "period = { from = 2026-11-20, to = 2026-11-29 }",
		"mondays":   at + "period = { from = 2026-11-22, to = 2026-12-06, days = [\"mon\"] }",
		"open":      at + "period = { from = 2026-12-02 }",
		"anytime":   at + "anytime = true",
		"arranged":  at + "by_arrangement = true",
		"far":       at + "sessions = [{ start = 2028-01-01 }]",
		"last-year": at + "sessions = [{ start = 2025-11-24 }]",
	})
	got := columnsOf(t, c)["days"]
	want := map[string][]string{
		"2 1": {"museum/same-day", "museum/single", "museum/some-off"}, "2 2": {"museum/two-days"}, "0 2": {"museum/begun"},
		"1 1 6 1 6 1": {"museum/weekly"}, "1 2": {"museum/twice"}, "0 8": {"museum/period"}, "1 1 6 1": {"museum/mondays"},
		"10 356": {"museum/open"},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// A listing is where its place and its coming sessions are.
func TestPoints(t *testing.T) {
	place := func(latitude, longitude float64) string {
		return fmt.Sprintf("{ name = \"There\", latitude = %v, longitude = %v }", latitude, longitude)
	}
	later := "\nsessions = [{ start = 2026-12-01 }]"
	c := catalogueOf(t, map[string]string{
		"here":      "mode = \"in-person\"\nplace = " + place(25.28001, 51.52) + later,
		"next-door": "mode = \"in-person\"\nplace = " + place(25.28003, 51.51998) + later,
		"online":    "mode = \"online\"\nplace = " + place(25.28, 51.52) + later,
		"nowhere":   "mode = \"in-person\"\nplace = { name = \"There\" }" + later,
		"walking": "mode = \"in-person\"\nplace = " + place(25.28, 51.52) + "\nsessions = [{ start = 2026-12-01, place = " + place(25.3, -51.5) +
			" }, { start = 2026-12-02, place = " + place(25.3, -51.5) + " }, { start = 2025-12-02, place = " + place(1, 2) + " }]",
	})
	want := map[string][]string{
		"25.28 51.52": {"museum/here", "museum/next-door", "museum/walking"},
		"25.3 -51.5":  {"museum/walking"},
	}
	if diff := cmp.Diff(want, columnsOf(t, c)["points"]); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// A listing's days in the sample are those on which the calendar has it.
func TestDaysAreThoseOfTheCalendar(t *testing.T) {
	c := read(t, "../../content")
	happens := map[string]map[when.Date]bool{}
	for pattern, paths := range columnsOf(t, c)["days"] {
		day, on := c.Today, false
		for n := range strings.FieldsSeq(pattern) {
			var length int
			if _, err := fmt.Sscan(n, &length); err != nil {
				t.Fatal(err)
			}
			for range length {
				for _, p := range paths {
					if happens[p] == nil {
						happens[p] = map[when.Date]bool{}
					}
					happens[p][day] = on
				}
				day = day.AddDays(1)
			}
			on = !on
		}
	}
	entries := 0
	for _, m := range c.Months() {
		for _, d := range m.Days {
			for _, e := range d.Entries {
				off := e.Occurrence.Status == "cancelled" || e.Listing.Status == "cancelled"
				path := strings.TrimPrefix(e.Listing.Path, "opportunities/")
				if entries++; happens[path][d.Date] == off && when.DaysBetween(c.Today, d.Date) <= 365 {
					t.Errorf("%s on %s: %v", path, d.Date, !off)
				}
			}
		}
	}
	if entries < 50 {
		t.Errorf("the calendar has %d entries", entries)
	}
}
