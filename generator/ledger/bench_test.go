package ledger_test

import (
	"bytes"
	"fmt"
	"io"
	"testing"
	"time"

	"fursa/generator/ledger"
)

// sample is a ledger of the size that a large city's catalogue has.
func sample() (*ledger.Ledger, []ledger.Record) {
	var records []ledger.Record
	for i := range 25_000 {
		records = append(records, ledger.Record{
			ID:   fmt.Sprintf("https://catalogue.example/opportunities/provider-%d/listing-%d", i%400, i),
			Hash: fmt.Sprintf("%022d", i),
			Watched: map[string]string{
				"sessions": fmt.Sprintf("2026-12-%02dT18:00:00/2026-12-%02dT20:00:00", i%28+1, i%28+1),
				"place":    "Observatory, Corniche Street 12",
				"status":   "open",
			},
		})
	}
	l := (*ledger.Ledger)(nil).Next("https://catalogue.example/", records, time.Unix(1_795_000_000, 0))
	l.Paths = map[string]string{}
	for i := range 65_000 {
		l.Paths[fmt.Sprintf("opportunities/provider-%d/listing-%d/index.html", i%400, i)] = fmt.Sprintf("%022d", i)
	}
	return l, records
}

func BenchmarkWrite(b *testing.B) {
	l, _ := sample()
	for b.Loop() {
		if err := l.Write(io.Discard); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkRead(b *testing.B) {
	l, _ := sample()
	var buf bytes.Buffer
	if err := l.Write(&buf); err != nil {
		b.Fatal(err)
	}
	b.SetBytes(int64(buf.Len()))
	for b.Loop() {
		if _, err := ledger.Read(bytes.NewReader(buf.Bytes())); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkNext(b *testing.B) {
	l, records := sample()
	for b.Loop() {
		l.Next(l.Catalogue, records, time.Unix(1_795_000_100, 0))
	}
}
