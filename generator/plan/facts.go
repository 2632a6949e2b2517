package plan

import (
	"html/template"
	"slices"
	"strings"

	"fursa/generator/catalogue"
	"fursa/generator/markdown"
	"fursa/schema"
	"fursa/schema/when"
)

// facts answer «can I go»: when, where, for whom, at what cost, in which
// language.
func (e *edition) facts(x *entry) []Fact {
	v := x.value
	f := facts{}
	f.add(e.T("listing.when"), e.whenValues(x)...)
	f.add(e.T("listing.duration"), text(e.duration(v.Duration))...)
	f.add(e.T("listing.commitment"), text(e.commitment(v.Commitment))...)
	f.add(e.T("listing.timetable"), e.labels("timetable.", x.Timetable)...)
	f.add(e.T("listing.where"), e.whereValues(x)...)
	f.add(e.T("listing.for-whom"), e.whomValues(x)...)
	f.add(e.T("listing.cost"), e.costValues(x)...)
	f.add(e.T("listing.languages"), text(e.languages(v.Languages))...)
	f.add(e.T("listing.kind"), Value{Text: e.T("kind." + v.Kind), URL: e.href("kinds/" + v.Kind)})
	f.add(e.T("listing.subjects"), e.termValues(x.Subjects)...)
	f.add(e.T("listing.skills"), e.termValues(x.Skills)...)
	var curriculum []Value
	for _, t := range x.Terms {
		curriculum = append(curriculum, value(e.words(t.Label)))
	}
	f.add(e.T("listing.curriculum"), curriculum...)
	f.add(e.T("listing.provides"), e.labels("provides.", v.Provides)...)
	f.add(e.T("listing.supports"), e.labels("supports.", v.Supports)...)
	f.add(e.T("listing.credential"), e.credential(x)...)
	f.add(e.T("listing.requires"), e.requires(x)...)
	if s := v.Safeguarding; s != nil {
		var values []Value
		if s.Checked {
			values = append(values, Value{Text: e.T("listing.checked")})
		}
		values = append(values, text(s.Supervision)...)
		if s.Policy != "" {
			values = append(values, Value{Text: e.T("listing.policy"), URL: s.Policy})
		}
		f.add(e.T("listing.safeguarding"), values...)
	}
	return f
}

type facts []Fact

// add appends a fact that has values.
func (f *facts) add(label string, values ...Value) {
	if len(values) == 0 {
		return
	}
	for i := range values {
		values[i].HTML = values[i].markup()
	}
	*f = append(*f, Fact{label, values})
}

// markup is a value as HTML. Templates could do it, at several times the cost:
// a listing has a dozen values or more.
func (v Value) markup() template.HTML {
	s := template.HTMLEscapeString(v.Text)
	switch {
	case v.URL != "":
		s = `<a href="` + template.HTMLEscapeString(safeURL(v.URL)) + `">` + s + `</a>`
	case v.Start != "":
		s = `<time datetime="` + template.HTMLEscapeString(v.Start) + `">` + s + `</time>`
	}
	if v.Lang != "" {
		s = `<span lang="` + template.HTMLEscapeString(v.Lang) + `" dir="` + v.Dir + `">` + s + `</span>`
	}
	return template.HTML(s) //nolint:gosec // escaped
}

// safeURL is an address that may stand in a link; "#" where it may not.
func safeURL(raw string) string {
	if !markdown.Allowed(raw) {
		return "#"
	}
	return raw
}

// value is a text as the value of a fact.
func value(t Text) Value { return Value{Text: t.Text, Lang: t.Lang, Dir: t.Dir} }

// linked is a link as the value of a fact.
func linked(l Link) Value { return Value{Text: l.Text, Lang: l.Lang, Dir: l.Dir, URL: l.URL} }

// text is a value, or none of an empty text.
func text(s string) []Value {
	if s == "" {
		return nil
	}
	return []Value{{Text: s}}
}

func (e *edition) whenValues(x *entry) []Value {
	v := x.value
	if len(v.Sessions) == 0 {
		line, start := e.whenLine(x)
		return []Value{{Text: capital(line), Start: start}}
	}
	var values []Value
	for i, s := range v.Sessions {
		values = append(values, e.session(x, i))
		if s.Note != "" {
			values = append(values, value(e.pick(s.Note, x.Value.Sessions[i].Note, x.Lang)))
		}
	}
	return values
}

func (e *edition) whereValues(x *entry) []Value {
	v := x.value
	values := []Value{}
	if v.Mode != "in-person" {
		values = append(values, Value{Text: e.T("mode." + v.Mode)})
	}
	p := v.Place
	if p == nil {
		return values
	}
	values = append(values, text(e.address(p))...)
	if x.District != nil {
		label := e.words(x.District.Label)
		values = append(values, Value{Text: label.Text, Lang: label.Lang, Dir: label.Dir, URL: e.href(x.District.Set.Path())})
	}
	if p.Directions != "" {
		values = append(values, value(e.pick(p.Directions, x.Value.Place.Directions, x.Lang)))
	}
	if p.StepFree != nil {
		key := "where.not-step-free"
		if *p.StepFree {
			key = "where.step-free"
		}
		values = append(values, Value{Text: e.T(key)})
	}
	if u := mapURL(p); u != "" {
		values = append(values, Value{Text: e.T("listing.map"), URL: u})
	}
	return values
}

func (e *edition) whomValues(x *entry) []Value {
	v := x.value
	var values []Value
	if !slices.Equal(x.Audience(), []string{"learners"}) {
		values = append(values, e.labels("audience.", x.Audience())...)
	}
	if v.Ages != nil {
		values = append(values, text(capital(e.rangeOfAges(v.Ages)))...)
	}
	if len(v.Grades) > 0 {
		var names []string
		for _, g := range v.Grades {
			names = append(names, e.grade(g))
		}
		values = append(values, Value{Text: e.List(names)})
	}
	if v.Gender != "" && v.Gender != "any" {
		values = append(values, Value{Text: e.T("gender." + v.Gender)})
	}
	values = append(values, text(capital(e.group(v.Group)))...)
	if v.Eligibility != "" {
		values = append(values, value(e.pick(v.Eligibility, x.Value.Eligibility, x.Lang)))
	}
	return values
}

// grade is a grade by the catalogue's own name for it.
func (e *edition) grade(id string) string {
	for _, g := range e.Settings.Grades {
		if g.ID == id && len(g.Label) > 0 {
			return e.words(g.Label).Text
		}
	}
	return id
}

func (e *edition) costValues(x *entry) []Value {
	c := x.value.Cost
	values := []Value{{Text: capital(e.cost(c))}}
	values = append(values, text(c.Bursary)...)
	values = append(values, text(c.Note)...)
	if p := x.value.Pays; p != nil {
		values = append(values, Value{Text: e.pays(p)})
		values = append(values, text(p.Note)...)
	}
	return values
}

func (e *edition) languages(tags []string) string {
	var names []string
	for _, tag := range tags {
		names = append(names, e.LanguageName(tag))
	}
	return e.List(names)
}

func (e *edition) termValues(terms []*catalogue.Term) []Value {
	var values []Value
	for _, link := range e.termLinks(terms) {
		values = append(values, linked(link))
	}
	return values
}

func (e *edition) credential(x *entry) []Value {
	c := x.value.Credential
	if c == nil {
		return nil
	}
	var values []Value
	for _, slug := range c.Badges {
		if link, ok := e.recordLink("badges/" + slug); ok {
			values = append(values, linked(link))
		}
	}
	values = append(values, text(c.Certificate)...)
	if c.Hours > 0 {
		values = append(values, Value{Text: e.T("listing.hours", "hours", e.Duration(0, int(c.Hours*60)))})
	}
	return values
}

func (e *edition) requires(x *entry) []Value {
	var values []Value
	for _, path := range x.Value.Requires {
		if link, ok := e.recordLink(path); ok {
			values = append(values, linked(link))
		}
	}
	return values
}

func (e *edition) duration(iso string) string {
	if iso == "" {
		return ""
	}
	d, err := when.ParseDuration(iso)
	if err != nil {
		return ""
	}
	return e.durationWords(d)
}

func (e *edition) commitment(c *schema.Commitment) string {
	if c == nil {
		return ""
	}
	time := e.Duration(0, int(c.HoursPerWeek*60))
	switch {
	case c.HoursPerWeek > 0 && c.Weeks > 0:
		return e.T("commitment.for-weeks", "time", time, "weeks", e.N("count.weeks", c.Weeks))
	case c.HoursPerWeek > 0:
		return e.T("commitment.a-week", "time", time)
	}
	return e.N("count.weeks", c.Weeks)
}

// join answers «how do I join»: deadline, approvals, addresses.
func (e *edition) join(x *entry) []Fact {
	r := x.value.Registration
	if r == nil {
		return nil
	}
	f := facts{}
	if !r.Opens.IsZero() {
		f.add(e.T("listing.opens"), Value{Text: e.DateTime(r.Opens)})
	}
	if !r.Deadline.IsZero() {
		f.add(e.T("listing.deadline"), Value{Text: e.DateTime(r.Deadline)})
	}
	if r.Email != "" {
		f.add(e.T("listing.email"), Value{Text: r.Email, URL: "mailto:" + r.Email})
	}
	f.add(e.T("listing.phone"), text(r.Phone)...)
	if r.Capacity > 0 {
		f.add(e.T("listing.capacity"), Value{Text: e.Number(float64(r.Capacity))})
	}
	var approvals []Value
	for _, a := range r.Approvals {
		parts := []string{e.T("approval." + a.Who)}
		if a.How != "" {
			parts = append(parts, a.How)
		}
		if a.Days > 0 {
			parts = append(parts, e.N("approval.days", a.Days))
		}
		approvals = append(approvals, Value{Text: strings.Join(parts, " · ")})
	}
	f.add(e.T("listing.approvals"), approvals...)
	f.add(e.T("listing.consent"), text(r.Consent)...)
	return f
}
