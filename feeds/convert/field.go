package convert

import (
	"encoding/json"
	"math"
	"reflect"
	"regexp"
	"slices"
	"strings"

	"fursa/schema"
)

// fieldReader is a Field of the map made ready for many rows.
type fieldReader struct {
	Field
	target target
}

func newFieldReader(f Field) fieldReader {
	t, _ := resolve(f.To) // ReadMap has refused what isn't there
	return fieldReader{f, t}
}

// read fills the field from a row.
func (f fieldReader) read(p *parsedRow) {
	cell := p.cells[f.Column]
	if right, ok := f.Same[cell]; ok {
		cell = right
	}
	switch {
	case f.Column == "":
		f.constant(p)
	case cell == "" || slices.Contains(f.None, cell):
		if f.Otherwise != nil {
			f.put(p, cell, f.Otherwise, true)
		}
	case f.To == bodyField:
		p.listing.Body = p.prose(f.Column).Markdown
	case f.Split != "":
		for part := range strings.SplitSeq(cell, f.Split) {
			if part = strings.TrimSpace(part); part != "" {
				f.cell(p, part)
			}
		}
	default:
		f.cell(p, cell)
	}
}

func (f fieldReader) constant(p *parsedRow) {
	if f.To == bodyField {
		p.listing.Body, _ = f.Value.(string)
		return
	}
	f.put(p, "", f.Value, false)
}

// cell fills the field from one cell, or from one part of it.
func (f fieldReader) cell(p *parsedRow, cell string) {
	if f.Values != nil {
		value, known := f.Values[cell]
		if !known {
			p.note(f.Column, cell, "import/value-unknown")
			return
		}
		f.put(p, cell, value, true)
		return
	}
	if f.JSON {
		var value any
		if err := json.Unmarshal([]byte(cell), &value); err != nil {
			value = cell // no list or table can hold it, and that is noted
		}
		f.put(p, cell, value, true)
		return
	}
	value, rule := f.value(p, cell)
	if rule != "" {
		p.note(f.Column, cell, rule)
		return
	}
	f.put(p, cell, value, true)
}

// value reads a cell as what the field holds; rule says why it can't be.
func (f fieldReader) value(p *parsedRow, cell string) (value any, rule string) {
	switch f.target.of.Kind() {
	case reflect.Float64:
		if n, ok := f.position(cell); ok {
			return n, ""
		}
		n, err := readNumber(cell, f.Decimal)
		return n, unless(err, "import/value-number")
	case reflect.Int:
		n, err := readNumber(cell, f.Decimal)
		if err == nil && (n != math.Trunc(n) || math.Abs(n) > math.MaxInt32) {
			return nil, "import/value-number"
		}
		return int(n), unless(err, "import/value-number")
	}
	switch f.target.of {
	case dateType:
		d, err := readDate(cell, f.Format)
		return d, unless(err, "import/value-date")
	case clockType:
		c, err := readClock(cell, f.Format)
		return c, unless(err, "import/value-time")
	}
	return f.text(p, cell), ""
}

// position is one coordinate of the place that a cell gives both of, as people
// copy them from a map.
func (f fieldReader) position(cell string) (degrees float64, ok bool) {
	north, east := f.To == "place.latitude", f.To == "place.longitude"
	if !north && !east || f.Decimal == "," {
		return 0, false // 51,3 is one number there
	}
	latitude, longitude, ok := schema.Coordinates(cell)
	if east {
		return longitude, ok
	}
	return latitude, ok
}

func unless(err error, rule string) string {
	if err != nil {
		return rule
	}
	return ""
}

// text is a cell as text, or as the id of the term that it is the label of.
func (f fieldReader) text(p *parsedRow, cell string) string {
	if f.HTML {
		cell = p.prose(f.Column).Plain
	}
	cell = oneLine(cell)
	if f.Case == "title" {
		cell = titleCase(cell)
	}
	if f.Term == "" {
		return cell
	}
	return p.term(f.Term, cell)
}

// term is the id of a label, which the vocabulary then needs.
func (p *parsedRow) term(vocabulary, label string) string {
	id := schema.Slugify(label)
	if id == "" {
		id = shortSlug(label) // a label in another script
	}
	if p.terms == nil {
		p.terms = map[string]map[string]string{}
	}
	if p.terms[vocabulary] == nil {
		p.terms[vocabulary] = map[string]string{}
	}
	p.terms[vocabulary][id] = label
	return id
}

func (f fieldReader) put(p *parsedRow, cell string, value any, makeTables bool) {
	if err := f.target.put(&p.listing.Record, value, makeTables); err != nil {
		p.note(f.Column, cell, "import/value-type", "field", quoted(f.To))
	}
}

// skipper is a Skip made ready for many rows.
type skipper struct {
	column, reason string
	is             *regexp.Regexp
}

func newSkippers(all []Skip) []skipper {
	var out []skipper
	for _, s := range all {
		patterns := make([]string, len(s.Is))
		for i, is := range s.Is {
			patterns[i] = strings.ReplaceAll(regexp.QuoteMeta(oneLine(is)), `\*`, ".*")
		}
		out = append(out, skipper{s.Column, s.Reason, regexp.MustCompile(`(?is)^(` + strings.Join(patterns, "|") + `)$`)})
	}
	return out
}

func (s skipper) fits(cell string) bool { return s.is.MatchString(oneLine(cell)) }
