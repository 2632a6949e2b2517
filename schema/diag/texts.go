package diag

import (
	"maps"
	"strings"
)

// Texts are the parts of all messages of a stage in a language («message»,
// «hint», «hint-VARIANT»), by rule; in English where the language has none.
// Notes are left out: they are about two places of a file.
func Texts(lang, stage string) map[string]map[string]string {
	texts := map[string]map[string]string{}
	for _, l := range []string{Languages[0], base(lang)} {
		for rule, parts := range messages()[l] {
			if !strings.HasPrefix(rule, stage+"/") {
				continue
			}
			texts[rule] = maps.Clone(parts)
			delete(texts[rule], "note")
		}
	}
	return texts
}
