package docs_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"fursa/schema"
)

// node is a JSON Schema.
type node struct {
	Description string   `json:"description"`
	Type        string   `json:"type"`
	Ref         string   `json:"$ref"`
	Format      string   `json:"format"`
	Enum        []string `json:"enum"`
	Required    []string `json:"required"`
	Properties  fields   `json:"properties"`
	Items       *node    `json:"items"`
	Defs        fields   `json:"$defs"`
}

// fields are the properties of an object, in the order of their schema.
type fields []field

type field struct {
	name string
	*node
}

func (f *fields) UnmarshalJSON(text []byte) error {
	d := json.NewDecoder(bytes.NewReader(text))
	if _, err := d.Token(); err != nil {
		return err
	}
	for d.More() {
		name, err := d.Token()
		if err != nil {
			return err
		}
		n := field{name.(string), new(node)}
		if err := d.Decode(n.node); err != nil {
			return err
		}
		*f = append(*f, n)
	}
	return nil
}

// The tables of data-model.md, each between two comments, are made of the
// published schemas.
func TestFieldsAreDocumented(t *testing.T) {
	page := read(t, "data-model.md")
	want := page
	table := tables{schemaOf(t, "common").Defs}
	replace := func(name string, n *node) {
		begin, end := "<!-- fields of "+name+" -->\n", "<!-- end -->"
		before, rest, found := strings.Cut(want, begin)
		if !found {
			t.Errorf("data-model.md has no place for the fields of %s: %s%s", name, begin, end)
			return
		}
		_, after, _ := strings.Cut(rest, end)
		want = before + begin + table.of(n) + end + after
	}
	for _, kind := range schema.Kinds {
		replace(string(kind), schemaOf(t, string(kind)))
	}
	for _, def := range table.defs {
		if table.shared(def.name) {
			replace(def.name, def.node)
		}
	}
	if *update {
		if err := os.WriteFile("data-model.md", []byte(want), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	if diff := cmp.Diff(page, want); diff != "" {
		t.Errorf("data-model.md differs from the schemas; make golden writes it anew (-page +schemas):\n%s", diff)
	}
}

func schemaOf(t *testing.T, name string) *node {
	t.Helper()
	var n node
	if err := json.Unmarshal(schema.Files()[name+".schema.json"], &n); err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	return &n
}

// tables writes tables of fields.
type tables struct {
	defs fields // the definitions that the schemas share
}

// of is a table of an object's fields; those of tables in it follow them,
// dotted.
func (t tables) of(n *node) string {
	var b strings.Builder
	b.WriteString("| field | what it is | what to write |\n|---|---|---|\n")
	t.write(&b, "", n)
	return b.String()
}

func (t tables) write(b *strings.Builder, prefix string, n *node) {
	for _, p := range n.Properties {
		what := t.what(p.node)
		if slices.Contains(n.Required, p.name) {
			what += ", required"
		}
		text := strings.ReplaceAll(p.Description, "|", `\|`)
		if values := t.values(p.node); values != nil {
			text += " One of: " + strings.Join(values, ", ") + "."
		}
		fmt.Fprintf(b, "| `%s%s` | %s | %s |\n", prefix, p.name, what, text)
		t.write(b, prefix+p.name+".", p.node)
		if p.Items != nil {
			t.write(b, prefix+p.name+"[].", p.Items)
		}
	}
}

// def is the definition that a node refers to, with its name; else the node
// itself.
func (t tables) def(n *node) field {
	name, refers := strings.CutPrefix(n.Ref, "common.schema.json#/$defs/")
	if !refers {
		return field{"", n}
	}
	return t.defs[slices.IndexFunc(t.defs, func(d field) bool { return d.name == name })]
}

// shared says whether a definition is a table with a section of its own.
func (t tables) shared(name string) bool {
	return slices.Contains([]string{"place", "contact", "image", "safeguarding", "want", "colours"}, name)
}

// values are those that a field, or each entry of a list, may have; nil where
// there is no such list.
func (t tables) values(n *node) []string {
	d := t.def(n)
	if d.Items != nil {
		return d.Items.Enum
	}
	return d.Enum
}

// what is what a field holds, in people's words.
func (t tables) what(n *node) string {
	d := t.def(n)
	switch {
	case t.shared(d.name):
		return fmt.Sprintf("[%s](#%s)", d.name, d.name)
	case d.name == "label", d.name == "paragraph":
		return "text by language"
	case d.name == "ages":
		return "`min` and `max`"
	case d.name == "terms", d.name == "grades":
		return "list of " + d.name
	case d.Type == "array" && d.Items.Properties != nil:
		return "list of tables"
	case d.Type == "array":
		return "list of " + strings.Replace(t.what(d.Items)+"s", "sss", "sses", 1)
	}
	formats := map[string]string{
		"language-tag": "language tag", "date": "date", "date-or-time": "date or time", "local-time": "time of day",
		"currency-code": "currency code", "uri": "web address", "email": "e-mail address",
	}
	types := map[string]string{
		"string": "text", "integer": "whole number", "number": "number", "boolean": "true or false", "object": "table",
	}
	if word := formats[d.Format]; word != "" {
		return word
	}
	return types[d.Type]
}
