package content

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"runtime"
	"slices"
	"strings"

	"golang.org/x/text/unicode/norm"

	"fursa/generator/workers"
	"fursa/schema"
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
	var all []walker
	for level := []string{"."}; len(level) > 0; {
		walkers := make([]walker, len(level))
		err := workers.Each(context.Background(), runtime.GOMAXPROCS(0), len(level), func(_, i int) error {
			walkers[i] = walker{dir: dir, folder: level[i]}
			return walkers[i].walk()
		})
		if err != nil {
			return Listing{}, nil, err
		}
		level = nil
		for _, w := range walkers {
			level = append(level, w.below...)
		}
		all = append(all, walkers...)
	}
	whole := joined(dir, all)
	whole.complete()
	return whole.found, whole.problems.Sorted(), nil
}

// walker gathers what a folder of a content folder holds.
type walker struct {
	dir      string
	folder   string // its path in the content folder
	found    Listing
	below    []string // the folders in it
	problems diag.List
}

// joined is what several folders hold.
func joined(dir string, walkers []walker) walker {
	whole, names := walker{dir: dir}, 0
	for _, w := range walkers {
		names += len(w.found.Names)
	}
	// Folder by folder they are nearly in the order that they are sorted into.
	slices.SortFunc(walkers, func(a, b walker) int { return strings.Compare(a.folder+"/", b.folder+"/") })
	whole.found.Names = make([]Name, 0, names)
	for _, w := range walkers {
		whole.found.Names = append(whole.found.Names, w.found.Names...)
		whole.found.Assets = append(whole.found.Assets, w.found.Assets...)
		whole.problems = append(whole.problems, w.problems...)
	}
	return whole
}

// walk lists the folder. Links are not followed here, and files are read
// through an os.Root, which would ask the system about every entry once more.
func (w *walker) walk() error {
	entries, err := os.ReadDir(filepath.Join(w.dir, filepath.FromSlash(w.folder)))
	if err != nil {
		return fmt.Errorf("list %s: %w", printed(w.dir, w.folder), bare(err))
	}
	w.found.Names = make([]Name, 0, len(entries))
	seen := map[string]string{} // a name without its capitals → the name
	strange := slices.ContainsFunc(entries, func(e fs.DirEntry) bool { return small(e.Name()) != e.Name() })
	for _, e := range entries {
		if strings.HasPrefix(e.Name(), ".") {
			continue
		}
		file := e.Name()
		if w.folder != "." {
			file = w.folder + "/" + file // of tens of thousands: path.Join would take as long as reading the folder
		}
		if strange {
			if other, ok := seen[small(e.Name())]; ok {
				d := diag.New("content/names-differ-in-case", w.at(file), "name", quote(e.Name()), "other", quote(other))
				w.problems = append(w.problems, d.See(w.at(path.Join(w.folder, other))))
				continue
			}
			seen[small(e.Name())] = e.Name()
		}
		if err := w.entry(file, e); err != nil {
			return err
		}
	}
	slices.SortFunc(w.found.Names, byPath)
	return nil
}

func byPath(a, b Name) int {
	return cmp.Or(strings.Compare(a.Path, b.Path), strings.Compare(a.Lang, b.Lang))
}

// small is a name as computers see it that take small letters and capitals for
// the same.
func small(name string) string { return strings.ToLower(norm.NFC.String(name)) }

func (w *walker) entry(file string, e fs.DirEntry) error {
	var name Name
	var problem *diag.Diagnostic
	switch {
	case e.IsDir():
		if problem = checkFolder(w.dir, file); problem == nil {
			w.below = append(w.below, file)
			return nil
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
	slices.SortFunc(w.found.Names, byPath)
	original := "" // stands before its translations
	for _, n := range w.found.Names {
		if n.Lang == "" {
			original = n.Path
		} else if original != n.Path {
			w.problems = append(w.problems, diag.New("content/orphan-translation", w.at(n.File),
				"original", n.Path+path.Ext(n.File), "lang", n.Lang))
		}
	}
	isSettings := func(n Name) bool { return n.Kind == schema.KindCatalogue && n.Lang == "" }
	if !slices.ContainsFunc(w.found.Names, isSettings) {
		w.problems = append(w.problems, diag.New("content/no-catalogue", w.at(catalogue+".toml"), "path", printed(w.dir, "")))
	}
}
