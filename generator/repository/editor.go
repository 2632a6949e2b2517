package repository

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"

	"fursa/schema"
)

// editorSchema is a schema as editors are told of it.
type editorSchema struct{ Name, Files, Translations string }

// editorSchemas are the schemas of files in TOML, and of their translations.
func editorSchemas() []editorSchema {
	return []editorSchema{
		{"catalogue.schema.json", "content/catalogue.toml", ""},
		{"school.schema.json", "content/schools/*.toml", "content/schools/*.*.toml"},
		{"badge.schema.json", "content/badges/*.toml", "content/badges/*.*.toml"},
		{"endorsement.schema.json", "content/endorsements/*/*.toml", "content/endorsements/*/*.*.toml"},
		{"peer.schema.json", "content/peers/*.toml", "content/peers/*.*.toml"},
		{"review.schema.json", "content/reviews/*.toml", ""},
		{"blocklist.schema.json", "content/blocklists/*.toml", ""},
		{"vocabulary.schema.json", "content/vocabularies/*.toml", ""},
		{"school.translation.schema.json", "content/schools/*.*.toml", ""},
		{"badge.translation.schema.json", "content/badges/*.*.toml", ""},
		{"endorsement.translation.schema.json", "content/endorsements/*/*.*.toml", ""},
		{"peer.translation.schema.json", "content/peers/*.*.toml", ""},
	}
}

// schemas are the schemas for editors, each whole in one file and in the
// leading language: the extension for TOML follows no reference to another
// file, and refuses a schema whose $id is no whole address.
func (w *writer) schemas() map[string][]byte {
	published := schema.Files()
	shared := parsed(published["common.schema.json"])
	files := map[string][]byte{}
	for _, s := range editorSchemas() {
		tree, ok := published[s.Name]
		if !ok {
			continue // this kind has no translations
		}
		whole := parsed(tree)
		delete(whole, "$id")
		delete(whole, "$schema")
		definitions, _ := whole["$defs"].(map[string]any)
		if definitions == nil {
			definitions = map[string]any{}
		}
		maps.Copy(definitions, shared["$defs"].(map[string]any))
		whole["$defs"] = definitions
		files[".vscode/schema/"+s.Name] = written(w.adapted(whole))
	}
	return files
}

// adapted is a part of a schema with its references inside the file, and its
// words in the leading language.
func (w *writer) adapted(part any) any {
	switch part := part.(type) {
	case []any:
		out := make([]any, len(part))
		for i, v := range part {
			out[i] = w.adapted(v)
		}
		return out
	case map[string]any:
		out := map[string]any{}
		for key, v := range part {
			if key != "x-i18n" {
				out[key] = w.adapted(v)
			}
		}
		if ref, ok := part["$ref"].(string); ok {
			out["$ref"] = ref[bytes.IndexByte([]byte(ref), '#'):]
		}
		if words, ok := part["x-i18n"].(map[string]any); ok {
			said, _ := words[w.speakers[0].Lang()].(map[string]any)
			maps.Copy(out, said)
		}
		return out
	}
	return part
}

func parsed(text []byte) map[string]any {
	var tree map[string]any
	if err := json.Unmarshal(text, &tree); err != nil {
		panic(fmt.Sprintf("repository: %v", err))
	}
	return tree
}

func written(tree any) []byte {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	if err := e.Encode(tree); err != nil {
		panic(fmt.Sprintf("repository: %v", err))
	}
	return b.Bytes()
}
