package generator_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io/fs"
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
	"fursa/feeds/snapshot"
	"fursa/generator"
	"fursa/generator/ledger"
)

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
		defer os.RemoveAll(dir) //nolint:errcheck // the test's folder goes as a whole
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
	c.publish(output, r.now)
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
func reason(r peers.Result) snapshot.Reason {
	if r.Problem == nil {
		return ""
	}
	return r.Problem.Reason
}

// passing are the problems that bad weather makes.
var passing = []snapshot.Reason{snapshot.Unreachable, snapshot.Unreadable, snapshot.Mismatch, snapshot.Unsigned, snapshot.Backwards}

// pull pulls the peers of a town, and looks at what came.
func (r *ring) pull(c *town, folder *os.Root) {
	r.Helper()
	sources := make([]peers.Source, len(c.peers))
	before := make([]snapshot.State, len(c.peers))
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
		case p.host.is() == fine && result.Problem.Reason != snapshot.Backwards && len(p.versions) > 0:
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
func (r *ring) snapshot(folder *os.Root, slug string) (snapshot.State, map[string]said) {
	r.Helper()
	state, err := snapshot.Load(folder, slug)
	if err != nil {
		r.Fatal(err)
	}
	text, err := folder.ReadFile(slug + "/" + snapshot.ItemsName)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		r.Fatal(err)
	}
	if state.Sum != "" && state.Sum != sign.Sum(text) { // restored of two moments
		return state, nil
	}
	return state, readSnapshot(r.T, text)
}

// shown is what a catalogue shows of its peers' listings: those on its site, as
// the snapshots that it has published with it say them. A listing that is shown
// twice is an error, and so is one of which the two say something else.
func (c *town) shown() map[string]said {
	c.Helper()
	all := map[string]said{}
	for _, p := range c.peers {
		for id, s := range readSnapshot(c.T, c.host.files[peers.PublishedPath+p.slug+"/"+snapshot.ItemsName].text) {
			if _, twice := all[id]; twice {
				c.Errorf("%s shows %s twice", c.slug, id)
			}
			all[id] = s
		}
	}
	shown := map[string]said{}
	for line := range bytes.Lines(c.host.files["catalogue.ndjson"].text) {
		var x struct {
			ID, Origin, Path, Provider string
			Opportunity                struct{ Title string }
		}
		if err := json.Unmarshal(line, &x); err != nil {
			c.Fatal(err)
		}
		if x.Origin == "" {
			continue
		}
		s := all[x.ID]
		if _, twice := shown[x.ID]; twice || x.Opportunity.Title != s.Title || x.Provider != s.Provider {
			c.Errorf("%s shows %+v, and has it as %+v", c.slug, x, s)
		}
		shown[x.ID] = s
	}
	return shown
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
