package generator_test

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"fursa/feeds/peers"
	"fursa/feeds/sign"
	"fursa/schema"
)

// said is what stands in a listing, as far as the ring looks at it.
type said struct{ Title, Body, Path, Provider, Subject string }

// record is a listing of a town: the name that it has now, and those it had.
type record struct {
	name    string
	aliases []string
	edition int
}

// town is a catalogue that others pull, and that pulls others. It remembers what
// it has published, which is what others may have of it.
type town struct {
	*testing.T
	*rand.Rand
	id      string
	slug    string
	key     sign.Key
	content string // its repository
	output  string // where it builds, if it keeps that
	host    *host
	peers   []*town

	records           map[string]*record // by id
	gone              []string           // the ids of those that were taken out
	made              int
	provider, subject int // how often they were named
	// versions are the listings of each manifest that it has published.
	versions map[int64]map[string]said
}

func newTown(t *testing.T, slug string, random *rand.Rand, h *host) *town {
	key, err := sign.NewKey(strings.NewReader(strings.Repeat(slug, 100)))
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	c := &town{
		T: t, Rand: random, id: "https://" + slug + ".example/", slug: slug, key: key,
		content: filepath.Join(dir, "content"), output: filepath.Join(dir, "public"), host: h,
		records: map[string]*record{}, versions: map[int64]map[string]said{},
	}
	c.write("catalogue.toml", fmt.Sprintf("id = %q\nname = { en = %q }\nlanguages = [\"en\"]\ntime_zone = \"Europe/Helsinki\"\ncurrency = \"EUR\"\nkey = %q\nlook = { previews = \"none\" }\n", c.id, slug, key.Public()))
	c.nameProvider()
	c.nameSubject()
	return c
}

func (c *town) write(name, text string) {
	write(c.T, filepath.Join(c.content, filepath.FromSlash(name)), text)
}

// join makes another town a peer of this one.
func (c *town) join(other *town) {
	c.peers = append(c.peers, other)
	p := other.source()
	c.write("peers/"+p.Slug+".toml", fmt.Sprintf("name = %q\nurl = %q\nid = %q\nkey = %q\nformat = \"fursa\"\ntrust = \"open\"\n", p.Name, p.URL, p.ID, p.Key))
}

// source is the town as somebody's peer.
func (c *town) source() peers.Source {
	return peers.Source{Slug: c.slug, Peer: schema.Peer{
		Name: "Town " + c.slug, URL: c.host.url, ID: c.id, Key: c.key.Public(), Format: peers.FormatFursa,
	}}
}

func (c *town) nameProvider() {
	c.provider++
	c.write("providers/library.md", fmt.Sprintf("+++\nname = \"Library %d\"\nurl = \"https://library.example/\"\n+++\n", c.provider))
}

func (c *town) nameSubject() {
	c.subject++
	c.write("vocabularies/subjects.toml", fmt.Sprintf("[[terms]]\nid = \"astronomy\"\nlabel = { en = \"Stars %d\" }\n", c.subject))
}

func listingPath(name string) string { return "opportunities/library/" + name }

// put writes a listing as it is now.
func (c *town) put(id string) {
	r, s := c.records[id], c.say(id)
	aliases := ""
	if len(r.aliases) > 0 {
		aliases = fmt.Sprintf("aliases = [\"%s\"]\n", strings.Join(r.aliases, `", "`))
	}
	when := fmt.Sprintf("sessions = [{ start = 2027-11-%02dT18:00:00 }]", 1+r.edition%30)
	if r.edition%3 == 0 {
		when = "anytime = true"
	}
	c.write(s.Path+".md", fmt.Sprintf("+++\ntitle = %q\nsummary = \"Somebody talks about stars for an hour.\"\nkind = \"talk\"\nages = { min = 8 }\nlanguages = [\"en\"]\nsubjects = [\"astronomy\"]\nmode = \"online\"\ncost = { amount = 0 }\n%s\n%s+++\n%s\n", s.Title, when, aliases, s.Body))
}

// say is what a listing says now.
func (c *town) say(id string) said {
	r := c.records[id]
	return said{
		Title: fmt.Sprintf("%s of %s, edition %d", r.name, c.slug, r.edition), Body: fmt.Sprintf("Edition *%d*.", r.edition), Path: listingPath(r.name),
		Provider: fmt.Sprint("Library ", c.provider), Subject: fmt.Sprint("Stars ", c.subject),
	}
}

// says is what all listings say now, by their ids.
func (c *town) says() map[string]said {
	all := map[string]said{}
	for id := range c.records {
		all[id] = c.say(id)
	}
	return all
}

func (c *town) remove(id string) {
	c.write(listingPath(c.records[id].name)+".md", "")
	delete(c.records, id)
	c.gone = append(c.gone, id)
}

func (c *town) add() {
	c.made++
	name := fmt.Sprint("night-", c.made)
	c.records[c.id+listingPath(name)] = &record{name: name, edition: c.made}
	c.put(c.id + listingPath(name))
}

// edit changes some of the catalogue, as people do in a day.
func (c *town) edit() {
	for range 1 + c.IntN(4) {
		ids := slices.Sorted(maps.Keys(c.records))
		if len(ids) < 3 || len(ids) < 12 && c.IntN(3) == 0 {
			c.add()
			continue
		}
		id := ids[c.IntN(len(ids))]
		switch n := c.IntN(12); {
		case n < 4:
			c.records[id].edition += 1 + c.IntN(3)
			c.put(id)
		case n < 7:
			c.remove(id)
		case n < 9:
			c.rename(id)
		case n == 9 && len(c.gone) > 0:
			c.bringBack()
		case n == 10:
			c.nameProvider()
		case n == 11:
			c.nameSubject()
		}
	}
}

// rename gives a listing another name; it stays the same.
func (c *town) rename(id string) {
	r := c.records[id]
	c.write(listingPath(r.name)+".md", "")
	c.made++
	r.aliases = append(r.aliases, listingPath(r.name))
	r.name = fmt.Sprint("renamed-", c.made)
	c.put(id)
}

// bringBack adds a listing that was taken out, by its first name.
func (c *town) bringBack() {
	last := len(c.gone) - 1
	id := c.gone[last]
	c.gone = c.gone[:last]
	c.records[id] = &record{name: strings.TrimPrefix(id, c.id+listingPath("")), edition: c.IntN(100)}
	c.put(id)
}

// publish uploads a built site, and remembers what it says.
func (c *town) publish(site string, now time.Time) {
	c.Helper()
	if err := c.host.take(site, now); err != nil {
		c.Fatal(err)
	}
	m, err := sign.ReadManifest(c.host.files[sign.ManifestPath].text)
	if err != nil {
		c.Fatal(err)
	}
	if before, ok := c.versions[m.Sequence]; ok && !maps.Equal(before, c.says()) {
		c.Errorf("%s: two states have the sequence %d", c.slug, m.Sequence)
	}
	c.versions[m.Sequence] = c.says()
}
