package schema_test

import (
	"flag"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"fursa/schema"
	"fursa/schema/diag"
)

var update = flag.Bool("update", false, "write the .want files anew")

// Each file of testdata/invalid has one mistake, or one to a line; its .want
// is what people read. They are named «rule.kind.md».
func TestInvalid(t *testing.T) {
	v := schema.NewValidator()
	for _, file := range fixtures(t, "testdata/invalid/*") {
		kind, lang := kindOf(file)
		list := v.Check(kind, lang, fixture(t, file))
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
		if diff := cmp.Diff(string(want), got); diff != "" || got == "" {
			t.Errorf("%s (-want +got):\n%s", file, diff)
		}
		testWords(t, file, list)
	}
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
	v := schema.NewValidator()
	found := map[string]bool{"schema/deadline-after-start": true} // of Times
	for _, file := range fixtures(t, "testdata/invalid/*") {
		kind, lang := kindOf(file)
		for _, d := range v.Check(kind, lang, fixture(t, file)) {
			found[d.Rule] = true
		}
	}
	for _, rule := range diag.Rules() {
		if strings.HasPrefix(rule, "schema/") && !found[rule] {
			t.Errorf("no fixture breaks %s", rule)
		}
	}
}
