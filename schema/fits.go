package schema

import (
	"math"
	"slices"
	"unicode/utf8"
)

// fits says whether a value is valid.
func (s *shape) fits(v any) bool {
	if s.format != nil && !s.format(v) || len(s.allowed) > 0 && !contains(s.allowed, v) {
		return false
	}
	// fitsRest takes v, not t: to pack a value again costs an allocation.
	switch t := v.(type) {
	case map[string]any:
		return s.isOf("object") && s.fitsObject(t) && s.fitsRest(v)
	case []any:
		return s.isOf("array") && s.fitsList(t) && s.fitsRest(v)
	case string:
		return s.isOf("string") && s.fitsText(t) && s.fitsRest(v)
	case bool:
		return s.isOf("boolean") && s.fitsRest(v)
	case int64:
		return s.fitsNumber(float64(t)) && s.fitsRest(v)
	case float64:
		return s.fitsNumber(t) && s.fitsRest(v)
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
		if contains(v[:i], v[i]) {
			return i
		}
	}
	return -1
}

func contains(list []any, v any) bool {
	return slices.ContainsFunc(list, func(w any) bool { return same(v, w) })
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
