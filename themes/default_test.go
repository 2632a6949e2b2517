package themes_test

import (
	"io/fs"
	"strings"
	"testing"

	"github.com/BurntSushi/toml"

	"fursa/themes"
)

// defaults are the default theme's files of a pattern.
func defaults(pattern string) []string {
	names, err := fs.Glob(themes.Default(), pattern)
	if err != nil {
		panic(err)
	}
	return names
}

// messages are the words of a language that scripts say.
func messages(t testing.TB, lang string) map[string]string {
	t.Helper()
	var all map[string]any
	if _, err := toml.DecodeFile("../schema/locale/messages/"+lang+".toml", &all); err != nil {
		t.Fatal(err)
	}
	words := map[string]string{}
	for key, text := range all {
		if name, ok := strings.CutPrefix(key, "script."); ok {
			words[name] = text.(string)
		}
	}
	return words
}

// whole is the default theme.
func whole(t testing.TB) *themes.Theme {
	t.Helper()
	theme, list, err := themes.Load(nil, "", functions(""))
	if err != nil || len(list) > 0 {
		t.Fatal(err, list)
	}
	return theme
}
