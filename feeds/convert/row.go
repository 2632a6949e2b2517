package convert

import (
	"maps"
	"slices"
	"strconv"

	"fursa/schema"
)

// rowReader makes listings of single rows. Many may be read at once.
type rowReader struct {
	m       Map
	header  []string
	columns map[string]int
	asked   []string        // the columns that the map asks for
	html    map[string]bool // those that hold HTML
	fields  []fieldReader
	kind    matcher
	subject matcher
	skip    []skipper
	proses  *proses

	validator *schema.Validator
}

func newRowReader(m Map, header []string) *rowReader {
	r := &rowReader{
		m: m, header: header, columns: map[string]int{}, html: map[string]bool{}, proses: &proses{},
		validator: schema.NewValidator(),
		kind:      newMatcher(m.Kind), subject: newMatcher(m.Subjects), skip: newSkippers(m.Skip),
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
	row    row
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
	p := &parsedRow{reader: r, row: in, cells: map[string]string{}, proses: map[string]prose{}}
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
	if p.unused == nil {
		p.check()
	}
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
