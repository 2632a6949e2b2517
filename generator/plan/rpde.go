package plan

import (
	"cmp"
	"io"
	"maps"
	"slices"
	"strconv"

	"fursa/feeds"
	"fursa/generator/catalogue"
	"fursa/generator/ledger"
	"fursa/schema"
)

// RPDEPath is where other catalogues begin to pull this one's own listings. The
// number in it is the change after which the page begins: hosts of files can't
// read a query.
const RPDEPath = "feeds/rpde/opportunities/after/0.json"

func rpdePath(after int64) string {
	return "feeds/rpde/opportunities/after/" + strconv.FormatInt(after, 10) + ".json"
}

// contextPath is where the fields of our own are declared.
const contextPath = "fursa/context.jsonld"

// rpdeKind is the kind of all items. One for each of OpenActive's types would
// make another item of a listing that gets a second date.
const rpdeKind = "Opportunity"

// changeFeed are the pages of the change feed, one for each cursor that was
// ever given out.
func (s *site) changeFeed() []Output {
	own := make(map[string]*catalogue.Listing, len(s.Listings))
	for _, l := range s.Listings {
		own[l.ID] = l
	}
	outputs := []Output{bytesOutput(contextPath, FeedClass, feeds.OpenActiveContext())}
	for _, page := range s.Ledger.Pages() {
		outputs = append(outputs, Output{Path: rpdePath(page.After), Class: FeedClass, Write: func(w io.Writer) error {
			out := feeds.RPDEPage{Next: s.url(rpdePath(page.Next))}
			if s.Settings.Licence != nil {
				out.License = s.Settings.Licence.URL
			}
			for _, entry := range page.Changed {
				item, err := s.changeItem(entry, own[entry.ID])
				if err != nil {
					return err
				}
				out.Items = append(out.Items, item)
			}
			return feeds.WriteRPDE(w, out)
		}})
	}
	return outputs
}

// changeItem is an entry of the ledger as an item; l is its listing, nil where it
// has gone.
func (s *site) changeItem(entry ledger.Sent, l *catalogue.Listing) (feeds.RPDEItem, error) {
	item := feeds.RPDEItem{
		State: feeds.RPDEDeleted, Kind: rpdeKind, ID: feeds.RPDEID(entry.ID),
		Modified: feeds.RPDEModified(strconv.FormatInt(entry.Change, 10)),
	}
	if entry.State == ledger.Gone || l == nil {
		return item, nil
	}
	o, err := s.opportunity(l)
	if err != nil {
		return item, err
	}
	item.State = feeds.RPDEUpdated
	item.Data, err = feeds.OpenActive(o)
	return item, err
}

// opportunity is a listing as it is given to others. It is made of the record,
// its provider's, and what catalogue.Sharing says: of nothing else, so that the
// ledger knows whenever it is another.
func (s *site) opportunity(l *catalogue.Listing) (feeds.Opportunity, error) {
	with := s.Sharing(l)
	value := complete(*l.Value, with)
	o := feeds.Opportunity{Value: value, Zone: s.Zone, Ages: with.Ages, ProviderID: with.Provider, Context: s.url(contextPath), Shared: feeds.Shared{
		ID: with.ID, URL: s.url(s.editions[0].file(l.Path)), Zone: with.Zone, Path: l.Path, SameAs: value.SameAs,
	}}
	var err error
	if o.Shared.SharedText, err = shared(l.Lang, value, l.Body); err != nil {
		return o, err
	}
	for _, t := range l.Translations {
		if o.Shared.Translations == nil {
			o.Shared.Translations = map[string]feeds.SharedText{}
		}
		if o.Shared.Translations[t.Lang], err = feeds.SharedFile(t.Source); err != nil {
			return o, err
		}
	}
	if p := l.Provider; p != nil {
		o.Provider = p.Record.Value
		o.Shared.Provider = &feeds.SharedProvider{ID: with.Provider, URL: s.url(s.editions[0].file(p.Record.Path)), Path: p.Record.Path}
		if o.Shared.Provider.SharedText, err = shared(p.Record.Lang, p.Record.Value, p.Record.Body); err != nil {
			return o, err
		}
	}
	if value.Image != nil {
		o.Image = s.image(value.Image)
	}
	o.Subjects, o.Shared.Terms = s.concepts(with), terms(with)
	return o, nil
}

// complete is a record with what the catalogue's settings say for it, which
// nobody elsewhere can know.
func complete(v schema.Opportunity, with catalogue.Sharing) *schema.Opportunity {
	v.Ages = with.Ages
	v.Place = placed(v.Place, with.Country)
	v.Sessions = slices.Clone(v.Sessions)
	for i := range v.Sessions {
		session := &v.Sessions[i]
		session.Zone, session.Place = cmp.Or(session.Zone, with.Zone), placed(session.Place, with.Country)
	}
	if c := v.Cost; c.Amount != nil && *c.Amount > 0 || c.From != nil || c.To != nil {
		v.Cost.Currency = cmp.Or(c.Currency, with.Currency)
	}
	if v.Pays != nil && v.Pays.Amount != nil {
		pays := *v.Pays
		pays.Currency = cmp.Or(pays.Currency, with.Currency)
		v.Pays = &pays
	}
	return &v
}

func placed(p *schema.Place, country string) *schema.Place {
	if p == nil || p.Country != "" || country == "" {
		return p
	}
	in := *p
	in.Country = country
	return &in
}

func shared(lang string, record any, body string) (feeds.SharedText, error) {
	text, err := feeds.RecordJSON(record)
	return feeds.SharedText{Lang: lang, Record: text, Body: body}, err
}

// concepts are the subjects as OpenActive has them: by its own list of
// activities where the vocabulary leads there.
func (s *site) concepts(with catalogue.Sharing) []feeds.Concept {
	var list []feeds.Concept
	for _, t := range with.Subjects {
		c := feeds.Concept{ID: s.url("subjects/" + t.ID + "/"), Label: labelled(t.Label, with.Lang), Scheme: cmp.Or(webURL(with.Scheme), s.url("subjects/"))}
		for _, same := range t.SameAs {
			if feeds.IsActivity(same) {
				c.ID, c.Scheme = same, feeds.ActivityList
			}
		}
		list = append(list, c)
	}
	return list
}

// labelled is a label in a language, else in the first that it has.
func labelled(label schema.Text, lang string) string {
	if text := label[lang]; text != "" {
		return text
	}
	for _, lang := range slices.Sorted(maps.Keys(label)) {
		return label[lang]
	}
	return ""
}

func terms(with catalogue.Sharing) feeds.SharedTerms {
	t := feeds.SharedTerms{Districts: labels(with.Districts), Grades: labels(with.Grades)}
	for _, subject := range with.Subjects {
		if t.Subjects == nil {
			t.Subjects = map[string]map[string]string{}
		}
		t.Subjects[subject.ID] = subject.Label
	}
	return t
}

func labels(of map[string]schema.Text) map[string]map[string]string {
	var list map[string]map[string]string
	for id, label := range of {
		if list == nil {
			list = map[string]map[string]string{}
		}
		list[id] = label
	}
	return list
}
