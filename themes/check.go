package themes

import (
	"errors"
	"fmt"
	"html/template"
	"io"
	"maps"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"text/template/parse"

	"fursa/schema"
	"fursa/schema/diag"
)

// Check finds what would keep the templates from being rendered: unknown
// fields, templates, messages and assets, values of the wrong type, tags that
// don't end. Views are values that pages give to templates, by the templates'
// names, with as little in them as may be. An error is a failure that no
// template caused.
func (t *Theme) Check(views map[string]any) (diag.List, error) {
	keys, err := t.keys()
	if err != nil {
		return nil, err
	}
	c := &check{Theme: t, keys: keys, seen: map[call]bool{}, called: map[string]bool{}}
	for _, name := range slices.Sorted(maps.Keys(views)) {
		c.template(name, reflect.TypeOf(views[name]))
	}
	c.unused()
	if t.broken {
		return c.list, nil
	}
	return c.list, c.render(views)
}

// check is one check of a theme under way.
type check struct {
	*Theme
	keys   []string
	list   diag.List
	seen   map[call]bool
	called map[string]bool
}

// call is a template called with a dot of a type.
type call struct {
	name string
	dot  reflect.Type
}

func (c *check) add(d diag.Diagnostic) { c.list = append(c.list, d) }

// template checks a template for a dot of a type; nil is any type.
func (c *check) template(name string, dot reflect.Type) {
	if c.seen[call{name, dot}] {
		return
	}
	c.seen[call{name, dot}], c.called[name] = true, true
	if x := c.templates.Lookup(name); x != nil && x.Tree != nil {
		// A template that is defined in another's file stands there.
		c.called[x.Tree.ParseName] = true
		w := &walk{check: c, file: c.sources[x.Tree.ParseName], vars: []variable{{"$", dot}}}
		w.list(dot, x.Tree.Root)
	}
}

// unknownTemplate says that there is no template of a name.
func (c *check) unknownTemplate(at diag.Span, name string) {
	d := diag.New("theme/missing-template", at, "name", name)
	if near, ok := schema.Near(name, c.names()); ok {
		d.Args = append(d.Args, diag.Args("near", near)...)
		d = d.Hinted("near")
	}
	c.add(d)
}

// names are the names of all templates.
func (t *Theme) names() []string {
	var names []string
	for _, x := range t.templates.Templates() {
		if x.Name() != "" {
			names = append(names, x.Name())
		}
	}
	slices.Sort(names)
	return names
}

// unused warns of the files of a theme that no page comes to: most likely
// their names are misspelt.
func (c *check) unused() {
	var standard []string
	for _, name := range c.names() {
		if !c.own[name] {
			standard = append(standard, name)
		}
	}
	for _, name := range slices.Sorted(maps.Keys(c.own)) {
		if !c.own[name] || c.called[name] {
			continue
		}
		d := diag.Warn("theme/unused-template", diag.Span{Source: c.sources[name]}, "name", name)
		if near, ok := schema.Near(name, standard); ok {
			d.Args = append(d.Args, diag.Args("near", near)...)
			d = d.Hinted("near")
		}
		c.add(d)
	}
}

// render renders each template with a view that holds as little as may be.
// That makes html/template look at the markup around each value, and shows
// where a template relies on what need not be there.
func (c *check) render(views map[string]any) error {
	var templates *template.Template
	for _, name := range slices.Sorted(maps.Keys(views)) {
		if templates == nil {
			clone, err := c.templates.Clone()
			if err != nil {
				return fmt.Errorf("theme: %w", err)
			}
			templates = clone.Funcs(template.FuncMap{"t": func(key string, _ ...any) string { return key }})
		}
		err := templates.ExecuteTemplate(io.Discard, name, views[name])
		var unsafe *template.Error
		if errors.As(err, &unsafe) {
			templates = nil // it now refuses those that the template calls
			if unsafe.ErrorCode != template.ErrNoSuchTemplate {
				c.add(c.unsafe(name, unsafe))
			}
		}
		// Functions have no language here: what they say is not meant.
		if d, ok := c.Explain(err); ok && d.Rule == "theme/absent" {
			c.add(d)
		}
	}
	return nil
}

// unsafe is an error of html/template. It is told of the place where it was
// noticed, often in a template that includes the one with the mistake: a tag
// that does not end, in a file of the theme's own, goes before.
func (c *check) unsafe(page string, err *template.Error) diag.Diagnostic {
	for _, name := range c.reached(page) {
		if src := c.sources[name]; c.own[name] {
			if at := unclosed(src.Text); at >= 0 {
				return broken(diag.Span{Source: src, Start: at, End: at + 1}, "the tag or quoted value that begins here does not end")
			}
		}
	}
	at := c.locate(err.Error(), "")
	if at.Source == nil {
		at = diag.Span{Source: c.sources[page]}
	}
	return broken(at, plainly(err))
}

// reached are the files of the templates that a template calls, itself
// included, sorted.
func (c *check) reached(name string) []string {
	names := map[string]bool{}
	var visit func(name string)
	visit = func(name string) {
		x := c.templates.Lookup(name)
		if x == nil || x.Tree == nil || names[name] {
			return
		}
		names[name], names[x.Tree.ParseName] = true, true
		eachCall(x.Tree.Root, visit)
	}
	visit(name)
	return slices.Sorted(maps.Keys(names))
}

// eachCall gives the names of the templates that a list of nodes calls.
func eachCall(list *parse.ListNode, f func(name string)) {
	if list == nil {
		return
	}
	for _, node := range list.Nodes {
		if n, ok := node.(*parse.TemplateNode); ok {
			f(n.Name)
		}
		if b := branchOf(node); b != nil {
			eachCall(b.List, f)
			eachCall(b.ElseList, f)
		}
	}
}

var (
	action = regexp.MustCompile(`(?s)\{\{.*?\}\}|<!--.*?-->`)
	tag    = regexp.MustCompile(`(?s)<[a-zA-Z/](?:[^<>"']|"[^"<]*"|'[^'<]*')*`)
	quote  = regexp.MustCompile(`["']`)
)

// unclosed is where a tag stands that does not end, or the quoted value in it
// that does not; -1 where there is none.
func unclosed(text []byte) int {
	text = action.ReplaceAllFunc(text, func(b []byte) []byte { return []byte(strings.Repeat(" ", len(b))) })
	for _, m := range tag.FindAllIndex(text, -1) {
		switch {
		case m[1] == len(text) || text[m[1]] == '<':
			return m[0]
		case text[m[1]] != '>' && quote.Match(text[m[1]:m[1]+1]):
			return m[1]
		}
	}
	return -1
}
