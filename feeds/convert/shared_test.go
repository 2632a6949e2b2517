package convert_test

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/text"

	"fursa/feeds"
	"fursa/feeds/convert"
	"fursa/schema"
	"fursa/schema/diag"
	"fursa/schema/document"
)

func sharer(t *testing.T, format string) *convert.Sharer {
	t.Helper()
	s, err := convert.NewSharer(format, convert.Assumptions{Defaults: convert.Defaults{Lang: "de", Zone: "Europe/Berlin", Provider: "Town"}})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// Each format's listings in the form in which catalogues give them to each other.
func TestShared(t *testing.T) {
	for format, source := range map[string]string{
		convert.FormatICS: "source.ics", convert.FormatRSS: "source.rss", convert.FormatJSONLD: "source.html", convert.FormatRPDE: "source.rpde",
	} {
		t.Run(format, func(t *testing.T) {
			all, notes, err := sharer(t, format).Read([]byte(read(t, "testdata/"+source)), "https://town.example/feed")
			if err != nil {
				t.Fatal(err)
			}
			var out strings.Builder
			e := json.NewEncoder(&out)
			e.SetEscapeHTML(false)
			e.SetIndent("", " ")
			for _, f := range all {
				if err := e.Encode(f); err != nil {
					t.Fatal(err)
				}
			}
			compareGolden(t, "testdata/shared-"+format+".txtar", map[string]string{"shared": out.String(), "notes": written(notes)})
		})
	}
}

// hostile is what somebody may write into any field.
const hostile = "<b>Judo</b><script>alert(1)</script> &lt;img src=x onerror=alert(1)&gt; <xmp><script>x</script></xmp> &amp;lt;i&amp;gt; \u202egnirts\u2066 [a](javascript:alert(1)) <a href=\"javascript:alert(1)\">b</a> and words enough"

// Whatever stands in a field, a listing is plain words, Markdown without HTML
// and addresses of the web.
func TestHostileFields(t *testing.T) {
	quoted, _ := json.Marshal(hostile)
	q := string(quoted)
	escaped := strings.NewReplacer("&", "&amp;", "<", "&lt;").Replace(hostile)
	lines := strings.NewReplacer("\\", "\\\\", ",", "\\,", ";", "\\;").Replace(hostile)
	event := `{"@type":"Event","@id":"https://town.example/1","name":` + q + `,"description":` + q + `,"url":"javascript:alert(1)","keywords":[` + q + `,"<b>Judo</b>"],
		"startDate":"2027-01-02T10:00:00Z","inLanguage":` + q + `,"eventStatus":` + q + `,"organizer":{"name":` + q + `,"url":"data:text/html,x"},
		"location":{"name":` + q + `,"address":{"streetAddress":` + q + `,"addressLocality":` + q + `,"postalCode":` + q + `,"addressCountry":` + q + `}},
		"offers":{"url":"javascript:alert(1)","price":` + q + `,"priceCurrency":` + q + `},"ageRange":{"minValue":` + q + `}}`
	for name, tt := range map[string]struct{ format, text string }{
		"rss": {convert.FormatRSS, `<rss version="2.0" xmlns:ev="http://purl.org/rss/1.0/modules/event/"><channel><title>x</title><language>` + escaped + `</language><item><guid>` + escaped + `</guid><title>` + escaped + `</title>
			<link>javascript:alert(1)</link><description>` + escaped + `</description><author>` + escaped + `</author><category>` + escaped + `</category>
			<ev:startdate>2027-01-02</ev:startdate><ev:location>` + escaped + `</ev:location></item></channel></rss>`},
		"ics": {convert.FormatICS, "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\nBEGIN:VEVENT\r\nDTSTAMP:20260101T000000Z\r\nUID:" + lines + "\r\nDTSTART:20270102T100000Z\r\nSUMMARY:" + lines +
			"\r\nDESCRIPTION:" + lines + "\r\nLOCATION:" + lines + "\r\nURL:javascript:alert(1)\r\nCATEGORIES:" + lines + "\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"},
		"jsonld": {convert.FormatJSONLD, `{"@context":"https://schema.org","@graph":[` + event + `]}`},
		"rpde":   {convert.FormatRPDE, `{"next":"https://town.example/","items":[{"state":"updated","kind":"Event","id":"1","modified":1,"data":` + event + `}]}`},
	} {
		t.Run(name, func(t *testing.T) {
			all, notes, err := sharer(t, tt.format).Read([]byte(tt.text), "https://town.example/feed")
			if err != nil || len(all) != 1 {
				t.Fatalf("%d listings, %v: %s", len(all), err, written(notes))
			}
			harmless(t, all[0].Shared)
		})
	}
}

// harmless fails where a listing holds what could do more than be read, or what a
// record may not hold.
func harmless(t *testing.T, s feeds.Shared) {
	t.Helper()
	text, err := feeds.RecordJSON(s)
	if err != nil {
		t.Fatal(err)
	}
	for _, bad := range []string{"\u202e", "\u2066", "data:text", `:"javascript:`} {
		if strings.Contains(string(text), bad) {
			t.Errorf("%q is in %s", bad, text)
		}
	}
	record := string(s.Record)
	if s.Provider != nil {
		record += string(s.Provider.Record)
	}
	labels, _ := feeds.RecordJSON(s.Terms)
	if bad := record + string(labels); strings.Contains(bad, "<") {
		t.Errorf("there is a tag in %s", bad)
	}
	root := goldmark.DefaultParser().Parse(markdown(s.Body))
	_ = ast.Walk(root, func(n ast.Node, _ bool) (ast.WalkStatus, error) {
		link, isLink := n.(*ast.Link)
		if n.Kind() == ast.KindRawHTML || n.Kind() == ast.KindHTMLBlock || n.Kind() == ast.KindImage || isLink && !strings.HasPrefix(string(link.Destination), "http") {
			t.Errorf("%s in the body %q", n.Kind(), s.Body)
			return ast.WalkStop, nil
		}
		return ast.WalkContinue, nil
	})
	o, err := schema.Decode[schema.Opportunity](valueOf(t, s.Record))
	if err != nil {
		t.Fatal(err)
	}
	d, list := document.Parse(&diag.Source{Path: "opportunities/x/x.md", Text: schema.Encode(o, s.Body)})
	list = append(list, schema.NewValidator().Check(schema.KindOpportunity, "", d)...)
	if list.Failed() {
		t.Error(said(list))
	}
}

func markdown(s string) text.Reader { return text.NewReader([]byte(s)) }

func valueOf(t *testing.T, record json.RawMessage) map[string]any {
	t.Helper()
	var value map[string]any
	if err := json.Unmarshal(record, &value); err != nil {
		t.Fatal(err)
	}
	return value
}

// What is not said is assumed, and what can't be is refused with a reason.
func TestAssumptions(t *testing.T) {
	calendar := func(lines string) []byte {
		return []byte("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\nBEGIN:VEVENT\r\nDTSTAMP:20260101T000000Z\r\nUID:1\r\nDTSTART:20270102T100000Z\r\n" + lines + "END:VEVENT\r\nEND:VCALENDAR\r\n")
	}
	with, err := convert.NewSharer(convert.FormatICS, convert.Assumptions{
		Defaults: convert.Defaults{Lang: "ar", Zone: "Asia/Qatar", Provider: "مكتبة", Kind: "club", Ages: "6-12"}, Place: "قاعة القراءة",
	})
	if err != nil {
		t.Fatal(err)
	}
	all, _, err := with.Read(calendar("SUMMARY:نادي الشطرنج\r\nORGANIZER;CN=مكتبة الوكرة:mailto:a@b.example\r\n"), "https://town.example/x.ics")
	if err != nil || len(all) != 1 {
		t.Fatal(all, err)
	}
	o, err := schema.Decode[schema.Opportunity](valueOf(t, all[0].Shared.Record))
	if err != nil {
		t.Fatal(err)
	}
	got := []any{o.Kind, o.Lang, *o.Ages.Min, *o.Ages.Max, o.Place.Name, o.Mode, o.Subjects, o.Sessions[0].Start.String(), all[0].Provider != ""}
	want := []any{"club", "ar", 6, 12, "قاعة القراءة", "in-person", []string{convert.Unsorted}, "2027-01-02T13:00:00", true}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}

	for name, tt := range map[string]struct{ lines, want string }{
		"no place":     {"SUMMARY:Chess club\r\n", "schema/place-missing"},
		"no title":     {"LOCATION:Hall\r\n", "import/row-no-title"},
		"a long title": {"SUMMARY:" + strings.Repeat("Chess ", 30) + "\r\nLOCATION:Hall\r\n", "import/title-long"},
	} {
		all, notes, err := sharer(t, convert.FormatICS).Read(calendar(tt.lines), "https://town.example/x.ics")
		if err != nil || len(all) != 0 || len(notes) != 1 || notes[0].Problem.Rule != tt.want {
			t.Errorf("%s: %v, %v, %v", name, all, err, written(notes))
		}
	}
	if _, err := convert.NewSharer(convert.FormatICS, convert.Assumptions{Defaults: convert.Defaults{Kind: "nonsense"}}); err == nil {
		t.Error("nonsense was assumed")
	}
}

// Data that would keep its reader busy for ever does not.
func TestDataThatGrows(t *testing.T) {
	many := func(id string) string {
		return "[" + strings.Join(slices.Repeat([]string{`"` + id + `"`}, 3000), ",") + "]"
	}
	bomb := `{"@graph":[{"@id":"s","@type":"X","location":` + many("l") + `},{"@id":"l","@type":"X","address":` + many("a") + `},{"@id":"a","@type":"X","streetAddress":` + many("b") + `},
		{"@type":"Event","@id":"https://town.example/1","name":"Judo","superEvent":` + many("s") + `,"startDate":"2027-01-02"}]}`
	all, notes, err := sharer(t, convert.FormatJSONLD).Read([]byte(bomb), "https://town.example/")
	if err != nil || len(all) != 0 || len(notes) == 0 {
		t.Errorf("%v, %v, %s", all, err, written(notes))
	}
	since := strings.Repeat(`,{"startDate":"2018-01-01","repeatFrequency":"P1D","startTime":"09:00"},{"startDate":"0900-01-01","repeatFrequency":"P1D","startTime":"09:00"}`, 50_000)
	daily := `{"@type":"Event","@id":"https://town.example/1","name":"Judo","subEvent":{"@type":"Event","startDate":"2027-01-02T10:00"},"eventSchedule":[{}` + since + `]}`
	if _, _, err := sharer(t, convert.FormatJSONLD).Read([]byte(daily), "https://town.example/"); err != nil {
		t.Error(err)
	}
	deep := `<rss version="2.0"><channel>` + strings.Repeat("<a:a>", 1_000_000)
	if _, _, err := sharer(t, convert.FormatRSS).Read([]byte(deep), "https://town.example/"); err == nil {
		t.Error("a deep feed was read")
	}
}

func TestPages(t *testing.T) {
	page := `<!DOCTYPE html><title>Town &amp; country</title>
<link rel="alternate" type="application/rss+xml" href="/feed.xml"><link rel="stylesheet" href="x.css">
<link rel="alternate" hreflang="ar" href="/ar/"><link href="javascript:x" rel="alternate" type="text/calendar"><link rel="ALTERNATE home" type="text/calendar; charset=utf-8" href="all.ics">
<script type="application/ld+json">{"@context":"https://schema.org","@type":"ItemList","itemListElement":[
 {"@type":"ListItem","url":"/a"},{"@type":"ListItem","item":{"@id":"b"}},"/c",{"@type":"ListItem","item":{"@type":"Event","name":"Here","url":"/d"}},{"url":"/a"},{"url":"ftp://x/"}],
 "breadcrumb":{"@type":"BreadcrumbList","itemListElement":[{"@type":"ListItem","item":"/home"}]}}</script>`
	want := convert.Page{Title: "Town & country", Linked: true, Feeds: []string{"https://town.example/feed.xml", "https://town.example/list/all.ics"}}
	if diff := cmp.Diff(want, convert.ReadPage([]byte(page), "https://town.example/list/")); diff != "" {
		t.Error(diff)
	}
	got := convert.Pages([]byte(page), "https://town.example/list/")
	if diff := cmp.Diff([]string{"https://town.example/a", "https://town.example/list/b", "https://town.example/c"}, got); diff != "" {
		t.Error(diff)
	}
}

// The standard's own examples: what has all that a listing needs is one, and the
// rest says what it lacks.
func TestOpenActiveExamplesShared(t *testing.T) {
	for example, want := range map[string]string{
		"courseinstance_example_1": "Netball Youth Camp", "event_example_1": "Alan's social ride group Gorhambury House loop",
		"ondemandevent_example_1": "Alan's indoor cycling exercises", "sessionseries_example_1": "Virtual BODYPUMP",
		"facilityuse_example_1": "1 \"\" \"\" \"\" import/row-shape: the entry can't be read: it is neither an event nor a course, but a FacilityUse\n",
	} {
		var item feeds.RPDEItem
		page, err := feeds.ReadRPDE([]byte(sharedData(t, "openactive/data-models/versions/2.x/examples/"+example+".json")))
		if err == nil {
			item = page.Items[0]
		} else {
			item = feeds.RPDEItem{State: feeds.RPDEUpdated, Kind: "Event", ID: "1", Data: []byte(sharedData(t, "openactive/data-models/versions/2.x/examples/"+example+".json"))}
		}
		all, notes, err := sharer(t, convert.FormatRPDE).Item(item, "https://booking.example/feed")
		got := written(notes)
		if len(all) == 1 {
			got = valueOf(t, all[0].Shared.Record)["title"].(string)
			harmless(t, all[0].Shared)
		}
		if err != nil || got != want {
			t.Errorf("%s: %v, %s", example, err, got)
		}
	}
}
