package schema

import (
	"maps"
	"slices"
	"strings"

	"fursa/schema/diag"
)

// follows says whether a rule is broken only because one of the keys that it
// speaks of is itself wrong.
func (e *explainer) follows(f fault, broken map[string]bool) bool {
	return slices.ContainsFunc(subjects(f.node), func(key string) bool {
		at := child(f.pointer, key)
		for pointer := range broken {
			if pointer == at || strings.HasPrefix(pointer, at+"/") {
				return true
			}
		}
		return false
	})
}

// rule reports a named rule of a schema: «name», or for a choice of which
// exactly one must be made «name-missing» and «name-twice».
func (e *explainer) rule(f fault) {
	table, _ := lookup(e.value, f.pointer).(map[string]any)
	rule := "schema/" + f.rule()
	given := e.given(f, table)
	_, choice := f.node["oneOf"]
	switch {
	case !choice && len(given) > 0:
		e.add(diag.New(rule, e.span(given[0])))
	case !choice:
		e.add(diag.New(rule, e.keySpan(f.pointer)))
	case len(given) == 0:
		e.add(diag.New(rule+"-missing", e.keySpan(f.pointer)))
	default:
		second := given[len(given)-1]
		e.add(diag.New(rule+"-twice", e.keySpan(second), "first", named(given[0]), "second", named(second)).
			See(e.keySpan(given[0])))
	}
}

// given are the pointers of the keys that a rule speaks of and the table has,
// in the order of the file; where the rule has a condition, only the keys
// that it asks for.
func (e *explainer) given(f fault, table map[string]any) []string {
	names := subjects(f.node)
	if when, ok := f.node["if"].(node); ok {
		names = subjects(when)
	}
	var list []string
	for _, name := range names {
		if _, ok := table[name]; ok {
			list = append(list, child(f.pointer, name))
		}
	}
	slices.SortStableFunc(list, func(a, b string) int { return e.keySpan(a).Start - e.keySpan(b).Start })
	return list
}

// subjects are the keys that a rule speaks of, sorted: what it requires, and
// what it asks the values of.
func subjects(rule node) []string {
	found := map[string]bool{}
	var gather func(v any)
	gather = func(v any) {
		switch v := v.(type) {
		case node:
			for key, inner := range v {
				switch key {
				case "required":
					for _, name := range inner.([]any) {
						found[name.(string)] = true
					}
				case "properties", "dependentRequired":
					for name := range inner.(node) {
						found[name] = true
					}
				default:
					gather(inner)
				}
			}
		case []any:
			for _, inner := range v {
				gather(inner)
			}
		}
	}
	gather(rule)
	return slices.Sorted(maps.Keys(found))
}
