package convert

import (
	"errors"
	"fmt"
	"io"

	"fursa/schema/diag"
)

// batchSize is how many rows are held at a time before they become listings.
const batchSize = 1024

// table is a source as named columns and the rows below them: what every
// format is turned into before the map sees it.
type table interface {
	columns() []string
	// read answers the next row, io.EOF after the last one, and a badRow for
	// one that goes to the report.
	read() (row, error)
}

// row is one row as it was read. In formats without lines its line is the
// number of the entry, from 1.
type row struct {
	line  int
	cells []string
	// parts give what the entry says in its own words; nil where these are its
	// cells, by their columns.
	parts func() []part
	// bad is why it can't be read, if it can't; id is then its id, if it has one.
	id  string
	bad error
}

// badRow is why a row can't be read, as an error.
type badRow Note

func (b badRow) Error() string { return b.Problem.Rule }

// convert makes listings of a table's rows.
func convert(t table, m Map) (Result, diag.List, error) {
	if list := m.missing(t.columns()); list.Failed() {
		return Result{}, list, nil
	}
	result, err := gather(t, newRowReader(m, t.columns()))
	return result, nil, err
}

// gather reads a table to its end.
func gather(t table, reader *rowReader) (Result, error) {
	c := newCollector(reader)
	for {
		batch, err := readBatch(t, c)
		c.add(batch)
		switch {
		case errors.Is(err, io.EOF):
			return c.result(), nil
		case err != nil:
			return Result{}, fmt.Errorf("read the rows: %w", err)
		}
	}
}

// readBatch reads the next rows; those that are no rows go to the report.
func readBatch(t table, c *collector) ([]row, error) {
	var batch []row
	for len(batch) < batchSize {
		next, err := t.read()
		var bad badRow
		switch {
		case errors.As(err, &bad):
			c.unused(Note(bad))
		case err != nil:
			return batch, err
		default:
			batch = append(batch, next)
		}
	}
	return batch, nil
}

// held is a table in memory.
type held struct {
	header []string
	rows   []row
	next   int
}

func (h *held) columns() []string { return h.header }

func (h *held) read() (row, error) {
	if h.next == len(h.rows) {
		return row{}, io.EOF
	}
	r := h.rows[h.next]
	h.next++
	if r.bad != nil {
		return row{}, badRow{Line: r.line, ID: clean(r.id), Problem: problem("import/row-shape", "error", r.bad)}
	}
	return r, nil
}
