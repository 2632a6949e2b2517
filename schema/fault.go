package schema

import (
	"cmp"
	"maps"
	"net/url"
	"slices"
	"strings"

	"github.com/santhosh-tekuri/jsonschema/v5"
)

// fault is one keyword of a schema that a value breaks.
type fault struct {
	// pointer is the JSON Pointer of the value.
	pointer string
	// keyword is what was broken, "required"; empty for a rule.
	keyword string
	// node is the schema that the keyword stands in.
	node node
	// ofKey says that it is about the name of the value, not the value.
	ofKey bool
}

// rule is the name that the schema gives to a condition on several keys;
// empty for the fault of a single keyword.
func (f fault) rule() string {
	if f.keyword != "" {
		return ""
	}
	name, _ := f.node["x-rule"].(string)
	return name
}

// collect takes the faults out of the library's tree of errors: its leaves,
// but a named rule stands for all below it. What a single value breaks counts
// once, by the most basic keyword.
func (j *judge) collect(invalid *jsonschema.ValidationError) []fault {
	found := map[string]fault{}
	j.leaves(invalid, found)
	return slices.SortedFunc(maps.Values(found), func(a, b fault) int {
		return cmp.Or(
			strings.Compare(a.pointer, b.pointer),
			strings.Compare(a.keyword, b.keyword),
			strings.Compare(a.rule(), b.rule()),
		)
	})
}

// basic are the keywords of a single value, the most basic first.
var basic = []string{
	"type", "const", "enum", "minItems", "minProperties", "minLength",
	"format", "pattern", "maxItems", "maxLength",
	"minimum", "exclusiveMinimum", "maximum", "uniqueItems",
}

func (j *judge) leaves(e *jsonschema.ValidationError, found map[string]fault) {
	f := j.fault(e)
	if f.rule() == "" && len(e.Causes) > 0 {
		for _, cause := range e.Causes {
			j.leaves(cause, found)
		}
		return
	}
	weight := slices.Index(basic, f.keyword)
	slot := f.pointer
	if weight < 0 {
		slot += "#" + f.keyword + f.rule()
	}
	if known, ok := found[slot]; !ok || weight < slices.Index(basic, known.keyword) {
		found[slot] = f
	}
}

// fault finds the place in the schemas that an error speaks of.
func (j *judge) fault(e *jsonschema.ValidationError) fault {
	file, at, _ := strings.Cut(strings.TrimPrefix(e.AbsoluteKeywordLocation, base), "#")
	pointer, err := url.PathUnescape(e.InstanceLocation)
	if err != nil {
		pointer = e.InstanceLocation
	}
	f := fault{pointer: pointer, node: j.trees[file], ofKey: strings.Contains(at, "/propertyNames/")}
	var here any = f.node
	for _, key := range keys(at) {
		here = lookup(here, child("", key))
		if below, ok := here.(node); ok && key != "dependentRequired" {
			f.node = below
		} else if list, ok := here.([]any); !ok || !isSchemas(list) {
			f.keyword = key
			break
		}
	}
	return f
}

// isSchemas says whether a list is one of schemas, as that of allOf is.
func isSchemas(list []any) bool {
	return len(list) > 0 && !slices.ContainsFunc(list, func(v any) bool { _, ok := v.(node); return !ok })
}
