package document

import (
	"bytes"
	"fmt"
	"maps"
	"math"
	"slices"
	"strconv"
	"strings"
	"time"

	"fursa/schema/diag"
)

// convert brings Value into JSON's shape, and finds what JSON can't say or a
// file may not hold: numbers that are not finite, and refused characters that
// came in by escapes.
func (d *Document) convert() diag.List {
	c := converter{escapes: bytes.IndexByte(d.Source.Text[d.fields.start:d.fields.end], '\\') >= 0}
	c.table(d.Value)
	if !c.bad {
		return nil
	}
	var problems diag.List
	d.check("", d.Value, &problems)
	return problems.Sorted()
}

// converter walks a value without keeping track of where it is: bad says that
// check has something to find.
type converter struct{ escapes, bad bool }

func (c *converter) table(t map[string]any) map[string]any {
	for key, v := range t {
		t[key] = c.value(v)
		c.see(key)
	}
	return t
}

func (c *converter) value(v any) any {
	switch v := v.(type) {
	case string:
		c.see(v)
		return clean(v)
	case float64:
		c.bad = c.bad || math.IsNaN(v) || math.IsInf(v, 0)
	case time.Time:
		return written(v)
	case map[string]any:
		return c.table(v)
	case []any:
		for i := range v {
			v[i] = c.value(v[i])
		}
	case []map[string]any:
		list := make([]any, len(v))
		for i := range v {
			list[i] = c.table(v[i])
		}
		return list
	}
	return v
}

func (c *converter) see(s string) {
	if c.escapes {
		_, found := hidden(s)
		c.bad = c.bad || found
	}
}

// written is a date or time as records write it. The decoder tells the kinds
// of local ones apart by the names of their zones.
func written(t time.Time) string {
	switch t.Location().String() {
	case "date-local":
		return t.Format(time.DateOnly)
	case "datetime-local":
		return t.Format("2006-01-02T15:04:05.999999999")
	case "time-local":
		return t.Format("15:04:05.999999999")
	}
	return t.Format(time.RFC3339Nano)
}

// hidden is the first character of a value that a file may not hold.
func hidden(s string) (r rune, found bool) {
	for i, r := range s {
		if refused(r) != "" && !strings.HasPrefix(s[i:], "\r\n") {
			return r, true
		}
	}
	return 0, false
}

// check finds the places of what the converter found bad.
func (d *Document) check(pointer string, v any, problems *diag.List) {
	report := func(s string, at diag.Span) {
		if r, found := hidden(s); found {
			*problems = append(*problems, diag.New(refused(r), at, "code", code(r)))
		}
	}
	switch v := v.(type) {
	case string:
		report(v, d.Span(pointer))
	case float64:
		if math.IsNaN(v) || math.IsInf(v, 0) {
			*problems = append(*problems, diag.New("document/number-not-finite", d.Span(pointer), "value", fmt.Sprint(v)))
		}
	case []any:
		for i, e := range v {
			d.check(pointer+"/"+strconv.Itoa(i), e, problems)
		}
	case map[string]any:
		for _, key := range slices.Sorted(maps.Keys(v)) {
			at := child(pointer, key)
			report(key, d.KeySpan(at))
			d.check(at, v[key], problems)
		}
	}
}

// child is the JSON Pointer of a key of a table.
func child(pointer, key string) string {
	if strings.ContainsAny(key, "~/") {
		key = strings.NewReplacer("~", "~0", "/", "~1").Replace(key)
	}
	return pointer + "/" + key
}
