package themes_test

import (
	"bytes"
	"html/template"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"fursa/schema/diag"
	"fursa/themes"
)

func functions(prefix string) template.FuncMap {
	return template.FuncMap{
		"t":     func(key string, args ...any) string { return prefix + key },
		"phone": func(s string) string { return s },
		"asset": func(s string) (string, error) { return s, nil },
		"facts": func(list any) string { return "" },
		"items": func(list any) string { return "" },
	}
}

func load(t *testing.T, files map[string]string) (*themes.Theme, diag.List) {
	t.Helper()
	over := fstest.MapFS{}
	for name, text := range files {
		over[name] = &fstest.MapFile{Data: []byte(text)}
	}
	theme, list, err := themes.Load(over, "mine", functions(""))
	if err != nil {
		t.Fatal(err)
	}
	return theme, list
}

// render executes a template in a «language» whose messages begin with en:.
func render(t *testing.T, theme *themes.Theme, name string, data any) string {
	t.Helper()
	templates, err := theme.With(functions("en:"), func(key string) string { return "en:" + key })
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	if err := templates.ExecuteTemplate(&b, name, data); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestAFileReplacesOne(t *testing.T) {
	theme, list := load(t, map[string]string{
		"templates/card.html": `<li>{{.Title.Text}}</li>`,
		"styles/more.css":     `a { color: teal }`,
	})
	if len(list) > 0 {
		t.Fatal(list)
	}
	type text struct{ Text string }
	if got := render(t, theme, "card", map[string]any{"Title": text{"a <b>"}}); got != "<li>a &lt;b&gt;</li>" {
		t.Errorf("the card is %s", got)
	}
	sheet, _ := theme.StyleSheet("")
	if s := string(sheet); !strings.Contains(s, "a{color:teal}") || !strings.Contains(s, ".card") {
		t.Errorf("the styles are %s", s)
	}
	plain, _ := load(t, nil)
	if plain.Hash == theme.Hash {
		t.Error("two themes have one hash")
	}
}

// What is put in once is what every page would have made of it.
func TestWithPutsIn(t *testing.T) {
	theme, list := load(t, map[string]string{
		"templates/said.html":  `<p title="{{t "a&b"}}">{{t "c<d"}}{{with .X}}{{t "in with"}}{{end}}{{range .Y}}{{t "each"}}{{else}}{{t "none"}}{{end}}{{t "args" "n" 1}}</p>`,
		"templates/outer.html": `<b{{template "inner" .}}>{{template "other" .X}}</b>`,
		"templates/inner.html": `{{if .X}} id="{{.X}}"{{end}}`,
		"templates/other.html": `{{if .}}{{.}}{{end}}`,
	})
	if len(list) > 0 {
		t.Fatal(list)
	}
	got := render(t, theme, "said", map[string]any{"X": "x", "Y": nil})
	if diff := cmp.Diff(`<p title="en:a&amp;b">en:c&lt;den:in withen:noneen:args</p>`, got); diff != "" {
		t.Error(diff)
	}
	got = render(t, theme, "outer", map[string]any{"X": `"><i>`})
	if diff := cmp.Diff(`<b id="&#34;&gt;&lt;i&gt;">&#34;&gt;&lt;i&gt;</b>`, got); diff != "" {
		t.Error(diff)
	}
}

func TestABrokenTemplateIsTold(t *testing.T) {
	_, list := load(t, map[string]string{"templates/card.html": "<li>\n{{if .Title}}\n{{nothing .}}\n{{end}}</li>"})
	if len(list) != 1 || list[0].Rule != "theme/template" {
		t.Fatal(list)
	}
	at := list[0].Span
	if got := at.Source.Position(at.Start).Line; at.Source.Path != "mine/templates/card.html" || got != 3 {
		t.Errorf("%s, line %d", at.Source.Path, got)
	}
	if m := list[0].Message("en"); !strings.Contains(m, `function "nothing" not defined`) {
		t.Error(m)
	}
}
