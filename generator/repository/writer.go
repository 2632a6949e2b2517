package repository

import (
	"embed"
	"encoding/json"
	"errors"
	"io/fs"
	"path"
	"slices"
	"strings"
	"text/template"

	"fursa/schema/locale"
)

//go:embed all:files texts
var embedded embed.FS

// ahead is how many days from today the example's date is.
const ahead = 28

// writer writes the files in the catalogue's languages.
type writer struct {
	Settings
	// speakers say the examples' words: the catalogue's languages that there
	// are words in, in their order; English where there are none.
	speakers []*locale.Localizer
	shared   *template.Template
}

func newWriter(s Settings) (*writer, error) {
	if len(s.Languages) == 0 {
		return nil, errors.New("a catalogue has at least one language")
	}
	w := &writer{Settings: s}
	texts := locale.Messages{}
	for _, lang := range locale.Known() {
		text, err := embedded.ReadFile("texts/" + lang + ".toml")
		if err != nil {
			return nil, err
		}
		texts[lang] = text
	}
	spoken := slices.DeleteFunc(slices.Clone(s.Languages), func(lang string) bool { return texts[lang] == nil })
	if len(spoken) == 0 {
		spoken = []string{"en"}
	}
	for _, lang := range spoken {
		l, err := locale.New(lang, "latn", texts)
		if err != nil {
			return nil, err
		}
		w.speakers = append(w.speakers, l)
	}
	var err error
	w.shared, err = template.New("").Delims("<%", "%>").Funcs(words(w.speakers[0])).ParseFS(embedded, "files/*.tmpl")
	return w, err
}

// words are functions for templates: «text» is a word of the examples, «say»
// the same between quotation marks, and «quote» puts them around any text.
func words(l *locale.Localizer) template.FuncMap {
	text := func(key string) string { return strings.TrimSpace(l.T(key)) }
	return template.FuncMap{"text": text, "say": func(key string) string { return quote(text(key)) }, "quote": quote}
}

// quote is a text between quotation marks, as JSON, YAML and TOML have them.
func quote(text string) string {
	var b strings.Builder
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(text); err != nil {
		panic("repository: " + err.Error())
	}
	return strings.TrimSuffix(b.String(), "\n")
}

// folder adds the files of an embedded folder. One with LANG in its name
// stands once for each language beside the leading one.
func (w *writer) folder(root string, files map[string][]byte) error {
	return fs.WalkDir(embedded, root, func(name string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		to := strings.TrimPrefix(name, root+"/")
		if !strings.Contains(to, ".LANG.") {
			files[to], err = w.file(name, w.speakers[0])
			return err
		}
		for _, l := range w.speakers[1:] {
			if files[strings.Replace(to, ".LANG.", "."+l.Lang()+".", 1)], err = w.file(name, l); err != nil {
				return err
			}
		}
		return nil
	})
}

// file is an embedded file in a language.
func (w *writer) file(name string, l *locale.Localizer) ([]byte, error) {
	text, err := embedded.ReadFile(name)
	if err != nil {
		return nil, err
	}
	t, err := w.shared.Clone()
	if err != nil {
		return nil, err
	}
	if t, err = t.Funcs(words(l)).New(path.Base(name)).Parse(string(text)); err != nil {
		return nil, err
	}
	var b strings.Builder
	if err := t.Execute(&b, w); err != nil {
		return nil, err
	}
	return []byte(strings.TrimRight(b.String(), "\n") + "\n"), nil
}

// What follows is what the files' templates ask for.

// LangLine says which language an example is in, where that is another of the
// catalogue's than the first. Where it is none of them, its words are to be
// replaced anyway.
func (w *writer) LangLine() string {
	if lang := w.speakers[0].Lang(); slices.Index(w.Languages, lang) > 0 {
		return "lang = " + quote(lang) + "\n"
	}
	return ""
}

// Spoken are the catalogue's languages as a list of TOML.
func (w *writer) Spoken() string {
	quoted := make([]string, len(w.Languages))
	for i, lang := range w.Languages {
		quoted[i] = quote(lang)
	}
	return "[" + strings.Join(quoted, ", ") + "]"
}

// Arabic says whether Arabic is one of the languages.
func (w *writer) Arabic() bool { return slices.Contains(w.Languages, "ar") }

// Day is the date of the example.
func (w *writer) Day() string { return w.Today.AddDays(ahead).String() }

// Title is the catalogue's name in the leading language.
func (w *writer) Title() string {
	for _, lang := range append([]string{w.Languages[0]}, w.Languages...) {
		if name := w.Name[lang]; name != "" {
			return name
		}
	}
	return w.speakers[0].T("catalogue.name")
}

// OwnerName is who must agree, or a word to be replaced.
func (w *writer) OwnerName() string {
	if w.Owner == "" {
		return "@OWNER"
	}
	return w.Owner
}

// Guard is what stands before the lines of CODEOWNERS: a # where there is no
// owner, since a host passes over the whole of a line with an unknown one.
func (w *writer) Guard() string {
	if w.Owner == "" {
		return "# "
	}
	return ""
}

// Schemas are the kinds whose files are TOML, with the patterns of their
// files.
func (w *writer) Schemas() []editorSchema { return editorSchemas() }

// OnGitLab says whether it is GitLab that keeps the repository.
func (w *writer) OnGitLab() bool { return w.Host == GitLab }
