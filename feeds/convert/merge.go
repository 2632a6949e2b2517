package convert

import (
	"bytes"
	"maps"
	"slices"
	"strings"

	"fursa/schema"
	"fursa/schema/document"
)

// outcome is what becomes of one listing.
type outcome struct {
	file  *File // nil where nothing is to be written
	entry imported
	notes []Note
}

// leave keeps the file and what is known of it, and says why.
func (o outcome) leave(l Listing, rule string, args ...any) outcome {
	path := o.entry.Path
	o.notes = append(o.notes, Note{
		Line: l.Line, ID: l.ID, Value: path, Problem: problem(rule, append(args, "path", path)...),
	})
	return o
}

// listing plans one listing's file.
func (p *planner) listing(l Listing) (outcome, error) {
	entry, known := p.last.Listings[l.ID]
	if !known {
		entry.Path = "opportunities/" + l.Provider + "/" + l.Slug
	}
	o := outcome{entry: entry}
	if folder := "opportunities/" + l.Provider + "/"; !strings.HasPrefix(entry.Path, folder) {
		o = o.leave(l, "import/provider-changed", "provider", quoted(l.Provider))
	}
	path := entry.Path + ".md"
	current, exists, err := readFile(p.root, path)
	if err != nil {
		return outcome{}, err
	}
	fresh, sum := l.text, short(l.text)
	switch {
	case known && !exists:
		return o.leave(l, "import/file-deleted", "manifest", manifestPath(p.next.Map)), nil
	case known && entry.Sum == sum && bytes.Equal(current, fresh):
		return o, nil
	}
	pure := imported{entry.Path, sum, l.hashes}
	switch {
	case !exists:
		o.file, o.entry = &File{path, fresh, true}, pure
	case bytes.Equal(current, fresh):
		o.entry = pure
	case known && entry.Sum == short(current):
		o.file, o.entry = &File{path, fresh, false}, pure
	case !known:
		o = o.leave(l, "import/file-foreign")
		o.entry = imported{}
	default:
		return p.merge(l, o, current), nil
	}
	return o, nil
}

// merge brings what the source says now into a file that people have edited.
func (p *planner) merge(l Listing, o outcome, current []byte) outcome {
	path := o.entry.Path + ".md"
	theirs, ok := parse(path, current)
	fresh, whole := parse(path, l.text)
	if !ok || !whole {
		return o.leave(l, "import/file-broken", "file", path)
	}
	m := mergeFields(o.entry.Fields, theirs, fresh)
	if m.changed && hasComments(theirs) {
		return o.leave(l, "import/file-comments")
	}
	if len(m.kept) > 0 {
		o = o.leave(l, "import/fields-kept", "fields", strings.Join(m.kept, ", "), "manifest", manifestPath(p.next.Map))
	}
	o.entry = imported{o.entry.Path, "", m.fields}
	if !m.changed {
		return o
	}
	record, err := schema.Decode[schema.Opportunity](m.value)
	if err != nil {
		return o.leave(l, "import/file-broken", "file", path)
	}
	o.file = &File{path, schema.Encode(record, m.body), false}
	return o
}

// merged is a file of which people wrote a part and the import another.
type merged struct {
	value map[string]any
	body  string
	// fields are the import's hashes, as in imported; kept are the keys in
	// which people and the source disagree.
	fields map[string]string
	kept   []string
	// changed says that it is not what people have now.
	changed bool
}

// mergeFields merges field by field: what is still as the import wrote it
// (base) follows the source, anything else is theirs.
func mergeFields(base map[string]string, theirs, fresh *document.Document) merged {
	now, wanted := hashes(theirs), hashes(fresh)
	m := merged{value: maps.Clone(theirs.Value), body: theirs.Body, fields: map[string]string{}}
	for _, key := range keysOf(base, now, wanted) {
		if now[key] != base[key] && now[key] != wanted[key] {
			if base[key] != "" {
				m.fields[key] = base[key] // still theirs the next time
			}
			if wanted[key] != base[key] {
				m.kept = append(m.kept, key)
			}
			continue
		}
		if wanted[key] != "" {
			m.fields[key] = wanted[key]
		}
		if now[key] != wanted[key] {
			m.follow(key, wanted[key] != "", fresh)
		}
	}
	return m
}

// follow takes one field as the source has it; there is false where the
// source no longer has it.
func (m *merged) follow(key string, there bool, fresh *document.Document) {
	m.changed = true
	switch {
	case key == bodyField:
		m.body = fresh.Body
	case there:
		m.value[key] = fresh.Value[key]
	default:
		delete(m.value, key)
	}
}

func keysOf(all ...map[string]string) []string {
	var keys []string
	for _, m := range all {
		keys = slices.AppendSeq(keys, maps.Keys(m))
	}
	slices.Sort(keys)
	return slices.Compact(keys)
}

// hasComments says whether the fields of a file hold comments, which a
// rewritten file would lose.
func hasComments(d *document.Document) bool {
	text := d.Source.Text
	for i := 0; i < len(text); i++ {
		switch text[i] {
		case '#':
			return true
		case '"', '\'':
			i = stringEnd(text, i)
		case '+':
			// The second fence; the first is where the file begins.
			if i > 0 && bytes.HasPrefix(text[i:], []byte("+++")) && text[i-1] == '\n' {
				return false
			}
		}
	}
	return false
}

// stringEnd is the last byte of the TOML string that begins at i.
func stringEnd(text []byte, i int) int {
	quote := text[i : i+1]
	if three := bytes.Repeat(quote, 3); bytes.HasPrefix(text[i:], three) {
		quote = three
	}
	for i += len(quote); i < len(text); i++ {
		if text[i] == '\\' && quote[0] == '"' {
			i++
		} else if bytes.HasPrefix(text[i:], quote) {
			return i + len(quote) - 1
		}
	}
	return i
}
