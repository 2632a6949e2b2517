package sign

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"hash"
	"strings"
)

// Where a site has its manifest, and the signature of it. During a change of
// keys the former key's is there too, by the name of FormerPath.
const (
	ManifestPath  = "fursa/manifest.json"
	SignaturePath = ManifestPath + ".minisig"
	FormerPath    = ManifestPath + ".former.minisig"
)

// ManifestVersion is the form of manifest that this package reads and writes.
const ManifestVersion = 1

// Manifest is what a catalogue publishes for others to pull, at one moment.
type Manifest struct {
	Version int `json:"version"`
	// Catalogue is its id.
	Catalogue string `json:"catalogue"`
	// Sequence only rises: who has seen one takes none that is lower.
	Sequence int64 `json:"sequence"`
	// Key is the public key that signs from now on; empty where none does.
	Key string `json:"key,omitempty"`
	// Files are the sums of files, by their paths below the manifest's site.
	Files map[string]string `json:"files"`
}

// Sum is that of a file's bytes, as a manifest has it: that of SubResource
// Integrity.
func Sum(file []byte) string {
	sum := sha256.New()
	sum.Write(file)
	return SumOf(sum)
}

// SumOf is that of what was written to a SHA-256.
func SumOf(sum hash.Hash) string { return "sha256-" + base64.StdEncoding.EncodeToString(sum.Sum(nil)) }

// Bytes is the manifest's file.
func (m Manifest) Bytes() []byte {
	m.Version = ManifestVersion
	var out bytes.Buffer
	e := json.NewEncoder(&out)
	e.SetEscapeHTML(false)
	e.SetIndent("", " ")
	if err := e.Encode(m); err != nil {
		panic(err) // of texts and numbers
	}
	return out.Bytes()
}

// ReadManifest reads a manifest's file. It fails where that is none, or one
// that this package does not know.
func ReadManifest(file []byte) (Manifest, error) {
	var m Manifest
	if err := json.Unmarshal(file, &m); err != nil {
		return Manifest{}, fmt.Errorf("this is no manifest: %w", err)
	}
	switch {
	case m.Version > ManifestVersion:
		return Manifest{}, fmt.Errorf("the manifest has version %d: this program knows up to %d", m.Version, ManifestVersion)
	case m.Version < 1 || m.Catalogue == "" || m.Sequence < 1:
		return Manifest{}, fmt.Errorf("this is no manifest: it names no version, catalogue or sequence")
	}
	for path := range m.Files {
		if path == "" || strings.HasPrefix(path, "/") || strings.Contains(path, "..") || strings.ContainsAny(path, "\\?#:") {
			return Manifest{}, fmt.Errorf("the manifest lists %q, which is no path below its site", path)
		}
	}
	return m, nil
}

// Lists says whether the manifest lists a file with these bytes.
func (m Manifest) Lists(path string, file []byte) bool { return m.Files[path] == Sum(file) }
