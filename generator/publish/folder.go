package publish

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/gofrs/flock"
)

// The names of what this package keeps in the output folder.
const (
	private   = ".fursa"
	lockName  = private + "/lock"
	stageName = private + "/stage"
	indexName = private + "/index"
	logName   = private + "/journal"
)

// folder is an output folder, held by this process alone.
type folder struct {
	path  string // absolute, and not a symbolic link
	root  *os.Root
	locks []*flock.Flock
}

// open makes the folder where there is none, and takes hold of it.
func open(dir string) (*folder, error) {
	if err := os.MkdirAll(dir, 0o777); err != nil {
		return nil, fmt.Errorf("make the output folder: %w", err)
	}
	path, err := filepath.Abs(dir)
	if err == nil {
		path, err = filepath.EvalSymlinks(path)
	}
	if err != nil {
		return nil, fmt.Errorf("find the output folder: %w", err)
	}
	root, err := os.OpenRoot(path)
	if err != nil {
		return nil, fmt.Errorf("open the output folder: %w", err)
	}
	f := &folder{path: path, root: root}
	if err := f.hold(root); err != nil {
		f.close()
		return nil, err
	}
	return f, nil
}

// hold makes the private folder of root and locks it.
func (f *folder) hold(root *os.Root) error {
	if err := root.Mkdir(private, 0o777); err != nil && !errors.Is(err, fs.ErrExist) {
		return fmt.Errorf("lock the output folder: %w", err)
	}
	if info, err := root.Lstat(private); err != nil || !info.IsDir() {
		return errors.Join(err, fmt.Errorf("%s is not a folder", filepath.Join(root.Name(), private)))
	}
	// Git users shall not commit it by mistake.
	if err := writeNew(root, private+"/.gitignore", []byte("*\n")); err != nil {
		return err
	}
	lock := flock.New(filepath.Join(root.Name(), lockName))
	locked, err := lock.TryLock()
	if err != nil {
		return fmt.Errorf("lock the output folder: %w", err)
	}
	if !locked {
		return ErrBusy
	}
	f.locks = append(f.locks, lock)
	// A first build may have exchanged the folder since root was opened: what
	// is held then is no longer there.
	opened, err := root.Lstat(".")
	if err != nil {
		return fmt.Errorf("lock the output folder: %w", err)
	}
	if there, err := os.Lstat(root.Name()); err != nil || !os.SameFile(opened, there) {
		return ErrBusy
	}
	return nil
}

// close gives the folder free. The lock files stay: to remove one would let
// two builds hold one each.
func (f *folder) close() {
	for _, lock := range f.locks {
		// Closing the file unlocks it in any case.
		_ = lock.Close()
	}
	_ = f.root.Close() // was only read through
}

// Recover finishes what an interrupted build left: it carries out a journal
// that was begun, and removes what was only staged. It may be interrupted and
// called again. Write calls it first.
func Recover(dir string) error {
	if _, err := os.Lstat(filepath.Join(dir, private)); errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	f, err := open(dir)
	if err != nil {
		return err
	}
	defer f.close()
	return f.recover()
}

func (f *folder) recover() error {
	if err := f.finishSwap(); err != nil {
		return fmt.Errorf("finish the last build: %w", err)
	}
	data, err := f.root.ReadFile(logName)
	if err == nil {
		if j, whole := parseJournal(data); whole {
			err = f.finish(j)
		}
	}
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("finish the last build: %w", err)
	}
	return f.discard()
}

// discard removes what was staged.
func (f *folder) discard() error {
	for _, name := range []string{logName, stageName, next(indexName), next(logName)} {
		if err := f.root.RemoveAll(name); err != nil {
			return fmt.Errorf("remove what was staged: %w", err)
		}
	}
	return nil
}

// next is the name under which a file is made before it takes its own.
func next(name string) string { return name + ".next" }

// writeNew writes a file where there is none yet, or one with other bytes.
func writeNew(root *os.Root, name string, data []byte) error {
	if old, err := root.ReadFile(name); err == nil && bytes.Equal(old, data) {
		return nil
	}
	return root.WriteFile(name, data, 0o666)
}
