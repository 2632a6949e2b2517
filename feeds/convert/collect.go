package convert

import (
	"cmp"
	"fmt"
	"maps"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"sync"

	"fursa/schema"
	"fursa/schema/diag"
)

// problem is a reason without a place in a file of the catalogue.
func problem(rule string, args ...any) diag.Diagnostic {
	return diag.Notice(rule, diag.Span{}, args...)
}

// collector gathers listings in the order of the rows.
type collector struct {
	reader    *rowReader
	listings  []Listing
	report    Report
	lines     map[string]int // by id: the row that has it
	providers map[string]string
	terms     map[string]map[string]schema.Text // vocabulary → id → label
	slugs     map[string]bool
	explained []Explanation
}

func newCollector(reader *rowReader) *collector {
	return &collector{
		reader:    reader,
		lines:     map[string]int{},
		providers: map[string]string{},
		terms:     map[string]map[string]schema.Text{},
		slugs:     map[string]bool{},
	}
}

func (c *collector) unused(n Note) {
	c.report.Rows++
	c.report.Unused = append(c.report.Unused, n)
}

// add makes listings of rows, several at a time, and gathers them in order.
func (c *collector) add(batch []row) {
	parsed := make([]*parsedRow, len(batch))
	var wg sync.WaitGroup
	workers := runtime.GOMAXPROCS(0)
	for first := range workers {
		wg.Go(func() {
			for i := first; i < len(batch); i += workers {
				parsed[i] = c.reader.read(batch[i])
			}
		})
	}
	wg.Wait()
	for _, p := range parsed {
		c.take(p)
		c.explain(p)
	}
}

// take gathers one row's listing, or why it gave none.
func (c *collector) take(p *parsedRow) {
	if p.unused == nil && p.listing.ID != "" {
		if first, twice := c.lines[p.listing.ID]; twice {
			p.refuse("import/row-id-twice", "line", first)
		} else {
			c.lines[p.listing.ID] = p.listing.Line
		}
	}
	c.report.Notes = append(c.report.Notes, p.notes...)
	if p.unused != nil {
		c.unused(*p.unused)
		return
	}
	p.listing.Slug = c.freeSlug(p.listing)
	l := p.listing
	c.provider(p)
	for vocabulary, labels := range p.terms {
		for id, label := range labels {
			c.term(vocabulary, id, schema.Text{c.reader.m.Lang: label})
		}
	}
	for _, id := range l.Record.Subjects {
		if label, ok := c.reader.subjectLabel(id); ok {
			c.term("subjects", id, label)
		}
	}
	c.report.Rows++
	c.report.Listings++
	c.listings = append(c.listings, l)
}

// freeSlug is a listing's slug, numbered where another one of its provider has
// it: ids may differ in signs only.
func (c *collector) freeSlug(l Listing) string {
	slug := l.Slug
	for n := 2; c.slugs[l.Provider+"/"+slug]; n++ {
		end := fmt.Sprintf("-%d", n)
		slug = strings.TrimRight(l.Slug[:min(len(l.Slug), schema.MaxSlug-len(end))], "-") + end
	}
	c.slugs[l.Provider+"/"+slug] = true
	return slug
}

// provider remembers who offers a row; the spelling that came first stays.
func (c *collector) provider(p *parsedRow) {
	first, known := c.providers[p.listing.Provider]
	if !known {
		c.providers[p.listing.Provider] = p.provider
		return
	}
	if first != p.provider {
		c.report.Notes = append(c.report.Notes, Note{
			p.listing.Line, p.listing.ID, c.reader.m.Provider.Column, p.provider,
			problem("import/provider-same", "name", quoted(first)),
		})
	}
}

// term remembers a term that a listing uses; the label that came first stays.
func (c *collector) term(vocabulary, id string, label schema.Text) {
	if c.terms[vocabulary] == nil {
		c.terms[vocabulary] = map[string]schema.Text{}
	}
	if _, known := c.terms[vocabulary][id]; !known {
		c.terms[vocabulary][id] = label
	}
}

// result is what has been gathered.
func (c *collector) result() Result {
	r := Result{Name: c.reader.m.Name, Listings: c.listings, Report: c.report, Explained: c.explained}
	slices.SortStableFunc(r.Report.Unused, func(a, b Note) int { return cmp.Compare(a.Line, b.Line) })
	for _, slug := range slices.Sorted(maps.Keys(c.providers)) {
		record := schema.Provider{Name: c.providers[slug], Lang: c.reader.m.Lang}
		r.Providers = append(r.Providers, Provider{slug, record})
	}
	for _, name := range slices.Sorted(maps.Keys(c.terms)) {
		v := Vocabulary{Name: name}
		for _, id := range slices.Sorted(maps.Keys(c.terms[name])) {
			v.Terms = append(v.Terms, schema.Term{ID: id, Label: c.terms[name][id]})
		}
		r.Vocabularies = append(r.Vocabularies, v)
	}
	return r
}

func quoted(s string) string { return strconv.Quote(s) }
