package generator

import (
	"context"
	"path"
	"slices"
	"strings"

	"fursa/generator/catalogue"
	"fursa/generator/content"
	"fursa/schema"
	"fursa/schema/diag"
	"fursa/schema/document"
)

// smallFolder is up to how many files of a provider are all looked at for
// duplicates.
const smallFolder = 500

// lookalikes warns of chosen listings that seem to be there already. Without
// reading all others it looks at those whose names have half their words in
// common with a chosen one's, and at all of a provider where these are few.
func lookalikes(ctx context.Context, in Input, names []content.Name, chosen map[string]bool) (diag.List, error) {
	names = slices.DeleteFunc(slices.Clone(names), func(n content.Name) bool {
		return n.Kind != schema.KindOpportunity || n.Lang != ""
	})
	sizes, folders := map[string]int{}, map[string]bool{}
	var words [][]string
	for _, n := range names {
		sizes[path.Dir(n.Path)]++
		if chosen[n.Path] {
			folders[path.Dir(n.Path)] = true
			words = append(words, slugWords(n.Path))
		}
	}
	var records []*catalogue.Record[schema.Opportunity]
	for _, n := range names {
		folder := path.Dir(n.Path)
		like := func(chosen []string) bool { return alike(chosen, slugWords(n.Path)) }
		if !(folders[folder] && sizes[folder] <= smallFolder) && !chosen[n.Path] && !slices.ContainsFunc(words, like) {
			continue
		}
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		file, ok, _, err := content.ReadFile(in.Content, n.File)
		if err != nil {
			return nil, err
		}
		if r := roughly(file); ok && r != nil {
			records = append(records, r)
		}
	}
	return catalogue.Duplicates(records, func(path string) bool { return chosen[path] }), nil
}

// roughly is the record of a file, whatever else is wrong with it; nil where
// it can't be read.
func roughly(file content.File) *catalogue.Record[schema.Opportunity] {
	if file.Source == nil {
		return nil
	}
	d, _ := document.Parse(file.Source)
	if d == nil {
		return nil
	}
	value, err := schema.Decode[schema.Opportunity](d.Value)
	if err != nil {
		return nil
	}
	return &catalogue.Record[schema.Opportunity]{Path: file.Path, Source: file.Source, Value: &value}
}

// slugWords are the words of the last part of a path, without numbers, which
// imports append.
func slugWords(p string) []string {
	return slices.DeleteFunc(strings.Split(path.Base(p), "-"), func(w string) bool {
		return strings.Trim(w, "0123456789") == ""
	})
}

// alike says whether half of some words are among others.
func alike(words, others []string) bool {
	same := 0
	for _, w := range words {
		if slices.Contains(others, w) {
			same++
		}
	}
	return same > 0 && 2*same >= len(words)
}
