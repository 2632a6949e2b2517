package plan

import (
	"slices"
	"strings"

	"fursa/schema"
	"fursa/schema/when"
)

// submitGroup is a group of the form: the keys of the fields that it asks for,
// and of those that are folded away.
type submitGroup struct {
	name           string
	fields, folded []string
}

// submitGroups are the groups of the form. What is in none comes last, folded
// away: a field that the schema gains is on the form without a line here.
func submitGroups() []submitGroup {
	return []submitGroup{
		{"what", []string{"title", "summary", "kind", "subjects"}, []string{"lang", "skills", "curriculum", "image", "links", "materials"}},
		{"whom", []string{"ages", "grades", "audience", "group", "languages"}, []string{"gender", "eligibility", "supports", "requires", "safeguarding"}},
		{"when", []string{"sessions", "period", "by_arrangement", "available", "anytime"}, []string{"duration", "commitment", "timetable"}},
		{"where", []string{"mode", "place"}, nil},
		{"cost", []string{"cost"}, []string{"pays", "provides"}},
		{"join", []string{"registration", "contact"}, nil},
		{"more", nil, nil},
	}
}

// submitShown are the fields of tables that are not folded away, by the paths
// of the tables. Of others all are shown.
func submitShown() map[string][]string {
	return map[string][]string{
		"sessions":       {"start", "end", "rrule"},
		"sessions.place": {"name", "address"},
		"place":          {"name", "address", "district"},
		"registration":   {"url", "email", "phone", "deadline"},
		"cost":           {"amount", "from", "to", "unknown", "per"},
	}
}

// submitShownIf is when fields are shown, by their paths. A «flag» is set by
// being shown.
func submitShownIf() map[string]string {
	return map[string]string{
		"sessions": "when=sessions", "period": "when=period", "anytime": "when=anytime",
		"by_arrangement": "when=by_arrangement", "available": "when=by_arrangement",
		"cost.amount": "cost=amount", "cost.from": "cost=range", "cost.to": "cost=range", "cost.unknown": "cost=unknown",
		"cost.per": "cost=amount range",
		"place":    "mode=in-person hybrid", "group": "audience=schools",
	}
}

// submitTerms are the vocabularies of fields, by their paths.
func submitTerms() map[string]string {
	return map[string]string{
		"subjects": "subjects", "skills": "skills", "curriculum": "curriculum", "languages": "languages",
		"place.district": "places", "sessions.place.district": "places", "partners": "providers",
		"credential.badges": "badges", "requires": "requires", "part_of": "pathways",
		"materials.language": "languages",
	}
}

// form makes the fields of the form.
type form struct {
	*edition
	fields []schema.Field
}

func (e *edition) newForm() form { return form{e, schema.Fields(schema.KindOpportunity)} }

func (f form) groups() []FormGroup {
	rest := slices.Clone(f.fields)
	take := func(names []string) (some []FormField) {
		for _, name := range names {
			i := slices.IndexFunc(rest, func(x schema.Field) bool { return x.Name == name })
			some = append(some, f.field(rest[i]))
			rest = slices.Delete(rest, i, i+1)
		}
		return some
	}
	var groups []FormGroup
	for _, g := range submitGroups() {
		group := FormGroup{Name: g.name, Label: f.T("submit.group-" + g.name), Fields: take(g.fields), Folded: take(g.folded)}
		if g.name == "when" {
			group.Fields = append([]FormField{f.choice("when", "sessions", "period", "by_arrangement", "anytime")}, group.Fields...)
		}
		groups = append(groups, group)
	}
	last := &groups[len(groups)-1]
	for _, x := range rest {
		last.Folded = append(last.Folded, f.field(x))
	}
	return groups
}

// outside are the fields that are not of the record.
func (f form) outside() []FormField {
	field := func(key, as string) FormField {
		return FormField{
			Key: key, ID: "submit-" + key, As: as, Required: true,
			Label: f.T("submit.label-" + key), Help: f.T("submit.help-" + key),
		}
	}
	provider, body := field("provider", "term"), field("body", "area")
	provider.Terms = "providers"
	body.Required = false
	fresh := field("fresh", "table")
	fresh.If, fresh.Required = "provider=new", false
	for _, x := range schema.Fields(schema.KindProvider) {
		if slices.Contains([]string{"summary", "url"}, x.Name) {
			x.Path = "fresh." + x.Name
			fresh.Fields = append(fresh.Fields, f.field(x))
		}
		if x.Name == "contact" {
			x.Fields = slices.Clone(x.Fields)
			for i := range x.Fields {
				x.Fields[i].Path = "fresh.contact." + x.Fields[i].Name
			}
			x.Path = "fresh.contact"
			fresh.Fields = append(fresh.Fields, f.field(x))
		}
	}
	slug := field("fresh-slug", "text")
	slug.Key, slug.Max = "slug", schema.MaxSlug
	fresh.Fields = append(fresh.Fields, slug)
	name := field("slug", "text")
	name.Max = schema.MaxSlug
	return []FormField{provider, fresh, body, name}
}

// choice is a choice between fields, of which one at the most is written.
func (f form) choice(name string, options ...string) FormField {
	x := FormField{As: "choice", Key: name, ID: "choice-" + name, Label: f.T("submit.label-" + name), Required: true}
	for i, option := range options {
		x.Options = append(x.Options, FormOption{option, f.T("submit." + name + "-" + option), i == 0 && name == "when"})
	}
	return x
}

// field is a field of the schema on the form.
func (f form) field(x schema.Field) FormField {
	v := FormField{
		Key: x.Name, ID: "field-" + strings.ReplaceAll(x.Path, ".", "-"), As: asked(x),
		Label: f.words(x.Title).Text, Help: f.help(x), Required: x.Required,
		Max: x.MaxLength, If: submitShownIf()[x.Path], Terms: submitTerms()[x.Path],
	}
	if slices.Contains([]string{"text", "area", "email", "url", "tel", "number", "lines"}, v.As) {
		v.Example = f.words(x.Example).Text
	}
	v.Options = f.options(x)
	shown, some := submitShown()[x.Path]
	for _, inner := range x.Fields {
		if !some || slices.Contains(shown, inner.Name) {
			v.Fields = append(v.Fields, f.field(inner))
		} else {
			v.Folded = append(v.Folded, f.field(inner))
		}
	}
	if x.Path == "cost" {
		free := FormField{Key: "amount", ID: "field-cost-free", As: "fixed", If: "cost=free", Options: []FormOption{{Value: "0"}}}
		v.Fields = append([]FormField{f.choice("cost", "free", "amount", "range", "unknown"), free}, v.Fields...)
	}
	return v
}

// help is what explains a field: the form's own words where the schema's speak
// of what stands in a file.
func (f form) help(x schema.Field) string {
	key := "submit.help-" + x.Path
	if own := f.T(key); own != key {
		return own
	}
	return f.words(x.Description).Text
}

// asked is how a field is asked for.
func asked(x schema.Field) string {
	_, term := submitTerms()[x.Path]
	switch {
	case x.Path == "anytime" || x.Path == "by_arrangement" || x.Path == "cost.unknown":
		return "flag"
	case x.Path == "sessions.rrule":
		return "repeats"
	case x.Type == "object":
		return "table"
	case x.Type == "array" && x.Items == nil:
		return "list"
	case x.Type == "array" && term:
		return "terms"
	case term:
		return "term"
	case x.Type == "array" && (x.Items.Values != nil || x.Path == "grades"):
		return "some"
	case x.Type == "array":
		return "lines"
	case x.Values != nil || x.Path == "lang":
		return "one"
	case x.Type == "boolean":
		return "yesno"
	case x.Type == "integer" || x.Type == "number":
		return "number"
	case x.Format == "plain-text" && x.MaxLength > 200:
		return "area"
	}
	as := map[string]string{
		"date": "date", "local-time": "time", "date-or-time": "moment", "duration": "duration",
		"email": "email", "uri": "url", "phone": "tel",
	}[x.Format]
	if as == "" {
		return "text"
	}
	return as
}

// options are the values of a field that has only some.
func (f form) options(x schema.Field) []FormOption {
	values := x.Values
	if x.Items != nil {
		values = x.Items.Values
	}
	var options []FormOption
	for _, value := range values {
		options = append(options, FormOption{Value: value, Label: f.option(x, value)})
	}
	switch x.Path {
	case "grades":
		for _, g := range f.Settings.Grades {
			options = append(options, FormOption{Value: g.ID, Label: f.grade(g.ID)})
		}
	case "lang":
		for _, lang := range f.Settings.Languages {
			option := FormOption{Value: lang, Label: f.LanguageName(lang), Chosen: lang == f.lang}
			if lang == f.Language() {
				option.Value = "" // need not be said
			}
			options = append(options, option)
		}
	}
	return options
}

// option is a value of a field in words.
func (f form) option(x schema.Field, value string) string {
	switch x.Name {
	case "days":
		day, _ := when.ParseWeekday(value)
		return f.Weekday(day)
	case "who":
		return f.T("approval." + value)
	case "for":
		return f.T("material." + value)
	}
	return capital(f.T(x.Name + "." + value))
}
