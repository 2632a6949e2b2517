package peers_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"unicode/utf8"

	"fursa/feeds"
	"fursa/feeds/snapshot"
	"fursa/schema"
)

// What stands in the fields of a listing is data, whatever it looks like: it
// arrives as it was sent, on one line, and in valid UTF-8.
func TestTextsThatMeanHarm(t *testing.T) {
	c, p := newCity(t), newPuller(t)
	texts := []string{
		`<script>alert(1)</script>`, `"><img src=x onerror=alert(1)>`, "javascript:alert(1)", "</script><!--", `{{.Secret}}`, `${jndi:ldap://x}`,
		"\u202egnp.exe", "\u2066a\u2069\u200f", "\u2028\u2029", "a\x00b", "line\r\nbreak", "\x1b]0;title\x07", "\ufeff", "=cmd|' /C calc'!A0", "../../etc/passwd", strings.Repeat("z\u0300", 500),
	}
	var want []feeds.Shared
	for i, text := range texts {
		quoted, err := feeds.RecordJSON(map[string]any{"summary": text, "title": text, "url": text})
		if err != nil {
			t.Fatal(err)
		}
		s := c.shared(fmt.Sprintf("text-%02d", i), "")
		s.Record, s.Body, s.Lang, s.SameAs = quoted, text, text, []string{text}
		s.Terms.Subjects = map[string]map[string]string{text: {text: text}}
		s.Translations = map[string]feeds.SharedText{text: {Lang: text, Record: quoted, Body: text}}
		s.Provider.Record, s.Provider.Body = quoted, text
		c.send(s)
		s.Modified = c.sequence
		want = append(want, s)
	}
	c.publish()
	c.forge("fursa/catalogue.json", func(s string) string { return strings.Replace(s, `"en":"Kuopio"`, `"en":"<script>\u202e"`, 1) })
	r := p.pull(c.source())
	check(t, "reason", snapshot.Reason(""), reason(r))
	check(t, "name", schema.Text{"en": "<script>\u202e"}, r.State.Name)
	text, err := p.root.ReadFile("kuopio/" + snapshot.ItemsName)
	if err != nil || !utf8.Valid(text) {
		t.Fatal("no UTF-8", err)
	}
	var got []feeds.Shared
	for line := range bytes.Lines(text) {
		var s feeds.Shared
		if err := json.Unmarshal(line, &s); err != nil {
			t.Fatal(err)
		}
		got = append(got, s)
	}
	check(t, "listings", want, got)
}
