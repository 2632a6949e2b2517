package search_test

import (
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"

	"fursa/generator/search"
	"fursa/schema/when"
)

// TestSmall holds the whole index of a small catalogue against a golden file:
// the entry, each form with the impacts of its lists, and the spelling.
func TestSmall(t *testing.T) {
	x := search.New(planned(t, small(t), when.Date{Year: 2026, Month: 11, Day: 22}))
	got := written(t, newClient(t, x))
	const file = "testdata/small.golden"
	if *update {
		if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// small is a folder with the small catalogue.
func small(t *testing.T) string {
	t.Helper()
	archive, err := txtar.ParseFile("testdata/small.txtar")
	if err != nil {
		t.Fatal(err)
	}
	content := t.TempDir()
	for _, f := range archive.Files {
		file := filepath.Join(content, filepath.FromSlash(f.Name))
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, f.Data, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return content
}

// written is an index as text.
func written(t *testing.T, c *client) string {
	t.Helper()
	entry, err := json.MarshalIndent(c.entry, "", "  ")
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	fmt.Fprintf(&b, "%s\n\n", entry)
	all := c.all()
	for _, form := range slices.SortedFunc(maps.Keys(all), search.Compare) {
		b.WriteString(form)
		for i, list := range all[form] {
			if i > 0 {
				b.WriteString(",")
			}
			for _, n := range slices.Sorted(maps.Keys(list)) {
				fmt.Fprintf(&b, " %d=%d", n, list[n])
			}
		}
		b.WriteString("\n")
	}
	b.WriteString("\n")
	for i := range c.entry.Spelling.Keys {
		all := c.spellings(i)
		for _, key := range slices.SortedFunc(maps.Keys(all), search.Compare) {
			fmt.Fprintf(&b, "%s %d\n", key, all[key])
		}
	}
	return b.String()
}
