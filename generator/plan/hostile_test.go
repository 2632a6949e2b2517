package plan_test

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"errors"
	"io"
	"path"
	"reflect"
	"strings"
	"testing"

	"github.com/emersion/go-ical"
	"github.com/mmcdole/gofeed"
	"golang.org/x/net/html"

	"fursa/generator"
	"fursa/generator/catalogue"
	"fursa/generator/plan"
	"fursa/schema"
	"fursa/themes"
)

// hostile is a text that tries to get out of whatever it stands in: a
// formula, an element, an attribute, a comment, CDATA, a template, a header.
const hostile = "=1+1\"'`><script>alert(1)</script></title></textarea><img src=x onerror=alert(1)> --> ]]> {{.Title}} {{.Count}} &lt;b&gt; %s %d;:,\\ \r\nBEGIN:VEVENT"

// hostileURLs are addresses that try the same, in turn; the schemas let their
// like through nowhere.
var hostileURLs = [...]string{
	`https://evil.example/"onmouseover="alert(1)"><script>alert(1)</script>?a=b&c=d`,
	"javascript:alert(1)",
	"data:text/html,<script>alert(1)</script>",
}

const hostileBody = `<script>alert(1)</script>

[a](javascript:alert(1)) ![b](data:text/html;base64,PHNjcmlwdD4=) <b onclick="alert(1)">c</b>
[d]: https://evil.example/"onmouseover="alert(1)
[d] <https://evil.example/"><script>alert(1)</script>> &#x202E;turned&#8294; ` + "`<script>alert(1)</script>`" + `

` + hostile + `

# <script>alert(1)</script>
`

// The schemas say which fields hold text and which addresses; each is made
// hostile, in the records of a catalogue that was read without it.
func TestHostileTextStaysText(t *testing.T) {
	planned, _, err := generator.NewBuilder().Plan(t.Context(), generator.Input{Content: sample, Clock: clock, Drafts: true})
	if err != nil {
		t.Fatal(err)
	}
	c := planned.Catalogue
	poisonCatalogue(t, c)
	theme, list, err := themes.Load(nil, "", plan.Functions(nil, nil))
	if err != nil || list != nil {
		t.Fatal(err, list)
	}
	outputs, list, err := plan.Outputs(plan.Input{Catalogue: c, Search: indexed(t, c), Theme: theme})
	if err != nil || list != nil {
		t.Fatal(err, list)
	}
	s := rendered(t, &generator.Site{Catalogue: c, Outputs: outputs})
	for p, content := range s.files {
		if path.Ext(p) != ".js" && bytes.ContainsAny(content, "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069") {
			t.Errorf("%s holds marks that turn text round", p)
		}
		switch path.Ext(p) {
		case ".html":
			checkHarmless(t, p, string(content))
		case ".xml":
			checkXML(t, p, content)
		case ".opml":
			checkXML(t, p, content)
		case ".json":
			if !json.Valid(content) {
				t.Errorf("%s is no JSON", p)
			}
		}
	}
	checkHostileListings(t, s)
	checkHostileIndex(t, s)
	checkHostileFeeds(t, s)
	for _, r := range table(t, s) {
		for column, cell := range r {
			if strings.HasPrefix(cell, "=") {
				t.Errorf("catalogue.csv: %s of %s is a formula: %s", column, r["id"], cell)
			}
		}
	}
}

// checkHarmless looks in HTML for what a browser would run.
func checkHarmless(t *testing.T, name, content string) {
	t.Helper()
	p := parsePage(t, name, []byte(content))
	for n := range p.root.Descendants() {
		if n.Type == html.ElementNode && ((n.Data == "script" || n.Data == "textarea") && !ours(n) || n.Data == "iframe") {
			t.Errorf("%s: a %s came through", name, n.Data)
		}
		for _, a := range n.Attr {
			value := strings.ToLower(strings.TrimSpace(a.Val))
			if strings.HasPrefix(a.Key, "on") || strings.HasPrefix(value, "javascript:") || strings.HasPrefix(value, "data:") {
				t.Errorf("%s: <%s %s=%q> came through", name, n.Data, a.Key, a.Val)
			}
		}
	}
}

// ours says whether an element is one of the theme's: an asset, data that no
// browser runs, whose contents have a test of their own, or a field that a
// script fills.
func ours(script *html.Node) bool {
	if script.Data == "textarea" {
		id, _ := attr(script, "id")
		form := strings.HasPrefix(id, "field-") || strings.HasPrefix(id, "submit-")
		return (id == "school-file" || form) && script.FirstChild == nil
	}
	if src, ok := attr(script, "src"); ok {
		return strings.Contains(src, "/assets/") && !strings.Contains(src, "//") && script.FirstChild == nil
	}
	kind, _ := attr(script, "type")
	return kind == "application/ld+json"
}

// checkXML reads all of a document.
func checkXML(t *testing.T, name string, content []byte) {
	t.Helper()
	decoder := xml.NewDecoder(bytes.NewReader(content))
	for {
		token, err := decoder.Token()
		if errors.Is(err, io.EOF) {
			return
		}
		if err != nil {
			t.Errorf("%s: %v", name, err)
			return
		}
		if start, ok := token.(xml.StartElement); ok && start.Name.Local == "script" {
			t.Errorf("%s: a script came through", name)
		}
	}
}

// checkHostileListings wants the text to be shown as it was written.
func checkHostileListings(t *testing.T, s site) {
	t.Helper()
	want := strings.Join(strings.Fields(hostile), " ")
	for _, l := range s.Catalogue.Listings {
		for _, prefix := range []string{"", "ar/"} {
			p := parsePage(t, l.Path, s.files[prefix+l.Path+"/index.html"])
			if got := text(p.first("h1", "", "")); got != want {
				t.Errorf("%s%s: its heading is %q", prefix, l.Path, got)
			}
		}
	}
}

// checkHostileIndex wants the search index to hold the text as it was written.
func checkHostileIndex(t *testing.T, s site) {
	t.Helper()
	for _, prefix := range []string{"", "ar/"} {
		x, shown := s.index(t, prefix), 0
		for _, card := range x.cards(t) {
			if card == nil {
				continue
			}
			if shown++; card[1] != hostile {
				t.Errorf("%s: a card's title is %q", prefix, card[1])
			}
		}
		var all labels
		parseJSON(t, x.file(x.Labels), &all)
		if shown == 0 || x.Name != hostile || all.Facets[0].Terms[0][1] != hostile {
			t.Errorf("%s: %d cards, the name %q, the labels %v", prefix, shown, x.Name, all.Facets[0])
		}
	}
}

func checkHostileFeeds(t *testing.T, s site) {
	t.Helper()
	want := strings.Join(strings.Fields(hostile), " ")
	for _, name := range []string{"feed.xml", "atom.xml", "feed.json", "ar/feed.xml", "ar/atom.xml", "ar/feed.json"} {
		feed, err := gofeed.NewParser().Parse(bytes.NewReader(s.files[name]))
		if err != nil || len(feed.Items) == 0 {
			t.Errorf("%s: %v", name, err)
			continue
		}
		for _, item := range feed.Items {
			checkHarmless(t, name+" "+item.GUID, "<p>"+item.Content)
			if got := strings.Join(strings.Fields(item.Title), " "); html.UnescapeString(got) != html.UnescapeString(want) {
				t.Errorf("%s: the title is %q", name, got)
			}
		}
	}
	c, err := ical.NewDecoder(bytes.NewReader(s.files["calendar.ics"])).Decode()
	if err != nil {
		t.Fatal(err)
	}
	if events := len(c.Events()); events == 0 || bytes.Count(s.files["calendar.ics"], []byte("\r\nBEGIN:VEVENT")) != events {
		t.Errorf("calendar.ics: %d events, or some that a text began", events)
	}
}

// poisonCatalogue makes every text and address of a catalogue hostile.
func poisonCatalogue(t *testing.T, c *catalogue.Catalogue) {
	t.Helper()
	p := &poisoner{files: map[string]map[string]any{}}
	for name, source := range schema.Files() {
		var tree map[string]any
		if err := json.Unmarshal(source, &tree); err != nil {
			t.Fatal(err)
		}
		p.files[name] = tree
	}
	for _, l := range c.Listings {
		poisonRecord(p, schema.KindOpportunity, l.Record)
	}
	for _, x := range c.Providers {
		poisonRecord(p, schema.KindProvider, x.Record)
	}
	for _, x := range c.Pathways {
		poisonRecord(p, schema.KindPathway, x.Record)
	}
	for _, x := range c.Badges {
		poisonRecord(p, schema.KindBadge, x.Record)
	}
	for _, x := range c.Pages {
		poisonRecord(p, schema.KindPage, x)
	}
	for _, l := range c.Listings {
		for _, e := range l.Endorsements {
			poisonRecord(p, schema.KindEndorsement, e.Record)
		}
	}
	for _, v := range []*catalogue.Vocabulary{c.Subjects, c.Skills, c.Places, c.Curricula} {
		terms := p.at(schema.KindVocabulary)["properties"].(map[string]any)["terms"].(map[string]any)
		for _, term := range v.Terms {
			p.poison(reflect.ValueOf(&term.Term).Elem(), terms["items"].(map[string]any))
		}
	}
	id, base := c.Settings.ID, c.Settings.BaseURL
	p.poison(reflect.ValueOf(&c.Settings).Elem(), p.at(schema.KindCatalogue))
	c.Settings.ID, c.Settings.BaseURL = id, base
	if p.texts == 0 {
		t.Fatal("nothing was made hostile")
	}
}

func poisonRecord[T any](p *poisoner, kind schema.Kind, r *catalogue.Record[T]) {
	p.poison(reflect.ValueOf(r.Value).Elem(), p.at(kind))
	r.Body = hostileBody
	for i := range r.Translations {
		p.poison(reflect.ValueOf(r.Translations[i].Value).Elem(), p.at(kind))
		r.Translations[i].Body = hostileBody
	}
}

// poisoner makes values hostile where the schemas say that they are texts.
type poisoner struct {
	files map[string]map[string]any
	texts int
}

func (p *poisoner) at(kind schema.Kind) map[string]any { return p.files[string(kind)+".schema.json"] }

func (p *poisoner) poison(v reflect.Value, n map[string]any) {
	if ref, ok := n["$ref"].(string); ok {
		_, name, _ := strings.Cut(ref, "#/$defs/")
		n = p.files["common.schema.json"]["$defs"].(map[string]any)[name].(map[string]any)
	}
	switch v.Kind() {
	case reflect.Pointer:
		if !v.IsNil() {
			p.poison(v.Elem(), n)
		}
	case reflect.String:
		switch n["format"] {
		case "plain-text":
			v.SetString(hostile)
			p.texts++
		case "uri":
			v.SetString(hostileURLs[p.texts%len(hostileURLs)])
			p.texts++
		}
	case reflect.Slice:
		for i := range v.Len() {
			p.poison(v.Index(i), n["items"].(map[string]any))
		}
	case reflect.Map:
		if values, _ := n["additionalProperties"].(map[string]any); values["format"] == "plain-text" {
			for _, key := range v.MapKeys() {
				v.SetMapIndex(key, reflect.ValueOf(hostile))
				p.texts++
			}
		}
	case reflect.Struct:
		properties, ok := n["properties"].(map[string]any)
		for i := range v.NumField() {
			name, _, _ := strings.Cut(v.Type().Field(i).Tag.Get("json"), ",")
			if inner, known := properties[name].(map[string]any); ok && known {
				p.poison(v.Field(i), inner)
			}
		}
	}
}
