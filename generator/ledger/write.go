package ledger

import (
	"fmt"
	"io"
	"maps"
	"slices"
	"strconv"
	"time"
)

// Write writes the ledger as JSON: keys sorted, each record and each path on a
// line of its own, what is empty left out. Equal ledgers give equal bytes.
// Written by hand, since a general encoder takes several times as long for the
// tens of thousands of lines that every build writes.
func (l *Ledger) Write(w io.Writer) error {
	b := make([]byte, 0, 256+400*len(l.Records)+96*len(l.Paths))
	b = append(b, `{"version":`...)
	b = strconv.AppendInt(b, Version, 10)
	b = appendString(append(b, `,"catalogue":`...), l.Catalogue)
	b = appendTime(append(b, `,"first":`...), l.First)
	b = append(b, `,"cursors":[`...)
	for i, c := range l.Cursors {
		b = strconv.AppendInt(appendComma(b, i), c, 10)
	}
	b = strconv.AppendInt(append(b, `],"sequence":`...), l.Sequence, 10)
	b = append(b, ",\n\"records\":{"...)
	for i, id := range slices.Sorted(maps.Keys(l.Records)) {
		b = append(appendComma(b, i), '\n')
		b = append(appendString(b, id), ':')
		b = appendEntry(b, l.Records[id])
	}
	b = append(b, "\n},\n\"paths\":{"...)
	for i, path := range slices.Sorted(maps.Keys(l.Paths)) {
		b = append(appendComma(b, i), '\n')
		b = append(appendString(b, path), ':')
		b = appendString(b, l.Paths[path])
	}
	b = append(b, "\n}}\n"...)
	if _, err := w.Write(b); err != nil {
		return fmt.Errorf("write ledger: %w", err)
	}
	return nil
}

func appendEntry(b []byte, e Entry) []byte {
	b = appendString(append(b, `{"hash":`...), e.Hash)
	b = appendTime(append(b, `,"published":`...), e.Published)
	b = appendTime(append(b, `,"modified":`...), e.Modified)
	b = strconv.AppendInt(append(b, `,"change":`...), e.Change, 10)
	b = appendString(append(b, `,"state":`...), e.State)
	if e.Sent != "" {
		b = appendString(append(b, `,"sent":`...), e.Sent)
	}
	if len(e.Revisions) > 0 {
		b = append(b, `,"revisions":[`...)
		for i, r := range e.Revisions {
			b = appendRevision(appendComma(b, i), r)
		}
		b = append(b, ']')
	}
	if len(e.Watched) > 0 {
		b = appendTexts(append(b, `,"watched":`...), e.Watched)
	}
	return append(b, '}')
}

func appendRevision(b []byte, r Revision) []byte {
	b = strconv.AppendInt(append(b, `{"n":`...), int64(r.N), 10)
	b = appendTime(append(b, `,"when":`...), r.When)
	b = append(b, `,"fields":[`...)
	for i, f := range r.Fields {
		b = appendString(appendComma(b, i), f)
	}
	b = appendTexts(append(b, `],"before":`...), r.Before)
	return append(b, '}')
}

func appendTexts(b []byte, texts map[string]string) []byte {
	b = append(b, '{')
	for i, key := range slices.Sorted(maps.Keys(texts)) {
		b = append(appendString(appendComma(b, i), key), ':')
		b = appendString(b, texts[key])
	}
	return append(b, '}')
}

func appendComma(b []byte, i int) []byte {
	if i == 0 {
		return b
	}
	return append(b, ',')
}

func appendTime(b []byte, t time.Time) []byte {
	b = append(b, '"')
	b = t.UTC().AppendFormat(b, time.RFC3339Nano)
	return append(b, '"')
}

// appendString quotes s as RFC 8259, section 7, asks and no further.
func appendString(b []byte, s string) []byte {
	const hex = "0123456789abcdef"
	b = append(b, '"')
	start := 0
	for i := range len(s) {
		c := s[i]
		if c >= ' ' && c != '"' && c != '\\' {
			continue
		}
		b = append(b, s[start:i]...)
		start = i + 1
		if c < ' ' {
			b = append(b, '\\', 'u', '0', '0', hex[c>>4], hex[c&15])
		} else {
			b = append(b, '\\', c)
		}
	}
	b = append(b, s[start:]...)
	return append(b, '"')
}
