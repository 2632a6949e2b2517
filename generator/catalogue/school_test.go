package catalogue_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"

	"fursa/generator/catalogue"
	"fursa/schema"
)

// offered are listings that schools want some of; the small catalogue's two
// are at a museum for ages 10 to 14, and online.
var offered = []txtar.File{
	file("catalogue.toml", `id = "https://doha.example/"
name = { en = "Learning in Doha" }
languages = ["en", "ar"]
time_zone = "Asia/Qatar"
currency = "QAR"
grades = [
  { id = "9", ages = { min = 14, max = 15 } },
  { id = "10", ages = { min = 15, max = 16 } },
]
school_calendar = { days = ["sun", "mon", "tue", "wed", "thu"], from = 07:00:00, to = 13:00:00, holidays = [{ from = 2026-12-06, to = 2026-12-08 }] }
`),
	file("vocabularies/places.toml", `terms = [
  { id = "doha", label = { en = "Doha" }, latitude = 25.286, longitude = 51.533 },
  { id = "msheireb", broader = "doha", label = { en = "Msheireb" } },
  { id = "al-khor", label = { en = "Al Khor" }, latitude = 25.68, longitude = 51.5 },
]`),
	file("vocabularies/curriculum.toml", `terms = [
  { id = "grade-9", label = { en = "Grade 9" } },
  { id = "optics", broader = "grade-9", label = { en = "Optics" } },
]`),
	file("providers/boats.md", "+++\nname = \"Boats\"\ndistricts = [\"al-khor\"]\ncontact = { email = \"a@boats.example\" }\n+++\n"),
	file("endorsements/museum/library.toml", "covers = [\"providers/library\"]\nstatement = \"They read.\"\n"),
	listing("visit", `kind = "visit"
audience = ["schools", "teachers"]
grades = ["9"]
languages = ["ar-QA"]
curriculum = ["optics"]
skills = ["teamwork"]
mode = "in-person"
place = { name = "Library", address = "1 Street", district = "msheireb", latitude = 25.3, longitude = 51.5 }
by_arrangement = true
available = { from = 08:00:00, to = 12:00:00 }
supports = ["wheelchair", "braille"]
cost = { from = 40, to = 90 }`),
	listing("girls", `gender = "girls"
ages = { min = 16 }
subjects = ["languages"]
mode = "at-school"
by_arrangement = true
partners = ["museum"]
cost = { to = 60 }`),
	listing("far", `ages = { min = 6, max = 9 }
mode = "in-person"
place = { name = "Harbour", address = "1 Harbour", district = "al-khor" }
sessions = [{ start = 2026-12-05T18:00:00, end = 2026-12-05T20:00:00 }]
cost = { amount = 1, currency = "USD" }`),
	file("opportunities/boats/boat.md", `+++
title = "Boats"
summary = "A boat on wheels comes to your yard."
kind = "visit"
audience = ["schools"]
ages = { min = 6 }
languages = ["en"]
subjects = ["sciences"]
mode = "at-school"
by_arrangement = true
group = { min = 15 }
cost = { amount = 900, per = "group" }
+++
`),
}

// school is a school with the rest of its file.
func school(rest string) txtar.File {
	return file("schools/bay.toml", "name = \"Bay School\"\nplace = { district = \"doha\", latitude = 25.28, longitude = 51.53 }\n"+rest)
}

func received(t *testing.T, rest string) *catalogue.School {
	t.Helper()
	files := append(slices.Clone(offered), file("vocabularies/subjects.toml", schoolSubjects), school(rest))
	return made(t, catalogue.Options{}, files...).School("bay")
}

const schoolSubjects = `terms = [
  { id = "sciences", label = { en = "Sciences" } },
  { id = "astronomy", broader = "sciences", label = { en = "Astronomy" } },
  { id = "languages", label = { en = "Languages" } },
]`

// theWhole is what a school without a want receives: what has a date comes
// first.
const theWhole = "library/far museum/night-sky boats/boat library/girls library/visit museum/young-astronomers"

func TestSchoolsReceive(t *testing.T) {
	for want, fits := range map[string]string{
		``:                                            theWhole,
		`subjects = ["sciences"]`:                     "library/far museum/night-sky boats/boat library/visit museum/young-astronomers",
		`subjects = ["astronomy"]`:                    "museum/night-sky museum/young-astronomers",
		`subjects = ["astronomy", "languages"]`:       "museum/night-sky library/girls museum/young-astronomers",
		`skills = ["teamwork"]`:                       "library/visit",
		`curriculum = ["grade-9"]`:                    "library/visit",
		`kinds = ["visit", "club"]`:                   "boats/boat library/visit museum/young-astronomers",
		`ages = { min = 15 }`:                         "boats/boat library/girls library/visit",
		`ages = { max = 9 }`:                          "library/far boats/boat",
		`grades = ["9"]`:                              "museum/night-sky boats/boat library/visit museum/young-astronomers",
		`grades = ["10"]`:                             "boats/boat library/girls",
		`audience = ["teachers"]`:                     "library/visit",
		`audience = ["learners"]`:                     "library/far museum/night-sky library/girls museum/young-astronomers",
		`languages = ["ar"]`:                          "library/visit",
		`districts = ["doha"]`:                        "library/girls library/visit museum/young-astronomers",
		`districts = ["al-khor"]`:                     "library/far library/girls museum/young-astronomers",
		`modes = ["at-school", "online"]`:             "boats/boat library/girls museum/young-astronomers",
		`providers = ["museum"]`:                      "museum/night-sky library/girls museum/young-astronomers",
		`supports = ["sign-language", "wheelchair"]`:  "library/visit",
		`gender = "boys"`:                             "library/far museum/night-sky boats/boat library/visit museum/young-astronomers",
		`gender = "girls"`:                            theWhole,
		`gender = "any"`:                              theWhole,
		`cost_max = 0`:                                "museum/night-sky museum/young-astronomers",
		`cost_max = 50`:                               "museum/night-sky library/visit museum/young-astronomers",
		`timetable = ["evening"]`:                     "library/far museum/night-sky boats/boat library/girls museum/young-astronomers",
		`endorsed_by = ["museum"]`:                    "library/far library/girls library/visit",
		`within_km = 5`:                               "boats/boat library/girls library/visit museum/young-astronomers",
		`within_km = 60`:                              "library/far boats/boat library/girls library/visit museum/young-astronomers",
		"kinds = [\"visit\"]\nlanguages = [\"en\"]":   "boats/boat",
		"kinds = [\"camp\"]\nsubjects = [\"x-rays\"]": "",
	} {
		s := received(t, "[want]\n"+want)
		if diff := cmp.Diff(fits, strings.Join(paths(s.Listings), " ")); diff != "" {
			t.Errorf("%s (-want +got):\n%s", want, diff)
		}
	}
}

// Pins come first, as they are written, and hidden listings never.
func TestPinsAndHides(t *testing.T) {
	s := received(t, "pin = [\"museum/young-astronomers\", \"library/far\", \"library/gone\"]\nhide = [\"library/far\", \"museum/night-sky\"]\nwant = { kinds = [\"workshop\", \"visit\"] }\n")
	if got := strings.Join(paths(s.Listings), " "); got != "museum/young-astronomers boats/boat library/visit" || s.Pinned != 1 {
		t.Errorf("%s, %d pinned", got, s.Pinned)
	}
	over := listing("over", "mode = \"online\"\nages = { min = 3 }\nsessions = [{ start = 2026-11-01 }]")
	ended := made(t, catalogue.Options{}, over, school("pin = [\"library/over\"]\nwant = { kinds = [\"camp\"] }")).School("bay")
	if ended.Pinned != 0 || len(ended.Listings) != 0 {
		t.Errorf("pinned although it has ended: %v", paths(ended.Listings))
	}
}

func TestWhy(t *testing.T) {
	s := received(t, `pin = ["museum/night-sky"]
[want]
subjects = ["sciences"]
curriculum = ["grade-9"]
kinds = ["visit", "workshop"]
ages = { min = 12 }
grades = ["10", "9"]
audience = ["schools"]
languages = ["ar"]
districts = ["doha"]
modes = ["in-person"]
providers = ["library"]
supports = ["braille", "wheelchair"]
gender = "girls"
cost_max = 50
timetable = ["school-hours", "evening"]
endorsed_by = ["museum"]
within_km = 5`)
	want := map[string]string{
		"museum/night-sky": "pin, subjects: astronomy, kinds: workshop, ages, grades: 9, modes: in-person, gender, cost_max, timetable: evening",
		"library/visit": "subjects: sciences, curriculum: optics, kinds: visit, ages, grades: 9, audience: schools, languages: ar-QA, districts: msheireb, " +
			"modes: in-person, providers: library, supports: wheelchair braille, gender, cost_max, timetable: school-hours, endorsed_by: museum, within_km: 3.7 km",
	}
	if diff := cmp.Diff(want, why(s)); diff != "" {
		t.Error(diff)
	}
	online := received(t, "[want]\ndistricts = [\"doha\"]\nwithin_km = 2\ngender = \"girls\"")
	want = map[string]string{
		"library/girls":            "districts: at-school, gender: girls, within_km: at-school",
		"museum/young-astronomers": "districts: online, gender, within_km: online",
	}
	if diff := cmp.Diff(want, why(online)); diff != "" {
		t.Error(diff)
	}
}

// why are the reasons of all of a school's listings, in short.
func why(s *catalogue.School) map[string]string {
	all := map[string]string{}
	for _, l := range s.Listings {
		var parts []string
		for _, r := range s.Why(l) {
			part := r.Field
			words := slices.Clone(r.Values)
			for _, term := range r.Terms {
				words = append(words, term.ID)
			}
			if r.Km > 0 {
				words = append(words, fmt.Sprintf("%.1f km", r.Km))
			}
			if len(words) > 0 {
				part += ": " + strings.Join(words, " ")
			}
			parts = append(parts, part)
		}
		all[strings.TrimPrefix(l.Path, "opportunities/")] = strings.Join(parts, ", ")
	}
	return all
}

// What one finds quickly is what one finds slowly.
func TestSchoolsOfABigCatalogue(t *testing.T) {
	c := generated(t, 5_000)
	for _, s := range c.Schools {
		want := s.Record.Value.Want
		var slow []string
		for _, l := range c.Current {
			if fits(l, want) {
				slow = append(slow, l.Path)
			}
		}
		var quick []string
		for _, l := range s.Listings {
			quick = append(quick, l.Path)
		}
		if diff := cmp.Diff(slow, quick); diff != "" {
			t.Errorf("%s (-slow +quick):\n%s", s.Name, diff)
		}
	}
}

// fits is what the wants of generatedSchools say, in plain words.
func fits(l *catalogue.Listing, w schema.Want) bool {
	in := func(some, wanted []string) bool {
		return slices.ContainsFunc(some, func(s string) bool { return slices.Contains(wanted, s) })
	}
	v := l.Value
	return in(v.Subjects, w.Subjects) && in([]string{v.Kind}, w.Kinds) && *v.Ages.Min <= *w.Ages.Max && *w.Ages.Min <= *v.Ages.Max &&
		(w.Districts == nil || in([]string{v.Place.District}, w.Districts))
}

// Only what is known to be affordable is.
func TestAffordable(t *testing.T) {
	for cost, fits := range map[string]bool{
		`{ amount = 50 }`: true, `{ amount = 51 }`: false, `{ unknown = true }`: false, `{ from = 20, to = 90 }`: true, `{ to = 90 }`: false,
		`{ amount = 5, currency = "USD" }`: false, `{ amount = 0, currency = "USD" }`: true, `{ amount = 60, per = "group" }`: false,
	} {
		c := made(t, catalogue.Options{}, listing("it", "kind = \"camp\"\nages = { min = 3 }\nmode = \"online\"\nanytime = true\ncost = "+cost),
			school("want = { cost_max = 50, kinds = [\"camp\"] }"))
		if got := len(c.School("bay").Listings) == 1; got != fits {
			t.Errorf("%s: %t", cost, got)
		}
	}
}

// The languages of a school's pages are those that the catalogue has, and all
// of them where it names none.
func TestLanguagesOfSchools(t *testing.T) {
	for rest, want := range map[string][]string{"": {"en", "ar"}, `languages = ["ar", "en"]`: {"ar", "en"}, `languages = ["ar"]`: {"ar"}} {
		if diff := cmp.Diff(want, received(t, rest).Languages); diff != "" {
			t.Errorf("%s: %s", rest, diff)
		}
	}
}

// slots are what fits into the slots of a school: listings, and the dates of
// those that have some.
func slots(c *catalogue.Catalogue) []string {
	var all []string
	for _, s := range c.Slots(c.School("bay")) {
		line := fmt.Sprint(s.Day, " ", s.From, "–", s.To, ":")
		for _, f := range s.Fits {
			line += " " + strings.TrimPrefix(f.Listing.Path, "opportunities/")
			for _, o := range f.Occurrences {
				line += o.Start.Format(" 01-02")
			}
		}
		all = append(all, line)
	}
	return all
}

func TestSlots(t *testing.T) {
	files := append(slices.Clone(offered), file("vocabularies/subjects.toml", schoolSubjects),
		school("slots = [{ day = \"tue\", from = 08:00:00, to = 09:30:00 }, { day = \"sat\", from = 17:00:00, to = 20:00:00 }, { day = \"wed\", from = 13:00:00, to = 14:00:00 }]"),
		listing("series", "mode = \"online\"\nages = { min = 9 }\nsessions = [{ start = 2026-11-24T08:00:00, end = 2026-11-24T09:30:00, rrule = \"FREQ=WEEKLY;COUNT=4\" }]"),
		listing("whole-day", "mode = \"online\"\nages = { min = 9 }\nsessions = [{ start = 2026-11-24 }]"),
		listing("longer", "mode = \"online\"\nages = { min = 9 }\nsessions = [{ start = 2026-11-24T08:00:00, end = 2026-11-24T10:00:00 }]"),
		listing("cancelled", "mode = \"online\"\nages = { min = 9 }\nsessions = [{ start = 2026-11-24T08:00:00, end = 2026-11-24T09:00:00, status = \"cancelled\" }]"),
		listing("full", "mode = \"online\"\nages = { min = 9 }\nstatus = \"full\"\nanytime = true"),
		listing("at-ease", "mode = \"online\"\nages = { min = 9 }\nanytime = true\nduration = \"PT20H\""),
		listing("two-hours", "mode = \"online\"\nages = { min = 9 }\nby_arrangement = true\nduration = \"PT2H\""),
		listing("mondays", "mode = \"online\"\nages = { min = 9 }\nby_arrangement = true\navailable = { days = [\"mon\"] }"),
		listing("term", "mode = \"online\"\nages = { min = 9 }\nperiod = { from = 2026-11-01, days = [\"wed\"], starts = 13:00:00, ends = 13:45:00 }"),
		listing("term-unknown", "mode = \"online\"\nages = { min = 9 }\nperiod = { from = 2026-11-01, days = [\"wed\"] }"),
	)
	want := []string{
		"Tuesday 08:00–09:30: library/series 11-24 12-01 12-15 boats/boat library/at-ease library/girls library/visit museum/young-astronomers",
		"Saturday 17:00–20:00: library/far 12-05 museum/night-sky 12-05 boats/boat library/at-ease library/girls library/two-hours museum/young-astronomers",
		"Wednesday 13:00–14:00: library/term boats/boat library/at-ease library/girls museum/young-astronomers",
	}
	if diff := cmp.Diff(want, slots(made(t, catalogue.Options{}, files...))); diff != "" {
		t.Error(diff)
	}
}
