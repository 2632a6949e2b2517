package generator

import (
	"bytes"
	"cmp"
	"context"
	"path"
	"slices"
	"strings"

	"fursa/generator/catalogue"
	"fursa/generator/content"
	"fursa/generator/plan"
	"fursa/generator/proof"
	"fursa/generator/review"
	"fursa/generator/search"
	"fursa/schema"
	"fursa/schema/diag"
	"fursa/schema/locale"
)

// Preview writes the pages of what a change adds or changes into a folder, as
// the site will have them, drafts included; and the list of the listings, with
// their cards. It says how many records it shows: what has an error has no
// page yet. It knows of no records but those and the ones they refer to.
func (b *Builder) Preview(ctx context.Context, in Input, r review.Review, dir string) (int, error) {
	site, err := b.few(ctx, in, shownOf(r))
	if err != nil || site == nil {
		return 0, err
	}
	pages, shown, err := proofPages(site, r)
	if err != nil || shown == 0 {
		return 0, err
	}
	name := site.Catalogue.Settings.Name[site.Catalogue.Language()]
	return shown, proof.Write(dir, site.Catalogue.BaseURL, name, site.Outputs, pages)
}

// shownOf are the records of a change that can be shown.
func shownOf(r review.Review) map[string]bool {
	chosen := map[string]bool{}
	for _, s := range r.Sent {
		broken := slices.ContainsFunc(r.Own, func(d diag.Diagnostic) bool {
			return d.Severity == diag.Error && d.Span.Source != nil && slices.Contains(s.Files, d.Span.Source.Path)
		})
		if !broken && !s.Removed {
			chosen[s.Path] = true
		}
	}
	return chosen
}

// few plans the site of a few records and of those that they refer to. It is
// nil where the settings do not allow one.
func (b *Builder) few(ctx context.Context, in Input, chosen map[string]bool) (*Site, error) {
	listing, _, err := content.Names(in.Content)
	if err != nil {
		return nil, err
	}
	side := present(in.Content, listing)
	read, err := b.readSome(ctx, side, chosen)
	if err != nil {
		return nil, err
	}
	all := referred(read.records)
	for _, n := range listing.Names {
		if chosen[n.Path] || n.Kind == schema.KindVocabulary {
			all[n.Path] = true
		}
	}
	if read, err = b.readSome(ctx, side, all); err != nil {
		return nil, err
	}
	now, err := in.Now.at(read.records.Settings, in.Clock)
	if err != nil || len(read.records.Settings.Languages) == 0 {
		return nil, nil //nolint:nilerr // it is among the problems
	}
	c, err := catalogue.New(read.records, catalogue.Options{Now: now.instant, BaseURL: in.BaseURL, Drafts: true})
	if err != nil {
		return nil, err
	}
	theme, _, err := loadTheme(in.Theme)
	if err != nil {
		return nil, err
	}
	index := search.New(c)
	if err := index.AddColumns(c); err != nil {
		return nil, err
	}
	pictures, err := images(in.Content, content.Content{Assets: named(listing.Assets, read.records)})
	if err != nil {
		return nil, err
	}
	outputs, problems, err := plan.Outputs(plan.Input{Catalogue: c, Search: index, Theme: theme, Images: pictures})
	if err != nil || problems.Failed() {
		return nil, err
	}
	return &Site{Catalogue: c, Outputs: outputs, theme: theme}, nil
}

// referred are the records that some are shown with.
func referred(r catalogue.Records) map[string]bool {
	all := map[string]bool{}
	listing := func(slug string) {
		provider, _, _ := strings.Cut(slug, "/")
		all["opportunities/"+slug], all["providers/"+provider] = true, true
	}
	for _, o := range r.Opportunities {
		listing(o.Slug())
		for _, p := range o.Value.Partners {
			all["providers/"+p] = true
		}
		if o.Value.Credential != nil {
			for _, badge := range o.Value.Credential.Badges {
				all["badges/"+badge] = true
			}
		}
		for _, p := range slices.Concat(o.Value.Requires, o.Value.PartOf) {
			all[p] = true
		}
	}
	for _, p := range r.Pathways {
		for _, step := range p.Value.Steps {
			if step.Opportunity != "" {
				listing(step.Opportunity)
			}
		}
	}
	for _, badge := range r.Badges {
		all["providers/"+badge.Value.Issuer] = true
	}
	return all
}

// named are the assets that some records may show.
func named(assets []content.Asset, r catalogue.Records) []content.Asset {
	var texts [][]byte
	add := func(src *diag.Source) {
		if src != nil {
			texts = append(texts, src.Text)
		}
	}
	add(r.Source)
	for _, x := range r.Opportunities {
		add(x.Source)
	}
	for _, x := range r.Providers {
		add(x.Source)
	}
	for _, x := range r.Pathways {
		add(x.Source)
	}
	for _, x := range r.Badges {
		add(x.Source)
	}
	for _, x := range r.Pages {
		add(x.Source)
	}
	return slices.DeleteFunc(slices.Clone(assets), func(a content.Asset) bool {
		return !slices.ContainsFunc(texts, func(text []byte) bool { return bytes.Contains(plain(text), []byte(path.Base(a.Path))) })
	})
}

// proofPages are the pages of the records of a change in each language, those
// of each after the list of listings; and how many records have one.
func proofPages(s *Site, r review.Review) (pages []proof.Page, shown int, err error) {
	there := map[string]bool{}
	for _, o := range s.Outputs {
		there[o.Path] = true
	}
	records := slices.DeleteFunc(slices.Clone(r.Sent), func(sent review.Sent) bool {
		return !shownOf(r)[sent.Path] || !there[sent.Path+"/index.html"]
	})
	for _, lang := range s.Catalogue.Settings.Languages {
		l, err := locale.New(lang, s.Catalogue.Settings.Numerals)
		if err != nil {
			return nil, 0, err
		}
		prefix := lang + "/"
		if lang == s.Catalogue.Language() {
			prefix = ""
		}
		add := func(record, title string) {
			pages = append(pages, proof.Page{Path: prefix + record + "/index.html", Title: title + " – " + l.Name(), Lang: lang, Dir: l.Dir()})
		}
		add("opportunities", l.T("nav.listings"))
		for _, sent := range records {
			add(sent.Path, cmp.Or(sent.Title, sent.Path))
		}
	}
	return pages, len(records), nil
}
