package themes

import (
	"reflect"
	"strconv"
	"strings"
	"text/template/parse"

	"fursa/schema/diag"
)

// walk goes through one template with the types of its values. A nil type is
// one that is not known: whatever is done with it is taken to be right, so
// that a sound template never has a problem. After a problem the type is not
// known, so that one mistake is told once.
type walk struct {
	*check
	file *diag.Source
	vars []variable
}

type variable struct {
	name string
	typ  reflect.Type
}

// branchOf is the condition or loop that a node is; nil where it is none.
func branchOf(node parse.Node) *parse.BranchNode {
	switch n := node.(type) {
	case *parse.IfNode:
		return &n.BranchNode
	case *parse.WithNode:
		return &n.BranchNode
	case *parse.RangeNode:
		return &n.BranchNode
	}
	return nil
}

func (w *walk) list(dot reflect.Type, list *parse.ListNode) {
	if list == nil {
		return
	}
	for _, node := range list.Nodes {
		switch n := node.(type) {
		case *parse.ActionNode:
			w.action(dot, n.Pipe)
		case *parse.TemplateNode:
			w.include(dot, n)
		default:
			if b := branchOf(node); b != nil {
				w.branch(dot, b)
			}
		}
	}
}

// action is what is written into the page: a struct or a list there would
// show as {Night sky  }.
func (w *walk) action(dot reflect.Type, pipe *parse.PipeNode) {
	t := w.pipe(dot, pipe)
	if len(pipe.Decl) > 0 || t == nil || shows(t) {
		return
	}
	d := diag.Warn("theme/not-text", w.at(pipe.Cmds[0].Args[0]), "what", pipe.String(), "type", describe(t), "known", strings.Join(members(t), " "))
	if len(members(t)) == 0 {
		d = d.Hinted("list")
	}
	w.add(d)
}

func (w *walk) include(dot reflect.Type, n *parse.TemplateNode) {
	given := nothing
	if n.Pipe != nil {
		given = w.pipe(dot, n.Pipe)
	}
	if w.templates.Lookup(n.Name) == nil {
		w.unknownTemplate(w.span(int(n.Pos), len(strconv.Quote(n.Name))), n.Name)
		return
	}
	w.template(n.Name, given)
}

// branch walks if, with and range. Variables that are declared in one end
// with it.
func (w *walk) branch(dot reflect.Type, b *parse.BranchNode) {
	mark := len(w.vars)
	t := w.pipe(dot, b.Pipe)
	inner := dot
	switch b.NodeType {
	case parse.NodeWith:
		inner = t
	case parse.NodeRange:
		inner = w.elements(t, b.Pipe)
	}
	body := len(w.vars)
	w.list(inner, b.List)
	w.vars = w.vars[:body]
	w.list(dot, b.ElseList)
	w.vars = w.vars[:mark]
}

// elements is the type of what a range goes through; its variables get theirs.
func (w *walk) elements(t reflect.Type, pipe *parse.PipeNode) reflect.Type {
	index, element, ok := iterated(t)
	if !ok {
		w.add(broken(w.at(pipe.Cmds[0].Args[0]), "range goes through lists, and this is "+describe(t)))
	}
	for i, v := range pipe.Decl {
		typ := element
		if i == 0 && len(pipe.Decl) == 2 {
			typ = index
		}
		w.set(v.Ident[0], typ)
	}
	return element
}

// set gives a variable another type, or none where that depends on the way
// that was taken: types are those of declarations otherwise.
func (w *walk) set(name string, t reflect.Type) {
	for i := len(w.vars) - 1; i >= 0; i-- {
		if w.vars[i].name == name {
			w.vars[i].typ = t
			return
		}
	}
}

func (w *walk) variable(name string) reflect.Type {
	for i := len(w.vars) - 1; i >= 0; i-- {
		if w.vars[i].name == name {
			return w.vars[i].typ
		}
	}
	return nil
}

// pipe is the type of a pipeline's value; it declares its variables.
func (w *walk) pipe(dot reflect.Type, pipe *parse.PipeNode) reflect.Type {
	var last *argument
	for _, c := range pipe.Cmds {
		t := w.command(dot, c, last)
		last = &argument{typ: t, at: w.at(c.Args[0])}
	}
	for _, v := range pipe.Decl {
		switch {
		case !pipe.IsAssign:
			w.vars = append(w.vars, variable{v.Ident[0], last.typ})
		case w.variable(v.Ident[0]) != last.typ:
			w.set(v.Ident[0], nil)
		}
	}
	return last.typ
}

// command is the type of one command; last is what is piped into it.
func (w *walk) command(dot reflect.Type, c *parse.CommandNode, last *argument) reflect.Type {
	var args []argument
	for _, n := range c.Args[1:] {
		args = append(args, w.argument(dot, n))
	}
	if last != nil {
		args = append(args, *last)
	}
	switch n := c.Args[0].(type) {
	case *parse.FieldNode:
		return w.fields(dot, n.Ident, w.start(n), args)
	case *parse.VariableNode:
		if len(n.Ident) > 1 {
			return w.fields(w.variable(n.Ident[0]), n.Ident[1:], w.start(n)+len(n.Ident[0]), args)
		}
	case *parse.ChainNode:
		return w.fields(w.argument(dot, n.Node).typ, n.Field, int(n.Pos), args)
	case *parse.IdentifierNode:
		return w.function(n, args)
	}
	if len(args) > 0 {
		w.add(broken(w.at(c.Args[0]), c.Args[0].String()+" is no function, and takes no values"))
	}
	return w.argument(dot, c.Args[0]).typ
}

// argument is a value given to a function: its type, and the node where it is
// written as a literal.
type argument struct {
	typ     reflect.Type
	literal parse.Node
	at      diag.Span
}

func (w *walk) argument(dot reflect.Type, node parse.Node) argument {
	a := argument{at: w.at(node)}
	switch n := node.(type) {
	case *parse.DotNode:
		a.typ = dot
	case *parse.FieldNode:
		a.typ = w.fields(dot, n.Ident, w.start(n), nil)
	case *parse.VariableNode:
		a.typ = w.fields(w.variable(n.Ident[0]), n.Ident[1:], w.start(n)+len(n.Ident[0]), nil)
	case *parse.ChainNode:
		a.typ = w.fields(w.argument(dot, n.Node).typ, n.Field, int(n.Pos), nil)
	case *parse.PipeNode:
		a.typ = w.pipe(dot, n)
	case *parse.IdentifierNode:
		a.typ = w.function(n, nil)
	default:
		a.typ, a.literal = literal(node), node
	}
	return a
}

// fields is the type at the end of a chain of fields and methods; args go to
// the last.
func (w *walk) fields(t reflect.Type, names []string, at int, args []argument) reflect.Type {
	for i, name := range names {
		span := w.span(at, len(name)+1)
		at += len(name) + 1
		if t == nil {
			return nil
		}
		m, ok := memberOf(t, name)
		if !ok {
			w.unknownField(span, t, name)
			return nil
		}
		var given []argument
		if i == len(names)-1 {
			given = args
		}
		switch {
		case m.method != nil:
			t = w.call(span, name, m.method, m.receiver, given)
		case len(given) > 0:
			w.add(broken(span, "."+name+" is no function, and takes no values"))
			return nil
		default:
			t = m.typ
		}
	}
	return t
}

func (w *walk) span(start, length int) diag.Span {
	return diag.Span{Source: w.file, Start: start, End: min(start+length, len(w.file.Text))}
}

// at is the range of a node, start where it begins.
func (w *walk) at(n parse.Node) diag.Span {
	if p, ok := n.(*parse.PipeNode); ok && len(p.Cmds) > 0 {
		return w.at(p.Cmds[0].Args[0])
	}
	return spanOf(w.file, int(n.Position()), n.String())
}

func (w *walk) start(n parse.Node) int { return w.at(n).Start }
