package locale_test

import (
	"encoding/json"
	"maps"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode"

	"github.com/BurntSushi/toml"
	"github.com/google/go-cmp/cmp"

	"fursa/schema/locale"
)

// pluralForms are the forms that CLDR gives each language, sorted.
var pluralForms = map[string][]string{
	"ar": {"few", "many", "one", "other", "two", "zero"},
	"en": {"one", "other"},
}

var placeholder = regexp.MustCompile(`\{\{\.\w+\}\}`)

// readMessages is form → text of each message of a language; a message that
// is not counted has the form "".
func readMessages(t *testing.T, lang string) map[string]map[string]string {
	t.Helper()
	var file map[string]any
	if _, err := toml.DecodeFile("messages/"+lang+".toml", &file); err != nil {
		t.Fatal(err)
	}
	messages := map[string]map[string]string{}
	for key, value := range file {
		messages[key] = map[string]string{}
		switch v := value.(type) {
		case string:
			messages[key][""] = v
		case map[string]any:
			for form, text := range v {
				messages[key][form] = text.(string)
			}
		}
	}
	return messages
}

func placeholders(text string) []string {
	return slices.Compact(slices.Sorted(slices.Values(placeholder.FindAllString(text, -1))))
}

func TestLanguagesHaveTheSameMessages(t *testing.T) {
	english := readMessages(t, "en")
	for _, lang := range locale.Known() {
		messages := readMessages(t, lang)
		if diff := cmp.Diff(slices.Sorted(maps.Keys(english)), slices.Sorted(maps.Keys(messages))); diff != "" {
			t.Errorf("%s: keys (-en +%s):\n%s", lang, lang, diff)
		}
		for key, forms := range messages {
			if _, plain := english[key][""]; plain != (len(forms) == 1) {
				t.Errorf("%s: %s is counted in one language only", lang, key)
			}
			for form, text := range forms {
				checkPlaceholders(t, lang+": "+key+" "+form, form, text, english[key])
			}
		}
	}
}

// checkPlaceholders compares with English, but lets the forms of a single
// number leave the number out: "فرصتان" is two of them.
func checkPlaceholders(t *testing.T, name, form, text string, english map[string]string) {
	t.Helper()
	want := placeholders(english[""] + english["other"])
	got := placeholders(text)
	if slices.Contains([]string{"zero", "one", "two"}, form) {
		isCount := func(s string) bool { return s == "{{.Count}}" }
		got, want = slices.DeleteFunc(got, isCount), slices.DeleteFunc(want, isCount)
	}
	if !slices.Equal(want, got) {
		t.Errorf("%s: placeholders %v, in English %v", name, got, want)
	}
	if strings.Count(text, "{{") != len(placeholder.FindAllString(text, -1)) {
		t.Errorf("%s: %q has something like a placeholder that is none", name, text)
	}
}

func TestCountedMessagesHaveAllForms(t *testing.T) {
	for _, lang := range locale.Known() {
		for key, forms := range readMessages(t, lang) {
			if _, plain := forms[""]; plain {
				continue
			}
			if diff := cmp.Diff(pluralForms[lang], slices.Sorted(maps.Keys(forms))); diff != "" {
				t.Errorf("%s: %s: forms (-want +got):\n%s", lang, key, diff)
			}
		}
	}
}

// products are names that Arabic writes as their makers do.
var products = strings.NewReplacer("Microsoft Teams", "", "Google Classroom", "", "Outlook", "")

// Messages that are only marks, values and names of products in English may be
// so in Arabic.
func TestArabicIsArabic(t *testing.T) {
	english := readMessages(t, "en")
	isArabic := func(r rune) bool { return unicode.Is(unicode.Arabic, r) }
	for key, forms := range readMessages(t, "ar") {
		words := products.Replace(placeholder.ReplaceAllString(english[key][""]+english[key]["other"], ""))
		if !strings.ContainsFunc(words, unicode.IsLetter) {
			continue
		}
		for form, text := range forms {
			if !strings.ContainsFunc(text, isArabic) {
				t.Errorf("%s %s: %q has no Arabic letter", key, form, text)
			}
		}
	}
}

// Every value that a record can hold has a word, so that no page shows
// "teacher-training" or "per.term".
func TestValuesOfRecordsHaveWords(t *testing.T) {
	for _, c := range []struct{ file, path, area string }{
		{"common", "$defs/kind", "kind"},
		{"common", "$defs/kind", "kinds"},
		{"common", "$defs/audience/items", "audience"},
		{"common", "$defs/gender", "gender"},
		{"common", "$defs/mode", "mode"},
		{"common", "$defs/timetable/items", "timetable"},
		{"common", "$defs/supports/items", "supports"},
		{"common", "$defs/per", "per"},
		{"common", "$defs/days/items", "weekday"},
		{"common", "$defs/days/items", "weekday-short"},
		{"opportunity", "properties/status", "status"},
		{"opportunity", "properties/sessions/items/properties/status", "status"},
		{"opportunity", "properties/provides/items", "provides"},
		{"opportunity", "properties/registration/properties/approvals/items/properties/who", "approval"},
		{"opportunity", "properties/materials/items/properties/for", "material"},
		{"provider", "properties/kind", "provider-kind"},
		{"school", "properties/channels/items", "channel"},
	} {
		values := enumeration(t, c.file, c.path)
		if len(values) == 0 {
			t.Errorf("%s.schema.json: no enumeration at %s", c.file, c.path)
		}
		for _, lang := range locale.Known() {
			l := localizer(t, lang, "")
			for _, v := range values {
				if key := c.area + "." + v.(string); l.T(key) == key {
					t.Errorf("%s: no message %s", lang, key)
				}
			}
		}
	}
}

func enumeration(t *testing.T, file, path string) []any {
	t.Helper()
	data, err := os.ReadFile("../" + file + ".schema.json")
	if err != nil {
		t.Fatal(err)
	}
	var node map[string]any
	if err := json.Unmarshal(data, &node); err != nil {
		t.Fatal(err)
	}
	for _, name := range strings.Split(path, "/") {
		node, _ = node[name].(map[string]any)
	}
	values, _ := node["enum"].([]any)
	return values
}
