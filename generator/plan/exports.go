package plan

import (
	"cmp"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io"
	"strconv"
	"strings"
	"time"

	"fursa/generator/catalogue"
	"fursa/schema"
)

// exports are the whole catalogue as open data, what has ended included.
func (s *site) exports() []Output {
	return []Output{
		{Path: "catalogue.json", Class: IndexClass, Write: s.writeJSON},
		{Path: "catalogue.ndjson", Class: IndexClass, Write: s.writeNDJSON},
		{Path: "catalogue.csv", Class: IndexClass, Write: s.writeCSV},
	}
}

// exported is a listing in the exports: the record as it is written, and what
// the catalogue knows of it.
type exported struct {
	ID           string                        `json:"id"`
	URL          string                        `json:"url"`
	Origin       string                        `json:"origin,omitempty"`
	Path         string                        `json:"path"`
	Provider     string                        `json:"provider"`
	Ended        bool                          `json:"ended"`
	Next         string                        `json:"next,omitempty"`
	First        string                        `json:"first,omitempty"`
	Last         string                        `json:"last,omitempty"`
	Published    time.Time                     `json:"first_published"`
	Modified     time.Time                     `json:"modified"`
	Language     string                        `json:"language"`
	Opportunity  *schema.Opportunity           `json:"opportunity"`
	Body         string                        `json:"body,omitempty"`
	Translations map[string]exportedTranslated `json:"translations,omitempty"`
}

type exportedTranslated struct {
	Title   string `json:"title"`
	Summary string `json:"summary"`
	Body    string `json:"body,omitempty"`
}

func (s *site) exported(l *catalogue.Listing) exported {
	x := exported{
		ID: l.ID, URL: s.editions[0].urlOf(l), Origin: originID(l), Path: l.Path,
		Ended: l.Ended, Next: l.Next.String(), First: l.First.String(), Last: l.Last.String(),
		Published: l.Published.UTC(), Modified: l.Modified.UTC(),
		Language: l.Lang, Opportunity: l.Value, Body: l.Body,
	}
	if l.Provider != nil {
		x.Provider = l.Provider.Record.Value.Name
	}
	if l.IsForeign() {
		x.Body = "" // its own catalogue's to give
		return x
	}
	for _, t := range l.Translations {
		if x.Translations == nil {
			x.Translations = map[string]exportedTranslated{}
		}
		x.Translations[t.Lang] = exportedTranslated{t.Value.Title, t.Value.Summary, t.Body}
	}
	return x
}

// originID is the id, or the address, of the catalogue that a listing comes from.
func originID(l *catalogue.Listing) string {
	if !l.IsForeign() {
		return ""
	}
	return cmp.Or(l.Origin.Peer.Value.ID, l.Origin.Peer.Value.URL)
}

func (s *site) writeNDJSON(w io.Writer) error {
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	for _, l := range s.Listings {
		if err := enc.Encode(s.exported(l)); err != nil {
			return err
		}
	}
	return nil
}

func (s *site) writeJSON(w io.Writer) error {
	head, err := json.Marshal(s.about())
	if err != nil {
		return err
	}
	if _, err := fmt.Fprintf(w, "%s,\n\"listings\":[\n", strings.TrimSuffix(string(head), "}")); err != nil {
		return err
	}
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	for i, l := range s.Listings {
		if i > 0 {
			if _, err := io.WriteString(w, ","); err != nil {
				return err
			}
		}
		if err := enc.Encode(s.exported(l)); err != nil {
			return err
		}
	}
	_, err = io.WriteString(w, "]}\n")
	return err
}

// writeCSV writes a table for spreadsheets: with a byte order mark, so that
// Excel reads Arabic, and no cell that one would take for a formula.
func (s *site) writeCSV(w io.Writer) error {
	if _, err := io.WriteString(w, "\uFEFF"); err != nil {
		return err
	}
	out := csv.NewWriter(w)
	out.UseCRLF = true
	header := []string{"id", "url", "title", "summary", "provider", "kind", "status", "ended", "next", "first", "last", "deadline",
		"mode", "place", "address", "district", "latitude", "longitude", "min_age", "max_age", "grades",
		"subjects", "skills", "languages", "cost", "cost_from", "cost_to", "currency", "registration", "modified", "origin"}
	if err := out.Write(header); err != nil {
		return err
	}
	for _, l := range s.Listings {
		if err := out.Write(s.row(l)); err != nil {
			return err
		}
	}
	out.Flush()
	return out.Error()
}

func (s *site) row(l *catalogue.Listing) []string {
	v := l.Value
	place := v.Place
	if place == nil {
		place = &schema.Place{}
	}
	ages := l.Ages
	if ages == nil {
		ages = &schema.Range{}
	}
	registration := ""
	if r := v.Registration; r != nil {
		registration = r.URL
	}
	provider := ""
	if l.Provider != nil {
		provider = l.Provider.Record.Value.Name
	}
	currency := v.Cost.Currency
	if currency == "" {
		currency = s.Settings.Currency
	}
	row := []string{l.ID, s.editions[0].urlOf(l), v.Title, v.Summary, provider, v.Kind, l.Status,
		strconv.FormatBool(l.Ended), l.Next.String(), l.First.String(), l.Last.String(), deadline(v),
		v.Mode, place.Name, place.Address, place.District, decimal(place.Latitude), decimal(place.Longitude),
		whole(ages.Min), whole(ages.Max), strings.Join(v.Grades, "; "),
		strings.Join(v.Subjects, "; "), strings.Join(v.Skills, "; "), strings.Join(v.Languages, "; "),
		decimal(v.Cost.Amount), decimal(v.Cost.From), decimal(v.Cost.To), currency, registration,
		l.Modified.UTC().Format(time.RFC3339), originID(l)}
	for i := range row {
		row[i] = defused(row[i])
	}
	return row
}

// defused keeps a cell from being read as a formula; numbers stay numbers.
func defused(cell string) string {
	if cell == "" || !strings.ContainsRune("=+-@\t\r", rune(cell[0])) {
		return cell
	}
	if _, err := strconv.ParseFloat(cell, 64); err == nil {
		return cell
	}
	return "'" + cell
}

func decimal(f *float64) string {
	if f == nil {
		return ""
	}
	return strconv.FormatFloat(*f, 'f', -1, 64)
}

func whole(n *int) string {
	if n == nil {
		return ""
	}
	return strconv.Itoa(*n)
}
