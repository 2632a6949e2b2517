// Package snapshot is what is kept of a catalogue that this one pulls: its
// listings, a line each, and how it stands. It reads them; who pulls writes them.
package snapshot

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"time"

	"fursa/schema"
)

// The files of a snapshot, in a folder of its own.
const (
	StateName = "state.json"
	ItemsName = "items.ndjson"
)

// Version is that of a state's file.
const Version = 1

// State is what is known of a peer beside its listings. All but Tried,
// Failures, Problem, Held and NewKey is of the last time that all was in order.
type State struct {
	Version int    `json:"version"`
	ID      string `json:"id,omitempty"`
	URL     string `json:"url"`
	Key     string `json:"key,omitempty"`
	Format  string `json:"format"`
	// Sequence is the highest of its manifests; it never sinks.
	Sequence int64 `json:"sequence,omitempty"`
	// Manifest is the sum of that manifest; of what has none, sums of what it
	// was read with and of what was read.
	Manifest string `json:"manifest,omitempty"`
	// Next is where the change feed goes on: a path below URL, or an address.
	Next string `json:"next,omitempty"`
	// ETag and LastModified are by URL.
	ETag         map[string]string `json:"etag,omitempty"`
	LastModified map[string]string `json:"lastModified,omitempty"`
	// Name, Languages and Licence are what it says of itself.
	Name      schema.Text     `json:"name,omitempty"`
	Languages []string        `json:"languages,omitempty"`
	Licence   *schema.Licence `json:"licence,omitempty"`
	Fetched   time.Time       `json:"fetched,omitzero"`
	Tried     time.Time       `json:"tried,omitzero"`
	// Failures are how often in a row it was not in order, Problem why.
	Failures int      `json:"failures,omitempty"`
	Problem  *Problem `json:"problem,omitempty"`
	// NewKey is one that the peer announces under the key that is known.
	NewKey string `json:"newKey,omitempty"`
	Counts Counts `json:"counts"`
	// Size and Sum are those of the listings' file.
	Size    int64     `json:"size"`
	Sum     string    `json:"sum,omitempty"`
	Held    *Held     `json:"held,omitempty"`
	Refused []Refused `json:"refused,omitempty"`
	// Window is what is known of a feed that holds its newest items alone.
	Window *Window `json:"window,omitempty"`
}

// Window is what a feed holds, and what it held. Listings go by the last part of
// their ids.
type Window struct {
	// Order are those in the feed, as they stand there.
	Order []string `json:"order,omitempty"`
	// Fallen are those that have fallen off its end and are kept, and when each
	// was last in it.
	Fallen map[string]time.Time `json:"fallen,omitempty"`
}

// Counts are of listings: those in the snapshot, those of them that the last
// change brought, changed and took away, and those refused.
type Counts struct {
	Items   int `json:"items"`
	Added   int `json:"added,omitempty"`
	Changed int `json:"changed,omitempty"`
	Gone    int `json:"gone,omitempty"`
	Refused int `json:"refused,omitempty"`
}

// Held is why a peer waits for somebody to look at it.
type Held struct {
	Since   time.Time `json:"since"`
	Why     Reason    `json:"why"`
	Gone    int       `json:"gone,omitempty"`
	Changed int       `json:"changed,omitempty"`
}

// Refused is a listing that was not taken. The list of a state is capped.
type Refused struct {
	ID  string `json:"id"`
	Why Reason `json:"why"`
}

// ReadState reads a state's file.
func ReadState(text []byte) (State, error) {
	var s State
	if err := json.Unmarshal(text, &s); err != nil {
		return State{}, fmt.Errorf("this is no state of a peer: %w", err)
	}
	if s.Version != Version {
		return State{}, fmt.Errorf("the state of a peer has version %d: this program knows %d", s.Version, Version)
	}
	return s, nil
}

// Load is the state of a peer's snapshot; its zero value where there is none.
func Load(folder *os.Root, slug string) (State, error) {
	text, err := folder.ReadFile(slug + "/" + StateName)
	if errors.Is(err, fs.ErrNotExist) {
		return State{}, nil
	}
	if err != nil {
		return State{}, err
	}
	s, err := ReadState(text)
	if err != nil {
		return State{}, fmt.Errorf("%s/%s: %w", slug, StateName, err)
	}
	return s, nil
}
