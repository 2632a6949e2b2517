package convert

import (
	"bytes"
	"encoding/json"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"sync"

	"fursa/schema"
	"fursa/schema/when"
)

// bodyField is the target that is no field of a listing but its text.
const bodyField = "body"

var (
	dateType  = reflect.TypeFor[when.Date]()
	clockType = reflect.TypeFor[when.Clock]()
)

// target is one field of a listing, by the names in its file:
// "place.address".
type target struct {
	name string
	// path are the indexes of the Go fields that lead there.
	path []int
	// of is the field's type without its pointer.
	of reflect.Type
}

// resolve finds a field of a listing by its name. Fields inside lists of
// tables, such as those of sessions, have none.
func resolve(name string) (target, bool) {
	t := target{name: name, of: reflect.TypeFor[schema.Opportunity]()}
	for part := range strings.SplitSeq(name, ".") {
		if t.of.Kind() != reflect.Struct {
			return t, false
		}
		i := fieldIndex(t.of, part)
		if i < 0 {
			return t, false
		}
		t.path = append(t.path, i)
		t.of = t.of.Field(i).Type
		if t.of.Kind() == reflect.Pointer {
			t.of = t.of.Elem()
		}
	}
	return t, true
}

func fieldIndex(t reflect.Type, name string) int {
	for i := range t.NumField() {
		if tag, _, _ := strings.Cut(t.Field(i).Tag.Get("json"), ","); tag == name && tag != "" {
			return i
		}
	}
	return -1
}

// targets are the names of all fields that resolve finds, sorted.
var targets = sync.OnceValue(func() []string {
	names := []string{bodyField}
	var walk func(prefix string, t reflect.Type)
	walk = func(prefix string, t reflect.Type) {
		for i := range t.NumField() {
			tag, _, _ := strings.Cut(t.Field(i).Tag.Get("json"), ",")
			if tag == "" {
				continue
			}
			names = append(names, prefix+tag)
			of := t.Field(i).Type
			if of.Kind() == reflect.Pointer {
				of = of.Elem()
			}
			if of.Kind() == reflect.Struct {
				walk(prefix+tag+".", of)
			}
		}
	}
	walk("", reflect.TypeFor[schema.Opportunity]())
	slices.Sort(names)
	return names
})

// in is the field itself in a listing, with the tables on the way made; nil
// where make is false and the row has said nothing of a table on the way.
func (t target) in(o *schema.Opportunity, makeTables bool) *reflect.Value {
	v := reflect.ValueOf(o).Elem()
	for i, index := range t.path {
		v = v.Field(index)
		if v.Kind() != reflect.Pointer {
			continue
		}
		if v.IsNil() {
			if !makeTables && i < len(t.path)-1 {
				return nil
			}
			v.Set(reflect.New(v.Type().Elem()))
		}
		v = v.Elem()
	}
	return &v
}

// get is what a listing says in the field; false where it says nothing.
func (t target) get(o *schema.Opportunity) (value any, said bool) {
	v := reflect.ValueOf(o).Elem()
	for _, index := range t.path {
		v = v.Field(index)
		if said = v.Kind() == reflect.Pointer; !said {
			continue
		}
		if v.IsNil() {
			return nil, false
		}
		v = v.Elem()
	}
	return v.Interface(), said || !v.IsZero()
}

// put writes a JSON-shaped value into the field; a list is added to.
func (t target) put(o *schema.Opportunity, value any, makeTables bool) error {
	v := t.in(o, makeTables)
	if v == nil {
		return nil
	}
	if t.of.Kind() != reflect.Slice {
		return assign(*v, value)
	}
	more := reflect.New(t.of).Elem()
	if err := assign(more, items(value)); err != nil {
		return err
	}
	for i := range more.Len() {
		if !contains(*v, more.Index(i)) {
			v.Set(reflect.Append(*v, more.Index(i)))
		}
	}
	return nil
}

// try says whether the field can hold a value.
func (t target) try(value any) error { return t.put(&schema.Opportunity{}, value, true) }

func contains(list, v reflect.Value) bool {
	for i := range list.Len() {
		if reflect.DeepEqual(list.Index(i).Interface(), v.Interface()) {
			return true
		}
	}
	return false
}

// assign sets plain values as they are, and all others by way of JSON. Keys
// that a table doesn't have are errors.
func assign(v reflect.Value, value any) error {
	if r := reflect.ValueOf(value); r.IsValid() && r.Type() == v.Type() {
		v.Set(r)
		return nil
	}
	raw, err := json.Marshal(value)
	if err != nil {
		return err
	}
	d := json.NewDecoder(bytes.NewReader(raw))
	d.DisallowUnknownFields()
	if err := d.Decode(v.Addr().Interface()); err != nil {
		return fmt.Errorf("%s: %w", raw, err)
	}
	return nil
}
