package schema_test

import (
	"flag"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"fursa/schema"
	"fursa/schema/diag"
	"fursa/schema/document"
)

var update = flag.Bool("update", false, "write the .want files anew")

// Each file of testdata/invalid has one mistake; its .want is what people
// read. They are named «rule.kind.md» or «rule-case.kind.md».
func TestInvalid(t *testing.T) {
	v := schema.NewValidator()
	for _, file := range fixtures(t, "testdata/invalid/*") {
		list := problemsOf(t, v, file)
		got := printed(t, list)
		if *update {
			if err := os.WriteFile(file+".want", []byte(got), 0o666); err != nil {
				t.Fatal(err)
			}
		}
		want, err := os.ReadFile(file + ".want")
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(string(want), got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", file, diff)
		}
		if len(list) != 1 {
			t.Errorf("%s: one mistake has %d messages:\n%s", file, len(list), got)
		}
		testWords(t, file, list)
	}
}

// problemsOf is all that is wrong with a file by itself, in a catalogue of
// Doha.
func problemsOf(t *testing.T, v *schema.Validator, file string) diag.List {
	t.Helper()
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	kind, lang := kindOf(file)
	d, list := document.Parse(&diag.Source{Path: filepath.ToSlash(file), Text: text})
	if d == nil {
		return list
	}
	list = v.Check(kind, lang, d)
	if kind == schema.KindOpportunity && lang == "" && list == nil {
		o, err := schema.Decode[schema.Opportunity](d.Value)
		if err != nil {
			t.Fatal(err)
		}
		zone, err := time.LoadLocation("Asia/Qatar")
		if err != nil {
			t.Fatal(err)
		}
		list = v.Times(o, d, zone)
	}
	return list.Sorted()
}

var placeholder = regexp.MustCompile(`\{[a-z]+\}`)

// testWords sees to it that no language leaves a value out, or a hint.
func testWords(t *testing.T, file string, list diag.List) {
	t.Helper()
	for _, d := range list {
		for _, lang := range diag.Languages {
			texts := []string{d.Message(lang), d.Hint(lang)}
			for i := range d.Related {
				texts = append(texts, d.Note(lang, i))
			}
			if slices.Contains(texts, "") || placeholder.MatchString(strings.Join(texts, " ")) {
				t.Errorf("%s: %s in %s: %q", file, d.Rule, lang, texts)
			}
		}
	}
}

func TestEveryRuleHasAFixture(t *testing.T) {
	v, found := schema.NewValidator(), map[string]bool{}
	files := fixtures(t, "testdata/invalid/*")
	for _, file := range files {
		for _, d := range problemsOf(t, v, file) {
			found[d.Rule] = true
		}
	}
	for _, rule := range diag.Rules() {
		stage, _, _ := strings.Cut(rule, "/")
		if slices.Contains([]string{"document", "schema", "when"}, stage) && !found[rule] {
			t.Errorf("no fixture breaks %s", rule)
		}
	}
	if len(files) < 120 {
		t.Errorf("only %d fixtures", len(files))
	}
}
