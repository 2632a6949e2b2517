package plan

import (
	"strings"

	"fursa/schema"
)

// SubmitPage is seen by the template «submit»: the form in which a provider
// writes a listing. Its fields are those of the schema.
type SubmitPage struct {
	Page
	// Script is the address of the page's script, Check that of what it loads
	// later: the checks, the preview, the file. Lists is the address of their
	// words and of all that can be chosen, Schema that of the rules.
	Script, Check, Lists, Schema string
	// Outside are the fields that are not of the record's file: who offers it,
	// the short name, the text below the fields.
	Outside []FormField
	Groups  []FormGroup
	// New is the address at which a file can be added to the catalogue: {file}
	// and {text} in it stand for its name and what it is to hold. Edit is the
	// beginning of the addresses at which files can be changed, Requests where
	// one sees what became of them. All are empty where they are not known.
	New, Edit, Requests string
	// Export is the address of the open data that an existing listing is read
	// from.
	Export string
	// Template is a file to fill in by hand.
	Template string
}

// FormGroup is a part of the form: the fields that are asked for, and those
// that most leave alone.
type FormGroup struct {
	Name, Label    string
	Fields, Folded []FormField
}

// FormField is seen by the template «field».
type FormField struct {
	// Key is the field's name in its table, ID unique on the page.
	Key, ID string
	// As is how it is asked for: a text («text», «area», «email», «url»,
	// «tel»), a «number», a time («date», «time», «moment», «duration»,
	// «repeats»), «one» of its options or «some», «yesno», a «term» or several
	// («terms») of a vocabulary, several texts («lines»), a «table» or a «list»
	// of tables; a «choice» of what is shown, a «flag» that its being shown
	// sets, or a «fixed» value.
	As                   string
	Label, Help, Example string
	Required             bool
	Options              []FormOption
	// Terms is the vocabulary of terms.
	Terms string
	// If is when the field is shown: «mode=in-person hybrid».
	If string
	// Max is how many characters it can have, 0 for any number.
	Max            int
	Fields, Folded []FormField
}

// FormOption is a value that can be chosen.
type FormOption struct {
	Value, Label string
	Chosen       bool
}

// Rows is how many lines a text has room for.
func (f FormField) Rows() int {
	if f.Max == 0 {
		return 8
	}
	return 2 + f.Max/150
}

func (e *edition) submitPage() SubmitPage {
	p := SubmitPage{
		Page:   e.page("submit", e.T("submit.title"), e.T("submit.intro")),
		Script: e.scripts["submit"], Check: e.scripts["submit-check"], Lists: e.path(hashed("submit-"+e.lang+".json", e.submitText())),
		Schema: e.path("schema/opportunity.schema.json"), Export: e.path("catalogue.ndjson"),
		Template: string(schema.Starter(schema.KindOpportunity, e.lang, e.submitExamples())),
	}
	p.Crumbs, p.Figures, p.Styles = e.crumbs(), e.allFigures(), e.path(e.moreStyles)
	if r := e.Settings.Repository; r != nil && strings.HasPrefix(r.URL, "http") { // a script makes links of them
		p.New, p.Requests = r.NewURL("{file}"), r.RequestsURL()
		p.Edit = strings.TrimSuffix(r.EditURL("file"), "file")
	}
	form := e.newForm()
	p.Outside, p.Groups = form.outside(), form.groups()
	return p
}

// submitExamples are terms that the catalogue has, for the template.
func (e *edition) submitExamples() map[string]any {
	examples := map[string]any{}
	if terms := e.Subjects.Terms; len(terms) > 0 {
		examples["subjects"] = []any{terms[0].ID}
	}
	return examples
}
