package schema

import (
	"encoding"
	"fmt"
	"math"
	"reflect"
	"strings"
	"sync"
)

// Decode is a document's Value as a record type. The value must have passed
// Check; an error says which part has a type that the record has no room for.
// Keys that the record does not know are passed over.
func Decode[R any](value map[string]any) (R, error) {
	var record R
	err := decode(reflect.ValueOf(&record).Elem(), value)
	return record, err
}

// fieldsOf are the indexes of a struct's fields by their JSON names.
var fieldsOf sync.Map // reflect.Type → map[string]int

func fields(t reflect.Type) map[string]int {
	if known, ok := fieldsOf.Load(t); ok {
		return known.(map[string]int)
	}
	indexes := map[string]int{}
	for i := range t.NumField() {
		name, _, _ := strings.Cut(t.Field(i).Tag.Get("json"), ",")
		indexes[name] = i
	}
	fieldsOf.Store(t, indexes)
	return indexes
}

func decode(to reflect.Value, v any) error {
	if s, ok := v.(string); ok {
		return decodeText(to, s)
	}
	if to.Kind() == reflect.Pointer {
		to.Set(reflect.New(to.Type().Elem()))
		return decode(to.Elem(), v)
	}
	switch v := v.(type) {
	case map[string]any:
		return decodeTable(to, v)
	case []any:
		return decodeList(to, v)
	case bool:
		if to.Kind() == reflect.Bool {
			to.SetBool(v)
			return nil
		}
	case int64:
		return decodeNumber(to, float64(v))
	case float64:
		return decodeNumber(to, v)
	}
	return fmt.Errorf("decode %T as %s", v, to.Type())
}

func decodeText(to reflect.Value, s string) error {
	if to.Kind() == reflect.Pointer {
		to.Set(reflect.New(to.Type().Elem()))
		to = to.Elem()
	}
	if to.Kind() == reflect.String {
		to.SetString(s)
		return nil
	}
	if u, ok := to.Addr().Interface().(encoding.TextUnmarshaler); ok {
		return u.UnmarshalText([]byte(s))
	}
	return fmt.Errorf("decode a string as %s", to.Type())
}

func decodeNumber(to reflect.Value, f float64) error {
	switch {
	case to.CanFloat():
		to.SetFloat(f)
	case to.CanInt() && f == math.Trunc(f) && !to.OverflowInt(int64(f)):
		to.SetInt(int64(f))
	default:
		return fmt.Errorf("decode the number %v as %s", f, to.Type())
	}
	return nil
}

func decodeTable(to reflect.Value, table map[string]any) error {
	switch to.Kind() {
	case reflect.Struct:
		indexes := fields(to.Type())
		for key, v := range table {
			if i, ok := indexes[key]; ok {
				if err := decode(to.Field(i), v); err != nil {
					return fmt.Errorf("%s: %w", key, err)
				}
			}
		}
		return nil
	case reflect.Map:
		to.Set(reflect.MakeMapWithSize(to.Type(), len(table)))
		for key, v := range table {
			entry := reflect.New(to.Type().Elem()).Elem()
			if err := decode(entry, v); err != nil {
				return fmt.Errorf("%s: %w", key, err)
			}
			to.SetMapIndex(reflect.ValueOf(key), entry)
		}
		return nil
	}
	return fmt.Errorf("decode a table as %s", to.Type())
}

func decodeList(to reflect.Value, list []any) error {
	if to.Kind() != reflect.Slice {
		return fmt.Errorf("decode a list as %s", to.Type())
	}
	to.Set(reflect.MakeSlice(to.Type(), len(list), len(list)))
	for i, v := range list {
		if err := decode(to.Index(i), v); err != nil {
			return fmt.Errorf("%d: %w", i, err)
		}
	}
	return nil
}
