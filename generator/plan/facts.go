package plan

import (
	"slices"
	"strings"

	"fursa/generator/catalogue"
	"fursa/schema"
	"fursa/schema/when"
)

// facts answer «can I go»: when, where, for whom, at what cost, in which
// language, and until when.
func (e *edition) facts(x *entry) []Fact {
	v := x.value
	f := facts{}
	f.add(Fact{Label: e.T("listing.when"), Class: "when"}, e.whenValues(x)...)
	f.add(Fact{Label: e.T("listing.where"), Class: "where"}, e.whereValues(x)...)
	f.add(Fact{Label: e.T("listing.for-whom"), Class: "ages"}, e.whomValues(x)...)
	f.add(Fact{Label: e.T("listing.cost"), Class: "cost"}, e.costValues(x)...)
	f.add(Fact{Label: e.T("listing.languages"), Class: "talk"}, text(e.languages(v.Languages))...)
	if r := v.Registration; r != nil && !r.Deadline.IsZero() && x.Joinable(e.Today) {
		f.add(Fact{Label: e.T("listing.deadline"), Class: "by"}, Value{Text: e.DateTime(r.Deadline), Start: r.Deadline.String()})
	}
	return f
}

// more are the facts that come after.
func (e *edition) more(x *entry) []Fact {
	v := x.value
	f := facts{}
	add := func(key string, values ...Value) { f.add(Fact{Label: e.T("listing." + key)}, values...) }
	add("duration", text(e.duration(v.Duration))...)
	add("commitment", text(e.commitment(v.Commitment))...)
	add("timetable", e.labels("timetable.", x.Timetable)...)
	add("kind", Value{Text: e.T("kind." + v.Kind), URL: e.href("kinds/" + v.Kind)})
	add("subjects", e.termValues(x.Subjects)...)
	add("skills", e.termValues(x.Skills)...)
	var curriculum []Value
	for _, t := range x.Terms {
		curriculum = append(curriculum, value(e.words(t.Label)))
	}
	add("curriculum", curriculum...)
	add("provides", e.labels("provides.", v.Provides)...)
	add("supports", e.labels("supports.", v.Supports)...)
	add("credential", e.credential(x)...)
	add("requires", e.requires(x)...)
	if s := v.Safeguarding; s != nil {
		var values []Value
		if s.Checked {
			values = append(values, Value{Text: e.T("listing.checked")})
		}
		values = append(values, text(s.Supervision)...)
		if s.Policy != "" {
			values = append(values, Value{Text: e.T("listing.policy"), URL: s.Policy})
		}
		add("safeguarding", values...)
	}
	return f
}

type facts []Fact

// add appends a fact that has values.
func (f *facts) add(fact Fact, values ...Value) {
	if len(values) == 0 {
		return
	}
	fact.Values = values
	*f = append(*f, fact)
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

func repeats(s schema.Session) bool { return s.RRule != "" }

// whenValues are the sessions; where one repeats, first the date that comes
// next, which scripts keep true.
func (e *edition) whenValues(x *entry) []Value {
	v := x.value
	if len(v.Sessions) == 0 {
		line, start := e.whenLine(x)
		return []Value{{Text: capital(line), Start: start}}
	}
	var values []Value
	if o, coming := x.Soonest(); coming && slices.ContainsFunc(v.Sessions, repeats) {
		values = append(values, Value{Text: e.occurrence(o), Start: iso(o)})
	}
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
	values = append(values, text(p.Name)...)
	locality := p.Locality
	if x.District != nil && e.words(x.District.Label).Text == locality {
		locality = "" // the district says it
	}
	values = append(values, text(e.addressOf(p.Address, locality, p.Region, p.Postcode))...)
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
	if v.Ages != nil {
		values = append(values, text(capital(e.rangeOfAges(v.Ages)))...)
	}
	if !slices.Equal(x.Audience(), []string{"learners"}) {
		var who []string
		for _, a := range x.Audience() {
			who = append(who, e.T("audience."+a))
		}
		values = append(values, Value{Text: e.List(who)})
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
	add := func(key string, values ...Value) { f.add(Fact{Label: e.T("listing." + key)}, values...) }
	if !r.Opens.IsZero() {
		add("opens", Value{Text: e.DateTime(r.Opens)})
	}
	if !r.Deadline.IsZero() {
		add("deadline", Value{Text: e.DateTime(r.Deadline), Start: r.Deadline.String()})
	}
	if r.Email != "" {
		add("email", Value{Text: r.Email, URL: "mailto:" + r.Email})
	}
	add("phone", text(r.Phone)...)
	if r.Capacity > 0 {
		add("capacity", Value{Text: e.Number(float64(r.Capacity))})
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
	add("approvals", approvals...)
	add("consent", text(r.Consent)...)
	return f
}
