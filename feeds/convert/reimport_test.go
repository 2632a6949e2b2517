package convert_test

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"fursa/feeds/convert"
)

const header = "Nr;Who;What;Text;First day;Last day;From;To;Grade from;Grade to;Languages;Online;Age from;Age to;Quarter;Price band;Price;Until\n"

const (
	rowArt  = "1;Library;Art for all;Come and paint what you see outside.;5.1.2026;5.1.2026;;;;;en;no;4;9;Old Town;free;;\n"
	rowDrum = "2;Library;Drums;Come and make as much noise as you want.;5.1.2026;5.1.2026;;;;;en;yes;4;9;;free;;\n"
)

const art, drums = "opportunities/library/art-for-all-1.md", "opportunities/library/drums-2.md"

// edit replaces text in a file of the folder, which must hold it.
func edit(t *testing.T, dir, path, old, replacement string) {
	t.Helper()
	path = filepath.Join(dir, path)
	text := read(t, path)
	if !strings.Contains(text, old) {
		t.Fatalf("%s has no %q:\n%s", path, old, text)
	}
	if err := os.WriteFile(path, []byte(strings.Replace(text, old, replacement, 1)), 0o644); err != nil {
		t.Fatal(err)
	}
}

func paths(c convert.Changes) []string {
	out := []string{}
	for _, f := range c.Files {
		out = append(out, f.Path)
	}
	return out
}

func rules(c convert.Changes) []string {
	out := []string{}
	for _, n := range c.Notes {
		out = append(out, n.ID+" "+n.Problem.Rule)
	}
	return out
}

// TestReimport imports two rows, lets people and the source change, and
// imports again.
func TestReimport(t *testing.T) {
	newText := strings.Replace(rowArt, "Come and paint what you see outside.", "Come and paint what you hear inside.", 1)
	for name, tt := range map[string]struct {
		people func(t *testing.T, dir string)
		source string
		files  []string
		notes  []string
		// holds and lacks are what the file of rowArt says afterwards.
		holds, lacks []string
	}{
		"nothing changed": {source: rowArt + rowDrum, files: []string{}, notes: []string{}},
		"other order":     {source: rowDrum + rowArt, files: []string{}, notes: []string{}},
		"the source changed": {
			source: newText + rowDrum, files: []string{art}, notes: []string{}, holds: []string{"hear inside."}, lacks: []string{"see outside"},
		},
		"a new title keeps the path": {
			source: strings.Replace(rowArt, "Art for all", "Art for none", 1) + rowDrum,
			files:  []string{art}, notes: []string{}, holds: []string{`title = "Art for none"`},
		},
		"people changed a field, the source nothing": {
			people: func(t *testing.T, dir string) { edit(t, dir, art, "kind = \"event\"", "kind = \"workshop\"") },
			source: rowArt + rowDrum, files: []string{}, notes: []string{}, holds: []string{`kind = "workshop"`},
		},
		"people changed one field, the source another": {
			people: func(t *testing.T, dir string) {
				edit(t, dir, art, "kind = \"event\"", "kind = \"workshop\"\neligibility = \"Those who like it\"")
			},
			source: newText + rowDrum, files: []string{art}, notes: []string{},
			holds: []string{`kind = "workshop"`, `eligibility = "Those who like it"`, "hear inside."}, lacks: []string{"see outside"},
		},
		"both changed the same field": {
			people: func(t *testing.T, dir string) {
				edit(t, dir, art, "summary = \"Come and paint what you see outside.\"", "summary = \"Painting for everyone, outside.\"")
			},
			source: newText + rowDrum, files: []string{art}, notes: []string{"1 import/fields-kept"},
			holds: []string{"Painting for everyone", "hear inside."},
		},
		"people took a field out": {
			people: func(t *testing.T, dir string) { edit(t, dir, art, "lang = \"en\"\n", "") },
			source: newText + rowDrum, files: []string{art}, notes: []string{}, lacks: []string{"lang = "},
		},
		"a field gone from the source": {
			source: strings.Replace(rowArt, "Old Town", "Harbour", 1) + rowDrum,
			files:  []string{art, "vocabularies/places.toml"}, notes: []string{}, holds: []string{`district = "harbour"`},
		},
		"a comment": {
			people: func(t *testing.T, dir string) { edit(t, dir, art, "kind =", "# ask Mona\nkind =") },
			source: newText + rowDrum, files: []string{}, notes: []string{"1 import/file-comments"}, holds: []string{"ask Mona", "see outside"},
		},
		"a number sign that is no comment": {
			people: func(t *testing.T, dir string) { edit(t, dir, art, `title = "Art`, `title = "#1 Art`) },
			source: newText + rowDrum, files: []string{art}, notes: []string{}, holds: []string{"#1 Art", "hear inside"},
		},
		"people broke the file": {
			people: func(t *testing.T, dir string) { edit(t, dir, art, "kind =", "kind") },
			source: newText + rowDrum, files: []string{}, notes: []string{"1 import/file-broken"},
		},
		"people deleted the file": {
			people: func(t *testing.T, dir string) { remove(t, dir, art) },
			source: newText + rowDrum, files: []string{}, notes: []string{"1 import/file-deleted"},
		},
		"gone from the source": {source: rowDrum, files: []string{}, notes: []string{"1 import/row-gone"}, holds: []string{"see outside"}},
		"another provider": {
			source: strings.Replace(rowArt, "Library", "Museum", 1) + rowDrum,
			files:  []string{"providers/museum.md"}, notes: []string{"1 import/provider-changed"},
		},
		"no manifest, same files": {
			people: func(t *testing.T, dir string) { remove(t, dir, ".imports/town.json") },
			source: rowArt + rowDrum, files: []string{}, notes: []string{},
		},
		"no manifest, other files": {
			people: func(t *testing.T, dir string) { remove(t, dir, ".imports/town.json") },
			source: newText + rowDrum, files: []string{}, notes: []string{"1 import/file-foreign"}, holds: []string{"see outside"},
		},
		"edited providers and terms stay": {
			people: func(t *testing.T, dir string) {
				edit(t, dir, "providers/library.md", "name = \"Library\"", "name = \"The Library\"")
				edit(t, dir, "vocabularies/places.toml", "label = {en = \"Old Town\"}", "label = {en = \"The old town\"} # since 1200")
			},
			source: rowArt + strings.Replace(rowDrum, "9;;free", "9;New Town;free", 1),
			files:  []string{drums, "vocabularies/places.toml"}, notes: []string{},
		},
	} {
		t.Run(name, func(t *testing.T) {
			dir, m := t.TempDir(), townMap(t)
			importInto(t, dir, header+rowArt+rowDrum, m)
			if tt.people != nil {
				tt.people(t, dir)
			}
			got := importInto(t, dir, header+tt.source, m)
			if diff := cmp.Diff(tt.files, paths(got)); diff != "" {
				t.Errorf("written (-want +got):\n%s", diff)
			}
			if diff := cmp.Diff(tt.notes, rules(got)); diff != "" {
				t.Errorf("notes (-want +got):\n%s", diff)
			}
			text := files(t, dir)[art]
			for _, s := range tt.holds {
				if !strings.Contains(text, s) {
					t.Errorf("lacks %q:\n%s", s, text)
				}
			}
			for _, s := range tt.lacks {
				if strings.Contains(text, s) {
					t.Errorf("holds %q:\n%s", s, text)
				}
			}
			settled(t, dir, header+tt.source, m)
		})
	}
}

// settled wants that importing the same once more writes nothing.
func settled(t *testing.T, dir, source string, m convert.Map) {
	t.Helper()
	before := files(t, dir)
	if again := importInto(t, dir, source, m); len(again.Files) > 0 {
		t.Errorf("once more writes %v", paths(again))
	}
	if diff := cmp.Diff(before, files(t, dir)); diff != "" {
		t.Errorf("once more changes (-before +after):\n%s", diff)
	}
}

func remove(t *testing.T, dir, path string) {
	t.Helper()
	if err := os.Remove(filepath.Join(dir, path)); err != nil {
		t.Fatal(err)
	}
}

// TestEditsLast wants that what people wrote is still theirs two imports
// later, and that a field which they set back follows the source again.
func TestEditsLast(t *testing.T) {
	dir, m := t.TempDir(), townMap(t)
	importInto(t, dir, header+rowArt, m)
	edit(t, dir, art, "kind = \"event\"", "kind = \"workshop\"")
	for _, word := range []string{"hear", "smell"} {
		importInto(t, dir, header+strings.Replace(rowArt, "see", word, 1), m)
		text := files(t, dir)[art]
		if !strings.Contains(text, `kind = "workshop"`) || !strings.Contains(text, word) {
			t.Errorf("with %q:\n%s", word, text)
		}
	}
	edit(t, dir, art, "kind = \"workshop\"", "kind = \"event\"")
	importInto(t, dir, header+strings.Replace(rowArt, "Art for all", "Art club", 1), m)
	if text := files(t, dir)[art]; !strings.Contains(text, `kind = "club"`) {
		t.Errorf("kind does not follow:\n%s", text)
	}
}

func TestTermsInBrackets(t *testing.T) {
	dir := t.TempDir()
	if err := os.MkdirAll(filepath.Join(dir, "vocabularies"), 0o755); err != nil {
		t.Fatal(err)
	}
	inline := `terms = [{id = "harbour", label = {en = "Harbour"}}]` + "\n"
	if err := os.WriteFile(filepath.Join(dir, "vocabularies/places.toml"), []byte(inline), 0o644); err != nil {
		t.Fatal(err)
	}
	got := importInto(t, dir, header+rowArt, townMap(t))
	if diff := cmp.Diff([]string{" import/terms-inline"}, rules(got)); diff != "" {
		t.Error(diff)
	}
	if text := files(t, dir)["vocabularies/places.toml"]; text != inline {
		t.Errorf("the file became:\n%s", text)
	}
}

// TestPlanFails wants errors for what no file of the map or source caused.
func TestPlanFails(t *testing.T) {
	m := townMap(t)
	result := convertCSV(t, strings.NewReader(header+rowArt), m)
	if _, err := convert.Plan(result, filepath.Join(t.TempDir(), "none")); err == nil {
		t.Error("no folder: no error")
	}
	for _, manifest := range []string{"{", `{"version":2}`} {
		dir := t.TempDir()
		if err := os.Mkdir(filepath.Join(dir, ".imports"), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(dir, ".imports/town.json"), []byte(manifest), 0o644); err != nil {
			t.Fatal(err)
		}
		if _, err := convert.Plan(result, dir); err == nil {
			t.Errorf("manifest %s: no error", manifest)
		}
	}
}

// TestSamePathTwice has ids that differ in signs only.
func TestSamePathTwice(t *testing.T) {
	second := strings.Replace(rowArt, "1;", "1!;", 1)
	got := importInto(t, t.TempDir(), header+rowArt+second, townMap(t))
	want := []string{"opportunities/library/art-for-all-1-2.md", art}
	if diff := cmp.Diff(want, slices.DeleteFunc(paths(got), func(p string) bool { return !strings.HasPrefix(p, "opp") })); diff != "" {
		t.Error(diff)
	}
}
