// Package ledger remembers what a catalogue has published, and when: for each
// record its first publication, its last change, the number of that change,
// and what readers were told before. The file that it reads and writes is
// fursa/ledger.json of the published site. It never asks what time it is, and
// opens no file.
package ledger

import "time"

// Path is where a published site keeps its ledger.
const Path = "fursa/ledger.json"

// Version is the newest form of the file that this package knows, and the one
// that it writes. Forms so far:
//
//	1  the first
//	2  «sent» of records, and «sequence»: what other catalogues pull
const Version = 2

// The states of an Entry.
const (
	Live  = "live"  // can still be joined
	Ended = "ended" // its last date has passed; it keeps its page
	Gone  = "gone"  // taken out of the catalogue: a tombstone
)

// Ledger is what a catalogue has published so far. Ledgers are values: Next
// makes a new one, which may share slices and maps with the old.
type Ledger struct {
	Version int
	// Catalogue is the id of the catalogue, the stem of its records' ids.
	Catalogue string
	// First is when the catalogue was published for the first time.
	First time.Time
	// Records holds what is known of each record, by its global id.
	Records map[string]Entry
	// Cursors are the change numbers that were ever given out as the start of
	// a page of the change feed, beside 0; rising. They stay valid for ever. A
	// page holds what changed after its own and up to the next one, at most
	// PageSize records; after the last there is nothing yet.
	Cursors []int64
	// Sequence is that of the manifest last published; 0 before the first.
	Sequence int64
	// Paths gives the hash of each file of the site, by its path in the output
	// folder; the ledger itself is not among them.
	Paths map[string]string
}

// Entry is what was published of one record. Times are in UTC and whole
// seconds.
type Entry struct {
	Hash string
	// Published is when the record first appeared, Modified when what it says
	// last changed (of a gone record: when it went).
	Published, Modified time.Time
	// Change rises with every change of any record, state changes included. No
	// two entries share one.
	Change int64
	// Sent is Record.Sent as it was told to other catalogues; empty where the
	// record is none that they are told of.
	Sent string
	// State is Live, Ended or Gone.
	State string
	// Revisions are the changes that people had to notice, oldest first.
	Revisions []Revision
	// Watched is what Record.Watched was, so that the next revision can tell.
	Watched map[string]string
}

// Revision is one change of watched fields.
type Revision struct {
	// N counts from 1.
	N    int
	When time.Time
	// Fields are the names of the fields that changed, sorted; Before holds
	// the text that each had, "" where it had none.
	Fields []string
	Before map[string]string
}
