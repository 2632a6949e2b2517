// Package themes holds the default theme and lays another over it: a file of
// the same name replaces one, the rest is inherited. It knows templates, style
// files, scripts, messages and assets, and checks templates against the types
// that they are given; what they show is generator/plan's.
package themes

import (
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"fmt"
	"html/template"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strings"
	"text/template/parse"

	"fursa/schema/diag"
)

//go:embed default
var defaultFiles embed.FS

// Theme is a set of templates, style files and scripts.
type Theme struct {
	templates *template.Template
	files     map[string]*diag.Source // by their paths in the theme
	funcs     template.FuncMap
	sources   map[string]*diag.Source // of the templates' files, by name
	own       map[string]bool         // the templates that are not the default theme's files
	broken    bool                    // a template has an error of syntax
	messages  map[string]*diag.Source // by language
	assets    map[string]Asset
	// Hash changes with any file of the theme.
	Hash string
}

// patterns are the files that a theme is made of.
var patterns = []string{"templates/*.html", "styles/*.css", "styles/board/*.css", "styles/more/*.css", "scripts/*.ts", "scripts/search/*.ts", "scripts/submit/*.ts", "messages/*.toml", "assets/*"}

// Default is the default theme's files: templates/*.html, styles/*.css,
// styles/board/*.css, styles/more/*.css, scripts/*.ts, scripts/search/*.ts and
// scripts/submit/*.ts.
func Default() fs.FS {
	sub, err := fs.Sub(defaultFiles, "default")
	if err != nil {
		panic(err)
	}
	return sub
}

// Load reads the default theme with another's files over it; over may be nil,
// name says where its files stand. Templates may call the functions of funcs,
// which With can replace.
func Load(over fs.FS, name string, funcs template.FuncMap) (*Theme, diag.List, error) {
	files, err := layered(over, name)
	if err != nil {
		return nil, nil, err
	}
	t := &Theme{
		templates: template.New("").Funcs(funcs), funcs: funcs, files: files,
		sources: map[string]*diag.Source{}, own: map[string]bool{},
		messages: map[string]*diag.Source{}, assets: map[string]Asset{},
	}
	hash := sha256.New()
	var list diag.List
	for _, file := range slices.Sorted(maps.Keys(files)) {
		src := files[file]
		fmt.Fprintf(hash, "%s\x00%d\x00", file, len(src.Text))
		hash.Write(src.Text)
		switch path.Dir(file) {
		case "templates":
			t.own[templateName(file)] = over != nil && src.Path == path.Join(name, file)
			list = append(list, t.parse(file, src)...)
		case "messages":
			list = append(list, t.addMessages(src)...)
		case "assets":
			list = append(list, t.addAsset(src)...)
		}
	}
	t.Hash = hex.EncodeToString(hash.Sum(nil))
	return t, list, nil
}

// templateName is the name that a template is called by, of its file.
func templateName(file string) string { return strings.TrimSuffix(path.Base(file), ".html") }

// parse reads a template's file.
func (t *Theme) parse(file string, src *diag.Source) diag.List {
	name := templateName(file)
	t.sources[name] = src
	if _, err := t.templates.New(name).Parse(string(src.Text)); err != nil {
		t.broken = true
		return diag.List{t.unreadable(src, err)}
	}
	return nil
}

// layered are the files of the default theme and those that replace them.
func layered(over fs.FS, name string) (map[string]*diag.Source, error) {
	files := map[string]*diag.Source{}
	for _, layer := range []struct {
		fs   fs.FS
		name string
	}{{Default(), "themes/default"}, {over, name}} {
		if layer.fs == nil {
			continue
		}
		for _, pattern := range patterns {
			names, err := fs.Glob(layer.fs, pattern)
			if err != nil {
				return nil, err
			}
			for _, n := range names {
				if hidden(n) {
					continue
				}
				text, err := fs.ReadFile(layer.fs, n)
				if err != nil {
					return nil, fmt.Errorf("read theme: %w", err)
				}
				files[n] = &diag.Source{Path: path.Join(layer.name, n), Text: text}
			}
		}
	}
	return files, nil
}

// With is the theme's templates calling other functions of the same names.
// Messages, which templates ask for as {{t "key"}}, are put in once and for
// all: a page has dozens, and a catalogue tens of thousands of pages.
func (t *Theme) With(funcs template.FuncMap, message func(key string) string) (*template.Template, error) {
	c, err := t.templates.Clone()
	if err != nil {
		return nil, fmt.Errorf("theme: %w", err)
	}
	for _, x := range c.Templates() {
		if x.Tree != nil {
			settle(x.Tree.Root, c, message)
		}
	}
	return c.Funcs(funcs), nil
}

// settle does once what would be done for every page: it replaces calls for a
// message by the message, as text that is safe in HTML and in quoted
// attributes, and calls of a small template with the same dot by what stands
// in that template.
func settle(list *parse.ListNode, all *template.Template, message func(key string) string) {
	if list == nil {
		return
	}
	for i, node := range list.Nodes {
		switch n := node.(type) {
		case *parse.ActionNode:
			if key, ok := messageKey(n.Pipe); ok {
				list.Nodes[i] = &parse.TextNode{NodeType: parse.NodeText, Pos: n.Pos, Text: []byte(template.HTMLEscapeString(message(key)))}
			}
		case *parse.TemplateNode:
			if called := all.Lookup(n.Name); called != nil && called.Tree != nil && n.Pipe != nil && n.Pipe.String() == "." && plain(called.Tree.Root) {
				list.Nodes[i] = called.Tree.Root.CopyList()
			}
		case *parse.IfNode:
			settle(n.List, all, message)
			settle(n.ElseList, all, message)
		case *parse.WithNode:
			settle(n.List, all, message)
			settle(n.ElseList, all, message)
		case *parse.RangeNode:
			settle(n.List, all, message)
			settle(n.ElseList, all, message)
		}
	}
}

// plain says whether a template is a single condition that calls no other
// template and asks for nothing but its dot.
func plain(list *parse.ListNode) bool {
	text := list.String()
	return len(list.Nodes) == 1 && list.Nodes[0].Type() == parse.NodeIf && !strings.ContainsAny(text, "$") && !strings.Contains(text, "{{template")
}

// messageKey is the key of a pipeline that is nothing but t "key".
func messageKey(p *parse.PipeNode) (string, bool) {
	if len(p.Decl) > 0 || len(p.Cmds) != 1 || len(p.Cmds[0].Args) != 2 {
		return "", false
	}
	name, isName := p.Cmds[0].Args[0].(*parse.IdentifierNode)
	key, isText := p.Cmds[0].Args[1].(*parse.StringNode)
	if !isName || !isText || name.Ident != "t" {
		return "", false
	}
	return key.Text, true
}
