package convert_test

import (
	"slices"
	"strings"
	"testing"

	"fursa/feeds/convert"
)

// ownMap is a format's built-in map, as a town would use it.
func ownMap(t *testing.T, format string) convert.Map {
	t.Helper()
	m, list := convert.BuiltIn(format, convert.Defaults{
		Name: "town", Lang: "en", Zone: "Europe/Berlin", Provider: "Town Library",
		Kind: "event", Subject: "music", Mode: "in-person", Ages: "8-14",
	})
	if len(list) > 0 {
		t.Fatal(said(list))
	}
	return m
}

// TestFormats imports a source of each format with its built-in map, and
// compares everything that comes of it.
func TestFormats(t *testing.T) {
	for format, source := range map[string]string{
		convert.FormatICS: "source.ics", convert.FormatRSS: "source.rss", convert.FormatJSONLD: "source.html",
		convert.FormatRPDE: "source.rpde", convert.FormatXCRI: "source.xcri",
	} {
		t.Run(format, func(t *testing.T) {
			dir := t.TempDir()
			result := convertAs(t, format, read(t, "testdata/"+source), ownMap(t, format))
			changes, err := convert.Plan(result, dir)
			if err != nil {
				t.Fatal(err)
			}
			if err := changes.Apply(dir); err != nil {
				t.Fatal(err)
			}
			got := files(t, dir)
			got["unused"], got["notes"] = written(result.Report.Unused), written(result.Report.Notes)
			compareGolden(t, "testdata/"+format+".txtar", got)
		})
	}
}

// What a flag says wrong is told where the built-in map has it.
func TestBuiltInDefaults(t *testing.T) {
	_, list := convert.BuiltIn(convert.FormatICS, convert.Defaults{Name: "a b", Lang: "en", Provider: `"quoted"`, Kind: "evnet", Subject: "Music", Mode: "online"})
	got := strings.Join(said(list), "\n")
	want := "import/map-choice: \"evnet\" (near)\nimport/map-slug: \"Music\"\nimport/map-slug: \"a b\""
	if sorted(got) != sorted(want) {
		t.Errorf("got %s", got)
	}
}

// Sources that mean harm, or are something else, are errors and no crash.
func TestHostileFormats(t *testing.T) {
	for name, tt := range map[string]struct{ format, text, want string }{
		"deep calendar":   {convert.FormatICS, strings.Repeat("BEGIN:X\r\n", 1_000_000), "this is no calendar: its components stand too deep in each other"},
		"no events":       {convert.FormatICS, "BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n", "there is no event in it"},
		"no calendar":     {convert.FormatICS, "<html>", "this is no calendar: "},
		"no feed":         {convert.FormatRSS, "<html></html>", "this is no feed: "},
		"deep data":       {convert.FormatJSONLD, strings.Repeat(`{"a":`, 5000) + `{"@type":"Event"}` + strings.Repeat("}", 5000), "there is no event or course of schema.org in it"},
		"no page":         {convert.FormatRPDE, `{"items": []}`, "this is no page of an RPDE feed"},
		"entities":        {convert.FormatXCRI, `<!DOCTYPE c [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><catalog><provider><title>&b;</title></provider></catalog>`, "invalid character entity &b;"},
		"another element": {convert.FormatXCRI, `<rss/>`, "this is no XCRI-CAP catalogue: "},
	} {
		_, _, err := convert.Read(tt.format, strings.NewReader(tt.text), ownMap(t, tt.format))
		if err == nil || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("%s: got %v, want %s", name, err, tt.want)
		}
	}
}

// TestOpenActiveExamples reads the standard's own examples.
func TestOpenActiveExamples(t *testing.T) {
	text := sharedData(t, "openactive/data-models/versions/2.x/examples/courseinstance_example_1.json")
	result := convertAs(t, convert.FormatRPDE, text, ownMap(t, convert.FormatRPDE))
	if len(result.Listings) != 1 {
		t.Fatalf("got %d listings: %s", len(result.Listings), written(result.Report.Unused))
	}
	l := result.Listings[0]
	on := l.Record.Sessions[0]
	got := []string{l.ID, l.Provider, l.Record.Title, on.Start.String(), on.End.String(), on.RRule, on.Zone, l.Record.Place.Postcode, l.Record.Cost.Currency}
	want := "https://id.bookingsystem.example.com/course-instances/76121|england-netball|Netball Youth Camp|" +
		"2018-08-01T09:00:00|2018-08-01T17:00:00|FREQ=DAILY;COUNT=3|Europe/London|NG10 4AD|GBP"
	if strings.Join(got, "|") != want {
		t.Errorf("got %s", strings.Join(got, "|"))
	}
}

func sorted(lines string) string {
	all := strings.Split(lines, "\n")
	slices.Sort(all)
	return strings.Join(all, "\n")
}
