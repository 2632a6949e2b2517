package convert

import (
	"maps"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"fursa/schema"
	"fursa/schema/when"
)

// rowReader makes listings of single rows. Many may be read at once.
type rowReader struct {
	m       Map
	columns map[string]int
	asked   []string        // the columns that the map asks for
	html    map[string]bool // those that hold HTML
	fields  []fieldReader
	kind    matcher
	subject matcher
	skip    []skipper
	proses  proses
}

func newRowReader(m Map, header []string) *rowReader {
	r := &rowReader{
		m: m, columns: map[string]int{}, html: map[string]bool{},
		kind: newMatcher(m.Kind), subject: newMatcher(m.Subjects), skip: newSkippers(m.Skip),
	}
	r.asked = slices.Compact(slices.Sorted(maps.Values(m.columns())))
	for i, column := range slices.Backward(header) {
		r.columns[column] = i // of two with one name, the first
	}
	// Constants come last: they fill tables that the row has begun.
	for _, constant := range []bool{false, true} {
		for _, f := range m.Fields {
			if (f.Column == "") == constant {
				r.fields = append(r.fields, newFieldReader(f))
			}
		}
	}
	for _, f := range m.Fields {
		r.html[f.Column] = r.html[f.Column] || f.HTML
	}
	return r
}

// parsedRow is one row on its way to a listing.
type parsedRow struct {
	reader *rowReader
	cells  map[string]string
	// proses are the columns that were asked for as texts.
	proses map[string]prose

	listing  Listing
	provider string
	terms    map[string]map[string]string // vocabulary → id → label
	notes    []Note
	unused   *Note
}

// note tells of a part of the row.
func (p *parsedRow) note(column, value, rule string, args ...any) {
	p.notes = append(p.notes, Note{p.listing.Line, p.listing.ID, column, value, problem(rule, args...)})
}

// refuse makes the row give no listing.
func (p *parsedRow) refuse(rule string, args ...any) {
	p.unused = &Note{Line: p.listing.Line, ID: p.listing.ID, Problem: problem(rule, args...)}
}

// read makes a listing of a row, or says why it gives none.
func (r *rowReader) read(in row) *parsedRow {
	p := &parsedRow{reader: r, cells: map[string]string{}, proses: map[string]prose{}}
	p.listing.Line = in.line
	p.listing.ID = clean(in.cells[r.columns[r.m.ID]])
	if p.listing.ID == "" {
		p.refuse("import/row-no-id", "column", quoted(r.m.ID))
		return p
	}
	p.readCells(in)
	for _, s := range r.skip {
		if s.fits(p.cells[s.column]) {
			p.refuse("import/row-skipped", "reason", s.reason)
			p.unused.Column, p.unused.Value = s.column, p.cells[s.column]
			return p
		}
	}
	for _, f := range r.fields {
		f.read(p)
	}
	p.when(r.m.When)
	p.grades(r.m.Grades)
	p.finish()
	return p
}

// readCells cleans and mends the cells that the map asks for.
func (p *parsedRow) readCells(in row) {
	for _, column := range p.reader.asked {
		cell := in.cells[p.reader.columns[column]]
		mended, changed := Mend(cell, p.reader.m.Encodings)
		if changed {
			p.note(column, "", "import/text-mended")
		}
		if looksBroken(mended) {
			p.note(column, "", "import/text-broken")
		}
		p.cells[column] = clean(mended)
	}
}

// prose is a column's cell as a text, worked out once.
func (p *parsedRow) prose(column string) prose {
	if known, ok := p.proses[column]; ok {
		return known
	}
	text, err := p.reader.proses.fromHTML(p.cells[column], p.reader.html[column])
	if err != nil {
		p.note(column, "", "import/text-html", "error", err)
	}
	if text.Images > 0 {
		p.note(column, strconv.Itoa(text.Images), "import/text-images")
	}
	if text.Links > 0 {
		p.note(column, strconv.Itoa(text.Links), "import/text-links")
	}
	p.proses[column] = text
	return text
}

// plain is the words of columns, for keyword rules.
func (p *parsedRow) plain(columns []string) []string {
	texts := make([]string, len(columns))
	for i, column := range columns {
		texts[i] = p.cells[column]
		if p.reader.html[column] {
			texts[i] = p.prose(column).Plain
		}
	}
	return texts
}

// when makes a session of one day, or a period of several.
func (p *parsedRow) when(w When) {
	o := &p.listing.Record
	from, to := p.date(w.From, w.Date), p.date(w.To, w.Date)
	starts, ends := p.clock(w.Starts, w.Time), p.clock(w.Ends, w.Time)
	if !to.IsZero() && to.Before(from) {
		p.note(w.To, p.cells[w.To], "import/ends-before-start")
		to = when.Date{}
	}
	if starts != nil && ends != nil && ends.Seconds() <= starts.Seconds() {
		p.note(w.Ends, p.cells[w.Ends], "import/ends-before-start")
		ends = nil
	}
	switch {
	case from.IsZero() && to.IsZero() && starts == nil && ends == nil:
		return
	case from == to && o.Period == nil && starts == nil && ends == nil:
		o.Sessions = []schema.Session{{Start: when.Moment{Date: from}}}
	case from == to && o.Period == nil && starts != nil:
		session := schema.Session{Start: when.Moment{Date: from, Clock: *starts, Timed: true}}
		if ends != nil {
			session.End = when.Moment{Date: to, Clock: *ends, Timed: true}
		}
		o.Sessions = []schema.Session{session}
	default:
		if o.Period == nil {
			o.Period = &schema.Period{}
		}
		o.Period.From, o.Period.To, o.Period.Starts, o.Period.Ends = from, to, starts, ends
	}
}

func (p *parsedRow) date(column, format string) when.Date {
	cell := p.cells[column]
	if cell == "" {
		return when.Date{}
	}
	date, err := readDate(cell, format)
	if err != nil {
		p.note(column, cell, "import/value-date")
	}
	return date
}

func (p *parsedRow) clock(column, format string) *when.Clock {
	cell := p.cells[column]
	if cell == "" {
		return nil
	}
	clock, err := readClock(cell, format)
	if err != nil {
		p.note(column, cell, "import/value-time")
		return nil
	}
	return &clock
}

// grades fills in the grades between two columns' ends.
func (p *parsedRow) grades(g Grades) {
	end := func(column string) (index int, limited bool) {
		cell := p.cells[column]
		if cell == "" || slices.Contains(g.None, cell) {
			return 0, false
		}
		i := slices.Index(g.List, g.Values[cell])
		if i < 0 {
			p.note(column, cell, "import/value-unknown")
		}
		return i, i >= 0
	}
	first, low := end(g.Min)
	last, high := end(g.Max)
	if !high {
		last = len(g.List) - 1
	}
	switch {
	case !low && !high:
	case first > last:
		p.note(g.Max, p.cells[g.Max], "import/range", "min", quoted(p.cells[g.Min]))
	default:
		p.listing.Record.Grades = slices.Clone(g.List[first : last+1])
	}
}

// finish fills in what rules and the rest of the row say, and refuses rows
// that make no listing.
func (p *parsedRow) finish() {
	m, o := p.reader.m, &p.listing.Record
	name := oneLine(p.cells[m.Provider.Column])
	if right, ok := m.Provider.Same[name]; ok {
		name = right
	}
	p.provider, p.listing.Provider = name, schema.Slugify(name)
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
	if o.Summary, rule = summarise(description, full, p.provider); rule != "" {
		p.note("", "", rule)
	}
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
		if o.Kind = ids[0]; !fits {
			p.note("", "", "import/no-kind", "id", quoted(o.Kind))
		}
	}
	if o.Subjects != nil {
		return
	}
	ids, fits := p.reader.subject.terms(p.plain(m.Subjects.Columns))
	if o.Subjects = ids; !fits {
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
	if o.Place != nil && *o.Place == (schema.Place{}) {
		o.Place = nil
	}
}

// listingSlug is a title and the source's id, so that it stays the same
// though many have the same title.
func listingSlug(title, id string) string {
	end := schema.Slugify(id)
	if end == "" {
		end = short([]byte(id))
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
