package publish_test

import (
	"bytes"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"fursa/generator/publish"
)

// city is a site of the size that a city's catalogue has: 30,000 files of 8 KB,
// in as many folders as its pages have. Every edition has other bytes.
func city(edition int) []publish.File {
	var files []publish.File
	for i := range 30_000 {
		p := fmt.Sprintf("opportunities/provider-%03d/a-listing-%05d/index.html", i%120, i)
		class := publish.Page
		if i%2 == 0 {
			p, class = fmt.Sprintf("subjects/term-%04d/feed-%d.xml", i/8, i%8), publish.Feed
		}
		head := fmt.Sprintf("%d %s", edition, p)
		files = append(files, publish.File{Path: p, Class: class, Write: func(w io.Writer) error {
			_, err := w.Write(append([]byte(head), make([]byte, 8192-len(head))...))
			return err
		}})
	}
	return files
}

// BenchmarkAgainstCopy prints, side by side on one disk, how long a copy of
// the site takes with cp -r (the floor) and how long writing it takes.
func BenchmarkAgainstCopy(b *testing.B) {
	dir := b.TempDir()
	total := map[string]time.Duration{}
	timed := func(name string, do func()) {
		start := time.Now()
		do()
		total[name] += time.Since(start)
	}
	write := func(name, out string, edition int, inputs string) {
		timed(name, func() {
			o := publish.Options{Dir: out, Workers: 2, Inputs: inputs}
			if _, err := publish.Write(b.Context(), city(edition), noLedger(), o); err != nil {
				b.Fatal(err)
			}
		})
	}
	n := 0
	for b.Loop() {
		out, copied := filepath.Join(dir, fmt.Sprint("site", n)), filepath.Join(dir, fmt.Sprint("copy", n))
		n++
		write("first", out, 1, "1")
		timed("cp", func() {
			if text, err := exec.Command("cp", "-r", out, copied).CombinedOutput(); err != nil {
				b.Fatalf("%v: %s", err, text)
			}
		})
		write("same", out, 1, "2")
		timed("unchanged", func() {
			if _, ok := publish.Unchanged(out, "2"); !ok {
				b.Fatal("the folder has changed")
			}
		})
		write("other", out, 2, "3")
		for _, d := range []string{out, copied} {
			if err := os.RemoveAll(d); err != nil {
				b.Fatal(err)
			}
		}
	}
	for name, d := range total {
		b.ReportMetric(d.Seconds()/float64(n), name+"-s")
	}
	b.ReportMetric(total["first"].Seconds()/total["cp"].Seconds(), "first/cp")
	b.ReportMetric(total["other"].Seconds()/total["cp"].Seconds(), "other/cp")
}

func noLedger() []publish.Last {
	write := func(w io.Writer) error {
		_, err := io.Copy(w, bytes.NewReader([]byte("{\"version\":1}\n")))
		return err
	}
	make := func(map[string]string) func(io.Writer) error { return write }
	return []publish.Last{{Path: "fursa/ledger.json", Class: publish.LedgerFile, Make: make}}
}
