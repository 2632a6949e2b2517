package catalogue

import (
	"cmp"
	"slices"

	"fursa/schema"
	"fursa/schema/diag"
	"fursa/schema/document"
)

// Index is what records can refer to: enough of a catalogue to check any of
// its files alone.
type Index struct {
	Settings schema.Catalogue
	// Paths are the records that exist.
	Paths Paths
	// Aliases are old paths, each with the record that claims it.
	Aliases map[string]Claim
	// Terms are the terms of each vocabulary, by id.
	Terms map[string]map[string]schema.Term
	// Contacts says of the providers that were read, by slug, whether they can
	// be reached.
	Contacts map[string]bool
	// Trust is how far each of the peers that were read is trusted, by slug.
	Trust map[string]string
	// Assets are the images and fonts of the content folder.
	Assets map[string]bool
}

// Paths are those of records, sorted: "opportunities/museum/night-sky". One may
// be there several times.
type Paths []string

// Has says whether there is a record of a path.
func (p Paths) Has(path string) bool {
	_, found := slices.BinarySearch(p, path)
	return found
}

// Claim is a record that claims an old path, and where it does.
type Claim struct {
	Path string
	At   func() diag.Span
}

// NewIndex indexes records. Paths are those of all records of the catalogue,
// such as were not read, or could not be, among them; nil, where all are given.
func NewIndex(r Records, paths Paths) *Index {
	x := &Index{
		Settings: r.Settings, Aliases: map[string]Claim{},
		Terms: map[string]map[string]schema.Term{}, Contacts: map[string]bool{}, Trust: map[string]string{}, Assets: map[string]bool{},
	}
	for _, a := range r.Assets {
		x.Assets[a] = true
	}
	for _, v := range r.Vocabularies {
		terms := map[string]schema.Term{}
		for _, t := range v.Value.Terms {
			terms[t.ID] = t
		}
		x.Terms[v.Slug()] = terms
	}
	for _, p := range r.Providers {
		x.Contacts[p.Slug()] = reachable(p.Value.Contact) || p.Value.URL != ""
	}
	for _, p := range r.Peers {
		x.Paths = append(x.Paths, p.Path)
		x.Trust[p.Slug()] = cmp.Or(p.Value.Trust, TrustReview)
	}
	addPaths(x, r.Opportunities, func(v *schema.Opportunity) []string { return v.Aliases })
	addPaths(x, r.Providers, func(v *schema.Provider) []string { return v.Aliases })
	addPaths(x, r.Schools, func(v *schema.School) []string { return v.Aliases })
	addPaths(x, r.Pathways, func(v *schema.Pathway) []string { return v.Aliases })
	addPaths(x, r.Badges, func(v *schema.Badge) []string { return v.Aliases })
	addPaths(x, r.Pages, func(v *schema.Page) []string { return v.Aliases })
	slices.Sort(x.Paths)
	if paths != nil {
		x.Paths = paths
	}
	return x
}

func addPaths[T any](x *Index, records []*Record[T], aliases func(*T) []string) {
	for _, r := range records {
		x.Paths = append(x.Paths, r.Path)
		for i, a := range aliases(r.Value) {
			full := FullPath(a, r.Path)
			if _, taken := x.Aliases[full]; !taken {
				x.Aliases[full] = Claim{r.Path, func() diag.Span { return locate(r.Source, "/aliases/"+itoa(i)) }}
			}
		}
	}
}

func reachable(c *schema.Contact) bool {
	return c != nil && (c.Email != "" || c.Phone != "")
}

// locate finds the place of a JSON Pointer in a source. Documents are not
// kept once they are records, so the file is parsed once more: problems are
// few.
func locate(src *diag.Source, pointer string) diag.Span {
	d, _ := document.Parse(src)
	if d == nil {
		return diag.Span{Source: src}
	}
	return d.Span(pointer)
}
