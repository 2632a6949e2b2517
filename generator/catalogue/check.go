package catalogue

import (
	"cmp"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

	"fursa/generator/markdown"
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
	each(c, r.Opportunities, c.opportunity)
	each(c, r.Providers, c.provider)
	each(c, r.Schools, c.school)
	each(c, r.Pathways, c.pathway)
	each(c, r.Badges, c.badge)
	each(c, r.Endorsements, c.endorsement)
	each(c, r.Peers, func(p *Record[schema.Peer]) { c.want("/want", p.Value.Want) })
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
			c.body(t.Body)
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
	if !c.Paths["providers/"+folder] {
		c.add(diag.New("links/no-provider", diag.Span{Source: c.source}, "provider", folder))
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
	c.ended(v)
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
	if !reachable(v.Contact) && !c.Contacts[provider] && c.Paths["providers/"+provider] &&
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
		last, _ = when.Last(Sessions(v), c.zone)
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
	if !c.Paths["providers/"+endorser] {
		c.add(diag.New("links/no-endorser", diag.Span{Source: c.source}, "provider", endorser))
	}
	for i, path := range r.Value.Covers {
		at := "/covers/" + itoa(i)
		folder, slug, _ := strings.Cut(path, "/")
		owner, _, _ := strings.Cut(slug, "/")
		switch {
		case folder != "opportunities" && folder != "providers":
			c.add(diag.New("links/wrong-folder", c.at(at), "path", strconv.Quote(path), "folders", "providers/ or opportunities/"))
		case owner == endorser:
			c.add(diag.New("links/self-endorsement", c.at(at), "provider", endorser))
		default:
			c.reference(at, path)
		}
	}
}

func (c *checker) vocabulary(r *Record[schema.Vocabulary]) {
	seen := map[string]int{}
	for i, t := range r.Value.Terms {
		at := "/terms/" + itoa(i)
		if first, twice := seen[t.ID]; twice {
			c.add(diag.New("links/duplicate-term", c.at(at+"/id"), "term", strconv.Quote(t.ID)).See(c.at("/terms/" + itoa(first) + "/id")))
			continue
		}
		seen[t.ID] = i
		if t.Broader != "" {
			c.terms(at+"/broader", r.Slug(), []string{t.Broader})
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

func (c *checker) want(at string, w schema.Want) {
	c.terms(at+"/subjects", "subjects", w.Subjects)
	c.terms(at+"/skills", "skills", w.Skills)
	c.terms(at+"/curriculum", "curriculum", w.Curriculum)
	c.terms(at+"/districts", "places", w.Districts)
	c.grades(at+"/grades", w.Grades)
	c.records(at+"/providers", "providers", w.Providers)
	c.records(at+"/endorsed_by", "providers", w.EndorsedBy)
}

func (c *checker) place(at string, p *schema.Place) {
	if p != nil && p.District != "" {
		if c.term(at+"/district", "places", p.District) {
			return
		}
	}
}

// terms checks the entries of a list, or a single value, against a
// vocabulary.
func (c *checker) terms(at, vocabulary string, ids []string) {
	for i, id := range ids {
		pointer := at + "/" + itoa(i)
		if strings.HasSuffix(at, "/broader") {
			pointer = at
		}
		c.term(pointer, vocabulary, id)
	}
}

func (c *checker) term(pointer, vocabulary, id string) bool {
	terms := c.Terms[vocabulary]
	if _, ok := terms[id]; ok {
		return true
	}
	d := diag.New("links/unknown-term", c.at(pointer), "term", strconv.Quote(id), "vocabulary", vocabulary)
	if near := c.nearTerm(terms, id); near != "" {
		d.Args = append(d.Args, diag.Arg{Name: "near", Value: strconv.Quote(near)})
		d = d.Hinted("near")
	}
	c.add(d)
	return false
}

// nearTerm is the term that was meant: one with the label that was written,
// in any language, else the one with the nearest id.
func (c *checker) nearTerm(terms map[string]schema.Term, id string) string {
	ids := slices.Sorted(maps.Keys(terms))
	for _, t := range ids {
		for _, lang := range slices.Sorted(maps.Keys(terms[t].Label)) {
			if strings.EqualFold(terms[t].Label[lang], id) {
				return t
			}
		}
		for _, alt := range terms[t].Alt {
			if slices.ContainsFunc(alt, func(s string) bool { return strings.EqualFold(s, id) }) {
				return t
			}
		}
	}
	return nearest(id, ids)
}

func (c *checker) grades(at string, grades []string) {
	for i, g := range grades {
		c.grade(at+"/"+itoa(i), g)
	}
}

func (c *checker) grade(pointer, id string) {
	var ids []string
	for _, g := range c.Settings.Grades {
		if g.ID == id {
			return
		}
		ids = append(ids, g.ID)
	}
	c.add(diag.New("links/unknown-grade", c.at(pointer), "grade", strconv.Quote(id), "grades", cmp.Or(strings.Join(ids, ", "), "–")))
}

// records checks slugs of records in a folder.
func (c *checker) records(at, folder string, slugs []string) {
	for i, slug := range slugs {
		c.reference(at+"/"+itoa(i), folder+"/"+slug)
	}
}

// references checks paths of records, each in one of the folders and not the
// record itself.
func (c *checker) references(at string, paths []string, self string, folders ...string) {
	for i, path := range paths {
		pointer := at + "/" + itoa(i)
		folder, _, _ := strings.Cut(path, "/")
		switch {
		case !slices.Contains(folders, folder):
			c.add(diag.New("links/wrong-folder", c.at(pointer), "path", strconv.Quote(path), "folders", strings.Join(folders, "/ or ")+"/"))
		case path == self:
			c.add(diag.New("links/refers-to-itself", c.at(pointer)))
		default:
			c.reference(pointer, path)
		}
	}
}

func (c *checker) reference(pointer, path string) {
	if c.Paths[path] {
		return
	}
	d := diag.New("links/unknown-record", c.at(pointer), "path", path)
	if claim, renamed := c.Aliases[path]; renamed {
		d.Args = append(d.Args, diag.Arg{Name: "near", Value: claim.Path})
		c.add(d.Hinted("renamed"))
		return
	}
	folder, _, _ := strings.Cut(path, "/")
	var names []string
	for p := range c.Paths {
		if strings.HasPrefix(p, folder+"/") {
			names = append(names, p)
		}
	}
	if near := nearest(path, names); near != "" {
		d.Args = append(d.Args, diag.Arg{Name: "near", Value: near})
		d = d.Hinted("near")
	}
	c.add(d)
}

func (c *checker) image(at string, image *schema.Image) {
	if image == nil || strings.Contains(image.Src, "://") || c.Assets[image.Src] {
		return
	}
	d := diag.New("links/missing-image", c.at(at+"/src"), "image", strconv.Quote(image.Src))
	if near := nearest(image.Src, slices.Collect(maps.Keys(c.Assets))); near != "" {
		d.Args = append(d.Args, diag.Arg{Name: "near", Value: strconv.Quote(near)})
		d = d.Hinted("near")
	}
	c.add(d)
}

// alt asks a translation to say in its own language what an image shows.
func (c *checker) alt(src *diag.Source, original, translated *schema.Image) {
	if original == nil || translated == nil || translated.Alt != original.Alt {
		return
	}
	c.add(diag.New("links/alt-not-translated", diag.Span{Source: src}, "alt", strconv.Quote(original.Alt)))
}

func (c *checker) aliases(path string, aliases []string) {
	for i, a := range aliases {
		full := FullPath(a, path)
		at := c.at("/aliases/" + itoa(i))
		switch claim := c.Aliases[full]; {
		case c.Paths[full]:
			c.add(diag.New("links/alias-taken", at, "path", full))
		case claim.Path != "" && claim.Path != path:
			c.add(diag.New("links/duplicate-alias", at, "path", full).See(claim.At()))
		}
	}
}

func (c *checker) language(lang string) {
	if !slices.Contains(c.Settings.Languages, lang) {
		c.add(diag.New("links/other-language", diag.Span{Source: c.source}, "language", lang,
			"languages", strings.Join(c.Settings.Languages, ", ")))
	}
}

// body checks the links and images of a body.
func (c *checker) body(body string) {
	for _, l := range markdown.Links(body) {
		at := c.inBody(l.URL)
		switch {
		case !markdown.Allowed(l.URL):
			c.add(diag.New("links/scheme", at, "url", strconv.Quote(l.URL)))
		case l.Image && l.Alt == "":
			c.add(diag.New("links/image-without-alt", at, "image", strconv.Quote(l.URL)))
		case l.Image && !strings.Contains(l.URL, "://") && !c.Assets[strings.TrimPrefix(l.URL, "/")]:
			c.add(diag.New("links/missing-image", at, "image", strconv.Quote(l.URL)))
		}
	}
}

// inBody finds a piece of the body in the file.
func (c *checker) inBody(piece string) diag.Span {
	text := string(c.source.Text)
	if i := strings.LastIndex(text, piece); i >= 0 {
		return diag.Span{Source: c.source, Start: i, End: i + len(piece)}
	}
	return diag.Span{Source: c.source}
}
