package convert

import (
	"maps"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"time"

	"golang.org/x/text/encoding/htmlindex"

	"fursa/schema"
	"fursa/schema/diag"
	"fursa/schema/document"
)

// checker collects what is wrong with a map.
type checker struct {
	doc  *document.Document
	list diag.List
}

func (c *checker) add(rule, pointer string, args ...any) {
	c.list = append(c.list, diag.New("import/"+rule, c.doc.Span(pointer), args...))
}

// shape compares a value with the Go type that it is to become.
func (c *checker) shape(pointer string, value any, t reflect.Type) {
	wrong := func(want string) { c.add("map-type", pointer, "key", last(pointer), "want", want) }
	switch t.Kind() {
	case reflect.Struct:
		if table, ok := value.(map[string]any); ok {
			c.keys(pointer, table, t)
		} else {
			wrong("[" + last(pointer) + "]")
		}
	case reflect.Map:
		table, ok := value.(map[string]any)
		if !ok {
			wrong("{…}")
		}
		for _, key := range slices.Sorted(maps.Keys(table)) {
			c.shape(pointer+"/"+escape(key), table[key], t.Elem())
		}
	case reflect.Slice:
		entries, ok := value.([]any)
		if !ok {
			wrong("[…]")
		}
		for i, item := range entries {
			c.shape(pointer+"/"+strconv.Itoa(i), item, t.Elem())
		}
	case reflect.String:
		if _, ok := value.(string); !ok {
			wrong(`"…"`)
		}
	case reflect.Bool:
		if _, ok := value.(bool); !ok {
			wrong("true, false")
		}
	case reflect.Int:
		if _, ok := whole(value); !ok {
			wrong("1, 2, 3 …")
		}
	}
}

// keys looks for keys that a table of the map doesn't have.
func (c *checker) keys(pointer string, table map[string]any, t reflect.Type) {
	types := map[string]reflect.Type{}
	for i := range t.NumField() {
		if tag := t.Field(i).Tag.Get("json"); tag != "" {
			types[tag] = t.Field(i).Type
		}
	}
	known := slices.Sorted(maps.Keys(types))
	for _, key := range slices.Sorted(maps.Keys(table)) {
		at := pointer + "/" + escape(key)
		if types[key] == nil {
			c.list = append(c.list, near(diag.New("import/map-key", c.doc.KeySpan(at),
				"key", strconv.Quote(key), "keys", strings.Join(known, ", ")), key, known))
			continue
		}
		c.shape(at, table[key], types[key])
	}
}

// meaning checks what a well-shaped map says.
func (c *checker) meaning(m Map) {
	for _, f := range []struct{ pointer, value string }{
		{"/name", m.Name},
		{"/id", m.ID},
		{"/lang", m.Lang},
		{"/provider/column", m.Provider.Column},
		{"/kind/otherwise", m.Kind.Otherwise},
		{"/subjects/otherwise", m.Subjects.Otherwise},
	} {
		if f.value == "" {
			c.add("map-missing", f.pointer, "key", strconv.Quote(strings.ReplaceAll(f.pointer[1:], "/", ".")))
		}
	}
	if m.Name != "" && !schema.Slug(m.Name) {
		c.add("map-slug", "/name", "value", strconv.Quote(m.Name))
	}
	c.texts(m)
	c.format("/when/date", m.When.Date, dateTokens)
	c.format("/when/time", m.When.Time, timeTokens)
	c.rules("/kind", m.Kind, enum("kind"))
	c.rules("/subjects", m.Subjects, nil)
	c.grades(m.Grades)
	title := false
	for i, f := range m.Fields {
		c.field("/fields/"+strconv.Itoa(i), f)
		title = title || f.To == "title"
	}
	if !title {
		c.add("map-no-title", "/fields")
	}
}

func (c *checker) texts(m Map) {
	if len([]rune(m.Delimiter)) > 1 {
		c.add("map-delimiter", "/delimiter", "value", strconv.Quote(m.Delimiter))
	}
	if m.Charset != "" {
		if _, err := htmlindex.Get(m.Charset); err != nil {
			c.add("map-charset", "/charset", "value", strconv.Quote(m.Charset))
		}
	}
	if _, err := time.LoadLocation(m.Zone); err != nil || m.Zone == "Local" {
		c.add("map-zone", "/zone", "value", strconv.Quote(m.Zone))
	}
	for i, name := range m.Encodings {
		if !slices.Contains(Encodings, name) {
			c.choice("/encodings/"+strconv.Itoa(i), name, Encodings)
		}
	}
}

func (c *checker) choice(pointer, value string, of []string) {
	c.list = append(c.list, near(diag.New("import/map-choice", c.doc.Span(pointer),
		"value", strconv.Quote(value), "choices", strings.Join(of, ", ")), value, of))
}

func (c *checker) format(pointer, format string, tokens []token) {
	if format == "" || format == secondsFormat && tokens[0] == timeTokens[0] {
		return
	}
	if _, ok := layout(format, tokens); !ok {
		c.add("map-format", pointer, "format", strconv.Quote(format))
	}
}

func (c *checker) rules(pointer string, r Rules, ids []string) {
	c.term(pointer+"/otherwise", r.Otherwise, ids)
	for i, rule := range r.Rules {
		at := pointer + "/rules/" + strconv.Itoa(i)
		if rule.ID == "" {
			c.add("map-missing", at, "key", `"id"`)
		}
		c.term(at+"/id", rule.ID, ids)
		for j, column := range rule.Columns {
			if !slices.Contains(r.Columns, column) {
				c.choice(at+"/columns/"+strconv.Itoa(j), column, r.Columns)
			}
		}
	}
	if len(r.Rules) > 0 && len(r.Columns) == 0 {
		c.add("map-missing", pointer, "key", `"columns"`)
	}
}

// term checks an id that rules give: one of a fixed list, or any slug.
func (c *checker) term(pointer, id string, of []string) {
	switch {
	case id == "":
	case of != nil && !slices.Contains(of, id):
		c.choice(pointer, id, of)
	case !schema.Slug(id):
		c.add("map-slug", pointer, "value", strconv.Quote(id))
	}
}

func (c *checker) grades(g Grades) {
	for _, cell := range slices.Sorted(maps.Keys(g.Values)) {
		if !slices.Contains(g.List, g.Values[cell]) {
			c.choice("/grades/values/"+escape(cell), g.Values[cell], g.List)
		}
	}
}

func (c *checker) field(pointer string, f Field) {
	if (f.Column == "") == (f.Value == nil) {
		c.add("map-source", pointer)
	}
	if f.To == bodyField {
		return
	}
	t, ok := resolve(f.To)
	if !ok {
		known := targets()
		c.list = append(c.list, near(diag.New("import/map-field", c.doc.Span(pointer+"/to"),
			"field", strconv.Quote(f.To)), f.To, known))
		return
	}
	c.constant(pointer+"/value", f.Value, t)
	c.constant(pointer+"/otherwise", f.Otherwise, t)
	for _, cell := range slices.Sorted(maps.Keys(f.Values)) {
		c.constant(pointer+"/values/"+escape(cell), f.Values[cell], t)
	}
	if f.Format != "" {
		tokens := dateTokens
		if t.of == clockType {
			tokens = timeTokens
		}
		c.format(pointer+"/format", f.Format, tokens)
	}
}

// constant checks a value that the map gives itself.
func (c *checker) constant(pointer string, value any, t target) {
	if value == nil {
		return
	}
	if err := t.try(value); err != nil {
		c.add("map-value", pointer, "field", strconv.Quote(t.name))
		return
	}
	allowed := enum(t.name)
	for _, v := range items(value) {
		if s, ok := v.(string); ok && allowed != nil && !slices.Contains(allowed, s) {
			c.choice(pointer, s, allowed)
		}
	}
}

// near adds the nearest of the known names as a hint, where one is near.
func near(d diag.Diagnostic, name string, known []string) diag.Diagnostic {
	if n, ok := schema.Near(name, known); ok {
		d.Args = append(d.Args, diag.Args("near", strconv.Quote(n))...)
		return d.Hinted("near")
	}
	return d
}

func last(pointer string) string {
	return unescape(pointer[strings.LastIndexByte(pointer, '/')+1:])
}

func escape(key string) string {
	return strings.NewReplacer("~", "~0", "/", "~1").Replace(key)
}

func unescape(part string) string {
	return strings.NewReplacer("~1", "/", "~0", "~").Replace(part)
}

// whole is a JSON-shaped number without a fraction.
func whole(value any) (int64, bool) {
	switch n := value.(type) {
	case int64:
		return n, true
	case float64:
		return int64(n), n == float64(int64(n))
	}
	return 0, false
}

// items are those of a list, or a value alone.
func items(value any) []any {
	if many, ok := value.([]any); ok {
		return many
	}
	return []any{value}
}
