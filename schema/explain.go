package schema

import (
	"maps"
	"slices"
	"strconv"
	"strings"

	"fursa/schema/diag"
	"fursa/schema/document"
)

// explain says what is wrong with a document, each mistake once. Misspelt
// keys come first: the rest is judged as if they had been mended, so that
// nothing is said to be missing that is there under a wrong name.
func (j *judge) explain(d *document.Document) diag.List {
	e := explainer{judge: j, doc: d, value: d.Value, moved: map[string]string{}, wrong: map[string]bool{}}
	faults := e.respell(j.faults(d.Value))
	for _, f := range faults {
		if f.rule() == "" {
			e.wrong[f.pointer] = true
		}
	}
	for _, f := range faults {
		if f.rule() == "" {
			e.keyword(f)
		} else if !e.follows(f, e.wrong) {
			e.rule(f)
		}
	}
	return e.list
}

// explainer gathers the problems of one document.
type explainer struct {
	*judge
	doc *document.Document
	// value is the document's, with misspelt keys mended; moved maps pointers
	// into it back to where the document has them.
	value any
	moved map[string]string
	// wrong are the pointers of values that are wrong by themselves.
	wrong map[string]bool
	list  diag.List
}

func (e *explainer) add(d diag.Diagnostic) { e.list = append(e.list, d) }

// place is the pointer, in the document itself, of a pointer into value.
func (e *explainer) place(pointer string) string {
	for at := pointer; at != ""; at = parent(at) {
		if from, ok := e.moved[at]; ok {
			return from + pointer[len(at):]
		}
	}
	return pointer
}

func (e *explainer) span(pointer string) diag.Span    { return e.doc.Span(e.place(pointer)) }
func (e *explainer) keySpan(pointer string) diag.Span { return e.doc.KeySpan(e.place(pointer)) }

// respell reports unknown keys and mends them in value, level by level,
// until there are none; it answers the faults that remain.
func (e *explainer) respell(faults []fault) []fault {
	for {
		var unknown []fault
		for _, f := range faults {
			if f.keyword == "additionalProperties" {
				unknown = append(unknown, f)
			}
		}
		if len(unknown) == 0 {
			return faults
		}
		e.value = copied(e.value)
		for _, f := range unknown {
			e.mend(f)
		}
		faults = e.faults(e.value)
	}
}

// mend reports the unknown keys of one table, and puts their values where
// they were meant to stand, or away.
func (e *explainer) mend(f fault) {
	table := lookup(e.value, f.pointer).(map[string]any)
	properties := f.node["properties"].(node)
	for _, key := range slices.Sorted(maps.Keys(table)) {
		if _, known := properties[key]; known {
			continue
		}
		at := child(f.pointer, key)
		names := vacant(properties, table)
		problem := diag.New("schema/unknown-key", e.keySpan(at), "key", strconv.Quote(key))
		value := table[key]
		delete(table, key)
		if e.isLeftToOriginal(at) {
			d := diag.New("schema/not-translated", e.keySpan(at), "key", strconv.Quote(key))
			e.add(e.withoutLine(d, at, true))
		} else if near, ok := meant(key, f.node, table); ok {
			e.add(e.renamed(hinted(problem, "near", "near", strconv.Quote(near)), at, near, vacant(properties, table)))
			e.moved[child(f.pointer, near)] = e.place(at)
			table[near] = value
		} else if lat, lon, ok := coordinatesIn(value, properties, table); ok {
			e.add(e.located(problem, at, lat, lon, names))
		} else if root := e.value.(map[string]any); f.pointer != "" && e.isRootKey(key) {
			e.add(e.movedUp(hinted(problem, "section", "section", named(f.pointer)), at))
			if _, there := root[key]; !there {
				e.moved[child("", key)] = e.place(at)
				root[key] = value
			}
		} else if len(names) > 12 {
			e.add(hinted(problem, "many", "file", e.name))
		} else {
			e.add(hinted(problem, "", "keys", strings.Join(names, ", ")))
		}
	}
}

// meant is the property that a table lacks and an unknown key was most likely
// to be. What the table must have is looked for farther afield.
func meant(key string, n node, table map[string]any) (string, bool) {
	names := vacant(n["properties"].(node), table)
	if sure, ok := Certain(key, names); ok {
		return sure, true
	}
	if near, ok := Near(key, names); ok {
		return near, true
	}
	required, _ := n["required"].([]any)
	return within(len(key)/2, key, slices.DeleteFunc(names, func(name string) bool {
		return !slices.Contains(required, any(name))
	}))
}

// isLeftToOriginal says whether a key is of the record, but not of its
// translations.
func (e *explainer) isLeftToOriginal(pointer string) bool {
	return e.whole != nil && e.trees.at(e.whole, pointer) != nil
}

// isRootKey says whether the record itself has a key. TOML reads the lines
// below a [section] as its own, which is easily forgotten.
func (e *explainer) isRootKey(key string) bool {
	_, ok := e.tree["properties"].(node)[key]
	return ok
}

// vacant are the properties of a schema that a table does not have, sorted.
func vacant(properties node, table map[string]any) []string {
	var names []string
	for _, name := range slices.Sorted(maps.Keys(properties)) {
		if _, taken := table[name]; !taken {
			names = append(names, name)
		}
	}
	return names
}

// hinted is a problem with another hint, and the values that it needs.
func hinted(d diag.Diagnostic, variant string, args ...any) diag.Diagnostic {
	d.Args = append(d.Args, diag.Args(args...)...)
	return d.Hinted(variant)
}

// copied is a value of JSON's shape that can be changed.
func copied(value any) any {
	switch v := value.(type) {
	case map[string]any:
		out := make(map[string]any, len(v))
		for key, inner := range v {
			out[key] = copied(inner)
		}
		return out
	case []any:
		out := make([]any, len(v))
		for i, inner := range v {
			out[i] = copied(inner)
		}
		return out
	}
	return value
}
