package generator_test

import (
	"flag"
	"fmt"
	"io/fs"
	"maps"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"fursa/feeds/fetch"
	"fursa/feeds/peers"
	"fursa/feeds/sign"
	"fursa/feeds/snapshot"
	"fursa/generator"
	"fursa/generator/ledger"
)

var ringSeeds = flag.Int("ring", 2, "how many `seeds` the ring of catalogues is tried with, from 1 on; the even ones with fresh clones")

// ring are three catalogues that pull each other, and a hub that pulls all of
// them.
type ring struct {
	*testing.T
	*rand.Rand
	fresh bool // every build and pull begins with a fresh clone
	theme string
	towns []*town
	hub   *town
	get   *fetch.Getter
	// builder remembers records by their content alone, so that one serves all.
	builder *generator.Builder
	now     time.Time
	came    map[snapshot.Reason]int // how often a pull ended so
}

// TestRing runs catalogues through 30 days of edits, removals, renames and
// outages. All that a good pull brings is what its peer said at one moment; a
// bad one changes nothing; and once the outages are over, each has its peers'
// listings as they are, and nothing else.
func TestRing(t *testing.T) {
	for i := range *ringSeeds {
		t.Run(fmt.Sprint("seed ", i+1), func(t *testing.T) {
			t.Parallel()
			newRing(t, uint64(i+1)).live()
		})
	}
}

func newRing(t *testing.T, seed uint64) *ring {
	r := &ring{
		T: t, Rand: rand.New(rand.NewPCG(seed, 11)), fresh: seed%2 == 0, theme: plainTheme(t),
		now:     time.Date(2026, 11, 1, 4, 0, 0, 0, time.UTC),
		builder: generator.NewBuilder(), came: map[snapshot.Reason]int{},
		get: fetch.New(fetch.Options{AllowLoopback: true, Attempts: 1, PerSecond: 1_000_000, PerHost: 8}),
	}
	for i, slug := range []string{"alder", "birch", "cedar", "hub"} {
		random := rand.New(rand.NewPCG(seed, uint64(i)))
		r.towns = append(r.towns, newTown(t, slug, random, newHost(t, i != 1, i != 2)))
	}
	r.hub = r.towns[3]
	for i, c := range r.towns[:3] {
		for range 5 + c.IntN(5) {
			c.add()
		}
		c.join(r.towns[(i+1)%3])
		if seed/2%2 == 1 {
			c.join(r.towns[(i+2)%3])
		}
		r.hub.join(c)
	}
	return r
}

// plainTheme is one without scripts, which take most of a small build.
func plainTheme(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	from := filepath.Join(packageDir, "../themes/default/scripts")
	err := filepath.WalkDir(from, func(name string, entry fs.DirEntry, err error) error {
		rel, _ := filepath.Rel(from, name)
		if err == nil && !entry.IsDir() {
			write(t, filepath.Join(dir, "scripts", rel), "export {}\n")
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return dir
}

func (r *ring) live() {
	for day := range 30 {
		for _, c := range r.towns {
			c.host.become(r.weather(), fmt.Sprint(day, c.slug))
		}
		for _, i := range r.Perm(len(r.towns)) {
			if c := r.towns[i]; c != r.hub && c.IntN(3) > 0 {
				c.edit()
			}
			if r.IntN(5) < 2 {
				r.run(r.towns[i])
			}
		}
		r.now = r.now.Add(20 * time.Hour)
		if r.Failed() {
			r.Fatalf("on day %d", day+1)
		}
	}
	r.settle()
	r.Logf("pulls and how they ended: %v", r.came)
}

// weather is fine every other day, and else an upload that is not over, or
// anything.
func (r *ring) weather() weather {
	switch r.IntN(6) {
	case 0, 1, 2:
		return fine
	case 3:
		return uploading
	}
	return weather(r.IntN(int(weathers)))
}

// settle ends the outages. After a last edit and two days everything is
// everywhere, and the third day moves nothing.
func (r *ring) settle() {
	for _, c := range r.towns {
		c.host.become(fine, "")
		if c != r.hub {
			c.edit()
		}
	}
	for range 2 {
		for _, c := range r.towns {
			if !r.run(c) {
				r.Errorf("%s does not build in fine weather", c.slug)
			}
		}
	}
	for _, c := range r.towns {
		c.host.requests()
		want := map[string]said{}
		for _, p := range c.peers {
			maps.Copy(want, p.says())
		}
		if diff := cmp.Diff(want, c.shown()); diff != "" {
			r.Errorf("%s shows (-want +got):\n%s", c.slug, diff)
		}
	}
	for _, c := range r.towns {
		r.run(c)
	}
	for _, c := range r.towns {
		if got, want := pulled(c.host.requests()), slices.Repeat([]string{sign.ManifestPath}, r.pullers(c)); !slices.Equal(got, want) {
			r.Errorf("%s is asked for %v where nothing has changed, want %v", c.slug, got, want)
		}
	}
}

// pulled are the requests that are not those of a catalogue for what it has
// published itself.
func pulled(asked []string) []string {
	return slices.DeleteFunc(asked, func(path string) bool {
		return path == ledger.Path || strings.HasPrefix(path, peers.PublishedPath)
	})
}

// pullers is how many pull a town.
func (r *ring) pullers(c *town) int {
	n := 0
	for _, other := range r.towns {
		if slices.Contains(other.peers, c) {
			n++
		}
	}
	return n
}
