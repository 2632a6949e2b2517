package convert

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io"

	"golang.org/x/text/encoding/htmlindex"

	"fursa/schema/diag"
)

// CSV reads a table whose first row names the columns, also compressed with
// gzip, and makes a listing of each row that can be one. The list has what is
// wrong with the map for this source; with an error in it there is no Result.
// Rows that are no good are in the report, and fail nothing.
func CSV(r io.Reader, m Map) (Result, diag.List, error) {
	cells, err := open(r, m)
	if err != nil {
		return Result{}, nil, err
	}
	header, err := cells.Read()
	if err != nil {
		return Result{}, nil, fmt.Errorf("read the column names: %w", err)
	}
	for i := range header {
		header[i] = clean(header[i])
	}
	return convert(csvTable{cells, header}, m)
}

// open undoes the compression and the charset of a source.
func open(r io.Reader, m Map) (*csv.Reader, error) {
	in, err := unpacked(r)
	if err != nil {
		return nil, err
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

// csvTable is a table that is read row by row.
type csvTable struct {
	cells  *csv.Reader
	header []string
}

func (t csvTable) columns() []string { return t.header }

func (t csvTable) read() (row, error) {
	cells, err := t.cells.Read()
	var broken *csv.ParseError
	switch {
	case errors.As(err, &broken):
		return row{}, badRow{Line: broken.StartLine, Problem: problem("import/row-broken", "error", broken.Err)}
	case err != nil:
		return row{}, err
	}
	line, _ := t.cells.FieldPos(0)
	if len(cells) != len(t.header) {
		return row{}, badRow{Line: line, Problem: problem("import/row-width", "cells", len(cells), "columns", len(t.header))}
	}
	return row{line: line, cells: cells}, nil
}
