package convert

import (
	"bufio"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"slices"

	"fursa/schema/diag"
)

// The bounds of a source that is held whole while it is read: its bytes,
// unpacked, and its entries.
const (
	maxSource  = 64 << 20
	maxEntries = 200_000
)

// The formats that Read knows beside tables. All but JSON have the same
// columns, and a built-in map.
const (
	FormatJSON   = "json"
	FormatICS    = "ics"
	FormatRSS    = "rss"
	FormatJSONLD = "jsonld"
	FormatRPDE   = "rpde"
	FormatXCRI   = "xcri"
)

var readers = map[string]func(text []byte, m Map) (table, error){
	FormatJSON:   readJSON,
	FormatICS:    readICS,
	FormatRSS:    readRSS,
	FormatJSONLD: readJSONLD,
	FormatRPDE:   readRPDE,
	FormatXCRI:   readXCRI,
}

// Read reads a source of a format as CSV reads a table.
func Read(format string, r io.Reader, m Map) (Result, diag.List, error) {
	read, known := readers[format]
	if !known {
		return Result{}, nil, fmt.Errorf("the format %q is not known", format)
	}
	text, err := readAll(r)
	if err != nil {
		return Result{}, nil, err
	}
	t, err := read(text, m)
	if err != nil {
		return Result{}, nil, err
	}
	return convert(t, m)
}

var errTooMany = fmt.Errorf("there are more than %d entries", maxEntries)

// readAll is a source's text, unpacked, up to its bound.
func readAll(r io.Reader) ([]byte, error) {
	in, err := unpacked(r)
	if err != nil {
		return nil, err
	}
	text, err := io.ReadAll(io.LimitReader(in, maxSource+1))
	switch {
	case err != nil:
		return nil, fmt.Errorf("read: %w", err)
	case len(text) > maxSource:
		return nil, fmt.Errorf("the source is larger than %d MB", maxSource>>20)
	case len(text) == 0:
		return nil, errors.New("the source is empty")
	}
	return text, nil
}

// unpacked undoes gzip, and passes over a byte order mark.
func unpacked(r io.Reader) (*bufio.Reader, error) {
	in := bufio.NewReader(r)
	if magic, err := in.Peek(2); err == nil && string(magic) == "\x1f\x8b" {
		unzipped, err := gzip.NewReader(in)
		if err != nil {
			return nil, fmt.Errorf("unzip: %w", err)
		}
		in = bufio.NewReader(unzipped)
	}
	if bom, err := in.Peek(3); err == nil && slices.Equal(bom, []byte("\ufeff")) {
		_, _ = in.Discard(len(bom))
	}
	return in, nil
}
