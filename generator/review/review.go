// Package review tells those who sent a change to a catalogue what came of
// it, in plain words: what they sent, what is good, what to mend and how.
package review

import (
	"fursa/schema"
	"fursa/schema/diag"
)

// Review is what came of a change.
type Review struct {
	diag.Verdict
	// Settings are those of the catalogue, as far as they could be read.
	Settings schema.Catalogue
	// Sent are the records that were added, changed or removed, by path.
	Sent []Sent
}

// Sent is a record that a change touches.
type Sent struct {
	// Path is the record's: "opportunities/museum/night-sky".
	Path string
	// Title is empty where the record does not say it.
	Title string
	// Files are those of the record that changed, as problems name them.
	Files []string
	// Removed says that the record is not there any more, Added that it was
	// not there before.
	Added, Removed bool
}
