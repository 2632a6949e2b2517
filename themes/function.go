package themes

import (
	"fmt"
	"reflect"
	"slices"
	"text/template/parse"

	"fursa/schema/diag"
)

// builtins are the functions of html/template that templates have any use for.
var builtins = []string{
	"and", "call", "eq", "ge", "gt", "html", "index", "js", "le", "len", "lt", "ne", "not", "or", "print", "printf",
	"println", "slice", "urlquery",
}

// function is the type of what a function gives.
func (w *walk) function(n *parse.IdentifierNode, args []argument) reflect.Type {
	if f, ok := w.funcs[n.Ident]; ok {
		w.named(n.Ident, args)
		return w.call(w.at(n), n.Ident, reflect.TypeOf(f), false, args)
	}
	least := map[string]int{"and": 1, "or": 1, "not": 1, "len": 1, "index": 1, "slice": 1, "call": 1, "eq": 2, "ne": 2, "lt": 2, "le": 2, "gt": 2, "ge": 2, "printf": 1}
	if len(args) < least[n.Ident] {
		w.add(broken(w.at(n), fmt.Sprintf("%s takes at least %d values, and is given %d", n.Ident, least[n.Ident], len(args))))
		return nil
	}
	switch n.Ident {
	case "and", "or":
		return common(args)
	case "not":
		return reflect.TypeFor[bool]()
	case "eq", "ne", "lt", "le", "gt", "ge":
		w.compared(n, args)
		return reflect.TypeFor[bool]()
	case "len":
		if t := args[0].typ; t != nil && !hasLength(t) {
			w.add(broken(args[0].at, "len counts lists and texts, and this is "+describe(t)))
		}
		return reflect.TypeFor[int]()
	case "index":
		return w.index(args)
	case "slice":
		return args[0].typ
	case "print", "printf", "println", "html", "js", "urlquery":
		return reflect.TypeFor[string]()
	}
	return nil
}

// named checks a name that a function is given as a literal: of a message,
// or of an asset.
func (w *walk) named(function string, args []argument) {
	if len(args) == 0 {
		return
	}
	name, ok := args[0].literal.(*parse.StringNode)
	if !ok {
		return
	}
	switch function {
	case "t":
		if _, known := slices.BinarySearch(w.keys, name.Text); !known {
			w.add(unknownMessage(args[0].at, name.Text, w.keys))
		}
	case "asset":
		if _, known := w.assets[name.Text]; !known {
			w.add(w.unknownAsset(args[0].at, name.Text))
		}
	}
}

// call checks the values that a function is given, and gives the type of its
// result. A method's first parameter is its receiver.
func (w *walk) call(at diag.Span, name string, f reflect.Type, receiver bool, args []argument) reflect.Type {
	var want []reflect.Type
	for i := range f.NumIn() {
		if i > 0 || !receiver {
			want = append(want, f.In(i))
		}
	}
	least := len(want)
	if f.IsVariadic() {
		least--
	}
	if len(args) < least || len(args) > least && !f.IsVariadic() {
		w.add(broken(at, fmt.Sprintf("%s takes %d values, and is given %d", name, least, len(args))))
		return nil
	}
	for i, a := range args {
		t := want[min(i, len(want)-1)]
		if i >= least {
			t = want[least].Elem()
		}
		if !a.fits(t) {
			w.add(broken(a.at, fmt.Sprintf("%s takes %s here, and this is %s", name, describe(t), a.describe())))
		}
	}
	if f.NumOut() == 0 {
		return nil
	}
	return known(f.Out(0))
}

// compared checks that values of one basic kind are compared: templates can't
// compare a text with a number.
func (w *walk) compared(n *parse.IdentifierNode, args []argument) {
	first := args[0].basic()
	for _, a := range args[1:] {
		if b := a.basic(); first != "" && b != "" && b != first {
			w.add(broken(a.at, fmt.Sprintf("%s can't compare %s with %s", n.Ident, args[0].describe(), a.describe())))
		}
	}
}

// index is the type of an entry of a list or map.
func (w *walk) index(args []argument) reflect.Type {
	t := args[0].typ
	for range args[1:] {
		if t == nil {
			return nil
		}
		switch indirect(t).Kind() {
		case reflect.Slice, reflect.Array, reflect.Map:
			t = known(indirect(t).Elem())
		case reflect.String:
			t = reflect.TypeFor[uint8]()
		case reflect.Interface:
			return nil
		default:
			w.add(broken(args[0].at, "index takes an entry of a list, and this is "+describe(t)))
			return nil
		}
	}
	return t
}
