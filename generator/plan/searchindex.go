package plan

import (
	"encoding/base64"
	"maps"
	"path"
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

// inlineBytes is how large the files of an index together may be to stand in
// its entry: what it takes to fetch them in turn on a slow network is more than
// what their bytes take.
const inlineBytes = 96 << 10

// editionIndex is the search index in the language of an edition.
type editionIndex struct {
	// entry is the entry's path, text what it holds.
	entry string
	text  []byte
	// files are those beside the entry that it does not hold itself; other
	// editions may have the same.
	files []search.File
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
	cards, names, err := e.cardFiles()
	if err != nil {
		return err
	}
	labels, err := compact(struct {
		Facets []facetLabels `json:"facets"`
	}{e.labelsOf(e.Search.Facets)})
	if err != nil {
		return err
	}
	entry := entryFile{
		Entry: e.Search.Entry, ID: e.ID, Name: e.view.Name, Language: e.lang, Site: e.href(""),
		Cards: names, Kinds: e.kindWords(), Labels: "labels-" + e.lang + "-" + search.Name(labels) + ".json",
	}
	files := slices.Concat(e.Search.Files, cards, []search.File{{Name: entry.Labels, Bytes: labels}})
	entry.Inline, files = inline(files)
	text, err := compact(entry)
	e.index = editionIndex{indexFolder + "entry-" + e.lang + "-" + search.Name(text) + ".json", text, files}
	return err
}

// inline are the files that stand in the entry, as text or in base64, where all
// of them are few, and the rest. Spellings are never among them: they are as
// much as all others, and hardly ever needed.
func inline(files []search.File) (inside map[string]string, outside []search.File) {
	inside, size := map[string]string{}, 0
	for _, f := range files {
		switch path.Ext(f.Name) {
		case ".s":
			outside = append(outside, f)
			continue
		case ".json":
			inside[f.Name] = string(f.Bytes)
		default:
			inside[f.Name] = base64.StdEncoding.EncodeToString(f.Bytes)
		}
		if size += len(f.Bytes); size >= inlineBytes {
			return nil, files
		}
	}
	return inside, outside
}

// indexStart is what leads other sites to the entry.
func (e *edition) indexStart() Output {
	at := e.prefix + indexName
	text := `{"version":1,"entry":"` + strings.Repeat("../", strings.Count(at, "/")) + e.index.entry + "\"}\n"
	return bytesOutput(at, IndexClass, []byte(text))
}

// indexOutputs are the entries and all files beside them, each once.
func (s *site) indexOutputs() []Output {
	files := map[string][]byte{}
	var outputs []Output
	for _, e := range s.editions {
		outputs = append(outputs, e.indexStart(), bytesOutput(e.index.entry, AssetClass, e.index.text))
		for _, f := range e.index.files {
			files[f.Name] = f.Bytes
		}
	}
	for _, name := range slices.Sorted(maps.Keys(files)) {
		outputs = append(outputs, bytesOutput(indexFolder+name, AssetClass, files[name]))
	}
	return outputs
}
