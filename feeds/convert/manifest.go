package convert

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"maps"
	"slices"

	"fursa/schema/diag"
	"fursa/schema/document"
)

// manifestVersion changes when older ones can no longer be read.
const manifestVersion = 1

// manifest is what an import wrote the last time, so that the next one knows
// what people have changed since.
type manifest struct {
	Version  int                 `json:"version"`
	Map      string              `json:"map"`
	Listings map[string]imported `json:"listings"` // by the source's id
}

// imported is one listing as the import wrote it.
type imported struct {
	// Path is its file's in the content folder, without .md.
	Path string `json:"path"`
	// Sum is the short hash of the whole file; empty where it holds what
	// people wrote as well.
	Sum string `json:"sum,omitempty"`
	// Fields are short hashes of the values that the import wrote, by
	// top-level key, the body under "body".
	Fields map[string]string `json:"fields"`
}

// manifestPath is where a map's manifest is kept, in the content folder.
func manifestPath(name string) string { return ".imports/" + name + ".json" }

// readManifest reads a manifest; no text is an import that never ran.
func readManifest(text []byte, name string) (manifest, error) {
	m := manifest{Version: manifestVersion, Map: name, Listings: map[string]imported{}}
	if text == nil {
		return m, nil
	}
	if err := json.Unmarshal(text, &m); err != nil {
		return m, fmt.Errorf("read %s: %w", manifestPath(name), err)
	}
	if m.Version != manifestVersion {
		return m, fmt.Errorf("read %s: version %d is not known; a newer Fursa wrote it", manifestPath(name), m.Version)
	}
	return m, nil
}

// encode writes one listing a line, so that a difference of two manifests
// shows which listings differ.
func (m manifest) encode() []byte {
	var b bytes.Buffer
	fmt.Fprintf(&b, "{\"version\":%d,\"map\":%q,\"listings\":{", m.Version, m.Map)
	for i, id := range slices.Sorted(maps.Keys(m.Listings)) {
		if i > 0 {
			b.WriteByte(',')
		}
		key, err := json.Marshal(id)
		value, err2 := json.Marshal(m.Listings[id])
		if err != nil || err2 != nil { // strings always can be written
			panic(fmt.Sprintf("convert: manifest: %v, %v", err, err2))
		}
		fmt.Fprintf(&b, "\n%s:%s", key, value)
	}
	b.WriteString("\n}}\n")
	return b.Bytes()
}

// short is a hash long enough to tell two versions of one thing apart.
func short(text []byte) string {
	sum := sha256.Sum256(text)
	return base64.RawURLEncoding.EncodeToString(sum[:])[:8]
}

// hashes are the short hashes of a file's parts, as in imported.Fields. They
// are of what the file says, not of how it is written.
func hashes(d *document.Document) map[string]string {
	out := make(map[string]string, len(d.Value)+1)
	for key, value := range d.Value {
		raw, err := json.Marshal(value)
		if err != nil { // a Value is in JSON's shape
			panic(fmt.Sprintf("convert: %s: %v", key, err))
		}
		out[key] = short(raw)
	}
	if body := bytes.TrimSpace([]byte(d.Body)); len(body) > 0 {
		out[bodyField] = short(body)
	}
	return out
}

// parse reads a file that the import has written or will write.
func parse(path string, text []byte) (*document.Document, bool) {
	d, list := document.Parse(&diag.Source{Path: path, Text: text})
	return d, d != nil && !list.Failed()
}
