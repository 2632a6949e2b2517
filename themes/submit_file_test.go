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

// A listing is found in the open data by a few parts of it, however large that
// is, where the host gives parts; else in all of a small one.
func TestSubmitReadsListings(t *testing.T) {
	type reading struct {
		Titles   []string
		Requests []int // the most for one listing: with parts, and without
		Bytes    int
	}
	got := tried[reading](t, submitter(t), `
const lines = [...Array(20000).keys()].map((i) => JSON.stringify({ path: "opportunities/p" + Math.floor(i / 100).toString().padStart(3, "0") + "/l" + (i % 100).toString().padStart(2, "0"), opportunity: { title: "عنوان " + i }, body: "نص ".repeat(i % 97 === 5 ? 20000 : 100) }));
const text = (n) => new TextEncoder().encode(lines.slice(0, n).join("\n") + "\n");
const files = { "https://a.example/large": text(20000), "https://a.example/small": text(5), "https://a.example/dumb": text(5), "https://a.example/dumb-large": text(20000) };
let asked = 0, bytes = 0;
globalThis.fetch = async (url, { headers }) => {
	asked++;
	const [, from, to] = /bytes=(\d+)-(\d+)/.exec(headers.range).map(Number);
	const file = files[url], parts = !url.includes("dumb");
	const body = parts ? file.slice(from, to + 1) : file;
	bytes = Math.max(bytes, parts ? body.length : 0);
	return new Response(body, { status: parts ? 206 : 200, headers: parts ? { "content-range": "bytes " + from + "-" + (from + body.length - 1) + "/" + file.length } : { "content-length": String(file.length) } });
};
const titles = [], most = [0, 0];
const at = async (file, path) => {
	asked = 0;
	const found = await engine.listingAt("https://a.example/" + file, path).catch(() => undefined);
	const n = Number(file.includes("dumb"));
	most[n] = Math.max(most[n], asked);
	return found?.opportunity.title ?? "none";
};
for (const i of [0, 1, 4, 5, 6, 102, 9999, 12345, 19998, 19999]) titles.push(await at("large", JSON.parse(lines[i]).path));
for (const path of ["opportunities/a/a", "opportunities/p050/l000", "opportunities/z/z"]) titles.push(await at("large", path));
titles.push(await at("small", "opportunities/p000/l03"), await at("dumb", "opportunities/p000/l04"), await at("dumb-large", "opportunities/p000/l04"));
console.log(JSON.stringify({ Titles: titles, Requests: most, Bytes: bytes }));`, nil)
	var want []string
	for _, i := range []string{"0", "1", "4", "5", "6", "102", "9999", "12345", "19998", "19999"} {
		want = append(want, "عنوان "+i)
	}
	want = append(want, "none", "none", "none", "عنوان 3", "عنوان 4", "none")
	if diff := gocmp.Diff(want, got.Titles); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	t.Logf("at most %d requests of %d bytes", got.Requests[0], got.Bytes)
	if got.Requests[0] > 24 || got.Requests[1] > 2 || got.Bytes > 1<<19 {
		t.Errorf("%v requests for a listing, of up to %d bytes", got.Requests, got.Bytes)
	}
}
