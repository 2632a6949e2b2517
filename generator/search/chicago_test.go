package search_test

import (
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"testing"
	"time"

	"fursa/feeds/convert"
	"fursa/generator"
	"fursa/generator/catalogue"
	"fursa/generator/search"
	"fursa/schema/diag"
	"fursa/schema/when"
)

// chicago is the catalogue of the real table, or skips the test.
func chicago(t testing.TB) *catalogue.Catalogue {
	t.Helper()
	data := os.Getenv("FURSA_DATA")
	if data == "" {
		data = "../../../shared/data"
	}
	table, err := os.Open(filepath.Join(data, "chicago", "programs.csv.gz"))
	if err != nil {
		t.Skipf("the Chicago data is not here: set FURSA_DATA to the folder that holds it (%v)", err)
	}
	defer table.Close()
	text, err := os.ReadFile("../../examples/chicago/map.toml")
	if err != nil {
		t.Fatal(err)
	}
	columns, _ := convert.ReadMap(&diag.Source{Path: "map.toml", Text: text})
	result, list, err := convert.CSV(table, columns)
	if err != nil || len(list) > 0 {
		t.Fatal(err, list)
	}
	content := t.TempDir()
	settings, err := os.ReadFile("../../examples/chicago/catalogue.toml")
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(content, "catalogue.toml"), settings, 0o644); err != nil {
		t.Fatal(err)
	}
	changes, err := convert.Plan(result, content)
	if err != nil {
		t.Fatal(err)
	}
	if err := changes.Apply(content); err != nil {
		t.Fatal(err)
	}
	return planned(t, content, when.Date{Year: 2021, Month: 6, Day: 1})
}

// planned is the catalogue of a folder.
func planned(t testing.TB, content string, day when.Date) *catalogue.Catalogue {
	t.Helper()
	site, list, err := generator.NewBuilder().Plan(context.Background(), generator.Input{
		Content: content, Version: "1", Now: generator.Now{Date: day}, Clock: time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC),
	})
	if err != nil || site == nil {
		t.Fatal(err, list)
	}
	return site.Catalogue
}

// BenchmarkChicago makes the index of 21,628 real listings.
func BenchmarkChicago(b *testing.B) {
	c := chicago(b)
	var x *search.Index
	b.ReportAllocs()
	for b.Loop() {
		x = search.New(c)
	}
	entry, err := json.Marshal(x.Entry)
	if err != nil {
		b.Fatal(err)
	}
	sizes := map[string]int{}
	for _, f := range x.Files {
		sizes[filepath.Ext(f.Name)] += len(f.Bytes)
	}
	b.ReportMetric(float64(len(entry)), "entry-B")
	b.ReportMetric(float64(len(x.Files)), "files")
	b.ReportMetric(float64(sizes[".w"]), "leaf-B")
	b.ReportMetric(float64(sizes[".p"]), "prefix-B")
	b.ReportMetric(float64(sizes[".s"]), "spelling-B")
}
