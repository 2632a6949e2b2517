package schema

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"sync"

	"github.com/santhosh-tekuri/jsonschema/v5"

	"fursa/schema/diag"
	"fursa/schema/document"
)

// Validator checks documents against the schemas of their kinds. It prepares
// a schema when it is first asked for, and is safe for concurrent use.
type Validator struct{ judges map[string]func() *judge }

// NewValidator makes a validator of all kinds.
func NewValidator() *Validator {
	v, c := &Validator{map[string]func() *judge{}}, newCompiler()
	for _, kind := range Kinds {
		v.judges[schemaFile(kind)] = sync.OnceValue(func() *judge { return c.judge(kind, parsed(schemaFile(kind))) })
		v.judges[translationFile(kind)] = sync.OnceValue(func() *judge { return c.translationJudge(kind) })
	}
	return v
}

// Check finds everything in a document that its kind's schema forbids, or
// that can be seen in one record alone, in the order of the file; lang is the
// language of a translation file, empty for the record itself. Times are
// Times' to check.
func (v *Validator) Check(kind Kind, lang string, d *document.Document) diag.List {
	name := schemaFile(kind)
	if lang != "" {
		name = translationFile(kind)
	}
	j := v.judges[name]()
	if j == nil {
		return diag.List{diag.New("schema/no-translations", d.Span(""), "kind", kind)}
	}
	var list diag.List
	if j.shape == nil || !j.shape.fits(d.Value) {
		list = j.explain(d)
	}
	if list = append(list, tables(d)...); len(list) == 0 {
		return nil
	}
	return list.Sorted()
}

// judge is one schema, ready to be asked.
type judge struct {
	name  string
	tree  node // the schema as it is written
	trees trees
	// whole is the schema of the records that this one's files translate; nil
	// if they translate none.
	whole node
	shape *shape
	// library compiles the schema for what has no shape, or does not fit it.
	library func() *jsonschema.Schema
}

// compiler compiles schemas one after the other, and what they share once.
type compiler struct {
	sync.Mutex
	*jsonschema.Compiler
}

func newCompiler() *compiler {
	c := &compiler{Compiler: jsonschema.NewCompiler()}
	c.AssertFormat = true
	c.Formats = formats()
	c.LoadURL = load
	return c
}

func (c *compiler) translationJudge(kind Kind) *judge {
	tree, ok := translation(kind)
	if !ok {
		return nil
	}
	j := c.judge(kind, tree)
	j.whole = parsed(schemaFile(kind))
	return j
}

// judge prepares a schema.
func (c *compiler) judge(kind Kind, tree node) *judge {
	name := tree["$id"].(string)
	j := &judge{name: name, tree: tree, trees: trees{commonFile: parsed(commonFile), name: tree}}
	m := shaper{formats: c.Formats, trees: j.trees, known: map[string]*shape{}}
	if s := m.shape(tree); !m.foreign {
		j.shape = s
	}
	j.library = sync.OnceValue(func() *jsonschema.Schema { return c.compiled(kind, tree) })
	return j
}

// compiled is a schema as the library has it. One that does not compile is a
// mistake in this program: it panics.
func (c *compiler) compiled(kind Kind, tree node) *jsonschema.Schema {
	c.Lock()
	defer c.Unlock()
	url := base + tree["$id"].(string)
	if err := c.AddResource(url, bytes.NewReader(indented(tree))); err != nil {
		panic(fmt.Sprintf("schema: %s: %#v", kind, err))
	}
	s, err := c.Compile(url)
	if err != nil {
		panic(fmt.Sprintf("schema: %s: %#v", kind, err))
	}
	return s
}

// base is where the compiler believes the schemas to be: relative references
// need some address to be relative to.
const base = "embedded:///"

// load answers the compiler's requests from memory alone: neither the network
// nor the disk is asked. What it is not given is the common definitions.
func load(url string) (io.ReadCloser, error) {
	if url != base+commonFile {
		return nil, fmt.Errorf("load %s: only embedded schemas are loaded", url)
	}
	return io.NopCloser(bytes.NewReader(source(commonFile))), nil
}

// faults are the places where a value breaks the schema; nil if it is valid.
func (j *judge) faults(value any) []fault {
	err := j.library().Validate(value)
	if err == nil {
		return nil
	}
	var invalid *jsonschema.ValidationError
	if !errors.As(err, &invalid) {
		panic(fmt.Sprintf("schema: %s: %v", j.name, err))
	}
	return j.collect(invalid)
}
