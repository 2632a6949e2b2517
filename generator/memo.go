package generator

import (
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"

	"fursa/schema"
)

// memoPath is where an output folder keeps what the next build of it need not
// do again. It is no part of the site: losing it costs time only.
const memoPath = ".fursa/memo.json"

// memoFile is what one build leaves to the next.
type memoFile struct {
	// Schemas tells the rules that were in force from any others.
	Schemas string `json:"schemas"`
	// Inputs is the digest of all that the build depended on.
	Inputs   string `json:"inputs"`
	Warnings int    `json:"warnings"`
	// Ours are those of our own files, which a strict build refuses.
	Ours     int `json:"ours"`
	Listings int `json:"listings"`
	// Sound are the files in which nothing was found, by their sums.
	Sound []string `json:"sound"`
}

// schemas is a sum of all published schemas.
func schemas() string {
	h := sha256.New()
	files := schema.Files()
	for _, name := range slices.Sorted(maps.Keys(files)) {
		fmt.Fprintf(h, "%s\x00%x\n", name, sha256.Sum256(files[name]))
	}
	return fmt.Sprintf("%x", h.Sum(nil))
}

// readMemo is the memo of an output folder, empty where it has none that
// can be used.
func readMemo(dir string) memoFile {
	var m memoFile
	text, err := os.ReadFile(filepath.Join(dir, filepath.FromSlash(memoPath)))
	if err != nil || json.Unmarshal(text, &m) != nil || m.Schemas != schemas() {
		return memoFile{}
	}
	return m
}

func writeMemo(dir string, m memoFile) error {
	m.Schemas = schemas()
	text, err := json.Marshal(m)
	if err != nil {
		return fmt.Errorf("memo: %w", err)
	}
	path := filepath.Join(dir, filepath.FromSlash(memoPath))
	if err := os.WriteFile(path+".new", text, 0o644); err != nil {
		return fmt.Errorf("memo: %w", err)
	}
	if err := os.Rename(path+".new", path); err != nil {
		return fmt.Errorf("memo: %w", err)
	}
	return nil
}
