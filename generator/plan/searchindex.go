package plan

import (
	"encoding/base64"
	"maps"
	"slices"
	"strings"

	"fursa/generator/search"
)

// indexFolder is where the index's files stand, indexName what leads other
// sites to an edition's entry.
const (
	indexFolder = "assets/search/"
	indexName   = "search/index.json"
)

// inlineBytes is how large all files of an index together may be to stand in
// its entry.
const inlineBytes = 48 << 10

// editionIndex is the search index in the language of an edition.
type editionIndex struct {
	facets []search.Facet
	cards  []search.File
	// entry is the entry's path, labels the labels' name beside it, each with
	// what they hold.
	entry, labels         string
	entryText, labelsText []byte
	// inline says that the entry holds all other files.
	inline bool
}

// entryFile is the entry as docs/search-format.md has it.
type entryFile struct {
	search.Entry
	ID       string            `json:"id"`
	Name     string            `json:"name"`
	Language string            `json:"language"`
	Site     string            `json:"site"`
	Cards    string            `json:"cards"`
	Kinds    map[string]string `json:"kinds"`
	Labels   string            `json:"labels"`
	Inline   map[string]string `json:"inline,omitempty"`
}

// addIndex makes the edition's part of the index.
func (e *edition) addIndex() error {
	x := &editionIndex{facets: e.Search.Facets}
	e.index = x
	cards, names, err := e.cardFiles()
	if err != nil {
		return err
	}
	labels, err := compact(struct {
		Facets []facetLabels `json:"facets"`
	}{e.labelsOf(x.facets)})
	if err != nil {
		return err
	}
	x.cards, x.labelsText, x.labels = cards, labels, "labels-"+e.lang+"-"+search.Name(labels)+".json"
	entry := entryFile{
		Entry: e.Search.Entry, ID: e.ID, Name: e.view.Name, Language: e.lang, Site: e.base.Path,
		Cards: names, Kinds: e.kindWords(), Labels: x.labels,
	}
	x.addInline(&entry, e.Search.Files)
	x.entryText, err = compact(entry)
	x.entry = indexFolder + "entry-" + e.lang + "-" + search.Name(x.entryText) + ".json"
	return err
}

// addInline puts all files into the entry, where they are few.
func (x *editionIndex) addInline(entry *entryFile, shared []search.File) {
	size := len(x.labelsText)
	for _, f := range slices.Concat(shared, x.cards) {
		size += len(f.Bytes)
	}
	if x.inline = size < inlineBytes; !x.inline {
		return
	}
	entry.Inline = map[string]string{x.labels: string(x.labelsText)}
	for _, f := range x.cards {
		entry.Inline[f.Name] = string(f.Bytes)
	}
	for _, f := range shared {
		entry.Inline[f.Name] = base64.StdEncoding.EncodeToString(f.Bytes)
	}
}

// has says whether there is a filter of a name.
func (x *editionIndex) has(name string) bool {
	return slices.ContainsFunc(x.facets, func(f search.Facet) bool { return f.Name == name })
}

// outputs are the edition's own files; prefix is that of the edition.
func (x *editionIndex) outputs(prefix string) []Output {
	up := strings.Repeat("../", strings.Count(prefix+indexName, "/"))
	index := `{"version":1,"entry":"` + up + x.entry + `"}` + "\n"
	outputs := []Output{
		bytesOutput(prefix+indexName, IndexClass, []byte(index)),
		bytesOutput(x.entry, AssetClass, x.entryText),
	}
	if !x.inline {
		outputs = append(outputs, bytesOutput(indexFolder+x.labels, AssetClass, x.labelsText))
	}
	return outputs
}

// indexOutputs are the files that entries name, each once: the shared ones and
// all editions' cards.
func (s *site) indexOutputs() []Output {
	files := map[string][]byte{}
	for _, e := range s.editions {
		if e.index.inline {
			continue
		}
		for _, f := range slices.Concat(s.Search.Files, e.index.cards) {
			files[f.Name] = f.Bytes
		}
	}
	var outputs []Output
	for _, name := range slices.Sorted(maps.Keys(files)) {
		outputs = append(outputs, bytesOutput(indexFolder+name, AssetClass, files[name]))
	}
	return outputs
}
