package document_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"fursa/schema/diag"
	"fursa/schema/document"
)

const line = `{"id":"x","record":{"title":"Night \"sky\"","ages":{"min":8},"cost":{"amount":2.5},"subjects":["art", "stars"]},"body":"One\r\ntwo"}`

func parsedLine(t *testing.T, text string) (document.Line, *diag.Source) {
	t.Helper()
	src := &diag.Source{Path: ".peers/x/items.ndjson", Text: []byte("first\n" + text + "\nlast\n")}
	l, list := document.ParseLine(src, 6, 6+len(text))
	if list != nil {
		t.Fatal(list)
	}
	return l, src
}

func TestRecordOfALine(t *testing.T) {
	l, src := parsedLine(t, line)
	d, list := l.Record("/record", "/body")
	if list != nil {
		t.Fatal(list)
	}
	want := map[string]any{
		"title": `Night "sky"`, "ages": map[string]any{"min": int64(8)}, "cost": map[string]any{"amount": 2.5},
		"subjects": []any{"art", "stars"},
	}
	if diff := cmp.Diff(want, d.Value); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if d.Body != "One\ntwo" || d.IsFile() {
		t.Errorf("body %q, a file: %t", d.Body, d.IsFile())
	}
	at := func(s diag.Span) string { return string(src.Text[s.Start:s.End]) }
	for pointer, want := range map[string]string{
		"/title": `"Night \"sky\""`, "/ages/min": "8", "/subjects/1": `"stars"`, "/subjects/7": `["art", "stars"]`,
		"/cost": `{"amount":2.5}`, "/none": at(d.Span("")),
	} {
		if got := at(d.Span(pointer)); got != want {
			t.Errorf("%s: %s, not %s", pointer, got, want)
		}
	}
	if got := at(d.KeySpan("/ages/min")); got != `"min"` {
		t.Errorf("key: %s", got)
	}
	if got := at(d.BodySpan(1, 2)); got != `"One\r\ntwo"` {
		t.Errorf("body: %s", got)
	}
	if !strings.HasPrefix(at(d.Span("")), `{"title"`) {
		t.Errorf("record: %s", at(d.Span("")))
	}
}

func TestBadLines(t *testing.T) {
	if _, list := document.ParseLine(&diag.Source{Text: []byte(`{"a":`)}, 0, 5); len(list) != 1 || list[0].Rule != "peers/bad-json" {
		t.Errorf("half a line: %v", list)
	}
	for text, want := range map[string]string{
		`{"record":[]}`:                            "peers/bad-json",
		`{"id":"x"}`:                               "peers/bad-json",
		`{"record":{"title":"a\u202eb"}}`:          "document/bidi-control",
		`{"record":{"a\u0000b":1}}`:                "document/control-character",
		`{"record":{"t":"x"},"body":"a\u0007b"}`:   "document/control-character",
		`{"record":{"t":["x",{"y":"\u2066"}]}}`:    "document/bidi-control",
		`{"record":{"t":"x"},"body":"fine\u200f"}`: "",
	} {
		l, _ := parsedLine(t, text)
		_, list := l.Record("/record", "/body")
		got := ""
		if len(list) > 0 {
			got = list[0].Rule
			if list[0].Span.End <= list[0].Span.Start {
				t.Errorf("%s: no place", text)
			}
		}
		if got != want {
			t.Errorf("%s: %q, not %q", text, got, want)
		}
	}
}
