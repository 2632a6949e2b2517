package plan_test

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"maps"
	"path"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"fursa/schema"
)

// exported is what the exports say of a listing, in part.
type exported struct {
	ID, URL, Path, Provider, Language string
	Ended                             bool
	Opportunity                       schema.Opportunity
}

func TestExportsAgree(t *testing.T) {
	s := sampleAt(t, "")
	var whole struct {
		ID       string
		Counts   struct{ Current, Listings, Providers int }
		Listings []json.RawMessage
	}
	if err := json.Unmarshal(s.files["catalogue.json"], &whole); err != nil {
		t.Fatal(err)
	}
	if n := len(s.Catalogue.Listings); n == 0 || len(whole.Listings) != n || whole.Counts.Listings != n {
		t.Errorf("%d listings in catalogue.json, which says %d; the catalogue has %d", len(whole.Listings), whole.Counts.Listings, n)
	}
	var lines []json.RawMessage
	decoder := json.NewDecoder(bytes.NewReader(s.files["catalogue.ndjson"]))
	for decoder.More() {
		var line json.RawMessage
		if err := decoder.Decode(&line); err != nil {
			t.Fatal(err)
		}
		lines = append(lines, line)
	}
	if diff := cmp.Diff(texts(whole.Listings), texts(lines)); diff != "" {
		t.Errorf("(-catalogue.json +catalogue.ndjson):\n%s", diff)
	}
	if !slices.IsSortedFunc(lines, func(a, b json.RawMessage) int { return strings.Compare(pathOf(t, a), pathOf(t, b)) }) {
		t.Error("the listings are not in the order of their paths, by which the form looks for them")
	}
	rows := table(t, s)
	if len(rows) != len(lines) {
		t.Fatalf("%d rows in catalogue.csv, want %d", len(rows), len(lines))
	}
	for i, line := range lines {
		var x exported
		if err := json.Unmarshal(line, &x); err != nil {
			t.Fatal(err)
		}
		want := row(x)
		maps.DeleteFunc(rows[i], func(column, _ string) bool { _, compared := want[column]; return !compared })
		if diff := cmp.Diff(want, rows[i]); diff != "" {
			t.Errorf("%s (-catalogue.ndjson +catalogue.csv):\n%s", x.Path, diff)
		}
		if file, elsewhere := s.find(t, "", x.URL); elsewhere || s.files[file] == nil {
			t.Errorf("%s is not there", x.URL)
		}
		if diff := cmp.Diff(*s.Catalogue.Listings[i].Value, x.Opportunity); diff != "" {
			t.Errorf("%s (-record +export):\n%s", x.Path, diff)
		}
	}
}

func texts(raw []json.RawMessage) []string {
	var all []string
	for _, r := range raw {
		all = append(all, string(r))
	}
	return all
}

// table is the rows of catalogue.csv, a cell by the name of its column.
func table(t *testing.T, s site) []map[string]string {
	t.Helper()
	content, marked := bytes.CutPrefix(s.files["catalogue.csv"], []byte("\uFEFF"))
	if !marked {
		t.Error("catalogue.csv has no byte order mark: spreadsheets read Arabic wrongly")
	}
	lines, err := csv.NewReader(bytes.NewReader(content)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	var rows []map[string]string
	for _, line := range lines[1:] {
		cells := map[string]string{}
		for i, name := range lines[0] {
			cells[name] = line[i]
		}
		rows = append(rows, cells)
	}
	return rows
}

// row is what a table's row must say of a listing.
func row(x exported) map[string]string {
	v := x.Opportunity
	return map[string]string{
		"id": x.ID, "url": x.URL, "title": v.Title, "summary": v.Summary, "provider": x.Provider, "kind": v.Kind,
		"mode": v.Mode, "ended": fmt.Sprint(x.Ended), "subjects": strings.Join(v.Subjects, "; "),
	}
}

// What says who this is points at files that are there.
func TestAbout(t *testing.T) {
	s := sampleAt(t, "")
	var about struct {
		ID, URL, Manifest string
		Feeds             []struct{ Type, Language, URL string }
	}
	if err := json.Unmarshal(s.files["fursa/catalogue.json"], &about); err != nil {
		t.Fatal(err)
	}
	if about.ID != s.Catalogue.ID || about.URL != s.base.String() || len(about.Feeds) != 9 {
		t.Errorf("%+v", about)
	}
	for _, f := range about.Feeds {
		if file, elsewhere := s.find(t, "", f.URL); elsewhere || s.files[file] == nil {
			t.Errorf("%s is not there", f.URL)
		}
	}
}

// The schemas refer to each other by the names that they are published under.
func TestSchemasArePublished(t *testing.T) {
	s := sampleAt(t, "")
	for name, content := range schema.Files() {
		if !bytes.Equal(s.files[path.Join("schema", name)], content) {
			t.Errorf("schema/%s is not there, or another", name)
		}
	}
}

// pathOf is the path of a line of the exports.
func pathOf(t *testing.T, line json.RawMessage) string {
	t.Helper()
	var x exported
	if err := json.Unmarshal(line, &x); err != nil {
		t.Fatal(err)
	}
	return x.Path
}
