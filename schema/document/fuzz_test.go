package document_test

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"fursa/schema/diag"
	"fursa/schema/document"
)

// seeds are sound texts that go beyond what records need.
var seeds = []string{
	full,
	"",
	"a=1\n\n[b]\n[b.c]\n[[b.d]]\n[[b.d.e]]\nf=1\n[b.d.g]\n[[b.d]]\n[b.d.g]\n",
	"[a.b.c]\nx=1\n[a]\ny=1\n[a.b]\nz=1\n",
	"x = [\n# one\n1 , # two\n2\n# three\n]\n",
	"x = {\n a = 1, # one\n b.c = 2,\n}\n",
	"x = [[[]], [{}], {a = [{b = {}}]}]\n",
	"'' = 1\n\"\" = {\"\" = 2}\n'a~b/c'.'d/' = ''\n",
	"a = \"\"\"\"\"\"\nb = ''''''\nc = \"\"\"\"a\"\"\"\"\"\nd = '''''a'''''\n",
	"a = \"\"\"\\\n\n  x \\  \n  y\\\\\"\"\"\n",
	"a = \"\\b\\t\\n\\f\\r\\\"\\\\\\u00e9\\U0001F600\\e\\x41\"\n",
	"a = +1\nb = -0\nc = 0o17\nd = 0b1\ne = 1e5\nf = -1.5E-3\ng = 1_0.0_1\n",
	"a = 1979-05-27 07:32:00.999999999Z\nb = 1979-05-27t07:32z\nc = 07:32\nd = [1979-05-27 , 1979-05-27 07:32]\n",
	"true = true\n1 = 1\n-1 = 2\n3.14 = 5\ninf = false\n",
	"[a]\n[a.b]\nc = 1 # d\n\t[ e . 'f' ]\t# g\nh\t=\t1\r\n",
	"x.y = {a.b.c = 1, a.b.d = 2}\nx.z.w = 1\n",
}

// pointers are all values of a document, the document itself aside, by their
// JSON Pointers.
func pointers(at string, v any, into map[string]any) {
	if at != "" {
		into[at] = v
	}
	switch v := v.(type) {
	case map[string]any:
		for k, e := range v {
			pointers(at+"/"+strings.NewReplacer("~", "~0", "/", "~1").Replace(k), e, into)
		}
	case []any:
		for i, e := range v {
			pointers(at+"/"+strconv.Itoa(i), e, into)
		}
	}
}

// alone decodes the text of a value.
func alone(text string) (any, error) {
	d, problems := document.Parse(source("x.toml", "x = "+text))
	if len(problems) > 0 {
		return nil, fmt.Errorf("%s at %d", problems[0].Rule, problems[0].Span.Start)
	}
	return d.Value["x"], nil
}

// FuzzPositions holds the scanner against the decoder: it knows a place for
// the same values and no others, a key's text is that key, and the text of a
// value, decoded alone, is that value.
func FuzzPositions(f *testing.F) {
	for _, s := range seeds {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		d, problems := document.Parse(source("a.toml", text))
		if problems.Failed() {
			t.Skip()
		}
		values := map[string]any{}
		pointers("", d.Value, values)
		if diff := cmp.Diff(slices.Sorted(maps.Keys(values)), document.Places(d)); diff != "" {
			t.Fatalf("the pointers of values and of places differ (-values +places):\n%s", diff)
		}
		for at, v := range values {
			checkValue(t, d, at, v)
			parent := at[:strings.LastIndexByte(at, '/')]
			if _, entry := values[parent].([]any); !entry {
				checkKey(t, d, at)
			}
		}
	})
}

// checkValue decodes the text of a value, if it has one of its own: the place
// of what a header or a dotted key brings about holds its key.
func checkValue(t *testing.T, d *document.Document, at string, v any) {
	value, key := d.Span(at), d.KeySpan(at)
	if key.Start >= value.Start && key.End <= value.End && key != value {
		return
	}
	got, err := alone(text(value))
	if err != nil {
		t.Fatalf("%s: %q alone: %v", at, text(value), err)
	}
	if diff := cmp.Diff(v, got); diff != "" {
		t.Fatalf("%s: %q alone is another value (-want +got):\n%s", at, text(value), diff)
	}
}

func checkKey(t *testing.T, d *document.Document, at string) {
	key := text(d.KeySpan(at))
	k, problems := document.Parse(source("k.toml", key+" = 1"))
	if problems.Failed() {
		t.Fatalf("%s: its key %q: %s", at, key, problems[0].Rule)
	}
	name := at[strings.LastIndexByte(at, '/')+1:]
	if _, ok := k.Value[strings.NewReplacer("~1", "/", "~0", "~").Replace(name)]; !ok || len(k.Value) != 1 {
		t.Fatalf("%s: its key is said to be %q", at, key)
	}
}

// FuzzParse: whatever the text, there is either a document or an error, and
// every place is inside the text and cuts no character.
func FuzzParse(f *testing.F) {
	for _, s := range seeds {
		f.Add(s, false)
		f.Add("+++\n"+s+"\n+++\nBody\n", true)
	}
	for _, m := range mistakes {
		if len(m.text) < 1000 {
			f.Add(m.text, false)
		}
	}
	f.Fuzz(func(t *testing.T, text string, markdown bool) {
		path := "a.toml"
		if markdown {
			path = "a.md"
		}
		d, problems := document.Parse(source(path, text))
		if (d == nil) != problems.Failed() {
			t.Fatalf("document %v, problems %v", d, problems)
		}
		for _, p := range problems {
			inside(t, text, p.Span)
			for _, r := range p.Related {
				inside(t, text, r.Span)
			}
			if p.Message("en") == p.Rule {
				t.Fatalf("%s has no message", p.Rule)
			}
		}
		if d != nil {
			inside(t, text, d.Span("/x/y"))
			inside(t, text, d.BodySpan(0, len(d.Body)))
		}
	})
}

func inside(t *testing.T, text string, s diag.Span) {
	t.Helper()
	if s.Start < 0 || s.End < s.Start || s.End > len(text) {
		t.Fatalf("the span %d–%d of %d bytes", s.Start, s.End, len(text))
	}
	if utf8.ValidString(text) && !(utf8.ValidString(text[:s.Start]) && utf8.ValidString(text[:s.End])) {
		t.Fatalf("the span %d–%d cuts a character", s.Start, s.End)
	}
}
