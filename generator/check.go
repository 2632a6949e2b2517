package generator

import (
	"bytes"
	"context"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"

	"fursa/generator/catalogue"
	"fursa/generator/content"
	"fursa/schema"
	"fursa/schema/diag"
)

// Check finds what is wrong with a catalogue's files. Where paths are given
// (files or folders in the content folder, with slashes) it reads these and
// what they refer to, and tells of these alone; a path that is not there is an
// error that is fs.ErrNotExist.
//
// The theme is checked where the input names one.
func (b *Builder) Check(ctx context.Context, in Input, paths []string) (diag.List, error) {
	_, problems, err := checkedTheme(in.Theme)
	if err != nil {
		return nil, err
	}
	check := b.checkAll
	if len(paths) > 0 {
		check = b.checkSome
	}
	list, err := check(ctx, in, paths)
	return settled(append(list, problems...)).Sorted(), err
}

// checkAll checks all files.
func (b *Builder) checkAll(ctx context.Context, in Input, _ []string) (diag.List, error) {
	files, list, err := content.Load(ctx, in.Content)
	if err != nil {
		return nil, err
	}
	records, more, err := b.reader.read(ctx, files)
	if err != nil {
		return nil, err
	}
	list = append(list, more...)
	if now, err := in.Now.at(records.Settings, in.Clock); err == nil {
		list = append(list, catalogue.Check(records, catalogue.NewIndex(records, recordPaths(files)), now.date)...)
		list = append(list, catalogue.Duplicates(records.Opportunities, nil)...)
		list = append(list, checkSchools(records, list, now)...)
	}
	return list, nil
}

// checkSchools checks what schools receive of all records, where these have no
// errors.
func checkSchools(records catalogue.Records, list diag.List, at now) diag.List {
	if list.Failed() || len(records.Schools) == 0 {
		return nil
	}
	c, err := catalogue.New(records, catalogue.Options{Now: at.instant})
	if err != nil {
		return nil // of the time zone, which has been told
	}
	return catalogue.CheckSchools(c)
}

// checkSome checks some files without reading all others.
func (b *Builder) checkSome(ctx context.Context, in Input, paths []string) (diag.List, error) {
	listing, problems, err := content.Names(in.Content)
	if err != nil {
		return nil, err
	}
	chosen, err := choose(listing.Names, paths)
	if err != nil {
		return nil, err
	}
	read, err := b.readSome(ctx, present(in.Content, listing), chosen)
	if err != nil {
		return nil, err
	}
	list := slices.Concat(problems, read.check(in))
	if asksForAliases(read.records, list) {
		if err := b.addAliases(ctx, in, read.index); err != nil {
			return nil, err
		}
		list = slices.Concat(problems, read.check(in))
	}
	alike, err := lookalikes(ctx, in, listing.Names, chosen)
	if err != nil {
		return nil, err
	}
	list = append(list, alike...)
	if len(read.records.Schools) > 0 && !list.Failed() {
		all, err := b.checkAll(ctx, in, nil)
		if err != nil {
			return nil, err
		}
		list = append(list, all...)
	}
	return slices.DeleteFunc(list.Sorted(), func(d diag.Diagnostic) bool {
		return d.Span.Source != nil && !within(d.Span.Source.Path, in.Content, append(paths, "catalogue.toml"))
	}), nil
}

// choose are the records that paths name, each with all its files.
func choose(names []content.Name, paths []string) (map[string]bool, error) {
	chosen := map[string]bool{}
	for _, p := range paths {
		found := false
		for _, n := range names {
			if p == "." || n.File == p || strings.HasPrefix(n.File, p+"/") {
				chosen[n.Path], found = true, true
			}
		}
		if !found {
			return nil, fmt.Errorf("%s: %w among the records", p, fs.ErrNotExist)
		}
	}
	return chosen, nil
}

func within(file, dir string, paths []string) bool {
	return slices.ContainsFunc(paths, func(p string) bool {
		at := path.Join(dir, p)
		return p == "." || file == at || strings.HasPrefix(file, at+"/")
	})
}

// asksForAliases says whether old paths matter to a check: where a record
// claims some, or refers to what is not there.
func asksForAliases(r catalogue.Records, list diag.List) bool {
	return r.HasAliases() || slices.ContainsFunc(list, func(d diag.Diagnostic) bool { return d.Rule == "links/unknown-record" })
}

// addAliases reads every record that has old paths into an index.
func (b *Builder) addAliases(ctx context.Context, in Input, index *catalogue.Index) error {
	files, _, err := content.Load(ctx, in.Content)
	if err != nil {
		return err
	}
	files.Files = slices.DeleteFunc(files.Files, func(f content.File) bool {
		return f.Kind != schema.KindCatalogue && (f.Lang != "" || !bytes.Contains(f.Source.Text, []byte("aliases")))
	})
	records, _, err := newReader().read(ctx, files)
	if err != nil {
		return err
	}
	index.Aliases = catalogue.NewIndex(records, nil).Aliases
	return nil
}
