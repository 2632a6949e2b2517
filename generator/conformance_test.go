package generator_test

import (
	"bytes"
	"context"
	"flag"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"fursa/generator"
	"fursa/schema/diag"
)

var updateWants = flag.Bool("update", false, "write the .want files anew")

const suite = "../schema/testdata/"

// checkIn is what Check says of a content folder on the day of the suite.
func checkIn(t *testing.T, b *generator.Builder, dir string) diag.List {
	t.Helper()
	now, err := generator.ParseNow("2026-11-22")
	if err != nil {
		t.Fatal(err)
	}
	t.Chdir(filepath.Dir(dir))
	list, err := b.Check(context.Background(), generator.Input{Content: filepath.Base(dir), Now: now, Clock: time.Now()}, nil)
	if err != nil {
		t.Fatal(err)
	}
	return list
}

// laid is a content folder: the suite's catalogue, with another folder over it.
func laid(t *testing.T, over string) string {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "content")
	for _, from := range []string{suite + "catalogue", over} {
		if from == "" {
			continue
		}
		if err := overlay(dir, from); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// overlay copies files over those of a folder.
func overlay(dir, from string) error {
	return filepath.WalkDir(from, func(path string, entry os.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		rel, err := filepath.Rel(from, path)
		if err != nil {
			return err
		}
		text, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		to := filepath.Join(dir, rel)
		if err := os.MkdirAll(filepath.Dir(to), 0o755); err != nil {
			return err
		}
		return os.WriteFile(to, text, 0o644)
	})
}

func cases(t *testing.T, pattern string) []string {
	t.Helper()
	all, err := filepath.Glob(suite + pattern)
	if err != nil || len(all) == 0 {
		t.Fatalf("no cases %s: %v", pattern, err)
	}
	return slices.DeleteFunc(all, func(f string) bool { return strings.HasSuffix(f, ".want") })
}

func TestSuiteCatalogueIsValid(t *testing.T) {
	dir := laid(t, "")
	for _, d := range checkIn(t, generator.NewBuilder(), dir) {
		t.Errorf("%s: %s", d.Span.Source.Path, d.Message("en"))
	}
}

// Each case of invalid-in-catalogue has one mistake; its .want is what people
// read.
func TestInvalidInCatalogue(t *testing.T) {
	b := generator.NewBuilder()
	for _, name := range cases(t, "invalid-in-catalogue/*") {
		t.Run(filepath.Base(name), func(t *testing.T) {
			want, err := os.ReadFile(name + ".want")
			if err != nil && !*updateWants {
				t.Fatal(err)
			}
			file, err := filepath.Abs(name + ".want")
			if err != nil {
				t.Fatal(err)
			}
			list := checkIn(t, b, laid(t, name))
			var got bytes.Buffer
			if err := diag.Text(&got, list, diag.Style{Lang: "en"}); err != nil {
				t.Fatal(err)
			}
			if *updateWants {
				if err := os.WriteFile(file, got.Bytes(), 0o644); err != nil {
					t.Fatal(err)
				}
				want = got.Bytes()
			}
			if d := cmp.Diff(string(want), got.String()); d != "" || len(list) != 1 {
				t.Errorf("%d messages (-want +got):\n%s\n%s", len(list), d, got.String())
			}
		})
	}
}

var wantedRule = regexp.MustCompile(`(?m)^.*: (?:error|warning|note): .* \[([a-z]+/[a-z0-9-]+)\]$`)

// Every rule that one file of a content folder can break is broken by one of
// the suite.
func TestSuiteCoversEveryRule(t *testing.T) {
	// What needs more than one file, a file of a strange sort or size, or an
	// address that lists take already; generator/content and
	// generator/catalogue test these.
	elsewhere := []string{
		"content/names-differ-in-case", "content/no-catalogue", "content/no-folder", "content/not-a-file",
		"content/symbolic-link", "content/too-large", "links/path-of-a-list", "links/wrong-folder",
		"schools/nearly-all-fits", "schools/nothing-fits-now",
	}
	found := map[string]bool{}
	for _, pattern := range []string{"invalid/*.want", "invalid-in-catalogue/*.want"} {
		files, err := filepath.Glob(suite + pattern)
		if err != nil {
			t.Fatal(err)
		}
		for _, file := range files {
			text, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			for _, m := range wantedRule.FindAllStringSubmatch(string(text), -1) {
				found[m[1]] = true
			}
		}
	}
	for _, rule := range diag.Rules() {
		stage, _, _ := strings.Cut(rule, "/")
		if !slices.Contains([]string{"import", "issue", "key", "peers", "theme"}, stage) && !found[rule] && !slices.Contains(elsewhere, rule) {
			t.Errorf("no file of the suite breaks %s", rule)
		}
	}
}
