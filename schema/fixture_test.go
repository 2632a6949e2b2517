package schema_test

import (
	"os"
	"path/filepath"
	"testing"

	"fursa/schema/diag"
	"fursa/schema/document"
)

// fixture reads a file that must be readable.
func fixture(t testing.TB, path string) *document.Document {
	t.Helper()
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return parse(t, filepath.ToSlash(path), string(text))
}

// parse reads a text that must be readable; its path says whether it is TOML
// or Markdown.
func parse(t testing.TB, path, text string) *document.Document {
	t.Helper()
	d, problems := document.Parse(&diag.Source{Path: path, Text: []byte(text)})
	if d == nil || problems.Failed() {
		t.Fatalf("parse %s: %v", path, problems)
	}
	return d
}
