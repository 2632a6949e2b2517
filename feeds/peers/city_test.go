package peers_test

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"net/http/httptest"
	"os"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"fursa/feeds"
	"fursa/feeds/fetch"
	"fursa/feeds/peers"
	"fursa/feeds/sign"
	"fursa/feeds/snapshot"
	"fursa/schema"
)

// kuopio is the id of the peer of these tests; it is served elsewhere.
const kuopio = "https://kuopio.example/"

// city is a Fursa catalogue that others pull: a server of the files that it
// publishes.
type city struct {
	t        *testing.T
	url      string
	key      sign.Key
	former   *sign.Key
	sequence int64
	changes  []feeds.RPDEItem // each id once, in the order of the changes
	cursors  []int64

	mu    sync.Mutex
	files map[string][]byte
	asked []string
	// instead answers a path in another way.
	instead map[string]http.HandlerFunc
}

func key(t *testing.T, letter string) sign.Key {
	t.Helper()
	k, err := sign.NewKey(strings.NewReader(strings.Repeat(letter, 256)))
	if err != nil {
		t.Fatal(err)
	}
	return k
}

func newCity(t *testing.T) *city {
	c := &city{t: t, key: key(t, "k"), cursors: []int64{0}, files: map[string][]byte{}, instead: map[string]http.HandlerFunc{}}
	s := httptest.NewServer(c)
	t.Cleanup(s.Close)
	c.url = s.URL + "/"
	return c
}

func (c *city) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	path := strings.TrimPrefix(r.URL.Path, "/")
	c.mu.Lock()
	text, ok := c.files[path]
	instead := c.instead[path]
	c.asked = append(c.asked, path)
	c.mu.Unlock()
	if instead != nil {
		instead(w, r)
		return
	}
	if !ok {
		http.NotFound(w, r)
		return
	}
	w.Header().Set("ETag", strconv.Quote(sign.Sum(text)))
	http.ServeContent(w, r, "", time.Time{}, bytes.NewReader(text))
}

func (c *city) set(path string, h http.HandlerFunc) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.instead[path] = h
}

// requests are those since the last time.
func (c *city) requests() []string {
	c.mu.Lock()
	defer c.mu.Unlock()
	asked := c.asked
	c.asked = nil
	return asked
}

// shared is a listing of the city's.
func (c *city) shared(name, title string) feeds.Shared {
	return feeds.Shared{
		ID: kuopio + "opportunities/library/" + name, URL: c.url + "opportunities/library/" + name + "/",
		Path:       "opportunities/library/" + name,
		SharedText: feeds.SharedText{Lang: "en", Record: json.RawMessage(fmt.Sprintf(`{"title":%q,"subjects":["astronomy"]}`, title))},
		Provider: &feeds.SharedProvider{
			ID: kuopio + "providers/library", URL: c.url + "providers/library/", Path: "providers/library",
			SharedText: feeds.SharedText{Lang: "en", Record: json.RawMessage(`{"name":"Library"}`)},
		},
		Terms: feeds.SharedTerms{Subjects: map[string]map[string]string{"astronomy": {"en": "Astronomy"}}},
	}
}

// put adds or changes a listing.
func (c *city) put(name, title string) { c.send(c.shared(name, title)) }

// send puts a change into the feed, whatever it says.
func (c *city) send(s feeds.Shared) {
	data, err := json.Marshal(map[string]any{"@type": "Event", "fursa:record": s})
	if err != nil {
		c.t.Fatal(err)
	}
	c.change(feeds.RPDEItem{State: feeds.RPDEUpdated, ID: feeds.RPDEID(s.ID), Data: data})
}

func (c *city) remove(name string) {
	c.change(feeds.RPDEItem{State: feeds.RPDEDeleted, ID: feeds.RPDEID(kuopio + "opportunities/library/" + name)})
}

func (c *city) change(i feeds.RPDEItem) {
	c.changes = slices.DeleteFunc(c.changes, func(old feeds.RPDEItem) bool { return old.ID == i.ID })
	c.sequence++
	i.Kind, i.Modified = "Opportunity", feeds.RPDEModified(strconv.FormatInt(c.sequence, 10))
	c.changes = append(c.changes, i)
}

func after(n int64) string { return fmt.Sprintf("feeds/rpde/opportunities/after/%d.json", n) }

// publish publishes all changes up to now.
func (c *city) publish() {
	c.t.Helper()
	if last := c.cursors[len(c.cursors)-1]; len(c.changes) > 0 && c.sequence > last {
		c.cursors = append(c.cursors, c.sequence)
	}
	files := map[string][]byte{}
	for i, cursor := range c.cursors {
		next := c.cursors[min(i+1, len(c.cursors)-1)]
		p := feeds.RPDEPage{Next: c.url + after(next)}
		for _, item := range c.changes {
			if n, _ := strconv.ParseInt(string(item.Modified), 10, 64); n > cursor && n <= next {
				p.Items = append(p.Items, item)
			}
		}
		var text bytes.Buffer
		if err := feeds.WriteRPDE(&text, p); err != nil {
			c.t.Fatal(err)
		}
		files[after(cursor)] = text.Bytes()
	}
	files["fursa/catalogue.json"] = fmt.Appendf(nil,
		`{"id":%q,"url":%q,"name":{"en":"Kuopio"},"languages":["en"],"key":%q,"counts":{"listings":%d},"feeds":[{"type":"application/json; profile=\"https://openactive.io/realtime-paged-data-exchange/\"","url":%q}]}`,
		kuopio, c.url, c.key.Public(), len(c.changes), c.url+after(0))
	c.sign(files)
}

// sign signs some files, and publishes them.
func (c *city) sign(files map[string][]byte) {
	m := sign.Manifest{Catalogue: kuopio, Sequence: c.sequence, Key: c.key.Public(), Files: map[string]string{}}
	for path, text := range files {
		m.Files[path] = sign.Sum(text)
	}
	text := m.Bytes()
	files = maps.Clone(files)
	files[sign.ManifestPath], files[sign.SignaturePath] = text, c.key.Sign(text, "")
	if c.former != nil {
		files[sign.FormerPath] = c.former.Sign(text, "")
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.files = files
}

// source is the city as somebody's peer.
func (c *city) source() peers.Source {
	return peers.Source{Slug: "kuopio", Peer: schema.Peer{Name: "Kuopio", URL: c.url, ID: kuopio, Key: c.key.Public()}}
}

// puller is a catalogue that pulls.
type puller struct {
	t    *testing.T
	dir  string
	root *os.Root
	peers.Options
}

func newPuller(t *testing.T) *puller {
	dir := t.TempDir()
	root, err := os.OpenRoot(dir)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { root.Close() })
	getter := fetch.New(fetch.Options{AllowLoopback: true, Timeout: time.Second, Pause: time.Millisecond, PerSecond: 100_000, PerHost: 8, Attempts: 1})
	return &puller{t, dir, root, peers.Options{
		Get: getter.Get, Folder: root, Ours: "https://hub.example/", Now: time.Date(2026, 11, 1, 0, 0, 0, 0, time.UTC),
	}}
}

// pull pulls one peer.
func (p *puller) pull(s peers.Source) peers.Result {
	p.t.Helper()
	p.Now = p.Now.Add(time.Hour)
	r := peers.Pull(context.WithoutCancel(p.t.Context()), []peers.Source{s}, p.Options)[0]
	if r.Err != nil {
		p.t.Fatal(r.Err)
	}
	return r
}

// titles are those of the listings in a snapshot, by the last part of the id.
func (p *puller) titles(slug string) map[string]string {
	p.t.Helper()
	text, err := p.root.ReadFile(slug + "/" + snapshot.ItemsName)
	if err != nil {
		return nil
	}
	titles := map[string]string{}
	for l := range bytes.Lines(text) {
		var s feeds.Shared
		var record struct{ Title string }
		if err := json.Unmarshal(l, &s); err != nil {
			p.t.Fatal(err)
		}
		if err := json.Unmarshal(s.Record, &record); err != nil {
			p.t.Fatal(err)
		}
		titles[s.ID[strings.LastIndex(s.ID, "/")+1:]] = record.Title
	}
	return titles
}
