package convert

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"runtime"
	"slices"
	"strings"
	"sync"

	"fursa/schema"
)

// Changes are what an import will do to a content folder. Nothing is written
// before Apply.
type Changes struct {
	// Files are to be written, sorted by path.
	Files []File
	// Unchanged is how many listings already are what they would become.
	Unchanged int
	// Notes say what people did that the import leaves alone, and which of
	// its listings the source no longer has.
	Notes []Note
	// manifest is written last; nil where it stays as it is.
	manifest []byte
	name     string
}

// File is one file to be written.
type File struct {
	// Path is in the content folder, with slashes.
	Path string
	Text []byte
	// New says that there is no such file yet.
	New bool
}

// Plan compares a result with a content folder. Files that the import made
// and nobody edited are to be as the source is now; in files that people
// edited only the fields that they left alone are; what the source no longer
// has stays, and is noted. An error is a folder that can't be read.
func Plan(r Result, dir string) (Changes, error) {
	root, err := os.OpenRoot(dir)
	if err != nil {
		return Changes{}, fmt.Errorf("open the content folder: %w", err)
	}
	defer root.Close()
	text, _, err := readFile(root, manifestPath(r.Name))
	if err != nil {
		return Changes{}, err
	}
	last, err := readManifest(text, r.Name)
	if err != nil {
		return Changes{}, err
	}
	p := planner{root: root, last: last, next: manifest{manifestVersion, r.Name, map[string]imported{}}}
	if err := p.plan(r); err != nil {
		return Changes{}, err
	}
	p.changes.name = r.Name
	if next := p.next.encode(); !bytes.Equal(next, text) {
		p.changes.manifest = next
	}
	return p.changes, nil
}

// readFile is a file's text; exists is false where there is none.
func readFile(root *os.Root, path string) (text []byte, exists bool, err error) {
	text, err = root.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, false, nil
	}
	if err != nil {
		return nil, false, fmt.Errorf("read the content folder: %w", err)
	}
	return text, true, nil
}

type planner struct {
	root       *os.Root
	last, next manifest
	changes    Changes
}

func (p *planner) plan(r Result) error {
	for _, step := range []func(Result) error{p.providers, p.vocabularies, p.listings} {
		if err := step(r); err != nil {
			return err
		}
	}
	p.gone(r)
	slices.SortFunc(p.changes.Files, func(a, b File) int { return strings.Compare(a.Path, b.Path) })
	return nil
}

func (p *planner) write(path string, text []byte, isNew bool) {
	p.changes.Files = append(p.changes.Files, File{path, text, isNew})
}

func (p *planner) note(n Note) { p.changes.Notes = append(p.changes.Notes, n) }

// providers adds those that have no file. A file that is there belongs to
// people: they know more of a provider than its name.
func (p *planner) providers(r Result) error {
	for _, provider := range r.Providers {
		path := "providers/" + provider.Slug + ".md"
		_, exists, err := readFile(p.root, path)
		if err != nil {
			return err
		}
		if !exists {
			p.write(path, schema.Encode(provider.Record, ""), true)
		}
	}
	return nil
}

// vocabularies adds terms that are missing, at the end of the file, so that
// everything else in it stays as people wrote it.
func (p *planner) vocabularies(r Result) error {
	for _, v := range r.Vocabularies {
		path := "vocabularies/" + v.Name + ".toml"
		text, exists, err := readFile(p.root, path)
		if err != nil {
			return err
		}
		if !exists {
			p.write(path, schema.Encode(schema.Vocabulary{Terms: v.Terms}, ""), true)
			continue
		}
		if err := p.addTerms(path, text, v.Terms); err != nil {
			return err
		}
	}
	return nil
}

func (p *planner) addTerms(path string, text []byte, terms []schema.Term) error {
	doc, ok := parse(path, text)
	if !ok {
		p.note(Note{Value: path, Problem: problem("import/file-broken", "file", path)})
		return nil
	}
	known, err := schema.Decode[schema.Vocabulary](doc.Value)
	if err != nil {
		p.note(Note{Value: path, Problem: problem("import/file-broken", "file", path)})
		return nil //nolint:nilerr // told in the note
	}
	terms = slices.DeleteFunc(slices.Clone(terms), func(t schema.Term) bool {
		return slices.ContainsFunc(known.Terms, func(k schema.Term) bool { return k.ID == t.ID })
	})
	if len(terms) == 0 {
		return nil
	}
	more := schema.Encode(schema.Vocabulary{Terms: terms}, "")
	longer := slices.Concat(bytes.TrimRight(text, "\r\n"), []byte("\n\n"), more)
	if _, ok := parse(path, longer); !ok { // terms = [{…}] can't be added to below
		p.note(Note{Value: path, Problem: problem("import/terms-inline", "file", path, "terms", termIDs(terms))})
		return nil
	}
	p.write(path, longer, false)
	return nil
}

func termIDs(terms []schema.Term) string {
	ids := make([]string, len(terms))
	for i, t := range terms {
		ids[i] = t.ID
	}
	return strings.Join(ids, ", ")
}

// listings plans all listings, several at a time, and gathers the outcomes in
// their order.
func (p *planner) listings(r Result) error {
	outcomes := make([]outcome, len(r.Listings))
	errs := make([]error, len(r.Listings))
	var wg sync.WaitGroup
	workers := runtime.GOMAXPROCS(0)
	for first := range workers {
		wg.Go(func() {
			for i := first; i < len(r.Listings); i += workers {
				outcomes[i], errs[i] = p.listing(r.Listings[i])
			}
		})
	}
	wg.Wait()
	for i, o := range outcomes {
		if errs[i] != nil {
			return errs[i]
		}
		if o.file != nil {
			p.changes.Files = append(p.changes.Files, *o.file)
		} else {
			p.changes.Unchanged++
		}
		p.changes.Notes = append(p.changes.Notes, o.notes...)
		if o.entry.Path != "" {
			p.next.Listings[r.Listings[i].ID] = o.entry
		}
	}
	return nil
}

// gone notes the listings that the source no longer has, and goes on knowing
// them: they may come back.
func (p *planner) gone(r Result) {
	for _, l := range r.Listings {
		delete(p.last.Listings, l.ID)
	}
	for _, id := range slices.Sorted(maps.Keys(p.last.Listings)) {
		entry := p.last.Listings[id]
		p.next.Listings[id] = entry
		if _, err := p.root.Stat(entry.Path + ".md"); err == nil {
			p.note(Note{ID: id, Value: entry.Path, Problem: problem("import/row-gone", "path", entry.Path)})
		}
	}
}
