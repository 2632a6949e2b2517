// Package content finds the files of a catalogue in its content folder, says
// which record each one is, and reads them. It knows names, kinds and sizes;
// what stands in a file is the business of schema/document and of those
// above it. It follows no links and leaves the folder by no path.
package content

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"runtime"
	"slices"
	"strings"

	"fursa/generator/workers"
	"fursa/schema"
	"fursa/schema/diag"
)

// MaxSize is the size of the largest record file, in bytes.
const MaxSize = 1 << 20

// Name is a record file before it is read.
type Name struct {
	// File is its path in the content folder, with slashes:
	// "opportunities/museum/night-sky.ar.md".
	File string
	Kind schema.Kind
	// Path is the record's path: "opportunities/museum/night-sky",
	// "catalogue", "vocabularies/subjects".
	Path string
	// Lang is the language that a translation file is in; empty for the
	// record itself.
	Lang string
}

// File is a record file as it was read.
type File struct {
	Source *diag.Source
	Kind   schema.Kind
	Path   string   // as in Name
	Lang   string   // as in Name
	Sum    [32]byte // SHA-256 of the text
}

// Asset is a picture or a font, which is copied and not read.
type Asset struct {
	Path string // in the content folder, with slashes: "images/roof.jpg"
	Size int64  // in bytes
}

// Listing is what a content folder holds, by names alone.
type Listing struct {
	Names  []Name  // sorted by Path, then Lang
	Assets []Asset // sorted by Path
}

// Content is what a content folder holds.
type Content struct {
	Files     []File     // sorted by Path, then Lang
	Assets    []Asset    // sorted by Path
	Snapshots []Snapshot // of peers that have a file, sorted by Peer
}

// Load lists a content folder and reads its record files. Diagnostics name
// files as dir and their path in it. Files with problems of their own are
// left out. The error is a failure that no file caused: a permission that is
// missing, a disk that does not answer, a cancelled context.
func Load(ctx context.Context, dir string) (Content, diag.List, error) {
	listing, problems, err := Names(dir)
	if err != nil || len(listing.Names) == 0 {
		return Content{}, problems, err
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		return Content{}, nil, fmt.Errorf("open content folder: %w", err)
	}
	defer root.Close()

	read := make([]result, len(listing.Names))
	folders := make([]folder, 2*runtime.GOMAXPROCS(0)) // files are waited for, too
	err = workers.Each(ctx, len(folders), len(read), func(worker, i int) error {
		read[i] = folders[worker].read(root, dir, listing.Names[i])
		return nil
	})
	for _, f := range folders {
		f.close()
	}
	if err != nil {
		return Content{}, nil, err
	}
	loaded := Content{Files: make([]File, 0, len(read)), Assets: listing.Assets}
	if loaded.Snapshots, err = snapshots(root, dir, listing.Names); err != nil {
		return Content{}, nil, err
	}
	for _, r := range read {
		switch {
		case r.err != nil:
			return Content{}, nil, r.err
		case r.problem != nil:
			problems = append(problems, *r.problem)
		default:
			loaded.Files = append(loaded.Files, r.file)
		}
	}
	return loaded, problems.Sorted(), nil
}

// ReadFile reads one record file by its path in the content folder, with
// slashes, as Name.File has it. It answers false where that is an asset or a
// file that is kept unread, and where there is a problem, which the list then
// says. A file that is not there is an error that is fs.ErrNotExist, a path
// that leaves the folder one that is fs.ErrInvalid.
func ReadFile(dir, file string) (File, bool, diag.List, error) {
	if !fs.ValidPath(file) {
		return File{}, false, nil, fmt.Errorf("read %s: %w", file, fs.ErrInvalid)
	}
	if hidden(file) || isAsset(file) {
		return File{}, false, nil, nil
	}
	name, problem := named(dir, file)
	if problem != nil {
		return File{}, false, diag.List{*problem}, nil
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		return File{}, false, nil, fmt.Errorf("open content folder: %w", err)
	}
	defer root.Close()
	problem, err = checkWay(root, dir, file)
	if err != nil {
		return File{}, false, nil, err
	}
	if problem != nil {
		return File{}, false, diag.List{*problem}, nil
	}
	var f folder
	defer f.close()
	r := f.read(root, dir, name)
	if r.problem != nil {
		return File{}, false, diag.List{*r.problem}, nil
	}
	return r.file, r.err == nil, nil, r.err
}

// hidden says whether a path has a part that begins with a dot.
func hidden(file string) bool {
	return slices.ContainsFunc(strings.Split(file, "/"), func(part string) bool { return strings.HasPrefix(part, ".") })
}

// checkWay says what is wrong with a file before it is opened, and with the
// folders that it stands in.
func checkWay(root *os.Root, dir, file string) (*diag.Diagnostic, error) {
	parts := strings.Split(file, "/")
	for i := range parts {
		at := strings.Join(parts[:i+1], "/")
		src := &diag.Source{Path: printed(dir, at)}
		info, err := root.Lstat(filepath.FromSlash(at))
		switch {
		case err != nil:
			return nil, fmt.Errorf("read %s: %w", src.Path, bare(err))
		case i == len(parts)-1, info.Mode()&fs.ModeSymlink != 0:
			return unreadable(src, info.Mode()), nil
		}
		if problem := checkFolder(dir, at); problem != nil {
			return problem, nil
		}
	}
	return nil, nil
}

// result is what became of reading one file.
type result struct {
	file    File
	problem *diag.Diagnostic
	err     error
}

// folder is the one that a worker read from last, kept open: opening each
// file by its whole path would open every folder on the way again.
type folder struct {
	name string
	root *os.Root
}

func (f *folder) close() {
	if f.root != nil {
		f.root.Close()
	}
}

// open opens a file of the content folder.
func (f *folder) open(content *os.Root, file string) (*os.File, error) {
	dir, base := path.Split(file)
	if f.root == nil || f.name != dir {
		f.close()
		root, err := content.OpenRoot(filepath.FromSlash(path.Clean(dir)))
		if err != nil {
			f.root = nil
			return nil, err
		}
		f.name, f.root = dir, root
	}
	return f.root.Open(base)
}

// read reads a file that is known to be a regular one.
func (f *folder) read(content *os.Root, dir string, name Name) result {
	src := &diag.Source{Path: printed(dir, name.File)}
	text, size, err := f.readAll(content, name.File)
	switch {
	case err != nil:
		return result{err: fmt.Errorf("read %s: %w", src.Path, bare(err))}
	case size > MaxSize:
		return result{problem: tooLarge(src, size)}
	}
	src.Text = text
	return result{file: File{src, name.Kind, name.Path, name.Lang, sha256.Sum256(text)}}
}

// readAll reads a file if it is of MaxSize at the most, and says what size it
// is. One that grows meanwhile is read to the size that it had.
func (f *folder) readAll(content *os.Root, name string) (text []byte, size int64, err error) {
	file, err := f.open(content, name)
	if err != nil {
		return nil, 0, err
	}
	defer file.Close()
	info, err := file.Stat()
	if err != nil {
		return nil, 0, err
	}
	if info.Size() > MaxSize {
		return nil, info.Size(), nil
	}
	text = make([]byte, info.Size())
	n, err := io.ReadFull(file, text)
	if errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, io.EOF) { // it has shrunk
		err = nil
	}
	return text[:n], info.Size(), err
}

// bare is an error without the path that the caller says better.
func bare(err error) error {
	var path *fs.PathError
	if errors.As(err, &path) {
		return path.Err
	}
	return err
}

// printed is the path of a file of the folder as people see it.
func printed(dir, file string) string { return path.Join(filepath.ToSlash(dir), file) }
