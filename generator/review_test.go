package generator_test

import (
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"fursa/generator"
	"fursa/schema/diag"
)

// What a review of a change tells is what a look at everything tells after it
// and did not tell before; what the sample's schools receive apart, which only
// a change of the school is asked about.
func TestReviewsMissNothing(t *testing.T) {
	dir := t.TempDir()
	if err := os.CopyFS(dir, os.DirFS(sample)); err != nil {
		t.Fatal(err)
	}
	whole, some, in := generator.NewBuilder(), generator.NewBuilder(), generator.Input{Content: dir, Clock: clock}
	before := everything(t, whole, in)
	all := edits(t)
	for _, name := range slices.Sorted(maps.Keys(all)) {
		change, undo := all[name](t, dir)
		after := everything(t, whole, in)
		r, err := some.Review(t.Context(), in, given(change))
		if err != nil {
			t.Fatal(err)
		}
		undo()
		var want, got []string
		for p := range after {
			file, _, _ := strings.Cut(p, " ")
			if !before[p] || slices.Contains(change.Paths, strings.TrimPrefix(file, dir+"/")) {
				want = append(want, p)
			}
		}
		for _, d := range r.Blocking() {
			got = append(got, told(d))
		}
		slices.Sort(want)
		slices.Sort(got)
		if d := cmp.Diff(want, slices.Compact(got)); d != "" {
			t.Errorf("%s (-everything +review):\n%s", name, d)
		}
		for _, d := range r.Before {
			if !before[told(d)] {
				t.Errorf("%s: was not there before: %s", name, told(d))
			}
		}
	}
}

func given(c generator.Change) func() (generator.Change, error) {
	return func() (generator.Change, error) { return c, nil }
}

// told is a problem without what its hint proposes.
func told(d diag.Diagnostic) string {
	return fmt.Sprintf("%s %d–%d %s", d.Span.Source.Path, d.Span.Start, d.Span.End, d.Rule)
}

func everything(t *testing.T, b *generator.Builder, in generator.Input) map[string]bool {
	t.Helper()
	list, err := b.Check(t.Context(), in, nil)
	if err != nil {
		t.Fatal(err)
	}
	all := map[string]bool{}
	for _, d := range list {
		if !strings.HasPrefix(d.Rule, "schools/") {
			all[told(d)] = true
		}
	}
	return all
}

// edit changes files of a content folder, and can undo it.
type edit func(t *testing.T, dir string) (change generator.Change, undo func())

// edits are changes of the sample: records removed, renamed and broken, terms,
// grades, contacts and a language taken away.
func edits(t *testing.T) map[string]edit {
	t.Helper()
	all := map[string]edit{}
	files, i := os.DirFS(sample), 0
	err := fs.WalkDir(files, ".", func(file string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() || file == "catalogue.toml" {
			return err
		}
		text, err := fs.ReadFile(files, file)
		if err != nil {
			return err
		}
		switch i++; {
		case strings.HasPrefix(file, "providers/"):
			all["silence "+file] = rewriting(file, text, regexp.MustCompile(`(?m)^(url|email|phone) = .*\n`).ReplaceAll(text, nil))
			all["remove "+file] = rewriting(file, text, nil)
		case path.Ext(file) == ".md" && i%8 == 0:
			all["break "+file] = rewriting(file, text, slices.Concat(text[:4], []byte("nonsense\n"), text[4:]))
		case i%5 == 0 && strings.HasPrefix(file, "opportunities/") && strings.Count(file, ".") == 1:
			all["copy "+file] = adding(strings.TrimSuffix(file, ".md")+"-again.md", text)
		case i%2 == 0:
			all["rename "+file] = renaming(file, text)
		default:
			all["remove "+file] = rewriting(file, text, nil)
		}
		for i, at := range term.FindAllIndex(text, 6) {
			all[fmt.Sprintf("without term %d of %s", i, file)] = rewriting(file, text, slices.Concat(text[:at[0]], text[at[1]:]))
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	settings, err := fs.ReadFile(files, "catalogue.toml")
	if err != nil {
		t.Fatal(err)
	}
	for i, at := range grade.FindAllIndex(settings, -1) {
		all[fmt.Sprintf("without grade %d", i)] = rewriting("catalogue.toml", settings, slices.Concat(settings[:at[0]], settings[at[1]:]))
	}
	all["without Arabic"] = rewriting("catalogue.toml", settings, []byte(strings.Replace(string(settings), `languages = ["en", "ar"]`, `languages = ["en"]`, 1)))
	return all
}

var (
	term  = regexp.MustCompile(`(?m)^\[\[terms\]\]\n(.+\n)+`)
	grade = regexp.MustCompile(`(?m)^\[\[grades\]\]\n(.+\n)+`)
)

// rewriting writes a file anew; nil removes it.
func rewriting(file string, before, after []byte) edit {
	return func(t *testing.T, dir string) (generator.Change, func()) {
		t.Helper()
		name := filepath.Join(dir, filepath.FromSlash(file))
		err := os.Remove(name)
		if after != nil {
			err = os.WriteFile(name, after, 0o644)
		}
		if err != nil {
			t.Fatal(err)
		}
		return generator.Change{Paths: []string{file}, Before: map[string][]byte{file: before}}, func() {
			if err := os.WriteFile(name, before, 0o644); err != nil {
				t.Fatal(err)
			}
		}
	}
}

// adding writes a file that was not there.
func adding(file string, text []byte) edit {
	return func(t *testing.T, dir string) (generator.Change, func()) {
		t.Helper()
		name := filepath.Join(dir, filepath.FromSlash(file))
		if err := os.WriteFile(name, text, 0o644); err != nil {
			t.Fatal(err)
		}
		return generator.Change{Paths: []string{file}}, func() {
			if err := os.Remove(name); err != nil {
				t.Fatal(err)
			}
		}
	}
}

// renaming gives a file another name, without an alias.
func renaming(file string, text []byte) edit {
	return func(t *testing.T, dir string) (generator.Change, func()) {
		t.Helper()
		slug, rest, _ := strings.Cut(path.Base(file), ".")
		to := path.Join(path.Dir(file), slug+"-renamed."+rest)
		here, there := filepath.Join(dir, filepath.FromSlash(file)), filepath.Join(dir, filepath.FromSlash(to))
		move := func(from, to string) {
			if err := os.Rename(from, to); err != nil {
				t.Fatal(err)
			}
		}
		move(here, there)
		return generator.Change{Paths: []string{file, to}, Before: map[string][]byte{file: text}}, func() { move(there, here) }
	}
}

// A reference is found however its letters are written, an old path that
// somebody else claims too; what was wrong before fails nothing, and is told
// where it has to do with the change.
func TestReviewsFindHiddenReferences(t *testing.T) {
	files := map[string]string{
		"catalogue.toml":             "id = \"https://doha.example/\"\nname = { en = \"Doha\" }\nlanguages = [\"en\"]\ntime_zone = \"Asia/Qatar\"\ncurrency = \"QAR\"\n",
		"vocabularies/subjects.toml": "terms = [{ id = \"arts\", label = { en = \"Arts\" } }]\n",
		"providers/museum.md":        "+++\nname = \"Museum\"\nurl = \"https://museum.example/\"\n+++\n",
	}
	listing := func(name, fields, body string) {
		files["opportunities/museum/"+name+".md"] = "+++\ntitle = \"" + name + " of the arts\"\nsummary = \"What people do here, in one sentence.\"\nkind = \"talk\"\n" +
			"languages = [\"en\"]\nsubjects = [\"arts\"]\nmode = \"online\"\nanytime = true\ncost = { amount = 0 }\nages = { min = 9 }\n" + fields + "+++\n" + body
	}
	listing("night-sky", "", "")
	listing("by-number", `requires = ["opportunities/museum/night\u002Dsky"]`+"\n", "")
	listing("on-two-lines", "requires = [\"\"\"opportunities/museum/night-\\\n   sky\"\"\"]\n", "")
	listing("by-percent", "", "[it](/opportunities/museum/night%2Dsky/)\n")
	listing("claims", `aliases = ["opportunities/museum/day-sky"]`+"\n", "")
	listing("claims-oddly", "  'aliases'\t=\t[\n\"opportunities/museum/day-sky\"\n]\n", "")
	listing("claims-by-number", `"ali\u0061ses" = ["opportunities/museum/day-sky"]`+"\n", "")
	files["opportunities/gallery/the-sky-by-day.md"] = strings.Replace(files["opportunities/museum/night-sky.md"], "anytime = true", "sessions = [{ start = 2026-12-05 }]", 1)
	files["providers/gallery.md"] = files["providers/museum.md"]
	listing("broken", "sumary = \"\"\n", "")
	dir := t.TempDir()
	for name, text := range files {
		to := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(to), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(to, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	const from, to = "opportunities/museum/night-sky.md", "opportunities/museum/day-sky.md"
	if err := os.Remove(filepath.Join(dir, filepath.FromSlash(from))); err != nil {
		t.Fatal(err)
	}
	// The same, in other words and letters, as what another provider lists.
	text := strings.Replace(files["opportunities/gallery/the-sky-by-day.md"], "night-sky of the arts", "The Àrts of night sky", 1)
	if err := os.WriteFile(filepath.Join(dir, filepath.FromSlash(to)), []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
	r, err := generator.NewBuilder().Review(t.Context(), generator.Input{Content: dir, Clock: clock},
		given(generator.Change{Paths: []string{from, to}, Before: map[string][]byte{from: []byte(files[from])}}))
	if err != nil {
		t.Fatal(err)
	}
	got := map[string]string{}
	for _, d := range r.Blocking() {
		got[strings.TrimSuffix(path.Base(d.Span.Source.Path), ".md")] = d.Rule
	}
	want := map[string]string{"day-sky": "links/near-duplicate"}
	for _, name := range []string{"claims", "claims-oddly", "claims-by-number"} {
		want[name] = "links/alias-taken"
	}
	for _, name := range []string{"by-number", "on-two-lines", "by-percent"} {
		want[name] = "links/unknown-record"
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("(-want +got):\n%s", d)
	}
	if len(r.Before) != 0 {
		t.Errorf("what has nothing to do with the change: %v", slices.Collect(maps.Keys(got)))
	}
}
