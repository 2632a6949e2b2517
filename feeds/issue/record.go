package issue

import (
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"fursa/schema"
	"fursa/schema/diag"
	"fursa/schema/when"
)

// record is the listing as it was answered.
func (r *reader) record() schema.Opportunity {
	o := schema.Opportunity{
		Title: r.needed("title"), Summary: r.needed("summary"), Kind: r.choice("kind"),
		Gender: r.choice("gender"), Mode: r.choice("mode"), Lang: r.choice("lang"),
		Languages: r.languages(), Subjects: r.subjects(), Cost: r.cost(),
	}
	if len(r.known.Languages) > 0 && o.Lang == r.known.Languages[0] {
		o.Lang = "" // what is usual is not said
	}
	if ages := (schema.Range{Min: r.age("ages.min"), Max: r.age("ages.max")}); ages != (schema.Range{}) {
		o.Ages = &ages
	}
	place := schema.Place{Name: r.said("place.name"), Address: r.said("place.address"), Locality: r.said("place.locality")}
	if place != (schema.Place{}) {
		o.Place = &place
	}
	if contact := (schema.Contact{Email: r.said("contact.email"), Phone: r.said("contact.phone")}); contact != (schema.Contact{}) {
		o.Contact = &contact
	}
	r.time(&o)
	r.registration(&o)
	return o
}

// said is an answer on one line; empty where there is none.
func (r *reader) said(id string) string { return r.answers[id].line() }

// needed is an answer that must be there, on one line.
func (r *reader) needed(id string) string {
	a := r.answers[id]
	if a.written == "" {
		r.wrong(diag.New("issue/missing", a.span))
	}
	return a.line()
}

// choice is the value of what was chosen.
func (r *reader) choice(id string) string {
	a := r.answers[id]
	if a.written == "" {
		if a.field.required {
			r.wrong(diag.New("issue/missing", a.span))
		}
		return ""
	}
	options := a.field.options(r.spoken, r.known.Languages)
	if value, ok := chosen(options, a.line()); ok {
		return value
	}
	r.wrong(near(diag.New("issue/choice", a.span, "value", quote(a.line()), "choices", texts(options)), a.line(), options))
	return ""
}

// chosen is the value of the option that a text names: by its words in all
// languages or in one, or by the value itself.
func chosen(options []option, text string) (string, bool) {
	for _, o := range options {
		if o.value == text || slices.ContainsFunc(append(o.words, o.text()), func(word string) bool { return same(word, text) }) {
			return o.value, true
		}
	}
	return "", false
}

// same says whether two texts differ in capitals and blanks only.
func same(a, b string) bool {
	return strings.EqualFold(strings.Join(strings.Fields(a), " "), strings.Join(strings.Fields(b), " "))
}

func quote(text string) string { return strconv.Quote(text) }

func texts(options []option) string {
	var all []string
	for _, o := range options {
		all = append(all, o.text())
	}
	return strings.Join(all, ", ")
}

// near is a problem with the option that was most likely meant, if there is
// one.
func near(d diag.Diagnostic, text string, options []option) diag.Diagnostic {
	var words []string
	for _, o := range options {
		words = append(words, o.words...)
	}
	word, ok := schema.Near(text, words)
	if !ok {
		return d
	}
	d.Args = append(d.Args, diag.Args("near", quote(word))...)
	return d.Hinted("near")
}

var ticked = regexp.MustCompile(`^\[([xX ])\] *`)

// languages are those that were ticked, or written with commas between them.
func (r *reader) languages() (all []string) {
	a := r.answers["languages"]
	options := a.field.options(r.spoken, r.known.Languages)
	for _, p := range a.parts(",،;") {
		box := ticked.FindStringSubmatch(p.text)
		if box != nil && box[1] == " " {
			continue
		}
		text := ticked.ReplaceAllString(p.text, "")
		value, ok := chosen(options, text)
		if !ok {
			r.wrong(diag.New("issue/language", a.at(p), "value", quote(text), "choices", texts(options)))
			continue
		}
		all = append(all, value)
	}
	if all == nil && !r.list.Failed() {
		r.wrong(diag.New("issue/missing", a.span))
	}
	return all
}

// subjects are the ids of those that were named.
func (r *reader) subjects() (all []string) {
	a := r.answers["subjects"]
	options := optionsOf(r.known.Subjects)
	for _, p := range a.parts(",،;") {
		id, ok := chosen(options, p.text)
		if !ok {
			r.wrong(near(diag.New("issue/subject", a.at(p), "value", quote(p.text),
				"choices", strings.Join(slices.Sorted(maps.Keys(r.known.Subjects)), ", ")), p.text, options))
			continue
		}
		all = append(all, id)
	}
	if a.written == "" {
		r.wrong(diag.New("issue/missing", a.span))
	}
	return all
}

// optionsOf are records or terms with their names, as what can be chosen.
func optionsOf(names map[string][]string) (all []option) {
	for _, id := range slices.Sorted(maps.Keys(names)) {
		all = append(all, option{id, names[id]})
	}
	return all
}

// provider is the slug of the one that was named.
func (r *reader) provider() string {
	a := r.answers["provider"]
	options := optionsOf(r.known.Providers)
	slug, ok := chosen(options, a.line())
	switch {
	case ok:
	case a.written == "":
		r.wrong(diag.New("issue/missing", a.span))
	default:
		d := diag.New("issue/provider", a.span, "value", quote(a.line()), "slug", schema.Slugify(a.line()))
		if schema.Slugify(a.line()) == "" {
			d = d.Hinted("unwritten")
		}
		r.wrong(near(d, a.line(), options))
	}
	return slug
}

// age is a whole number of years; nil where nothing is written.
func (r *reader) age(id string) *int {
	n := r.number(id)
	if n == nil {
		return nil
	}
	years := int(*n)
	if float64(years) != *n {
		r.wrong(diag.New("issue/number", r.answers[id].span, "value", quote(r.answers[id].line())))
	}
	return &years
}

// cost is the price; one that was not told is not known.
func (r *reader) cost() schema.Cost {
	n := r.number("cost")
	return schema.Cost{Amount: n, Unknown: n == nil}
}

// number is an answer that is a number; nil where nothing is written.
func (r *reader) number(id string) *float64 {
	a := r.answers[id]
	if a.written == "" {
		return nil
	}
	n, err := strconv.ParseFloat(latin(a.line()), 64)
	if err != nil || n < 0 || n > 1e9 {
		r.wrong(diag.New("issue/number", a.span, "value", quote(a.line())))
		return nil
	}
	return &n
}

// registration is where and until when one registers.
func (r *reader) registration(o *schema.Opportunity) {
	url, last := r.answers["registration.url"], r.answers["registration.deadline"]
	if url.written == "" && last.written == "" {
		return
	}
	o.Registration = &schema.Registration{URL: url.line()}
	if last.written == "" {
		return
	}
	day, err := when.ParseDate(latin(last.line()))
	if err != nil {
		r.wrong(diag.New("issue/date", last.span, "value", quote(last.line())))
		return
	}
	o.Registration.Deadline = when.Moment{Date: day}
}
