package content

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"slices"
	"strings"

	"golang.org/x/text/unicode/norm"

	"fursa/schema/diag"
)

// Names lists a content folder without reading any file. A folder without a
// catalogue.toml, or none at all, is a problem that the list says; then, and
// where a file is wrong, whatever else there is is listed all the same.
func Names(dir string) (Listing, diag.List, error) {
	info, err := os.Stat(dir)
	if errors.Is(err, fs.ErrNotExist) || err == nil && !info.IsDir() {
		at := diag.Span{Source: &diag.Source{Path: printed(dir, "")}}
		return Listing{}, diag.List{diag.New("content/no-folder", at, "path", at.Source.Path)}, nil
	}
	if err != nil {
		return Listing{}, nil, fmt.Errorf("open content folder: %w", err)
	}
	// An os.Root would ask the system about every entry once more. Links are
	// not followed here, and files are read through one.
	w := walker{dir: dir, files: os.DirFS(dir)}
	if err := w.folder("."); err != nil {
		return Listing{}, nil, err
	}
	w.complete()
	return w.found, w.problems.Sorted(), nil
}

// walker gathers what a content folder holds.
type walker struct {
	dir      string
	files    fs.FS
	found    Listing
	problems diag.List
}

// folder walks a folder, given by its path in the content folder.
func (w *walker) folder(folder string) error {
	entries, err := fs.ReadDir(w.files, folder)
	if err != nil {
		return fmt.Errorf("list %s: %w", printed(w.dir, folder), bare(err))
	}
	seen := map[string]string{} // a name without its capitals → the name
	for _, e := range entries {
		if strings.HasPrefix(e.Name(), ".") {
			continue
		}
		file := e.Name()
		if folder != "." {
			file = folder + "/" + file // of tens of thousands: path.Join would take as long as reading the folder
		}
		small := strings.ToLower(norm.NFC.String(e.Name()))
		if other, ok := seen[small]; ok {
			d := diag.New("content/names-differ-in-case", w.at(file), "name", quote(e.Name()), "other", quote(other))
			w.problems = append(w.problems, d.See(w.at(path.Join(folder, other))))
			continue
		}
		seen[small] = e.Name()
		if err := w.entry(file, e); err != nil {
			return err
		}
	}
	return nil
}

func (w *walker) entry(file string, e fs.DirEntry) error {
	var name Name
	var problem *diag.Diagnostic
	switch {
	case e.IsDir():
		if problem = checkFolder(w.dir, file); problem == nil {
			return w.folder(file)
		}
	case !e.Type().IsRegular():
		problem = unreadable(w.at(file).Source, e.Type())
	case isAsset(file):
		info, err := e.Info()
		if err != nil {
			return fmt.Errorf("list %s: %w", printed(w.dir, file), bare(err))
		}
		w.found.Assets = append(w.found.Assets, Asset{file, info.Size()})
		return nil
	default:
		name, problem = named(w.dir, file)
	}
	if problem != nil {
		w.problems = append(w.problems, *problem)
		return nil
	}
	w.found.Names = append(w.found.Names, name)
	return nil
}

func (w *walker) at(file string) diag.Span {
	return diag.Span{Source: &diag.Source{Path: printed(w.dir, file)}}
}

// complete sorts what was found, and looks for what must be there.
func (w *walker) complete() {
	slices.SortFunc(w.found.Assets, func(a, b Asset) int { return strings.Compare(a.Path, b.Path) })
	slices.SortFunc(w.found.Names, func(a, b Name) int {
		return cmp.Or(strings.Compare(a.Path, b.Path), strings.Compare(a.Lang, b.Lang))
	})
	originals := map[string]bool{}
	for _, n := range w.found.Names {
		if n.Lang == "" {
			originals[n.Path] = true
		} else if !originals[n.Path] {
			w.problems = append(w.problems, diag.New("content/orphan-translation", w.at(n.File),
				"original", n.Path+path.Ext(n.File), "lang", n.Lang))
		}
	}
	if !originals[catalogue] {
		w.problems = append(w.problems, diag.New("content/no-catalogue", w.at(catalogue+".toml"), "path", printed(w.dir, "")))
	}
}
