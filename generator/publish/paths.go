package publish

import (
	"fmt"
	"path"
	"path/filepath"
	"slices"
	"strings"
)

// wanted is what the folder is to hold.
type wanted struct {
	// files are sorted by path, but for the last ones.
	files []File
	// folded gives each path, of a file or of a folder on the way to one, by
	// its case-folded form: some file systems take both for one.
	folded map[string]place
}

type place struct {
	path string
	kind kind
}

// arrange sorts the files, and refuses those that could not stand side by
// side, or not below the folder, on any system.
func arrange(files []File, last []Last) (wanted, error) {
	w := wanted{files: slices.Clone(files), folded: make(map[string]place, 2*len(files))}
	slices.SortFunc(w.files, func(a, b File) int { return strings.Compare(a.Path, b.Path) })
	for _, l := range last {
		w.files = append(w.files, File{Path: l.Path, Class: l.Class})
	}
	for _, f := range w.files {
		if err := checkPath(f.Path); err != nil {
			return wanted{}, err
		}
		if err := w.add(f.Path); err != nil {
			return wanted{}, err
		}
	}
	return w, nil
}

func checkPath(p string) error {
	control := func(r rune) bool { return r < ' ' || r == 0x7f }
	switch {
	case strings.HasPrefix(p, "."):
		return fmt.Errorf("output path %q: a name at the top may not begin with a dot", p)
	case !filepath.IsLocal(p) || path.Clean(p) != p || strings.Contains(p, `\`) || strings.ContainsFunc(p, control):
		return fmt.Errorf("output path %q does not name a file below the output folder", p)
	}
	return nil
}

func (w wanted) add(p string) error {
	if other, taken := w.folded[fold(p)]; taken {
		return clash(p, other)
	}
	w.folded[fold(p)] = place{p, isFile}
	for dir := path.Dir(p); dir != "."; dir = path.Dir(dir) {
		key := fold(dir)
		other, taken := w.folded[key]
		if taken && other == (place{dir, isDir}) {
			break // and so are the folders above it
		}
		if taken {
			return clash(p, other)
		}
		w.folded[key] = place{dir, isDir}
	}
	return nil
}

func clash(p string, other place) error {
	if p == other.path && other.kind == isFile {
		return fmt.Errorf("output path %q is written twice", p)
	}
	return fmt.Errorf("output paths %q and %q can't stand in one folder on every system", other.path, p)
}

// has says whether p is the exact path of a wanted file or folder.
func (w wanted) has(p string, k kind) bool { return w.folded[fold(p)] == place{p, k} }

// fold makes paths that differ only in case equal.
func fold(p string) string { return strings.ToLower(strings.ToUpper(p)) }
