package generator

import (
	"slices"

	"fursa/schema/diag"
)

// settled is a list in which each mistake stands once. A name that is not even
// spelt like one ("Robotics", "روبوت") is found by the schema, and again where
// it is looked up: where that knows what was meant, it has the better words.
func settled(list diag.List) diag.List {
	misspelt, meant := map[diag.Span]bool{}, map[diag.Span]bool{}
	for _, d := range list {
		misspelt[d.Span] = misspelt[d.Span] || d.Rule == "schema/bad-slug"
		meant[d.Span] = meant[d.Span] || isLookup(d) && d.Fix != nil
	}
	return slices.DeleteFunc(list, func(d diag.Diagnostic) bool {
		if d.Rule == "schema/bad-slug" {
			return meant[d.Span]
		}
		return isLookup(d) && misspelt[d.Span] && !meant[d.Span]
	})
}

// isLookup says whether a problem is of a name that was looked for and not
// found.
func isLookup(d diag.Diagnostic) bool {
	return d.Rule == "links/unknown-term" || d.Rule == "links/unknown-grade" || d.Rule == "links/unknown-record"
}
