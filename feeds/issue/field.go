// Package issue is the door for providers who have an account where a
// catalogue's repository is kept, and know nothing of files: the form of an
// issue, drawn from the schema in the catalogue's languages, and the listing
// that the text of an issue makes which somebody has filled in. It knows
// nothing of the place where issues are kept but the form of their text.
package issue

import (
	"cmp"
	"encoding/json"
	"slices"
	"strings"
	"sync"

	"fursa/schema"
	"fursa/schema/locale"
)

// control is what a form shows for a field.
type control string

const (
	line    control = "input"
	lines   control = "textarea"
	choice  control = "dropdown"
	several control = "checkboxes"
)

// field is one question of the form. Its id is the path of what it fills
// ("place.name"), and where words the key of its own words; a question
// without any has those of the schema.
type field struct {
	id       string
	control  control
	required bool
	// ownLabel and ownHelp say which words the schema does not have, or not
	// as a question.
	ownLabel, ownHelp bool
}

// fields are the questions in their order: as few as a listing can do with.
// What else a listing can say is added to its file.
func fields() []field {
	return []field{
		{id: "provider", control: line, required: true, ownLabel: true, ownHelp: true},
		{id: "title", control: line, required: true},
		{id: "summary", control: lines, required: true},
		{id: "kind", control: choice, required: true},
		{id: "subjects", control: line, required: true, ownHelp: true},
		{id: "languages", control: several},
		{id: "gender", control: choice},
		{id: "ages.min", control: line},
		{id: "ages.max", control: line},
		{id: "mode", control: choice, required: true},
		{id: "place.name", control: line},
		{id: "place.address", control: line, ownLabel: true},
		{id: "place.locality", control: line},
		{id: "time", control: choice, required: true, ownLabel: true, ownHelp: true},
		{id: "sessions", control: lines, ownHelp: true},
		{id: "cost", control: line, ownHelp: true},
		{id: "registration.url", control: line, ownLabel: true},
		{id: "registration.deadline", control: line, ownHelp: true},
		{id: "contact.email", control: line},
		{id: "contact.phone", control: line},
		{id: "lang", control: choice, ownHelp: true},
		{id: "body", control: lines, ownLabel: true, ownHelp: true},
	}
}

// between stands between the words of two languages: in a question, and in
// what can be chosen.
const between = " · "

// label is what a question is called in a language.
func (f field) label(l *locale.Localizer) string {
	if f.ownLabel {
		return l.T("issue." + f.id)
	}
	title, _ := wordsOf(f.id, l.Lang())
	return title
}

// help explains a question in a language. Where one chooses, the schema speaks
// of what files hold, and the words to choose from say enough.
func (f field) help(l *locale.Localizer) string {
	switch {
	case f.ownHelp:
		return l.T("issue." + f.id + ".help")
	case f.control == choice || f.control == several:
		return ""
	}
	_, description := wordsOf(f.id, l.Lang())
	return description
}

// option is what can be chosen: the value in files, and its words by
// language.
type option struct {
	value string
	words []string
}

// text is an option as the form shows it.
func (o option) text() string {
	return strings.Join(slices.Compact(slices.Clone(o.words)), between)
}

// options are what can be chosen of a field; languages are the catalogue's.
func (f field) options(speakers []*locale.Localizer, languages []string) []option {
	values, word := languages, (*locale.Localizer).LanguageName
	switch f.id {
	case "time":
		values = []string{"sessions", "anytime", "by_arrangement"}
		word = func(l *locale.Localizer, value string) string {
			title, _ := wordsOf(value, l.Lang())
			return title
		}
	case "kind", "gender", "mode":
		values = propertyAt(f.id).Enum
		word = func(l *locale.Localizer, value string) string { return l.T(f.id + "." + value) }
	}
	options := make([]option, len(values))
	for i, value := range values {
		options[i].value = value
		for _, l := range speakers {
			options[i].words = append(options[i].words, word(l, value))
		}
	}
	return options
}

// speakers are the languages that words can be had in, of a catalogue's; the
// first that there is where it speaks none of them.
func speakers(languages []string) []*locale.Localizer {
	known := locale.Known()
	spoken := slices.DeleteFunc(slices.Clone(languages), func(lang string) bool { return !slices.Contains(known, lang) })
	if len(spoken) == 0 {
		spoken = []string{"en"}
	}
	var all []*locale.Localizer
	for _, lang := range spoken {
		l, err := locale.New(lang, "latn")
		if err != nil {
			panic("issue: a language with messages has no words: " + err.Error())
		}
		all = append(all, l)
	}
	return all
}

// property is as much of a JSON Schema as says what people read of a field.
type property struct {
	Title, Description string
	I18n               map[string]struct{ Title, Description string } `json:"x-i18n"`
	Ref                string                                         `json:"$ref"`
	Defs               map[string]property                            `json:"$defs"`
	Properties         map[string]property
	Enum               []string
}

// published are the schemas of listings, and what they share.
var published = sync.OnceValue(func() map[string]property {
	read := map[string]property{}
	for _, name := range []string{"opportunity.schema.json", "common.schema.json"} {
		var p property
		// What does not fit, such as values that are numbers, is not read here.
		_ = json.Unmarshal(schema.Files()[name], &p)
		read[name] = p
	}
	return read
})

// propertyAt is the schema of a field of a listing, by its path; a reference
// is followed for what the field itself does not say.
func propertyAt(path string) property {
	p := published()["opportunity.schema.json"]
	for name := range strings.SplitSeq(path, ".") {
		p = p.Properties[name]
		if _, def, ok := strings.Cut(p.Ref, "#/$defs/"); ok {
			shared := published()["common.schema.json"].Defs[def]
			p.Properties, p.Enum = shared.Properties, shared.Enum
			p.Title, p.Description = cmp.Or(p.Title, shared.Title), cmp.Or(p.Description, shared.Description)
		}
	}
	return p
}

// wordsOf are the title and the description of a field in a language.
func wordsOf(path, lang string) (title, description string) {
	p := propertyAt(path)
	if in, ok := p.I18n[lang]; ok {
		return in.Title, in.Description
	}
	return p.Title, p.Description
}
