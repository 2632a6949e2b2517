package publish

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// beside is where a first build stands for the moment of the exchange.
func (f *folder) beside() string {
	return filepath.Join(filepath.Dir(f.path), "."+filepath.Base(f.path)+".fursa-new")
}

// swap exchanges the output folder, which holds nothing that a reader could
// see, for the staged tree. False says that the system can't here (a mount
// point, say, or a folder above that may not be written to): then all is as it
// was before.
func (b *build) swap(index []byte) (bool, error) {
	stage := filepath.Join(b.path, filepath.FromSlash(stageName))
	tree, err := os.OpenRoot(stage)
	if err != nil {
		return false, err
	}
	defer tree.Close()
	if err := b.hold(tree); err != nil {
		return false, err
	}
	if err := tree.WriteFile(indexName, index, 0o666); err != nil {
		return false, err
	}
	if info, err := b.root.Lstat("."); err != nil || tree.Chmod(".", info.Mode()) != nil {
		return false, tree.RemoveAll(private)
	}
	if os.Rename(stage, b.beside()) != nil {
		return false, tree.RemoveAll(private)
	}
	if exchange(b.beside(), b.path) != nil {
		return false, errors.Join(os.Rename(b.beside(), stage), tree.RemoveAll(private))
	}
	return true, b.finishSwap()
}

// finishSwap brings the dot-names of the folder that was exchanged home, and
// removes the rest of it. A tree that never came to its exchange has none, and
// is removed too.
func (f *folder) finishSwap() error {
	names, err := os.ReadDir(f.beside())
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	for _, name := range names {
		if !strings.HasPrefix(name.Name(), ".") || name.Name() == private {
			continue
		}
		from, to := filepath.Join(f.beside(), name.Name()), filepath.Join(f.path, name.Name())
		if _, err := os.Lstat(to); err == nil {
			return fmt.Errorf("both %s and %s are there: remove one", from, to)
		}
		if err := os.Rename(from, to); err != nil {
			return err
		}
	}
	return os.RemoveAll(f.beside())
}
