package convert

import (
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strings"

	"fursa/schema"
	"fursa/schema/diag"
	"fursa/schema/document"
)

// check holds the listing against its schema, as fursa validate will: what a
// listing can do without is left out where it is wrong, and a row that is no
// listing then is refused.
func (p *parsedRow) check() {
	for {
		text := schema.Encode(p.listing.Record, p.listing.Body)
		source := &diag.Source{Path: "opportunities/x/x.md", Text: text}
		doc, list := document.Parse(source)
		if doc != nil {
			list = append(list, p.reader.validator.Check(schema.KindOpportunity, "", doc)...)
		}
		i := slices.IndexFunc(list, func(d diag.Diagnostic) bool { return d.Severity == diag.Error })
		if i < 0 {
			p.listing.text, p.listing.hashes = text, hashes(doc)
			return
		}
		wrong := Note{Line: p.listing.Line, ID: p.listing.ID, Problem: list[i]}
		key, found := keyAt(doc, list[i].Span)
		if !found || !p.clear(key) {
			p.unused = &wrong
			return
		}
		wrong.Value = fmt.Sprint(doc.Value[key])
		p.notes = append(p.notes, wrong)
	}
}

// keyAt is the top-level key whose value, or the key itself, a span is in.
func keyAt(d *document.Document, at diag.Span) (string, bool) {
	if d == nil {
		return "", false
	}
	for _, key := range slices.Sorted(maps.Keys(d.Value)) {
		value, name := d.Span("/"+escape(key)), d.KeySpan("/"+escape(key))
		if value.Start <= at.Start && at.End <= value.End || name == at {
			return key, true
		}
	}
	return "", false
}

// clear takes a field out of the listing; false where there is none, or a
// listing can't be without it.
func (p *parsedRow) clear(key string) bool {
	record := reflect.ValueOf(&p.listing.Record).Elem()
	i := fieldIndex(record.Type(), key)
	if i < 0 || record.Field(i).IsZero() || !strings.Contains(record.Type().Field(i).Tag.Get("json"), ",omit") {
		return false
	}
	record.Field(i).SetZero()
	return true
}

// prune takes out tables that were begun and hold nothing. Only pays may be
// empty: that says that a learner is paid, and not how much.
func prune(o *schema.Opportunity) {
	v := reflect.ValueOf(o).Elem()
	for i := range v.NumField() {
		f := v.Field(i)
		_, pays := f.Interface().(*schema.Pays)
		if f.Kind() == reflect.Pointer && !f.IsNil() && !pays && f.Elem().IsZero() {
			f.SetZero()
		}
	}
}
