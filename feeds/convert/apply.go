package convert

import (
	"errors"
	"fmt"
	"os"
	"path"
	"runtime"
	"sync"
)

// Apply writes the files of a plan into its content folder, each whole or not
// at all, and the manifest last: broken off, the next import finishes.
func (c Changes) Apply(dir string) error {
	root, err := os.OpenRoot(dir)
	if err != nil {
		return fmt.Errorf("open the content folder: %w", err)
	}
	defer root.Close()
	if err := makeFolders(root, c.Files); err != nil {
		return err
	}
	parts := chunks(c.Files)
	errs := make([]error, len(parts))
	var wg sync.WaitGroup
	workers := runtime.GOMAXPROCS(0)
	for first := range workers {
		wg.Go(func() {
			for i := first; i < len(parts); i += workers {
				errs[i] = writeChunk(root, parts[i])
			}
		})
	}
	wg.Wait()
	if err := errors.Join(errs...); err != nil {
		return err
	}
	if c.manifest == nil {
		return nil
	}
	last := []File{{Path: manifestPath(c.name), Text: c.manifest}}
	if err := makeFolders(root, last); err != nil {
		return err
	}
	return writeChunk(root, last)
}

// chunks are runs of files of one folder, none too long to be shared out.
func chunks(files []File) [][]File {
	const most = 256
	var out [][]File
	for from, i := 0, 1; i <= len(files); i++ {
		if i == len(files) || i-from == most || path.Dir(files[i].Path) != path.Dir(files[from].Path) {
			out = append(out, files[from:i])
			from = i
		}
	}
	return out
}

func makeFolders(root *os.Root, files []File) error {
	made := map[string]bool{}
	for _, f := range files {
		folder := path.Dir(f.Path)
		if made[folder] {
			continue
		}
		made[folder] = true
		if err := root.MkdirAll(folder, 0o755); err != nil {
			return fmt.Errorf("make a folder: %w", err)
		}
	}
	return nil
}

// writeChunk writes the files of one folder, each beside its place first and
// then renamed, so that a reader never sees half of one. The folder is opened
// once: finding the way to it takes longer than writing.
func writeChunk(root *os.Root, files []File) error {
	folder, err := root.OpenRoot(path.Dir(files[0].Path))
	if err != nil {
		return fmt.Errorf("open a folder: %w", err)
	}
	defer folder.Close()
	for _, f := range files {
		name := path.Base(f.Path)
		beside := "." + name + ".new"
		if err := folder.WriteFile(beside, f.Text, 0o644); err != nil {
			return fmt.Errorf("write %s: %w", f.Path, err)
		}
		if err := folder.Rename(beside, name); err != nil {
			return fmt.Errorf("write %s: %w", f.Path, err)
		}
	}
	return nil
}
