package plan_test

import (
	"encoding/xml"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"fursa/generator"
	"fursa/generator/ledger"
)

// grown is a catalogue that more is added to with each build.
type grown struct {
	dir  string
	last *ledger.Ledger
}

// talk adds a listing that takes place on a day of 2027, or in all weeks from
// then on.
func (g *grown) talk(t *testing.T, n int, weekly bool) {
	t.Helper()
	rule := ""
	if weekly {
		rule = `, rrule = "FREQ=WEEKLY"`
	}
	text := fmt.Sprintf(`+++
title = "Talk number %d"
summary = "A talk of the series, with a number of its own."
kind = "talk"
ages = { min = 9 }
languages = ["en"]
subjects = ["astronomy"]
mode = "online"
sessions = [{ start = 2027-01-%02dT17:00:00, end = 2027-01-%02dT19:00:00%s }]
cost = { amount = 0 }
registration = { url = "https://talks.example/" }
+++
`, n, n%28+1, n%28+1, rule)
	if err := os.WriteFile(filepath.Join(g.dir, fmt.Sprintf("opportunities/lantern-observatory/talk-%03d.md", n)), []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}

// build is the site on a day of November 2026.
func (g *grown) build(t *testing.T, day int) site {
	t.Helper()
	now := generator.Now{Instant: time.Date(2026, 11, day, 9, 0, 0, 0, time.UTC)}
	s := made(t, generator.Input{Content: g.dir, Previous: g.last, Now: now})
	g.last = s.Catalogue.Ledger
	return s
}

// archivedFeed is a feed document as a reader of archives sees it.
type archivedFeed struct {
	Archive *struct{} `xml:"http://purl.org/syndication/history/1.0 archive"`
	ID      string    `xml:"id"`
	Links   []struct {
		Rel  string `xml:"rel,attr"`
		Href string `xml:"href,attr"`
	} `xml:"link"`
	Entries []struct {
		ID      string `xml:"id"`
		Summary string `xml:"summary"`
	} `xml:"entry"`
}

func (f archivedFeed) link(rel string) string {
	for _, l := range f.Links {
		if l.Rel == rel {
			return l.Href
		}
	}
	return ""
}

// follow reads the feed of everything and the pages that it leads to, each the
// one before, and gives their paths and how often each id is met.
func follow(t *testing.T, s site, name string) (paths []string, met map[string]int) {
	t.Helper()
	met = map[string]int{}
	for p := name; p != ""; {
		var f archivedFeed
		if err := xml.Unmarshal(s.files[p], &f); err != nil {
			t.Fatalf("%s: %v", p, err)
		}
		if isPage := f.Archive != nil; isPage != (p != name) || isPage && f.link("current") != s.base.String()+name {
			t.Errorf("%s: a page of an archive: %v; the feed is at %q", p, isPage, f.link("current"))
		}
		if f.ID != s.Catalogue.ID+strings.TrimSuffix(name, "atom.xml") || f.link("self") != s.base.String()+p || f.link("next-archive") != "" {
			t.Errorf("%s: id %q, itself at %q, next %q", p, f.ID, f.link("self"), f.link("next-archive"))
		}
		for _, e := range f.Entries {
			met[e.ID]++
		}
		paths = append(paths, p)
		p = strings.TrimPrefix(f.link("prev-archive"), s.base.String())
	}
	return paths, met
}

// Who follows the archive from the feed meets all that was ever published;
// pages once written stay as they are, byte by byte, while the catalogue grows
// and days go by, and also when a listing has gone.
func TestArchive(t *testing.T) {
	g := grown{dir: t.TempDir()}
	if err := os.CopyFS(g.dir, os.DirFS(sample)); err != nil {
		t.Fatal(err)
	}
	first := g.build(t, 22)
	if pages := first.named("atom.xml"); first.files["archive/1/atom.xml"] != nil {
		t.Errorf("%d listings fill no page, yet there is one among %d feeds", len(first.Catalogue.Listings), len(pages))
	}
	for n := range 80 {
		g.talk(t, n, n%2 == 0)
	}
	second := g.build(t, 23)
	for _, prefix := range []string{"", "ar/"} {
		paths, met := follow(t, second, prefix+"atom.xml")
		if diff := cmp.Diff([]string{prefix + "atom.xml", prefix + "archive/2/atom.xml", prefix + "archive/1/atom.xml"}, paths); diff != "" {
			t.Error(diff)
		}
		for _, l := range second.Catalogue.Current {
			if met[l.ID] == 0 {
				t.Errorf("%s is neither in the feed nor in its archive", l.ID)
			}
		}
	}

	for n := 80; n < 120; n++ {
		g.talk(t, n, false)
	}
	const removed = "opportunities/lantern-observatory/talk-040"
	if err := os.Remove(filepath.Join(g.dir, removed+".md")); err != nil || g.last.Records[second.Catalogue.ID+removed].State != ledger.Live {
		t.Fatal("no listing to remove", err)
	}
	third := g.build(t, 30)
	if paths, _ := follow(t, third, "atom.xml"); len(paths) != 4 {
		t.Errorf("the archive is at %v", paths)
	}
	for _, p := range []string{"archive/1/feed.xml", "archive/1/atom.xml", "ar/archive/1/feed.xml"} {
		if diff := cmp.Diff(string(second.files[p]), string(third.files[p])); diff != "" {
			t.Errorf("%s has changed: %s", p, diff)
		}
	}
	if second, third := string(second.files["archive/2/atom.xml"]), string(third.files["archive/2/atom.xml"]); strings.Count(second, "<entry") != 50 || strings.Count(third, "<entry") != 49 {
		t.Errorf("the second page holds %d entries, and %d without the one that has gone", strings.Count(second, "<entry"), strings.Count(third, "<entry"))
	}
}
