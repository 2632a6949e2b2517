package convert

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"iter"
	"maps"
	"slices"
	"strconv"
	"strings"
)

// maxNames is how many columns a JSON source is searched for, for the hint of
// a column that is not there.
const maxNames = 200

// readJSON reads the list at the map's Items, or the whole document; several
// documents after one another (NDJSON) are their entries together. A column
// is a dotted path in an entry: "location.address.postalCode".
func readJSON(text []byte, m Map) (table, error) {
	var entries []any
	for document, err := range documents(text) {
		if err != nil {
			return nil, err
		}
		found := []any{document}
		if m.Items != "" {
			found = lookup(document, strings.Split(m.Items, "."))
		}
		for _, f := range found {
			entries = append(entries, items(f)...)
		}
		if len(entries) > maxEntries {
			return nil, errTooMany
		}
	}
	if len(entries) == 0 {
		return nil, fmt.Errorf("there is no list at %q", m.Items)
	}
	return jsonTable(entries, slices.Compact(slices.Sorted(maps.Values(m.columns())))), nil
}

// documents are those of JSON that stand after one another, up to the first
// that is none.
func documents(text []byte) iter.Seq2[any, error] {
	return func(yield func(any, error) bool) {
		d := json.NewDecoder(bytes.NewReader(text))
		d.UseNumber()
		for {
			var document any
			err := d.Decode(&document)
			if errors.Is(err, io.EOF) {
				return
			}
			if err != nil {
				yield(nil, fmt.Errorf("this is no JSON: %w", err))
				return
			}
			if !yield(document, nil) {
				return
			}
		}
	}
}

// jsonTable has the columns that are asked for and that any entry has. Where
// some are in none it also names those that are there, for the hint.
func jsonTable(entries []any, asked []string) *held {
	has := map[string]bool{}
	var rows []row
	for i, entry := range entries {
		rows = append(rows, row{line: i + 1})
		if _, ok := entry.(map[string]any); !ok {
			rows[i].bad = errors.New("it is no object")
			continue
		}
		if i < explained {
			rows[i].parts = func() []part { return jsonParts(entry, asked) }
		}
		rows[i].cells = make([]string, len(asked))
		for j, column := range asked {
			values := lookup(entry, strings.Split(column, "."))
			has[column] = has[column] || len(values) > 0
			rows[i].cells[j] = cellOf(values)
		}
	}
	if len(has) > 0 && !slices.ContainsFunc(asked, func(c string) bool { return !has[c] }) {
		return &held{header: asked, rows: rows}
	}
	names := has
	maps.DeleteFunc(names, func(_ string, there bool) bool { return !there })
	for _, entry := range entries[:min(len(entries), 50)] {
		addNames(names, "", entry)
	}
	return &held{header: slices.Sorted(maps.Keys(names))}
}

// jsonParts are the values of an entry by their paths, with the columns that
// ask for each.
func jsonParts(entry any, asked []string) []part {
	names := map[string]bool{}
	addNames(names, "", entry)
	var parts []part
	for _, name := range slices.Sorted(maps.Keys(names)) {
		one := part{name: name, text: cellOf(lookup(entry, strings.Split(name, ".")))}
		for _, column := range asked {
			if path := withoutNumbers(column); path == name || strings.HasPrefix(name, path+".") {
				one.columns = append(one.columns, column)
			}
		}
		parts = append(parts, one)
	}
	return parts
}

// withoutNumbers is a path without its places in lists.
func withoutNumbers(path string) string {
	keys := slices.DeleteFunc(strings.Split(path, "."), func(key string) bool {
		_, err := strconv.Atoi(key)
		return err == nil
	})
	return strings.Join(keys, ".")
}

// lookup follows a path. In a list a number picks one entry, and a name goes
// into each. A key may have dots itself.
func lookup(value any, path []string) []any {
	if len(path) == 0 {
		return []any{value}
	}
	switch v := value.(type) {
	case map[string]any:
		for n := len(path); n > 0; n-- {
			if inner, ok := v[strings.Join(path[:n], ".")]; ok {
				return lookup(inner, path[n:])
			}
		}
	case []any:
		if i, err := strconv.Atoi(path[0]); err == nil {
			if i < 0 || i >= len(v) {
				return nil
			}
			return lookup(v[i], path[1:])
		}
		var all []any
		for _, inner := range v {
			all = append(all, lookup(inner, path)...)
		}
		return all
	}
	return nil
}

// cellOf writes values as one cell: each on a line, lists of plain values
// too; what has keys as JSON.
func cellOf(values []any) string {
	var lines []string
	for _, value := range values {
		switch v := value.(type) {
		case nil:
		case string:
			lines = append(lines, v)
		case []any:
			if slices.ContainsFunc(v, composite) {
				lines = append(lines, compact(v))
			} else if cell := cellOf(v); cell != "" {
				lines = append(lines, cell)
			}
		case map[string]any:
			lines = append(lines, compact(v))
		default:
			lines = append(lines, fmt.Sprint(v))
		}
	}
	return strings.Join(lines, "\n")
}

func composite(value any) bool {
	switch value.(type) {
	case []any, map[string]any:
		return true
	}
	return false
}

// compact writes a value that came of JSON, or is made of texts and numbers.
func compact(value any) string {
	var b strings.Builder
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(value); err != nil {
		panic(fmt.Sprintf("convert: %v", err))
	}
	return strings.TrimSuffix(b.String(), "\n")
}

// addNames gathers the paths of what is no table itself.
func addNames(names map[string]bool, prefix string, value any) {
	switch v := value.(type) {
	case map[string]any:
		for _, key := range slices.Sorted(maps.Keys(v)) {
			addNames(names, strings.TrimPrefix(prefix+"."+key, "."), v[key])
		}
	case []any:
		if slices.ContainsFunc(v, composite) {
			for _, inner := range v {
				addNames(names, prefix, inner)
			}
			return
		}
		addNames(names, prefix, nil)
	default:
		if len(names) < maxNames && prefix != "" {
			names[prefix] = true
		}
	}
}
