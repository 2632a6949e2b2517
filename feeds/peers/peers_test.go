package peers_test

import (
	"fmt"
	"net/http"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"fursa/feeds"
	"fursa/feeds/peers"
	"fursa/feeds/sign"
	"fursa/feeds/snapshot"
)

// reason is why the last good snapshot stayed; empty where it did not.
func reason(r peers.Result) snapshot.Reason {
	if r.Problem == nil {
		return ""
	}
	return r.Problem.Reason
}

func check(t *testing.T, what string, want, got any) {
	t.Helper()
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("%s (-want +got):\n%s", what, diff)
	}
}

// From the first pull to a change, a removal, and nothing at all.
func TestAPeerIsFollowed(t *testing.T) {
	c, p := newCity(t), newPuller(t)
	c.put("stars", "Stars")
	c.put("tales", "Tales <b>&</b>")
	c.publish()
	r := p.pull(c.source())
	check(t, "problem", snapshot.Reason(""), reason(r))
	check(t, "first", map[string]string{"stars": "Stars", "tales": "Tales <b>&</b>"}, p.titles("kuopio"))
	check(t, "counts", snapshot.Counts{Items: 2, Added: 2}, r.State.Counts)
	text, _ := p.root.ReadFile("kuopio/" + snapshot.ItemsName)
	want := fmt.Sprintf(`{"id":"https://kuopio.example/opportunities/library/stars","url":"%[1]sopportunities/library/stars/","modified":1,"path":"opportunities/library/stars","lang":"en","record":{"subjects":["astronomy"],"title":"Stars"},"provider":{"id":"https://kuopio.example/providers/library","url":"%[1]sproviders/library/","path":"providers/library","lang":"en","record":{"name":"Library"}},"terms":{"subjects":{"astronomy":{"en":"Astronomy"}}}}`, c.url)
	check(t, "line", want, strings.SplitN(string(text), "\n", 2)[0])

	c.requests()
	r = p.pull(c.source())
	check(t, "same", true, r.Same)
	check(t, "asked where nothing has changed", []string{sign.ManifestPath}, c.requests())

	c.put("dance", "Dance")
	c.remove("tales")
	c.put("stars", "More stars")
	c.publish()
	r = p.pull(c.source())
	check(t, "problem", snapshot.Reason(""), reason(r))
	check(t, "changed", map[string]string{"stars": "More stars", "dance": "Dance"}, p.titles("kuopio"))
	check(t, "counts", snapshot.Counts{Items: 2, Added: 1, Changed: 1, Gone: 1}, r.State.Counts)
	check(t, "asked, from the kept cursor", []string{
		sign.ManifestPath, sign.SignaturePath, "fursa/catalogue.json", after(2), after(5),
	}, c.requests())
}

// Without its cursor or its listings, a snapshot is made anew, and what has
// gone meanwhile stays away.
func TestWhatIsLostIsReadAgain(t *testing.T) {
	for name, lose := range map[string]func(c *city, p *puller){
		"the listings": func(_ *city, p *puller) { _ = p.root.Remove("kuopio/" + snapshot.ItemsName) },
		"some of the listings": func(_ *city, p *puller) {
			_ = p.root.WriteFile("kuopio/"+snapshot.ItemsName, []byte("{\"id\":\"x\"}\n"), 0o644)
		},
		"the cursor": func(c *city, _ *puller) { c.cursors = []int64{0, c.sequence} },
		"time":       func(_ *city, p *puller) { p.Now = p.Now.AddDate(0, 0, 100) },
	} {
		t.Run(name, func(t *testing.T) {
			c, p := newCity(t), newPuller(t)
			c.put("stars", "Stars")
			c.put("tales", "Tales")
			c.publish()
			p.pull(c.source())
			c.changes = c.changes[:1] // its removal is told no longer
			c.put("dance", "Dance")
			lose(c, p)
			c.publish()
			check(t, "problem", snapshot.Reason(""), reason(p.pull(c.source())))
			check(t, "listings", map[string]string{"stars": "Stars", "dance": "Dance"}, p.titles("kuopio"))
		})
	}
}

// Each trouble leaves the last good listings, is named, and passes.
func TestTheLastGoodStays(t *testing.T) {
	text := func(s string) http.HandlerFunc {
		return func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, s) }
	}
	for name, c := range map[string]struct {
		harm func(c *city)
		want snapshot.Reason
	}{
		"another's signature": {func(c *city) { c.files[sign.SignaturePath] = key(c.t, "x").Sign(c.files[sign.ManifestPath], "") }, snapshot.Mismatch},
		"no signature":        {func(c *city) { delete(c.files, sign.SignaturePath) }, snapshot.Unsigned},
		"another key":         {func(c *city) { c.key = key(c.t, "x"); c.publish() }, snapshot.KeyChanged},
		"a page of another":   {func(c *city) { c.files[after(3)] = []byte(`{"next":"x","items":[]}`) }, snapshot.Mismatch},
		"a page that is gone": {func(c *city) { c.set(after(3), http.NotFound) }, snapshot.Unreachable},
		"an error": {func(c *city) {
			c.set(sign.ManifestPath, func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(500) })
		}, snapshot.Unreachable},
		"a page of HTML":      {func(c *city) { c.set(sign.ManifestPath, text("<html>")) }, snapshot.Unreadable},
		"deep JSON":           {func(c *city) { c.set(sign.ManifestPath, text(strings.Repeat("[", 100_000))) }, snapshot.TooMuch},
		"an endless manifest": {func(c *city) { c.set(sign.ManifestPath, endless) }, snapshot.TooMuch},
		"an older state":      {func(c *city) { c.sequence = 1; c.cursors = []int64{0}; c.publish() }, snapshot.Backwards},
		"nothing any more": {func(c *city) {
			for _, name := range []string{"stars", "tales", "dance", "more"} {
				c.remove(name)
			}
			c.publish()
		}, snapshot.Emptied},
		"a feed in circles":    {func(c *city) { c.rewire(func(int64) string { return after(0) }) }, snapshot.Loop},
		"a feed that is stuck": {func(c *city) { c.rewire(after) }, snapshot.Loop},
		"a feed elsewhere":     {func(c *city) { c.rewire(func(int64) string { return "../../x" }) }, snapshot.Mismatch},
	} {
		t.Run(name, func(t *testing.T) {
			city, p := newCity(t), newPuller(t)
			for _, name := range []string{"stars", "tales", "dance"} {
				city.put(name, name)
			}
			city.publish()
			source := city.source()
			p.pull(source)
			good := p.titles("kuopio")
			city.put("more", "more")
			city.publish()
			c.harm(city)
			r := p.pull(source)
			check(t, "reason", c.want, reason(r))
			check(t, "listings", good, p.titles("kuopio"))
			check(t, "failures", 1, r.State.Failures)
			check(t, "held", c.want == snapshot.Backwards || c.want == snapshot.Emptied, r.State.Held != nil)
		})
	}
}

func endless(w http.ResponseWriter, r *http.Request) {
	for r.Context().Err() == nil {
		if _, err := w.Write(make([]byte, 1<<16)); err != nil {
			return
		}
	}
}

// rewire makes the pages of the feed lead elsewhere, rightly signed, and holds
// something on the last one.
func (c *city) rewire(next func(int64) string) {
	files := map[string][]byte{"fursa/catalogue.json": c.files["fursa/catalogue.json"]}
	for _, n := range c.cursors {
		files[after(n)] = []byte(strings.Replace(string(c.files[after(n)]), `{"next":"`+c.url, `{"was":"`, 1))
		files[after(n)] = []byte(strings.Replace(string(files[after(n)]), `{"was":`, `{"next":"`+c.url+next(n)+`","was":`, 1))
		if n == c.sequence {
			files[after(n)] = []byte(strings.Replace(string(files[after(n)]), `"items":[]`, `"items":[{"state":"deleted","kind":"x","id":"x","modified":9}]`, 1))
		}
	}
	c.sequence++
	c.sign(files)
}

// A site that is published while it is read is read once more.
func TestAMismatchMayPass(t *testing.T) {
	c, p := newCity(t), newPuller(t)
	c.put("stars", "Stars")
	c.publish()
	good := c.files["fursa/catalogue.json"]
	times := 0
	c.set("fursa/catalogue.json", func(w http.ResponseWriter, _ *http.Request) {
		if times++; times == 1 {
			fmt.Fprint(w, "{}")
			return
		}
		_, _ = w.Write(good)
	})
	check(t, "reason", snapshot.Reason(""), reason(p.pull(c.source())))
	check(t, "times", 2, times)
}

func TestKeys(t *testing.T) {
	c, p := newCity(t), newPuller(t)
	c.put("stars", "Stars")
	c.publish()
	for name, change := range map[string]func(*peers.Source){
		"no key": func(s *peers.Source) { s.Key = "" },
		"no id":  func(s *peers.Source) { s.ID = "" },
	} {
		source := c.source()
		change(&source)
		check(t, name, snapshot.Unpinned, reason(p.pull(source)))
	}
	source := c.source()
	source.ID = "https://oulu.example/"
	check(t, "another id", snapshot.Other, reason(p.pull(source)))

	source = c.source()
	p.pull(source)
	former := c.key
	c.key, c.former = key(t, "n"), &former
	c.put("tales", "Tales")
	c.publish()
	r := p.pull(source)
	check(t, "reason", snapshot.Reason(""), reason(r))
	check(t, "announced", c.key.Public(), r.State.NewKey)
	check(t, "listings", map[string]string{"stars": "Stars", "tales": "Tales"}, p.titles("kuopio"))
	c.former = nil
	c.put("dance", "Dance")
	c.publish()
	check(t, "without the former", snapshot.KeyChanged, reason(p.pull(source)))
	r = p.pull(c.source())
	check(t, "with the new one pinned", snapshot.Reason(""), reason(r))
	check(t, "announced", "", r.State.NewKey)
	source.Key = former.Public()
	check(t, "with the former one pinned again, and nothing new", snapshot.KeyChanged, reason(p.pull(source)))
}

// A pull of which nothing has changed writes nothing, but once a day.
func TestNothingChangedIsNotWritten(t *testing.T) {
	c, p := newCity(t), newPuller(t)
	c.put("stars", "Stars")
	c.publish()
	first := p.pull(c.source()).State.Fetched
	for range 2 {
		r := p.pull(c.source())
		kept, err := snapshot.Load(p.root, "kuopio")
		if err != nil || !r.Same || !r.State.Fetched.Equal(p.Now) || !kept.Fetched.Equal(first) {
			t.Errorf("an hour later: %v, %+v, kept %v", err, r, kept.Fetched)
		}
	}
	p.Now = p.Now.Add(20 * time.Hour)
	p.pull(c.source())
	kept, err := snapshot.Load(p.root, "kuopio")
	if err != nil || !kept.Fetched.Equal(p.Now) {
		t.Errorf("the next day: %v, kept %v", err, kept.Fetched)
	}
}

// A peer speaks for its own listings, and of each as it is.
func TestListingsThatAreRefused(t *testing.T) {
	c, p := newCity(t), newPuller(t)
	c.put("stars", "Stars")
	want := []snapshot.Refused{}
	refuse := func(why snapshot.Reason, change func(*feeds.Shared)) {
		s := c.shared(fmt.Sprintf("bad-%d", len(want)), "Bad")
		change(&s)
		c.send(s)
		want = append(want, snapshot.Refused{ID: s.ID, Why: why})
	}
	for _, id := range []string{
		"https://oulu.example/opportunities/library/stars", "https://hub.example/opportunities/museum/night-sky", "https://kuopio.example.evil.example/opportunities/a/b",
		kuopio + "peers/oulu/0123", kuopio + "opportunities/../../x", kuopio + "opportunities/a/b/c", kuopio + "opportunities/a/B", kuopio + "opportunities/a/b?c", "x",
	} {
		refuse(snapshot.NotTheirs, func(s *feeds.Shared) { s.ID = id })
	}
	refuse(snapshot.NotTheirs, func(s *feeds.Shared) { s.Path = "../../etc/passwd" })
	refuse(snapshot.NotTheirs, func(s *feeds.Shared) { s.URL = "javascript:alert(1)" })
	refuse(snapshot.NotTheirs, func(s *feeds.Shared) { s.URL = "https://evil.example/" })
	refuse(snapshot.NotTheirs, func(s *feeds.Shared) { s.Provider.ID = "https://oulu.example/providers/library" })
	refuse(snapshot.BadItem, func(s *feeds.Shared) { s.Record = []byte(`[]`) })
	refuse(snapshot.BadItem, func(s *feeds.Shared) { s.Record = []byte(`null`) })
	refuse(snapshot.TooLarge, func(s *feeds.Shared) { s.Body = strings.Repeat("x", 1<<20) })
	c.change(feeds.RPDEItem{State: feeds.RPDEUpdated, ID: kuopio + "opportunities/a/no-record", Data: []byte(`{"@type":"Event"}`)})
	want = append(want, snapshot.Refused{ID: kuopio + "opportunities/a/no-record", Why: snapshot.NoRecord})
	c.change(feeds.RPDEItem{State: feeds.RPDEDeleted, ID: "https://hub.example/opportunities/museum/day"})
	want = append(want, snapshot.Refused{ID: "https://hub.example/opportunities/museum/day", Why: snapshot.NotTheirs})
	c.publish()
	r := p.pull(c.source())
	check(t, "reason", snapshot.Reason(""), reason(r))
	check(t, "refused", want, r.State.Refused)
	check(t, "counts", snapshot.Counts{Items: 1, Added: 1, Refused: len(want)}, r.State.Counts)
	check(t, "listings", map[string]string{"stars": "Stars"}, p.titles("kuopio"))
}

// What one change may take away is bounded, until somebody wants it.
func TestAPeerIsHeld(t *testing.T) {
	c, p := newCity(t), newPuller(t)
	for i := range 60 {
		c.put(fmt.Sprint("n-", i), "A title")
	}
	c.publish()
	p.pull(c.source())
	for i := range 31 {
		c.remove(fmt.Sprint("n-", i))
	}
	c.publish()
	r := p.pull(c.source())
	check(t, "reason", snapshot.Changed, reason(r))
	check(t, "held", &snapshot.Held{Since: p.Now, Why: snapshot.Changed, Gone: 31}, r.State.Held)
	check(t, "listings", 60, len(p.titles("kuopio")))
	since := p.Now
	check(t, "held since", since, p.pull(c.source()).State.Held.Since)
	p.Release = true
	r = p.pull(c.source())
	check(t, "reason", snapshot.Reason(""), reason(r))
	check(t, "listings", 29, len(p.titles("kuopio")))
	check(t, "held", (*snapshot.Held)(nil), r.State.Held)
}

func TestPeersAreBounded(t *testing.T) {
	c, p := newCity(t), newPuller(t)
	for i := range 30 {
		c.put(fmt.Sprint("n-", i), "A title")
		c.publish()
	}
	for name, b := range map[string]peers.Bounds{"items": {Items: 29}, "bytes": {Bytes: 1000}, "pages": {Pages: 10}, "the bytes of a page": {PageBytes: 100}, "depth": {Depth: 2}} {
		p.Bounds = b
		check(t, name, snapshot.TooMuch, reason(p.pull(c.source())))
	}
	if found, _ := filepath.Glob(filepath.Join(p.dir, "*", snapshot.ItemsName)); found != nil {
		t.Errorf("written: %v", found)
	}
	p.Bounds = peers.Bounds{}
	check(t, "within bounds", snapshot.Reason(""), reason(p.pull(c.source())))
}

// One that is off is not asked, and the others are served.
func TestOnePeersTroubleIsNoneOfAnothers(t *testing.T) {
	good, off, p := newCity(t), newCity(t), newPuller(t)
	good.put("stars", "Stars")
	good.publish()
	silent := newCity(t)
	silent.set(sign.ManifestPath, func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() })
	var sources []peers.Source
	for slug, c := range map[string]*city{"good": good, "off": off, "silent": silent} {
		s := c.source()
		s.Slug = slug
		if slug == "off" {
			s.Trust = "off"
		}
		sources = append(sources, s)
	}
	got := map[string]snapshot.Reason{}
	for _, r := range peers.Pull(t.Context(), sources, p.Options) {
		if got[r.Slug] = reason(r); r.Off {
			got[r.Slug] = "off"
		}
	}
	check(t, "results", map[string]snapshot.Reason{"good": "", "off": "off", "silent": snapshot.Unreachable}, got)
	check(t, "asked", []string(nil), off.requests())
	check(t, "listings", map[string]string{"stars": "Stars"}, p.titles("good"))
}
