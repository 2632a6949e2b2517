package plan

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"fursa/generator/catalogue"
	"fursa/schema"
	"fursa/schema/diag"
)

// submitData is what the script of the form needs beside the page: the words
// of the checks and of the card, all that can be chosen, and what of a record
// stands on one line of its file.
type submitData struct {
	Words    map[string]string            `json:"words"`
	Messages map[string]map[string]string `json:"messages"` // by rule, the parts
	// Says are messages that the form has in its own words, by rule.
	Says     map[string]string       `json:"says"`
	Terms    map[string][]submitTerm `json:"terms"` // by vocabulary
	Inline   []string                `json:"inline"`
	Language string                  `json:"language"` // the catalogue's first
	Currency string                  `json:"currency"`
	Email    string                  `json:"email"`
}

// submitTerm is a term that can be chosen: its id, its label, what else finds
// it (its labels in other languages, and other words for it), and of a subject
// the number of its colour and its figure.
type submitTerm struct {
	ID     string `json:"id"`
	Label  string `json:"label"`
	Also   string `json:"also,omitempty"`
	Hue    int    `json:"hue,omitempty"`
	Figure string `json:"figure,omitempty"`
}

// submitOutput is the data of the form in the edition's language.
func (e *edition) submitOutput() Output {
	return bytesOutput(hashed("submit-"+e.lang+".json", e.submitText()), AssetClass, e.submitText())
}

func (e *edition) submitText() []byte {
	return e.submit.get(func() []byte {
		text, err := compact(e.submitData())
		if err != nil {
			panic(err) // words and numbers can be written
		}
		return text
	})
}

func (e *edition) submitData() submitData {
	d := submitData{
		Words: e.Words("submit.say."), Says: e.Words("submit.error."), Messages: diag.Texts(e.lang, "schema"),
		Inline: inlineOf(schema.Fields(schema.KindOpportunity)), Language: e.Language(), Currency: e.Settings.Currency,
		Terms: map[string][]submitTerm{
			"subjects": e.vocabularyTerms(e.Subjects), "skills": e.vocabularyTerms(e.Skills), "places": e.vocabularyTerms(e.Places),
			"curriculum": e.vocabularyTerms(e.Curricula), "languages": e.languageTerms(), "providers": e.providerTerms(),
			"badges": e.badgeTerms(""), "requires": e.badgeTerms("badges/"), "pathways": e.pathwayTerms(),
		},
	}
	maps.Copy(d.Words, e.cardWords())
	maps.Copy(d.Messages, diag.Texts(e.lang, "when"))
	if c := e.Settings.Contact; c != nil {
		d.Email = c.Email
	}
	return d
}

// cardWords are what the card says of a draft; {min}, {from} and the like are
// filled in by the script.
func (e *edition) cardWords() map[string]string {
	return map[string]string{
		"anytime": e.T("when.anytime"), "by-arrangement": e.T("when.by-arrangement"),
		"from": e.T("when.from", "from", "{from}"), "until": e.T("when.until", "to", "{to}"),
		"ages-range": e.T("age.range", "min", "{min}", "max", "{max}"), "ages-only": e.T("age.only", "age", "{min}"),
		"ages-from": e.T("age.from", "min", "{min}"), "ages-to": e.T("age.to", "max", "{max}"),
		"cost-free": e.T("cost.free"), "cost-unknown": e.T("cost.unknown"), "cost-from": e.T("cost.from", "from", "{from}"),
		"cost-to": e.T("cost.to", "to", "{to}"), "cost-between": e.T("cost.between", "from", "{from}", "to", "{to}"),
	}
}

// inlineOf are the paths of the tables that stand on one line.
func inlineOf(fields []schema.Field) []string {
	var paths []string
	for _, f := range fields {
		if f.Inline {
			paths = append(paths, f.Path)
		}
		paths = append(paths, inlineOf(f.Fields)...)
	}
	return paths
}

func (e *edition) vocabularyTerms(v *catalogue.Vocabulary) []submitTerm {
	if v == nil {
		return nil
	}
	var terms []submitTerm
	for _, t := range v.Terms {
		term := submitTerm{ID: t.ID, Label: e.words(t.Label).Text, Also: also(t)}
		if v == e.Subjects {
			term.Hue, term.Figure = e.Subjects.Hue(t), topmost(t).ID
		}
		terms = append(terms, term)
	}
	return terms
}

// also are all words for a term, in all languages.
func also(t *catalogue.Term) string {
	var words []string
	for _, lang := range slices.Sorted(maps.Keys(t.Label)) {
		words = append(words, t.Label[lang])
	}
	for _, lang := range slices.Sorted(maps.Keys(t.Alt)) {
		words = append(words, t.Alt[lang]...)
	}
	return strings.Join(words, " ")
}

// spoken are languages that things are held in: those of most places where
// nobody has named another yet.
var spoken = strings.Fields("ar bn de en es fa fil fr hi id it ja ko ml ms nl pl pt ru si so sw ta tr uk ur vi yo zh")

// languageTerms are the catalogue's languages, then all others that its
// listings are held in, or that are often spoken.
func (e *edition) languageTerms() []submitTerm {
	tags := slices.Clone(spoken)
	for _, l := range e.Listings {
		tags = append(tags, l.Value.Languages...)
	}
	slices.Sort(tags)
	var terms []submitTerm
	add := func(tag string) {
		term := submitTerm{ID: tag, Label: capital(e.LanguageName(tag))}
		var names []string
		for _, other := range e.editions {
			names = append(names, other.LanguageName(tag))
		}
		term.Also = strings.Join(names, " ")
		terms = append(terms, term)
	}
	for _, tag := range e.Settings.Languages {
		add(tag)
	}
	first := len(terms)
	for _, tag := range slices.Compact(tags) {
		if !slices.Contains(e.Settings.Languages, tag) {
			add(tag)
		}
	}
	e.sortTerms(terms[first:])
	return terms
}

func (e *edition) sortTerms(terms []submitTerm) {
	slices.SortFunc(terms, func(a, b submitTerm) int { return cmp.Or(e.Compare(a.Label, b.Label), strings.Compare(a.ID, b.ID)) })
}

func (e *edition) providerTerms() []submitTerm {
	var terms []submitTerm
	for _, p := range e.Providers {
		term := submitTerm{ID: p.Name, Label: e.providerLink(p).Text}
		var names []string
		for _, other := range e.editions {
			names = append(names, other.providerLink(p).Text)
		}
		term.Also = strings.Join(slices.Compact(names), " ")
		terms = append(terms, term)
	}
	e.sortTerms(terms)
	return terms
}

func (e *edition) badgeTerms(prefix string) []submitTerm {
	var terms []submitTerm
	for _, b := range e.Badges {
		v, _, _ := b.Record.In(e.lang)
		terms = append(terms, submitTerm{ID: prefix + b.Name, Label: v.Name, Also: b.Record.Value.Name})
	}
	e.sortTerms(terms)
	return terms
}

func (e *edition) pathwayTerms() []submitTerm {
	var terms []submitTerm
	for _, p := range e.Pathways {
		v, _, _ := p.Record.In(e.lang)
		terms = append(terms, submitTerm{ID: p.Path(), Label: v.Title, Also: p.Record.Value.Title})
	}
	e.sortTerms(terms)
	return terms
}
