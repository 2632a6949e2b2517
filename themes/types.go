package themes

import (
	"fmt"
	"html/template"
	"reflect"
	"slices"
	"strings"
	"text/template/parse"

	"fursa/schema"
	"fursa/schema/diag"
)

// nothing is the type of dot in a template that is called without one.
var nothing = reflect.TypeFor[struct{}]()

// known is a type, or nil where it is an interface, which says nothing of
// what is in it.
func known(t reflect.Type) reflect.Type {
	if t.Kind() == reflect.Interface || t == reflect.TypeFor[reflect.Value]() {
		return nil
	}
	return t
}

func indirect(t reflect.Type) reflect.Type {
	for t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	return t
}

// member is a field, or a method with its type; receiver says that the
// method's first parameter is the receiver.
type member struct {
	typ, method reflect.Type
	receiver    bool
}

func memberOf(t reflect.Type, name string) (member, bool) {
	base := indirect(t)
	if base.Kind() == reflect.Interface {
		m, ok := base.MethodByName(name)
		return member{method: m.Type}, ok
	}
	if m, ok := reflect.PointerTo(base).MethodByName(name); ok {
		return member{method: m.Type, receiver: true}, true
	}
	switch base.Kind() {
	case reflect.Struct:
		f, ok := base.FieldByName(name)
		if !ok || !f.IsExported() {
			return member{}, false
		}
		return member{typ: known(f.Type)}, true
	case reflect.Map:
		return member{typ: known(base.Elem())}, base.Key().Kind() == reflect.String
	}
	return member{}, false
}

// members are the fields and methods that templates can ask a type for, each
// with its dot, in the order of their declaration; those of an embedded
// struct stand for it.
func members(t reflect.Type) []string {
	base := indirect(t)
	var names []string
	if base.Kind() == reflect.Struct {
		for _, f := range reflect.VisibleFields(base) {
			if f.IsExported() && !f.Anonymous {
				names = append(names, "."+f.Name)
			}
		}
	}
	for i := range reflect.PointerTo(base).NumMethod() {
		names = append(names, "."+reflect.PointerTo(base).Method(i).Name)
	}
	return names
}

// unknownField says that a type has no field or method of a name.
func (w *walk) unknownField(at diag.Span, t reflect.Type, name string) {
	names := members(t)
	d := diag.New("theme/field", at, "field", "."+name, "type", describe(t), "known", strings.Join(names, " "))
	near, ok := schema.Near("."+name, names)
	if !ok {
		i := slices.IndexFunc(names, func(n string) bool { return strings.EqualFold(n, "."+name) })
		if ok = i >= 0; ok {
			near = names[i]
		}
	}
	switch {
	case t == nothing:
		d = d.Hinted("nothing")
	case ok:
		d.Args = append(d.Args, diag.Args("near", near)...)
		d = d.Hinted("near")
	case len(names) == 0:
		d = d.Hinted("none")
	}
	w.add(d)
}

// describe names a type as theme authors know it.
func describe(t reflect.Type) string {
	switch {
	case t == nil:
		return "of an unknown type"
	case t == nothing:
		return "nothing"
	case t == reflect.TypeFor[template.HTML]():
		return "HTML"
	}
	switch t.Kind() {
	case reflect.Pointer:
		return describe(t.Elem())
	case reflect.Slice, reflect.Array:
		return "a list of " + describe(t.Elem())
	case reflect.Map:
		return "a map of " + describe(t.Elem())
	case reflect.String:
		return "text"
	case reflect.Bool:
		return "true or false"
	case reflect.Struct:
		return t.Name()
	}
	if number(t.Kind()) != "" {
		return "a number"
	}
	return t.String()
}

// number is the basic kind of numbers in comparisons, "" for anything else.
func number(k reflect.Kind) string {
	switch {
	case k >= reflect.Int && k <= reflect.Uintptr:
		return "whole number"
	case k == reflect.Float32 || k == reflect.Float64:
		return "number"
	}
	return ""
}

// iterated are the types of the keys and entries that a range goes through.
func iterated(t reflect.Type) (index, element reflect.Type, ok bool) {
	if t == nil {
		return nil, nil, true
	}
	base := indirect(t)
	switch base.Kind() {
	case reflect.Slice, reflect.Array:
		return reflect.TypeFor[int](), known(base.Elem()), true
	case reflect.Map:
		return known(base.Key()), known(base.Elem()), true
	case reflect.Interface, reflect.Chan, reflect.Func:
		return nil, nil, true
	}
	if number(base.Kind()) == "whole number" {
		return nil, base, true
	}
	return nil, nil, false
}

func hasLength(t reflect.Type) bool {
	return slices.Contains([]reflect.Kind{reflect.Slice, reflect.Array, reflect.Map, reflect.String, reflect.Chan, reflect.Interface}, indirect(t).Kind())
}

// shows says whether a value of a type is something to read when it is
// written into a page.
func shows(t reflect.Type) bool {
	if t.Implements(reflect.TypeFor[fmt.Stringer]()) || t.Implements(reflect.TypeFor[error]()) {
		return true
	}
	return !slices.Contains([]reflect.Kind{reflect.Struct, reflect.Slice, reflect.Array, reflect.Map, reflect.Func}, indirect(t).Kind())
}

// literal is the type of a text, number or truth value written in a template.
func literal(node parse.Node) reflect.Type {
	switch n := node.(type) {
	case *parse.StringNode:
		return reflect.TypeFor[string]()
	case *parse.BoolNode:
		return reflect.TypeFor[bool]()
	case *parse.NumberNode:
		if n.IsInt {
			return reflect.TypeFor[int]()
		}
		return reflect.TypeFor[float64]()
	}
	return nil
}

// fits says whether a function that wants a type takes the value.
func (a argument) fits(want reflect.Type) bool {
	switch {
	case a.typ == nil || known(want) == nil && want.NumMethod() == 0:
		return true
	case a.literal != nil:
		n, isNumber := a.literal.(*parse.NumberNode)
		if isNumber {
			return number(want.Kind()) == "whole number" && n.IsInt || number(want.Kind()) == "number"
		}
		return a.typ.Kind() == want.Kind()
	}
	return a.typ.AssignableTo(want) || reflect.PointerTo(a.typ).AssignableTo(want) ||
		a.typ.Kind() == reflect.Pointer && a.typ.Elem().AssignableTo(want)
}

func (a argument) describe() string {
	if a.literal != nil {
		return a.literal.String()
	}
	return describe(a.typ)
}

// basic is the kind by which values are compared; "" where it is not known.
func (a argument) basic() string {
	if a.typ == nil {
		return ""
	}
	switch k := indirect(a.typ).Kind(); k {
	case reflect.Bool, reflect.String:
		return k.String()
	default:
		return number(k)
	}
}

// common is the type of all values; nil where they differ.
func common(args []argument) reflect.Type {
	for _, a := range args[1:] {
		if a.typ != args[0].typ {
			return nil
		}
	}
	return args[0].typ
}
