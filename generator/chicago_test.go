package generator_test

import (
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"github.com/emersion/go-ical"
	"github.com/mmcdole/gofeed"

	"fursa/feeds/convert"
	"fursa/generator"
	"fursa/generator/workers"
	"fursa/schema/diag"
	"fursa/schema/when"
)

// The bounds of the site that the real table gives, in one language. The page
// of a listing has at most largestListing bytes apart from the body that its
// provider wrote, some of which have 9 KB; and at most largestCompressed in
// all as hosts send it, what a first answer brings to a slow telephone.
const (
	leastListings     = 21_500
	mostFiles         = 65_000
	mostBytes         = 810_000_000 // of them 86 MB that other catalogues pull
	largestListing    = 20_800
	largestCompressed = 14 << 10
	largestFeed       = 250_000
	largestCalendar   = 1_000_000
)

// TestChicago imports and builds 21,654 real rows, and reads every feed and
// every calendar of the site as readers do.
func TestChicago(t *testing.T) {
	if testing.Short() {
		t.Skip("builds a catalogue of 21,628 listings")
	}
	dir := t.TempDir()
	importChicago(t, filepath.Join(dir, "content"))
	in := generator.Input{
		Content: filepath.Join(dir, "content"), Version: "1", Clock: clock,
		Now: generator.Now{Date: when.Date{Year: 2021, Month: 6, Day: 1}},
	}
	o := generator.Options{Output: filepath.Join(dir, "public"), Workers: runtime.NumCPU()}
	first := build(t, in, o)
	if first.Listings < leastListings || first.Files > mostFiles || first.Bytes > mostBytes {
		t.Errorf("%d listings, %d files, %d bytes", first.Listings, first.Files, first.Bytes)
	}
	if second := build(t, in, o); !second.Same || second.Files != first.Files {
		t.Errorf("built again: %+v", second)
	}
	readSite(t, o.Output)
	before := weighIndex(t, o.Output)
	retitle(t, filepath.Join(in.Content, "opportunities"))
	build(t, in, o)
	checkNewIndexFiles(t, before, weighIndex(t, o.Output))
}

// mostOf bounds the files of the search index by their kinds: how many there
// are, how many bytes they come to, and how large one is as hosts send it.
var mostOf = map[string]struct{ files, bytes, sent int }{
	"entry": {1, 20_000, 9_000}, "labels": {1, 30_000, 10_000}, "cards": {2_720, 8_000_000, 2_000},
	".w": {500, 1_500_000, 10_000}, ".p": {100, 150_000, 5_000}, ".s": {300, 1_500_000, 3_500}, ".f": {18, 260_000, 30_000},
}

// weighIndex holds the search index against its bounds, and names its files.
func weighIndex(t *testing.T, dir string) map[string]string {
	t.Helper()
	kinds := map[string]string{}
	files, bytes := map[string]int{}, map[string]int{}
	root := os.DirFS(filepath.Join(dir, "assets", "search"))
	err := fs.WalkDir(root, ".", func(p string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		text, err := fs.ReadFile(root, p)
		if err != nil {
			return err
		}
		kind := path.Ext(p)
		if kind == ".json" {
			kind, _, _ = strings.Cut(p, "-")
			if path.Dir(p) != "." {
				kind = "cards"
			}
		}
		kinds[p] = kind
		files[kind]++
		bytes[kind] += len(text)
		if n := sent(t, text); n > mostOf[kind].sent {
			t.Errorf("%s: %d bytes compressed, more than %d", p, n, mostOf[kind].sent)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	for kind, most := range mostOf {
		t.Logf("search index, %s: %d files, %d bytes", kind, files[kind], bytes[kind])
		if files[kind] == 0 || files[kind] > most.files || bytes[kind] > most.bytes {
			t.Errorf("%s: %d files of %d bytes, more than %d of %d", kind, files[kind], bytes[kind], most.files, most.bytes)
		}
	}
	return kinds
}

// sent is how many bytes a host sends.
func sent(t *testing.T, text []byte) int {
	t.Helper()
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	_, err := w.Write(text)
	if err := errors.Join(err, w.Close()); err != nil {
		t.Fatal(err)
	}
	return b.Len()
}

// retitle gives one listing another word in its title.
func retitle(t *testing.T, dir string) {
	t.Helper()
	const name = "chicago-public-library/kid-scientist-121428.md"
	file := filepath.Join(dir, filepath.FromSlash(name))
	text, err := os.ReadFile(file)
	if err != nil || !bytes.Contains(text, []byte("\ntitle = \"Kid Scientist\"\n")) {
		t.Fatalf("%s: %v\n%s", name, err, text)
	}
	write(t, file, strings.Replace(string(text), "Kid Scientist", "Kid Zebra", 1))
}

// checkNewIndexFiles wants few new files of the index where one title differs:
// the cards of one folder, and what the words of the title stand in.
func checkNewIndexFiles(t *testing.T, before, after map[string]string) {
	t.Helper()
	fresh := map[string]int{}
	for file, kind := range after {
		if before[file] == "" {
			fresh[kind]++
		}
	}
	for kind, most := range map[string]int{"entry": 1, "labels": 0, "cards": 32, ".w": 3, ".p": 2, ".s": 6, ".f": 0} {
		if fresh[kind] > most {
			t.Errorf("another title: %d new files of the kind %s, more than %d", fresh[kind], kind, most)
		}
	}
}

// importChicago imports the real table into a content folder, or skips the
// test. Every row is a listing or a line of the report.
func importChicago(t *testing.T, content string) {
	t.Helper()
	data := os.Getenv("FURSA_DATA")
	if data == "" {
		data = "../../shared/data"
	}
	table, err := os.Open(filepath.Join(data, "chicago", "programs.csv.gz"))
	if err != nil {
		t.Skipf("the Chicago data is not here: set FURSA_DATA to the folder that holds it (%v)", err)
	}
	defer table.Close()
	text, err := os.ReadFile("../examples/chicago/map.toml")
	if err != nil {
		t.Fatal(err)
	}
	columns, list := convert.ReadMap(&diag.Source{Path: "map.toml", Text: text})
	result, more, err := convert.CSV(table, columns)
	if err != nil || len(list)+len(more) > 0 {
		t.Fatal(err, list, more)
	}
	if r := result.Report; r.Rows != r.Listings+len(r.Unused) {
		t.Errorf("%d rows: %d listings and %d lines", r.Rows, r.Listings, len(r.Unused))
	}
	settings, err := os.ReadFile("../examples/chicago/catalogue.toml")
	if err != nil {
		t.Fatal(err)
	}
	write(t, filepath.Join(content, "catalogue.toml"), string(settings))
	changes, err := convert.Plan(result, content)
	if err != nil {
		t.Fatal(err)
	}
	if err := changes.Apply(content); err != nil {
		t.Fatal(err)
	}
}

// readSite reads all feeds and calendars, and weighs the pages of listings.
func readSite(t *testing.T, dir string) {
	t.Helper()
	var files []string
	err := fs.WalkDir(os.DirFS(dir), ".", func(p string, d fs.DirEntry, err error) error {
		if !d.IsDir() {
			files = append(files, p)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	counts := make([]map[string]int, runtime.NumCPU())
	for i := range counts {
		counts[i] = map[string]int{}
	}
	err = workers.Each(t.Context(), len(counts), len(files), func(worker, i int) error {
		kind, err := readOne(filepath.Join(dir, filepath.FromSlash(files[i])))
		if err != nil {
			t.Errorf("%s: %v", files[i], err)
		}
		counts[worker][kind]++
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, kind := range []string{"feed", "calendar", "listing"} {
		n := 0
		for _, c := range counts {
			n += c[kind]
		}
		if n < 500 {
			t.Errorf("only %d of the kind %q were read", n, kind)
		}
	}
}

// readOne reads a file as its readers do, and says what kind it is of.
func readOne(file string) (kind string, err error) {
	f, err := os.Open(file)
	if err != nil {
		return "", err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return "", err
	}
	within := func(kind string, most int64) (string, error) {
		if info.Size() > most {
			return kind, fmt.Errorf("%d bytes, more than %d", info.Size(), most)
		}
		return kind, nil
	}
	switch name := path.Base(filepath.ToSlash(file)); name {
	case "feed.xml", "atom.xml", "feed.json":
		feed, err := gofeed.NewParser().Parse(f)
		if err == nil && len(feed.Items) == 0 {
			err = fmt.Errorf("no items")
		}
		if err != nil {
			return "feed", err
		}
		return within("feed", largestFeed)
	case "calendar.ics":
		if _, err := ical.NewDecoder(f).Decode(); err != nil {
			return "calendar", err
		}
		return within("calendar", largestCalendar)
	case "index.html":
		_, below, _ := strings.Cut(filepath.ToSlash(file), "/opportunities/")
		if strings.Count(below, "/") == 2 && !strings.HasPrefix(below, "page/") {
			return "listing", weigh(f)
		}
	}
	return "", nil
}

// weigh holds a listing's page against its bounds.
func weigh(page io.Reader) error {
	text, err := io.ReadAll(page)
	if err != nil {
		return err
	}
	const begin, end = `<section aria-labelledby="what">`, "</section>"
	body := 0
	if _, after, ok := bytes.Cut(text, []byte(begin)); ok {
		body = bytes.Index(after, []byte(end))
	}
	if size := len(text) - body; size > largestListing {
		return fmt.Errorf("%d bytes without its body, more than %d", size, largestListing)
	}
	if len(text) <= largestCompressed {
		return nil // compressed, it is smaller
	}
	var sent bytes.Buffer
	w := gzip.NewWriter(&sent)
	_, err = w.Write(text)
	if err := errors.Join(err, w.Close()); err != nil {
		return err
	}
	if sent.Len() > largestCompressed {
		return fmt.Errorf("%d bytes compressed, more than %d", sent.Len(), largestCompressed)
	}
	return nil
}
