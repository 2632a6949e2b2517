package main

import (
	"regexp"
	"slices"
	"testing"

	"github.com/BurntSushi/toml"
	"github.com/google/go-cmp/cmp"

	"fursa/schema/diag"
	"fursa/schema/locale"
)

var blank = regexp.MustCompile(`\{\{\.\w+\}\}`)

// What commands say is there in every language, with the same blanks, and in
// Arabic in all its plural forms.
func TestMessages(t *testing.T) {
	said := map[string]map[string]any{}
	for _, lang := range diag.Languages {
		said[lang] = map[string]any{}
		var file map[string]any
		if _, err := toml.DecodeFile("messages/"+lang+".toml", &file); err != nil {
			t.Fatal(err)
		}
		for key, message := range file {
			said[lang][key] = blanks(message)
			forms, counted := message.(map[string]any)
			if !counted || lang != "ar" {
				continue
			}
			for _, form := range locale.PluralForms {
				if forms[form] == nil {
					t.Errorf("%s: %s has no form %q", lang, key, form)
				}
			}
		}
	}
	for _, lang := range diag.Languages {
		if diff := cmp.Diff(said["en"], said[lang]); diff != "" {
			t.Errorf("(-en +%s):\n%s", lang, diff)
		}
	}
}

// blanks are those of a message, sorted, and of a counted one those of its
// form for any other number.
func blanks(message any) []string {
	if forms, ok := message.(map[string]any); ok {
		message = forms["other"]
	}
	return slices.Sorted(slices.Values(blank.FindAllString(message.(string), -1)))
}
