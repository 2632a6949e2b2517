package peers_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"fursa/feeds"
	"fursa/feeds/peers"
	"fursa/feeds/snapshot"
	"fursa/schema"
)

// event is what the sources of these tests say of something.
type event struct{ id, title, day string }

// The same in each format that is a document.
var documents = map[string]func(events []event) string{
	peers.FormatICS: func(events []event) string {
		var b strings.Builder
		b.WriteString("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Town//EN\r\nX-WR-CALNAME:Town events\r\n")
		for _, e := range events {
			fmt.Fprintf(&b, "BEGIN:VEVENT\r\nUID:%s\r\nDTSTAMP:20260101T000000Z\r\nDTSTART;VALUE=DATE:%s\r\nSUMMARY:%s\r\nLOCATION:Hall\r\nEND:VEVENT\r\n", e.id, strings.ReplaceAll(e.day, "-", ""), e.title)
		}
		return b.String() + "END:VCALENDAR\r\n"
	},
	peers.FormatRSS: func(events []event) string {
		var b strings.Builder
		b.WriteString(`<?xml version="1.0"?><rss version="2.0" xmlns:ev="http://purl.org/rss/1.0/modules/event/"><channel><title>Town events</title><link>https://town.example/</link><description>d</description>`)
		for _, e := range events {
			fmt.Fprintf(&b, `<item><guid>%s</guid><title>%s</title><link>/x</link><ev:startdate>%s</ev:startdate><ev:location>Hall</ev:location></item>`, e.id, e.title, e.day)
		}
		return b.String() + `</channel></rss>`
	},
	peers.FormatAtom: func(events []event) string {
		var b strings.Builder
		b.WriteString(`<feed xmlns="http://www.w3.org/2005/Atom" xmlns:ev="http://purl.org/rss/1.0/modules/event/"><title>Town events</title><id>x</id><updated>2026-01-01T00:00:00Z</updated>`)
		for _, e := range events {
			fmt.Fprintf(&b, `<entry><id>%s</id><title>%s</title><updated>2026-01-01T00:00:00Z</updated><ev:startdate>%s</ev:startdate><ev:location>Hall</ev:location></entry>`, e.id, e.title, e.day)
		}
		return b.String() + `</feed>`
	},
	peers.FormatJSONFeed: func(events []event) string {
		items := []any{}
		for _, e := range events {
			items = append(items, map[string]any{"id": e.id, "title": e.title, "content_text": e.title, "_fursa": map[string]string{"start": e.day, "location": "Hall"}})
		}
		text, _ := json.Marshal(map[string]any{"version": "https://jsonfeed.org/version/1.1", "title": "Town events", "items": items})
		return string(text)
	},
	peers.FormatSchema: func(events []event) string {
		graph := []any{}
		for _, e := range events {
			graph = append(graph, map[string]any{"@type": "Event", "@id": "#" + e.id, "name": e.title, "startDate": e.day, "location": map[string]string{"@type": "Place", "name": "Hall"}})
		}
		text, _ := json.Marshal(map[string]any{"@context": "https://schema.org", "@graph": graph})
		return `<!DOCTYPE html><html><title>Town events</title><script type="application/ld+json">` + string(text) + `</script></html>`
	},
}

func town(c *city, format string) peers.Source {
	return peers.Source{Slug: "town", Peer: schema.Peer{Name: "Town", URL: c.url + "events", Format: format}}
}

// offers publishes a document.
func (c *city) offers(format string, events ...event) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.files["events"] = []byte(documents[format](events))
}

// standing are the titles in a snapshot, sorted.
func (p *puller) standing() []string {
	var titles []string
	for _, title := range p.titles("town") {
		titles = append(titles, title)
	}
	slices.Sort(titles)
	return titles
}

var (
	chess  = event{"chess", "Chess club", "2027-03-01"}
	judo   = event{"judo", "Judo class", "2027-03-02"}
	kites  = event{"kites", "Kite day", "2027-03-03"}
	pots   = event{"pots", "Pottery", "2027-03-04"}
	undone = event{"undone", "Some news", ""}
)

// From the first pull to a change, a removal, a broken document and nothing.
func TestADocumentIsFollowed(t *testing.T) {
	for format := range documents {
		t.Run(format, func(t *testing.T) {
			c, p := newCity(t), newPuller(t)
			c.offers(format, undone, chess, judo, kites)
			r := p.pull(town(c, format))
			check(t, "reason", snapshot.Reason(""), reason(r))
			check(t, "first", []string{"Chess club", "Judo class", "Kite day"}, p.standing())
			check(t, "counts", snapshot.Counts{Items: 3, Added: 3, Refused: 1}, r.State.Counts)

			c.requests()
			r = p.pull(town(c, format))
			check(t, "same", true, r.Same)
			check(t, "asked where nothing has changed", []string{"events"}, c.requests())
			check(t, "counts where nothing has changed", 3, r.State.Counts.Items)

			c.offers(format, chess, event{"judo", "Judo for all", judo.day}, pots, kites)
			r = p.pull(town(c, format))
			check(t, "changed", []string{"Chess club", "Judo for all", "Kite day", "Pottery"}, p.standing())
			check(t, "counts", snapshot.Counts{Items: 4, Added: 1, Changed: 1}, r.State.Counts)

			// One that stood before others is taken out, in a feed too.
			c.offers(format, chess, pots, kites)
			r = p.pull(town(c, format))
			check(t, "removed", []string{"Chess club", "Kite day", "Pottery"}, p.standing())
			check(t, "counts", snapshot.Counts{Items: 3, Gone: 1}, r.State.Counts)

			c.mu.Lock()
			c.files["events"] = c.files["events"][:len(c.files["events"])/2]
			c.mu.Unlock()
			r = p.pull(town(c, format))
			want := map[bool]snapshot.Reason{true: snapshot.Emptied, false: snapshot.Unreadable}[format == peers.FormatSchema]
			check(t, "reason of half a document", want, reason(r))
			check(t, "the last good", []string{"Chess club", "Kite day", "Pottery"}, p.standing())
			c.offers(format, chess, pots, kites)
			check(t, "it passes", snapshot.Reason(""), reason(p.pull(town(c, format))))

			c.offers(format)
			r = p.pull(town(c, format))
			window := format != peers.FormatICS && format != peers.FormatSchema
			check(t, "reason of nothing", map[bool]snapshot.Reason{true: "", false: snapshot.Emptied}[window], reason(r))
			check(t, "what stays of nothing", []string{"Chess club", "Kite day", "Pottery"}, p.standing())
			p.Release = true
			check(t, "reason where it is wanted", snapshot.Reason(""), reason(p.pull(town(c, format))))
			check(t, "what stays where it is wanted", window, p.standing() != nil)
		})
	}
}

// A feed of the newest items: what falls off its end stays, until it is over or
// was last seen long ago, also where nothing else changes.
func TestWhatFallsOffAFeed(t *testing.T) {
	for _, format := range []string{peers.FormatRSS, peers.FormatAtom, peers.FormatJSONFeed} {
		t.Run(format, func(t *testing.T) {
			c, p := newCity(t), newPuller(t)
			soon := event{"soon", "Very soon", "2026-11-05"}
			c.offers(format, chess, judo, soon)
			p.pull(town(c, format))
			c.offers(format, kites, chess)
			p.pull(town(c, format))
			check(t, "fallen", []string{"Chess club", "Judo class", "Kite day", "Very soon"}, p.standing())

			p.Now = p.Now.AddDate(0, 0, 30)
			c.offers(format, pots, kites, chess)
			r := p.pull(town(c, format))
			check(t, "one is over", []string{"Chess club", "Judo class", "Kite day", "Pottery"}, p.standing())
			check(t, "counts", snapshot.Counts{Items: 4, Added: 1}, r.State.Counts)

			p.Now = p.Now.AddDate(0, 0, 59)
			check(t, "same", true, p.pull(town(c, format)).Same)
			p.Now = p.Now.AddDate(0, 0, 2)
			r = p.pull(town(c, format))
			check(t, "the other was seen long ago", []string{"Chess club", "Kite day", "Pottery"}, p.standing())
			check(t, "counts", snapshot.Counts{Items: 3}, r.State.Counts)
			check(t, "same again", true, p.pull(town(c, format)).Same)
		})
	}
}

// What is no longer good is not what has fallen off.
func TestARefusedItemIsNotKept(t *testing.T) {
	c, p := newCity(t), newPuller(t)
	c.offers(peers.FormatRSS, chess, judo)
	p.pull(town(c, peers.FormatRSS))
	c.offers(peers.FormatRSS, chess, event{"judo", "Judo class", ""})
	r := p.pull(town(c, peers.FormatRSS))
	check(t, "listings", []string{"Chess club"}, p.standing())
	check(t, "refused", []snapshot.Refused{{ID: "judo", Why: snapshot.NoDate}}, r.State.Refused)
}

// A line of the snapshot, whole.
func TestALineOfADocument(t *testing.T) {
	c, p := newCity(t), newPuller(t)
	p.Lang, p.Zone = "de", "Europe/Berlin"
	c.offers(peers.FormatICS, chess)
	s := town(c, peers.FormatICS)
	s.Assume = &schema.Assume{Kind: "club"}
	p.pull(s)
	text, _ := p.root.ReadFile("town/" + snapshot.ItemsName)
	id := peers.ForeignID("https://hub.example/", "town", "chess")
	name := strings.TrimPrefix(id, "https://hub.example/peers/town/")
	check(t, "length of the name", 16, len(name))
	want := fmt.Sprintf(`{"id":"https://hub.example/peers/town/%[1]s","url":"%[2]s","path":"peers/town/%[1]s","lang":"de","record":{"ages":{"min":0},"cost":{"unknown":true},"kind":"club","lang":"de","languages":["de"],"mode":"in-person","place":{"name":"Hall"},"sessions":[{"start":"2027-03-01"}],"subjects":["unsorted"],"summary":"Chess club – Town, 2027-03-01","title":"Chess club"},"provider":{"id":"https://hub.example/peers/town/providers/town","url":"%[2]s","path":"providers/town","lang":"de","record":{"lang":"de","name":"Town"}},"terms":{"subjects":{"unsorted":{"ar":"لم يُصنَّف بعد","en":"Not sorted yet"}}}}`+"\n", name, c.url)
	check(t, "line", want, string(text))

	// What is assumed now is another thing, so all is read again.
	s.Assume.Kind = "course"
	p.pull(s)
	text, _ = p.root.ReadFile("town/" + snapshot.ItemsName)
	check(t, "line", strings.Replace(want, `"club"`, `"course"`, 1), string(text))
	s.Assume.Kind = "nonsense"
	check(t, "nonsense", snapshot.Unknown, reason(p.pull(s)))
}

// The pages that a list names are read, those of its host.
func TestAPageWithAList(t *testing.T) {
	c, p := newCity(t), newPuller(t)
	other := newCity(t)
	c.files["events"] = fmt.Appendf(nil, `<html><script type="application/ld+json">{"@context":"https://schema.org","@type":"ItemList","itemListElement":[
		{"@type":"ListItem","url":"/events/1"},{"@type":"ListItem","url":"/events/2"},{"@type":"ListItem","url":"%sevents/3"}]}</script>`, other.url)
	page := func(title string) []byte {
		return fmt.Appendf(nil, `<html><script type="application/ld+json">{"@context":"https://schema.org","@type":"Event","name":%q,"startDate":"2027-03-01","location":"Hall"}</script>`, title)
	}
	c.files["events/1"], c.files["events/2"] = page("Chess club"), page("Judo class")
	s := town(c, peers.FormatSchema)
	check(t, "reason", snapshot.Reason(""), reason(p.pull(s)))
	check(t, "listings", []string{"Chess club", "Judo class"}, p.standing())
	check(t, "asked", []string{"events", "events/1", "events/2"}, c.requests())
	check(t, "others asked", []string(nil), other.requests())
	text, _ := p.root.ReadFile("town/" + snapshot.ItemsName)
	if !strings.Contains(string(text), `"url":"`+c.url+`events/1"`) {
		t.Errorf("no listing leads to its page: %s", text)
	}

	check(t, "same", true, p.pull(s).Same)
	check(t, "asked where nothing has changed", []string{"events", "events/1", "events/2"}, c.requests())

	c.mu.Lock()
	c.files["events/2"] = page("Judo for all")
	delete(c.files, "events/1")
	c.mu.Unlock()
	check(t, "reason", snapshot.Reason(""), reason(p.pull(s)))
	check(t, "listings", []string{"Judo for all"}, p.standing())

	c.set("events/2", func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusInternalServerError) })
	check(t, "a page that fails", snapshot.Unreachable, reason(p.pull(s)))
	check(t, "the last good", []string{"Judo for all"}, p.standing())
}

// A list of more pages than are read: the rest is told, not dropped silently.
func TestALongList(t *testing.T) {
	c, p := newCity(t), newPuller(t)
	var list []string
	for i := range 205 {
		list = append(list, fmt.Sprintf(`"/events/%d"`, i))
		c.files[fmt.Sprint("events/", i)] = []byte(documents[peers.FormatSchema]([]event{{"x", fmt.Sprint("Event ", i), "2027-03-01"}}))
	}
	c.files["events"] = []byte(`{"@context":"https://schema.org","@type":"ItemList","itemListElement":[` + strings.Join(list, ",") + `]}`)
	r := p.pull(town(c, peers.FormatSchema))
	check(t, "counts", snapshot.Counts{Items: 200, Added: 200, Refused: 5}, r.State.Counts)
	check(t, "refused", snapshot.Refused{ID: c.url + "events/200", Why: snapshot.TooLarge}, r.State.Refused[0])
}

// A snapshot that was damaged is read again, whole.
func TestADamagedSnapshotIsReadAgain(t *testing.T) {
	c, p := newCity(t), newPuller(t)
	c.offers(peers.FormatRSS, chess, judo)
	p.pull(town(c, peers.FormatRSS))
	c.offers(peers.FormatRSS, chess)
	p.pull(town(c, peers.FormatRSS))
	text, _ := p.root.ReadFile("town/" + snapshot.ItemsName)
	if err := p.root.WriteFile("town/"+snapshot.ItemsName, []byte(strings.ToUpper(string(text))), 0o644); err != nil {
		t.Fatal(err)
	}
	p.Now = p.Now.Add(91 * 24 * time.Hour)
	p.pull(town(c, peers.FormatRSS))
	check(t, "listings", []string{"Chess club"}, p.standing())
}

// Each trouble is named, and comes to an end.
func TestHostileDocuments(t *testing.T) {
	for name, h := range map[string]struct {
		format string
		answer http.HandlerFunc
		want   snapshot.Reason
	}{
		"endless":           {peers.FormatRSS, endless, snapshot.TooMuch},
		"deep JSON":         {peers.FormatJSONFeed, says(strings.Repeat(`{"a":`, 1000)), snapshot.TooMuch},
		"deep XML":          {peers.FormatAtom, says("<feed>" + strings.Repeat("<a:b>", 50_000)), snapshot.Unreadable},
		"a deep calendar":   {peers.FormatICS, says(strings.Repeat("BEGIN:X\r\n", 1000)), snapshot.Unreadable},
		"a page for a feed": {peers.FormatRSS, says("<html><p>We are moving"), snapshot.Unreadable},
		"another calendar":  {peers.FormatICS, says("<html>"), snapshot.Unreadable},
		"no UTF-8":          {peers.FormatJSONFeed, says("\xff\xfe{\x00"), snapshot.Unreadable},
		"redirected inwards": {peers.FormatICS, func(w http.ResponseWriter, r *http.Request) {
			http.Redirect(w, r, "http://10.0.0.1/", http.StatusFound)
		}, snapshot.Unreachable},
		"more than are taken": {peers.FormatRSS, says(documents[peers.FormatRSS](slices.Repeat([]event{undone}, 300))), snapshot.TooMuch},
	} {
		t.Run(name, func(t *testing.T) {
			c, p := newCity(t), newPuller(t)
			p.Bounds = peers.Bounds{Items: 200, PageBytes: 1 << 20}
			c.offers(h.format, chess)
			p.pull(town(c, h.format))
			c.set("events", h.answer)
			check(t, "reason", h.want, reason(p.pull(town(c, h.format))))
			check(t, "the last good", []string{"Chess club"}, p.standing())
		})
	}
}

func says(text string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, text) }
}

// What stands at an address is found out, and what it would bring.
func TestLookAtOthers(t *testing.T) {
	for format, write := range documents {
		c, p := newCity(t), newPuller(t)
		c.files["events"] = []byte(write([]event{chess, judo, undone}))
		found, err := peers.Look(t.Context(), c.url+"events", p.Options)
		if err != nil {
			t.Fatal(format, err)
		}
		check(t, format, schema.Peer{Name: "Town events", URL: c.url + "events", Format: format}, found.Peer)
		check(t, format+" brings", [2]int{2, 1}, [2]int{found.Listings, found.Refused})
	}
}

// Of the feeds that a page names, the one that brings most is taken.
func TestLookAtAPage(t *testing.T) {
	c, p := newCity(t), newPuller(t)
	c.files["news.xml"] = []byte(documents[peers.FormatRSS]([]event{undone, undone}))
	c.files["all.ics"] = []byte(documents[peers.FormatICS]([]event{chess, judo}))
	c.files["town"] = []byte(`<!doctype html><html><head><title>Town</title>
		<link rel="alternate" type="application/rss+xml" href="news.xml"><link rel="alternate" type="text/calendar" href="/all.ics">
		<link rel="alternate" type="application/atom+xml" href="/none.xml"></head>`)
	found, err := peers.Look(t.Context(), c.url+"town", p.Options)
	check(t, "error", error(nil), err)
	check(t, "peer", schema.Peer{Name: "Town events", URL: c.url + "all.ics", Format: peers.FormatICS}, found.Peer)

	c.files["town"] = []byte("<!doctype html><html><title>Town</title>")
	if _, err = peers.Look(t.Context(), c.url+"town", p.Options); err == nil {
		t.Error("a page with nothing was taken")
	}
}

// A change feed may be long: its beginning is enough to look at.
func TestLookAtAChangeFeed(t *testing.T) {
	c, p := newCity(t), newPuller(t)
	pages := []string{}
	for i := range 6 {
		pages = append(pages, session(fmt.Sprint(i), i+1, "Judo"))
	}
	c.feed(pages...)
	found, err := peers.Look(t.Context(), gym(c).URL, p.Options)
	check(t, "error", error(nil), err)
	check(t, "found", []any{peers.FormatRPDE, 4, true}, []any{found.Peer.Format, found.Listings, found.More})
}

// What a change feed's listing says, as others say it.
func TestALineOfAChangeFeed(t *testing.T) {
	c, p := newCity(t), newPuller(t)
	c.feed(strings.Replace(session("a", 7, "Judo"), `"location"`, `"organizer":{"name":"Dojo","url":"https://dojo.example/"},"location"`, 1), "")
	p.pull(gym(c))
	text, _ := p.root.ReadFile("gym/" + snapshot.ItemsName)
	var s feeds.Shared
	if err := json.Unmarshal(text, &s); err != nil {
		t.Fatal(err)
	}
	check(t, "listing", []any{
		"https://gym.example/a", int64(7), []string{"https://gym.example/a"}, "https://hub.example/peers/gym/providers/dojo", "https://dojo.example/", `{"lang":"en","name":"Dojo","url":"https://dojo.example/"}`,
	}, []any{s.URL, s.Modified, s.SameAs, s.Provider.ID, s.Provider.URL, string(s.Provider.Record)})
}
