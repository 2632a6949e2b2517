package convert_test

import (
	"bytes"
	"compress/gzip"
	"flag"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"github.com/rogpeppe/go-internal/txtar"

	"fursa/feeds/convert"
	"fursa/schema/diag"
)

var update = flag.Bool("update", false, "write the golden files anew")

func read(t *testing.T, path string) string {
	t.Helper()
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// townMap is the map of testdata, with some of its text replaced.
func townMap(t *testing.T, replace ...string) convert.Map {
	t.Helper()
	text := strings.NewReplacer(replace...).Replace(read(t, "testdata/map.toml"))
	m, list := convert.ReadMap(&diag.Source{Path: "map.toml", Text: []byte(text)})
	for _, d := range list {
		t.Fatalf("map: %s: %s", d.Rule, d.Message("en"))
	}
	return m
}

func convertCSV(t *testing.T, r io.Reader, m convert.Map) convert.Result {
	t.Helper()
	result, list, err := convert.CSV(r, m)
	if err != nil || len(list) > 0 {
		t.Fatalf("convert: %v %v", err, list)
	}
	return result
}

// importInto plans and applies a source, and answers the plan.
func importInto(t *testing.T, dir, source string, m convert.Map) convert.Changes {
	t.Helper()
	changes, err := convert.Plan(convertCSV(t, strings.NewReader(source), m), dir)
	if err != nil {
		t.Fatal(err)
	}
	if err := changes.Apply(dir); err != nil {
		t.Fatal(err)
	}
	return changes
}

// files are all files of a folder by path, but for the manifest.
func files(t *testing.T, dir string) map[string]string {
	t.Helper()
	out := map[string]string{}
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		name, err := filepath.Rel(dir, path)
		if err == nil && !strings.HasPrefix(name, ".imports") {
			out[filepath.ToSlash(name)] = read(t, path)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// TestGolden imports the town's table, which has one row for each thing that
// can be wrong, and compares everything that comes of it.
func TestGolden(t *testing.T) {
	dir := t.TempDir()
	result := convertCSV(t, strings.NewReader(read(t, "testdata/source.csv")), townMap(t))
	changes, err := convert.Plan(result, dir)
	if err != nil {
		t.Fatal(err)
	}
	if got := files(t, dir); len(got) > 0 {
		t.Fatalf("a plan alone wrote %v", got)
	}
	if err := changes.Apply(dir); err != nil {
		t.Fatal(err)
	}
	got := files(t, dir)
	got["unused"], got["notes"] = written(result.Report.Unused), written(result.Report.Notes)
	compareGolden(t, "testdata/golden.txtar", got)
}

// written is a line for each note.
func written(notes []convert.Note) string {
	var b strings.Builder
	for _, n := range notes {
		fmt.Fprintf(&b, "%d %q %q %q %s: %s\n", n.Line, n.ID, n.Column, n.Value, n.Problem.Rule, n.Problem.Message("en"))
	}
	return b.String()
}

func compareGolden(t *testing.T, path string, got map[string]string) {
	t.Helper()
	if *update {
		var a txtar.Archive
		for name, text := range got {
			a.Files = append(a.Files, txtar.File{Name: name, Data: []byte(text)})
		}
		slices.SortFunc(a.Files, func(a, b txtar.File) int { return strings.Compare(a.Name, b.Name) })
		if err := os.WriteFile(path, txtar.Format(&a), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	archive, err := txtar.ParseFile(path)
	if err != nil {
		t.Fatal(err)
	}
	want := map[string]string{}
	for _, f := range archive.Files {
		want[f.Name] = string(f.Data)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("%s (-want +got); run with -update if it should be so:\n%s", path, diff)
	}
}

func TestGoldenIsValid(t *testing.T) {
	changes, err := convert.Plan(convertCSV(t, strings.NewReader(read(t, "testdata/source.csv")), townMap(t)), t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	checkAll(t, changes)
}

// TestSourceForms reads one table in all forms that it may come in.
func TestSourceForms(t *testing.T) {
	source := "Nr;Who;What;Text;First day;Last day;From;To;Grade from;Grade to;Languages;Online;Age from;Age to;Quarter;Price band;Price;Until\r\n" +
		"A1;Café;Naïve art;A text that is long enough to be one.;5.1.2026;5.1.2026;;;;;en;yes;4;9;;free;;\r\n"
	want := convertCSV(t, strings.NewReader(source), townMap(t))
	if want.Report.Listings != 1 {
		t.Fatalf("got %+v", want.Report)
	}
	var zipped bytes.Buffer
	z := gzip.NewWriter(&zipped)
	if _, err := io.WriteString(z, source); err != nil {
		t.Fatal(err)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	ignore := cmpopts.IgnoreUnexported(convert.Listing{})
	latin := strings.NewReplacer("é", "\xe9", "ï", "\xef").Replace(source)
	for name, tt := range map[string]struct {
		text string
		m    convert.Map
	}{
		"gzip":         {zipped.String(), townMap(t)},
		"BOM":          {"\ufeff" + source, townMap(t)},
		"windows-1252": {latin, townMap(t, `lang = "en"`, "lang = \"en\"\ncharset = \"windows-1252\"")},
		"commas":       {strings.ReplaceAll(source, ";", ","), townMap(t, `delimiter = ";"`, "")},
	} {
		if diff := cmp.Diff(want, convertCSV(t, strings.NewReader(tt.text), tt.m), ignore); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
}

// TestBrokenSource wants an error, not half a catalogue.
func TestBrokenSource(t *testing.T) {
	for name, text := range map[string]string{"empty": "", "broken gzip": "\x1f\x8b\x08 and no more"} {
		if result, _, err := convert.CSV(strings.NewReader(text), townMap(t)); err == nil {
			t.Errorf("%s: no error, but %+v", name, result.Report)
		}
	}
}
