package themes_test

import (
	"fmt"
	"html/template"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// link and view are what the templates of these tests see.
type link struct {
	Text, URL string
	Count     int
	Below     []link
}

type frame struct{ Lang string }

type view struct {
	frame
	Title string
	Link  *link
	Other *link
	Links []link
	ByID  map[string]link
	Body  template.HTML
	Any   any
	Price float64
}

// Full is a method without parameters.
func (view) Full() string { return "full" }

// Path is one with a parameter.
func (*view) Path(string) string { return "path" }

// problems are those of a template «page» that is given a view, as line:column
// rule message.
func problems(t *testing.T, files map[string]string) []string {
	t.Helper()
	over := map[string]string{}
	for name, text := range files {
		over["templates/"+name+".html"] = text
	}
	theme, list := load(t, over)
	more, err := theme.Check(map[string]any{"page": view{}})
	if err != nil {
		t.Fatal(err)
	}
	var told []string
	for _, d := range append(list, more...).Sorted() {
		at := d.Span.Source.Position(d.Span.Start)
		told = append(told, fmt.Sprintf("%d:%d %s: %s", at.Line, at.Column, d.Rule, d.Message("en")))
	}
	return told
}

// Whatever is no mistake passes, above all what depends on a type that is not
// known.
func TestSoundTemplates(t *testing.T) {
	for _, text := range []string{
		`{{.Title}}{{.Full}}{{.Body}}{{.Price}}{{.Lang}}{{.Any}}{{with .Any}}{{.Whatever.Else}}{{end}}`,
		`{{with .Link}}{{.Text}}{{$.Title}}{{else}}{{.Title}}{{end}}`,
		`{{with or .Link .Other}}{{.Text}}{{end}}{{with or .Link .Title}}{{.Whatever}}{{end}}`,
		`{{range .Links}}{{.Text}}{{range .Below}}{{.URL}}{{break}}{{end}}{{else}}{{.Title}}{{end}}`,
		`{{range $i, $l := .Links}}{{if $i}}, {{end}}{{$l.Text}}{{end}}{{range $key, $l := .ByID}}{{$key}}{{$l.URL}}{{end}}`,
		`{{range 3}}{{.}}{{end}}{{range $i := 3}}{{$i}}{{end}}`,
		`{{$x := .Title}}{{if .Link}}{{$x = .Link}}{{end}}{{$x.Whatever}}`,
		`{{with index .Links 0}}{{.Text}}{{end}}{{with index .ByID "a"}}{{.URL}}{{end}}{{(index .Links 0).Text}}`,
		`{{if and .Title (not .Link)}}{{len .Links}}{{end}}{{if eq .Title "a" "b"}}{{end}}{{if gt (len .Links) 2}}{{end}}`,
		`{{printf "%d" 3 | print}}{{t "list.empty"}}{{t .Title}}{{t "list.subject" "name" .Price}}{{.Title | phone}}`,
		`{{define "twig"}}{{range .}}{{.Text}}{{template "twig" .Below}}{{end}}{{end}}{{template "twig" .Links}}`,
		`{{with .Link}}{{template "link-text" .}}{{end}}{{block "own" .Title}}{{.}}{{end}}`,
		`<a{{if .Title}} title="{{.Title}}"{{end}} href="{{with .Link}}{{.URL}}{{end}}">{{with $l := .Other}}{{$l.Count}}{{end}}</a>`,
		`{{/* a comment */}}{{- .Title -}}{{with .Link}}{{else with .Other}}{{.Text}}{{end}}`,
	} {
		files := map[string]string{"page": text, "link-text": `{{.Text}}`}
		if got := besides(problems(t, files)); got != nil {
			t.Errorf("%s\n%v", text, got)
		}
	}
}

// besides leaves out that link-text is not used by each of the templates.
func besides(got []string) []string {
	var rest []string
	for _, s := range got {
		if s != "1:1 theme/unused-template: no page uses the template link-text" {
			rest = append(rest, s)
		}
	}
	return rest
}

func TestBrokenTemplates(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"{{.Titel}}", "1:3 theme/field: there is no .Titel in view"},
		{"{{.frame}}", "1:3 theme/field: there is no .frame in view"},
		{"\n {{ .Title.Text }}", "2:11 theme/field: there is no .Text in text"},
		{"{{range .Links}}{{$.Titel}}{{end}}", "1:20 theme/field: there is no .Titel in view"},
		{"{{range $l := .Links}}{{$l.Txt}}{{end}}", "1:27 theme/field: there is no .Txt in link"},
		{"{{range .Links}}{{else}}{{.Text}}{{end}}", "1:27 theme/field: there is no .Text in view"},
		{"{{with .Link}}{{else with .Othr}}{{end}}", "1:27 theme/field: there is no .Othr in view"},
		{"{{if or .Title .Nope}}{{end}}", "1:16 theme/field: there is no .Nope in view"},
		{"{{if not (and .Title .Nope)}}{{end}}", "1:22 theme/field: there is no .Nope in view"},
		{"{{with or .Link .Other}}{{.Txt}}{{end}}", "1:27 theme/field: there is no .Txt in link"},
		{"{{(index .Links 0).Txt}}", "1:19 theme/field: there is no .Txt in link"},
		{"{{.ByID.museum.Txt}}", "1:15 theme/field: there is no .Txt in link"},
		{"{{t .Nope}}", "1:5 theme/field: there is no .Nope in view"},
		{"{{.Nope | t}}", "1:3 theme/field: there is no .Nope in view"},
		{`{{template "twig" .Links}}{{define "twig"}}{{range .}}{{.Txt}}{{template "twig" .Below}}{{end}}{{end}}`, "1:57 theme/field: there is no .Txt in link"},
		{`{{template "link-text"}}`, "1:3 theme/field: there is no .Text in nothing"},
		{`{{template "lnk-text" .}}`, `1:12 theme/missing-template: there is no template lnk-text`},
		{"{{range .Title}}{{end}}", "1:9 theme/template: this template does not work: range goes through lists, and this is text"},
		{"{{.Title 3}}", "1:3 theme/template: this template does not work: .Title is no function, and takes no values"},
		{"{{.Path}}", "1:3 theme/template: this template does not work: Path takes 1 values, and is given 0"},
		{"{{phone 3}}", "1:9 theme/template: this template does not work: phone takes text here, and this is 3"},
		{"{{t .Body}}", "1:5 theme/template: this template does not work: t takes text here, and this is HTML"},
		{"{{phone}}", "1:3 theme/template: this template does not work: phone takes 1 values, and is given 0"},
		{"{{if eq .Title 3}}{{end}}", `1:16 theme/template: this template does not work: eq can't compare text with 3`},
		{"{{if eq .Title}}{{end}}", `1:6 theme/template: this template does not work: eq takes at least 2 values, and is given 1`},
		{"{{len .Price}}", "1:7 theme/template: this template does not work: len counts lists and texts, and this is a number"},
		{"{{index .Link 0}}", "1:9 theme/template: this template does not work: index takes an entry of a list, and this is link"},
		{`{{t "list.empyt"}}`, `1:5 theme/message: there is no message list.empyt`},
		{`{{asset "a.svg"}}`, `1:9 theme/asset: the theme has no file assets/a.svg`},
		{"{{.Link.URL}}", "1:3 theme/absent: .Link is not there on every page"},
		{"{{$l := .Link}}{{$l.URL}}", "1:18 theme/absent: $l is not there on every page"},
		{"{{.Links}}", "1:3 theme/not-text: .Links is a list of link, which is no text"},
		{`<a title="{{.Title}}>x</a>`, "1:10 theme/template: this template does not work: the tag or quoted value that begins here does not end"},
		{`<a {{if .Title}}title="{{end}}">x</a>`, "1:9 theme/template: this template does not work: the branches of a condition or loop end in different places of the markup, as within a tag and after it"},
		{"<p>\n{{if .Title}}", "2:1 theme/template: this template does not work: unexpected EOF"},
		{"<p>\n<b>{{.Title}", `2:12 theme/template: this template does not work: bad character U+007D '}'`},
		{"{{ .Title }}{{ $x }}", `1:16 theme/template: this template does not work: undefined variable "$x"`},
	} {
		files := map[string]string{"page": c.text, "link-text": `{{.Text}}`}
		if diff := cmp.Diff([]string{c.want}, besides(problems(t, files))); diff != "" {
			t.Errorf("%s (-want +got):\n%s", c.text, diff)
		}
	}
}
