package publish

import (
	"bytes"
	"cmp"
	"errors"
	"io/fs"
	"path"
	"slices"
	"strconv"
	"strings"
)

// journal is all that is to be done to the folder, in this order. Paths that
// end in a slash are folders, to be removed where they are empty.
type journal struct {
	clear  []string // ours, in the way of a move
	move   []string // from the stage: files, and whole folders that are new
	remove []string // ours, no longer wanted
}

// journalHead is the first line of a journal; its number rises with the form.
const journalHead = "fursa journal 1"

// journal plans how what was staged comes into view. Whatever is new comes
// before whatever changed: nothing there links to it yet. In both, files come
// in the order of their classes, and the home page last of what is new.
func (b *build) journal() journal {
	type move struct {
		path string
		rank [3]int
	}
	moves := map[string]move{}
	for i, f := range b.wanted.files {
		if !b.made[i].staged {
			continue
		}
		m := move{path: b.topmost(f.Path), rank: [3]int{0, 0, int(f.Class)}}
		switch {
		case b.here[f.Path] == isFile:
			m.rank[0] = 1
		case f.Path == "index.html":
			m.rank[1] = 1
		}
		// A folder comes as early as the earliest of its files.
		if old, ok := moves[m.path]; !ok || slices.Compare(m.rank[:], old.rank[:]) < 0 {
			moves[m.path] = m
		}
	}
	sorted := make([]move, 0, len(moves))
	for _, m := range moves {
		sorted = append(sorted, m)
	}
	slices.SortFunc(sorted, func(x, y move) int {
		return cmp.Or(slices.Compare(x.rank[:], y.rank[:]), strings.Compare(x.path, y.path))
	})
	// What was cleared must not be removed again: where case does not count, its
	// path may be that of something new by then.
	remove := append(b.stale(), b.emptied()...)
	remove = slices.DeleteFunc(remove, func(p string) bool { return slices.Contains(b.clear, p) })
	j := journal{clear: b.clear, remove: remove}
	for _, m := range sorted {
		j.move = append(j.move, m.path)
	}
	return j
}

// topmost is the highest folder on the way to p that is not there yet, or p.
// To move a new folder whole is quicker, and shows all of it at once.
func (b *build) topmost(p string) string {
	top := p
	for dir := path.Dir(p); dir != "."; dir = path.Dir(dir) {
		if b.here[dir] == isDir {
			break
		}
		top = dir
	}
	return top
}

// emptied gives the folders that the last build needed and this one does not,
// the deepest first: where nobody else put anything there, they are empty once
// our files are gone.
func (b *build) emptied() []string {
	seen := map[string]bool{}
	var dirs []string
	for p := range b.left {
		for dir := path.Dir(p); dir != "." && !seen[dir]; dir = path.Dir(dir) {
			seen[dir] = true
			if b.here[dir] == isDir && !b.wanted.has(dir, isDir) {
				dirs = append(dirs, dir+"/")
			}
		}
	}
	slices.SortFunc(dirs, func(x, y string) int { return strings.Compare(y, x) })
	return dirs
}

func (j journal) text() []byte {
	buf := []byte(journalHead + "\n")
	for _, part := range []struct {
		verb  string
		paths []string
	}{{"clear ", j.clear}, {"move ", j.move}, {"remove ", j.remove}} {
		for _, p := range part.paths {
			buf = append(strconv.AppendQuote(append(buf, part.verb...), p), '\n')
		}
	}
	return append(buf, "end\n"...)
}

// parseJournal reads a journal; false says that it is not whole, so that
// nothing of it was begun.
func parseJournal(data []byte) (journal, bool) {
	lines := strings.Split(string(data), "\n")
	n := len(lines)
	if n < 3 || lines[0] != journalHead || lines[n-2] != "end" || lines[n-1] != "" {
		return journal{}, false
	}
	var j journal
	verbs := map[string]*[]string{"clear": &j.clear, "move": &j.move, "remove": &j.remove}
	for _, line := range lines[1 : n-2] {
		verb, quoted, _ := strings.Cut(line, " ")
		p, err := strconv.Unquote(quoted)
		if err != nil || verbs[verb] == nil {
			return journal{}, false
		}
		*verbs[verb] = append(*verbs[verb], p)
	}
	return j, true
}

// carry writes the new index and the journal, and carries it out.
func (f *folder) carry(j journal, index []byte) error {
	if old, err := f.root.ReadFile(indexName); err == nil && bytes.Equal(old, index) && len(j.move)+len(j.remove) == 0 {
		return f.discard()
	}
	if err := f.root.WriteFile(next(indexName), index, 0o666); err != nil {
		return errors.Join(err, f.discard())
	}
	if err := f.log(j.text()); err != nil {
		return errors.Join(err, f.discard())
	}
	return f.finish(j)
}

// log writes the journal, and waits until it is on the disk.
func (f *folder) log(text []byte) error {
	file, err := f.root.Create(next(logName))
	if err != nil {
		return err
	}
	_, err = file.Write(text)
	if err := errors.Join(err, file.Sync(), file.Close()); err != nil {
		return err
	}
	return f.root.Rename(next(logName), logName)
}

// finish carries out a journal from wherever it stopped.
func (f *folder) finish(j journal) error {
	if len(j.move) > 0 && f.staged(j.move[0]) {
		// Once the first move is done, a path to clear may be that of something
		// new.
		if err := f.removeAll(j.clear); err != nil {
			return err
		}
	}
	for _, p := range j.move {
		if err := f.move(p); err != nil {
			return err
		}
	}
	if err := f.removeAll(j.remove); err != nil {
		return err
	}
	if err := f.root.Rename(next(indexName), indexName); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return f.discard()
}

func (f *folder) staged(p string) bool {
	_, err := f.root.Lstat(stageName + "/" + p)
	return err == nil
}

// move brings a file or folder from the stage to its place, where that was not
// done before.
func (f *folder) move(p string) error {
	err := f.root.Rename(stageName+"/"+p, p)
	if !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	if !f.staged(p) {
		return nil
	}
	// Someone removed its folder since the journal was written.
	if err := f.root.MkdirAll(path.Dir(p), 0o777); err != nil {
		return err
	}
	return f.root.Rename(stageName+"/"+p, p)
}

// removeAll removes files, and folders where they are empty.
func (f *folder) removeAll(paths []string) error {
	for _, p := range paths {
		dir, isFolder := strings.CutSuffix(p, "/")
		info, err := f.root.Lstat(dir)
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err != nil {
			return err
		}
		if info.IsDir() != isFolder {
			continue
		}
		if err := f.root.Remove(dir); err != nil && !isFolder {
			return err
		}
	}
	return nil
}
