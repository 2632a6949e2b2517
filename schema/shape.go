package schema

import (
	"math"
	"regexp"
	"slices"
	"strings"
)

// shape is a schema made flat for one question: is a value valid? The library
// compiles for longer than a small check takes, and prepares messages and
// locations on its way, which costs more than ten times as much; nearly all
// records are valid, so that only the few others pay for it. What a shape
// refuses, the library judges and explains; a test holds the two equal.
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

// shaper makes shapes of schemas as they are written.
type shaper struct {
	formats map[string]func(any) bool
	trees   trees
	known   map[string]*shape // by reference
	// foreign says that some keyword is none that shapes know: of such a
	// schema the library is the only judge.
	foreign bool
}

func (m *shaper) shape(n node) *shape {
	s := &shape{
		types: texts(n["type"]), required: texts(n["required"]), unique: n["uniqueItems"] == true,
		keys:    size{count(n, "minProperties"), count(n, "maxProperties")},
		entries: size{count(n, "minItems"), count(n, "maxItems")},
		letters: size{count(n, "minLength"), count(n, "maxLength")},
		min:     bound(n, "minimum", math.Inf(-1)), above: bound(n, "exclusiveMinimum", math.Inf(-1)),
		max:   bound(n, "maximum", math.Inf(1)),
		names: m.below(n["propertyNames"]), items: m.below(n["items"]), contains: m.below(n["contains"]),
		when: m.below(n["if"]), then: m.below(n["then"]),
		also: m.shapes(n["allOf"]), anyOf: m.shapes(n["anyOf"]), oneOf: m.shapes(n["oneOf"]),
		properties: map[string]*shape{}, dependent: map[string][]string{},
		closed: n["additionalProperties"] == false,
	}
	for key, value := range n {
		switch key {
		case "enum":
			s.allowed = append(s.allowed, value.([]any)...)
		case "const":
			s.allowed = append(s.allowed, value)
		case "pattern":
			s.pattern = regexp.MustCompile(value.(string))
		case "format":
			s.format = m.formats[value.(string)]
		case "additionalProperties":
			if _, ok := value.(bool); !ok {
				s.additional = m.below(value)
			}
		case "properties":
			for name, p := range value.(node) {
				s.properties[name] = m.below(p)
			}
		case "dependentRequired":
			for name, needed := range value.(node) {
				s.dependent[name] = texts(needed)
			}
		case "$ref":
			s.also = append(s.also, m.referred(value.(string)))
		default:
			m.foreign = m.foreign || !slices.Contains(plainKeywords, key) && !strings.HasPrefix(key, "x-")
		}
	}
	return s
}

// plainKeywords are those that a shape has as they are, and those that ask
// nothing of a value.
var plainKeywords = []string{
	"type", "required", "uniqueItems", "minProperties", "maxProperties", "minItems", "maxItems", "minLength", "maxLength",
	"minimum", "exclusiveMinimum", "maximum", "propertyNames", "items", "contains", "if", "then", "allOf", "anyOf", "oneOf",
	"$schema", "$id", "$defs", "title", "description", "examples",
}

// below is the shape of a schema in another; nil where there is none.
func (m *shaper) below(schema any) *shape {
	if schema == nil {
		return nil
	}
	n, ok := schema.(node)
	m.foreign = m.foreign || !ok // true, or false
	return m.shape(n)
}

func (m *shaper) shapes(list any) []*shape {
	schemas, _ := list.([]any)
	out := make([]*shape, len(schemas))
	for i, s := range schemas {
		out[i] = m.below(s)
	}
	return out
}

// referred is the shape of a definition, which may hold itself.
func (m *shaper) referred(ref string) *shape {
	s, ok := m.known[ref]
	if !ok {
		s = &shape{}
		m.known[ref] = s
		*s = *m.shape(m.trees.definition(ref))
	}
	return s
}

// texts are those of a list, or the one that stands alone.
func texts(v any) []string {
	var out []string
	switch v := v.(type) {
	case string:
		out = []string{v}
	case []any:
		for _, text := range v {
			out = append(out, text.(string))
		}
	}
	return out
}

func bound(n node, key string, none float64) float64 {
	if v, ok := n[key].(float64); ok {
		return v
	}
	return none
}

func count(n node, key string) int { return int(bound(n, key, -1)) }
