package convert

import (
	"slices"
	"strings"
)

// explained is how many of a source's entries are explained.
const explained = 3

// Explanation is what became of one entry of a source, part by part.
type Explanation struct {
	Line int
	ID   string
	// Path is where the listing goes in a content folder; where the entry gave
	// none it is empty, and Unused says why.
	Path   string
	Unused *Note
	// Parts are all that the entry says, in its own words and its own order.
	Parts []Part
	// Others are the listing's fields that no part fills: the map says them, or
	// they follow from others.
	Others []Use
	// Notes are about the entry as a whole.
	Notes []Note
}

// Part is one thing that an entry says: a table's cell, a value by its path, a
// property or an element.
type Part struct {
	Name, Text string
	// Uses are the listing's fields that it goes into, none where it is dropped.
	Uses  []Use
	Notes []Note
}

// Use is a field of a listing, with its value as JSON: empty where the listing
// lacks it all the same.
type Use struct{ Field, Value string }

// part is a Part as a format has read it, and the columns that it fills.
type part struct {
	name, text string
	columns    []string
}

// said tells what the entry that was added last says itself.
func (e *entries) said(parts func() []part) {
	if n := len(e.table.rows); n > 0 && n <= explained {
		e.table.rows[n-1].parts = parts
	}
}

// explain keeps what became of one of the first rows.
func (c *collector) explain(p *parsedRow) {
	if len(c.explained) == explained {
		return
	}
	x := Explanation{Line: p.listing.Line, ID: p.listing.ID, Unused: p.unused}
	if p.unused == nil {
		x.Path = "opportunities/" + p.listing.Provider + "/" + p.listing.Slug + ".md"
	}
	uses, notes := p.reader.m.uses(), slices.Clone(p.notes)
	filled := map[string]bool{}
	for _, from := range p.parts() {
		one := Part{Name: from.name, Text: from.text}
		for _, column := range from.columns {
			one.Notes = append(one.Notes, taken(&notes, column)...)
			if p.cellOf(column) == "" {
				continue
			}
			for _, field := range uses[column] {
				if field == "sessions" && p.listing.Record.Period != nil {
					field = "period"
				}
				use := Use{field, p.valueOf(field)}
				filled[field] = filled[field] || use.Value != ""
				if !slices.Contains(one.Uses, use) {
					one.Uses = append(one.Uses, use)
				}
			}
		}
		x.Parts = append(x.Parts, one)
	}
	x.Notes = notes
	if p.unused == nil {
		x.Others = p.others(filled)
	}
	c.explained = append(c.explained, x)
}

// taken takes the notes about a column out of others.
func taken(notes *[]Note, column string) []Note {
	about := func(n Note) bool { return n.Column == column }
	some := slices.DeleteFunc(slices.Clone(*notes), func(n Note) bool { return !about(n) })
	*notes = slices.DeleteFunc(*notes, about)
	return some
}

// uses are the fields that the map fills from each column.
func (m Map) uses() map[string][]string {
	uses := map[string][]string{m.ID: {"id"}}
	add := func(field string, columns ...string) {
		for _, column := range columns {
			if column != "" && !slices.Contains(uses[column], field) {
				uses[column] = append(uses[column], field)
			}
		}
	}
	add("provider", m.Provider.Column)
	for _, f := range m.Fields {
		add(f.To, f.Column)
	}
	add("sessions", m.When.From, m.When.To, m.When.Starts, m.When.Ends)
	add("grades", m.Grades.Min, m.Grades.Max)
	add("kind", m.Kind.Columns...)
	add("subjects", m.Subjects.Columns...)
	return uses
}

// parts are what the row says: its cells, where its format tells no more.
func (p *parsedRow) parts() []part {
	if p.row.parts != nil {
		return p.row.parts()
	}
	var parts []part
	for i, name := range p.reader.header {
		parts = append(parts, part{name, clean(p.row.cells[i]), []string{name}})
	}
	return parts
}

func (p *parsedRow) cellOf(column string) string {
	i, ok := p.reader.columns[column]
	if !ok {
		return ""
	}
	return clean(p.row.cells[i])
}

// valueOf is what the listing has in a field, as JSON.
func (p *parsedRow) valueOf(field string) string {
	switch {
	case field == "id":
		return nonEmpty(p.listing.ID)
	case field == "provider":
		return nonEmpty(p.provider)
	case field == bodyField:
		return nonEmpty(p.listing.Body)
	}
	t, _ := resolve(field)
	value, said := t.get(&p.listing.Record)
	if !said {
		return ""
	}
	return compact(value)
}

func nonEmpty(text string) string {
	if text == "" {
		return ""
	}
	return compact(text)
}

// others are the listing's fields beside those that are filled already.
func (p *parsedRow) others(filled map[string]bool) []Use {
	var others []Use
	all := targets()
	for i, field := range all {
		if i+1 < len(all) && strings.HasPrefix(all[i+1], field+".") || field == bodyField {
			continue // its parts follow
		}
		table, _, _ := strings.Cut(field, ".")
		if filled[field] || filled[table] {
			continue
		}
		if value := p.valueOf(field); value != "" {
			others = append(others, Use{field, value})
		}
	}
	return others
}
