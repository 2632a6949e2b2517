package generator

import (
	"context"
	"strings"

	"fursa/generator/catalogue"
	"fursa/generator/content"
	"fursa/schema"
	"fursa/schema/diag"
)

// side is a state of a content folder: the one that stands there, or the one
// before a change.
type side struct {
	listing content.Listing
	paths   catalogue.Paths // of the listing's records
	// read reads a file of the listing, as content.ReadFile does.
	read func(file string) (content.File, bool, diag.List, error)
}

func newSide(listing content.Listing, read func(file string) (content.File, bool, diag.List, error)) side {
	s := side{listing, make(catalogue.Paths, len(listing.Names)), read}
	for i, n := range listing.Names {
		s.paths[i] = n.Path
	}
	return s
}

// present is what stands in a content folder.
func present(dir string, listing content.Listing) side {
	return newSide(listing, func(file string) (content.File, bool, diag.List, error) { return content.ReadFile(dir, file) })
}

// some are a few records of a side, with what checking them needs.
type some struct {
	records catalogue.Records
	// index knows all records of the side by their paths, and of the chosen
	// ones their old paths.
	index *catalogue.Index
	// list is what is wrong with the files that were read.
	list diag.List
}

// readSome reads the chosen records, what every record needs (the settings
// and the vocabularies), the providers of the chosen listings and the peers of
// the chosen reviews.
func (b *Builder) readSome(ctx context.Context, s side, chosen map[string]bool) (some, error) {
	needed := map[string]bool{}
	for p := range chosen {
		needed[p] = true
		if slug, ok := strings.CutPrefix(p, "opportunities/"); ok {
			provider, _, _ := strings.Cut(slug, "/")
			needed["providers/"+provider] = true
		}
		if slug, ok := strings.CutPrefix(p, "reviews/"); ok {
			needed["peers/"+slug] = true
		}
	}
	files := content.Content{Assets: s.listing.Assets}
	var list diag.List
	for _, n := range s.listing.Names {
		if !needed[n.Path] && n.Kind != schema.KindCatalogue && n.Kind != schema.KindVocabulary {
			continue
		}
		file, ok, problems, err := s.read(n.File)
		if err != nil {
			return some{}, err
		}
		list = append(list, problems...)
		if ok {
			files.Files = append(files.Files, file)
		}
	}
	records, more, err := b.reader.read(ctx, files)
	if err != nil {
		return some{}, err
	}
	index := catalogue.NewIndex(records, s.paths)
	return some{records.Only(func(path string) bool { return chosen[path] }), index, append(list, more...)}, nil
}

// check is all that is wrong with the files that were read, and between the
// records.
func (s some) check(in Input) diag.List {
	list := s.list
	if now, err := in.Now.at(s.records.Settings, in.Clock); err == nil {
		list = append(list, catalogue.Check(s.records, s.index, now.date)...)
	}
	return list.Sorted()
}
