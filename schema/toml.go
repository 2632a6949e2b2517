package schema

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"fursa/schema/when"
)

// example is a value that a property's schema shows, as a line of TOML has
// it after the equals sign.
func example(n node) string {
	if examples, ok := n["examples"].([]any); ok {
		return inline(examples[0])
	}
	if values, ok := n["enum"].([]any); ok {
		return inline(values[0])
	}
	switch n["type"] {
	case "boolean":
		return "true"
	case "array":
		items, _ := n["items"].(node)
		return "[" + example(items) + "]"
	case "object":
		return "{ … }"
	}
	return `"…"`
}

// inline is a value as TOML has it, on one line. What reads like a date or a
// time is written as one.
func inline(value any) string {
	switch v := value.(type) {
	case string:
		if _, err := when.ParseMoment(v); err == nil {
			return v
		}
		if _, err := when.ParseClock(v); err == nil {
			return v
		}
		return strconv.Quote(v)
	case float64:
		return strconv.FormatFloat(v, 'f', -1, 64)
	case []any:
		parts := make([]string, len(v))
		for i, inner := range v {
			parts[i] = inline(inner)
		}
		return "[" + strings.Join(parts, ", ") + "]"
	case map[string]any:
		var parts []string
		for _, key := range slices.Sorted(maps.Keys(v)) {
			parts = append(parts, key+" = "+inline(v[key]))
		}
		return "{ " + strings.Join(parts, ", ") + " }"
	}
	return fmt.Sprint(value)
}
