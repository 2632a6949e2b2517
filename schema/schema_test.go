package schema_test

import (
	"bytes"
	"fmt"
	"io"
	"maps"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/santhosh-tekuri/jsonschema/v5"

	"fursa/schema"
	"fursa/schema/when"
)

var records = map[schema.Kind]any{
	schema.KindCatalogue: schema.Catalogue{}, schema.KindOpportunity: schema.Opportunity{},
	schema.KindProvider: schema.Provider{}, schema.KindSchool: schema.School{},
	schema.KindPathway: schema.Pathway{}, schema.KindBadge: schema.Badge{},
	schema.KindEndorsement: schema.Endorsement{}, schema.KindPeer: schema.Peer{},
	schema.KindReview: schema.Review{}, schema.KindBlocklist: schema.Blocklist{},
	schema.KindVocabulary: schema.Vocabulary{}, schema.KindPage: schema.Page{},
}

// field is what a type and a schema must agree on.
type field struct {
	Type     string
	Required bool
}

func TestTypesEqualSchemas(t *testing.T) {
	want := map[string]field{}
	for _, p := range properties(t) {
		want[p.pointer] = field{p.schema["type"].(string), p.required}
	}
	got := map[string]field{}
	for kind, record := range records {
		goFields(string(kind), reflect.TypeOf(record), got)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("types and schemas differ (-schema +type):\n%s", diff)
	}
}

// goFields gathers the fields of a type as the properties that they stand for.
func goFields(at string, t reflect.Type, found map[string]field) {
	for t.Kind() == reflect.Pointer || t.Kind() == reflect.Slice {
		t = t.Elem()
	}
	if t.Kind() != reflect.Struct || isTime(t) {
		return
	}
	for i := range t.NumField() {
		f := t.Field(i)
		name, option, _ := strings.Cut(f.Tag.Get("json"), ",")
		found[at+"/"+name] = field{jsonType(f.Type), option == ""}
		goFields(at+"/"+name, f.Type, found)
	}
}

func isTime(t reflect.Type) bool {
	return t == reflect.TypeFor[when.Date]() || t == reflect.TypeFor[when.Clock]() || t == reflect.TypeFor[when.Moment]()
}

func jsonType(t reflect.Type) string {
	if t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	switch {
	case isTime(t) || t.Kind() == reflect.String:
		return "string"
	case t.Kind() == reflect.Bool:
		return "boolean"
	case t.Kind() == reflect.Int:
		return "integer"
	case t.Kind() == reflect.Float64:
		return "number"
	case t.Kind() == reflect.Slice:
		return "array"
	}
	return "object"
}

var arabic = regexp.MustCompile(`[\x{0621}-\x{064A}]`)

func TestEveryPropertyIsDescribed(t *testing.T) {
	check := func(at string, n map[string]any) {
		ar, _ := n["x-i18n"].(map[string]any)
		in, _ := ar["ar"].(map[string]any)
		for _, key := range []string{"title", "description"} {
			en, _ := n[key].(string)
			translated, _ := in[key].(string)
			if en == "" || arabic.MatchString(en) || !arabic.MatchString(translated) {
				t.Errorf("%s: %s is %q, in Arabic %q", at, key, en, translated)
			}
		}
	}
	for _, p := range properties(t) {
		check(p.pointer, p.schema)
	}
	for name, tree := range parsedFiles(t) {
		check(name, tree)
	}
}

// Every object says which keys it takes: no mistyped key is let through.
func TestEveryObjectIsClosed(t *testing.T) {
	for _, p := range properties(t) {
		n := p.schema
		if items, ok := n["items"].(map[string]any); ok {
			n = items
		}
		_, named := n["properties"]
		if n["type"] == "object" && (named && n["additionalProperties"] != false || n["additionalProperties"] == nil) {
			t.Errorf("%s takes any key", p.pointer)
		}
	}
}

// A reference stands beside words only: Files' readers may take the
// definition for the whole truth.
func TestReferencesStandBesideWordsOnly(t *testing.T) {
	words := []string{"$ref", "title", "description", "x-i18n", "examples"}
	var visit func(at string, value any)
	visit = func(at string, value any) {
		switch v := value.(type) {
		case map[string]any:
			_, refers := v["$ref"].(string)
			for key, inner := range v {
				if refers && !slices.Contains(words, key) {
					t.Errorf("%s: %q stands beside $ref", at, key)
				}
				visit(at+"/"+key, inner)
			}
		case []any:
			for i, inner := range v {
				visit(fmt.Sprint(at, "/", i), inner)
			}
		}
	}
	for name, tree := range parsedFiles(t) {
		visit(name, tree)
	}
}

// The published files are whole: any validator can use them from any address,
// and what they show as examples is valid.
func TestFilesWorkFromAnyAddress(t *testing.T) {
	const base = "https://host.example/under/a/path/schema/"
	c := jsonschema.NewCompiler()
	c.LoadURL = func(url string) (io.ReadCloser, error) {
		if text, ok := schema.Files()[strings.TrimPrefix(url, base)]; ok {
			return io.NopCloser(bytes.NewReader(text)), nil
		}
		return nil, fmt.Errorf("%s is not published", url)
	}
	for name := range schema.Files() {
		if _, err := c.Compile(base + name); err != nil {
			t.Errorf("%s: %#v", name, err)
		}
	}
	testExamples(t, c, base)
}

func testExamples(t *testing.T, c *jsonschema.Compiler, base string) {
	t.Helper()
	var visit func(at string, n map[string]any)
	visit = func(at string, n map[string]any) {
		examples, _ := n["examples"].([]any)
		for _, example := range examples {
			s, err := c.Compile(base + at)
			if err != nil {
				t.Fatal(err)
			}
			if err := s.Validate(example); err != nil {
				t.Errorf("%s: the example %v is not valid: %v", at, example, err)
			}
		}
		for key, inner := range n {
			if m, ok := inner.(map[string]any); ok && key != "x-i18n" {
				visit(at+"/"+key, m)
			}
		}
	}
	for name, tree := range parsedFiles(t) {
		visit(name+"#", tree)
	}
}

// A property that has no words of its own for a line to paste makes a poor
// hint.
func TestRequiredPropertiesHaveExamples(t *testing.T) {
	for _, p := range properties(t) {
		_, examples := p.schema["examples"]
		_, values := p.schema["enum"]
		if p.required && !examples && !values {
			t.Errorf("%s has no example", p.pointer)
		}
	}
}

func TestTranslationSchemas(t *testing.T) {
	trees := parsedFiles(t)
	var kinds []string
	for _, name := range slices.Sorted(maps.Keys(trees)) {
		if kind, ok := strings.CutSuffix(name, ".translation.schema.json"); ok {
			kinds = append(kinds, kind)
		}
	}
	want := []string{"badge", "endorsement", "opportunity", "pathway", "peer", "page", "provider", "school"}
	slices.Sort(want)
	if diff := cmp.Diff(want, kinds); diff != "" {
		t.Errorf("kinds with translations (-want +got):\n%s", diff)
	}

	var got []string
	var visit func(at string, n map[string]any)
	visit = func(at string, n map[string]any) {
		if items, ok := n["items"].(map[string]any); ok {
			n = items
		}
		inner, _ := n["properties"].(map[string]any)
		for name, p := range inner {
			got = append(got, at+name)
			visit(at+name+"/", p.(map[string]any))
		}
		want := []any(nil)
		if inner["id"] != nil {
			want = []any{"id"}
		}
		if required, _ := n["required"].([]any); !slices.Equal(required, want) {
			t.Errorf("%s requires %v", at, required)
		}
	}
	visit("", trees["opportunity.translation.schema.json"])
	slices.Sort(got)
	place := func(at string) []string {
		return []string{at, at + "/address", at + "/directions", at + "/locality", at + "/name", at + "/region"}
	}
	wanted := slices.Concat([]string{
		"title", "summary", "eligibility", "contact", "contact/name",
		"cost", "cost/bursary", "cost/note", "pays", "pays/note", "credential", "credential/certificate",
		"image", "image/alt", "image/credit", "links", "links/id", "links/title",
		"materials", "materials/id", "materials/title", "safeguarding", "safeguarding/supervision",
		"registration", "registration/consent", "registration/approvals", "registration/approvals/id", "registration/approvals/how",
		"sessions", "sessions/id", "sessions/note",
	}, place("place"), place("sessions/place"))
	slices.Sort(wanted)
	if diff := cmp.Diff(wanted, got); diff != "" {
		t.Errorf("what a listing's translation may hold (-want +got):\n%s", diff)
	}
}
