package feeds

import (
	"bytes"
	"encoding/json"
	"fmt"

	"fursa/schema/diag"
	"fursa/schema/document"
)

// Namespace is what the prefix «fursa:» stands for where catalogues add fields
// of their own to OpenActive's data. It is the same for every catalogue.
const Namespace = "urn:fursa:"

// Shared is a listing as one catalogue gives it to another: a line of a
// snapshot, and fursa:record in a change feed. Nothing of the record is lost in
// it, and what the publisher's settings say for the record (currency, time
// zone, country, the ages of a grade) stands in the record.
type Shared struct {
	// ID is the global id, URL the page of the listing at its origin.
	ID  string `json:"id"`
	URL string `json:"url"`
	// Modified is the number of the change in the publisher's feed; a snapshot
	// has it, the feed says it beside the data.
	Modified int64    `json:"modified,omitempty"`
	SameAs   []string `json:"sameAs,omitempty"`
	// Zone is the publisher's time zone, in which local times are that name none.
	Zone string `json:"zone,omitempty"`
	// Path is the record's at its publisher, "opportunities/museum/night-sky".
	Path string `json:"path"`
	SharedText
	// Translations are by language; their records hold what is translated.
	Translations map[string]SharedText `json:"translations,omitempty"`
	Provider     *SharedProvider       `json:"provider,omitempty"`
	Terms        SharedTerms           `json:"terms,omitzero"`
}

// SharedText is a record in JSON's shape, in one language, with its body in
// Markdown. A translation's language is the key that it stands under.
type SharedText struct {
	Lang   string          `json:"lang,omitempty"`
	Record json.RawMessage `json:"record"`
	Body   string          `json:"body,omitempty"`
}

// SharedProvider is who offers a listing.
type SharedProvider struct {
	ID   string `json:"id"`
	URL  string `json:"url"`
	Path string `json:"path"`
	SharedText
}

// SharedTerms are the labels, by language, of the publisher's own terms that a
// record uses, by their ids.
type SharedTerms struct {
	Subjects  map[string]map[string]string `json:"subjects,omitempty"`
	Districts map[string]map[string]string `json:"districts,omitempty"`
	Grades    map[string]map[string]string `json:"grades,omitempty"`
}

// RecordJSON is a record in JSON's shape: one of package schema's types, or a
// document's value.
func RecordJSON(record any) (json.RawMessage, error) { return compactJSON(record) }

// SharedFile is a translation as its file has it: with what it translates, and
// no more.
func SharedFile(src *diag.Source) (SharedText, error) {
	d, list := document.Parse(src)
	if d == nil {
		return SharedText{}, fmt.Errorf("%s can no longer be read: %v", src.Path, list)
	}
	record, err := compactJSON(d.Value)
	return SharedText{Record: record, Body: d.Body}, err
}

// compactJSON is a value on one line, its letters as they are.
func compactJSON(v any) (json.RawMessage, error) {
	var out bytes.Buffer
	e := json.NewEncoder(&out)
	e.SetEscapeHTML(false)
	if err := e.Encode(v); err != nil {
		return nil, err
	}
	return bytes.TrimSuffix(out.Bytes(), []byte("\n")), nil
}

// SharedOf is the listing in the data of an item of a change feed. It is false
// where the item is not a Fursa's: then OpenActive's fields are all there is.
func SharedOf(data json.RawMessage) (s Shared, ok bool, err error) {
	var item struct {
		Record *Shared `json:"fursa:record"`
	}
	if err := json.Unmarshal(data, &item); err != nil {
		return Shared{}, false, fmt.Errorf("fursa:record: %w", err)
	}
	if item.Record == nil {
		return Shared{}, false, nil
	}
	return *item.Record, true, nil
}
