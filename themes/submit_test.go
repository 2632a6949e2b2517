package themes_test

import (
	"cmp"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	gocmp "github.com/google/go-cmp/cmp"

	"fursa/schema"
	"fursa/schema/diag"
	"fursa/schema/document"
)

// submitter is a folder with engine.mjs, which exports what the form checks and
// writes files with, for Node to try.
func submitter(t *testing.T) string {
	t.Helper()
	return exporting(t, `
export { Schemas } from "./submit/schema";
export { explain, worded } from "./submit/explain";
export { formats } from "./submit/formats";
export { order, times } from "./submit/order";
export { slugify, isSlug } from "./submit/slug";
export { encode } from "./submit/toml";
export { near } from "./submit/near";
export { listingAt } from "./submit-edit";
`)
}

// inOrder is a value of a document as JSON with the keys in the order of the
// file.
func inOrder(d *document.Document, pointer string, value any) json.RawMessage {
	var parts []string
	switch v := value.(type) {
	case map[string]any:
		keys := make([]string, 0, len(v))
		for key := range v {
			keys = append(keys, key)
		}
		at := func(key string) string {
			return pointer + "/" + strings.NewReplacer("~", "~0", "/", "~1").Replace(key)
		}
		slices.SortFunc(keys, func(a, b string) int {
			return cmp.Or(cmp.Compare(d.KeySpan(at(a)).Start, d.KeySpan(at(b)).Start), strings.Compare(a, b))
		})
		for _, key := range keys {
			name, _ := json.Marshal(key) // a text can be written
			parts = append(parts, string(name)+":"+string(inOrder(d, at(key), v[key])))
		}
		return json.RawMessage("{" + strings.Join(parts, ",") + "}")
	case []any:
		for i, inner := range v {
			parts = append(parts, string(inOrder(d, fmt.Sprintf("%s/%d", pointer, i), inner)))
		}
		return json.RawMessage("[" + strings.Join(parts, ",") + "]")
	}
	text, err := json.Marshal(value)
	if err != nil {
		panic(err) // what a document holds can be written
	}
	return text
}

// told is what people read of a problem, and where it is.
type toldProblem struct {
	Rule, Message, Hint string
	Start, End          int
}

func byPlace(a, b toldProblem) int {
	return cmp.Or(cmp.Compare(a.Start, b.Start), strings.Compare(a.Rule, b.Rule), strings.Compare(a.Message, b.Message))
}

// submitCase is a record for the script to judge.
type submitCase struct {
	Kind  schema.Kind     `json:"kind"`
	Value json.RawMessage `json:"value"`
}

// judged are the script's problems of each case, in a language.
func judged(t *testing.T, cases []submitCase, docs []*document.Document, lang string) [][]toldProblem {
	t.Helper()
	trees, texts := map[string]json.RawMessage{}, map[string]map[string]string{}
	for name, text := range schema.Files() {
		trees[strings.TrimSuffix(name, ".schema.json")] = text
	}
	for _, stage := range []string{"schema", "when"} {
		for rule, parts := range diag.Texts(lang, stage) {
			texts[rule] = parts
		}
	}
	type problem struct {
		Rule, Pointer, Message, Hint string
		Key                          bool
	}
	lists := tried[[][]problem](t, submitter(t), `
console.log(JSON.stringify(input.cases.map(({ kind, value }) => {
	const schemas = new engine.Schemas(input.trees[kind], input.trees.common, engine.formats);
	const found = [...engine.explain(schemas, value), ...engine.order(value), ...(kind === "opportunity" ? engine.times(value) : [])];
	return found.map((p) => ({ ...p, ...engine.worded(p, input.texts) }));
})));`, map[string]any{"trees": trees, "cases": cases, "texts": texts})
	var got [][]toldProblem
	for i, list := range lists {
		var told []toldProblem
		for _, p := range list {
			span := docs[i].Span(p.Pointer)
			if p.Key {
				span = docs[i].KeySpan(p.Pointer)
			}
			told = append(told, toldProblem{p.Rule, p.Message, p.Hint, span.Start, span.End})
		}
		slices.SortFunc(told, byPlace)
		got = append(got, slices.Compact(told))
	}
	return got
}

// The form's checks say of each broken file what fursa validate says, in both
// languages. Files in another language than their record's are not for the
// form: it writes records.
func TestSubmitChecksAreTheValidators(t *testing.T) {
	files, err := filepath.Glob("../schema/testdata/invalid/*.*.*")
	if err != nil {
		t.Fatal(err)
	}
	v := schema.NewValidator()
	var names []string
	var cases []submitCase
	var docs []*document.Document
	want := map[string][][]toldProblem{}
	for _, file := range files {
		parts := strings.Split(filepath.Base(file), ".")
		if len(parts) != 3 { // .want, or a translation
			continue
		}
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		d, problems := document.Parse(&diag.Source{Path: filepath.ToSlash(file), Text: text})
		if d == nil || problems.Failed() {
			continue // a form writes no file that can't be read
		}
		kind := schema.Kind(parts[1])
		if slices.ContainsFunc(v.Check(kind, "", d), func(p diag.Diagnostic) bool { return p.Rule == "schema/wrong-type" }) {
			continue // nor one with a text where a number or a table stands
		}
		names, docs = append(names, file), append(docs, d)
		cases = append(cases, submitCase{kind, inOrder(d, "", d.Value)})
		for _, lang := range diag.Languages {
			want[lang] = append(want[lang], validated(v, kind, d, lang))
		}
	}
	if len(cases) < 70 {
		t.Fatalf("%d files", len(cases))
	}
	for _, lang := range diag.Languages {
		for i, got := range judged(t, cases, docs, lang) {
			for n := range min(len(got), len(want[lang][i])) {
				if want[lang][i][n].Hint == "" {
					got[n].Hint = ""
				}
			}
			if diff := gocmp.Diff(want[lang][i], got); diff != "" {
				t.Errorf("%s (-fursa validate +form):\n%s", names[i], diff)
			}
		}
	}
}

var formKnows = []string{"when/end-before-start", "when/date-and-time-mixed"}

// validated are the problems of a document as fursa validate has them.
func validated(v *schema.Validator, kind schema.Kind, d *document.Document, lang string) []toldProblem {
	list := v.Check(kind, "", d)
	if o, err := schema.Decode[schema.Opportunity](d.Value); kind == schema.KindOpportunity && !list.Failed() && err == nil {
		list = append(list, v.Times(o, d, time.UTC)...)
	}
	var told []toldProblem
	for _, p := range list {
		if strings.HasPrefix(p.Rule, "when/") && !slices.Contains(formKnows, p.Rule) {
			continue // it takes a calendar to see: the check of the pull request has one
		}
		hint := p.Hint(lang)
		if p.Fix != nil {
			hint = "" // the program mends that of a file; a form's fields don't take it
		}
		told = append(told, toldProblem{p.Rule, p.Message(lang), hint, p.Span.Start, p.Span.End})
	}
	slices.SortFunc(told, byPlace)
	return slices.Compact(told)
}

// Times that cannot be are told as fursa validate tells them, as far as no
// calendar is needed.
func TestSubmitChecksTimes(t *testing.T) {
	v := schema.NewValidator()
	const frame = "+++\ntitle = \"Night sky\"\nsummary = \"Look at the moon through real telescopes.\"\nkind = \"workshop\"\nages = { min = 9 }\nlanguages = [\"en\"]\nsubjects = [\"astronomy\"]\nmode = \"online\"\ncost = { amount = 0 }\n"
	var cases []submitCase
	var docs []*document.Document
	var want [][]toldProblem
	for _, times := range []string{
		"sessions = [{ start = 2026-11-22T18:00:00, end = 2026-11-22T17:00:00 }]",
		"sessions = [{ start = 2026-11-22, end = 2026-11-22T17:00:00 }]",
		"sessions = [{ start = 2026-11-22, except = [2026-11-22T17:00:00], rrule = \"FREQ=DAILY;COUNT=3\" }]",
		"sessions = [{ start = 2026-11-22 }, { start = 2026-11-29T10:00:00 }]\nregistration = { deadline = 2026-11-30 }",
		"sessions = [{ start = 2026-11-22 }, { start = 2026-11-29T10:00:00 }]\nregistration = { deadline = 2026-11-29 }",
		"sessions = [{ start = 2026-11-29T10:00:00 }]\nregistration = { opens = 2026-11-30, deadline = 2026-11-29T10:00:01 }",
		"period = { from = 2026-11-22, to = 2026-11-21 }\nregistration = { deadline = 2026-11-22 }",
		"anytime = true\nregistration = { deadline = 2026-11-22 }",
	} {
		d, problems := document.Parse(&diag.Source{Path: "a.md", Text: []byte(frame + times + "\n+++\n")})
		if d == nil || problems.Failed() {
			t.Fatal(times)
		}
		cases, docs = append(cases, submitCase{schema.KindOpportunity, inOrder(d, "", d.Value)}), append(docs, d)
		list := v.Check(schema.KindOpportunity, "", d)
		o, err := schema.Decode[schema.Opportunity](d.Value)
		if err != nil {
			t.Fatal(err)
		}
		var told []toldProblem
		for _, p := range append(list, v.Times(o, d, time.UTC)...) {
			if p.Rule != "when/never-occurs" && p.Rule != "when/except-matches-nothing" {
				told = append(told, toldProblem{p.Rule, p.Message("en"), p.Hint("en"), p.Span.Start, p.Span.End})
			}
		}
		slices.SortFunc(told, byPlace)
		want = append(want, told)
	}
	if diff := gocmp.Diff(want, judged(t, cases, docs, "en")); diff != "" {
		t.Errorf("(-fursa validate +form):\n%s", diff)
	}
}
