package schema

import (
	"math"
	"math/big"
	"regexp"
	"slices"
	"unicode/utf8"

	"github.com/santhosh-tekuri/jsonschema/v5"
)

// shape is a compiled schema made flat for one question: is a value valid?
// The library prepares messages and locations on its way, which costs some
// thirty times as much; nearly all records are valid, so that only the few
// others pay for it. What shape refuses, the library judges and explains; a
// fuzz test holds the two equal.
type shape struct {
	types      []string
	allowed    []any
	required   []string
	properties map[string]*shape
	closed     bool
	additional *shape
	names      *shape
	dependent  map[string][]string
	items      *shape
	contains   *shape
	unique     bool
	// size bounds keys, entries or letters, by the type that it is of.
	keys, entries, letters size
	pattern                *regexp.Regexp
	format                 func(any) bool
	min, above, max        float64
	also                   []*shape
	anyOf, oneOf           []*shape
	when, then             *shape
}

// size is a least and a greatest number; a negative one is none.
type size struct{ min, max int }

func (s size) fits(n int) bool { return n >= s.min && (s.max < 0 || n <= s.max) }

// shaper makes shapes of schemas; one schema has one shape.
type shaper struct {
	formats map[string]func(any) bool
	known   map[*jsonschema.Schema]*shape
	// foreign names a keyword that shapes don't know: of such a schema the
	// library is the only judge.
	foreign string
}

func (m *shaper) shape(s *jsonschema.Schema) *shape {
	if s == nil {
		return nil
	}
	if known, ok := m.known[s]; ok {
		return known
	}
	if unknown := unshaped(s); unknown != "" {
		m.foreign = unknown
	}
	out := &shape{
		types: s.Types, allowed: slices.Concat(s.Enum, s.Constant), required: s.Required,
		dependent: s.DependentRequired, unique: s.UniqueItems,
		keys:    size{s.MinProperties, s.MaxProperties},
		entries: size{s.MinItems, s.MaxItems},
		letters: size{s.MinLength, s.MaxLength},
		pattern: s.Pattern, format: m.formats[s.Format],
		min: bound(s.Minimum, math.Inf(-1)), above: bound(s.ExclusiveMinimum, math.Inf(-1)),
		max: bound(s.Maximum, math.Inf(1)),
	}
	m.known[s] = out
	out.closed = s.AdditionalProperties == false
	if additional, ok := s.AdditionalProperties.(*jsonschema.Schema); ok {
		out.additional = m.shape(additional)
	}
	out.properties = make(map[string]*shape, len(s.Properties))
	for name, p := range s.Properties {
		out.properties[name] = m.shape(p)
	}
	out.names, out.items, out.contains = m.shape(s.PropertyNames), m.shape(s.Items2020), m.shape(s.Contains)
	out.when, out.then = m.shape(s.If), m.shape(s.Then)
	out.also, out.anyOf, out.oneOf = m.shapes(s.AllOf), m.shapes(s.AnyOf), m.shapes(s.OneOf)
	if s.Ref != nil {
		out.also = append(out.also, m.shape(s.Ref))
	}
	return out
}

func (m *shaper) shapes(list []*jsonschema.Schema) []*shape {
	out := make([]*shape, len(list))
	for i, s := range list {
		out[i] = m.shape(s)
	}
	return out
}

// unshaped names a keyword of a schema that shape does not hold; empty if it
// holds all.
func unshaped(s *jsonschema.Schema) string {
	for name, used := range map[string]bool{
		"boolean schema": s.Always != nil, "not": s.Not != nil, "else": s.Else != nil,
		"$dynamicRef": s.DynamicRef != nil, "$recursiveRef": s.RecursiveRef != nil,
		"patternProperties": s.PatternProperties != nil, "dependentSchemas": s.DependentSchemas != nil,
		"dependencies": s.Dependencies != nil, "prefixItems": s.PrefixItems != nil,
		"minContains": s.MinContains != 1 || s.MaxContains != -1,
		"multipleOf":  s.MultipleOf != nil, "exclusiveMaximum": s.ExclusiveMaximum != nil,
		"unevaluatedProperties": s.UnevaluatedProperties != nil, "unevaluatedItems": s.UnevaluatedItems != nil,
	} {
		if used {
			return name
		}
	}
	return ""
}

func bound(r *big.Rat, none float64) float64 {
	if r == nil {
		return none
	}
	f, _ := r.Float64()
	return f
}

// fits says whether a value is valid.
func (s *shape) fits(v any) bool {
	if s.format != nil && !s.format(v) || len(s.allowed) > 0 && !slices.ContainsFunc(s.allowed, func(a any) bool { return same(a, v) }) {
		return false
	}
	switch v := v.(type) {
	case map[string]any:
		return s.isOf("object") && s.fitsObject(v) && s.fitsRest(v)
	case []any:
		return s.isOf("array") && s.fitsList(v) && s.fitsRest(v)
	case string:
		return s.isOf("string") && s.fitsText(v) && s.fitsRest(v)
	case bool:
		return s.isOf("boolean") && s.fitsRest(v)
	case int64:
		return s.fitsNumber(float64(v)) && s.fitsRest(v)
	case float64:
		return s.fitsNumber(v) && s.fitsRest(v)
	}
	return false
}

func (s *shape) isOf(name string) bool {
	return len(s.types) == 0 || slices.Contains(s.types, name)
}

func (s *shape) fitsNumber(f float64) bool {
	whole := f == math.Trunc(f) && s.isOf("integer")
	return (whole || s.isOf("number")) &&
		f >= s.min && f > s.above && f <= s.max
}

func (s *shape) fitsText(v string) bool {
	if s.letters.min > 0 || s.letters.max >= 0 {
		if !s.letters.fits(utf8.RuneCountInString(v)) {
			return false
		}
	}
	return s.pattern == nil || s.pattern.MatchString(v)
}

func (s *shape) fitsObject(v map[string]any) bool {
	for _, name := range s.required {
		if _, ok := v[name]; !ok {
			return false
		}
	}
	for name, needed := range s.dependent {
		if _, ok := v[name]; ok && !hasAll(v, needed) {
			return false
		}
	}
	if !s.keys.fits(len(v)) {
		return false
	}
	if !s.closed && s.additional == nil && s.names == nil {
		return s.fitsKnown(v)
	}
	for name, value := range v {
		p, ok := s.properties[name]
		if !ok {
			p = s.additional
		}
		if p == nil && s.closed || p != nil && !p.fits(value) || s.names != nil && !s.names.fits(name) {
			return false
		}
	}
	return true
}

// fitsKnown asks for the properties that an open schema names: the conditions
// of rules speak of one or two keys out of many.
func (s *shape) fitsKnown(v map[string]any) bool {
	for name, p := range s.properties {
		if value, ok := v[name]; ok && !p.fits(value) {
			return false
		}
	}
	return true
}

func hasAll(v map[string]any, names []string) bool {
	for _, name := range names {
		if _, ok := v[name]; !ok {
			return false
		}
	}
	return true
}

func (s *shape) fitsList(v []any) bool {
	if !s.entries.fits(len(v)) || s.unique && repeated(v) >= 0 {
		return false
	}
	if s.items != nil {
		for _, item := range v {
			if !s.items.fits(item) {
				return false
			}
		}
	}
	return s.contains == nil || slices.ContainsFunc(v, s.contains.fits)
}

// repeated is the index of the first entry of a list that was there before;
// -1 if there is none.
func repeated(v []any) int {
	for i := range v {
		if slices.ContainsFunc(v[:i], func(w any) bool { return same(v[i], w) }) {
			return i
		}
	}
	return -1
}

// same says whether two values of JSON's shape are equal; numbers are by
// value.
func same(a, b any) bool {
	switch a := a.(type) {
	case []any:
		b, ok := b.([]any)
		return ok && slices.EqualFunc(a, b, same)
	case map[string]any:
		b, ok := b.(map[string]any)
		if !ok || len(a) != len(b) {
			return false
		}
		for key, v := range a {
			if w, ok := b[key]; !ok || !same(v, w) {
				return false
			}
		}
		return true
	case int64:
		return same(float64(a), b)
	case float64:
		if n, ok := b.(int64); ok {
			return a == float64(n)
		}
	}
	return a == b
}

// fitsRest asks the schemas that apply in place.
func (s *shape) fitsRest(v any) bool {
	for _, also := range s.also {
		if !also.fits(v) {
			return false
		}
	}
	if len(s.anyOf) > 0 && !slices.ContainsFunc(s.anyOf, func(o *shape) bool { return o.fits(v) }) {
		return false
	}
	if len(s.oneOf) > 0 {
		n := 0
		for _, one := range s.oneOf {
			if one.fits(v) {
				n++
			}
		}
		if n != 1 {
			return false
		}
	}
	return s.when == nil || s.then == nil || !s.when.fits(v) || s.then.fits(v)
}
