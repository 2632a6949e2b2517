package issue

import (
	"embed"
	"encoding/json"
	"strings"
	"text/template"

	"fursa/schema/locale"
)

//go:embed *.tmpl
var forms embed.FS

// Form is the form for a catalogue's issues. Languages are the catalogue's,
// the leading one first; Site is its address, ending in a slash.
type Form struct {
	Languages []string
	Site      string
}

// question is a field as a form shows it: in all languages at once, since an
// issue's form has one text for everybody.
type question struct {
	ID, Control, Label string
	Help               []string
	Options            []string
	Required           bool
}

// GitHub is the form as .github/ISSUE_TEMPLATE/opportunity.yml.
func (f Form) GitHub() []byte { return f.drawn("github.yml.tmpl") }

// GitLab is the form as .gitlab/issue_templates/opportunity.md: headings with
// room below them, since GitLab has no forms.
func (f Form) GitLab() []byte { return f.drawn("gitlab.md.tmpl") }

func (f Form) drawn(name string) []byte {
	functions := template.FuncMap{"yaml": quoted, "join": func(texts []string) string { return strings.Join(texts, "\n\n") }}
	t := template.Must(template.New(name).Funcs(functions).ParseFS(forms, name))
	var b strings.Builder
	err := t.Execute(&b, map[string]any{
		"Name": strings.Join(f.each("issue.name"), between), "About": strings.Join(f.each("issue.about"), between),
		"Intro": f.each("issue.intro"), "Questions": f.questions(),
	})
	if err != nil {
		panic("issue: " + err.Error())
	}
	return []byte(b.String())
}

// each is a message in each language.
func (f Form) each(key string) (texts []string) {
	for _, l := range speakers(f.Languages) {
		texts = append(texts, l.T(key))
	}
	return texts
}

func (f Form) questions() (all []question) {
	spoken := speakers(f.Languages)
	for _, x := range fields() {
		q := question{ID: strings.ReplaceAll(x.id, ".", "-"), Control: string(x.control), Label: labelIn(x, spoken), Required: x.required}
		for _, l := range spoken {
			if help := x.help(l); help != "" {
				q.Help = append(q.Help, strings.ReplaceAll(help, "{site}", f.Site))
			}
		}
		if x.control == choice || x.control == several {
			for _, o := range x.options(spoken, f.Languages) {
				q.Options = append(q.Options, o.text())
			}
		}
		all = append(all, q)
	}
	return all
}

// labelIn is what a question is called in some languages.
func labelIn(f field, spoken []*locale.Localizer) string {
	var words []string
	for _, l := range spoken {
		words = append(words, f.label(l))
	}
	return option{words: words}.text()
}

// quoted is a text as YAML, of which JSON is a part.
func quoted(text string) string {
	var b strings.Builder
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(text); err != nil {
		panic("issue: " + err.Error())
	}
	return strings.TrimSuffix(b.String(), "\n")
}
