package main

import (
	"os"
	"path/filepath"
	"slices"
	"strings"

	"fursa/generator"
	"fursa/generator/content"
	"fursa/schema"
	"fursa/schema/diag"
	"fursa/schema/document"
	"fursa/schema/when"
)

// ahead is how many days from now a starting file's first date is.
const ahead = 28

// examples are values for a starting file that hold in this catalogue: its
// own terms, grades and records. What can't be read gives none; validate says
// why.
func (a *app) examples(in generator.Input, slug string) map[string]any {
	x := map[string]any{}
	settings := read[schema.Catalogue](a.content, "catalogue.toml")
	var grades []string
	for _, g := range settings.Grades {
		grades = append(grades, g.ID)
	}
	give(x, grades, "grades", "want.grades")
	give(x, a.terms("subjects"), "subjects", "want.subjects")
	give(x, a.terms("skills"), "skills", "want.skills")
	give(x, a.terms("curriculum"), "curriculum", "want.curriculum")
	places := a.terms("places")
	give(x, places, "districts", "want.districts")
	if len(places) > 0 {
		x["place.district"] = places[0]
	}
	a.exampleRecords(x, slug)
	day := today(in, settings).AddDays(ahead).String()
	x["sessions"] = []any{map[string]any{"start": day + "T18:00:00", "end": day + "T20:00:00"}}
	return x
}

// give sets fields to a list of the first of some values.
func give(x map[string]any, values []string, fields ...string) {
	if len(values) == 0 {
		return
	}
	for _, f := range fields {
		x[f] = []any{values[0]}
	}
}

// exampleRecords sets what refers to other records. Nobody endorses
// themselves, so that those of the slug's own provider are passed over.
func (a *app) exampleRecords(x map[string]any, slug string) {
	listing, _, err := content.Names(a.content)
	if err != nil {
		return
	}
	own, _, _ := strings.Cut(slug, "/")
	var paths, opportunities, providers, badges []string
	for _, n := range listing.Names {
		folder, name, _ := strings.Cut(n.Path, "/")
		owner, _, _ := strings.Cut(name, "/")
		switch {
		case n.Lang != "" || owner == own:
		case folder == "opportunities":
			opportunities, paths = append(opportunities, name), append(paths, n.Path)
		case folder == "providers":
			providers = append(providers, name)
		case folder == "badges":
			badges = append(badges, name)
		}
	}
	give(x, paths, "covers", "requires", "part_of")
	give(x, opportunities, "unlocks", "pin", "hide")
	give(x, providers, "partners", "want.providers", "want.endorsed_by")
	give(x, badges, "credential.badges")
	if len(providers) > 0 {
		x["issuer"] = providers[0]
	}
	if len(opportunities) > 0 {
		x["steps"] = []any{map[string]any{"opportunity": opportunities[0]}}
	}
}

// terms are the ids of a vocabulary's narrowest terms, in the order of the
// file.
func (a *app) terms(vocabulary string) []string {
	v := read[schema.Vocabulary](a.content, filepath.Join("vocabularies", vocabulary+".toml"))
	broader := map[string]bool{}
	for _, t := range v.Terms {
		broader[t.Broader] = true
	}
	var ids []string
	for _, t := range v.Terms {
		ids = append(ids, t.ID)
	}
	return slices.DeleteFunc(ids, func(id string) bool { return broader[id] })
}

// today is the date that counts as now.
func today(in generator.Input, settings schema.Catalogue) when.Date {
	switch {
	case !in.Now.Date.IsZero():
		return in.Now.Date
	case !in.Now.Instant.IsZero():
		return when.DateOf(in.Now.Instant)
	case !settings.Today.IsZero():
		return settings.Today
	}
	return when.DateOf(in.Clock)
}

// read reads a record of the content folder; it is empty where it can't be
// read.
func read[T any](dir, file string) T {
	var record T
	path := filepath.Join(dir, file)
	text, err := os.ReadFile(path)
	if err != nil {
		return record
	}
	d, _ := document.Parse(&diag.Source{Path: filepath.ToSlash(path), Text: text})
	if d == nil {
		return record
	}
	value, err := schema.Decode[T](d.Value)
	if err != nil {
		return record
	}
	return value
}
