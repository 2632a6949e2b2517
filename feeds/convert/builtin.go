package convert

import (
	_ "embed"
	"encoding/json"
	"fmt"
	"strconv"
	"strings"

	"fursa/schema"
	"fursa/schema/diag"
)

//go:embed builtin.toml
var builtIn string

// Defaults are what a built-in map says of rows that do not say it.
type Defaults struct {
	// Name is the import's; Lang the texts' language, and the learners' where
	// the source does not say it; Zone the catalogue's.
	Name, Lang, Zone string
	// Provider is a name, Kind and Subject are ids.
	Provider, Kind, Subject, Mode string
	// Ages is empty, or like "8-14", "8-" or "-14".
	Ages string
}

// BuiltIn is the map of a format that has the same columns for everybody, ready to use if
// the list has no error.
func BuiltIn(format string, d Defaults) (Map, diag.List) {
	ages := ""
	if d.Ages != "" {
		ages = "otherwise = { " + strings.Join(ageBounds(d.Ages, " = "), ", ") + " }"
	}
	values := []string{"$html$", strconv.FormatBool(format == FormatRSS || format == FormatXCRI), "$ages$", ages}
	for name, value := range map[string]string{
		"name": d.Name, "lang": d.Lang, "zone": d.Zone, "provider": d.Provider,
		"kind": d.Kind, "subject": d.Subject, "mode": d.Mode,
	} {
		quoted, err := json.Marshal(value) // a JSON text is one of TOML too
		if err != nil {
			panic(fmt.Sprintf("convert: %v", err))
		}
		values = append(values, `"$`+name+`$"`, string(quoted))
	}
	return ReadMap(&diag.Source{Path: "built-in/" + format + ".toml", Text: []byte(strings.NewReplacer(values...).Replace(builtIn))})
}

// ageBounds are the ends of "8-14", "8-", "8+" or "-14", as a key and a value
// each; none where it is not written so.
func ageBounds(ages, equals string) []string {
	ages = strings.NewReplacer("–", "-", " ", "", "+", "-").Replace(ages)
	low, high, _ := strings.Cut(ages, "-")
	var bounds []string
	for _, end := range []struct{ key, value string }{{"min", low}, {"max", high}} {
		if n, err := strconv.Atoi(end.value); err == nil {
			bounds = append(bounds, end.key+equals+strconv.Itoa(n))
		}
	}
	return bounds
}

// columnNames are the columns of all formats that have a built-in map. Sessions and
// ages are JSON in the form of a listing's fields; languages, keywords and
// same_as have one on each line.
var columnNames = []string{
	"id", "title", "summary", "description", "kind", "provider", "url", "same_as", "keywords", "languages",
	"from", "to", "sessions", "mode", "place", "address", "locality", "region", "postcode", "country",
	"latitude", "longitude", "ages", "price", "price_from", "price_to", "currency", "registration", "capacity",
	"status", "anytime", "lang", "provider_url",
}

// entry is a row by the names of its columns.
type entry map[string]string

// entries gathers the rows of a source without columns of its own.
type entries struct {
	table held
	err   error
}

func newEntries() *entries { return &entries{table: held{header: columnNames}} }

// add adds an entry, or why the next one is none.
func (e *entries) add(columns entry, bad error) {
	r := row{line: len(e.table.rows) + 1, bad: bad, id: columns["id"]}
	if len(e.table.rows) >= maxEntries {
		e.err = errTooMany
		return
	}
	if bad == nil {
		columns["same_as"] = webAddresses(columns["id"], columns["url"])
		for _, name := range columnNames {
			r.cells = append(r.cells, columns[name])
		}
	}
	e.table.rows = append(e.table.rows, r)
}

func (e *entries) done(what string) (table, error) {
	switch {
	case e.err != nil:
		return nil, e.err
	case len(e.table.rows) == 0:
		return nil, emptyError(what)
	}
	return &e.table, nil
}

// emptyError is a source without what is looked for, as an error.
type emptyError string

func (e emptyError) Error() string { return fmt.Sprintf("there is no %s in it", string(e)) }

// addPosition writes the position that a text gives, as a map's link or as two
// numbers; nothing where it gives none.
func addPosition(columns entry, text string) {
	if latitude, longitude, ok := schema.Coordinates(text); ok {
		columns["latitude"], columns["longitude"] = degrees(latitude), degrees(longitude)
	}
}

func degrees(n float64) string { return strconv.FormatFloat(n, 'f', -1, 64) }

// webAddresses are those of some texts that are addresses, each once.
func webAddresses(texts ...string) string {
	var all []string
	for _, text := range texts {
		text = strings.TrimSpace(text)
		web := strings.HasPrefix(text, "https://") || strings.HasPrefix(text, "http://")
		if web && !(len(all) > 0 && all[0] == text) {
			all = append(all, text)
		}
	}
	return strings.Join(all, "\n")
}

// sessionsJSON writes sessions as a cell.
func sessionsJSON(sessions []schema.Session) string {
	if len(sessions) == 0 {
		return ""
	}
	return compact(sessions)
}
