package catalogue_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"

	"fursa/generator/catalogue"
	"fursa/generator/ledger"
	"fursa/schema"
)

// noon is day's noon in the catalogue's zone.
var noon = time.Date(2026, 11, 22, 9, 0, 0, 0, time.UTC)

// made is a catalogue of the small one's files with others over them.
func made(t *testing.T, o catalogue.Options, files ...txtar.File) *catalogue.Catalogue {
	t.Helper()
	if o.Now.IsZero() {
		o.Now = noon
	}
	c, err := catalogue.New(records(t, append(archive(t, "base.txtar"), files...)...), o)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// listing is the file of a listing of the library's: the fields given, and
// of those that a listing must have what they leave out.
func listing(slug, fields string) txtar.File {
	text := "+++\n" + fields + "\n"
	for _, line := range []string{
		`title = "Books"`,
		`summary = "Read with the librarian, every week anew."`,
		`kind = "talk"`,
		`languages = ["en"]`,
		`subjects = ["sciences"]`,
		`cost = { amount = 0 }`,
	} {
		key, _, _ := strings.Cut(line, "=")
		if !strings.Contains(text, "\n"+key) {
			text += line + "\n"
		}
	}
	return file("opportunities/library/"+slug+".md", text+"+++\n")
}

func paths(listings []*catalogue.Listing) []string {
	var all []string
	for _, l := range listings {
		all = append(all, strings.TrimPrefix(l.Path, "opportunities/"))
	}
	return all
}

// What time decides of a listing.
func TestListingInTime(t *testing.T) {
	type times struct {
		Next, First, Last string
		Ended             bool
		Occurrences       int
	}
	for name, c := range map[string]struct {
		fields string
		want   times
	}{
		"once": {
			"mode = \"online\"\nsessions = [{ start = 2026-12-05T18:00:00 }]",
			times{"2026-12-05", "2026-12-05", "2026-12-05", false, 1},
		},
		"today, and over at noon": {
			"mode = \"online\"\nsessions = [{ start = 2026-11-22T08:00:00 }]",
			times{"2026-11-22", "2026-11-22", "2026-11-22", false, 1},
		},
		"since yesterday": {
			"mode = \"online\"\nsessions = [{ start = 2026-11-21, end = 2026-11-25 }]",
			times{"2026-11-22", "2026-11-21", "2026-11-25", false, 1},
		},
		"over": {
			"mode = \"online\"\nsessions = [{ start = 2026-11-01 }, { start = 2026-10-01, end = 2026-10-03 }]",
			times{"", "2026-10-01", "2026-11-01", true, 0},
		},
		"the next one is cancelled": {
			"mode = \"online\"\nsessions = [{ start = 2026-12-05, status = \"cancelled\" }, { start = 2027-01-10 }]",
			times{"2027-01-10", "2026-12-05", "2027-01-10", false, 2},
		},
		"all are cancelled": {
			"mode = \"online\"\nsessions = [{ start = 2026-12-05, status = \"cancelled\" }]",
			times{"2026-12-05", "2026-12-05", "2026-12-05", false, 1},
		},
		"every week for ever": {
			"mode = \"online\"\nsessions = [{ start = 2026-11-04T16:00:00, rrule = \"FREQ=WEEKLY\" }]",
			times{"2026-11-25", "2026-11-04", "", false, 52},
		},
		"every week until a day": {
			"mode = \"online\"\nsessions = [{ start = 2026-11-04T16:00:00, rrule = \"FREQ=WEEKLY;COUNT=4\" }]",
			times{"2026-11-25", "2026-11-04", "2026-11-25", false, 1},
		},
		"a period ahead": {
			"mode = \"online\"\nperiod = { from = 2026-12-01, to = 2027-02-01 }",
			times{"2026-12-01", "2026-12-01", "2027-02-01", false, 0},
		},
		"in the middle of a period": {
			"mode = \"online\"\nperiod = { from = 2026-10-01, to = 2027-02-01 }",
			times{"2026-11-22", "2026-10-01", "2027-02-01", false, 0},
		},
		"a period of which the end is not known": {
			"mode = \"online\"\nperiod = { from = 2026-01-01 }",
			times{"2026-11-22", "2026-01-01", "", false, 0},
		},
		"a period over": {
			"mode = \"online\"\nperiod = { to = 2026-11-21 }",
			times{"", "", "2026-11-21", true, 0},
		},
		"at any time": {"mode = \"online\"\nanytime = true", times{}},
		"at any time until a day": {
			"mode = \"online\"\nanytime = true\nexpires = 2026-11-21",
			times{"", "", "2026-11-21", true, 0},
		},
		"shown longer than it takes": {
			"mode = \"online\"\nexpires = 2026-12-31\nsessions = [{ start = 2026-11-01 }]",
			times{"", "2026-11-01", "2026-11-01", false, 0},
		},
		"taken off before it is over": {
			"mode = \"online\"\nexpires = 2026-11-10\nsessions = [{ start = 2026-11-01 }, { start = 2027-03-01 }]",
			times{"", "2026-11-01", "2026-11-10", true, 1},
		},
	} {
		t.Run(name, func(t *testing.T) {
			l := made(t, catalogue.Options{}, listing("books", c.fields)).Listing("library/books")
			got := times{l.Next.String(), l.First.String(), l.Last.String(), l.Ended, len(l.Occurrences)}
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func TestJoinable(t *testing.T) {
	for fields, want := range map[string]bool{
		"anytime = true":                                                 true,
		"anytime = true\nstatus = \"full\"":                              false,
		"anytime = true\nstatus = \"closed\"":                            false,
		"anytime = true\nstatus = \"cancelled\"":                         false,
		"sessions = [{ start = 2026-11-01 }]":                            false,
		"anytime = true\nregistration = { deadline = 2026-11-22 }":       true,
		"anytime = true\nregistration = { deadline = 2026-11-21 }":       false,
		"anytime = true\nregistration = { url = \"https://a.example\" }": true,
	} {
		l := made(t, catalogue.Options{}, listing("books", fields)).Listing("library/books")
		if got := l.Joinable(day); got != want {
			t.Errorf("%s: joinable = %t", fields, got)
		}
	}
}

func TestAges(t *testing.T) {
	limit := func(n int) *int { return &n }
	settings := func(grades string) txtar.File {
		return file("catalogue.toml", `id = "https://doha.example"
languages = ["en"]
time_zone = "Asia/Qatar"
grades = [`+grades+"]\n")
	}
	grades := settings(`{ id = "kg", ages = { max = 5 } }, { id = "9", ages = { min = 14, max = 15 } }, { id = "10", ages = { min = 15, max = 16 } },
  { id = "12", ages = { min = 17 } }, { id = "x" }`)
	for fields, want := range map[string]*schema.Range{
		`ages = { min = 3 }`:                   {Min: limit(3)},
		"ages = { min = 3 }\ngrades = [\"9\"]": {Min: limit(3)},
		`grades = ["10", "9"]`:                 {Min: limit(14), Max: limit(16)},
		`grades = ["kg", "9"]`:                 {Max: limit(15)},
		`grades = ["9", "12"]`:                 {Min: limit(14)},
		`grades = ["12", "9", "10"]`:           {Min: limit(14)},
		`grades = ["9", "x"]`:                  nil,
		`audience = ["teachers"]`:              nil,
	} {
		l := made(t, catalogue.Options{}, grades, listing("books", fields+"\nanytime = true")).Listing("library/books")
		if diff := cmp.Diff(want, l.Ages); diff != "" {
			t.Errorf("%s (-want +got):\n%s", fields, diff)
		}
	}
}

// everything is a catalogue in which each set holds something.
func everything(t *testing.T, o catalogue.Options) *catalogue.Catalogue {
	return made(t, o,
		listing("a", "ages = { min = 4, max = 8 }\nskills = [\"teamwork\"]\nsessions = [{ start = 2026-12-05T19:00:00 }]\npartners = [\"museum\"]\nplace = { district = \"msheireb\" }\ncredential = { badges = [\"stargazer\"] }"),
		listing("b", "ages = { min = 19 }\nsessions = [{ start = 2026-12-05T09:00:00 }]\nsubjects = [\"astronomy\"]"),
		listing("c", "status = \"cancelled\"\nsessions = [{ start = 2026-12-05 }]"),
		listing("d", "anytime = true\nstatus = \"full\""),
		listing("e", "period = { to = 2026-12-31 }"),
		listing("past", "sessions = [{ start = 2026-03-01 }]"),
		listing("older", "sessions = [{ start = 2026-02-01 }]"),
		listing("oldest", "sessions = [{ start = 2024-02-01 }]\nkind = \"camp\""),
		listing("draft", "status = \"draft\"\nanytime = true"),
	)
}

func describe(s *catalogue.Set) string {
	return s.Path() + ": " + strings.Join(paths(s.Listings), " ")
}

func TestSets(t *testing.T) {
	c := everything(t, catalogue.Options{})
	var got []string
	add := func(s *catalogue.Set) { got = append(got, describe(s)) }
	got = append(got, "current: "+strings.Join(paths(c.Current), " "), "all: "+strings.Join(paths(c.Listings), " "))
	for _, y := range c.Years {
		add(y)
	}
	for _, v := range []*catalogue.Vocabulary{c.Subjects, c.Skills, c.Places, c.Curricula} {
		for _, term := range v.Terms {
			add(&term.Set)
		}
	}
	for _, k := range c.Kinds {
		add(k)
	}
	for _, a := range c.Ages {
		add(a)
	}
	for _, p := range c.Providers {
		add(&p.Set)
		got = append(got, "  past: "+strings.Join(paths(p.Past), " "))
	}
	for _, p := range c.Pathways {
		add(&p.Set)
	}
	for _, b := range c.Badges {
		add(&b.Set)
	}
	want := []string{
		// by day, whole days before hours, those without a day last
		"current: library/c library/b museum/night-sky library/a library/d library/e museum/young-astronomers",
		"all: museum/night-sky museum/young-astronomers library/a library/b library/c library/d library/e library/past library/older library/oldest",
		"past/2026: library/past library/older",
		"past/2024: library/oldest",
		"subjects/sciences: library/c library/b museum/night-sky library/a library/d library/e museum/young-astronomers",
		"subjects/astronomy: library/b museum/night-sky museum/young-astronomers",
		"skills/teamwork: library/a",
		"places/msheireb: library/a",
		"kinds/camp: ",
		"kinds/club: museum/young-astronomers",
		"kinds/talk: library/c library/b library/a library/d library/e",
		"kinds/workshop: museum/night-sky",
		"ages/0-4: library/a",
		"ages/5-7: library/a",
		"ages/8-11: museum/night-sky library/a museum/young-astronomers",
		"ages/12-14: museum/night-sky museum/young-astronomers",
		"ages/15-18: ",
		"ages/19-plus: library/b",
		"providers/library: library/c library/b library/a library/d library/e",
		"  past: library/past library/older library/oldest",
		"providers/museum: museum/night-sky library/a museum/young-astronomers",
		"  past: ",
		"pathways/stars: museum/night-sky",
		"badges/stargazer: library/a",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestAgeBandsOfTheCatalogue(t *testing.T) {
	c := made(t, catalogue.Options{}, file("catalogue.toml", `id = "https://doha.example/"
languages = ["en"]
time_zone = "Asia/Qatar"
age_bands = [{ id = "children", min = 0, max = 12 }, { id = "youth", min = 13 }]
`))
	var got []string
	for _, a := range c.Ages {
		got = append(got, describe(a))
	}
	want := []string{"ages/children: museum/night-sky museum/young-astronomers", "ages/youth: museum/night-sky museum/young-astronomers"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestDrafts(t *testing.T) {
	if l := everything(t, catalogue.Options{}).Listing("library/draft"); l != nil {
		t.Error("a draft has a page")
	}
	c := everything(t, catalogue.Options{Drafts: true})
	l := c.Listing("library/draft")
	if l == nil || !strings.Contains(strings.Join(paths(c.Current), " "), "library/draft") {
		t.Fatal("a draft that was asked for has no page or is in no list")
	}
	if want := day.In(c.Zone); !l.Published.Equal(want) || !l.Modified.Equal(want) {
		t.Errorf("a draft is of %s and %s, want the day's beginning", l.Published, l.Modified)
	}
	if _, known := c.Ledger.Records[l.ID]; known {
		t.Error("the ledger knows a draft")
	}
}

func TestIdentity(t *testing.T) {
	c := made(t, catalogue.Options{BaseURL: "https://city.example/learn"},
		listing("renamed", "anytime = true\naliases = [\"opportunities/library/first\", \"opportunities/library/second\"]"),
		file("providers/library.md", "+++\nname = \"Library\"\naliases = [\"providers/books\"]\n+++\n"))
	if c.BaseURL != "https://city.example/learn/" || c.ID != "https://doha.example/" {
		t.Errorf("served at %s, identified by %s", c.BaseURL, c.ID)
	}
	ids := map[string]string{}
	for _, l := range c.Listings {
		ids[l.Slug()] = l.ID
	}
	if diff := cmp.Diff(map[string]string{
		"museum/night-sky":         "https://doha.example/opportunities/museum/night-sky",
		"museum/young-astronomers": "https://doha.example/opportunities/museum/stars",
		"library/renamed":          "https://doha.example/opportunities/library/first",
	}, ids); diff != "" {
		t.Errorf("ids (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]catalogue.Redirect{
		{From: "opportunities/library/first", To: "opportunities/library/renamed"},
		{From: "opportunities/library/second", To: "opportunities/library/renamed"},
		{From: "opportunities/museum/stars", To: "opportunities/museum/young-astronomers"},
		{From: "providers/books", To: "providers/library"},
	}, c.Redirects); diff != "" {
		t.Errorf("redirects (-want +got):\n%s", diff)
	}
}

func TestRenamedListingStaysTheSame(t *testing.T) {
	before := made(t, catalogue.Options{}, listing("old", "anytime = true"))
	after := made(t, catalogue.Options{Now: noon.AddDate(0, 0, 9), Previous: before.Ledger},
		listing("new", "anytime = true\naliases = [\"opportunities/library/old\"]"))
	old, renamed := before.Listing("library/old"), after.Listing("library/new")
	if old.ID != renamed.ID || !old.Published.Equal(renamed.Published) {
		t.Errorf("%s of %s became %s of %s", old.ID, old.Published, renamed.ID, renamed.Published)
	}
	if gone := after.Ledger.Records[old.ID].State; gone != ledger.Live {
		t.Errorf("its state is %s", gone)
	}
}

// What changes in the words of a listing makes no revision; what changes of
// its times does.
func TestRevisions(t *testing.T) {
	before := made(t, catalogue.Options{}, listing("a", "sessions = [{ start = 2026-12-05 }]"))
	worded := made(t, catalogue.Options{Now: noon.AddDate(0, 0, 1), Previous: before.Ledger},
		listing("a", "sessions = [{ start = 2026-12-05 }]\neligibility = \"For all\""))
	moved := made(t, catalogue.Options{Now: noon.AddDate(0, 0, 2), Previous: worded.Ledger},
		listing("a", "sessions = [{ start = 2026-12-06 }]\nstatus = \"full\"\nplace = { name = \"Hall\" }\nregistration = { deadline = 2026-12-01 }"))
	if l := worded.Listing("library/a"); len(l.Revisions) != 0 || !l.Modified.After(l.Published) {
		t.Errorf("other words: %v, modified %s", l.Revisions, l.Modified)
	}
	want := []ledger.Revision{{
		N: 1, When: noon.AddDate(0, 0, 2), Fields: []string{"deadline", "place", "sessions", "status"},
		Before: map[string]string{"deadline": "", "place": "", "sessions": "2026-12-05", "status": "open"},
	}}
	if diff := cmp.Diff(want, moved.Listing("library/a").Revisions); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestEndorsements(t *testing.T) {
	endorsement := func(slug, fields string) txtar.File {
		return file("endorsements/library/"+slug+".toml", "statement = \""+slug+"\"\ncovers = [\"opportunities/museum/night-sky\", \"providers/museum\"]\n"+fields)
	}
	c := made(t, catalogue.Options{}, endorsement("always", ""), endorsement("over", "until = 2026-11-21\n"),
		endorsement("still", "until = 2026-11-22\n"), endorsement("later", "from = 2026-11-23\n"), endorsement("already", "from = 2026-11-22\n"))
	said := func(list []*catalogue.Endorsement) []string {
		var all []string
		for _, e := range list {
			all = append(all, e.By.Name+" "+e.Value.Statement)
		}
		return all
	}
	want := []string{"library always", "library still", "library already"}
	if diff := cmp.Diff(want, said(c.Listing("museum/night-sky").Endorsements)); diff != "" {
		t.Errorf("of the listing (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff(want, said(c.Provider("museum").Endorsements)); diff != "" {
		t.Errorf("of the provider (-want +got):\n%s", diff)
	}
}

func TestTerms(t *testing.T) {
	c := made(t, catalogue.Options{})
	astronomy := c.Subjects.Term("astronomy")
	if got := astronomy.Path(); got != "sciences/astronomy" {
		t.Errorf("path %s", got)
	}
	if got := c.Subjects.Term("sciences").Narrower; len(got) != 1 || got[0] != astronomy {
		t.Errorf("narrower terms: %v", got)
	}
	if c.Subjects.Term("singing") != nil || c.Provider("nobody") != nil || c.Listing("nobody/nothing") != nil {
		t.Error("something is there that is not")
	}
}

func TestTimetable(t *testing.T) {
	calendar := file("catalogue.toml", `id = "https://doha.example/"
languages = ["en"]
time_zone = "Asia/Qatar"
school_calendar = { days = ["sun", "mon", "tue", "wed", "thu"], from = 07:00:00, to = 13:00:00, holidays = [{ from = 2026-12-17, to = 2026-12-18 }] }
`)
	for fields, want := range map[string][]string{
		"sessions = [{ start = 2026-12-06T09:00:00, end = 2026-12-06T10:00:00 }]":                               {"school-hours"},
		"sessions = [{ start = 2026-12-17T09:00:00, end = 2026-12-17T10:00:00 }]":                               {"holiday"},
		"sessions = [{ start = 2026-12-06T09:00:00, end = 2026-12-06T10:00:00 }]\ntimetable = [\"weekend\"]":    {"weekend"},
		"period = { from = 2026-12-01, to = 2026-12-10, days = [\"tue\"], starts = 14:00:00, ends = 15:00:00 }": {"after-school"},
		"anytime = true\ntimetable = [\"evening\"]":                                                             {"evening"},
		"anytime = true": nil,
	} {
		l := made(t, catalogue.Options{}, calendar, listing("a", fields)).Listing("library/a")
		if diff := cmp.Diff(want, l.Timetable); diff != "" {
			t.Errorf("%s (-want +got):\n%s", fields, diff)
		}
	}
}

func TestRecordIn(t *testing.T) {
	c := made(t, catalogue.Options{}, listing("books", "anytime = true"),
		file("opportunities/library/books.ar.md", "+++\ntitle = \"كتب\"\n+++\nنص\n"))
	r := c.Listing("library/books").Record
	for lang, want := range map[string]string{"en": "Books  true", "ar": "كتب نص\n true", "fr": "Books  false"} {
		v, body, written := r.In(lang)
		if got := fmt.Sprintf("%s %s %t", v.Title, body, written); got != want {
			t.Errorf("in %s: %q, want %q", lang, got, want)
		}
	}
	if v, _, _ := r.In("ar"); v.Summary != "Read with the librarian, every week anew." {
		t.Errorf("what is not translated: %q", v.Summary)
	}
}

func TestNewNeedsAZone(t *testing.T) {
	if _, err := catalogue.New(catalogue.Records{Settings: schema.Catalogue{TimeZone: "Asia/Dohaa"}}, catalogue.Options{}); err == nil {
		t.Error("a catalogue without a zone")
	}
}

// Of two changes of one field the first tells what the second began with.
func TestChanges(t *testing.T) {
	c := made(t, catalogue.Options{}, listing("a", "anytime = true"))
	l := c.Listing("library/a")
	l.Revisions = []ledger.Revision{
		{N: 1, When: noon, Fields: []string{"status"}, Before: map[string]string{"status": "open"}},
		{N: 2, When: noon.Add(time.Hour), Fields: []string{"status"}, Before: map[string]string{"status": "full"}},
	}
	want := []catalogue.Change{
		{N: 1, When: noon, Fields: []catalogue.FieldChange{{Field: "status", Before: "open", After: "full"}}},
		{N: 2, When: noon.Add(time.Hour), Fields: []catalogue.FieldChange{{Field: "status", Before: "full", After: l.Status}}},
	}
	if diff := cmp.Diff(want, l.Changes()); diff != "" {
		t.Error(diff)
	}
}
