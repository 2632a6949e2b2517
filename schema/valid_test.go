package schema_test

import (
	"encoding/json"
	"maps"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"fursa/schema"
	"fursa/schema/diag"
)

// kindOf reads the names of fixtures: «name.kind.md», «name.kind.lang.md».
func kindOf(path string) (kind schema.Kind, lang string) {
	parts := strings.Split(filepath.Base(path), ".")
	if len(parts) == 4 {
		lang = parts[2]
	}
	return schema.Kind(parts[1]), lang
}

func fixtures(t *testing.T, pattern string) []string {
	t.Helper()
	files, err := filepath.Glob(pattern)
	if err != nil || len(files) == 0 {
		t.Fatalf("no fixtures %s: %v", pattern, err)
	}
	return slices.DeleteFunc(files, func(f string) bool { return strings.HasSuffix(f, ".want") })
}

func TestValid(t *testing.T) {
	v := schema.NewValidator()
	for _, file := range fixtures(t, "testdata/valid/*") {
		kind, lang := kindOf(file)
		if list := v.Check(kind, lang, fixture(t, file)); list != nil {
			t.Errorf("%s: %s", file, printed(t, list))
		}
	}
}

// The valid fixtures together hold every property of every kind, so that
// none can be there that no file could have.
func TestValidCoversEveryProperty(t *testing.T) {
	seen := map[string]bool{}
	for _, file := range fixtures(t, "testdata/valid/*") {
		kind, _ := kindOf(file)
		pointers(string(kind), fixture(t, file).Value, seen)
	}
	for _, p := range properties(t) {
		if !seen[p.pointer] {
			t.Errorf("no valid fixture has %s", p.pointer)
		}
	}
}

// pointers gathers the places of all values, without the indexes of lists.
func pointers(at string, value any, seen map[string]bool) {
	seen[at] = true
	switch v := value.(type) {
	case map[string]any:
		for key, inner := range v {
			pointers(at+"/"+key, inner, seen)
		}
	case []any:
		for _, inner := range v {
			pointers(at, inner, seen)
		}
	}
}

// Decode agrees with the standard library's slower way through JSON.
func TestDecode(t *testing.T) {
	for _, file := range fixtures(t, "testdata/valid/*") {
		value := fixture(t, file).Value
		switch kind, lang := kindOf(file); {
		case lang != "": // A translation is merged before it is decoded.
		case kind == schema.KindOpportunity:
			testDecode[schema.Opportunity](t, file, value)
		case kind == schema.KindProvider:
			testDecode[schema.Provider](t, file, value)
		case kind == schema.KindSchool:
			testDecode[schema.School](t, file, value)
		case kind == schema.KindPathway:
			testDecode[schema.Pathway](t, file, value)
		case kind == schema.KindBadge:
			testDecode[schema.Badge](t, file, value)
		case kind == schema.KindEndorsement:
			testDecode[schema.Endorsement](t, file, value)
		case kind == schema.KindPeer:
			testDecode[schema.Peer](t, file, value)
		case kind == schema.KindReview:
			testDecode[schema.Review](t, file, value)
		case kind == schema.KindBlocklist:
			testDecode[schema.Blocklist](t, file, value)
		case kind == schema.KindVocabulary:
			testDecode[schema.Vocabulary](t, file, value)
		case kind == schema.KindPage:
			testDecode[schema.Page](t, file, value)
		case kind == schema.KindCatalogue:
			testDecode[schema.Catalogue](t, file, value)
		}
	}
}

func testDecode[R any](t *testing.T, file string, value map[string]any) {
	t.Helper()
	text, err := json.Marshal(value)
	if err != nil {
		t.Fatal(err)
	}
	var want R
	if err := json.Unmarshal(text, &want); err != nil {
		t.Fatal(err)
	}
	got, err := schema.Decode[R](value)
	if diff := cmp.Diff(want, got); err != nil || diff != "" {
		t.Errorf("%s: %v (-JSON +Decode):\n%s", file, err, diff)
	}
}

func TestDecodeRefuses(t *testing.T) {
	for name, value := range map[string]map[string]any{
		"text for a number": {"menu": "first"},
		"a fraction":        {"menu": 1.5},
		"a list for text":   {"title": []any{"About"}},
		"a table for text":  {"title": map[string]any{}},
		"a number for text": {"title": int64(1)},
		"text for a list":   {"aliases": "pages/about"},
	} {
		if got, err := schema.Decode[schema.Page](value); err == nil {
			t.Errorf("%s: %+v", name, got)
		}
	}
}

func TestMerge(t *testing.T) {
	d := fixture(t, "testdata/valid/full.opportunity.md")
	before, err := json.Marshal(d.Value)
	if err != nil {
		t.Fatal(err)
	}
	got, err := schema.Decode[schema.Opportunity](schema.Merge(d.Value, fixture(t, "testdata/valid/full.opportunity.ar.md").Value))
	if err != nil {
		t.Fatal(err)
	}
	want, err := schema.Decode[schema.Opportunity](d.Value)
	if err != nil {
		t.Fatal(err)
	}
	want.Title = "سماء الليل على السطح"
	want.Summary = "انظر إلى القمر وزحل من خلال تلسكوبات حقيقية، وإلى جانبك عالم فلك."
	want.Eligibility = "لتلاميذ المدارس الحكومية"
	want.Place.Name, want.Place.Directions = "متحف العلوم، السطح", "الدخول من البوابة 3"
	want.Sessions[0].Note = "مع مترجم لغة الإشارة"
	want.Cost.Bursary = "أماكن مجانية عند الطلب"
	want.Image.Alt = "أطفال ينظرون إلى القمر من تلسكوب على السطح"
	want.Links[0].Title = "البرنامج"
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("merged (-want +got):\n%s", diff)
	}
	if after, _ := json.Marshal(d.Value); string(after) != string(before) {
		t.Error("Merge changed the original")
	}
}

func TestMergeLeavesOutWhatTheOriginalHasNot(t *testing.T) {
	original := map[string]any{"links": []any{map[string]any{"id": "a", "title": "A"}, map[string]any{"title": "B"}}}
	translation := map[string]any{"links": []any{map[string]any{"id": "c", "title": "ج"}}}
	if diff := cmp.Diff(original, schema.Merge(original, translation)); diff != "" {
		t.Error(diff)
	}
}

// printed is a list as people see it.
func printed(t testing.TB, list diag.List) string {
	t.Helper()
	var out strings.Builder
	if err := diag.Text(&out, list, diag.Style{}); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

// property is one property of a published schema, wherever it lies in it.
type property struct {
	// pointer is «kind/key/key».
	pointer  string
	schema   map[string]any
	required bool
}

// properties are all properties of all kinds, references followed.
func properties(t *testing.T) []property {
	t.Helper()
	var list []property
	files := parsedFiles(t)
	var visit func(at string, n map[string]any)
	visit = func(at string, n map[string]any) {
		n = follow(t, files, n)
		if items, ok := n["items"].(map[string]any); ok {
			visit(at, items)
		}
		required, _ := n["required"].([]any)
		inner, _ := n["properties"].(map[string]any)
		for _, name := range slices.Sorted(maps.Keys(inner)) {
			p := property{at + "/" + name, follow(t, files, inner[name].(map[string]any)), slices.Contains(required, any(name))}
			list = append(list, p)
			visit(p.pointer, p.schema)
		}
	}
	for _, kind := range schema.Kinds {
		visit(string(kind), files[string(kind)+".schema.json"])
	}
	return list
}

// follow puts a definition under the words beside the reference to it.
func follow(t *testing.T, files map[string]map[string]any, n map[string]any) map[string]any {
	t.Helper()
	ref, ok := n["$ref"].(string)
	if !ok {
		return n
	}
	file, name, _ := strings.Cut(ref, "#/$defs/")
	definitions := files["common.schema.json"]["$defs"].(map[string]any)
	if file != "common.schema.json" && file != "" || definitions[name] == nil {
		t.Fatalf("%s leads nowhere", ref)
	}
	out := maps.Clone(follow(t, files, definitions[name].(map[string]any)))
	maps.Copy(out, n)
	delete(out, "$ref")
	return out
}

// parsedFiles are the published schemas, by file name.
func parsedFiles(t *testing.T) map[string]map[string]any {
	t.Helper()
	files := map[string]map[string]any{}
	for name, text := range schema.Files() {
		var tree map[string]any
		if err := json.Unmarshal(text, &tree); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		files[name] = tree
	}
	return files
}
