package issue

import (
	"cmp"
	"slices"
	"strings"

	"fursa/schema"
	"fursa/schema/diag"
	"fursa/schema/document"
	"fursa/schema/locale"
)

// Known is what a catalogue has that an answer can name.
type Known struct {
	// Languages are the catalogue's, the leading one first.
	Languages []string
	// Providers are the names of each provider, in all languages, by slug;
	// Subjects those of each subject, by id.
	Providers, Subjects map[string][]string
}

// Listing is what an issue says, as a record and the text below it.
type Listing struct {
	Provider, Slug string
	Record         schema.Opportunity
	Body           string
}

// File is the listing's file.
func (l Listing) File() []byte { return schema.Encode(l.Record, l.Body) }

// reader reads one issue.
type reader struct {
	known   Known
	spoken  []*locale.Localizer
	answers map[string]answer
	list    diag.List
}

// Read reads the text of an issue in which the form has been filled in. Each
// problem, of the answers and of the listing that they make, is told at its
// question. A listing whose name was chosen otherwise needs no title that
// makes one: chosen is the provider and the name, empty where both are the
// form's to say.
func Read(src *diag.Source, known Known, chosen string) (Listing, diag.List) {
	r := reader{known: known, spoken: speakers(known.Languages)}
	r.answers = answers(src, r.spoken)
	if !r.anyAsked() {
		return Listing{}, diag.List{diag.New("issue/no-form", diag.Span{Source: src})}
	}
	l := Listing{Record: r.record(), Body: r.answers["body"].text()}
	l.Provider, l.Slug, _ = strings.Cut(chosen, "/")
	if chosen == "" {
		l.Provider = r.provider()
		l.Slug = r.slug(l.Provider)
	}
	if !r.list.Failed() {
		r.check(l)
	}
	// In the order of the text: each question is a source of its own.
	slices.SortStableFunc(r.list, func(a, b diag.Diagnostic) int { return cmp.Compare(a.Span.Start, b.Span.Start) })
	return l, r.list
}

func (r *reader) anyAsked() bool {
	for _, a := range r.answers {
		if a.asked {
			return true
		}
	}
	return false
}

// wrong reports a problem.
func (r *reader) wrong(d diag.Diagnostic) { r.list = append(r.list, d) }

// slug is a short name made of the title.
func (r *reader) slug(provider string) string {
	a := r.answers["title"]
	slug := schema.Slugify(a.line())
	if slug == "" && a.written != "" {
		r.wrong(diag.New("issue/name", a.span, "provider", provider))
	}
	return slug
}

// check looks for what the schema forbids, and tells it at the question that
// it comes of.
func (r *reader) check(l Listing) {
	d, list := document.Parse(&diag.Source{Path: "listing.md", Text: l.File()})
	if d != nil {
		list = schema.NewValidator().Check(schema.KindOpportunity, "", d)
	}
	for _, problem := range list {
		if id, ok := unanswered()[problem.Rule]; ok {
			r.wrong(diag.New("issue/missing", r.answers[id].span))
			continue
		}
		problem.Related = nil
		problem.Span = r.origin(problem, d)
		r.wrong(problem)
	}
}

// unanswered are the questions that an answer to another one asks for, by the
// rule of the schema that says so.
func unanswered() map[string]string {
	return map[string]string{"schema/place-missing": "place.name", "schema/ages-missing": "ages.min"}
}

// origin is the answer that a problem of the listing comes of: the one whose
// value it points at, else the title.
func (r *reader) origin(problem diag.Diagnostic, d *document.Document) diag.Span {
	if d != nil {
		for _, f := range fields() {
			pointer := "/" + strings.ReplaceAll(f.id, ".", "/")
			key, value := d.KeySpan(pointer), d.Span(pointer)
			if key.Start == d.Span("").Start || value.Start == value.End {
				continue // it is not there
			}
			if key.Start <= problem.Span.Start && problem.Span.Start < value.End {
				return r.answers[f.id].span
			}
		}
	}
	return r.answers["title"].span
}
