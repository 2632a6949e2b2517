package schema_test

import (
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"fursa/schema"
	"fursa/schema/diag"
	"fursa/schema/document"
)

func TestFormat(t *testing.T) {
	for _, c := range []struct{ name, path, text, want string }{
		{"in the order of the schema", "about.page.md", `+++
menu = 2.0
title='About "us"'
+++


Text

	code

`, "+++\ntitle = \"About \\\"us\\\"\"\nmenu = 2\n+++\n\nText\n\n\tcode\n"},
		{"sections for what the schema has as such", "a.school.toml", "slots = [{day = \"sun\", to = 08:45, from = 08:00}]\nname = \"Al Noor\"",
			"name = \"Al Noor\"\n\n[[slots]]\nday = \"sun\"\nfrom = 08:00:00\nto = 08:45:00\n"},
		{"a translation gets no more keys than it has", "a.opportunity.ar.md", "+++\nsummary = \"x\"\ntitle = \"y\"\n+++\n", "+++\ntitle = \"y\"\nsummary = \"x\"\n+++\n"},
		{"carriage returns and a byte order mark", "a.page.md", "\ufeff+++\r\ntitle = \"\"\"\r\na\r\nb\"\"\"\r\n+++\r\nText\r\n", "+++\ntitle = \"\"\"\na\nb\"\"\"\n+++\n\nText\n"},
		{"remarks keep all in its place", "a.school.toml", `

# Our school.


  name='Al Noor'   # as on the sign
grades = [ "9","10" ]
languages = ["en",  # first
  "ar"]
place   .name = "Gate 3"
# Hours
   [[ slots ]]
day = "sun"
from = 08:00
to = "08:45:00"
`, `# Our school.

name = "Al Noor" # as on the sign
grades = ["9", "10"]
languages = ["en",  # first
  "ar"]
place.name = "Gate 3"
# Hours
[[ slots ]]
day = "sun"
from = 08:00:00
to = "08:45:00"
`},
		{"a key that nobody knows is kept", "a.page.md", "+++\nsumary = 'x'\ntitle='y'\n+++\n", "+++\nsumary = \"x\"\ntitle = \"y\"\n+++\n"},
		{"no fields", "a.page.md", "+++\n+++\n", "+++\n+++\n"},
		{"nothing but a remark", "a.page.md", "+++\n\n#x\n+++\n", "+++\n#x\n+++\n"},
		{"an empty section is not lost", "a.school.toml", "name = \"x\"\n[want]\n", "name = \"x\"\n[want]\n"},
	} {
		if d := cmp.Diff(c.want, formatted(t, c.path, c.text)); d != "" {
			t.Errorf("%s (-want +got):\n%s", c.name, d)
		}
	}
}

// formatted is a text in canonical form, which is that of itself.
func formatted(t *testing.T, path, text string) string {
	t.Helper()
	kind, _ := kindOf(path)
	once := string(schema.Format(kind, parse(t, path, text)))
	if d := cmp.Diff(once, string(schema.Format(kind, parse(t, path, once)))); d != "" {
		t.Errorf("%s: twice is not once (-once +twice):\n%s", path, d)
	}
	return once
}

// Every file at hand says the same in its canonical form, and has that form
// then.
func TestFormatIsStable(t *testing.T) {
	count := 0
	for path, text := range recordFiles(t) {
		d, problems := document.Parse(&diag.Source{Path: path, Text: text})
		if d == nil {
			if len(problems) == 0 {
				t.Errorf("%s: no document", path)
			}
			continue
		}
		count++
		after := parse(t, path, formatted(t, path, string(text)))
		if d := cmp.Diff(d.Value, after.Value); d != "" {
			t.Errorf("%s says something else (-before +after):\n%s", path, d)
		}
		if d := cmp.Diff(strings.Trim(d.Body, "\n"), strings.Trim(after.Body, "\n")); d != "" {
			t.Errorf("%s: body (-before +after):\n%s", path, d)
		}
	}
	if count < 100 {
		t.Errorf("only %d files", count)
	}
}

// recordFiles are the files of the sample catalogue and of the fixtures, named as
// fixtures are.
func recordFiles(t *testing.T) map[string][]byte {
	t.Helper()
	kinds := map[string]string{
		"opportunities": "opportunity", "providers": "provider", "schools": "school", "pathways": "pathway", "badges": "badge",
		"endorsements": "endorsement", "peers": "peer", "reviews": "review", "blocklists": "blocklist", "vocabularies": "vocabulary", "pages": "page",
	}
	files := map[string][]byte{}
	for _, root := range []string{"../content", "../examples", "testdata"} {
		err := filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
			if err != nil || entry.IsDir() || !strings.HasSuffix(path, ".md") && !strings.HasSuffix(path, ".toml") {
				return err
			}
			text, err := os.ReadFile(path)
			name := filepath.Base(path)
			if root != "testdata" {
				stem, ending, _ := strings.Cut(name, ".")
				kind, _, _ := strings.Cut(strings.TrimPrefix(filepath.ToSlash(path), root+"/"), "/")
				if kinds[kind] == "" {
					return err
				}
				name = stem + "." + kinds[kind] + "." + ending
			}
			files[filepath.Join(filepath.Dir(path), name)] = text
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	return files
}
