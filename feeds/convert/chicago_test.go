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
	"fursa/schema/document"
)

const example = "../../examples/chicago/"

// readExample is the map of the example, which has no mistake.
func readExample(t *testing.T) convert.Map {
	t.Helper()
	text, err := os.ReadFile(example + "map.toml")
	if err != nil {
		t.Fatal(err)
	}
	m, list := convert.ReadMap(&diag.Source{Path: "map.toml", Text: text})
	for _, d := range list {
		t.Errorf("%s: %s", text[d.Span.Start:d.Span.End], d.Message("en"))
	}
	return m
}

// openChicago is the real table, or skips the test.
func openChicago(t *testing.T) *os.File {
	t.Helper()
	dir := os.Getenv("FURSA_DATA")
	if dir == "" {
		dir = "../../../shared/data"
	}
	f, err := os.Open(filepath.Join(dir, "chicago", "programs.csv.gz"))
	if err != nil {
		t.Skipf("the Chicago data is not here: set FURSA_DATA to the folder that holds it (%v)", err)
	}
	t.Cleanup(func() { f.Close() })
	return f
}

// TestExampleMap wants the example to be without a mistake, its catalogue too.
func TestExampleMap(t *testing.T) {
	readExample(t)
	doc, list := document.Parse(&diag.Source{Path: "catalogue.toml", Text: []byte(read(t, example+"catalogue.toml"))})
	if doc != nil {
		list = append(list, schema.NewValidator().Check(schema.KindCatalogue, "", doc)...)
	}
	for _, d := range list {
		t.Errorf("%s: %s", d.Rule, d.Message("en"))
	}
}

// TestChicago imports 21,654 real rows: each is a listing or a line of the
// report, all files are valid, and importing again writes nothing.
func TestChicago(t *testing.T) {
	result := convertCSV(t, openChicago(t), readExample(t))
	dir := t.TempDir()
	changes, err := convert.Plan(result, dir)
	if err != nil {
		t.Fatal(err)
	}
	if err := changes.Apply(dir); err != nil {
		t.Fatal(err)
	}
	again, err := convert.Plan(result, dir)
	if err != nil {
		t.Fatal(err)
	}
	if len(again.Files) != 0 || len(again.Notes) != 0 {
		t.Errorf("a second import would write %d files, and has %d notes", len(again.Files), len(again.Notes))
	}
	want := map[string]int{
		"rows": 21654, "listings": 21628,
		"periods": 12609, "one day": 9019, "without a start time": 4067,
		"free": 12584, "price bands": 8274, "price not said": 770,
		"import/row-skipped program_name":   26,
		"import/ends-before-start end_time": 844,
		"import/no-kind ":                   1093,
		"import/no-subject ":                137,
		"import/summary-built ":             23,
		"import/summary-cut ":               251,
		"import/text-broken description":    3,
		"import/text-images description":    2,
		"import/text-links description":     18,
		"import/text-mended description":    3008,
		"import/text-mended program_name":   157,
		"import/title-long ":                4,
		"import/title-short ":               1,
	}
	if diff := cmp.Diff(want, counted(result)); diff != "" {
		t.Errorf("counts (-want +got):\n%s", diff)
	}
	checkAll(t, changes)
}

// counted is what a result holds: rows, shapes of listings, reasons of notes.
func counted(r convert.Result) map[string]int {
	n := map[string]int{"rows": r.Report.Rows, "listings": r.Report.Listings}
	for _, note := range append(r.Report.Unused, r.Report.Notes...) {
		n[note.Problem.Rule+" "+note.Column]++
	}
	for _, l := range r.Listings {
		o := l.Record
		timed := o.Period != nil && o.Period.Starts != nil
		if o.Period != nil {
			n["periods"]++
		} else {
			n["one day"]++
			timed = o.Sessions[0].Start.Timed
		}
		if !timed {
			n["without a start time"]++
		}
		switch {
		case o.Cost.Unknown:
			n["price not said"]++
		case o.Cost.Amount != nil:
			n["free"]++
		default:
			n["price bands"]++
		}
	}
	return n
}

// checkAll wants every file to be a valid record.
func checkAll(t *testing.T, c convert.Changes) {
	t.Helper()
	kinds := map[string]schema.Kind{
		"opportunities": schema.KindOpportunity, "providers": schema.KindProvider, "vocabularies": schema.KindVocabulary,
	}
	v := schema.NewValidator()
	for _, f := range c.Files {
		folder, _, _ := strings.Cut(f.Path, "/")
		doc, list := document.Parse(&diag.Source{Path: f.Path, Text: f.Text})
		if doc != nil {
			list = append(list, v.Check(kinds[folder], "", doc)...)
		}
		for _, d := range list {
			t.Errorf("%s: %s: %s", f.Path, d.Rule, d.Message("en"))
		}
	}
}
