package schema

import (
	"strconv"
	"strings"
)

// keys are the parts of a JSON Pointer (RFC 6901), unescaped.
func keys(pointer string) []string {
	if pointer == "" {
		return nil
	}
	parts := strings.Split(pointer[1:], "/")
	for i, p := range parts {
		if strings.Contains(p, "~") {
			parts[i] = strings.NewReplacer("~1", "/", "~0", "~").Replace(p)
		}
	}
	return parts
}

// child is the JSON Pointer of a key, or of an index, below another.
func child(pointer, key string) string {
	if strings.ContainsAny(key, "~/") {
		key = strings.NewReplacer("~", "~0", "/", "~1").Replace(key)
	}
	return pointer + "/" + key
}

// parent is the JSON Pointer of what holds the value.
func parent(pointer string) string {
	return pointer[:max(strings.LastIndexByte(pointer, '/'), 0)]
}

// lookup is the value at a JSON Pointer; nil if there is none.
func lookup(value any, pointer string) any {
	for _, key := range keys(pointer) {
		switch v := value.(type) {
		case map[string]any:
			value = v[key]
		case []any:
			i, err := strconv.Atoi(key)
			if err != nil || i < 0 || i >= len(v) {
				return nil
			}
			value = v[i]
		default:
			return nil
		}
	}
	return value
}

// named is the last key of a pointer that is not an index: what people call
// the value.
func named(pointer string) string {
	parts := keys(pointer)
	for i := len(parts) - 1; i >= 0; i-- {
		if _, err := strconv.Atoi(parts[i]); err != nil {
			return parts[i]
		}
	}
	return ""
}
