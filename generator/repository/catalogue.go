package repository

import (
	"bytes"
	"fmt"
	"time"

	"fursa/feeds/issue"
	"fursa/schema"
)

// catalogue is catalogue.toml: every setting explained, and those used that
// are known.
func (w *writer) catalogue() []byte {
	known := []struct {
		field string
		value any
	}{
		{"id", w.URL}, {"name", w.inEach(w.Name, "catalogue.name")}, {"languages", list(w.Languages)},
		{"time_zone", w.TimeZone}, {"currency", w.Currency},
		{"description", w.inEach(nil, "catalogue.description")}, {"country", w.Country},
		{"licence.name", "CC BY 4.0"}, {"licence.url", "https://creativecommons.org/licenses/by/4.0/"},
		{"contact.name", w.Contact.Name}, {"contact.email", w.Contact.Email}, {"contact.phone", w.Contact.Phone},
		{"repository.url", w.Repository}, {"notice", w.inEach(nil, "catalogue.notice")},
	}
	examples := map[string]any{}
	for _, k := range known {
		if k.value != "" {
			examples[k.field] = k.value
		}
	}
	text := schema.Starter(schema.KindCatalogue, w.speakers[0].Lang(), examples)
	for _, k := range known {
		if k.value != "" {
			text = bytes.Replace(text, []byte("\n#"+k.field+" = "), []byte("\n"+k.field+" = "), 1)
		}
	}
	return text
}

func list(values []string) (all []any) {
	for _, v := range values {
		all = append(all, v)
	}
	return all
}

// inEach is a text in each language of the catalogue that it is known in: as
// it was given, else as the examples have it.
func (w *writer) inEach(given schema.Text, key string) map[string]any {
	texts := map[string]any{}
	for _, l := range w.speakers {
		texts[l.Lang()] = l.T(key)
	}
	if len(given) > 0 {
		clear(texts)
	}
	for lang, text := range given {
		texts[lang] = text
	}
	return texts
}

// issueForm is the form of an issue, where the host looks for it.
func (w *writer) issueForm() map[string][]byte {
	form := issue.Form{Languages: w.Languages, Site: w.URL}
	if w.Host == GitLab {
		return map[string][]byte{".gitlab/issue_templates/opportunity.md": form.GitLab()}
	}
	return map[string][]byte{".github/ISSUE_TEMPLATE/opportunity.yml": form.GitHub()}
}

// guides are the guide for those who list something, in each language.
func (w *writer) guides(files map[string][]byte) error {
	for i, l := range w.speakers {
		name := "CONTRIBUTING.md"
		if i > 0 {
			name = "CONTRIBUTING." + l.Lang() + ".md"
		}
		text, err := w.file("files/guide/"+l.Lang()+".md", l)
		if err != nil {
			return err
		}
		files[name] = text
	}
	return nil
}

// Cron is when the site is made each night: soon after midnight in the
// catalogue's time zone, as cron writes an hour of UTC. The minute differs
// from one catalogue to another, since hosts are slow where all ask at once.
func (w *writer) Cron() string {
	zone, err := time.LoadLocation(w.TimeZone)
	if err != nil {
		zone = time.UTC
	}
	minute := 0
	for _, c := range []byte(w.URL) {
		minute = (minute*31 + int(c)) % 50
	}
	night := time.Date(w.Today.Year, w.Today.Month, w.Today.Day, 1, 5+minute, 0, 0, zone).UTC()
	return fmt.Sprintf("%d %d * * *", night.Minute(), night.Hour())
}
