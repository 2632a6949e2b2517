package plan_test

import (
	"html/template"
	"strings"
	"testing"

	"fursa/generator/plan"
)

// asTemplate is what html/template makes of a value, but for what we write
// otherwise: a + as it is, and # for an address that may not be.
func asTemplate(t testing.TB, text string, value any) template.HTML {
	t.Helper()
	var b strings.Builder
	if err := template.Must(template.New("").Parse(text)).Execute(&b, value); err != nil {
		t.Fatal(err)
	}
	return template.HTML(strings.NewReplacer("&#43;", "+", "#ZgotmplZ", "#").Replace(b.String()))
}

const (
	linkTemplate  = `<a href="{{.URL}}"{{if .Children}} rel="noopener"{{end}}>{{if .Lang}}<span lang="{{.Lang}}" dir="{{.Dir}}">{{.Text}}</span>{{else}}{{.Text}}{{end}}</a>`
	valueTemplate = `{{if .Lang}}<span lang="{{.Lang}}" dir="{{.Dir}}">{{end}}{{if .URL}}<a href="{{.URL}}">{{.Text}}</a>{{else if .Start}}<time datetime="{{.Start}}">{{.Text}}</time>{{else}}{{.Text}}{{end}}{{if .Lang}}</span>{{end}}`
)

var hostileAddresses = append(hostileURLs[:],
	"/subjects/art/", "/ar/مواضيع/", "https://wa.me/?text=a%20b&x=1+2", "https://example.org/a b'c(d)e\"f", "mailto:a@example.org?subject=x",
	"//example.org/", "#x", " javascript:alert(1)", "java\nscript:alert(1)", "vbscript:x", "https://example.org/\x00\x7f\\^`{|}<>",
)

// Links and values are escaped here as templates would escape them.
func TestMarkupIsThatOfTemplates(t *testing.T) {
	for _, address := range hostileAddresses {
		for _, text := range []string{"plain", hostile, "١ & ٢"} {
			for _, lang := range []string{"", "ar"} {
				link := plan.Link{Text: text, Lang: lang, Dir: "rtl", URL: address}
				if !strings.HasPrefix(address, "/") {
					link.Children = []plan.Link{{}} // only for the template above: to another site
				}
				if got, want := link.HTML(), asTemplate(t, linkTemplate, link); got != want {
					t.Errorf("link:\ngot  %s\nwant %s", got, want)
				}
				for _, value := range []plan.Value{
					{Text: text, Lang: lang, Dir: "rtl", URL: address},
					{Text: text, Lang: lang, Dir: "rtl", Start: "2026-12-05"},
					{Text: text, Lang: lang, Dir: "rtl"},
				} {
					if got, want := value.HTML(), asTemplate(t, valueTemplate, value); got != want {
						t.Errorf("value:\ngot  %s\nwant %s", got, want)
					}
				}
			}
		}
	}
}

func BenchmarkLinkHTML(b *testing.B) {
	link := plan.Link{Text: "Writing and speaking", URL: "https://wa.me/?text=Teen%20Writers%20Studio&x=1"}
	for b.Loop() {
		_ = link.HTML()
	}
}
