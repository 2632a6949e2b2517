package schema

import (
	"bytes"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"unicode/utf8"
)

// Starter is a file to begin a record of a kind with: what it must have,
// filled in with examples, then all else it can have, commented out, each line
// under the words that explain it, in a language (English where there are no
// words in it). It passes Check as it stands; an opportunity begins as a
// draft. Sections are written as dotted keys, so that a line can be used
// wherever it stands. examples replace the schema's, by the path of the field
// ("subjects", "place.district"), as a Document's Value would have them.
func Starter(kind Kind, lang string, examples map[string]any) []byte {
	s := starter{
		lang: lang, examples: examples, words: starterWords()["en"],
		trees: trees{commonFile: parsed(commonFile), schemaFile(kind): parsed(schemaFile(kind))},
	}
	if words, ok := starterWords()[lang]; ok {
		s.words = words
	}
	record := recordOf(kind)
	s.gather("", s.trees[schemaFile(kind)], reflect.TypeOf(record), true)
	useful := usefulFields()[kind]
	s.block("", func(l leaf) bool { return l.filled(kind) })
	s.block(s.words.useful, func(l leaf) bool { return !l.filled(kind) && slices.Contains(useful, l.top()) })
	s.block(s.words.further, func(l leaf) bool { return !l.filled(kind) && !slices.Contains(useful, l.top()) })
	return s.file(kind, isMarkdown(record))
}

// starter writes a starting file.
type starter struct {
	lang     string
	words    words
	examples map[string]any
	trees    trees
	leaves   []leaf
	out      bytes.Buffer
}

// leaf is one line of a starting file.
type leaf struct {
	// path is the dotted key.
	path     string
	node     node // of the schema
	parent   node // of the section that the leaf is in; nil at the top
	kind     reflect.Type
	required bool
}

func (l leaf) top() string {
	top, _, _ := strings.Cut(l.path, ".")
	return top
}

// filled says whether a starting file has a value for the leaf.
func (l leaf) filled(kind Kind) bool {
	return l.required || slices.Contains(filledFields()[kind], l.path)
}

// recordOf is an empty record of a kind.
func recordOf(kind Kind) any {
	return map[Kind]any{
		KindCatalogue: Catalogue{}, KindOpportunity: Opportunity{}, KindProvider: Provider{}, KindSchool: School{},
		KindPathway: Pathway{}, KindBadge: Badge{}, KindEndorsement: Endorsement{}, KindPeer: Peer{},
		KindReview: Review{}, KindBlocklist: Blocklist{}, KindVocabulary: Vocabulary{}, KindPage: Page{},
	}[kind]
}

// gather lists the fields of a record, or of a section of one, in their order.
func (s *starter) gather(path string, n node, t reflect.Type, required bool) {
	must, _ := n["required"].([]any)
	for i := range t.NumField() {
		name, _, _ := strings.Cut(t.Field(i).Tag.Get("json"), ",")
		inner := s.trees.property(n, name)
		at := strings.TrimPrefix(path+"."+name, ".")
		kind := t.Field(i).Type
		if kind.Kind() == reflect.Pointer {
			kind = kind.Elem()
		}
		needed := required && slices.Contains(must, any(name))
		if kind.Kind() == reflect.Struct && isSection(kind) {
			s.gather(at, inner, kind, needed)
			continue
		}
		l := leaf{path: at, node: inner, kind: kind, required: needed}
		if path != "" {
			l.parent = n
		}
		if at != "status" {
			s.leaves = append(s.leaves, l)
		}
	}
}

// block writes the leaves that are chosen, under a heading where they are
// optional.
func (s *starter) block(heading string, chosen func(leaf) bool) {
	section := ""
	for _, l := range s.leaves {
		if !chosen(l) {
			continue
		}
		if heading != "" && section == "" {
			s.out.WriteString("\n")
			s.comment(heading)
		}
		if section != l.top() {
			section = l.top()
			s.out.WriteByte('\n')
			if l.parent != nil {
				s.explain(l.parent)
			}
		}
		s.line(l, heading != "")
	}
}

// line writes a leaf under the words that explain it, and the keys that its
// value can have.
func (s *starter) line(l leaf, optional bool) {
	s.explain(l.node)
	table, t := l.node, l.kind
	if t.Kind() == reflect.Slice {
		table, t = s.trees.resolved(table["items"].(node)), t.Elem()
	}
	if t.Kind() == reflect.Struct && !isTime(t) {
		for i := range t.NumField() {
			name, _, _ := strings.Cut(t.Field(i).Tag.Get("json"), ",")
			_, description := s.described(s.trees.property(table, name))
			s.comment("- " + name + ": " + description)
		}
	}
	value := reflect.New(l.kind).Elem()
	if err := decode(value, s.example(l)); err != nil {
		panic(fmt.Sprintf("schema: example of %s: %v", l.path, err))
	}
	e := encoder{}
	e.value(value, len(l.path)+len(" = "), nil)
	text := l.path + " = " + e.out.String()
	if optional {
		text = "#" + strings.ReplaceAll(text, "\n", "\n#")
	}
	s.out.WriteString(text + "\n")
}

// explain writes what people read of a property.
func (s *starter) explain(n node) {
	title, description := s.described(n)
	s.comment(title + ": " + description)
}

// described is a property's title and its description, with the allowed values
// where there are only some.
func (s *starter) described(n node) (title, description string) {
	said := n
	if i18n, ok := n["x-i18n"].(node); ok {
		if translated, ok := i18n[s.lang].(node); ok {
			said = translated
		}
	}
	title, description = said["title"].(string), said["description"].(string)
	values, _ := n["enum"].([]any)
	if items, ok := n["items"].(node); ok {
		values, _ = s.trees.resolved(items)["enum"].([]any)
	}
	if len(values) > 0 {
		allowed := make([]string, len(values))
		for i, v := range values {
			allowed[i] = fmt.Sprint(v)
		}
		description += " " + s.words.values + " " + strings.Join(allowed, ", ") + "."
	}
	return title, description
}

// example is a value for a leaf: the one given, else the schema's.
func (s *starter) example(l leaf) any {
	if v, ok := s.examples[l.path]; ok {
		return v
	}
	return s.exampleOf(l.node)
}

func (s *starter) exampleOf(n node) any {
	if examples, ok := n["examples"].([]any); ok {
		return examples[0]
	}
	if values, ok := n["enum"].([]any); ok {
		return values[0]
	}
	switch n["type"] {
	case "boolean":
		return true
	case "array":
		return []any{s.exampleOf(s.trees.resolved(n["items"].(node)))}
	}
	table := node{}
	required, _ := n["required"].([]any)
	for _, name := range required {
		table[name.(string)] = s.exampleOf(s.trees.property(n, name.(string)))
	}
	return table
}

// comment writes words as comment lines; an entry of a list, "- …", keeps its
// further lines below its words.
func (s *starter) comment(text string) {
	line, further := "#", "#"
	if strings.HasPrefix(text, "- ") {
		further = "#  "
	}
	for _, word := range strings.Fields(text) {
		if utf8.RuneCountInString(line)+1+utf8.RuneCountInString(word) > lineWidth {
			s.out.WriteString(line + "\n")
			line = further
		}
		line += " " + word
	}
	s.out.WriteString(line + "\n")
}

// file puts the fields together with what stands around them.
func (s *starter) file(kind Kind, markdown bool) []byte {
	fields := bytes.TrimPrefix(slices.Clone(s.out.Bytes()), []byte("\n"))
	s.out.Reset()
	if markdown {
		s.out.WriteString("+++\n")
	}
	if kind == KindOpportunity {
		s.comment(s.words.draft)
		s.out.WriteString("status = \"draft\"\n\n")
	}
	s.out.Write(fields)
	if markdown {
		s.out.WriteString("+++\n\n" + s.words.body + "\n")
	}
	return s.out.Bytes()
}
