package docs_test

import (
	"encoding/json"
	"maps"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// What formats.md promises of pages is what the sample catalogue's pages have.
func TestPagesKeepTheirPromises(t *testing.T) {
	site := sample(t)
	t.Run("headers", func(t *testing.T) { checkHeaders(t, site) })
	t.Run("attributes", func(t *testing.T) { checkAttributes(t, site) })
	t.Run("types", func(t *testing.T) { checkTypes(t, site) })
}

// checkHeaders looks for the blocks «text in FILE» in that file.
func checkHeaders(t *testing.T, site string) {
	for _, b := range blocks(t, "formats.md") {
		if len(b.info) < 2 || b.info[0] != "in" {
			continue
		}
		if text := read(t, filepath.Join(site, b.info[1])); !strings.Contains(text, b.text) {
			t.Errorf("formats.md:%d: %s has no such lines; it is\n%s", b.line, b.info[1], text)
		}
	}
}

var (
	opening   = regexp.MustCompile(`<(?:html|li class="card|article class="listing)[^>]*>`)
	attribute = regexp.MustCompile(` (data-[a-z]+)`)
)

// checkAttributes compares the data- attributes of pages, cards and listings
// with the table.
func checkAttributes(t *testing.T, site string) {
	var told []string
	for _, row := range rows(t, "formats.md", "What scripts can read") {
		if name := strings.Trim(row[0], "`"); strings.HasPrefix(name, "data-") {
			told = append(told, name)
		}
	}
	met := map[string]bool{}
	for _, l := range listings(t, site) {
		for _, tag := range opening.FindAllString(read(t, filepath.Join(site, l.Path, "index.html")), -1) {
			for _, m := range attribute.FindAllStringSubmatch(tag, -1) {
				met[m[1]] = true
			}
		}
	}
	slices.Sort(told)
	if diff := cmp.Diff(told, slices.Sorted(maps.Keys(met))); diff != "" {
		t.Errorf("attributes of pages, cards and listings (-formats.md +pages):\n%s", diff)
	}
}

// listed is a listing of catalogue.json, as far as it is asked for here.
type listed struct {
	Path        string
	Opportunity struct{ Kind string }
}

func listings(t *testing.T, site string) []listed {
	t.Helper()
	var all []listed
	for line := range strings.Lines(read(t, filepath.Join(site, "catalogue.ndjson"))) {
		var l listed
		if err := json.Unmarshal([]byte(line), &l); err != nil {
			t.Fatal(err)
		}
		all = append(all, l)
	}
	if len(all) == 0 {
		t.Fatal("catalogue.ndjson has no listings")
	}
	return all
}

var firstType = regexp.MustCompile(`"@graph":\[\{"@type":"(\w+)"`)

// checkTypes compares the kinds and the schema.org types of listings with the
// table: all kinds are there, and each type is one of its kind's row.
func checkTypes(t *testing.T, site string) {
	types := map[string][]string{}
	for _, row := range rows(t, "formats.md", "What search engines read") {
		for _, kind := range names(row[0]) {
			types[kind] = names(row[1])
		}
	}
	met := map[string]bool{}
	for _, l := range listings(t, site) {
		kind := l.Opportunity.Kind
		met[kind] = true
		m := firstType.FindStringSubmatch(read(t, filepath.Join(site, l.Path, "index.html")))
		if m == nil || !slices.Contains(types[kind], m[1]) {
			t.Errorf("%s: a %s is %q; formats.md says %q", l.Path, kind, m, types[kind])
		}
	}
	if diff := cmp.Diff(slices.Sorted(maps.Keys(types)), slices.Sorted(maps.Keys(met))); diff != "" {
		t.Errorf("kinds (-formats.md +sample):\n%s", diff)
	}
}

// names are the words in code quotes of a cell.
func names(cell string) []string {
	var all []string
	for _, m := range quoted.FindAllStringSubmatch(cell, -1) {
		all = append(all, m[1])
	}
	return all
}
