package convert

import (
	"encoding/json"
	"fmt"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"fursa/schema"
	"fursa/schema/diag"
	"fursa/schema/document"
)

// Map says which column of a source becomes which field of a listing. It is
// a TOML file; ReadMap reads it.
type Map struct {
	// Name is a slug: what this import is called, and its manifest.
	Name string `json:"name"`
	// ID is the column with the source's own id of a row, which must never
	// change: paths are made with it.
	ID string `json:"id"`
	// Lang is the language of the rows' texts.
	Lang string `json:"lang"`
	// Delimiter stands between two cells; by default a comma.
	Delimiter string `json:"delimiter"`
	// Charset is what the file is written in, by its IANA name; by default
	// UTF-8.
	Charset string `json:"charset"`
	// Items is the dotted path of the list of entries in a JSON source; by
	// default the source is that list.
	Items string `json:"items"`
	// Zone is the catalogue's time zone: instants become its local times. By
	// default UTC.
	Zone string `json:"zone"`
	// Encodings are those that texts may once have been written in before
	// somebody read them as another: see Mend.
	Encodings []string  `json:"encodings"`
	Provider  Providers `json:"provider"`
	When      When      `json:"when"`
	Grades    Grades    `json:"grades"`
	Kind      Rules     `json:"kind"`
	Subjects  Rules     `json:"subjects"`
	Fields    []Field   `json:"fields"`
	Skip      []Skip    `json:"skip"`

	// doc is where the map stands, for problems that only a source shows.
	doc *document.Document
}

// Providers says who offers a row.
type Providers struct {
	// Column holds the name. Names that differ only in case, accents and
	// punctuation are one provider.
	Column string `json:"column"`
	// Same brings other spellings to the right one.
	Same map[string]string `json:"same"`
	// Otherwise is the name of who offers rows that do not say it.
	Otherwise string `json:"otherwise"`
}

// When says which columns hold the time. A row of one day becomes a session;
// one that spans several becomes a period, since nothing says on which of
// its days something happens.
type When struct {
	From   string `json:"from"`
	To     string `json:"to"`
	Starts string `json:"starts"`
	Ends   string `json:"ends"`
	// Date and Time are how they are written: "YYYY-MM-DD", "D.M.YY",
	// "MMM D, YYYY"; "HH:mm", "h:mm AM", or "seconds" of the day.
	Date string `json:"date"`
	Time string `json:"time"`
}

// Grades says which columns hold the first and the last school grade.
type Grades struct {
	Min string `json:"min"`
	Max string `json:"max"`
	// Values are cells and the catalogue's grades that they mean, in the
	// order of List.
	Values map[string]string `json:"values"`
	// None are cells that mean no limit. A range without any limit is left
	// unsaid.
	None []string `json:"none"`
	// List is the catalogue's grades, lowest first.
	List []string `json:"list"`
}

// Rules find terms by the words of texts. Columns are asked in turn: the
// first one in which any rule fits decides.
type Rules struct {
	Columns []string `json:"columns"`
	Rules   []Rule   `json:"rules"`
	// Otherwise is the term of rows in which no rule fits; the report counts
	// them.
	Otherwise string `json:"otherwise"`
	// Limit is how many terms a row gets at the most, those with the most
	// words first; by default 1.
	Limit int `json:"limit"`
}

// Rule gives a term to texts that hold one of its words and none of Except.
// A word matches whole words only, in any case: "dance" is not in "guidance",
// "danc*" is in "dancing"; words with spaces between match in that order.
type Rule struct {
	ID     string      `json:"id"`
	Label  schema.Text `json:"label"`
	Words  []string    `json:"words"`
	Except []string    `json:"except"`
	// Columns are where this rule looks; by default wherever the others do.
	Columns []string `json:"columns"`
}

// Field fills one field of a listing: from a column, or with a constant.
type Field struct {
	// To is the field: "title", "place.address", "body". A list is added to.
	To     string `json:"to"`
	Column string `json:"column"`
	// Value is a constant. In a table that the row says nothing of, such as
	// the country of an unknown place, it is left out.
	Value any `json:"value"`
	// Same brings other spellings of a cell to the right one.
	Same map[string]string `json:"same"`
	// Values are cells and what they mean; a cell that isn't there is left
	// out and reported.
	Values map[string]any `json:"values"`
	// None are cells that say nothing, beside empty ones.
	None []string `json:"none"`
	// Otherwise is what the field is where the cell says nothing.
	Otherwise any `json:"otherwise"`
	// JSON says that the cells are JSON of the form that the field has.
	JSON bool `json:"json"`
	// Decimal is the decimal mark of numbers: "." or ",".
	Decimal string `json:"decimal"`
	// Format is how dates or times are written, as in When.
	Format string `json:"format"`
	// HTML says that the cells are HTML.
	HTML bool `json:"html"`
	// Split stands between the parts of a cell that fills a list.
	Split string `json:"split"`
	// Term is the vocabulary that the cells are labels of: "places".
	Term string `json:"term"`
	// Case "title" writes NEAR WEST SIDE as Near West Side.
	Case string `json:"case"`
}

// Skip leaves out rows that are no listings, and says why.
type Skip struct {
	Column string `json:"column"`
	// Is are whole cells, in any case; * stands for anything.
	Is     []string `json:"is"`
	Reason string   `json:"reason"`
}

// ReadMap reads and checks a map. Without an error in the list the Map can
// be used.
func ReadMap(src *diag.Source) (Map, diag.List) {
	doc, list := document.Parse(src)
	if doc == nil || list.Failed() {
		return Map{}, list
	}
	m := Map{doc: doc}
	c := checker{doc: doc, list: list}
	c.shape("", doc.Value, reflect.TypeOf(m))
	if c.list.Failed() {
		return m, c.list
	}
	raw, err := json.Marshal(doc.Value)
	if err == nil {
		err = json.Unmarshal(raw, &m)
	}
	if err != nil { // shape lets nothing through that could fail here
		panic(fmt.Sprintf("convert: map: %v", err))
	}
	c.meaning(m)
	return m, c.list
}

// columns are all columns that the map asks for, by JSON Pointer.
func (m Map) columns() map[string]string {
	out := map[string]string{
		"/id": m.ID, "/provider/column": m.Provider.Column,
		"/when/from": m.When.From, "/when/to": m.When.To, "/when/starts": m.When.Starts, "/when/ends": m.When.Ends,
		"/grades/min": m.Grades.Min, "/grades/max": m.Grades.Max,
	}
	m.Kind.addColumns("/kind", out)
	m.Subjects.addColumns("/subjects", out)
	for i, f := range m.Fields {
		out["/fields/"+strconv.Itoa(i)+"/column"] = f.Column
	}
	for i, s := range m.Skip {
		out["/skip/"+strconv.Itoa(i)+"/column"] = s.Column
	}
	for pointer, column := range out {
		if column == "" {
			delete(out, pointer)
		}
	}
	return out
}

func (r Rules) addColumns(pointer string, to map[string]string) {
	for i, column := range r.Columns {
		to[pointer+"/columns/"+strconv.Itoa(i)] = column
	}
}

// missing are the columns that the map asks for and the source has not.
func (m Map) missing(header []string) diag.List {
	var list diag.List
	for pointer, column := range m.columns() {
		if slices.Contains(header, column) {
			continue
		}
		list = append(list, near(diag.New("import/no-such-column", m.doc.Span(pointer),
			"column", strconv.Quote(column), "columns", strings.Join(header, ", ")), column, header))
	}
	return list.Sorted()
}
