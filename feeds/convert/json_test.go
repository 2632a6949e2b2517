package convert_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"fursa/feeds/convert"
	"fursa/schema"
	"fursa/schema/diag"
	"fursa/schema/when"
)

// jsonMap goes with testdata/source.json.
const jsonMap = `
name = "youth"
id = "nr"
lang = "en"
items = "data.courses"

[provider]
column = "by.name"
otherwise = "Town Library"

[when]
from = "dates.0.day"
to = "dates.0.day"

[[fields]]
to = "title"
column = "what"

[[fields]]
to = "summary"
column = "about"

[[fields]]
to = "languages"
column = "languages"
split = "\n"
otherwise = ["en"]

[[fields]]
to = "mode"
value = "in-person"

[[fields]]
to = "place.postcode"
column = "location.address.postalCode"

[[fields]]
to = "skills"
column = "steps.title"
split = "\n"

[[fields]]
to = "ages"
column = "ages"
json = true
otherwise = { min = 6 }

[[fields]]
to = "links"
column = "links"
json = true

[[fields]]
to = "cost.amount"
column = "price"

[kind]
otherwise = "workshop"

[subjects]
otherwise = "general"
`

func readMap(t *testing.T, text string) convert.Map {
	t.Helper()
	m, list := convert.ReadMap(&diag.Source{Path: "map.toml", Text: []byte(text)})
	for _, d := range list {
		t.Fatalf("map: %s: %s", d.Rule, d.Message("en"))
	}
	return m
}

// convertAs reads a source of a format that must suit the map.
func convertAs(t *testing.T, format, source string, m convert.Map) convert.Result {
	t.Helper()
	result, list, err := convert.Read(format, strings.NewReader(source), m)
	if err != nil || len(list) > 0 {
		t.Fatalf("convert: %v %v", err, said(list))
	}
	return result
}

// records are the listings by their own id.
func records(r convert.Result) map[string]schema.Opportunity {
	out := map[string]schema.Opportunity{}
	for _, l := range r.Listings {
		out[l.ID] = l.Record
	}
	return out
}

func TestJSON(t *testing.T) {
	result := convertAs(t, convert.FormatJSON, read(t, "testdata/source.json"), readMap(t, jsonMap))
	price, six, eight, ten := 4.5, 6, 8, 10
	want := map[string]schema.Opportunity{
		"17": {
			Title: "Drumming for beginners", Summary: "Bring your hands; the drums are there.", Lang: "en",
			Kind: "workshop", Languages: []string{"de", "en"}, Subjects: []string{"general"}, Skills: []string{"rhythm", "listening"},
			Ages: &schema.Range{Min: &eight, Max: &ten}, Mode: "in-person", Place: &schema.Place{Postcode: "04109"},
			Sessions: []schema.Session{{Start: when.Moment{Date: when.Date{Year: 2027, Month: 1, Day: 4}}}},
			Cost:     schema.Cost{Amount: &price},
			Links:    []schema.Link{{Title: "Plan", URL: "https://town.example/plan"}},
		},
		"18": {
			Title: "Paper aeroplanes", Summary: "Fold one that flies across the hall.", Lang: "en",
			Kind: "workshop", Languages: []string{"en"}, Subjects: []string{"general"},
			Ages: &schema.Range{Min: &six}, Mode: "in-person", Place: &schema.Place{Postcode: "04107"},
			Sessions: []schema.Session{{Start: when.Moment{Date: when.Date{Year: 2027, Month: 1, Day: 5}}}},
			Cost:     schema.Cost{Unknown: true},
		},
	}
	if diff := cmp.Diff(want, records(result)); diff != "" {
		t.Fatalf("(-want +got):\n%s\n%s", diff, written(result.Report.Unused))
	}
	got := []string{written(result.Report.Unused), written(result.Report.Notes), result.Listings[0].Provider, result.Listings[1].Provider}
	wantNotes := []string{
		`3 "" "" "" import/row-shape: the entry can't be read: it is no object` + "\n",
		`2 "18" "links" "none" import/value-type: the field "links" can't hold this, and it was left out` + "\n",
		"drum-school", "town-library",
	}
	if diff := cmp.Diff(wantNotes, got); diff != "" {
		t.Errorf("report (-want +got):\n%s", diff)
	}
}

// A path that no entry has is a mistake of the map, and the nearest is named.
func TestJSONMissingPath(t *testing.T) {
	m := readMap(t, strings.Replace(jsonMap, "location.address.postalCode", "location.adress.postalCode", 1))
	_, list, err := convert.Read(convert.FormatJSON, strings.NewReader(read(t, "testdata/source.json")), m)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]string{`import/no-such-column: "location.adress.postalCode" (near)`}, said(list)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestBrokenSources(t *testing.T) {
	m := readMap(t, jsonMap)
	for name, tt := range map[string]struct{ format, text, want string }{
		"nothing":    {convert.FormatJSON, "", "the source is empty"},
		"no JSON":    {convert.FormatJSON, "<html>", "this is no JSON: invalid character '<' looking for beginning of value"},
		"no list":    {convert.FormatJSON, `{"data": {}}`, `there is no list at "data.courses"`},
		"deep":       {convert.FormatJSON, strings.Repeat("[", 1_000_000), "this is no JSON: invalid character '[' exceeded max depth"},
		"too many":   {convert.FormatJSON, `{"data": {"courses": [` + strings.Repeat("1,", 200_000) + `1]}}`, "there are more than 200000 entries"},
		"too large":  {convert.FormatJSON, strings.Repeat(" ", 64<<20+1), "the source is larger than 64 MB"},
		"no format":  {"xls", "x", `the format "xls" is not known`},
		"not zipped": {convert.FormatJSON, "\x1f\x8b\x08", "unzip: unexpected EOF"},
	} {
		_, _, err := convert.Read(tt.format, strings.NewReader(tt.text), m)
		if err == nil || err.Error() != tt.want {
			t.Errorf("%s: got %v, want %s", name, err, tt.want)
		}
	}
}

// TestArabicProjects reads real entries in two languages, by paths.
func TestArabicProjects(t *testing.T) {
	text := sharedData(t, "arabic/projects.json")
	m := readMap(t, `
name = "projects"
id = "slug"
lang = "ar"
[provider]
column = "slug"
otherwise = "Code makers"
[[fields]]
to = "title"
column = "ar.title"
[[fields]]
to = "summary"
column = "ar.description"
[[fields]]
to = "body"
column = "ar.body"
[[fields]]
to = "languages"
value = ["ar"]
[[fields]]
to = "mode"
value = "online"
[[fields]]
to = "anytime"
value = true
[[fields]]
to = "ages"
value = { min = 9 }
[kind]
otherwise = "online-course"
[subjects]
otherwise = "coding"
`)
	result := convertAs(t, convert.FormatJSON, text, m)
	if result.Report.Rows != 21 || result.Report.Listings != 21 {
		t.Errorf("got %d of %d rows: %s", result.Report.Listings, result.Report.Rows, written(result.Report.Unused))
	}
	if got := records(result)["against-the-clock"].Title; got != "ضد الساعة" {
		t.Errorf("got %q", got)
	}
}

// sharedData is a file of the real data that lies beside the repository; the
// test is skipped where it is not.
func sharedData(t *testing.T, path string) string {
	t.Helper()
	dir := os.Getenv("FURSA_DATA")
	if dir == "" {
		dir = "../../../shared/data"
	}
	text, err := os.ReadFile(filepath.Join(dir, filepath.FromSlash(path)))
	if err != nil {
		t.Skip("the data is not here")
	}
	return string(text)
}

// A position is read in every form that schema.Coordinates knows, and as the
// number that it is where the map has a decimal comma.
func TestPositions(t *testing.T) {
	for name, tt := range map[string]struct {
		north, east, decimal string
		want                 []float64
	}{
		"two numbers":    {"51.34, 12.37", "51.34, 12.37", ".", []float64{51.34, 12.37}},
		"directions":     {"33.9° S, 18.4° W", "33.9° S, 18.4° W", ".", []float64{-33.9, -18.4}},
		"a map's link":   {"https://maps.google.com/?q=51.34,12.37", "https://maps.google.com/?q=51.34,12.37", ".", []float64{51.34, 12.37}},
		"one each":       {"51.34", "12.37", ".", []float64{51.34, 12.37}},
		"decimal commas": {"51,34", "12,37", ",", []float64{51.34, 12.37}},
		"no position":    {"by the lake", "by the lake", ".", nil},
	} {
		t.Run(name, func(t *testing.T) {
			fields := "\n[[fields]]\nto = \"place.latitude\"\ncolumn = \"n\"\ndecimal = \"" + tt.decimal +
				"\"\n[[fields]]\nto = \"place.longitude\"\ncolumn = \"e\"\ndecimal = \"" + tt.decimal + "\"\n\n[kind]\n"
			first := strings.Replace(read(t, "testdata/source.json"), `"nr":`, `"n": "`+tt.north+`", "e": "`+tt.east+`", "nr":`, 1)
			place := *records(convertAs(t, convert.FormatJSON, first, readMap(t, strings.Replace(jsonMap, "\n[kind]\n", fields, 1))))["17"].Place
			var got []float64
			if place.Latitude != nil {
				got = []float64{*place.Latitude, *place.Longitude}
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}
