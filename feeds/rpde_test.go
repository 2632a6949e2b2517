package feeds_test

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"fursa/feeds"
)

func TestRPDEReadsWhatItWrites(t *testing.T) {
	want := feeds.RPDEPage{
		Next: "https://doha.example/feeds/rpde/after/7.json", License: "https://creativecommons.org/licenses/by/4.0/",
		Items: []feeds.RPDEItem{
			{State: feeds.RPDEUpdated, Kind: "Event", ID: "https://doha.example/a", Modified: "1795156200000", Data: json.RawMessage(`{"name":"سماء <b>"}`)},
			{State: feeds.RPDEDeleted, Kind: "Event", ID: "7", Modified: "x2"},
		},
	}
	var out bytes.Buffer
	if err := feeds.WriteRPDE(&out, want); err != nil {
		t.Fatal(err)
	}
	for _, part := range []string{`"modified":1795156200000`, `"modified":"x2"`, "سماء <b>"} {
		if !strings.Contains(out.String(), part) {
			t.Errorf("%s is not in %s", part, out.String())
		}
	}
	got, err := feeds.ReadRPDE(out.Bytes())
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	out.Reset()
	if err := feeds.WriteRPDE(&out, feeds.RPDEPage{Next: "x"}); err != nil || !strings.Contains(out.String(), `"items":[]`) {
		t.Errorf("no items: %s, %v", out.String(), err)
	}
}

func TestRPDEReadsOthers(t *testing.T) {
	got, err := feeds.ReadRPDE([]byte(`{"next":"https://x.example/?afterTimestamp=1&afterId=2","items":[{"state":"deleted","kind":"session","id":12345678901234567890,"modified":9007199254740993,"data":null}],"licence":"x"}`))
	if err != nil || got.Items[0].ID != "12345678901234567890" || got.Items[0].Modified != "9007199254740993" {
		t.Errorf("%+v, %v", got, err)
	}
}

func TestRPDERefuses(t *testing.T) {
	item := func(text string) string { return `{"next":"x","items":[` + text + `]}` }
	for text, want := range map[string]string{
		``: "unexpected end", `[]`: "this is no page", `{"items":[]}`: "no «next»", `{"next":"x"}`: "no «items»", `{"next":"x","items":null}`: "no «items»",
		item(`{"state":"updated","kind":"a","id":"1","modified":1}`):                  "item 1: it is updated, and has no «data»",
		item(`{"state":"updated","kind":"a","id":"1","modified":1,"data":[]}`):        "has no «data»",
		item(`{"state":"deleted","kind":"a","id":"1","modified":1,"data":{}}`):        "it is deleted, and has «data»",
		item(`{"state":"new","kind":"a","id":"1","modified":1,"data":{}}`):            `"new"`,
		item(`{"state":"deleted","kind":"a","modified":1}`):                           "no «id»",
		item(`{"state":"deleted","kind":"a","id":1.5,"modified":1}`):                  "whole number",
		item(`{"state":"deleted","kind":"a","id":"1","modified":-1}`):                 "whole number",
		item(`{"state":"deleted","kind":"a","id":{},"modified":1}`):                   "whole number",
		item(`{"state":"updated","kind":"a","id":"1","modified":1,"data":{}}`) + "{}": "after top-level value",
	} {
		if _, err := feeds.ReadRPDE([]byte(text)); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v, want %q", text, err, want)
		}
	}
}
