package pulled_test

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"fursa/feeds"
	"fursa/feeds/snapshot"
	"fursa/generator/catalogue"
	"fursa/generator/content"
	"fursa/generator/pulled"
	"fursa/schema"
	"fursa/schema/diag"
)

const home = "https://kuopio.example/"

// shared is a listing as the peer gives it, with some fields of its record
// changed; nil takes one out.
func shared(name string, change map[string]any) feeds.Shared {
	record := map[string]any{
		"title": "Story hour", "summary": "Stories in the library, each week another one.", "kind": "event", "lang": "fi",
		"languages": []string{"fi"}, "subjects": []string{"books", "stars"}, "grades": []string{"3"}, "mode": "in-person",
		"place":        map[string]any{"name": "Library", "address": "Maaherrankatu 12", "district": "centre", "country": "FI"},
		"sessions":     []map[string]any{{"start": "2026-12-05T18:00:00", "zone": "Europe/Helsinki"}},
		"cost":         map[string]any{"amount": 0},
		"registration": map[string]any{"opens": "2026-11-01", "deadline": "2026-12-01T23:30:00", "url": "https://library.example/"},
		"aliases":      []string{"opportunities/library/old-hour"}, "partners": []string{"museum"}, "skills": []string{"reading"},
		"image":      map[string]any{"src": "images/a.jpg", "alt": "A room"},
		"credential": map[string]any{"badges": []string{"reader"}},
		"requires":   []string{"badges/reader"}, "part_of": []string{"pathways/culture"}, "curriculum": []string{"a1"},
	}
	for key, v := range change {
		if record[key] = v; v == nil {
			delete(record, key)
		}
	}
	text := func(v any) json.RawMessage {
		out, err := json.Marshal(v)
		if err != nil {
			panic(err)
		}
		return out
	}
	return feeds.Shared{
		Zone: "Europe/Helsinki",
		ID:   home + "opportunities/library/" + name, URL: home + "opportunities/library/" + name + "/", Modified: 7,
		SameAs: []string{"https://events.example/1"}, Path: "opportunities/library/" + name,
		SharedText:   feeds.SharedText{Lang: "fi", Record: text(record), Body: "See [the shelf](/shelf)."},
		Translations: map[string]feeds.SharedText{"en": {Record: text(map[string]any{"title": "Tales"})}},
		Provider: &feeds.SharedProvider{
			ID: home + "providers/library", URL: home + "providers/library/", Path: "providers/library",
			SharedText: feeds.SharedText{Lang: "fi", Record: text(map[string]any{"name": "City library", "kind": "library", "districts": []string{"centre"}})},
		},
		Terms: feeds.SharedTerms{
			Subjects: map[string]map[string]string{"books": {"en": "Books and reading"}, "stars": {"en": "Stars", "fi": "Tähdet"}},
			Grades:   map[string]map[string]string{"3": {"en": "Third grade"}},
		},
	}
}

var peer = schema.Peer{Name: "Kuopio", URL: home, ID: home, Trust: "open", Map: &schema.PeerMap{
	Subjects: map[string]string{"Books and reading": "literature"}, Districts: map[string]string{"centre": "town"}, Grades: map[string]string{"3": "g3"},
}}

// read reads a snapshot of lines.
func read(t *testing.T, p schema.Peer, state snapshot.State, lines ...any) (*catalogue.Pulled, diag.List) {
	t.Helper()
	var text strings.Builder
	for _, l := range lines {
		if s, ok := l.(string); ok {
			fmt.Fprintln(&text, s)
			continue
		}
		line, err := json.Marshal(l)
		if err != nil {
			t.Fatal(err)
		}
		fmt.Fprintf(&text, "%s\n", line)
	}
	state.Version, state.ID = snapshot.Version, home
	stated, err := json.Marshal(state)
	if err != nil {
		t.Fatal(err)
	}
	r := catalogue.Records{Settings: schema.Catalogue{TimeZone: "Asia/Qatar"}, Peers: []*catalogue.Record[schema.Peer]{{Path: "peers/kuopio", Value: &p}}}
	all, list, err := pulled.Read(context.Background(), schema.NewValidator(), []content.Snapshot{{
		Peer: "kuopio", State: &diag.Source{Path: "state.json", Text: stated}, Items: &diag.Source{Path: "items.ndjson", Text: []byte(text.String())},
	}}, r)
	if err != nil || len(all) != 1 {
		t.Fatal(all, err)
	}
	return all[0], list
}

func TestRead(t *testing.T) {
	p, list := read(t, peer, snapshot.State{}, shared("story-hour", nil))
	if len(list) > 0 || len(p.Items) != 1 {
		t.Fatalf("%v, %d listings", list, len(p.Items))
	}
	f := p.Items[0]
	v := f.Value
	got := []any{
		f.Path, f.ID, f.URL, f.Lang, v.Title, v.Subjects, v.Grades, v.Place.District, v.SameAs, v.Registration.Opens.String(), v.Registration.Deadline.String(),
		f.Provider.Path, f.Provider.ID, f.Provider.Value.Name, f.Provider.Value.Districts,
		f.Translations[0].Lang, f.Translations[0].Value.Title, f.Translations[0].Value.Subjects,
		v.Aliases, v.Partners, v.Skills, v.Image, v.Credential.Badges, v.Requires, v.PartOf, v.Curriculum, p.Unmapped,
	}
	none, stars := []string(nil), []schema.Text{{"en": "Stars", "fi": "Tähdet"}}
	want := []any{
		"peers/kuopio/library/story-hour", home + "opportunities/library/story-hour", home + "opportunities/library/story-hour/", "fi",
		"Story hour", []string{"literature"}, []string{"g3"}, "town", []string{"https://events.example/1"}, "2026-11-01", "2026-12-02T00:30:00",
		"peers/kuopio/library", home + "providers/library", "City library", none,
		"en", "Tales", []string{"literature"},
		none, none, none, (*schema.Image)(nil), none, none, none, none, stars,
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// A change that is none of what is said leaves the record as it was.
func TestHash(t *testing.T) {
	first, second, third := shared("a", nil), shared("a", nil), shared("a", map[string]any{"title": "Another"})
	second.Modified = 8
	hash := func(s feeds.Shared) string {
		p, _ := read(t, peer, snapshot.State{}, s)
		return p.Items[0].Hash
	}
	if hash(first) != hash(second) || hash(first) == hash(third) {
		t.Error("the hash of a record is not that of what it says")
	}
}

func TestWhatBreaksARuleIsLeftOut(t *testing.T) {
	for name, x := range map[string]struct {
		line any
		rule string
		at   string // what the place points at
	}{
		"no title":        {shared("a", map[string]any{"title": nil}), "schema/missing-key", `"record"`},
		"HTML":            {shared("a", map[string]any{"summary": "<script>alert(1)</script>"}), "schema/html-in-text", `"\u003cscript\u003e`},
		"a script's link": {shared("a", map[string]any{"registration": map[string]any{"url": "javascript:alert(1)"}}), "", `"javascript:`},
		"turned text":     {shared("a", map[string]any{"title": "a\u202eb"}), "document/bidi-control", `"a` + "\u202e" + `b"`},
		"an unknown kind": {shared("a", map[string]any{"kind": "party"}), "", `"party"`},
		"no JSON":         {`{"id":"x"`, "peers/bad-json", `{"id"`},
		"no record":       {`{"id":"https://kuopio.example/x","record":7}`, "peers/bad-json", `{"id"`},
		"a bad provider": {func() any {
			s := shared("a", nil)
			s.Provider.Record = []byte(`{"name":"x","url":"ftp://x"}`)
			return s
		}(), "", ``},
		"deeply nested":     {`{"id":"x","record":` + strings.Repeat("[", 20000) + `}`, "peers/bad-json", `{"id"`},
		"an endless number": {shared("a", map[string]any{"cost": map[string]any{"amount": json.Number("1e400")}}), "", ``},
	} {
		t.Run(name, func(t *testing.T) {
			good := shared("good", nil)
			p, list := read(t, peer, snapshot.State{}, x.line, good)
			if len(p.Items) != 1 || p.Items[0].ID != good.ID || len(p.Refused) != 1 {
				t.Fatalf("%d listings, refused %v", len(p.Items), p.Refused)
			}
			if len(list) == 0 || list.Failed() {
				t.Fatalf("it is told as %v", list)
			}
			d := list[0]
			if x.rule != "" && d.Rule != x.rule {
				t.Errorf("rule %s", d.Rule)
			}
			if at := string(d.Span.Source.Text[d.Span.Start:]); !strings.HasPrefix(at, x.at) {
				t.Errorf("at %.40s", at)
			}
			if d.Fix != nil {
				t.Error("there is a correction, which nobody can make")
			}
		})
	}
}

func TestManyProblemsAreToldShortly(t *testing.T) {
	var lines []any
	for range 100 {
		lines = append(lines, shared("a", map[string]any{"kind": "party"}))
	}
	_, list := read(t, peer, snapshot.State{}, lines...)
	last := list[len(list)-1]
	if len(list) > 25 || last.Rule != "peers/more" || last.Arg("count") != "80" {
		t.Errorf("%d problems, the last is %s of %s", len(list), last.Rule, last.Arg("count"))
	}
}

func TestASnapshotOfAnother(t *testing.T) {
	other := peer
	other.ID = "https://vantaa.example/"
	p, list := read(t, other, snapshot.State{}, shared("a", nil))
	if len(p.Items) != 0 || len(list) != 1 || list[0].Rule != "peers/another" || list.Failed() {
		t.Errorf("%d listings, %v", len(p.Items), list)
	}
	off := peer
	off.Trust = "off"
	if p, list := read(t, off, snapshot.State{}, shared("a", nil)); len(p.Items) != 0 || len(list) != 0 {
		t.Errorf("off: %d listings, %v", len(p.Items), list)
	}
}
