package schema

import (
	"bytes"
	"embed"
	"encoding/json"
	"fmt"
	"io/fs"
	"maps"
	"strings"
)

//go:embed *.schema.json
var published embed.FS

// commonFile holds the definitions that the schemas of several kinds refer to.
const commonFile = "common.schema.json"

// Files are the schemas that a catalogue publishes, by file name: one a kind
// ("opportunity.schema.json"), the definitions that they share
// ("common.schema.json"), and one a kind that can be translated
// ("opportunity.translation.schema.json"). They refer to each other by name
// alone, so that they work under any address.
func Files() map[string][]byte {
	files := map[string][]byte{}
	for _, name := range embedded() {
		files[name] = source(name)
	}
	for _, kind := range Kinds {
		if tree, ok := translation(kind); ok {
			files[translationFile(kind)] = indented(tree)
		}
	}
	return files
}

func schemaFile(kind Kind) string      { return string(kind) + ".schema.json" }
func translationFile(kind Kind) string { return string(kind) + ".translation.schema.json" }

// embedded are the names of the schemas that are written by hand, sorted.
func embedded() []string {
	names, err := fs.Glob(published, "*.schema.json")
	if err != nil {
		panic(err)
	}
	return names
}

func source(name string) []byte {
	text, err := published.ReadFile(name)
	if err != nil {
		panic(fmt.Sprintf("schema: %v", err))
	}
	return text
}

// node is a JSON Schema as it is written.
type node = map[string]any

// parsed is a schema that is written by hand.
func parsed(name string) node {
	var tree node
	if err := json.Unmarshal(source(name), &tree); err != nil {
		panic(fmt.Sprintf("schema: %s: %v", name, err))
	}
	return tree
}

func indented(tree node) []byte {
	var out bytes.Buffer
	e := json.NewEncoder(&out)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	if err := e.Encode(tree); err != nil {
		panic(fmt.Sprintf("schema: %v", err))
	}
	return out.Bytes()
}

// trees are schemas by file name, for looking things up in them.
type trees map[string]node

// resolved is a node of a file with its reference followed: the definition,
// under the node's own words. Our references stand beside annotations only.
func (t trees) resolved(n node) node {
	ref, ok := n["$ref"].(string)
	if !ok {
		return n
	}
	out := maps.Clone(t.resolved(t.definition(ref)))
	maps.Copy(out, n)
	delete(out, "$ref")
	return out
}

// definition is what a reference leads to.
func (t trees) definition(ref string) node {
	_, name, _ := strings.Cut(ref, "#/$defs/")
	definition, ok := t[commonFile]["$defs"].(node)[name].(node)
	if !ok {
		panic("schema: no definition " + ref)
	}
	return definition
}

// property is the schema of a property of an object's schema, resolved; nil
// if there is none.
func (t trees) property(n node, name string) node {
	properties, _ := n["properties"].(node)
	if p, ok := properties[name].(node); ok {
		return t.resolved(p)
	}
	return nil
}

// at is the schema of the value at a JSON Pointer of an instance, resolved;
// nil if there is none.
func (t trees) at(n node, pointer string) node {
	n = t.resolved(n)
	for _, key := range keys(pointer) {
		if items, ok := n["items"].(node); ok {
			n = t.resolved(items)
		} else if n = t.property(n, key); n == nil {
			return nil
		}
	}
	return n
}
