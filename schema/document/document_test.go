package document_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"fursa/schema/diag"
	"fursa/schema/document"
)

func source(path, text string) *diag.Source {
	return &diag.Source{Path: path, Text: []byte(text)}
}

// parse is for texts that are sound.
func parse(t *testing.T, path, text string) *document.Document {
	t.Helper()
	d, problems := document.Parse(source(path, text))
	if len(problems) > 0 {
		var out strings.Builder
		if err := diag.Text(&out, problems, diag.Style{}); err != nil {
			t.Fatal(err)
		}
		t.Fatal(out.String())
	}
	return d
}

// full has every kind of value and every way of writing keys and tables.
const full = `# a remark
title = "Night sky" # another
'literal key' = 'C:\path'
"quoted \u00e9/~" = """
Two lines,\
   joined with "" and a \t tab
end"""""
raw = '''one
'two' '''
count = 1_000
hex = 0xFF
price = -1.5e3
open = true
day = 2026-11-22
start = 2026-11-22T18:00:00
space = 2026-11-22 18:00
clock = 18:00:00
offset = 2026-11-22T18:00:00+03:00
list = [ "a", 'b', # why
  ["nested", []],
]
mixed = [1, {x = 1}, 2026-01-01]
point = { lat = 1.5, "long" = -2, geo.name = "x", tags = ["t"] }
empty = {}
many = [{n = 1}, {n = 2},
  {n = 3, m = {k = ""}}]
dotted.one = 1
dotted . "two" = 2

[place]
name = "Museum"

[place.address.lines]
first = "1 Road"

[[sessions]]
start = 2026-12-05T18:00:00
[sessions.place]
name = "Roof"
[[sessions.notes]]
text = "n"
[[ sessions ]]
start = 2026-12-12T18:00:00
[[sessions.notes]]
[[sessions.notes]]
text = "o"
`

func TestParseValue(t *testing.T) {
	want := map[string]any{
		"title":       "Night sky",
		"literal key": `C:\path`,
		"quoted é/~":  "Two lines,joined with \"\" and a \t tab\nend\"\"",
		"raw":         "one\n'two' ",
		"count":       int64(1000),
		"hex":         int64(255),
		"price":       -1500.0,
		"open":        true,
		"day":         "2026-11-22",
		"start":       "2026-11-22T18:00:00",
		"space":       "2026-11-22T18:00:00",
		"clock":       "18:00:00",
		"offset":      "2026-11-22T18:00:00+03:00",
		"list":        []any{"a", "b", []any{"nested", []any{}}},
		"mixed":       []any{int64(1), map[string]any{"x": int64(1)}, "2026-01-01"},
		"point": map[string]any{
			"lat": 1.5, "long": int64(-2), "geo": map[string]any{"name": "x"}, "tags": []any{"t"},
		},
		"empty": map[string]any{},
		"many": []any{
			map[string]any{"n": int64(1)}, map[string]any{"n": int64(2)},
			map[string]any{"n": int64(3), "m": map[string]any{"k": ""}},
		},
		"dotted": map[string]any{"one": int64(1), "two": int64(2)},
		"place": map[string]any{
			"name":    "Museum",
			"address": map[string]any{"lines": map[string]any{"first": "1 Road"}},
		},
		"sessions": []any{
			map[string]any{
				"start": "2026-12-05T18:00:00",
				"place": map[string]any{"name": "Roof"},
				"notes": []any{map[string]any{"text": "n"}},
			},
			map[string]any{
				"start": "2026-12-12T18:00:00",
				"notes": []any{map[string]any{}, map[string]any{"text": "o"}},
			},
		},
	}
	for _, text := range []string{
		full,
		"\ufeff" + full,
		strings.ReplaceAll(full, "\n", "\r\n"),
	} {
		d := parse(t, "a.toml", text)
		if diff := cmp.Diff(want, d.Value); diff != "" {
			t.Errorf("(-want +got):\n%s", diff)
		}
	}
}

func TestParseMarkdown(t *testing.T) {
	for name, c := range map[string]struct{ text, body string }{
		"body":          {"+++\na = 1\n+++\nHello\n\n*there*\n", "Hello\n\n*there*\n"},
		"mark and CRLF": {"\ufeff+++\r\na = 1\r\n+++\r\nHello\r\nyou\r\n", "Hello\nyou\n"},
		"no body":       {"+++\na = 1\n+++", ""},
		"blank above":   {"\n \n+++\na = 1\n+++ \n\nB", "\nB"},
		"later fence":   {"+++\na = 1\n+++\nB\n+++\nC", "B\n+++\nC"},
	} {
		t.Run(name, func(t *testing.T) {
			d := parse(t, "a.md", c.text)
			if diff := cmp.Diff(map[string]any{"a": int64(1)}, d.Value); diff != "" {
				t.Errorf("value (-want +got):\n%s", diff)
			}
			if diff := cmp.Diff(c.body, d.Body); diff != "" {
				t.Errorf("body (-want +got):\n%s", diff)
			}
		})
	}
}

func TestParseNormalises(t *testing.T) {
	const decomposed, composed = "cafe\u0301", "caf\u00e9"
	d := parse(t, "a.md", "+++\nt = \""+decomposed+"\"\nl = [\"e\\u0301\"]\n+++\n"+decomposed+"\n")
	if diff := cmp.Diff(map[string]any{"t": composed, "l": []any{"\u00e9"}}, d.Value); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if d.Body != composed+"\n" {
		t.Errorf("body %q is not NFC", d.Body)
	}
}

func text(s diag.Span) string { return string(s.Source.Text[s.Start:s.End]) }

func TestSpans(t *testing.T) {
	for _, c := range []struct{ pointer, key, value string }{
		{"/title", "title", `"Night sky"`},
		{"/literal key", "'literal key'", `'C:\path'`},
		{"/quoted é~1~0", `"quoted \u00e9/~"`, full[strings.Index(full, `"""`) : strings.Index(full, `"""""`)+5]},
		{"/space", "space", "2026-11-22 18:00"},
		{"/list", "list", full[strings.Index(full, `[ "a"`) : strings.Index(full, "mixed")-1]},
		{"/list/1", "'b'", "'b'"},
		{"/list/2/1", "[]", "[]"},
		{"/mixed/1/x", "x", "1"},
		{"/point/long", `"long"`, "-2"},
		{"/point/geo", "geo", "geo.name"},
		{"/point/geo/name", "name", `"x"`},
		{"/many/2/m/k", "k", `""`},
		{"/dotted", "dotted", "dotted.one"},
		{"/dotted/two", `"two"`, "2"},
		{"/place", "place", "[place]"},
		{"/place/name", "name", `"Museum"`},
		{"/place/address", "address", "[place.address.lines]"},
		{"/sessions", "sessions", "[[sessions]]"},
		{"/sessions/1", "sessions", "[[ sessions ]]"},
		{"/sessions/0/place/name", "name", `"Roof"`},
		{"/sessions/1/notes/1/text", "text", `"o"`},
		// What is not there: the nearest thing that is.
		{"/place/missing", "place", "[place]"},
		{"/sessions/0/missing/deep", "sessions", "[[sessions]]"},
		{"/missing", "", ""},
		{"", "", ""},
	} {
		for _, around := range []string{"", "\ufeff"} {
			d := parse(t, "a.toml", around+full)
			got := []string{text(d.KeySpan(c.pointer)), text(d.Span(c.pointer))}
			if diff := cmp.Diff([]string{c.key, c.value}, got); diff != "" {
				t.Errorf("%q (-want +got):\n%s", c.pointer, diff)
			}
		}
	}
}

func TestSpanOfDocument(t *testing.T) {
	for text, want := range map[string]int{"a = 1": 0, "\ufeffa = 1": 3} {
		if got := parse(t, "a.toml", text).Span("").Start; got != want {
			t.Errorf("%q begins at %d, want %d", text, got, want)
		}
	}
	if got := parse(t, "a.md", "\ufeff+++\na = 1\n+++\n").Span("/none").Start; got != 7 {
		t.Errorf("the fields begin at %d, want 7", got)
	}
}

func TestBodySpan(t *testing.T) {
	d := parse(t, "a.md", "+++\r\n+++\r\none\r\ntwo three\r\n")
	at := strings.Index(d.Body, "three")
	if got := text(d.BodySpan(at, at+5)); got != "three" {
		t.Errorf("the place of %q is that of %q", "three", got)
	}
	d = parse(t, "a.md", "+++\n+++\ncafe\u0301 x\ny z")
	at = strings.Index(d.Body, "z")
	if got := text(d.BodySpan(at, at+1)); got != "z" {
		t.Errorf("the place of %q is that of %q", "z", got)
	}
	if got := text(d.BodySpan(-5, 999)); got != "cafe\u0301 x\ny z" {
		t.Errorf("the place of all is that of %q", got)
	}
}

// TestSpansTogether: documents are read by many at once.
func TestSpansTogether(t *testing.T) {
	d := parse(t, "a.toml", full)
	done := make(chan string)
	for range 8 {
		go func() { done <- text(d.Span("/title")) }()
	}
	for range 8 {
		if got := <-done; got != `"Night sky"` {
			t.Errorf("got %q", got)
		}
	}
}
