package convert

import (
	"bufio"
	"cmp"
	"compress/gzip"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"maps"
	"runtime"
	"slices"
	"strconv"
	"sync"

	"golang.org/x/text/encoding/htmlindex"

	"fursa/schema"
	"fursa/schema/diag"
)

// batchSize is how many rows are held at a time before they become listings.
const batchSize = 1024

// CSV reads a table whose first row names the columns, also compressed with
// gzip, and makes a listing of each row that can be one. The list has what is
// wrong with the map for this source; with an error in it there is no Result.
// Rows that are no good are in the report, and fail nothing.
func CSV(r io.Reader, m Map) (Result, diag.List, error) {
	table, err := open(r, m)
	if err != nil {
		return Result{}, nil, err
	}
	header, err := table.Read()
	if err != nil {
		return Result{}, nil, fmt.Errorf("read the column names: %w", err)
	}
	for i := range header {
		header[i] = clean(header[i])
	}
	if list := m.missing(header); list.Failed() {
		return Result{}, list, nil
	}
	c := newCollector(m, header)
	for {
		batch, err := readBatch(table, len(header), c)
		c.add(batch)
		switch {
		case errors.Is(err, io.EOF):
			return c.result(), nil, nil
		case err != nil:
			return Result{}, nil, fmt.Errorf("read the rows: %w", err)
		}
	}
}

// open undoes the compression and the charset of a source.
func open(r io.Reader, m Map) (*csv.Reader, error) {
	in := bufio.NewReader(r)
	if magic, err := in.Peek(2); err == nil && string(magic) == "\x1f\x8b" {
		unzipped, err := gzip.NewReader(in)
		if err != nil {
			return nil, fmt.Errorf("unzip: %w", err)
		}
		in = bufio.NewReader(unzipped)
	}
	if bom, err := in.Peek(3); err == nil && string(bom) == "\ufeff" {
		_, _ = in.Discard(len(bom))
	}
	var decoded io.Reader = in
	if m.Charset != "" {
		encoding, err := htmlindex.Get(m.Charset)
		if err != nil {
			return nil, fmt.Errorf("charset %s: %w", m.Charset, err)
		}
		decoded = encoding.NewDecoder().Reader(in)
	}
	table := csv.NewReader(decoded)
	table.FieldsPerRecord = -1
	if m.Delimiter != "" {
		table.Comma = []rune(m.Delimiter)[0]
	}
	return table, nil
}

// row is one row as it was read.
type row struct {
	line  int
	cells []string
}

// readBatch reads the next rows; those that are no rows go to the report.
func readBatch(table *csv.Reader, width int, c *collector) ([]row, error) {
	var batch []row
	for len(batch) < batchSize {
		cells, err := table.Read()
		var broken *csv.ParseError
		switch {
		case errors.As(err, &broken):
			c.unused(Note{Line: broken.StartLine, Problem: problem("import/row-broken", "error", broken.Err)})
			continue
		case err != nil:
			return batch, err
		}
		line, _ := table.FieldPos(0)
		if len(cells) != width {
			c.unused(Note{Line: line, Problem: problem("import/row-width", "cells", len(cells), "columns", width)})
			continue
		}
		batch = append(batch, row{line, cells})
	}
	return batch, nil
}

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
}

func newCollector(m Map, header []string) *collector {
	return &collector{
		reader:    newRowReader(m, header),
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
	if p.unused != nil {
		c.unused(*p.unused)
		return
	}
	l := p.listing
	for base, n := l.Slug, 2; c.slugs[l.Provider+"/"+l.Slug]; n++ {
		l.Slug = fmt.Sprintf("%s-%d", base, n) // ids that differ in signs only
	}
	c.slugs[l.Provider+"/"+l.Slug] = true
	if first, known := c.providers[l.Provider]; !known {
		c.providers[l.Provider] = p.provider
	} else if first != p.provider {
		p.note(c.reader.m.Provider.Column, p.provider, "import/provider-same", "name", quoted(first))
	}
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
	c.report.Notes = append(c.report.Notes, p.notes...)
	c.listings = append(c.listings, l)
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
	r := Result{Name: c.reader.m.Name, Listings: c.listings, Report: c.report}
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
