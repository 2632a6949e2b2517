package convert

import (
	"crypto/sha256"
	"encoding/hex"
	"strconv"
	"strings"
	"unicode/utf8"

	"fursa/schema"
)

// finish fills in what rules and the rest of the row say, and refuses rows
// that make no listing.
func (p *parsedRow) finish() {
	m, o := p.reader.m, &p.listing.Record
	name := oneLine(p.cells[m.Provider.Column])
	if right, ok := m.Provider.Same[name]; ok {
		name = right
	}
	if name == "" {
		name = m.Provider.Otherwise
	}
	p.provider, p.listing.Provider = name, schema.Slugify(name)
	if p.listing.Provider == "" && name != "" {
		p.listing.Provider = shortSlug(name) // a name in another script
	}
	switch {
	case p.listing.Provider == "":
		p.refuse("import/row-no-provider", "column", quoted(m.Provider.Column))
	case o.Title == "":
		p.refuse("import/row-no-title")
	case o.Sessions == nil && o.Period == nil && !o.Anytime && !o.ByArrangement:
		p.refuse("import/row-no-date")
	}
	if p.unused != nil {
		return
	}
	p.listing.Slug = listingSlug(o.Title, p.listing.ID)
	p.texts()
	p.byRules()
	p.bounds()
	if o.Lang == "" {
		o.Lang = m.Lang
	}
	if c := &o.Cost; c.Amount == nil && c.From == nil && c.To == nil {
		c.Unknown = true
	}
}

// texts brings title and summary to lengths that a listing may have.
func (p *parsedRow) texts() {
	o := &p.listing.Record
	o.Title = oneLine(o.Title)
	full := o.Title
	if utf8.RuneCountInString(o.Title) < minTitle {
		o.Title += " – " + p.provider
		p.note("", full, "import/title-short")
	}
	short, cut := cutAtWord(o.Title, maxTitle)
	if cut {
		p.note("", full, "import/title-long", "max", maxTitle)
	}
	o.Title = short
	description := o.Summary
	if description == "" {
		description = p.bodyText()
	}
	var rule string
	if o.Summary, rule = summarise(description, full, p.provider, p.firstDay()); rule != "" {
		p.note("", "", rule)
	}
}

// firstDay is when it begins, as the row says it.
func (p *parsedRow) firstDay() string {
	if o := p.listing.Record; o.Sessions != nil {
		return o.Sessions[0].Start.Date.String()
	} else if o.Period != nil {
		return o.Period.From.String()
	}
	return ""
}

// bodyText is the words of the column that fills the body.
func (p *parsedRow) bodyText() string {
	for _, f := range p.reader.m.Fields {
		if f.To == bodyField && f.Column != "" {
			return p.prose(f.Column).Plain
		}
	}
	return ""
}

func (p *parsedRow) byRules() {
	m, o := p.reader.m, &p.listing.Record
	if o.Kind == "" {
		ids, fits := p.reader.kind.terms(p.plain(m.Kind.Columns))
		if o.Kind = ids[0]; !fits && m.Kind.Rules != nil {
			p.note("", "", "import/no-kind", "id", quoted(o.Kind))
		}
	}
	if o.Subjects != nil {
		return
	}
	ids, fits := p.reader.subject.terms(p.plain(m.Subjects.Columns))
	if o.Subjects = ids; !fits && m.Subjects.Rules != nil {
		p.note("", "", "import/no-subject", "id", quoted(ids[0]))
	}
}

// bounds leaves out pairs of values that contradict each other.
func (p *parsedRow) bounds() {
	o := &p.listing.Record
	if a := o.Ages; a != nil && a.Min != nil && a.Max != nil && *a.Min > *a.Max {
		p.note("", strconv.Itoa(*a.Max), "import/range", "min", *a.Min)
		o.Ages = nil
	}
	if c := &o.Cost; c.From != nil && c.To != nil && *c.From > *c.To {
		p.note("", strconv.FormatFloat(*c.To, 'f', -1, 64), "import/range", "min", *c.From)
		c.From, c.To, c.Unknown = nil, nil, true
	}
	if l := o.Place; l != nil && (l.Latitude == nil) != (l.Longitude == nil) {
		p.note("", "", "import/half-position")
		l.Latitude, l.Longitude = nil, nil
	}
	prune(o)
}

// shortSlug stands for a text that gives no name for addresses, or an unwieldy
// one.
func shortSlug(text string) string {
	sum := sha256.Sum256([]byte(text))
	return hex.EncodeToString(sum[:4])
}

// listingSlug is a title and the source's id, so that it stays the same
// though many have the same title.
func listingSlug(title, id string) string {
	end := schema.Slugify(id)
	if end == "" || strings.Contains(id, "://") {
		end = shortSlug(id)
	}
	start := schema.Slugify(title)
	if room := schema.MaxSlug - len(end) - 1; len(start) > room {
		start = start[:max(room, 0)]
		if i := strings.LastIndexByte(start, '-'); i > 0 {
			start = start[:i]
		}
	}
	return strings.Trim(start+"-"+end, "-")
}

// subjectLabel is the label that the map's rules give a subject.
func (r *rowReader) subjectLabel(id string) (schema.Text, bool) {
	for _, rule := range r.m.Subjects.Rules {
		if rule.ID == id && len(rule.Label) > 0 {
			return rule.Label, true
		}
	}
	return nil, false
}
