package catalogue_test

import (
	"flag"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"

	"fursa/generator/catalogue"
	"fursa/schema/diag"
	"fursa/schema/when"
)

var update = flag.Bool("update", false, "write the wanted messages of testdata anew")

// day is when these catalogues are checked and made: a Sunday.
var day = when.Date{Year: 2026, Month: 11, Day: 22}

// checked is what Check says of records, as people read it.
func checked(t *testing.T, r catalogue.Records, x *catalogue.Index) (string, diag.List) {
	t.Helper()
	list := append(catalogue.Check(r, x, day), catalogue.Duplicates(r.Opportunities, nil)...)
	if !list.Failed() {
		c, err := catalogue.New(r, catalogue.Options{Now: noon})
		if err != nil {
			t.Fatal(err)
		}
		list = append(list, catalogue.CheckSchools(c)...)
	}
	list = list.Sorted()
	var out strings.Builder
	if err := diag.Text(&out, list, diag.Style{Lang: "en"}); err != nil {
		t.Fatal(err)
	}
	return out.String(), list
}

func TestCheckFindsNothingWrong(t *testing.T) {
	r := records(t, archive(t, "base.txtar")...)
	if text, _ := checked(t, r, catalogue.NewIndex(r, nil)); text != "" {
		t.Error(text)
	}
}

// Each file of testdata/links, testdata/look and testdata/schools lays some
// files over the small catalogue, and says in «want» what people read of them.
// It is named for the rule that it breaks, and for the case where there are
// several.
func TestCheck(t *testing.T) {
	files, err := filepath.Glob("testdata/*/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatalf("no fixtures: %v", err)
	}
	found := map[string]bool{"links/same-language": true} // of reading, not of checking
	for _, name := range files {
		t.Run(strings.TrimSuffix(filepath.Base(name), ".txtar"), func(t *testing.T) {
			a, err := txtar.ParseFile(name)
			if err != nil {
				t.Fatal(err)
			}
			last := len(a.Files) - 1
			r := records(t, append(archive(t, "base.txtar"), a.Files[:last]...)...)
			got, list := checked(t, r, catalogue.NewIndex(r, nil))
			if *update {
				a.Files[last].Data = []byte(got)
				if err := os.WriteFile(name, txtar.Format(a), 0o666); err != nil {
					t.Fatal(err)
				}
			}
			if diff := cmp.Diff(string(a.Files[last].Data), got); diff != "" || a.Files[last].Name != "want" {
				t.Errorf("%s (-want +got):\n%s", a.Files[last].Name, diff)
			}
			for _, d := range list {
				found[d.Rule] = true
				hasWords(t, d)
			}
		})
	}
	for _, rule := range diag.Rules() {
		if (strings.HasPrefix(rule, "links/") || strings.HasPrefix(rule, "catalogue/") || strings.HasPrefix(rule, "schools/")) && !found[rule] {
			t.Errorf("no fixture breaks %s", rule)
		}
	}
}

var placeholder = regexp.MustCompile(`\{[a-z]+\}`)

// hasWords sees to it that no language leaves a value out, or a hint.
func hasWords(t *testing.T, d diag.Diagnostic) {
	t.Helper()
	for _, lang := range diag.Languages {
		texts := []string{d.Message(lang), d.Hint(lang)}
		for i := range d.Related {
			texts = append(texts, d.Note(lang, i))
		}
		if slices.Contains(texts, "") || placeholder.MatchString(strings.Join(texts, " ")) {
			t.Errorf("%s in %s: %q", d.Rule, lang, texts)
		}
	}
}

// What could not be read has been told of: nothing that refers to it is wrong
// for that.
func TestCheckBlamesNobodyForAnother(t *testing.T) {
	full := archive(t, "base.txtar")
	var paths []string
	for _, f := range full {
		paths = append(paths, strings.TrimSuffix(f.Name, filepath.Ext(f.Name)))
	}
	slices.Sort(paths)
	for _, broken := range full {
		if strings.HasPrefix(broken.Name, "images/") {
			continue
		}
		r := records(t, append(full, file(broken.Name, ""))...)
		if text, _ := checked(t, r, catalogue.NewIndex(r, paths)); text != "" {
			t.Errorf("without %s:\n%s", broken.Name, text)
		}
	}
}

// A part of a catalogue is checked as the whole is.
func TestCheckOfAPart(t *testing.T) {
	overlay := file("opportunities/library/stars.md", "+++\ntitle = \"Star books\"\nsummary = \"Read about stars.\"\nsubjects = [\"stars\"]\nmode = \"online\"\n+++\n")
	r := records(t, append(archive(t, "base.txtar"), overlay)...)
	x := catalogue.NewIndex(r, nil)
	want, _ := checked(t, r, x)
	got, _ := checked(t, r.Only(func(path string) bool { return path == "opportunities/library/stars" }), x)
	if diff := cmp.Diff(want, got); diff != "" || got == "" {
		t.Errorf("(-all +part):\n%s", diff)
	}
	if rest, _ := checked(t, r.Only(func(path string) bool { return path == "providers/museum" }), x); rest != "" {
		t.Errorf("the other part:\n%s", rest)
	}
}
