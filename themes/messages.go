package themes

import (
	"fmt"
	"maps"
	"path"
	"slices"
	"strings"

	"fursa/schema"
	"fursa/schema/diag"
	"fursa/schema/document"
	"fursa/schema/locale"
)

// Messages are the theme's own messages as TOML, by language: words that its
// templates ask for and the site does not have, or says in another way.
func (t *Theme) Messages() locale.Messages {
	all := locale.Messages{}
	for lang, src := range t.messages {
		all[lang] = src.Text
	}
	return all
}

// addMessages takes a file of messages, and says what is wrong with it: each
// is a text, or a table of a text for each plural form.
func (t *Theme) addMessages(src *diag.Source) diag.List {
	d, list := document.Parse(src)
	if d == nil {
		return list
	}
	for _, key := range slices.Sorted(maps.Keys(d.Value)) {
		if !isMessage(d.Value[key]) {
			list = append(list, diag.New("theme/message-form", d.Span("/"+strings.NewReplacer("~", "~0", "/", "~1").Replace(key)), "key", key))
		}
	}
	if list.Failed() {
		return list
	}
	lang := strings.TrimSuffix(path.Base(src.Path), ".toml")
	if _, err := locale.Keys(locale.Messages{lang: src.Text}); err != nil {
		return diag.List{diag.New("theme/messages-file", diag.Span{Source: src}, "problem", err)}
	}
	t.messages[lang] = src
	return list
}

func isMessage(value any) bool {
	forms, counted := value.(map[string]any)
	if !counted {
		_, text := value.(string)
		return text
	}
	for form, value := range forms {
		if _, text := value.(string); !text || !slices.Contains(locale.PluralForms, form) {
			return false
		}
	}
	return len(forms) > 0
}

// keys are the keys of all messages that templates can ask for, sorted.
func (t *Theme) keys() ([]string, error) {
	keys, err := locale.Keys(t.Messages())
	if err != nil {
		return nil, fmt.Errorf("theme: %w", err)
	}
	return keys, nil
}

// unknownMessage says that there is no message of a key.
func unknownMessage(at diag.Span, key string, known []string) diag.Diagnostic {
	d := diag.New("theme/message", at, "key", key)
	if near, ok := schema.Near(key, known); ok {
		d.Args = append(d.Args, diag.Args("near", near)...)
		return d.Hinted("near")
	}
	return d
}
