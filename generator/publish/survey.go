package publish

import (
	"context"
	"crypto/sha256"
	"fmt"
	"io"
	"io/fs"
	"path"
	"slices"
	"strings"

	"fursa/generator/ledger"
	"fursa/generator/workers"
)

// kind is what a name in a folder stands for.
type kind int

const (
	isNothing kind = iota
	isFile
	isDir
	isOther // a symbolic link, a device, …
)

// entry is one name that stands in the output folder.
type entry struct {
	path string
	kind kind
}

// survey finds out what stands in the folder, what of it is ours, and what is
// in the way of what is to come.
func (b *build) survey(ctx context.Context) error {
	var err error
	if b.found, err = b.scan(ctx); err != nil {
		return fmt.Errorf("look through the output folder: %w", err)
	}
	b.here = make(map[string]kind, len(b.found))
	for _, e := range b.found {
		b.here[e.path] = e.kind
	}
	if b.left, err = b.lastLeft(); err != nil {
		return err
	}
	return b.clearWay()
}

// scan lists the folder, each level of folders after the one above it.
func (b *build) scan(ctx context.Context) ([]entry, error) {
	var found []entry
	for level := []string{"."}; len(level) > 0; {
		lists := make([][]entry, len(level))
		err := workers.Each(ctx, b.workers, len(level), func(_, i int) (err error) {
			lists[i], err = b.list(level[i])
			return err
		})
		if err != nil {
			return nil, err
		}
		level = nil
		for _, list := range lists {
			found = append(found, list...)
			for _, e := range list {
				if e.kind == isDir {
					level = append(level, e.path)
				}
			}
		}
	}
	return found, nil
}

// list gives what stands in one folder, sorted by name.
func (b *build) list(dir string) ([]entry, error) {
	d, err := b.root.Open(dir)
	if err != nil {
		return nil, err
	}
	defer d.Close()
	names, err := d.ReadDir(-1)
	if err != nil {
		return nil, err
	}
	list := make([]entry, 0, len(names))
	for _, name := range names {
		if dir == "." && strings.HasPrefix(name.Name(), ".") {
			continue
		}
		e := entry{path.Join(dir, name.Name()), isOther}
		switch {
		case name.IsDir():
			e.kind = isDir
		case name.Type().IsRegular():
			e.kind = isFile
		}
		list = append(list, e)
	}
	slices.SortFunc(list, func(x, y entry) int { return strings.Compare(x.path, y.path) })
	return list, nil
}

// lastLeft gives the files that the last build left, by the index, or by the
// ledger where the folder came here without one (from a repository, say).
func (b *build) lastLeft() (map[string]stamp, error) {
	if data, err := b.root.ReadFile(indexName); err == nil {
		if ix, whole := parseIndex(string(data)); whole {
			return ix.files, nil
		}
	}
	if b.here[ledger.Path] != isFile {
		return nil, nil
	}
	file, err := b.root.Open(ledger.Path)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	l, err := ledger.Read(file)
	if err != nil {
		return nil, fmt.Errorf("find out which files of the output folder are ours: %s: %w", ledger.Path, err)
	}
	left := map[string]stamp{ledger.Path: {size: unknown}}
	for p := range l.Paths {
		left[p] = stamp{size: unknown}
	}
	return left, nil
}

// clearWay finds what stands where something else must go: a file for a
// folder, a folder for a file, a name in another case. What is ours of it is to
// be cleared, what is not is an error.
func (b *build) clearWay() error {
	var foreign []string
	blocked := map[string]bool{} // folders in the way
	for _, e := range b.found {
		way, needed := b.wanted.folded[fold(e.path)]
		inWay := needed && way != place(e)
		if !inWay && !blocked[path.Dir(e.path)] {
			continue
		}
		switch {
		case e.kind == isDir:
			blocked[e.path] = true
			b.clear = append(b.clear, e.path+"/")
		case b.ours(e):
			b.clear = append(b.clear, e.path)
		default:
			foreign = append(foreign, e.path)
		}
	}
	// What a folder holds goes before the folder.
	slices.Reverse(b.clear)
	return inTheWay(foreign)
}

func inTheWay(foreign []string) error {
	if len(foreign) == 0 {
		return nil
	}
	slices.Sort(foreign)
	return fmt.Errorf("files that were not written by a build are in the way, move them elsewhere: %s",
		strings.Join(foreign, ", "))
}

// ours says whether the last build wrote a file.
func (b *build) ours(e entry) bool {
	_, left := b.left[e.path]
	return left && e.kind == isFile
}

// stale gives our files that no longer belong, sorted.
func (b *build) stale() []string {
	var stale []string
	for _, e := range b.found {
		if b.ours(e) && !b.wanted.has(e.path, isFile) {
			stale = append(stale, e.path)
		}
	}
	slices.Sort(stale)
	return stale
}

// foreign gives what no build wrote.
func (b *build) foreign() []string {
	var foreign []string
	for _, e := range b.found {
		if e.kind != isDir && !b.ours(e) && !b.wanted.has(e.path, isFile) {
			foreign = append(foreign, e.path)
		}
	}
	slices.Sort(foreign)
	return foreign
}

// stamp is what tells without reading a file whether it is as it was left.
type stamp struct {
	size  int64
	mtime int64 // in nanoseconds since 1970
	hash  string
}

// unknown is the size of a file that the index does not know.
const unknown = -1

func stampOf(info fs.FileInfo) stamp {
	return stamp{size: info.Size(), mtime: info.ModTime().UnixNano()}
}

// keeps says whether the file at p holds the bytes of this size and hash. A
// file that has the size and time that it was left with is not read.
func (b *build) keeps(p string, size int64, hash string, there stamp) (bool, error) {
	if there.size != size {
		return false, nil
	}
	if left, ok := b.left[p]; ok && left.size == there.size && left.mtime == there.mtime {
		return left.hash == hash, nil
	}
	old, err := b.root.Open(p)
	if err != nil {
		return false, err
	}
	defer old.Close()
	d := draft{sum: sha256.New()}
	if _, err := io.Copy(d.sum, old); err != nil {
		return false, err
	}
	_, held := d.end()
	return held == hash, nil
}
