package schema_test

import (
	"testing"

	"fursa/schema"
)

func TestNear(t *testing.T) {
	words := []string{"summary", "subjects", "skills", "ages", "to", "العلوم"}
	for word, want := range map[string]string{
		"summary":  "summary",
		"sumary":   "summary", // left out
		"summmary": "summary", // put in
		"sommary":  "summary", // replaced
		"sumamry":  "summary", // swapped
		"subject":  "subjects",
		"aegs":     "ages",
		"العلم":    "العلوم",
		"ot":       "to",
		"tuesday":  "",
		"x":        "",
		"":         "",
	} {
		if got, ok := schema.Near(word, words); got != want || ok != (want != "") {
			t.Errorf("Near(%q) = %q, %t; want %q", word, got, ok, want)
		}
	}
}
