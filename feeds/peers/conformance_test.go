package peers_test

import (
	"encoding/json"
	"flag"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"fursa/feeds"
	"fursa/feeds/peers"
	"fursa/feeds/snapshot"
	"fursa/schema"
)

var update = flag.Bool("update", false, "write the files of docs/conformance/federation anew")

// suite is where the files are by which an implementation is tried.
const suite = "../../docs/conformance/federation"

// trials are what an implementation is tried on: steps, each going on from the
// one before.
type trials struct {
	Catalogue string  `json:"catalogue"`
	Key       string  `json:"key"`
	Steps     []trial `json:"steps"`
}

// trial is one step: what is served, and what an implementation must have then.
type trial struct {
	Name string `json:"name"`
	Why  string `json:"why"`
	// At is when the pull takes place.
	At time.Time `json:"at"`
	// Site are folders, the later laid over the earlier; what Without names is
	// then taken away.
	Site    []string `json:"site"`
	Without []string `json:"without,omitempty"`
	// Key is the one that is pinned from here on; empty where it stays.
	Key string `json:"key,omitempty"`
	// Problem is why nothing is taken; empty where all is.
	Problem snapshot.Reason `json:"problem,omitempty"`
	// Unchanged says that one request is enough.
	Unchanged bool `json:"unchanged,omitempty"`
	// NewKey is one that the catalogue announces.
	NewKey string `json:"newKey,omitempty"`
	// Listings are all that is held after the step, by id; Refused what was not
	// taken of it.
	Listings map[string]held    `json:"listings"`
	Refused  []snapshot.Refused `json:"refused,omitempty"`
}

// held is a listing as it must be held: the title of its record, and its last
// change.
type held struct {
	Title    string `json:"title"`
	Modified int64  `json:"modified"`
}

// The files that other implementations are tried on hold for this one.
func TestConformance(t *testing.T) {
	if *update {
		writeSuite(t)
	}
	var all trials
	text, err := os.ReadFile(filepath.Join(suite, "cases.json"))
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(text, &all); err != nil {
		t.Fatal(err)
	}
	c, p := newCity(t), newPuller(t)
	source := peers.Source{Slug: "kuopio", Peer: schema.Peer{URL: c.url, ID: all.Catalogue, Key: all.Key}}
	for _, step := range all.Steps {
		c.files = map[string][]byte{}
		for _, folder := range step.Site {
			maps.Copy(c.files, filesIn(t, filepath.Join(suite, folder)))
		}
		for _, path := range step.Without {
			if c.files[path] == nil {
				t.Errorf("%s: %s is not there", step.Name, path)
			}
			delete(c.files, path)
		}
		if step.Key != "" {
			source.Key = step.Key
		}
		c.requests()
		p.Now = step.At
		r := peers.Pull(t.Context(), []peers.Source{source}, p.Options)[0]
		if r.Err != nil {
			t.Fatal(r.Err)
		}
		check(t, step.Name+": problem", step.Problem, reason(r))
		check(t, step.Name+": unchanged", step.Unchanged, r.Same && len(c.requests()) == 1)
		check(t, step.Name+": new key", step.NewKey, r.State.NewKey)
		check(t, step.Name+": listings", step.Listings, p.held("kuopio"))
		check(t, step.Name+": refused", step.Refused, r.State.Refused)
	}
}

// filesIn are the files of a folder, by their paths below it.
func filesIn(t *testing.T, dir string) map[string][]byte {
	t.Helper()
	files := map[string][]byte{}
	err := fs.WalkDir(os.DirFS(dir), ".", func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		files[path], err = os.ReadFile(filepath.Join(dir, path))
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

// held are the listings of a snapshot.
func (p *puller) held(slug string) map[string]held {
	p.t.Helper()
	text, err := p.root.ReadFile(slug + "/" + snapshot.ItemsName)
	if err != nil {
		p.t.Fatal(err)
	}
	all := map[string]held{}
	for line := range strings.Lines(string(text)) {
		var s feeds.Shared
		var record struct{ Title string }
		if err := json.Unmarshal([]byte(line), &s); err != nil {
			p.t.Fatal(err)
		}
		if err := json.Unmarshal(s.Record, &record); err != nil {
			p.t.Fatal(err)
		}
		all[s.ID] = held{record.Title, s.Modified}
	}
	return all
}
