package schema

import (
	"reflect"
	"slices"
	"strings"
)

// Field is a property of a kind of record as a form shows it: its words, and
// what its value may be. The rules themselves are the schema's.
type Field struct {
	// Name is the key, Path the dotted keys that lead to it: "place.name". An
	// entry's fields follow their list: "sessions.start".
	Name, Path string
	// Title and Description are by language, and so is Example, the schema's own
	// as people would type it; texts that are no words have one in English alone.
	Title, Description, Example Text
	// Type is the schema's: string, integer, number, boolean, array or object.
	Type   string
	Format string
	// Values are those that it can have, nil where it is free.
	Values   []string
	Required bool
	// MaxLength is in characters; 0 where there is no limit.
	MaxLength int
	// Inline says of a table that Encode writes it on the line of its key.
	Inline bool
	// Fields are a table's, or those of each entry of a list of tables. Items is
	// what a list of other things holds.
	Fields []Field
	Items  *Field
}

// Fields are the properties of a kind of record, in the order in which Encode
// writes them.
func Fields(kind Kind) []Field {
	f := fieldReader{trees{commonFile: parsed(commonFile), schemaFile(kind): parsed(schemaFile(kind))}}
	return f.table("", f.trees[schemaFile(kind)], reflect.TypeOf(recordOf(kind)))
}

type fieldReader struct{ trees trees }

// table are the fields of a table's schema n, of which t is the type.
func (f fieldReader) table(path string, n node, t reflect.Type) []Field {
	must, _ := n["required"].([]any)
	var fields []Field
	for i := range t.NumField() {
		name, _, _ := strings.Cut(t.Field(i).Tag.Get("json"), ",")
		inner := t.Field(i).Type
		if inner.Kind() == reflect.Pointer {
			inner = inner.Elem()
		}
		field := f.field(strings.TrimPrefix(path+"."+name, "."), f.trees.property(n, name), inner)
		field.Required = slices.Contains(must, any(name))
		fields = append(fields, field)
	}
	return fields
}

// field is one field, whose schema is n and whose type is t.
func (f fieldReader) field(path string, n node, t reflect.Type) Field {
	field := Field{
		Name: path[strings.LastIndexByte(path, '.')+1:], Path: path,
		Title: said(n, "title"), Description: said(n, "description"), Example: examples(n),
	}
	field.Type, _ = n["type"].(string)
	field.Format, _ = n["format"].(string)
	for _, v := range list(n["enum"]) {
		field.Values = append(field.Values, v.(string))
	}
	if most, ok := n["maxLength"].(float64); ok {
		field.MaxLength = int(most)
	}
	switch field.Type {
	case "object":
		field.Inline = isInline(t)
		field.Fields = f.table(path, n, t)
	case "array":
		items := f.trees.resolved(n["items"].(node))
		if items["type"] == "object" {
			field.Fields = f.table(path, items, t.Elem())
			break
		}
		item := f.field(path, items, t.Elem())
		field.Items = &item
	}
	return field
}

// said are the words of a schema by language.
func said(n node, key string) Text {
	text := Text{}
	if s, ok := n[key].(string); ok {
		text["en"] = s
	}
	i18n, _ := n["x-i18n"].(node)
	for lang, words := range i18n {
		if s, ok := words.(node)[key].(string); ok {
			text[lang] = s
		}
	}
	return text
}

// examples are the first example of a schema, by language. Those of tables are
// in their fields.
func examples(n node) Text {
	text := Text{}
	if s := shown(n); s != "" {
		text["en"] = s
	}
	i18n, _ := n["x-i18n"].(node)
	for lang, words := range i18n {
		if s := shown(words.(node)); s != "" {
			text[lang] = s
		}
	}
	return text
}

// shown is the first example of a schema, empty where there is none.
func shown(n node) string {
	examples := list(n["examples"])
	if len(examples) == 0 {
		return ""
	}
	values, several := examples[0].([]any)
	if !several {
		values = examples[:1]
	}
	var parts []string
	for _, v := range values {
		switch v := v.(type) {
		case string:
			parts = append(parts, v)
		case float64:
			parts = append(parts, inline(v))
		}
	}
	return strings.Join(parts, ", ")
}

func list(v any) []any {
	l, _ := v.([]any)
	return l
}
