package convert

import (
	"bufio"
	"compress/gzip"
	"encoding/csv"
	"errors"
	"fmt"
	"io"

	"golang.org/x/text/encoding/htmlindex"

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
