// Package convert turns other people's tables into the files of a catalogue.
// A map, written by the person who knows the table, says which column means
// what. What a row doesn't say is left unsaid, what can't be used is
// reported row by row, and what people have edited since the last import is
// kept. It fetches nothing, and it deletes nothing.
package convert

import (
	"fursa/schema"
	"fursa/schema/diag"
)

// Result is what a source gives by a map: listings in the order of the rows,
// the providers and the terms that they name, and the report.
type Result struct {
	// Name is the map's.
	Name      string
	Listings  []Listing
	Providers []Provider
	// Vocabularies are sorted by name, their terms by id.
	Vocabularies []Vocabulary
	Report       Report
	// Explained are the first rows, with what became of each of their parts.
	Explained []Explanation
}

// Listing is one row as a listing.
type Listing struct {
	// Line is where the row begins in the source, and ID the source's own.
	Line int
	ID   string
	// Provider is a slug, and Slug the listing's own under it.
	Provider, Slug string
	Record         schema.Opportunity
	Body           string

	// text is its file, and hashes those of its fields: see imported.
	text   []byte
	hashes map[string]string
}

// Provider is one who offers listings.
type Provider struct {
	Slug   string
	Record schema.Provider
}

// Vocabulary is the terms that listings use, for vocabularies/Name.toml.
type Vocabulary struct {
	Name  string
	Terms []schema.Term
}

// Report is what became of the rows.
type Report struct {
	// Rows is how many there were, broken ones included; Listings how many
	// of them became listings.
	Rows, Listings int
	// Unused has a note for each row that gave no listing, Notes one for
	// each part of a row that was left out or changed.
	Unused, Notes []Note
}

// Note says what was not used, or not as it stands. Line, ID, Column and
// Value are empty where it is about no single one.
type Note struct {
	Line              int
	ID, Column, Value string
	// Problem says why, in any language, by its rule and values.
	Problem diag.Diagnostic
}
