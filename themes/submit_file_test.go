package themes_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"

	"fursa/schema"
	"fursa/schema/diag"
	"fursa/schema/document"
)

// inlined are the paths of the tables that stand on one line, as the form's
// page has them.
func inlined(fields []schema.Field) []string {
	var paths []string
	for _, f := range fields {
		if f.Inline {
			paths = append(paths, f.Path)
		}
		paths = append(paths, inlined(f.Fields)...)
	}
	return paths
}

// The form writes the file that schema.Encode writes, byte by byte: of a record
// with every field, of the sample catalogue's, and of texts that are hard to
// quote.
func TestSubmitFile(t *testing.T) {
	files, err := filepath.Glob("../content/opportunities/*/*.md")
	if err != nil {
		t.Fatal(err)
	}
	more, err := filepath.Glob("../schema/testdata/valid/*.opportunity.md")
	if err != nil {
		t.Fatal(err)
	}
	type record struct {
		Record schema.Opportunity `json:"record"`
		Body   string             `json:"body"`
	}
	var records []record
	var want []string
	for _, file := range append(files, more...) {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if filepath.Ext(strings.TrimSuffix(filepath.Base(strings.Replace(file, ".opportunity", "", 1)), ".md")) != "" {
			continue // a translation
		}
		d, problems := document.Parse(&diag.Source{Path: filepath.ToSlash(file), Text: text})
		if d == nil || problems.Failed() {
			t.Fatalf("%s cannot be read", file)
		}
		o, err := schema.Decode[schema.Opportunity](d.Value)
		if err != nil {
			t.Fatal(err)
		}
		records = append(records, record{o, d.Body})
	}
	hard := records[0]
	hard.Record.Title = "a \\ \"quoted\" \t +++ \u0007 title"
	hard.Record.Eligibility = "several\nlines +++\n\"and\" \"\"\" quotes\""
	hard.Record.Subjects = []string{"a-long-name-of-a-subject", "another-long-name", "a-third-long-name-of-one", "a-fourth"}
	records = append(records, hard)
	for _, r := range records {
		want = append(want, string(schema.Encode(r.Record, r.Body)))
	}
	trees := map[string]json.RawMessage{}
	for _, name := range []string{"opportunity", "common"} {
		trees[name] = schema.Files()[name+".schema.json"]
	}
	got := tried[[]string](t, submitter(t), `
const schemas = new engine.Schemas(input.trees.opportunity, input.trees.common, engine.formats);
console.log(JSON.stringify(input.records.map(({ record, body }) => engine.encode(record, body, schemas, input.inlined))));`,
		map[string]any{"trees": trees, "records": records, "inlined": inlined(schema.Fields(schema.KindOpportunity))})
	if diff := gocmp.Diff(want, got); diff != "" || len(got) < 40 {
		t.Errorf("%d records (-schema.Encode +form):\n%s", len(got), diff)
	}
}

// The form makes the slugs that schema.Slugify makes.
func TestSubmitSlugs(t *testing.T) {
	titles := []string{
		"Night sky on the roof", "Café Zürich's 2nd night", "  — Ünïcödé & co. ", "ليلة تحت سماء البر", "Straße Łódź Ærø’s ﬁne ²",
		"İstanbul Iı", "A very long title that goes on and on until nobody can remember how it began, and then some",
		"Averylongtitlewithoutanyblanksthatgoesonandonuntilnobodycanrememberhowitbeganandthensome", "one--two", "1.5", "",
	}
	var want []string
	for _, title := range titles {
		want = append(want, schema.Slugify(title))
	}
	got := tried[[]string](t, submitter(t), `console.log(JSON.stringify(input.map(engine.slugify)));`, titles)
	if diff := gocmp.Diff(want, got); diff != "" {
		t.Errorf("(-schema.Slugify +form):\n%s", diff)
	}
}
