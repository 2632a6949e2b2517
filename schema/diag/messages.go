package diag

import (
	"embed"
	"fmt"
	"io/fs"
	"maps"
	"slices"
	"strings"
	"sync"

	"github.com/BurntSushi/toml"
)

//go:embed messages
var messageFiles embed.FS

// Languages are those that messages are written in; the first is the one
// that any other language falls back to.
var Languages = []string{"en", "ar"}

// messages are language → rule → part («message», «hint», «hint-…», «note»).
var messages = sync.OnceValue(func() map[string]map[string]map[string]string {
	all := map[string]map[string]map[string]string{}
	for _, lang := range Languages {
		all[lang] = map[string]map[string]string{}
		files, err := fs.Glob(messageFiles, "messages/"+lang+"/*.toml")
		if err != nil {
			panic(err)
		}
		for _, file := range files {
			var rules map[string]map[string]string
			if _, err := toml.DecodeFS(messageFiles, file, &rules); err != nil {
				panic(fmt.Sprintf("diag: %s: %v", file, err))
			}
			maps.Copy(all[lang], rules)
		}
	}
	return all
})

// Rules are the names of all rules, sorted.
func Rules() []string {
	return slices.Sorted(maps.Keys(messages()[Languages[0]]))
}

// Message says what is wrong, in the language.
func (d Diagnostic) Message(lang string) string {
	return fill(text(lang, d.Rule, "message"), d.Args)
}

// Hint says what to do next, in the language; empty where the message says
// it all.
func (d Diagnostic) Hint(lang string) string {
	if d.Variant != "" {
		return fill(text(lang, d.Rule, "hint-"+d.Variant), d.Args)
	}
	return fill(text(lang, d.Rule, "hint"), d.Args)
}

// Note says what the i-th related place has to do with the problem.
func (d Diagnostic) Note(lang string, i int) string {
	return fill(text(lang, d.Rule, "note"), d.Related[i].Args)
}

func text(lang, rule, part string) string {
	for _, l := range []string{base(lang), Languages[0]} {
		if s := messages()[l][rule][part]; s != "" {
			return s
		}
	}
	if part == "message" {
		return rule
	}
	return ""
}

// base is the language of a tag, without region or script.
func base(lang string) string {
	tag, _, _ := strings.Cut(lang, "-")
	return tag
}

// fill puts values in the places of their names: "unknown key {key}".
func fill(s string, args []Arg) string {
	pairs := make([]string, 0, 2*len(args))
	for _, a := range args {
		pairs = append(pairs, "{"+a.Name+"}", a.Value)
	}
	return strings.NewReplacer(pairs...).Replace(s)
}
