package schema

import (
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"testing"

	"fursa/schema/diag"
	"fursa/schema/document"
)

// Every schema has a shape: none of them is left to the library alone, which
// could judge them all.
func TestEverySchemaHasAShape(t *testing.T) {
	for name, judge := range NewValidator().judges {
		j := judge()
		if j == nil {
			continue
		}
		if j.shape == nil {
			t.Errorf("%s has none", name)
		}
		if j.library() == nil {
			t.Errorf("%s is not compiled", name)
		}
	}
}

// A schema that says more than shapes know has none.
func TestForeignKeywordsHaveNoShape(t *testing.T) {
	for _, tree := range []node{
		{"not": node{"type": "string"}},
		{"properties": node{"a": node{"multipleOf": 5.0}}},
		{"items": true},
		{"$ref": "common.schema.json#/$defs/odd"},
	} {
		m := shaper{trees: trees{commonFile: node{"$defs": node{"odd": node{"else": node{}}}}}, known: map[string]*shape{}}
		if m.shape(tree); !m.foreign {
			t.Errorf("%v has a shape", tree)
		}
	}
}

func TestFormatsAreAsserted(t *testing.T) {
	j := NewValidator().judges["page.schema.json"]()
	for _, value := range []map[string]any{{"title": "<b>"}, {"title": "Us", "lang": "English"}} {
		if j.faults(value) == nil {
			t.Errorf("%v passed", value)
		}
	}
	badDate := map[string]any{"covers": []any{"providers/museum"}, "statement": "Fit for classes.", "from": "2026-02-30"}
	j = NewValidator().judges["endorsement.schema.json"]()
	if faults := j.faults(badDate); len(faults) != 1 || faults[0].pointer != "/from" || faults[0].keyword != "format" {
		t.Errorf("a bad date: %v", faults)
	}
}

// No schema is fetched, from the network or from the disk.
func TestNothingIsFetched(t *testing.T) {
	file, err := filepath.Abs("common.schema.json")
	if err != nil {
		t.Fatal(err)
	}
	for _, url := range []string{
		"https://host.example/common.schema.json", "file://" + filepath.ToSlash(file),
		"common.schema.json", "embedded:///other.schema.json", "embedded:///x/common.schema.json",
	} {
		if r, err := load(url); err == nil {
			r.Close()
			t.Errorf("%s was loaded", url)
		}
	}
	if _, err := load("embedded:///common.schema.json"); err != nil {
		t.Error(err)
	}
}

func TestValidatorIsSafeForConcurrentUse(t *testing.T) {
	text, err := os.ReadFile("testdata/invalid/unknown-key.opportunity.md")
	if err != nil {
		t.Fatal(err)
	}
	v := NewValidator()
	var group sync.WaitGroup
	for range 8 {
		group.Go(func() {
			d, _ := document.Parse(&diag.Source{Path: "a.md", Text: text})
			if n := len(v.Check(KindOpportunity, "", d)); n != 1 {
				t.Errorf("%d problems", n)
			}
		})
	}
	group.Wait()
}

// What a shape says and what the library says is the same for every valid
// fixture with any one of its values replaced, left out, or joined by another:
// valid, or with something to report.
func TestShapesAgreeWithTheLibrary(t *testing.T) {
	files, err := filepath.Glob("testdata/valid/full.*")
	if err != nil {
		t.Fatal(err)
	}
	v := NewValidator()
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		d, _ := document.Parse(&diag.Source{Path: file, Text: text})
		parts := strings.Split(filepath.Base(file), ".")
		name := schemaFile(Kind(parts[1]))
		if parts[2] == "ar" {
			name = translationFile(Kind(parts[1]))
		}
		j := v.judges[name]()
		original := d.Value
		for pointer := range places(original) {
			for _, value := range strange {
				d.Value = copied(original).(map[string]any)
				put(d.Value, pointer, value)
				agree(t, j, d, pointer)
			}
			d.Value = copied(original).(map[string]any)
			put(d.Value, pointer, nil)
			agree(t, j, d, pointer)
		}
	}
}

// agree compares the two judges of one value.
func agree(t *testing.T, j *judge, d *document.Document, pointer string) {
	t.Helper()
	fits, problems := j.shape.fits(d.Value), j.explain(d)
	if fits != (len(problems) == 0) {
		t.Errorf("%s with %s = %v: the shape says %t, the library finds %v", j.name, pointer, lookup(d.Value, pointer), fits, problems)
	}
}

// places are the pointers of all values in a table, and for each table one of
// a key that it does not have.
func places(table map[string]any) map[string]bool {
	found := map[string]bool{}
	walk("", table, func(pointer string, table map[string]any) {
		found[child(pointer, "sumary")] = true
		for key, value := range table {
			found[child(pointer, key)] = true
			list, _ := value.([]any)
			for i := range list {
				found[child(child(pointer, key), strconv.Itoa(i))] = true
			}
		}
	})
	return found
}

// put sets the value at a pointer; nil takes it away.
func put(table map[string]any, pointer string, value any) {
	parts := keys(pointer)
	last := parts[len(parts)-1]
	switch holder := lookup(table, parent(pointer)).(type) {
	case map[string]any:
		holder[last] = value
		if value == nil {
			delete(holder, last)
		}
	case []any:
		i, _ := strconv.Atoi(last)
		holder[i] = value
		if value == nil {
			holder[i] = holder[0]
		}
	}
}

// strange are values that stand where others should.
var strange = []any{
	"", " ", "x", "Not <b>plain</b> text", "https://host.example/", "2026-11-22", "12:00", "en",
	strings.Repeat("x", 120), strings.Repeat("long ", 150), int64(120), int64(-1), int64(0), int64(7), int64(1 << 40), 1.5, true, false,
	[]any{}, []any{"x", "x"}, []any{int64(1), 1.0}, []any{map[string]any{}}, map[string]any{}, map[string]any{"x": int64(1)},
}
