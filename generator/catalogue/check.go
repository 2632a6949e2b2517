package catalogue

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"fursa/schema"
	"fursa/schema/diag"
	"fursa/schema/when"
)

// Check finds what is wrong between records: references to what does not
// exist, paths claimed twice, and where a reader would be let down. Records
// may be a part of a catalogue; what they can refer to is the index's.
func Check(r Records, x *Index, today when.Date) diag.List {
	zone, err := time.LoadLocation(x.Settings.TimeZone)
	if err != nil {
		zone = time.UTC // the settings have been told of it already
	}
	c := &checker{Index: x, today: today, zone: zone}
	if c.source = r.Source; c.source != nil {
		c.look()
	}
	each(c, r.Opportunities, c.opportunity)
	each(c, r.Providers, c.provider)
	each(c, r.Schools, c.school)
	each(c, r.Pathways, c.pathway)
	each(c, r.Badges, c.badge)
	each(c, r.Endorsements, c.endorsement)
	each(c, r.Peers, c.peer)
	each(c, r.Reviews, c.review)
	each(c, r.Blocklists, func(*Record[schema.Blocklist]) {})
	each(c, r.Vocabularies, c.vocabulary)
	each(c, r.Pages, func(p *Record[schema.Page]) { c.aliases(p.Path, p.Value.Aliases) })
	return c.list
}

// each checks the records of one kind in turn, and what all kinds share:
// bodies and languages.
func each[T any](c *checker, records []*Record[T], check func(*Record[T])) {
	for _, r := range records {
		c.source = r.Source
		c.language(r.Lang)
		c.body(r.Body)
		check(r)
		for _, t := range r.Translations {
			c.source = t.Source
			c.language(t.Lang)
			if t.Body != r.Body {
				c.body(t.Body)
			}
		}
	}
}

// checker collects the problems of one file after the other.
type checker struct {
	*Index
	today  when.Date
	zone   *time.Location
	source *diag.Source
	list   diag.List
}

func (c *checker) at(pointer string) diag.Span { return locate(c.source, pointer) }

func (c *checker) add(d diag.Diagnostic) { c.list = append(c.list, d) }

func itoa(i int) string { return strconv.Itoa(i) }

func (c *checker) opportunity(r *Record[schema.Opportunity]) {
	v := r.Value
	folder, _, _ := strings.Cut(r.Slug(), "/")
	if !c.Paths.Has("providers/" + folder) {
		c.noProvider(folder)
	}
	if ofList(r.Path) {
		c.add(diag.New("links/path-of-a-list", diag.Span{Source: c.source}, "path", r.Path))
	}
	c.terms("/subjects", "subjects", v.Subjects)
	c.terms("/skills", "skills", v.Skills)
	c.terms("/curriculum", "curriculum", v.Curriculum)
	c.grades("/grades", v.Grades)
	c.place("/place", v.Place)
	for i, s := range v.Sessions {
		c.place("/sessions/"+itoa(i)+"/place", s.Place)
	}
	c.records("/partners", "providers", v.Partners)
	if v.Credential != nil {
		c.records("/credential/badges", "badges", v.Credential.Badges)
	}
	c.references("/requires", v.Requires, r.Path, "badges", "opportunities")
	c.references("/part_of", v.PartOf, r.Path, "pathways", "opportunities")
	c.image("/image", v.Image)
	for _, t := range r.Translations {
		c.alt(t.Source, v.Image, t.Value.Image)
	}
	c.aliases(r.Path, v.Aliases)
	c.letDown(v, folder)
	if !c.unlikely(v) {
		c.ended(v)
	}
}

// letDown warns where a reader would be.
func (c *checker) letDown(v *schema.Opportunity, provider string) {
	if strings.EqualFold(strings.TrimRight(v.Summary, "."), strings.TrimRight(v.Title, ".")) {
		c.add(diag.Warn("links/summary-repeats-title", c.at("/summary")))
	}
	if v.Mode == "in-person" || v.Mode == "hybrid" {
		if p := v.Place; p != nil && p.Address == "" && p.Latitude == nil && p.Directions == "" {
			c.add(diag.Warn("links/place-without-address", c.at("/place")))
		}
	}
	reg := v.Registration
	contact, known := c.Contacts[provider]
	if !reachable(v.Contact) && known && !contact &&
		(reg == nil || reg.URL == "" && reg.Email == "" && reg.Phone == "") {
		c.add(diag.Warn("links/no-contact", diag.Span{Source: c.source}, "provider", provider))
	}
}

// ended notes what time alone has ended.
func (c *checker) ended(v *schema.Opportunity) {
	last := v.Expires
	switch {
	case !last.IsZero():
	case v.Period != nil:
		last = v.Period.To
	case len(v.Sessions) > 0:
		last, _ = when.Last(v.When(), c.zone)
	}
	if !last.IsZero() && last.Before(c.today) {
		c.add(diag.Notice("links/ended", diag.Span{Source: c.source}, "date", last))
	}
}

func (c *checker) provider(r *Record[schema.Provider]) {
	v := r.Value
	c.terms("/districts", "places", v.Districts)
	c.place("/place", v.Place)
	c.image("/logo", v.Logo)
	for _, t := range r.Translations {
		c.alt(t.Source, v.Logo, t.Value.Logo)
	}
	c.aliases(r.Path, v.Aliases)
}

func (c *checker) school(r *Record[schema.School]) {
	v := r.Value
	c.grades("/grades", v.Grades)
	c.place("/place", v.Place)
	c.want("/want", v.Want)
	c.records("/pin", "opportunities", v.Pin)
	c.records("/hide", "opportunities", v.Hide)
	for i, slug := range v.Pin {
		if slices.Contains(v.Hide, slug) {
			c.add(diag.Warn("schools/pinned-and-hidden", c.at("/pin/"+itoa(i)), "path", slug))
		}
	}
	for i, lang := range v.Languages {
		c.languageAt("/languages/"+itoa(i), lang)
	}
	if v.Want.WithinKm > 0 && (v.Place == nil || v.Place.Latitude == nil || v.Place.Longitude == nil) {
		c.add(diag.New("links/within-km-without-place", c.at("/want/within_km")))
	}
	c.aliases(r.Path, v.Aliases)
}

func (c *checker) pathway(r *Record[schema.Pathway]) {
	v := r.Value
	c.grades("/grades", v.Grades)
	for i, s := range v.Steps {
		at := "/steps/" + itoa(i)
		if s.Opportunity != "" {
			c.reference(at+"/opportunity", "opportunities/"+s.Opportunity)
		}
		if s.Badge != "" {
			c.reference(at+"/badge", "badges/"+s.Badge)
		}
		if s.Grade != "" {
			c.grade(at+"/grade", s.Grade)
		}
	}
	c.image("/image", v.Image)
	for _, t := range r.Translations {
		c.alt(t.Source, v.Image, t.Value.Image)
	}
	c.aliases(r.Path, v.Aliases)
}

func (c *checker) badge(r *Record[schema.Badge]) {
	v := r.Value
	c.reference("/issuer", "providers/"+v.Issuer)
	c.terms("/skills", "skills", v.Skills)
	c.records("/unlocks", "opportunities", v.Unlocks)
	c.image("/image", v.Image)
	for _, t := range r.Translations {
		c.alt(t.Source, v.Image, t.Value.Image)
	}
	c.aliases(r.Path, v.Aliases)
}

func (c *checker) endorsement(r *Record[schema.Endorsement]) {
	endorser, _, _ := strings.Cut(r.Slug(), "/")
	if !c.Paths.Has("providers/" + endorser) {
		c.add(diag.New("links/no-endorser", diag.Span{Source: c.source}, "provider", endorser))
	}
	for i, path := range r.Value.Covers {
		at := "/covers/" + itoa(i)
		folder, slug, _ := strings.Cut(path, "/")
		owner, _, _ := strings.Cut(slug, "/")
		switch {
		case folder == "peers":
			c.reference(at, "peers/"+owner)
		case folder != "opportunities" && folder != "providers":
			c.add(diag.New("links/wrong-folder", c.at(at), "path", strconv.Quote(path), "folders", "providers/, opportunities/ or peers/"))
		case owner == endorser:
			c.add(diag.New("links/self-endorsement", c.at(at), "provider", endorser))
		default:
			c.reference(at, path)
		}
	}
}

func (c *checker) peer(r *Record[schema.Peer]) {
	v := r.Value
	c.wantedTerms("/want", v.Want)
	if (v.Format == "" || v.Format == "fursa") && v.Trust != TrustOff && (v.ID == "" || v.Key == "") {
		c.add(diag.Warn("links/unpinned-peer", c.at("/url"), "url", v.URL))
	}
}

func (c *checker) vocabulary(r *Record[schema.Vocabulary]) {
	for i, t := range r.Value.Terms {
		at := "/terms/" + itoa(i)
		if t.Broader != "" {
			c.term(at+"/broader", r.Slug(), t.Broader)
			c.cycle(at, r.Slug(), t)
		}
	}
}

// cycle finds a term that is broader than itself.
func (c *checker) cycle(at, vocabulary string, t schema.Term) {
	terms := c.Terms[vocabulary]
	for steps, b := 0, terms[t.Broader]; b.ID != "" && steps <= len(terms); steps, b = steps+1, terms[b.Broader] {
		if b.ID == t.ID {
			c.add(diag.New("links/term-in-itself", c.at(at+"/broader"), "term", strconv.Quote(t.ID)))
			return
		}
	}
}
