package schema

import (
	"math"
	"math/big"
	"regexp"
	"slices"

	"github.com/santhosh-tekuri/jsonschema/v5"
)

// shape is a compiled schema made flat for one question: is a value valid?
// The library prepares messages and locations on its way, which costs more
// than ten times as much; nearly all records are valid, so that only the few
// others pay for it. What a shape refuses, the library judges and explains; a
// test holds the two equal.
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
	// foreign says that some keyword is none that shapes know: of such a
	// schema the library is the only judge.
	foreign bool
}

func (m *shaper) shape(s *jsonschema.Schema) *shape {
	if s == nil {
		return nil
	}
	if known, ok := m.known[s]; ok {
		return known
	}
	m.foreign = m.foreign || !isShapely(s)
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
	out.names, out.items = m.shape(s.PropertyNames), m.shape(s.Items2020)
	out.contains = m.shape(s.Contains)
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

// isShapely says whether a shape can hold all keywords of a schema, those of
// the schemas below it not counted.
func isShapely(s *jsonschema.Schema) bool {
	return s.Always == nil && s.Not == nil && s.Else == nil &&
		s.DynamicRef == nil && s.RecursiveRef == nil &&
		s.PatternProperties == nil && s.DependentSchemas == nil && s.Dependencies == nil &&
		s.UnevaluatedProperties == nil && s.UnevaluatedItems == nil && s.PrefixItems == nil &&
		s.MinContains == 1 && s.MaxContains == -1 &&
		s.MultipleOf == nil && s.ExclusiveMaximum == nil
}

func bound(r *big.Rat, none float64) float64 {
	if r == nil {
		return none
	}
	f, _ := r.Float64()
	return f
}
