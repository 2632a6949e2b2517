package catalogue

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"

	"fursa/schema"
)

// sharedForm is the form in which listings are given to other catalogues. Who
// changes what is said of a listing there raises it, so that all are told anew.
const sharedForm = 2

// Sharing is all that a listing needs, beside its record and its provider's, to
// be understood outside of this catalogue.
type Sharing struct {
	Form int
	// ID and Provider are global ids, Base is where the site is served.
	ID, Provider, Base string
	// Path and Lang are those of the record, Languages those of its
	// translations.
	Path, Lang string
	Languages  []string
	// Currency, Country and Zone hold where the record names none.
	Currency, Country, Zone string
	// Ages are the stated ones, or those of its grades.
	Ages *schema.Range
	// Subjects, in the record's order, are of the vocabulary Scheme. Districts
	// and Grades are the labels of those that it names.
	Subjects          []schema.Term
	Scheme            string
	Districts, Grades map[string]schema.Text
}

// Sharing is what another catalogue must be told with a listing.
func (c *Catalogue) Sharing(l *Listing) Sharing {
	v := l.Value
	s := Sharing{
		Form: sharedForm, ID: l.ID, Base: c.BaseURL, Path: l.Path, Lang: l.Lang,
		Currency: c.Settings.Currency, Country: c.Settings.Country, Zone: c.Zone.String(),
		Ages: l.Ages, Scheme: c.Subjects.URL,
		Districts: map[string]schema.Text{}, Grades: map[string]schema.Text{},
	}
	for _, t := range l.Translations {
		s.Languages = append(s.Languages, t.Lang)
	}
	if p := l.Provider; p != nil {
		s.Provider = c.globalID(p.Record.Path, p.Record.Value.Aliases)
	}
	for _, t := range l.Subjects {
		s.Subjects = append(s.Subjects, schema.Term{ID: t.Term.ID, Label: t.Label, SameAs: t.SameAs})
	}
	places := []*schema.Place{v.Place}
	for _, session := range v.Sessions {
		places = append(places, session.Place)
	}
	for _, p := range places {
		if p == nil {
			continue
		}
		if t := c.Places.Term(p.District); t != nil {
			s.Districts[p.District] = t.Label
		}
	}
	for _, id := range v.Grades {
		if label := c.grades[id].Label; len(label) > 0 {
			s.Grades[id] = label
		}
	}
	return s
}

// sent tells what others are told of a listing from what they were told.
func (c *Catalogue) sent(l *Listing) string {
	told := struct {
		Sharing
		Record, Offerer string
	}{Sharing: c.Sharing(l), Record: l.Hash}
	if l.Provider != nil {
		told.Offerer = l.Provider.Record.Hash
	}
	text, err := json.Marshal(told)
	if err != nil {
		panic(err) // of texts and numbers
	}
	sum := sha256.Sum256(text)
	return hex.EncodeToString(sum[:8])
}
