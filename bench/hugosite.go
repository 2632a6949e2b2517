package main

import (
	"bytes"
	"fmt"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/BurntSushi/toml"
)

// hugoSite writes a content folder as Hugo wants it.
type hugoSite struct {
	from, to string
	made     string           // Fursa's own site of the same
	bands    []map[string]any // of ages, from catalogue.toml
	grades   []map[string]any
	kinds    []string
	years    []string
	months   []string          // those that have sessions: 2021-06
	labels   map[string]string // of terms and providers, for the templates
}

// writeHugoSite makes the source of Hugo's site: the templates of bench/hugo
// and pages of the content folder's listings, terms and providers.
func (w *workspace) writeHugoSite(content, dir string) error {
	fmt.Fprintln(w.log, "writing Hugo's files")
	templates := filepath.Join(w.repository, "bench", "hugo")
	if err := os.CopyFS(w.path(dir), os.DirFS(templates)); err != nil {
		return err
	}
	if err := w.built(content); err != nil {
		return err
	}
	s := &hugoSite{from: w.path(content), to: w.path(dir), made: w.path(site), labels: map[string]string{}, months: []string{today[:len("2021-06")]}}
	for _, step := range []func() error{s.settings, s.listings, s.terms, s.providers, s.calendar, s.writeLabels, s.theme} {
		if err := step(); err != nil {
			return err
		}
	}
	return nil
}

func (s *hugoSite) settings() error {
	var settings struct {
		Bands  []map[string]any `toml:"age_bands"`
		Grades []map[string]any `toml:"grades"`
	}
	_, err := toml.DecodeFile(filepath.Join(s.from, "catalogue.toml"), &settings)
	s.bands, s.grades = settings.Bands, settings.Grades
	for _, g := range s.grades {
		label, _ := g["label"].(map[string]any)
		s.labels[fmt.Sprint("grades/", g["id"])] = fmt.Sprint(label["en"])
	}
	return err
}

// listings writes a page for each. One that has ended belongs to its year and
// to nothing else, as in Fursa's site.
func (s *hugoSite) listings() error {
	files, err := filepath.Glob(filepath.Join(s.from, "opportunities", "*", "*.md"))
	if err != nil {
		return err
	}
	like := map[string][]string{} // current listings by what they have in common
	// Files are read twice: no peak can be measured below this program's own.
	for _, file := range files {
		r, err := readRecord(file)
		if err != nil {
			return err
		}
		for _, key := range likeness(r) {
			if !r.ended() && len(like[key]) < 4 {
				like[key] = append(like[key], s.page(file))
			}
		}
	}
	for _, file := range files {
		r, err := readRecord(file)
		if err != nil {
			return err
		}
		page := s.page(file)
		pages := similar(like, r, page)
		front := s.listing(r, path.Base(path.Dir(page)))
		front["params"].(map[string]any)["similar"] = pages
		if err := s.write(page+".md", front, r.body); err != nil {
			return err
		}
	}
	return nil
}

// page is the path of a file's page: /opportunities/museum/night-sky.
func (s *hugoSite) page(file string) string {
	return strings.TrimSuffix(filepath.ToSlash(strings.TrimPrefix(file, s.from)), ".md")
}

// likeness is what listings like one have in common with it: its first subject
// with its district, and the subject alone.
func likeness(r record) []string {
	subjects, _ := r.front["subjects"].([]any)
	if len(subjects) == 0 {
		return nil
	}
	place, _ := r.front["place"].(map[string]any)
	return []string{fmt.Sprint(subjects[0], " in ", place["district"]), fmt.Sprint(subjects[0])}
}

// similar are the pages of three listings like one. They are found before Hugo
// runs: its own related content takes eight times as long as all the rest.
func similar(like map[string][]string, r record, self string) []string {
	var pages []string
	for _, key := range likeness(r) {
		for _, page := range like[key] {
			if page != self && len(pages) < 3 {
				pages = add(pages, page)
			}
		}
	}
	return pages
}

// listing is the front matter of a listing's page: what Hugo sorts and groups
// by, and the record itself for the templates.
func (s *hugoSite) listing(r record, provider string) map[string]any {
	kind, _ := r.front["kind"].(string)
	s.kinds = add(s.kinds, kind)
	params := map[string]any{"record": plain(r.front), "provider": provider, "coming": r.coming()}
	front := map[string]any{"title": r.front["title"], "description": r.front["summary"], "params": params}
	if r.coming() {
		front["outputs"] = []string{"html", "calendar"}
	}
	delete(r.front, "title")
	delete(r.front, "summary")
	if at, err := time.Parse(time.DateOnly, max(r.first, today)); err == nil {
		front["date"] = at
	}
	params["until"] = r.last
	if dates := r.dates(); len(dates) > 0 {
		params["dates"], params["day"], params["month"] = strings.Join(dates, " "), dates[0][:len(today)], dates[0][:len("2021-06")]
		s.months = add(s.months, dates[0][:len("2021-06")])
	}
	if r.ended() {
		s.years = add(s.years, r.last[:4])
		at, _ := time.Parse(time.DateOnly, r.last)
		front["past"], front["date"], params["ended"] = []string{r.last[:4]}, at, true
		return front
	}
	front["subjects"], front["kinds"], front["providers"] = r.front["subjects"], []string{kind}, []string{provider}
	front["ages"] = s.ages(r.front)
	if place, ok := r.front["place"].(map[string]any); ok && place["district"] != nil {
		front["places"] = []any{place["district"]}
	}
	return front
}

// ages are the bands that a listing's range, or that of its grades, overlaps.
func (s *hugoSite) ages(front map[string]any) []string {
	ages, ok := front["ages"].(map[string]any)
	if grades, _ := front["grades"].([]any); !ok && len(grades) > 0 {
		ages = map[string]any{"min": s.grade(grades[0])["min"], "max": s.grade(grades[len(grades)-1])["max"]}
	} else if !ok {
		return nil
	}
	var bands []string
	for _, b := range s.bands {
		if number(ages["max"], 999) >= number(b["min"], 0) && number(ages["min"], 0) <= number(b["max"], 999) {
			bands = append(bands, fmt.Sprint(b["id"]))
		}
	}
	return bands
}

func (s *hugoSite) grade(id any) map[string]any {
	for _, g := range s.grades {
		if g["id"] == id {
			ages, _ := g["ages"].(map[string]any)
			return ages
		}
	}
	return nil
}

func number(v any, otherwise int64) int64 {
	if n, ok := v.(int64); ok {
		return n
	}
	return otherwise
}

// terms writes the pages of all terms with their labels, so that those that
// hold nothing have a page too.
func (s *hugoSite) terms() error {
	for _, vocabulary := range []string{"subjects", "places"} {
		var file struct {
			Terms []struct {
				ID    string
				Label map[string]string
			}
		}
		if _, err := toml.DecodeFile(filepath.Join(s.from, "vocabularies", vocabulary+".toml"), &file); err != nil {
			return err
		}
		for _, t := range file.Terms {
			if err := s.term(vocabulary, t.ID, t.Label["en"]); err != nil {
				return err
			}
		}
	}
	for _, b := range s.bands {
		label, _ := b["label"].(map[string]any)
		if err := s.term("ages", fmt.Sprint(b["id"]), fmt.Sprint(label["en"])); err != nil {
			return err
		}
	}
	for _, kind := range s.kinds {
		if err := s.term("kinds", kind, strings.ReplaceAll(strings.ToUpper(kind[:1])+kind[1:], "-", " ")); err != nil {
			return err
		}
	}
	for _, year := range s.years {
		// What is over has no feeds.
		front := map[string]any{"title": year, "outputs": []string{"html"}}
		if err := s.write(filepath.Join("past", year, "_index.md"), front, nil); err != nil {
			return err
		}
	}
	return nil
}

func (s *hugoSite) term(family, id, label string) error {
	s.labels[id] = label
	return s.write(filepath.Join(family, id, "_index.md"), map[string]any{"title": label}, nil)
}

func (s *hugoSite) providers() error {
	files, err := filepath.Glob(filepath.Join(s.from, "providers", "*.md"))
	if err != nil {
		return err
	}
	for _, file := range files {
		r, err := readRecord(file)
		if err != nil {
			return err
		}
		slug := strings.TrimSuffix(filepath.Base(file), ".md")
		s.labels["providers/"+slug] = fmt.Sprint(r.front["name"])
		if err := s.write(filepath.Join("providers", slug, "_index.md"), map[string]any{"title": r.front["name"]}, r.body); err != nil {
			return err
		}
	}
	return nil
}

func (s *hugoSite) writeLabels() error { return s.writeData("labels", s.labels) }

// calendar writes a page for each month that has sessions, and for this one.
func (s *hugoSite) calendar() error {
	slices.Sort(s.months)
	for i, month := range s.months {
		at, err := time.Parse("2006-01", month)
		if err != nil {
			return err
		}
		front := map[string]any{
			"title": "What’s on in " + at.Format("January 2006"), "layout": "calendar", "date": at,
			"params": map[string]any{"month": month},
		}
		file := filepath.Join("calendar", month, "_index.md")
		if i == 0 {
			file = filepath.Join("calendar", "_index.md")
		}
		if err := s.write(file, front, nil); err != nil {
			return err
		}
	}
	return nil
}

func (s *hugoSite) write(file string, front map[string]any, body []byte) error {
	var b bytes.Buffer
	b.WriteString("+++\n")
	if err := toml.NewEncoder(&b).Encode(front); err != nil {
		return fmt.Errorf("%s: %w", file, err)
	}
	b.WriteString("+++\n")
	b.Write(body)
	name := filepath.Join(s.to, "content", file)
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		return err
	}
	return os.WriteFile(name, b.Bytes(), 0o644)
}

// plain gives times of day as text: Hugo has no such type.
func plain(front map[string]any) map[string]any {
	if period, ok := front["period"].(map[string]any); ok {
		for _, key := range []string{"starts", "ends"} {
			if t, ok := period[key].(time.Time); ok {
				period[key] = t.Format("15:04")
			}
		}
	}
	return front
}

func add(list []string, s string) []string {
	if slices.Contains(list, s) {
		return list
	}
	return append(list, s)
}
