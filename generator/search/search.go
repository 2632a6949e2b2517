// Package search makes the index of a catalogue's listings that a browser
// searches without a server: the files of docs/search-format.md, to the byte.
// It writes nothing to a disk, and knows no page: cards, labels and the words
// that people see are others' business.
package search

import (
	"cmp"
	"encoding/base64"
	"slices"
	"strings"
	"time"

	"fursa/generator/catalogue"
	"fursa/schema/when"
)

// Version is that of the format.
const Version = 1

// recentDays is for how long a listing is new.
const recentDays = 30

// Index is the index of a catalogue.
type Index struct {
	// Files are those that the entry names, in its order: leaves, prefixes,
	// spelling, and the sets that were added.
	Files []File
	Entry Entry
	// Facets are what AddColumns has added, by which to filter.
	Facets []Facet

	listings []*catalogue.Listing
	numbers  map[*catalogue.Listing]int
	taken    map[string][]byte // files by name
}

// File is a file beside the entry: its name there, and what it holds.
type File struct {
	Name  string
	Bytes []byte
}

// Entry is what is the same in all languages of an entry.
type Entry struct {
	Version int       `json:"version"`
	Date    when.Date `json:"date"`
	Zone    string    `json:"zone"`
	// IDs counts all numbers, Listed the current listings; Population is the
	// latter rounded to a power of two.
	IDs        int `json:"ids"`
	Listed     int `json:"listed"`
	Population int `json:"population"`
	// Recent is the first number of what is new.
	Recent int `json:"recent"`
	// Closed is the set of current listings that can't be joined any more, in
	// base64.
	Closed   string `json:"closed"`
	Leaves   Ranges `json:"leaves"`
	Prefixes Ranges `json:"prefixes"`
	Spelling Ranges `json:"spelling"`
	// Known are words that many listings have, front-coded.
	Known string            `json:"known"`
	Sets  map[string]string `json:"sets"`
}

// Ranges are files by the first key of each, sorted; Names are their hashes
// one after another.
type Ranges struct {
	Keys  []string `json:"keys"`
	Names string   `json:"names"`
}

// New makes the index of a catalogue, without sets.
func New(c *catalogue.Catalogue) *Index {
	x := &Index{
		listings: numbered(c), numbers: make(map[*catalogue.Listing]int, len(c.Listings)), taken: map[string][]byte{},
		Entry: Entry{
			Version: Version, Date: c.Today, Zone: c.Settings.TimeZone, IDs: len(c.Listings), Listed: len(c.Current),
			Population: rounded(len(c.Current)), Sets: map[string]string{},
			Leaves: Ranges{Keys: []string{}}, Prefixes: Ranges{Keys: []string{}}, Spelling: Ranges{Keys: []string{}},
		},
	}
	var closed []int32
	for i, l := range x.listings {
		x.numbers[l] = i
		if !l.Ended && !l.Joinable(c.Today) {
			closed = append(closed, int32(i))
		}
	}
	x.Entry.Closed = base64.StdEncoding.EncodeToString(setBytes(closed))
	v := gather(c, x.listings)
	x.addLeaves(v)
	x.addPrefixes(v)
	x.addSpelling(v)
	x.Entry.Known = v.known()
	since := c.Today.AddDays(-recentDays).In(c.Zone)
	x.Entry.Recent, _ = slices.BinarySearchFunc(x.listings, since, func(l *catalogue.Listing, t time.Time) int {
		return l.Published.Compare(t)
	})
	return x
}

// Listings are all listings with a page by their numbers, past ones too.
func (x *Index) Listings() []*catalogue.Listing { return x.listings }

// Number is a listing's number; false where it has none.
func (x *Index) Number(l *catalogue.Listing) (int, bool) {
	n, ok := x.numbers[l]
	return n, ok
}

// numbered are the listings in the order of their numbers.
func numbered(c *catalogue.Catalogue) []*catalogue.Listing {
	return slices.SortedFunc(slices.Values(c.Listings), func(a, b *catalogue.Listing) int {
		return cmp.Or(a.Published.Compare(b.Published), strings.Compare(a.Path, b.Path))
	})
}
