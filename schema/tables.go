package schema

import (
	"strconv"

	"fursa/schema/diag"
	"fursa/schema/document"
	"fursa/schema/when"
)

// ordered are the keys whose values a schema cannot compare: the first must not
// come after the second.
var ordered = [...][2]string{
	{"min", "max"}, {"from", "to"}, {"from", "until"},
	{"opens", "deadline"}, {"published", "expires"},
}

// tables finds what no schema can say of a table, in every table of a record:
// pairs that stand the wrong way round, and entries of one list with the same
// id.
func tables(d *document.Document) diag.List {
	var list diag.List
	walk("", d.Value, func(pointer string, table map[string]any) {
		list = append(list, order(d, pointer, table)...)
		for key, value := range table {
			if entries, ok := value.([]any); ok && len(entries) > 1 {
				list = append(list, twins(d, child(pointer, key), entries)...)
			}
		}
	})
	return list
}

// order finds pairs of numbers, dates or times of which the first comes after
// the second. A period's hours are left alone: an evening may end after
// midnight.
func order(d *document.Document, pointer string, table map[string]any) diag.List {
	var list diag.List
	for _, p := range ordered {
		low, ok := table[p[0]]
		if !ok {
			continue
		}
		if high, ok := table[p[1]]; ok && after(low, high) {
			list = append(list, upsideDown(d, pointer, p, low, high))
		}
	}
	return list
}

func upsideDown(d *document.Document, pointer string, p [2]string, low, high any) diag.Diagnostic {
	first, second := child(pointer, p[0]), child(pointer, p[1])
	rule := "schema/wrong-order"
	if _, ok := low.(string); !ok {
		rule = "schema/min-over-max"
	}
	return diag.New(rule, d.Span(second), "low", p[0], "high", p[1], "first", low, "second", high).
		See(d.Span(first), "low", p[0])
}

// after says whether one value comes after another of its sort: a number, a
// time of day (where the same is after, too: no time is left between), or a
// date. A date and a time are compared by their days.
func after(low, high any) bool {
	if a, ok := number(low); ok {
		b, ok := number(high)
		return ok && a > b
	}
	a, _ := low.(string)
	b, _ := high.(string)
	if from, err := when.ParseClock(a); err == nil {
		to, err := when.ParseClock(b)
		return err == nil && from.Seconds() >= to.Seconds()
	}
	from, err := when.ParseMoment(a)
	to, err2 := when.ParseMoment(b)
	if err != nil || err2 != nil {
		return false
	}
	if from.Timed && to.Timed {
		return from.Compare(to) > 0
	}
	return to.Date.Before(from.Date)
}

func number(v any) (float64, bool) {
	switch v := v.(type) {
	case int64:
		return float64(v), true
	case float64:
		return v, true
	}
	return 0, false
}

// twins finds entries of one list that have the same id.
func twins(d *document.Document, pointer string, entries []any) diag.List {
	var list diag.List
	var first map[string]int
	for i, entry := range entries {
		e, _ := entry.(map[string]any)
		id, ok := e["id"].(string)
		if !ok {
			continue
		}
		if first == nil {
			first = map[string]int{}
		}
		if earlier, twice := first[id]; twice {
			at := func(i int) diag.Span { return d.Span(child(child(pointer, strconv.Itoa(i)), "id")) }
			list = append(list, diag.New("schema/same-id", at(i), "id", strconv.Quote(id)).See(at(earlier)))
			continue
		}
		first[id] = i
	}
	return list
}

// walk visits every table of a value, the outer ones first.
func walk(pointer string, value any, visit func(pointer string, table map[string]any)) {
	switch v := value.(type) {
	case map[string]any:
		visit(pointer, v)
		for key, inner := range v {
			switch inner.(type) {
			case map[string]any, []any:
				walk(child(pointer, key), inner, visit)
			}
		}
	case []any:
		for i, inner := range v {
			if _, ok := inner.(map[string]any); ok {
				walk(child(pointer, strconv.Itoa(i)), inner, visit)
			}
		}
	}
}
