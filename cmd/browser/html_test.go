package main

import (
	"encoding/json"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"strings"
	"testing"
)

// misread is what the checker says wrongly: it takes the neighbours of a file
// for another origin, and data for a script. What the policy forbids the
// browser itself says of each kind of page.
const misread = `.*violates Content Security Policy.*`

// The Nu HTML checker has nothing to say of any page of the site.
func TestHTML(t *testing.T) {
	t.Parallel()
	if os.Getenv("FURSA_BROWSER") == "skip" {
		lack(t, why)
	}
	java, checker := program(t, "java"), module(t, "vnu-jar", "build", "dist", "vnu.jar")
	dir, pages := t.TempDir(), 0
	for name, text := range site.files {
		if path.Ext(name) != ".html" {
			continue
		}
		pages++
		file := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, text, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	// It reports on its standard error, and ends with 1 where there is an error.
	var said strings.Builder
	c := exec.CommandContext(t.Context(), java, "-jar", checker, "--skip-non-html", "--filterpattern", misread, "--format", "json", dir)
	c.Stderr = &said
	failed := c.Run()
	var report struct {
		Messages []struct {
			Type, SubType, URL, Message, Extract string
			LastLine                             int
		}
	}
	if err := json.Unmarshal([]byte(said.String()), &report); err != nil {
		t.Fatalf("%v, %v:\n%s", failed, err, said.String())
	}
	if failed != nil && len(report.Messages) == 0 {
		t.Fatal(failed)
	}
	for _, m := range report.Messages[:min(len(report.Messages), 4*few)] {
		t.Errorf("%s:%d: %s %s: %s: %s", strings.TrimPrefix(m.URL, "file:"+dir+"/"), m.LastLine, m.Type, m.SubType, m.Message, m.Extract)
	}
	if n := len(report.Messages) - 4*few; n > 0 {
		t.Errorf("and %d more", n)
	}
	if pages < len(kinds) {
		t.Errorf("only %d pages were looked at", pages)
	}
}
