package generator_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io/fs"
	"maps"
	"math/rand/v2"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"fursa/feeds"
	"fursa/feeds/fetch"
	"fursa/feeds/peers"
	"fursa/feeds/sign"
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
	came    map[peers.Reason]int // how often a pull ended so
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
		builder: generator.NewBuilder(), came: map[peers.Reason]int{},
		get: fetch.New(fetch.Options{AllowLoopback: true, Attempts: 1, PerSecond: 1_000_000, PerHost: 8}),
	}
	for i, slug := range []string{"alder", "birch", "cedar", "hub"} {
		random := rand.New(rand.NewPCG(seed, uint64(i)))
		r.towns = append(r.towns, newTown(t, slug, random, newHost(t, i != 1, i != 2)))
	}
	r.hub = r.towns[3]
	for i, c := range r.towns[:3] {
		for range 6 + c.IntN(6) {
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

// run pulls, builds and publishes a catalogue; false where what it published
// last can't be had.
func (r *ring) run(c *town) bool {
	r.Helper()
	r.now = r.now.Add(time.Hour)
	content, output := c.content, c.output
	var last *ledger.Ledger
	var err error
	if r.fresh {
		dir, err := os.MkdirTemp(r.TempDir(), "clone-")
		if err != nil {
			r.Fatal(err)
		}
		defer os.RemoveAll(dir)
		content, output = filepath.Join(dir, "content"), filepath.Join(dir, "public")
		if err := os.CopyFS(content, os.DirFS(c.content)); err != nil {
			r.Fatal(err)
		}
	}
	folder := r.folder(filepath.Join(content, ".peers"))
	defer folder.Close()
	if last, err = r.restore(c, folder, output); err != nil {
		return false
	}
	r.pull(c, folder)
	in := generator.Input{Content: content, Theme: r.theme, BaseURL: c.host.url, Clock: r.now, Version: "test", Previous: last}
	_, list, err := r.builder.Build(r.Context(), in, generator.Options{Output: output, Workers: 1, Keys: []sign.Key{c.key}})
	if err != nil || list.Failed() {
		r.Fatal(c.slug, err, printed(r.T, list))
	}
	c.publish(output, filepath.Join(content, ".peers"), r.now)
	return true
}

func (r *ring) folder(dir string) *os.Root {
	r.Helper()
	if err := os.MkdirAll(dir, 0o755); err != nil {
		r.Fatal(err)
	}
	folder, err := os.OpenRoot(dir)
	if err != nil {
		r.Fatal(err)
	}
	return folder
}

// restore gives the last ledger, and fetches what a fresh clone has not. It
// fails where the catalogue's own host does.
func (r *ring) restore(c *town, folder *os.Root, output string) (*ledger.Ledger, error) {
	if len(c.versions) == 0 {
		return nil, nil //nolint:nilnil // the first build has no ledger
	}
	read := func(_ context.Context, path string) ([]byte, error) {
		return os.ReadFile(filepath.Join(output, filepath.FromSlash(path)))
	}
	if r.fresh {
		read = func(ctx context.Context, path string) ([]byte, error) {
			answer, err := r.fetch(ctx, fetch.Request{URL: c.host.url + path})
			if status := (fetch.StatusError{}); errors.As(err, &status) && status.Code == 404 {
				return nil, fs.ErrNotExist
			}
			return answer.Body, err
		}
		slugs := make([]string, len(c.peers))
		for i, p := range c.peers {
			slugs[i] = p.slug
		}
		if _, err := peers.Restore(r.Context(), folder, slugs, read); err != nil {
			return nil, err
		}
	}
	text, err := read(r.Context(), ledger.Path)
	if err != nil {
		return nil, err
	}
	return ledger.Read(bytes.NewReader(text))
}

// fetch fetches over HTTP, and does not wait long for who is silent.
func (r *ring) fetch(ctx context.Context, request fetch.Request) (fetch.Response, error) {
	u, err := url.Parse(request.URL)
	if err != nil {
		return fetch.Response{}, err
	}
	for _, c := range r.towns {
		if c.host.is() == silent && strings.Contains(c.host.url, u.Host) {
			short, cancel := context.WithTimeout(ctx, 20*time.Millisecond)
			defer cancel()
			return r.get.Get(short, request)
		}
	}
	return r.get.Get(ctx, request)
}

// reason is why the last good snapshot stayed; empty where it did not.
func reason(r peers.Result) peers.Reason {
	if r.Problem == nil {
		return ""
	}
	return r.Problem.Reason
}

// passing are the problems that bad weather makes.
var passing = []peers.Reason{peers.Unreachable, peers.Unreadable, peers.Mismatch, peers.Unsigned, peers.Backwards}

// pull pulls the peers of a town, and looks at what came.
func (r *ring) pull(c *town, folder *os.Root) {
	r.Helper()
	sources := make([]peers.Source, len(c.peers))
	before := make([]peers.State, len(c.peers))
	listings := make([]map[string]said, len(c.peers))
	for i, p := range c.peers {
		sources[i] = p.source()
		before[i], listings[i] = r.snapshot(folder, p.slug)
	}
	o := peers.Options{Get: r.fetch, Folder: folder, Now: r.now, Ours: c.id}
	for i, result := range peers.Pull(r.Context(), sources, o) {
		p := c.peers[i]
		state, got := r.snapshot(folder, p.slug)
		want := listings[i]
		r.came[reason(result)]++
		switch {
		case result.Err != nil:
			r.Fatal(result.Err)
		case result.Problem == nil:
			want = p.versions[state.Sequence]
		case p.host.is() == fine && result.Problem.Reason != peers.Backwards && len(p.versions) > 0:
			r.Errorf("%s pulls %s in fine weather: %v", c.slug, p.slug, result.Problem)
		case !slices.Contains(passing, result.Problem.Reason):
			r.Errorf("%s pulls %s: %v", c.slug, p.slug, result.Problem)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			r.Errorf("%s has of %s, after %v (-want +got):\n%s", c.slug, p.slug, result.Problem, diff)
		}
		if state.Sequence < before[i].Sequence {
			r.Errorf("%s: the sequence of %s sank from %d to %d", c.slug, p.slug, before[i].Sequence, state.Sequence)
		}
	}
}

// snapshot is what is kept of a peer: its state, and what its listings say.
func (r *ring) snapshot(folder *os.Root, slug string) (peers.State, map[string]said) {
	r.Helper()
	state, err := peers.Load(folder, slug)
	if err != nil {
		r.Fatal(err)
	}
	text, err := folder.ReadFile(slug + "/" + peers.ItemsName)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		r.Fatal(err)
	}
	if state.Sum != "" && state.Sum != sign.Sum(text) { // restored of two moments
		return state, nil
	}
	return state, readSnapshot(r.T, text)
}

// shown is what a catalogue shows of its peers' listings: those of the snapshots
// that it has published. A listing that is shown twice is an error.
func (c *town) shown() map[string]said {
	c.Helper()
	all := map[string]said{}
	for _, p := range c.peers {
		for id, s := range readSnapshot(c.T, c.host.files[peers.PublishedPath+p.slug+"/"+peers.ItemsName].text) {
			if _, twice := all[id]; twice {
				c.Errorf("%s shows %s twice", c.slug, id)
			}
			all[id] = s
		}
	}
	return all
}

// readSnapshot reads the listings of a snapshot, by their ids; nil where there
// are none.
func readSnapshot(t *testing.T, text []byte) map[string]said {
	t.Helper()
	var all map[string]said
	for line := range bytes.Lines(text) {
		var s feeds.Shared
		var record struct{ Title string }
		var provider struct{ Name string }
		if err := errors.Join(json.Unmarshal(line, &s), json.Unmarshal(s.Record, &record), json.Unmarshal(s.Provider.Record, &provider)); err != nil {
			t.Fatal(err)
		}
		if all == nil {
			all = map[string]said{}
		}
		if _, twice := all[s.ID]; twice {
			t.Errorf("%s stands twice in a snapshot", s.ID)
		}
		all[s.ID] = said{record.Title, strings.TrimSpace(s.Body), s.Path, provider.Name, s.Terms.Subjects["astronomy"]["en"]}
	}
	return all
}
