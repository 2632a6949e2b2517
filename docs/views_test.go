package docs_test

import (
	"fmt"
	"go/ast"
	"go/doc"
	"go/parser"
	"go/token"
	"maps"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"fursa/generator/plan"
)

const (
	viewsBegin = "<!-- views -->\n"
	viewsEnd   = "<!-- end -->"
)

// What templates see stands in theming.md as the Go source has it: the
// templates with their views, then the fields of each type.
func TestViewsAreDocumented(t *testing.T) {
	page := read(t, "theming.md")
	before, rest, found := strings.Cut(page, viewsBegin)
	_, after, closed := strings.Cut(rest, viewsEnd)
	if !found || !closed {
		t.Fatalf("theming.md has no place for the views: %s%s", viewsBegin, viewsEnd)
	}
	want := before + viewsBegin + views(t) + viewsEnd + after
	if *update {
		if err := os.WriteFile("theming.md", []byte(want), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	if diff := cmp.Diff(page, want); diff != "" {
		t.Errorf("theming.md differs from the source; make golden writes it anew (-page +source):\n%s", diff)
	}
}

// views is a table of templates, and a section for each type.
func views(t *testing.T) string {
	seen := seenTypes{types: map[string]reflect.Type{}, always: map[string]bool{}}
	var b strings.Builder
	b.WriteString("| template | sees |\n|---|---|\n")
	for _, name := range slices.Sorted(maps.Keys(plan.Views())) {
		view := reflect.ValueOf(plan.Views()[name])
		fmt.Fprintf(&b, "| `%s` | %s |\n", name, viewType(view.Type()))
		seen.add(view.Type())
		seen.present(view)
	}
	for _, x := range declared(t) {
		if typ, ok := seen.types[x.Name]; ok {
			seen.write(&b, x, typ)
		}
	}
	return b.String()
}

// declared are the types of the package plan with their comments, in the
// order of the alphabet.
func declared(t *testing.T) []*doc.Type {
	t.Helper()
	names, err := filepath.Glob("../generator/plan/*.go")
	if err != nil {
		t.Fatal(err)
	}
	set := token.NewFileSet()
	var files []*ast.File
	for _, name := range names {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		f, err := parser.ParseFile(set, name, nil, parser.ParseComments)
		if err != nil {
			t.Fatal(err)
		}
		files = append(files, f)
	}
	p, err := doc.NewFromFiles(set, files, "fursa/generator/plan")
	if err != nil {
		t.Fatal(err)
	}
	return p.Types
}

// seenTypes are the structs that templates come to; always are the fields,
// as Type.Field, of pointers that are there on every page.
type seenTypes struct {
	types  map[string]reflect.Type
	always map[string]bool
}

func (s seenTypes) add(t reflect.Type) {
	switch t.Kind() {
	case reflect.Pointer, reflect.Slice, reflect.Map:
		s.add(t.Elem())
	case reflect.Struct:
		if s.types[t.Name()] != nil {
			return
		}
		s.types[t.Name()] = t
		for f := range t.Fields() {
			s.add(f.Type)
		}
	}
}

func (s seenTypes) present(v reflect.Value) {
	if v = reflect.Indirect(v); v.Kind() != reflect.Struct {
		return
	}
	for f, value := range v.Fields() {
		if value.Kind() == reflect.Pointer && !value.IsNil() {
			s.always[v.Type().Name()+"."+f.Name] = true
		}
		s.present(value)
	}
}

// write writes the section of a type.
func (s seenTypes) write(b *strings.Builder, x *doc.Type, t reflect.Type) {
	fmt.Fprintf(b, "\n### %s\n\n%s\n", x.Name, comment(x.Doc))
	b.WriteString("| field | is | |\n|---|---|---|\n")
	for _, f := range x.Decl.Specs[0].(*ast.TypeSpec).Type.(*ast.StructType).Fields.List {
		if len(f.Names) == 0 {
			name := f.Type.(*ast.Ident).Name
			fmt.Fprintf(b, "| | all of %s | |\n", viewType(s.types[name]))
		}
		said := strings.TrimSpace(comment(f.Doc.Text() + f.Comment.Text()))
		for i, name := range f.Names {
			field, _ := t.FieldByName(name.Name)
			is := viewType(field.Type)
			if field.Type.Kind() == reflect.Pointer && !s.always[x.Name+"."+name.Name] {
				is += ", or nothing"
			}
			if i > 0 {
				said = ""
			}
			b.WriteString(row(name.Name, is, said))
		}
	}
	for _, m := range x.Methods {
		b.WriteString(row(m.Name, "text", strings.TrimSpace(comment(m.Doc))))
	}
}

func row(name, is, said string) string {
	return strings.ReplaceAll(fmt.Sprintf("| `.%s` | %s | %s |\n", name, is, said), "  ", " ")
}

// comment is a Go comment on one line of Markdown, names in «» as code.
func comment(s string) string {
	s = strings.NewReplacer("\n", " ", "«", "`", "»", "`", "|", `\|`).Replace(strings.TrimSpace(s))
	if s == "" {
		return ""
	}
	return s + "\n"
}

// viewType is a type in theme authors' words.
func viewType(t reflect.Type) string {
	switch t.Kind() {
	case reflect.Pointer:
		return viewType(t.Elem())
	case reflect.Slice:
		return "list of " + viewType(t.Elem())
	case reflect.Map:
		return "map of " + viewType(t.Elem())
	case reflect.Struct:
		return fmt.Sprintf("[%s](#%s)", t.Name(), strings.ToLower(t.Name()))
	case reflect.Bool:
		return "true or false"
	case reflect.Int, reflect.Int64, reflect.Float64:
		return "number"
	}
	if t.Name() == "HTML" {
		return "HTML"
	}
	return "text"
}
