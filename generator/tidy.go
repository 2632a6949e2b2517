package generator

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"fursa/generator/content"
	"fursa/schema"
	"fursa/schema/diag"
	"fursa/schema/document"
)

// TidyOptions are how files are tidied.
type TidyOptions struct {
	// Fix makes the certain corrections of what is wrong first.
	Fix bool
	// Keep writes nothing, and says only what would change.
	Keep bool
}

// Tidied is what came of tidying.
type Tidied struct {
	// Changed are the paths of the files that have another text now, as
	// people see them, sorted.
	Changed []string
	// Corrected are the problems that were corrected.
	Corrected diag.List
	// Unread are the problems of files that can't be read, and so not be put
	// into any form.
	Unread diag.List
}

// Tidy puts a catalogue's files, or those that paths name, into the canonical
// form of schema.Format, which never changes what they say. A path that is not
// there is an error that is fs.ErrNotExist. Each file is written whole or not
// at all.
func (b *Builder) Tidy(ctx context.Context, in Input, paths []string, o TidyOptions) (Tidied, error) {
	var done Tidied
	changed := map[string]bool{}
	if o.Fix {
		if err := b.correct(ctx, in, paths, &done, changed); err != nil {
			return done, err
		}
	}
	listing, problems, err := content.Names(in.Content)
	if err != nil {
		return done, err
	}
	if len(listing.Names) == 0 {
		done.Unread = problems
	}
	if _, err := choose(listing.Names, paths); err != nil {
		return done, err
	}
	for _, n := range listing.Names {
		if len(paths) > 0 && !within(path.Join("/", n.File), "/", paths) {
			continue
		}
		if err := ctx.Err(); err != nil {
			return done, err
		}
		if err := tidyFile(in.Content, n, o, &done, changed); err != nil {
			return done, err
		}
	}
	for file := range changed {
		done.Changed = append(done.Changed, file)
	}
	slices.Sort(done.Changed)
	done.Unread = done.Unread.Sorted()
	return done, nil
}

// rounds is how often corrections are looked for again: one may bring to
// light the next.
const rounds = 20

// correct makes certain corrections until there are none.
func (b *Builder) correct(ctx context.Context, in Input, paths []string, done *Tidied, changed map[string]bool) error {
	for range rounds {
		list, err := b.Check(ctx, in, paths)
		if err != nil {
			return err
		}
		list = slices.DeleteFunc(list, func(d diag.Diagnostic) bool {
			return d.Fix == nil || len(paths) > 0 && !within(d.Span.Source.Path, in.Content, paths)
		})
		fixed := false
		for _, src := range sources(list) {
			text := diag.Apply(src.Text, list.Fixes(src.Path))
			if bytes.Equal(text, src.Text) {
				continue
			}
			if err := replaceFile(in.Content, src.Path, text); err != nil {
				return err
			}
			fixed, changed[src.Path] = true, true
		}
		if !fixed {
			return nil
		}
		done.Corrected = append(done.Corrected, list...)
	}
	return nil
}

// sources are the files that a list has corrections for.
func sources(list diag.List) []*diag.Source {
	var all []*diag.Source
	for _, d := range list {
		if !slices.ContainsFunc(all, func(s *diag.Source) bool { return s.Path == d.Span.Source.Path }) {
			all = append(all, d.Span.Source)
		}
	}
	return all
}

// tidyFile puts one file into the canonical form.
func tidyFile(dir string, n content.Name, o TidyOptions, done *Tidied, changed map[string]bool) error {
	file, ok, problems, err := content.ReadFile(dir, n.File)
	done.Unread = append(done.Unread, problems...)
	if err != nil || !ok {
		return err
	}
	d, problems := document.Parse(file.Source)
	if d == nil {
		done.Unread = append(done.Unread, problems...)
		return nil
	}
	text := schema.Format(n.Kind, d)
	if bytes.Equal(text, file.Source.Text) {
		return nil
	}
	changed[file.Source.Path] = true
	if o.Keep {
		return nil
	}
	return replaceFile(dir, file.Source.Path, text)
}

// replaceFile writes a file of the content folder anew, whole or not at all.
func replaceFile(dir, printed string, text []byte) error {
	rel := strings.TrimPrefix(printed, path.Clean(filepath.ToSlash(dir))+"/")
	name := filepath.Join(dir, filepath.FromSlash(rel))
	info, err := os.Lstat(name)
	if err != nil {
		return err
	}
	if !info.Mode().IsRegular() {
		return fmt.Errorf("write %s: %w", printed, fs.ErrInvalid)
	}
	f, err := os.CreateTemp(filepath.Dir(name), ".fursa-*")
	if err != nil {
		return err
	}
	_, err = f.Write(text)
	err = errors.Join(err, f.Chmod(info.Mode().Perm()), f.Close())
	if err == nil {
		err = os.Rename(f.Name(), name)
	}
	if err != nil {
		return errors.Join(fmt.Errorf("write %s: %w", printed, err), os.Remove(f.Name()))
	}
	return nil
}
