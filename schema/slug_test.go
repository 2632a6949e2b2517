package schema_test

import (
	"strings"
	"testing"

	"fursa/schema"
)

func TestSlug(t *testing.T) {
	for s, want := range map[string]bool{
		"night-sky":             true,
		"2026":                  true,
		"a":                     true,
		strings.Repeat("a", 80): true,
		strings.Repeat("a", 81): false,
		"":                      false,
		"-a":                    false,
		"a-":                    false,
		"a--b":                  false,
		"Night-sky":             false,
		"night_sky":             false,
		"night sky":             false,
		"café":                  false,
		"../etc":                false,
	} {
		if got := schema.Slug(s); got != want {
			t.Errorf("Slug(%q) = %v, want %v", s, got, want)
		}
	}
}

func TestSlugify(t *testing.T) {
	word := strings.Repeat("a", 50)
	for title, want := range map[string]string{
		"Night sky":                "night-sky",
		"Café Zürich's 2nd night!": "cafe-zurichs-2nd-night",
		"Straße — Œuvre & Łódź":    "strasse-oeuvre-lodz",
		"ISTANBUL İı":              "istanbul-ii",
		"  --x__y--  ":             "x-y",
		"١ علم الفلك":              "",
		"علم الفلك Sky":            "sky",
		word + " " + word:          word,
		word + word:                (word + word)[:80],
		"":                         "",
	} {
		got := schema.Slugify(title)
		if got != want {
			t.Errorf("Slugify(%q) = %q, want %q", title, got, want)
		}
		if got != "" && !schema.Slug(got) {
			t.Errorf("Slugify(%q) = %q, which is not a slug", title, got)
		}
	}
}
