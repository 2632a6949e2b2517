package generator_test

import (
	"errors"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"fursa/generator"
	"fursa/schema/diag"
)

// sample is the sample catalogue.
const sample = "../content"

var clock = time.Date(2026, 11, 22, 9, 0, 0, 0, time.UTC)

// copied is a copy of the sample in a folder of its own, with files over it.
func copied(t *testing.T, files map[string]string) string {
	t.Helper()
	t.Chdir(t.TempDir())
	return over(t, "content", files)
}

// over copies the sample, which stands beside this package, into a folder.
func over(t *testing.T, dir string, files map[string]string) string {
	t.Helper()
	if err := os.CopyFS(dir, os.DirFS(filepath.Join(packageDir, sample))); err != nil {
		t.Fatal(err)
	}
	for name, text := range files {
		write(t, filepath.Join(dir, filepath.FromSlash(name)), text)
	}
	return dir
}

// packageDir is where this package stands, whatever folder a test goes to.
var packageDir, _ = filepath.Abs(".")

// write writes a file; an empty text removes it.
func write(t *testing.T, name, text string) {
	t.Helper()
	if text == "" {
		if err := os.Remove(name); err != nil {
			t.Fatal(err)
		}
		return
	}
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}

// check is what Check says of some paths, as people read it.
func check(t *testing.T, b *generator.Builder, paths ...string) diag.List {
	t.Helper()
	list, err := b.Check(t.Context(), generator.Input{Content: "content", Clock: clock}, paths)
	if err != nil {
		t.Fatal(err)
	}
	return list
}

func printed(t *testing.T, list diag.List) string {
	t.Helper()
	var out strings.Builder
	if err := diag.Text(&out, list, diag.Style{Lang: "en"}); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

func TestSampleIsSound(t *testing.T) {
	copied(t, nil)
	for _, d := range check(t, generator.NewBuilder()) {
		if d.Severity != diag.Note {
			t.Errorf("%s", printed(t, diag.List{d}))
		}
	}
}

// mistakes are files with something wrong of every sort that needs more than
// the file itself to be seen, or keeps others from being seen.
var mistakes = map[string]string{
	"opportunities/samra-college/unreadable.md":    "+++\ntitle = \n+++\n",
	"opportunities/samra-college/incomplete.md":    "+++\ntitle = \"Half a listing\"\n+++\n",
	"opportunities/samra-college/incomplete.ar.md": "+++\ntitle = \"نصف\"\nmode = \"online\"\n+++\n",
	"opportunities/samra-college/terms.md":         listing("subjects = [\"astronmy\"]\nmode = \"in-person\"\nplace = { name = \"Hall\", district = \"nowhere\" }"),
	"opportunities/samra-college/refers.md":        listing("subjects = [\"astronomy\"]\nmode = \"online\"\nrequires = [\"opportunities/samra-college/incomplete\", \"opportunities/samra-college/unreadable\", \"opportunities/samra-college/nothing\", \"opportunities/samra-college/older\"]\npartners = [\"broken-provider\", \"nobody\"]"),
	"opportunities/samra-college/alias.md":         listing("subjects = [\"astronomy\"]\nmode = \"online\"\naliases = [\"opportunities/samra-college/older\", \"opportunities/samra-college/terms\"]"),
	"opportunities/samra-college/alias-twice.md":   listing("subjects = [\"astronomy\"]\nmode = \"online\"\naliases = [\"opportunities/samra-college/older\"]"),
	"opportunities/samra-college/terms.en.md":      "+++\ntitle = \"The same language\"\n+++\n",
	"opportunities/broken-provider/talk.md":        listing("subjects = [\"astronomy\"]\nmode = \"online\""),
	"opportunities/no-provider/talk.md":            listing("subjects = [\"astronomy\"]\nmode = \"online\""),
	"opportunities/samra-college/lost.ar.md":       "+++\ntitle = \"بلا أصل\"\n+++\n",
	"providers/broken-provider.md":                 "+++\nname = 1\n+++\n",
	"schools/somewhere.toml":                       "name = \"Somewhere School\"\nwant = { subjects = [\"astronmy\"], providers = [\"broken-provider\", \"nobody\"] }\n",
	"badges/broken.toml":                           "name = \"Broken\"\ndescription = \"Given for nothing.\"\ncriteria = \"Do nothing at all.\"\nissuer = \"nobody\"\n",
	"endorsements/samra-college/own.toml":          "covers = [\"opportunities/samra-college/terms\", \"providers/broken-provider\"]\nstatement = \"All of it is good.\"\n",
	"peers/muscat.toml":                            "name = 1\nurl = \"https://muscat.example/\"\n",
	"reviews/muscat.toml":                          "accepted = [\"https://muscat.example/providers/museum\"]\nrefused = [\"https://muscat.example/providers/museum\"]\n",
	"reviews/nizwa.toml":                           "accepted = [\"https://nizwa.example/providers/museum\"]\n",
	"peers/sur.toml":                               "name = \"Learning in Sur\"\nurl = \"https://sur.example/\"\nformat = \"ics\"\ntrust = \"open\"\n",
	"reviews/sur.toml":                             "accepted = [\"https://sur.example/providers/museum\"]\n",
	"blocklists/ours.toml":                         "name = \"Ours\"\nblock = [{id = \"spam.example\"}, {id = \"spam.example\"}]\n",
	"pages/linked.md":                              "+++\ntitle = \"Linked\"\n+++\n[a](opportunities/samra-college/nothing) [b](ftp://x.example) ![c](images/c.png)\n",
	"catalogue.ar.toml":                            "id = \"https://doha.example/\"\n",
}

func listing(fields string) string {
	return "+++\ntitle = \"A talk about stars " + strconv.Itoa(len(fields)) + "\"\nsummary = \"Somebody talks about stars for an hour.\"\nkind = \"talk\"\nages = { min = 8 }\n" +
		"languages = [\"en\"]\nanytime = true\ncost = { amount = 0 }\n" + fields + "\n+++\n"
}

// What Check says of some paths is what it says of everything, as far as it
// concerns these and the catalogue itself.
func TestCheckOfPathsIsPartOfTheWhole(t *testing.T) {
	copied(t, mistakes)
	b := generator.NewBuilder()
	all := check(t, b)
	if !all.Failed() {
		t.Fatal("nothing is wrong")
	}
	var paths []string
	err := fs.WalkDir(os.DirFS("content"), ".", func(p string, e fs.DirEntry, err error) error {
		if ext := path.Ext(p); e.IsDir() && p != "images" || ext == ".md" || ext == ".toml" {
			paths = append(paths, p)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range paths {
		if diff := cmp.Diff(printed(t, restricted(all, p)), printed(t, check(t, b, p))); diff != "" {
			t.Errorf("%s (-the whole's part +the part):\n%s", p, diff)
		}
	}
	some := []string{"providers", "pages/linked.md", "opportunities/samra-college"}
	if diff := cmp.Diff(printed(t, restricted(all, some...)), printed(t, check(t, b, some...))); diff != "" {
		t.Errorf("%v (-the whole's part +the part):\n%s", some, diff)
	}
}

// restricted is what a list says of some paths and of the catalogue.
func restricted(list diag.List, paths ...string) diag.List {
	var part diag.List
	for _, d := range list {
		for _, p := range append(paths, "catalogue.toml") {
			at := path.Join("content", p)
			if d.Span.Source == nil || d.Span.Source.Path == at || strings.HasPrefix(d.Span.Source.Path, at+"/") {
				part = append(part, d)
				break
			}
		}
	}
	return part
}

// All mistakes are told in one run, each once, and blamed on nobody else.
func TestEachMistakeIsToldOnce(t *testing.T) {
	copied(t, mistakes)
	var got []string
	for _, d := range check(t, generator.NewBuilder()) {
		if d.Severity != diag.Note {
			got = append(got, strings.TrimPrefix(d.Span.Source.Path, "content/")+" "+d.Rule)
		}
	}
	want := []string{
		"badges/broken.toml links/unknown-record",
		"blocklists/ours.toml schema/same-id",
		"catalogue.ar.toml schema/no-translations",
		"endorsements/samra-college/own.toml links/self-endorsement",
		"opportunities/no-provider/talk.md links/no-provider",
		"opportunities/samra-college/alias-twice.md links/duplicate-alias",
		"opportunities/samra-college/alias.md links/alias-taken",
		"opportunities/samra-college/incomplete.ar.md schema/not-translated",
		"opportunities/samra-college/incomplete.md schema/ages-missing",
		"opportunities/samra-college/incomplete.md schema/time-missing",
		"opportunities/samra-college/incomplete.md schema/missing-key",
		"opportunities/samra-college/incomplete.md schema/missing-key",
		"opportunities/samra-college/incomplete.md schema/missing-key",
		"opportunities/samra-college/incomplete.md schema/missing-key",
		"opportunities/samra-college/incomplete.md schema/missing-key",
		"opportunities/samra-college/incomplete.md schema/missing-key",
		"opportunities/samra-college/lost.ar.md content/orphan-translation",
		"opportunities/samra-college/refers.md links/unknown-record",
		"opportunities/samra-college/refers.md links/unknown-record",
		"opportunities/samra-college/refers.md links/unknown-record",
		"opportunities/samra-college/terms.en.md links/same-language",
		"opportunities/samra-college/terms.md links/unknown-term",
		"opportunities/samra-college/terms.md links/place-without-address",
		"opportunities/samra-college/terms.md links/unknown-term",
		"opportunities/samra-college/unreadable.md document/missing-value",
		"pages/linked.md links/unknown-record",
		"pages/linked.md links/scheme",
		"pages/linked.md links/missing-image",
		"peers/muscat.toml schema/wrong-type",
		"providers/broken-provider.md schema/wrong-type",
		"reviews/muscat.toml links/accepted-and-refused",
		"reviews/nizwa.toml links/no-peer",
		"reviews/sur.toml links/not-reviewed",
		"schools/somewhere.toml links/unknown-term",
		"schools/somewhere.toml links/unknown-record",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestCheckOfNothing(t *testing.T) {
	copied(t, nil)
	_, err := generator.NewBuilder().Check(t.Context(), generator.Input{Content: "content", Clock: clock}, []string{"opportunities/nobody"})
	if !errors.Is(err, fs.ErrNotExist) || !strings.Contains(err.Error(), "opportunities/nobody") {
		t.Errorf("%v", err)
	}
}

// A broken catalogue.toml is told of alone: nothing can be held against the
// records.
func TestBrokenSettings(t *testing.T) {
	for name, c := range map[string]struct{ text, want string }{
		"unreadable":       {"id = ", "catalogue.toml document/"},
		"incomplete":       {"id = \"https://doha.example/\"\n", "catalogue.toml schema/"},
		"no such zone":     {"id = \"https://doha.example/\"\nname = { en = \"Doha\" }\nlanguages = [\"en\", \"ar\"]\ntime_zone = \"Asia/Dohaa\"\ncurrency = \"QAR\"\n", "catalogue.toml when/unknown-zone"},
		"no settings file": {"", "content/catalogue"},
	} {
		t.Run(name, func(t *testing.T) {
			copied(t, map[string]string{"catalogue.toml": c.text})
			for _, d := range check(t, generator.NewBuilder()) {
				at := d.Rule
				if d.Span.Source != nil {
					at = d.Span.Source.Path + " " + d.Rule
				}
				if d.Severity == diag.Error && !strings.Contains(at, c.want) && !strings.Contains(at, "content/no-catalogue") {
					t.Errorf("%s", printed(t, diag.List{d}))
				}
			}
			if list := check(t, generator.NewBuilder()); !list.Failed() {
				t.Error("nothing is wrong")
			}
		})
	}
}

// What is wrong with a file's words does not hide what is wrong with its times
// or its references.
func TestEveryProblemInOneRun(t *testing.T) {
	inSmall(t, map[string]string{
		"opportunities/museum/stars.md": "+++\ntitle = \"A talk about stars\"\nsummary = \"Somebody talks about stars for an hour.\"\nkind = \"talk\"\nages = { min = 8 }\n" +
			"languages = [\"en\"]\ncost = { amount = 0 }\nsubjects = [\"astronmy\"]\nmode = \"online\"\nfoo = 1\n[[sessions]]\nstart = 2026-12-05T18:00:00\nend = 2026-12-05T17:00:00\n+++\n",
	})
	var rules []string
	for _, d := range check(t, generator.NewBuilder()) {
		if d.Severity == diag.Error {
			rules = append(rules, d.Rule)
		}
	}
	if diff := cmp.Diff([]string{"links/unknown-term", "schema/unknown-key", "when/end-before-start"}, rules); diff != "" {
		t.Error(diff)
	}
}
