package document

import (
	"maps"
	"slices"
)

// Places are the JSON Pointers that a document knows a place for, sorted.
func Places(d *Document) []string {
	at, _ := scan(d.Source, d.fields, false)
	return slices.Sorted(maps.Keys(at))
}
