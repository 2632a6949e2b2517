package convert

import (
	"bytes"
	"cmp"
	"encoding/json"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"maps"
	"net/url"
	"sync"

	"fursa/feeds"
	"fursa/schema"
	"fursa/schema/diag"
	"fursa/schema/locale"
)

// Unsorted is the subject of what names none, until a map brings it to another.
const Unsorted = "unsorted"

// Assumptions are what is taken to hold for all listings of a source that do not
// say it themselves. What is empty here too is as documented in
// docs/federation.md.
type Assumptions struct {
	Defaults
	// Place is the name of a place.
	Place string
}

// Sharer makes listings, in the form in which catalogues give them to each
// other, of sources in one format.
type Sharer struct {
	format string
	place  string
	reader *rowReader
}

// Foreign is a listing of a source that is no Fursa catalogue.
type Foreign struct {
	// Theirs is the source's own id of it.
	Theirs string
	// Shared has no ids and no paths but the name of its provider: what those
	// are depends on who reads. Its address may be empty.
	Shared feeds.Shared
	// Provider is a slug made of the provider's name; empty where the source
	// names none.
	Provider string
}

// NewSharer is a Sharer for one of the formats that have a built-in map. An error
// is an assumption that can't hold.
func NewSharer(format string, a Assumptions) (*Sharer, error) {
	a.Name = format
	a.Kind, a.Mode = cmp.Or(a.Kind, "event"), cmp.Or(a.Mode, "in-person")
	a.Subject, a.Lang = cmp.Or(a.Subject, Unsorted), cmp.Or(a.Lang, "en")
	if a.Ages == "" && format == FormatRPDE {
		a.Ages = "18-" // what OpenActive says of events without a range
	}
	a.Ages = cmp.Or(a.Ages, "0-")
	m, list := BuiltIn(format, a.Defaults)
	if list.Failed() {
		return nil, fmt.Errorf("what is assumed of the source can't be: %s", list[0].Message("en"))
	}
	for i, f := range m.Fields {
		m.Fields[i].HTML = f.To == bodyField
	}
	m.Fields = append(m.Fields,
		Field{To: "lang", Column: "lang"},
		Field{To: "subjects", Column: "keywords", Split: "\n", Term: "subjects"})
	return &Sharer{format, a.Place, newRowReader(m, columnNames)}, nil
}

// Read makes listings of a document that was found at an address; the notes say
// what of it gave none. A document with nothing in it is no error.
func (s *Sharer) Read(text []byte, at string) ([]Foreign, []Note, error) {
	if s.format == FormatRSS {
		if err := checkElements(text); err != nil {
			return nil, nil, err
		}
	}
	t, err := readers[s.format](text, s.reader.m)
	return s.share(t, err, at)
}

// Item makes a listing of an item of a change feed, or says why there is none.
func (s *Sharer) Item(item feeds.RPDEItem, at string) ([]Foreign, []Note, error) {
	t, err := rpdeTable([]string{""}, map[string]feeds.RPDEItem{"": item}, s.reader.m)
	return s.share(t, err, at)
}

func (s *Sharer) share(t table, err error, at string) ([]Foreign, []Note, error) {
	var empty emptyError
	if errors.As(err, &empty) {
		return nil, nil, nil
	}
	if err != nil {
		return nil, nil, err
	}
	base, err := url.Parse(at)
	if err != nil {
		return nil, nil, err
	}
	rows := t.(*held).rows
	for i := range rows {
		if rows[i].bad == nil {
			strange{rows[i].cells, s}.tidy(base)
		}
	}
	reader := *s.reader
	reader.proses = &proses{} // texts are remembered for one document, not for ever
	result, err := gather(t, &reader)
	if err != nil {
		return nil, nil, err
	}
	tooLong := map[int]Note{}
	for _, n := range result.Report.Notes {
		if n.Problem.Rule == "import/title-long" {
			tooLong[n.Line] = n
		}
	}
	var all []Foreign
	for _, l := range result.Listings {
		if n, ok := tooLong[l.Line]; ok { // a title that was cut would be another
			result.Report.Unused = append(result.Report.Unused, n)
			continue
		}
		f, err := s.foreign(l, strange{rows[l.Line-1].cells, s}, result)
		if err != nil {
			return nil, nil, err
		}
		all = append(all, f)
	}
	return all, result.Report.Unused, nil
}

// foreign is a listing with all that its record does not hold.
func (s *Sharer) foreign(l Listing, c strange, r Result) (Foreign, error) {
	text, err := feeds.SharedFile(&diag.Source{Path: "opportunities/x/x.md", Text: l.text})
	if err != nil {
		return Foreign{}, err
	}
	text.Body = l.Body
	text.Lang = cmp.Or(l.Record.Lang, s.reader.m.Lang)
	f := Foreign{Theirs: l.ID, Shared: feeds.Shared{URL: c.get("url"), SameAs: l.Record.SameAs, SharedText: text}}
	f.Shared.Terms.Subjects = s.labels(l.Record.Subjects, text.Lang, r)
	name := c.get("provider")
	if name == "" {
		return f, nil
	}
	f.Provider = l.Provider
	record, err := feeds.RecordJSON(schema.Provider{Name: name, URL: c.get("provider_url"), Lang: l.Record.Lang})
	f.Shared.Provider = &feeds.SharedProvider{URL: c.get("provider_url"), SharedText: feeds.SharedText{Lang: text.Lang, Record: record}}
	return f, err
}

// labels are those of a listing's subjects, as the source has them.
func (s *Sharer) labels(subjects []string, lang string, r Result) map[string]map[string]string {
	all := map[string]map[string]string{}
	for _, id := range subjects {
		if id == Unsorted {
			all[id] = maps.Clone(unsorted())
			continue
		}
		for _, v := range r.Vocabularies {
			for _, t := range v.Terms {
				if v.Name == "subjects" && t.ID == id {
					all[id] = map[string]string{lang: t.Label[s.reader.m.Lang]}
				}
			}
		}
	}
	return all
}

// unsorted is what that subject is called, by language; read once.
var unsorted = sync.OnceValue(func() map[string]string {
	labels := map[string]string{}
	for _, lang := range locale.Known() {
		if l, err := locale.New(lang, ""); err == nil {
			labels[lang] = l.T("peer.unsorted")
		}
	}
	return labels
})

// checkElements refuses a feed in XML whose elements stand too deep in each
// other for those who read it.
func checkElements(text []byte) error {
	if json.Valid(text) {
		return nil
	}
	d := xml.NewDecoder(bytes.NewReader(text))
	d.Strict = false
	d.CharsetReader = func(_ string, in io.Reader) (io.Reader, error) { return in, nil }
	for depth := 0; depth <= maxDepth; {
		token, err := d.RawToken()
		if err != nil {
			return nil //nolint:nilerr // what is wrong with it, its reader says
		}
		switch token.(type) {
		case xml.StartElement:
			depth++
		case xml.EndElement:
			depth--
		}
	}
	return errors.New("this is no feed: its elements stand too deep in each other")
}
