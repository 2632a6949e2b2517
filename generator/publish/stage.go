package publish

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"sync"
)

// made is what became of one wanted file.
type made struct {
	stamp
	staged  bool // its bytes are new, and wait in the stage
	foreign bool // a file that is not ours has other bytes
}

// stage makes all files, and puts those that are new or changed into the
// stage.
func (b *build) stage(ctx context.Context, ledgerFile func(map[string]string) File) error {
	last := len(b.wanted.files) - 1
	b.made = make([]made, last+1)
	tree := &tree{path: filepath.Join(b.path, filepath.FromSlash(stageName))}
	buffers := make([]bytes.Buffer, b.workers)
	one := func(worker, i int) (err error) {
		b.made[i], err = b.make(b.wanted.files[i], &buffers[worker], tree)
		return err
	}
	if err := each(ctx, b.workers, last, one); err != nil {
		return err
	}
	paths := make(map[string]string, last)
	for i, f := range b.wanted.files[:last] {
		paths[f.Path] = b.made[i].hash
	}
	ledger := ledgerFile(paths)
	if want := b.wanted.files[last].Path; ledger.Path != want {
		return fmt.Errorf("output path %q: the ledger's is %q", ledger.Path, want)
	}
	b.wanted.files[last].Write = ledger.Write
	if err := one(0, last); err != nil {
		return err
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
func (b *build) make(f File, buf *bytes.Buffer, t *tree) (made, error) {
	buf.Reset()
	if err := f.Write(buf); err != nil {
		return made{}, fmt.Errorf("make %s: %w", f.Path, err)
	}
	hash := hashOf(buf.Bytes())
	if b.here[f.Path] == isFile {
		info, err := os.Lstat(filepath.Join(b.path, filepath.FromSlash(f.Path)))
		if err != nil {
			return made{}, fmt.Errorf("look at %s: %w", f.Path, err)
		}
		there := stampOf(info)
		same, err := b.keeps(f.Path, buf.Bytes(), hash, there)
		if err != nil {
			return made{}, fmt.Errorf("compare %s: %w", f.Path, err)
		}
		there.hash = hash
		if same {
			return made{stamp: there}, nil
		}
		if !b.ours(entry{f.Path, isFile}) {
			return made{stamp: there, foreign: true}, nil
		}
	}
	s, err := t.write(f.Path, buf.Bytes())
	if err != nil {
		return made{}, fmt.Errorf("stage %s: %w", f.Path, err)
	}
	s.hash = hash
	return made{stamp: s, staged: true}, nil
}

// hashOf is the first half of the SHA-256 digest, in 22 characters: 128 bits
// tell two versions of a file apart, and a ledger names tens of thousands.
func hashOf(data []byte) string {
	sum := sha256.Sum256(data)
	return base64.RawURLEncoding.EncodeToString(sum[:sha256.Size/2])
}

// tree is the stage. Only this build writes there, to paths that were checked
// to be local, so that plain names are safe; an os.Root would open each folder
// on the way to each file.
type tree struct {
	path string
	dirs sync.Map // folders that are there
}

func (t *tree) write(p string, data []byte) (stamp, error) {
	if err := t.mkdir(path.Dir(p)); err != nil {
		return stamp{}, err
	}
	file, err := os.OpenFile(t.name(p), os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o666)
	if err != nil {
		return stamp{}, err
	}
	_, err = file.Write(data)
	var s stamp
	if info, e := file.Stat(); e == nil {
		s = stampOf(info)
	} else {
		err = errors.Join(err, e)
	}
	return s, errors.Join(err, file.Close())
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
