package peers_test

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"maps"
	"net/http"
	"strings"
	"testing"
	"time"
	"unicode/utf16"

	"fursa/feeds/peers"
	"fursa/feeds/sign"
	"fursa/feeds/snapshot"
	"fursa/schema"
)

// forge changes a file that the city publishes, and signs that: whoever has a
// key may still mean harm.
func (c *city) forge(path string, change func(string) string) {
	files := maps.Clone(c.files)
	delete(files, sign.ManifestPath)
	delete(files, sign.SignaturePath)
	files[path] = []byte(change(string(files[path])))
	c.sequence++
	c.sign(files)
}

// answer answers a path with a text.
func (c *city) answer(path, text string) {
	c.set(path, func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, text) })
}

// zipped is a text, compressed so many times.
func zipped(text []byte, times int) []byte {
	for range times {
		var out bytes.Buffer
		w := gzip.NewWriter(&out)
		_, _ = w.Write(text)
		_ = w.Close()
		text = out.Bytes()
	}
	return text
}

// unzipped makes a server send what is compressed already.
func unzipped(text []byte) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Encoding", "gzip")
		_, _ = w.Write(text)
	}
}

func utf16Text(text string) string {
	var out bytes.Buffer
	for _, unit := range utf16.Encode([]rune("\ufeff" + text)) {
		out.WriteByte(byte(unit))
		out.WriteByte(byte(unit >> 8))
	}
	return out.String()
}

// slowly sends a letter now and then.
func slowly(w http.ResponseWriter, r *http.Request) {
	for r.Context().Err() == nil {
		fmt.Fprint(w, " ")
		w.(http.Flusher).Flush()
		time.Sleep(50 * time.Millisecond)
	}
}

// hostile is a peer that means harm, and what a report must say of it.
type hostile struct {
	harm func(c *city)
	want snapshot.Reason
	says string
}

// hostiles begin as a city with two listings that was pulled once, and has
// published a third since.
var hostiles = map[string]hostile{
	"redirects inwards": {func(c *city) {
		c.set(sign.ManifestPath, func(w http.ResponseWriter, r *http.Request) {
			http.Redirect(w, r, "http://169.254.169.254/latest/meta-data/", http.StatusFound)
		})
	}, snapshot.Unreachable, "not public"},
	"redirects to a name of this machine's network": {func(c *city) {
		c.set(sign.ManifestPath, func(w http.ResponseWriter, r *http.Request) {
			http.Redirect(w, r, "http://[::ffff:10.0.0.1]/", http.StatusMovedPermanently)
		})
	}, snapshot.Unreachable, "not public"},
	"redirects for ever": {func(c *city) {
		c.set(sign.ManifestPath, func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, r.URL.Path+"?", http.StatusFound) })
	}, snapshot.Unreachable, "redirected too often"},
	"endless manifest": {func(c *city) { c.set(sign.ManifestPath, endless) }, snapshot.TooMuch, "more than 8388608 bytes"},
	"endless page":     {func(c *city) { c.set(after(2), endless) }, snapshot.TooMuch, "more than 8388608 bytes"},
	"slow body":        {func(c *city) { c.set(sign.ManifestPath, slowly) }, snapshot.Unreachable, "closed"},
	"silent": {func(c *city) {
		c.set(sign.ManifestPath, func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() })
	}, snapshot.Unreachable, "timeout"},
	"half a page": {func(c *city) {
		c.set(after(2), func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Length", "100000")
			fmt.Fprint(w, `{"next":`)
		})
	}, snapshot.Unreachable, "unexpected EOF"},
	"half a page, signed": {func(c *city) { c.forge(after(2), func(s string) string { return s[:len(s)/2] }) }, snapshot.Unreadable, "unexpected end"},
	"gzip bomb": {func(c *city) { c.set(sign.ManifestPath, unzipped(zipped(make([]byte, 64<<20), 1))) },
		snapshot.TooMuch, "more than 8388608 bytes"},
	"gzip bomb in a bomb": {func(c *city) { c.set(sign.ManifestPath, unzipped(zipped(make([]byte, 64<<20), 3))) },
		snapshot.Unreadable, "invalid character"},
	"deep JSON": {func(c *city) { c.answer(sign.ManifestPath, strings.Repeat(`{"a":`, 1_000_000)) }, snapshot.TooMuch, "32 levels"},
	"deep JSON, signed": {func(c *city) {
		c.forge(after(2), func(s string) string {
			return strings.Replace(s, `"title":`, `"x":`+strings.Repeat("[", 1000)+strings.Repeat("]", 1000)+`,"title":`, 1)
		})
	}, snapshot.TooMuch, "32 levels"},
	"wide JSON": {func(c *city) {
		c.forge(after(2), func(string) string { return `{"next":"x","items":[{}` + strings.Repeat(",{}", 2_000_000) + "]}" })
	}, snapshot.TooMuch, "50000 things"},
	"a page in UTF-16": {func(c *city) { c.forge(after(2), utf16Text) }, snapshot.Unreadable, "not UTF-8"},
	"a page in Latin-1": {func(c *city) {
		c.forge(after(2), func(s string) string { return strings.Replace(s, "Library", "Biblioth\xe8que", 1) })
	},
		snapshot.Unreadable, "not UTF-8"},
	"a page that is no UTF-8": {func(c *city) {
		c.forge(after(2), func(s string) string { return strings.Replace(s, "Library", "\xed\xa0\x80\xc0\x80", 1) })
	},
		snapshot.Unreadable, "not UTF-8"},
	"a page with a mark in front": {func(c *city) { c.forge(after(2), func(s string) string { return "\ufeff" + s }) }, snapshot.Unreadable, "invalid character"},
	"itself in Latin-1": {func(c *city) {
		c.forge("fursa/catalogue.json", func(s string) string { return strings.Replace(s, "Kuopio", "K\xfcopio", 1) })
	}, snapshot.Unreadable, "UTF-8"},
	"itself at length": {func(c *city) {
		c.forge("fursa/catalogue.json", func(s string) string { return s + strings.Repeat(" ", 1<<20) })
	}, snapshot.TooMuch, "65536 bytes"},
	"pages in circles":            {func(c *city) { c.rewire(func(int64) string { return after(0) }) }, snapshot.Loop, "change 1 stands after 3"},
	"a page that leads to itself": {func(c *city) { c.rewire(after) }, snapshot.Loop, "leads to itself"},
	"a page that leads elsewhere": {func(c *city) {
		c.forge(after(2), func(s string) string { return strings.Replace(s, c.url+after(3), "http://169.254.169.254/", 1) })
	}, snapshot.Unreadable, "is not below"},
	"a page that leads outwards": {func(c *city) {
		c.forge(after(2), func(s string) string { return strings.Replace(s, after(3), "../../../secret", 1) })
	},
		snapshot.Mismatch, "does not list"},
	"an address without end": {func(c *city) {
		long := "feeds/" + strings.Repeat("x", 1<<20)
		c.files[long] = []byte(`{"next":"x","items":[]}`)
		c.forge(after(2), func(s string) string { return strings.Replace(s, after(3), long, 1) })
	}, snapshot.Unreadable, "1048582 bytes"},
	"time that goes backwards": {func(c *city) {
		c.put("later", "Later")
		c.publish()
		c.forge(after(3), func(s string) string { return strings.Replace(s, `"modified":4`, `"modified":1`, 1) })
	}, snapshot.Loop, "change 1 stands after 3"},
	"a listing that goes backwards": {func(c *city) {
		c.put("stars", "Stars again")
		c.publish()
		c.forge(after(2), func(s string) string {
			return strings.Replace(s, `"items":[`, `"items":[{"state":"deleted","kind":"Opportunity","id":"`+kuopio+`opportunities/library/tales","modified":1},`, 1)
		})
	}, snapshot.Backwards, "tales from 2 to 1"},
	"an old state, replayed": {func(c *city) {
		now := maps.Clone(c.files)
		c.sequence, c.cursors, c.changes = 0, []int64{0}, nil
		c.put("stars", "Stars")
		c.publish()
		if bytes.Equal(now[sign.ManifestPath], c.files[sign.ManifestPath]) {
			c.t.Error("it is not another state")
		}
	}, snapshot.Backwards, "from 2 to 1"},
	"the old feed under a new manifest": {func(c *city) {
		c.forge(after(2), func(s string) string { return strings.Replace(s, `"modified":3`, `"modified":0`, 1) })
		c.forge(after(2), func(s string) string { return strings.Replace(s, "library/more", "library/stars", 2) })
	}, snapshot.Backwards, "stars from 1 to 0"},
	"another key":  {func(c *city) { c.key = key(c.t, "x"); c.publish() }, snapshot.KeyChanged, ""},
	"a long key":   {func(c *city) { c.forgeManifest(func(m *sign.Manifest) { m.Key = strings.Repeat("k", 1<<20) }) }, snapshot.Unreadable, "key"},
	"no signature": {func(c *city) { delete(c.files, sign.SignaturePath) }, snapshot.Unsigned, "404"},
	"the signature of before": {func(c *city) {
		old := c.files[sign.SignaturePath]
		c.put("yet", "Yet more")
		c.publish()
		c.files[sign.SignaturePath] = old
	}, snapshot.Mismatch, "signature"},
	"somebody else": {func(c *city) { c.forgeManifest(func(m *sign.Manifest) { m.Catalogue = "https://oulu.example/" }) }, snapshot.Other, "oulu"},
	"a manifest of paths outwards": {func(c *city) {
		c.forgeManifest(func(m *sign.Manifest) { m.Files["../../etc/passwd"] = "sha256-x" })
	}, snapshot.Unreadable, "no path below"},
	"everything gone": {func(c *city) {
		for _, name := range []string{"stars", "tales", "more"} {
			c.remove(name)
		}
		c.publish()
	}, snapshot.Emptied, ""},
	"a page of HTML": {func(c *city) { c.answer(sign.ManifestPath, "<!doctype html><script>alert(1)</script>") }, snapshot.Unreadable, "no manifest"},
	"an error": {func(c *city) {
		c.set(sign.ManifestPath, func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(418) })
	}, snapshot.Unreachable, "418"},
	"headers without end": {func(c *city) {
		c.set(sign.ManifestPath, func(w http.ResponseWriter, _ *http.Request) {
			for i := range 10_000 {
				w.Header().Set(fmt.Sprint("X-", i), "long enough to fill them")
			}
		})
	}, snapshot.Unreachable, "exceeded"},
}

// forgeManifest changes the manifest, and signs that.
func (c *city) forgeManifest(change func(*sign.Manifest)) {
	m, err := sign.ReadManifest(c.files[sign.ManifestPath])
	if err != nil {
		c.t.Fatal(err)
	}
	m.Sequence++
	change(&m)
	text := m.Bytes()
	c.files[sign.ManifestPath], c.files[sign.SignaturePath] = text, c.key.Sign(text, "")
}

// All hostile peers at once, and two honest ones among them, which are served:
// of each other one the last good listings stay, and the report says why.
func TestHostilePeersTogether(t *testing.T) {
	p := newPuller(t)
	p.Workers = 4
	cities := map[string]*city{}
	var sources []peers.Source
	add := func(slug string) *city {
		c := newCity(t)
		c.put("stars", "Stars")
		c.put("tales", "Tales")
		c.publish()
		s := c.source()
		s.Slug = slug
		sources, cities[slug] = append(sources, s), c
		return c
	}
	add("honest")
	slugs := map[string]string{"honest": "", "honest-too": ""}
	for name := range hostiles {
		slug := strings.NewReplacer(" ", "-", ",", "", "'", "").Replace(strings.ToLower(name))
		slugs[slug] = name
		add(slug)
	}
	add("honest-too")
	for _, r := range peers.Pull(t.Context(), sources, p.Options) {
		check(t, r.Slug, snapshot.Reason(""), reason(r))
	}
	for slug, c := range cities {
		c.put("more", "More")
		c.publish()
		if name := slugs[slug]; name != "" {
			hostiles[name].harm(c)
		}
	}
	for slug, address := range map[string]string{"private": "http://10.1.2.3/", "metadata": "http://169.254.169.254/", "own": "http://[fd00::1]/"} {
		sources = append(sources, peers.Source{Slug: slug, Peer: schema.Peer{URL: address, ID: kuopio, Key: cities["honest"].key.Public()}})
	}
	reported := map[string]bool{}
	p.Now, p.Done = p.Now.Add(time.Hour), func(r peers.Result) { reported[r.Slug] = true }
	for _, r := range peers.Pull(t.Context(), sources, p.Options) {
		want, listings := hostiles[slugs[r.Slug]], map[string]string{"stars": "Stars", "tales": "Tales"}
		switch {
		case strings.HasPrefix(r.Slug, "honest"):
			listings["more"] = "More"
		case cities[r.Slug] == nil:
			want, listings = hostile{want: snapshot.Unreachable, says: "not public"}, nil
		}
		check(t, r.Slug, want.want, reason(r))
		if r.Problem != nil && (!strings.Contains(r.Problem.Error(), want.says) || len(r.Problem.Detail) > 510) {
			t.Errorf("%s: %d bytes: %.1000s", r.Slug, len(r.Problem.Detail), r.Problem)
		}
		check(t, r.Slug, listings, p.titles(r.Slug))
		if !reported[r.Slug] || r.Err != nil {
			t.Errorf("%s is not reported: %v", r.Slug, r.Err)
		}
	}
}
