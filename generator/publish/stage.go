package publish

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"sync"

	"fursa/generator/workers"
)

// made is what became of one wanted file.
type made struct {
	stamp
	staged  bool // its bytes are new, and wait in the stage
	foreign bool // a file that is not ours has other bytes
}

// stage makes all files, and puts those that are new or changed into the
// stage.
func (b *build) stage(ctx context.Context, last []Last) error {
	n := len(b.wanted.files) - len(last)
	b.made = make([]made, len(b.wanted.files))
	tree := &tree{path: filepath.Join(b.path, filepath.FromSlash(stageName))}
	drafts := make([]draft, b.workers)
	one := func(worker, i int) (err error) {
		b.made[i], err = b.make(b.wanted.files[i], &drafts[worker], tree)
		return err
	}
	if err := workers.Each(ctx, b.workers, n, one); err != nil {
		return err
	}
	hashes := make(map[string]string, len(b.made))
	for i, f := range b.wanted.files[:n] {
		hashes[f.Path] = b.made[i].hash
	}
	for i, l := range last {
		b.wanted.files[n+i].Write = l.Make(hashes)
		if err := one(0, n+i); err != nil {
			return err
		}
		hashes[l.Path] = b.made[n+i].hash
	}
	var foreign []string
	for i, f := range b.wanted.files {
		if b.made[i].foreign {
			foreign = append(foreign, f.Path)
		}
	}
	return inTheWay(foreign)
}

// make makes one file, and stages it where the folder does not hold it.
func (b *build) make(f File, d *draft, t *tree) (made, error) {
	if f.Fixed && b.here[f.Path] == isFile {
		if there, err := b.stands(f.Path); err != nil || there.hash != "" {
			return made{stamp: there}, err
		}
	}
	d.begin(func() (*os.File, error) { return t.create(f.Path) })
	if err := f.Write(d); err != nil {
		return made{}, errors.Join(fmt.Errorf("make %s: %w", f.Path, err), d.drop())
	}
	size, hash := d.end()
	if b.here[f.Path] == isFile {
		info, err := os.Lstat(filepath.Join(b.path, filepath.FromSlash(f.Path)))
		if err != nil {
			return made{}, fmt.Errorf("look at %s: %w", f.Path, err)
		}
		there := stampOf(info)
		same, err := b.keeps(f.Path, size, hash, there)
		if err != nil {
			return made{}, fmt.Errorf("compare %s: %w", f.Path, err)
		}
		there.hash = hash
		if same {
			return made{stamp: there}, d.drop()
		}
		if !b.ours(entry{f.Path, isFile}) {
			return made{stamp: there, foreign: true}, d.drop()
		}
	}
	s, err := d.keep()
	if err != nil {
		return made{}, fmt.Errorf("stage %s: %w", f.Path, err)
	}
	s.hash = hash
	return made{stamp: s, staged: true}, nil
}

// stands is what the last build left at a path, if it is still there by size
// and time; without a hash if it is not.
func (b *build) stands(p string) (stamp, error) {
	info, err := os.Lstat(filepath.Join(b.path, filepath.FromSlash(p)))
	if err != nil {
		return stamp{}, fmt.Errorf("look at %s: %w", p, err)
	}
	left, now := b.left[p], stampOf(info)
	if now.size != left.size || now.mtime != left.mtime {
		return stamp{}, nil
	}
	return left, nil
}

// tree is the stage. Only this build writes there, to paths that were checked
// to be local, so that plain names are safe; an os.Root would open each folder
// on the way to each file.
type tree struct {
	path string
	dirs sync.Map // folders that are there
}

func (t *tree) create(p string) (*os.File, error) {
	if err := t.mkdir(path.Dir(p)); err != nil {
		return nil, err
	}
	return os.OpenFile(t.name(p), os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o666)
}

func (t *tree) mkdir(dir string) error {
	if _, made := t.dirs.Load(dir); made {
		return nil
	}
	if dir != "." {
		if err := t.mkdir(path.Dir(dir)); err != nil {
			return err
		}
	}
	// Another worker may have been quicker.
	if err := os.Mkdir(t.name(dir), 0o777); err != nil && !errors.Is(err, fs.ErrExist) {
		return err
	}
	t.dirs.Store(dir, true)
	return nil
}

func (t *tree) name(p string) string { return filepath.Join(t.path, filepath.FromSlash(p)) }
