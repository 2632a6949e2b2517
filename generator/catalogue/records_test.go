package catalogue_test

import (
	"path"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"

	"fursa/generator/catalogue"
	"fursa/schema"
	"fursa/schema/diag"
	"fursa/schema/document"
)

// archive reads a file of testdata that holds several files.
func archive(t *testing.T, name string) []txtar.File {
	t.Helper()
	a, err := txtar.ParseFile(path.Join("testdata", name))
	if err != nil {
		t.Fatal(err)
	}
	return a.Files
}

// records are those of some files, by their paths in a content folder; of two
// files of one path the later counts. An empty file takes its record away.
func records(t *testing.T, files ...txtar.File) catalogue.Records {
	t.Helper()
	var r catalogue.Records
	last := map[string]int{}
	for i, f := range files {
		last[f.Name] = i
	}
	for i, f := range files {
		if last[f.Name] == i && len(f.Data) > 0 {
			add(t, &r, f)
		}
	}
	return r
}

func add(t *testing.T, r *catalogue.Records, f txtar.File) {
	t.Helper()
	folder, _, _ := strings.Cut(f.Name, "/")
	switch folder {
	case "catalogue.toml":
		d := parsed(t, f)
		r.Settings, r.Source = decoded[schema.Catalogue](t, d.Value), d.Source
	case "images", "fonts":
		r.Assets = append(r.Assets, f.Name)
	case "opportunities":
		r.Opportunities = record(t, r.Opportunities, f)
	case "providers":
		r.Providers = record(t, r.Providers, f)
	case "schools":
		r.Schools = record(t, r.Schools, f)
	case "pathways":
		r.Pathways = record(t, r.Pathways, f)
	case "badges":
		r.Badges = record(t, r.Badges, f)
	case "endorsements":
		r.Endorsements = record(t, r.Endorsements, f)
	case "peers":
		r.Peers = record(t, r.Peers, f)
	case "reviews":
		r.Reviews = record(t, r.Reviews, f)
	case "blocklists":
		r.Blocklists = record(t, r.Blocklists, f)
	case "vocabularies":
		r.Vocabularies = record(t, r.Vocabularies, f)
	case "pages":
		r.Pages = record(t, r.Pages, f)
	default:
		t.Fatalf("no kind of record stands at %s", f.Name)
	}
}

// record adds a file's record, or its translation to the record that stands
// last.
func record[T any](t *testing.T, list []*catalogue.Record[T], f txtar.File) []*catalogue.Record[T] {
	t.Helper()
	d := parsed(t, f)
	name, lang, translated := strings.Cut(strings.TrimSuffix(f.Name, path.Ext(f.Name)), ".")
	if !translated {
		lang := "en"
		if s, ok := d.Value["lang"].(string); ok {
			lang = s
		}
		value := decoded[T](t, d.Value)
		return append(list, &catalogue.Record[T]{
			Path: name, Source: d.Source, Lang: lang, Value: &value, Body: d.Body, Hash: string(f.Data),
		})
	}
	original := list[len(list)-1]
	value := decoded[T](t, schema.Merge(parsed(t, txtar.File{Name: original.Source.Path, Data: original.Source.Text}).Value, d.Value))
	body := d.Body
	if body == "" {
		body = original.Body
	}
	original.Translations = append(original.Translations, catalogue.Translation[T]{Lang: lang, Source: d.Source, Value: &value, Body: body})
	return list
}

func parsed(t *testing.T, f txtar.File) *document.Document {
	t.Helper()
	d, list := document.Parse(&diag.Source{Path: f.Name, Text: f.Data})
	if d == nil {
		t.Fatalf("parse %s: %v", f.Name, list)
	}
	return d
}

func decoded[T any](t *testing.T, value map[string]any) T {
	t.Helper()
	v, err := schema.Decode[T](value)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

// file is a file by its name and text.
func file(name, text string) txtar.File { return txtar.File{Name: name, Data: []byte(text)} }
