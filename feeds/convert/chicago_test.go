package convert_test

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"

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

func TestChicago(t *testing.T) {
	source, m := openChicago(t), readExample(t)
	dir := t.TempDir()
	began := time.Now()
	result, list, err := convert.CSV(source, m)
	if err != nil || list.Failed() {
		t.Fatal(err, list)
	}
	t.Logf("read: %v", time.Since(began))
	changes, err := convert.Plan(result, dir)
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("planned: %v", time.Since(began))
	if err := changes.Apply(dir); err != nil {
		t.Fatal(err)
	}
	t.Logf("written: %v", time.Since(began))
	again, err := convert.Plan(result, dir)
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("planned again: %v; manifest", time.Since(began))
	if len(again.Files) != 0 || len(again.Notes) != 0 {
		t.Errorf("a second import would write %d files, and has %d notes", len(again.Files), len(again.Notes))
	}
	got := map[string]int{"rows": result.Report.Rows, "listings": result.Report.Listings}
	for _, n := range append(result.Report.Unused, result.Report.Notes...) {
		got[n.Problem.Rule+" "+n.Column]++
	}
	for _, l := range result.Listings {
		if l.Record.Period != nil {
			got["periods"]++
		}
	}
	want := map[string]int{}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("counts (-want +got):\n%s", diff)
	}
	checkAll(t, changes)
}

// checkAll wants every file to be a valid record.
func checkAll(t *testing.T, c convert.Changes) {
	t.Helper()
	v := schema.NewValidator()
	problems := map[string]int{}
	for _, f := range c.Files {
		kind := map[string]schema.Kind{
			"opportunities": schema.KindOpportunity, "providers": schema.KindProvider, "vocabularies": schema.KindVocabulary,
		}[folder(f.Path)]
		doc, list := document.Parse(&diag.Source{Path: f.Path, Text: f.Text})
		if doc != nil {
			list = append(list, v.Check(kind, "", doc)...)
		}
		for _, d := range list {
			problems[fmt.Sprint(d.Rule, " ", d.Severity, " ", d.Message("en"))]++
			if problems[fmt.Sprint(d.Rule, " ", d.Severity, " ", d.Message("en"))] == 1 {
				t.Errorf("%s: %s: %s", f.Path, d.Rule, d.Message("en"))
			}
		}
	}
}

func folder(path string) string {
	for i := range path {
		if path[i] == '/' {
			return path[:i]
		}
	}
	return path
}
