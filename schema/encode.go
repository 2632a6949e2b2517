package schema

import (
	"bytes"
	"fmt"
	"math"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"fursa/schema/when"
)

// lineWidth is where a list stops being written on one line.
const lineWidth = 80

// Encode is the canonical file of a record: TOML with the keys in the order
// of the Go type's fields, plain values first, sections after them. The kinds
// that are Markdown files (Opportunity, Provider, Pathway, Page) get their
// TOML between +++ lines and the body after it; the others have no body, and
// ignore one. record is a record type of this package, or a pointer to one.
// Strings must be valid UTF-8: what is not becomes U+FFFD.
func Encode(record any, body string) []byte { return encode(record, nil, body) }

// encode is Encode for a part of a record: given a value in JSON's shape it
// writes no key that the value does not have, as a translation needs it.
func encode(record any, only map[string]any, body string) []byte {
	v := reflect.Indirect(reflect.ValueOf(record))
	e := encoder{}
	e.table("", v, only)
	fields := strings.TrimPrefix(e.out.String(), "\n")
	if !isMarkdown(v.Interface()) {
		return []byte(fields)
	}
	return fenced(e.out.String(), body)
}

// fenced is a Markdown file of fields and a body.
func fenced(fields, body string) []byte {
	var out bytes.Buffer
	out.WriteString("+++\n" + fields + "+++\n")
	if body = strings.Trim(body, "\n"); body != "" {
		out.WriteString("\n" + strings.ToValidUTF8(body, "\ufffd") + "\n")
	}
	return out.Bytes()
}

func isMarkdown(record any) bool {
	switch record.(type) {
	case Opportunity, Provider, Pathway, Page:
		return true
	}
	return false
}

// isInline says which tables are read best on the line of their key: those of
// two or three short values.
func isInline(t reflect.Type) bool {
	switch reflect.Zero(t).Interface().(type) {
	case Range, Cost, Pays, Commitment, Available, Block:
		return true
	}
	return t.Kind() == reflect.Map
}

type encoder struct{ out bytes.Buffer }

// encodedField is one key of a table with its value, pointers followed.
type encodedField struct {
	key   string
	value reflect.Value
	only  any // what is to be written of the value; nil for all
}

// table writes the keys of a struct, then its sections under their full
// names, as TOML wants it: a plain key after a section would belong to that.
func (e *encoder) table(path string, v reflect.Value, only any) {
	var sections []encodedField
	for _, f := range encodedFields(v, only) {
		if isSection(f.value.Type()) {
			sections = append(sections, f)
			continue
		}
		e.out.WriteString(f.key + " = ")
		e.value(f.value, len(f.key)+len(" = "), f.only)
		e.out.WriteByte('\n')
	}
	for _, f := range sections {
		e.section(strings.TrimPrefix(path+"."+f.key, "."), f.value, f.only)
	}
}

func (e *encoder) section(path string, v reflect.Value, only any) {
	if v.Kind() == reflect.Struct {
		fmt.Fprintf(&e.out, "\n[%s]\n", path)
		e.table(path, v, only)
		return
	}
	for i := range v.Len() {
		fmt.Fprintf(&e.out, "\n[[%s]]\n", path)
		e.table(path, v.Index(i), entry(only, i))
	}
}

// isSection says whether a type is written as [section] or [[sections]].
func isSection(t reflect.Type) bool {
	if t.Kind() == reflect.Slice {
		t = t.Elem()
	}
	return t.Kind() == reflect.Struct && !isInline(t) && !isTime(t)
}

func isTime(t reflect.Type) bool {
	switch reflect.Zero(t).Interface().(type) {
	case when.Date, when.Clock, when.Moment:
		return true
	}
	return false
}

// entry is what is to be written of the i-th value of a list.
func entry(only any, i int) any {
	if list, ok := only.([]any); ok && i < len(list) {
		return list[i]
	}
	return nil
}

// encodedFields are the keys of a struct or map that are to be written, in order.
func encodedFields(v reflect.Value, only any) []encodedField {
	var out []encodedField
	table, _ := only.(map[string]any)
	partly := table != nil
	if v.Kind() == reflect.Map {
		keys := v.MapKeys()
		slices.SortFunc(keys, func(a, b reflect.Value) int { return strings.Compare(a.String(), b.String()) })
		for _, key := range keys {
			out = append(out, encodedField{quoteKey(key.String()), v.MapIndex(key), table[key.String()]})
		}
		return out
	}
	for i := range v.NumField() {
		key, options, _ := strings.Cut(v.Type().Field(i).Tag.Get("json"), ",")
		value := v.Field(i)
		empty := options == "omitempty" && isEmpty(value)
		_, asked := table[key]
		if empty || options == "omitzero" && value.IsZero() || isEmptySection(value) || partly && !asked {
			continue
		}
		out = append(out, encodedField{quoteKey(key), reflect.Indirect(value), table[key]})
	}
	return out
}

// isEmpty is what encoding/json means by omitempty.
func isEmpty(v reflect.Value) bool {
	switch v.Kind() {
	case reflect.Slice, reflect.Map, reflect.String:
		return v.Len() == 0
	case reflect.Struct:
		return false
	}
	return v.IsZero()
}

// isEmptySection is a list of tables with none in it: TOML has no words for
// it but leaving it out.
func isEmptySection(v reflect.Value) bool {
	return v.Kind() == reflect.Slice && v.Len() == 0 && isSection(v.Type())
}

// value writes one value; column is where on the line it begins.
func (e *encoder) value(v reflect.Value, column int, only any) {
	switch value := v.Interface().(type) {
	case when.Date:
		e.out.WriteString(value.String())
		return
	case when.Moment:
		e.out.WriteString(value.String())
		return
	case when.Clock: // TOML 1.0 wants the seconds
		fmt.Fprintf(&e.out, "%02d:%02d:%02d", value.Hour, value.Minute, value.Second)
		return
	}
	switch v.Kind() {
	case reflect.String:
		e.out.WriteString(quote(v.String(), column > 0))
	case reflect.Float64:
		e.out.WriteString(tomlNumber(v.Float()))
	case reflect.Slice:
		e.list(v, column, only)
	case reflect.Struct, reflect.Map:
		e.inline(v, only)
	default: // bool, int
		fmt.Fprint(&e.out, v.Interface())
	}
}

// list writes [a, b], or one value a line where that is too long.
func (e *encoder) list(v reflect.Value, column int, only any) {
	one := encoder{}
	items := make([]string, v.Len())
	for i := range items {
		one.value(v.Index(i), 0, entry(only, i))
		items[i] = one.out.String()
		one.out.Reset()
	}
	e.out.WriteString(bracketed(items, column))
}

// bracketed is a list of values, on one line where they have room behind the
// column; column 0 says that they must.
func bracketed(items []string, column int) string {
	short := "[" + strings.Join(items, ", ") + "]"
	if column == 0 || len(items) < 2 || column+utf8.RuneCountInString(short) <= lineWidth {
		return short
	}
	return "[\n  " + strings.Join(items, ",\n  ") + ",\n]"
}

func (e *encoder) inline(v reflect.Value, only any) {
	e.out.WriteByte('{')
	for i, f := range encodedFields(v, only) {
		if i > 0 {
			e.out.WriteString(", ")
		}
		e.out.WriteString(f.key + " = ")
		e.value(f.value, 0, f.only)
	}
	e.out.WriteByte('}')
}

// tomlNumber writes whole numbers without a point, as people do.
func tomlNumber(f float64) string {
	switch size := math.Abs(f); {
	case size < 1e15 && f == math.Trunc(f):
		return strconv.FormatInt(int64(f), 10)
	case size >= 1e-6 && size < 1e15:
		return strconv.FormatFloat(f, 'f', -1, 64)
	default:
		return strconv.FormatFloat(f, 'e', -1, 64)
	}
}

// quoteKey leaves letters, digits, _ and - bare, as TOML does.
func quoteKey(key string) string {
	const bare = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_"
	if key != "" && strings.Trim(key, bare) == "" {
		return key
	}
	return quote(key, false)
}

// quote writes a TOML basic string, over several lines where it has some and
// may: a key or an inline table must stay on its line.
func quote(s string, lines bool) string {
	s = strings.ToValidUTF8(s, "\ufffd")
	lines = lines && strings.Contains(s, "\n")
	var b strings.Builder
	for i, r := range s {
		switch {
		case r == '\\':
			b.WriteString(`\\`)
		case r == '"' && lines && i+1 < len(s) && s[i+1] != '"':
			b.WriteByte('"') // one quote alone ends nothing
		case r == '"':
			b.WriteString(`\"`)
		case r == '+' && lines && strings.HasPrefix(s[i:], "+++"):
			b.WriteString(`\u002B`) // else a line +++ would end the front matter
		case r == '\n' && !lines:
			b.WriteString(`\n`)
		case r == '\n' || r == '\t' && lines:
			b.WriteRune(r)
		case r == '\t':
			b.WriteString(`\t`)
		case unicode.IsControl(r):
			fmt.Fprintf(&b, `\u%04X`, r)
		default:
			b.WriteRune(r)
		}
	}
	if lines {
		return "\"\"\"\n" + b.String() + `"""`
	}
	return `"` + b.String() + `"`
}
