package catalogue

import (
	"cmp"
	"maps"
	"slices"
	"strconv"
	"strings"

	"fursa/schema"
	"fursa/schema/diag"
)

// want checks what a school wants.
func (c *checker) want(at string, w schema.Want) {
	c.wantedTerms(at, w)
	for i, slug := range w.Providers {
		path := "providers/" + slug
		if peer, _, elsewhere := strings.Cut(slug, "/"); elsewhere {
			path = "peers/" + peer // what it offers changes, and is known there
		}
		c.reference(at+"/providers/"+itoa(i), path)
	}
	for i, slug := range w.Origins {
		if slug != OwnOrigin {
			c.reference(at+"/origins/"+itoa(i), "peers/"+slug)
		}
	}
	c.records(at+"/endorsed_by", "providers", w.EndorsedBy)
}

// wantedTerms checks a want's terms. What is wanted of a peer names providers
// of the peer's, which nobody knows here.
func (c *checker) wantedTerms(at string, w schema.Want) {
	c.terms(at+"/subjects", "subjects", w.Subjects)
	c.terms(at+"/skills", "skills", w.Skills)
	c.terms(at+"/curriculum", "curriculum", w.Curriculum)
	c.terms(at+"/districts", "places", w.Districts)
	c.grades(at+"/grades", w.Grades)
}

func (c *checker) place(at string, p *schema.Place) {
	if p != nil && p.District != "" {
		c.term(at+"/district", "places", p.District)
	}
}

// terms checks the entries of a list against a vocabulary.
func (c *checker) terms(at, vocabulary string, ids []string) {
	for i, id := range ids {
		c.term(at+"/"+itoa(i), vocabulary, id)
	}
}

// term checks an id against a vocabulary. Where the vocabulary itself could
// not be read, that has been told, and nothing more can be said.
func (c *checker) term(pointer, vocabulary, id string) {
	terms, read := c.Terms[vocabulary]
	if _, ok := terms[id]; ok || !read && c.Paths.Has("vocabularies/"+vocabulary) {
		return
	}
	d := diag.New("links/unknown-term", c.at(pointer), "term", strconv.Quote(id), "vocabulary", vocabulary)
	ids := slices.Sorted(maps.Keys(terms))
	if meant, ok := termMeant(terms, ids, id); ok {
		d = nearly(d, strconv.Quote(meant)).Fixed(diag.Instead(d.Span, strconv.Quote(meant)))
	} else if near, ok := schema.Near(strings.ToLower(id), ids); ok {
		d = nearly(d, strconv.Quote(near))
	}
	c.add(d)
}

// nearly is a problem with the hint of what may have been meant.
func nearly(d diag.Diagnostic, near string) diag.Diagnostic {
	d.Args = append(d.Args, diag.Arg{Name: "near", Value: near})
	return d.Hinted("near")
}

// termMeant is the term that was certainly meant: the only one that has what
// was written for a label, in any language, else the only one that is spelt
// nearly so.
func termMeant(terms map[string]schema.Term, ids []string, written string) (string, bool) {
	if meant, ok := schema.Certain(written, ids); ok && schema.Slugify(written) == meant {
		return meant, true
	}
	var labelled []string
	for _, id := range ids {
		if isLabel(terms[id], written) {
			labelled = append(labelled, id)
		}
	}
	if len(labelled) > 0 {
		return labelled[0], len(labelled) == 1
	}
	return schema.Certain(written, ids)
}

// isLabel says whether a term is called so in some language, or as a slug
// made of that.
func isLabel(t schema.Term, written string) bool {
	is := func(label string) bool {
		return strings.EqualFold(label, strings.TrimSpace(written)) || schema.Slugify(label) != "" && schema.Slugify(label) == written
	}
	for lang, label := range t.Label {
		if is(label) || slices.ContainsFunc(t.Alt[lang], is) {
			return true
		}
	}
	return false
}

func (c *checker) grades(at string, grades []string) {
	for i, g := range grades {
		c.grade(at+"/"+itoa(i), g)
	}
}

func (c *checker) grade(pointer, id string) {
	if !c.settled() {
		return
	}
	var ids []string
	for _, g := range c.Settings.Grades {
		if g.ID == id {
			return
		}
		ids = append(ids, g.ID)
	}
	d := diag.New("links/unknown-grade", c.at(pointer), "grade", strconv.Quote(id), "grades", cmp.Or(strings.Join(ids, ", "), "–"))
	if meant, ok := c.gradeMeant(id); ok {
		d = d.Fixed(diag.Instead(d.Span, strconv.Quote(meant)))
	}
	c.add(d)
}

// gradeMeant is the only grade whose label was written, in any language.
func (c *checker) gradeMeant(written string) (string, bool) {
	found := ""
	for _, g := range c.Settings.Grades {
		if !isLabel(schema.Term{Label: g.Label}, written) {
			continue
		}
		if found != "" {
			return "", false
		}
		found = g.ID
	}
	return found, found != ""
}

// records checks slugs of records in a folder.
func (c *checker) records(at, folder string, slugs []string) {
	for i, slug := range slugs {
		c.reference(at+"/"+itoa(i), folder+"/"+slug)
	}
}

// references checks paths of records, each in one of the folders and not the
// record itself.
func (c *checker) references(at string, paths []string, self string, folders ...string) {
	for i, path := range paths {
		pointer := at + "/" + itoa(i)
		folder, _, _ := strings.Cut(path, "/")
		switch {
		case !slices.Contains(folders, folder):
			c.add(diag.New("links/wrong-folder", c.at(pointer), "path", strconv.Quote(path), "folders", strings.Join(folders, "/ or ")+"/"))
		case path == self:
			c.add(diag.New("links/refers-to-itself", c.at(pointer)))
		default:
			c.reference(pointer, path)
		}
	}
}

func (c *checker) reference(pointer, path string) {
	if !c.Paths.Has(path) {
		c.missing(c.at(pointer), path)
	}
}

func (c *checker) noProvider(slug string) {
	d := diag.New("links/no-provider", diag.Span{Source: c.source}, "provider", slug)
	if near, ok := schema.Near(slug, c.slugs("providers")); ok {
		d = nearly(d, near)
	}
	c.add(d)
}

// slugs are those of the records of a folder.
func (c *checker) slugs(folder string) []string {
	var slugs []string
	for _, p := range c.Paths {
		if s, ok := strings.CutPrefix(p, folder+"/"); ok {
			slugs = append(slugs, s)
		}
	}
	return slices.Compact(slugs)
}

// missing tells of a reference to a record that is not there, and which one
// may have been meant.
func (c *checker) missing(at diag.Span, path string) {
	d := diag.New("links/unknown-record", at, "path", path)
	if claim, renamed := c.Aliases[path]; renamed {
		d = respelt(nearly(d, claim.Path), path, claim.Path).Hinted("renamed")
		c.add(d)
		return
	}
	folder, slug, _ := strings.Cut(path, "/")
	slugs := c.slugs(folder)
	if meant, ok := schema.Certain(slug, slugs); ok {
		d = respelt(nearly(d, folder+"/"+meant), path, folder+"/"+meant)
	} else if near, ok := schema.Near(slug, slugs); ok {
		d = nearly(d, folder+"/"+near)
	}
	c.add(d)
}

// respelt is a problem of a path whose correction writes another: with the
// folder, or without where the file leaves it out.
func respelt(d diag.Diagnostic, path, right string) diag.Diagnostic {
	if d.Span.Source == nil || d.Span.Start == d.Span.End {
		return d
	}
	folder, _, _ := strings.Cut(path, "/")
	written := strings.Trim(string(d.Span.Source.Text[d.Span.Start:d.Span.End]), `"'`)
	if written != path {
		short, sameFolder := strings.CutPrefix(right, folder+"/")
		if !sameFolder || written != strings.TrimPrefix(path, folder+"/") {
			return d
		}
		right = short
	}
	return d.Fixed(diag.Instead(d.Span, strconv.Quote(right)))
}

func (c *checker) image(at string, image *schema.Image) {
	if image == nil || strings.Contains(image.Src, "://") || c.Assets[image.Src] {
		return
	}
	d := diag.New("links/missing-image", c.at(at+"/src"), "image", strconv.Quote(image.Src))
	assets := slices.Sorted(maps.Keys(c.Assets))
	if meant, ok := assetMeant(image.Src, assets); ok {
		d = nearly(d, strconv.Quote(meant)).Fixed(diag.Instead(d.Span, strconv.Quote(meant)))
	} else if near, ok := schema.Near(image.Src, assets); ok {
		d = nearly(d, strconv.Quote(near))
	}
	c.add(d)
}

// assetMeant is the only picture that a path can mean which is written from
// another folder, or in other capitals.
func assetMeant(written string, assets []string) (string, bool) {
	written = strings.TrimPrefix(strings.TrimLeft(strings.ReplaceAll(written, `\`, "/"), "./"), "content/")
	found := ""
	for _, a := range assets {
		if !strings.EqualFold(a, written) && !strings.EqualFold(a, "images/"+written) {
			continue
		}
		if found != "" {
			return "", false
		}
		found = a
	}
	return found, found != ""
}

// alt asks a translation to say in its own language what an image shows.
func (c *checker) alt(src *diag.Source, original, translated *schema.Image) {
	if original == nil || translated == nil || translated.Alt != original.Alt {
		return
	}
	c.add(diag.New("links/alt-not-translated", diag.Span{Source: src}, "alt", strconv.Quote(original.Alt)))
}

// ofList says whether the list of all listings goes on at a path.
func ofList(path string) bool {
	n, ok := strings.CutPrefix(path, "opportunities/page/")
	_, err := strconv.Atoi(n)
	return ok && err == nil
}

func (c *checker) aliases(path string, aliases []string) {
	for i, a := range aliases {
		full := FullPath(a, path)
		at := c.at("/aliases/" + itoa(i))
		switch claim := c.Aliases[full]; {
		case ofList(full):
			c.add(diag.New("links/path-of-a-list", at, "path", full))
		case c.Paths.Has(full):
			c.add(diag.New("links/alias-taken", at, "path", full))
		case claim.Path != "" && claim.Path != path:
			c.add(diag.New("links/duplicate-alias", at, "path", full).See(claim.At()))
		}
	}
}

// settled says whether catalogue.toml could be read; where not, that has been
// told, and nothing is held against it.
func (c *checker) settled() bool { return len(c.Settings.Languages) > 0 }

func (c *checker) language(lang string) {
	if !c.speaks(lang) {
		c.otherLanguage(diag.Span{Source: c.source}, lang, "")
	}
}

// languageAt checks a language that a record names.
func (c *checker) languageAt(pointer, lang string) {
	if !c.speaks(lang) {
		c.otherLanguage(c.at(pointer), lang, "named")
	}
}

func (c *checker) speaks(lang string) bool {
	return !c.settled() || slices.Contains(c.Settings.Languages, lang)
}

func (c *checker) otherLanguage(at diag.Span, lang, hint string) {
	c.add(diag.New("links/other-language", at, "language", lang,
		"languages", strings.Join(c.Settings.Languages, ", ")).Hinted(hint))
}
