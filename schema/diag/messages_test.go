package diag_test

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/BurntSushi/toml"
	"github.com/google/go-cmp/cmp"

	"fursa/schema/diag"
)

// catalogue reads the messages of a language from their files, file by file,
// so that a rule written twice, or in the file of another stage, is seen.
func catalogue(t *testing.T, lang string) map[string]map[string]string {
	t.Helper()
	files, err := filepath.Glob(filepath.Join("messages", lang, "*.toml"))
	if err != nil || len(files) == 0 {
		t.Fatalf("no messages in %s: %v", lang, err)
	}
	all := map[string]map[string]string{}
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		var rules map[string]map[string]string
		if err := toml.Unmarshal(text, &rules); err != nil {
			t.Fatalf("%s: %v", file, err)
		}
		stage := strings.TrimSuffix(filepath.Base(file), ".toml")
		for rule, parts := range rules {
			if !strings.HasPrefix(rule, stage+"/") {
				t.Errorf("%s: %s belongs to another file", file, rule)
			}
			all[rule] = parts
		}
	}
	return all
}

var placeholder = regexp.MustCompile(`\{[^{} ]+\}`)

// shape is rule → part → the placeholders of its text, sorted.
func shape(rules map[string]map[string]string) map[string]map[string][]string {
	out := map[string]map[string][]string{}
	for rule, parts := range rules {
		out[rule] = map[string][]string{}
		for part, text := range parts {
			names := placeholder.FindAllString(text, -1)
			slices.Sort(names)
			out[rule][part] = slices.Compact(names)
		}
	}
	return out
}

// TestTranslations: every rule says the same things, with the same values, in
// every language.
func TestTranslations(t *testing.T) {
	english := shape(catalogue(t, diag.Languages[0]))
	for _, lang := range diag.Languages[1:] {
		if d := cmp.Diff(english, shape(catalogue(t, lang))); d != "" {
			t.Errorf("%s differs from %s (-%s +%s):\n%s", lang, diag.Languages[0], diag.Languages[0], lang, d)
		}
	}
}

var (
	ruleName = regexp.MustCompile(`^[a-z]+/[a-z0-9]+(-[a-z0-9]+)*$`)
	partName = regexp.MustCompile(`^(message|note|hint(-[a-z0-9]+)*)$`)
)

// TestMessages holds each text to the form that all have.
func TestMessages(t *testing.T) {
	for _, lang := range diag.Languages {
		for rule, parts := range catalogue(t, lang) {
			if !ruleName.MatchString(rule) {
				t.Errorf("%s: the rule %q is not stage/problem in kebab case", lang, rule)
			}
			if parts["message"] == "" {
				t.Errorf("%s: %s has no message", lang, rule)
			}
			for part, text := range parts {
				if !partName.MatchString(part) {
					t.Errorf("%s: %s has a part %q", lang, rule, part)
				}
				if text != strings.TrimSpace(text) || text == "" || strings.ContainsAny(text, "\n\r") {
					t.Errorf("%s: %s %s is empty, or not one trimmed line: %q", lang, rule, part, text)
				}
				if strings.HasSuffix(text, ".") && !strings.HasSuffix(text, "…") {
					t.Errorf("%s: %s %s ends with a full stop: %q", lang, rule, part, text)
				}
			}
		}
	}
}

// TestHints: a newcomer is told what to type next, whatever the rule.
func TestHints(t *testing.T) {
	for rule, parts := range catalogue(t, diag.Languages[0]) {
		hinted := false
		for part := range parts {
			hinted = hinted || strings.HasPrefix(part, "hint")
		}
		if !hinted {
			t.Errorf("%s has no hint", rule)
		}
	}
}

func TestRules(t *testing.T) {
	var want []string
	for rule := range catalogue(t, diag.Languages[0]) {
		want = append(want, rule)
	}
	slices.Sort(want)
	if d := cmp.Diff(want, diag.Rules()); d != "" {
		t.Errorf("Rules() (-want +got):\n%s", d)
	}
}

func TestMessageLanguages(t *testing.T) {
	d := diag.New("document/duplicate-key", diag.Span{}, "key", "title").See(diag.Span{})
	for _, c := range []struct{ lang, message, hint, note string }{
		{"en", "title is given twice", "keep one of the two and delete the other", "first given here"},
		{"ar-QA", "الحقل title مكتوب مرتين", "أبقِ واحدًا منهما واحذف الآخر", "كُتب أول مرة هنا"},
		{"fr", "title is given twice", "keep one of the two and delete the other", "first given here"},
	} {
		got := []string{d.Message(c.lang), d.Hint(c.lang), d.Note(c.lang, 0)}
		if diff := cmp.Diff([]string{c.message, c.hint, c.note}, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", c.lang, diff)
		}
	}
	if got, want := d.Hinted("table").Hint("en"), "for a list of several, write each with two brackets: [[title]]"; got != want {
		t.Errorf("hint-table = %q, want %q", got, want)
	}
}
