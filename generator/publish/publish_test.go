package publish_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"fursa/generator/ledger"
	"fursa/generator/publish"
)

// site is a build: texts by their paths, without the ledger.
type site map[string]string

func (s site) files() []publish.File {
	var files []publish.File
	for p, text := range s {
		class := publish.Page
		switch filepath.Ext(p) {
		case ".css":
			class = publish.Asset
		case ".xml":
			class = publish.Feed
		}
		files = append(files, publish.File{Path: p, Class: class, Write: func(w io.Writer) error {
			_, err := io.WriteString(w, text)
			return err
		}})
	}
	return files
}

func ledgerOf(paths map[string]string) func(io.Writer) error {
	l := &ledger.Ledger{Version: ledger.Version, Paths: maps.Clone(paths)}
	return l.Write
}

// last is the ledger alone.
func last() []publish.Last {
	return []publish.Last{{Path: ledger.Path, Class: publish.LedgerFile, Make: ledgerOf}}
}

func (s site) write(dir string) (publish.Report, error) {
	return publish.Write(context.Background(), s.files(), last(), publish.Options{Dir: dir, Workers: 2, Inputs: "in"})
}

func (s site) mustWrite(t *testing.T, dir string) publish.Report {
	t.Helper()
	r, err := s.write(dir)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// read gives what a folder holds for readers: all but our private folder and
// the ledger.
func read(t *testing.T, dir string) site {
	t.Helper()
	s := site{}
	err := fs.WalkDir(os.DirFS(dir), ".", func(p string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if p == ".fursa" {
			return fs.SkipDir
		}
		if d.IsDir() {
			names, err := os.ReadDir(filepath.Join(dir, p))
			if err == nil && len(names) == 0 && p != "." {
				s[p+"/"] = "an empty folder"
			}
			return err
		}
		data, err := os.ReadFile(filepath.Join(dir, p))
		if p != ledger.Path {
			s[p] = string(data)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func put(t *testing.T, dir, p, text string) {
	t.Helper()
	name := filepath.Join(dir, p)
	if err := os.MkdirAll(filepath.Dir(name), 0o777); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, []byte(text), 0o666); err != nil {
		t.Fatal(err)
	}
}

func same(t *testing.T, want, got any) {
	t.Helper()
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("(-want +got):\n%s", d)
	}
}

func bytesOf(t *testing.T, dir string) int64 {
	t.Helper()
	info, err := os.Stat(filepath.Join(dir, ledger.Path))
	if err != nil {
		t.Fatal(err)
	}
	size := info.Size()
	for _, text := range read(t, dir) {
		size += int64(len(text))
	}
	return size
}

var small = site{"index.html": "home", "a/index.html": "page a", "a/feed.xml": "feed a", "b/c/index.html": "page c"}

func TestFirstBuild(t *testing.T) {
	for name, prepare := range map[string]func(t *testing.T, dir string) site{
		"no folder":       func(*testing.T, string) site { return site{} },
		"an empty folder": func(t *testing.T, dir string) site { put(t, dir, "x", ""); _ = os.Remove(dir + "/x"); return site{} },
		"dot-names alone": func(t *testing.T, dir string) site {
			put(t, dir, ".gitignore", "*\n")
			put(t, dir, ".git/HEAD", "ref")
			return site{".gitignore": "*\n", ".git/HEAD": "ref"}
		},
	} {
		t.Run(name, func(t *testing.T) {
			dir := filepath.Join(t.TempDir(), "over", "public")
			want := prepare(t, dir)
			maps.Copy(want, small)
			before, missing := os.Stat(dir)
			r := small.mustWrite(t, dir)
			after, err := os.Stat(dir)
			if err != nil {
				t.Fatal(err)
			}
			if runtime.GOOS == "linux" && missing == nil && os.SameFile(before, after) {
				t.Error("it was filled file by file, and did not appear at once")
			}
			same(t, want, read(t, dir))
			same(t, publish.Report{Files: 5, Written: 5, Bytes: r.Bytes}, r)
			beside, err := os.ReadDir(filepath.Dir(dir))
			if err != nil || len(beside) != 1 {
				t.Errorf("beside the folder: %v, %v", beside, err)
			}
		})
	}
}

func TestNextBuild(t *testing.T) {
	dir := t.TempDir()
	small.mustWrite(t, dir)
	put(t, dir, "notes/mine.txt", "not of a build")
	kept, err := os.Stat(filepath.Join(dir, "a/index.html"))
	if err != nil {
		t.Fatal(err)
	}
	next := site{"index.html": "home 2", "a/index.html": "page a", "a/feed.xml": "feed a", "d/e/index.html": "page e"}
	r := next.mustWrite(t, dir)
	want := maps.Clone(next)
	want["notes/mine.txt"] = "not of a build"
	same(t, want, read(t, dir))
	same(t, publish.Report{
		Files: 5, Written: 3, Unchanged: 2, Removed: 1, Foreign: []string{"notes/mine.txt"},
		Bytes: bytesOf(t, dir) - int64(len("not of a build")),
	}, r)
	now, err := os.Stat(filepath.Join(dir, "a/index.html"))
	if err != nil {
		t.Fatal(err)
	}
	if !os.SameFile(kept, now) || !kept.ModTime().Equal(now.ModTime()) {
		t.Error("a/index.html has not changed, but was written")
	}

	if r, ok := publish.Unchanged(dir, "in"); !ok {
		t.Error("Unchanged: false")
	} else {
		same(t, publish.Report{Files: 5, Unchanged: 5, Foreign: []string{"notes/mine.txt"}, Bytes: r.Bytes}, r)
	}
}

func TestNothingChanged(t *testing.T) {
	dir := t.TempDir()
	first := small.mustWrite(t, dir)
	before := times(t, dir)
	same(t, publish.Report{Files: 5, Unchanged: 5, Bytes: first.Bytes}, small.mustWrite(t, dir))
	same(t, before, times(t, dir))
}

// times gives when each file was last written, our private ones included.
func times(t *testing.T, dir string) map[string]int64 {
	t.Helper()
	all := map[string]int64{}
	err := filepath.WalkDir(dir, func(p string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		info, err := d.Info()
		all[p] = info.ModTime().UnixNano()
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

func TestUnchanged(t *testing.T) {
	for name, c := range map[string]struct {
		inputs string
		touch  func(t *testing.T, dir string)
		want   bool
	}{
		"nothing":         {"in", func(*testing.T, string) {}, true},
		"other inputs":    {"other", func(*testing.T, string) {}, false},
		"unknown inputs":  {"", func(*testing.T, string) {}, false},
		"a file changed":  {"in", func(t *testing.T, dir string) { put(t, dir, "a/index.html", "page b") }, false},
		"a file went":     {"in", func(t *testing.T, dir string) { _ = os.Remove(dir + "/index.html") }, false},
		"a torn index":    {"in", func(t *testing.T, dir string) { put(t, dir, ".fursa/index", "fursa index 1\n") }, false},
		"a journal stays": {"in", func(t *testing.T, dir string) { put(t, dir, ".fursa/journal", "") }, false},
	} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			small.mustWrite(t, dir)
			c.touch(t, dir)
			if _, got := publish.Unchanged(dir, c.inputs); got != c.want {
				t.Errorf("got %v, want %v", got, c.want)
			}
		})
	}
}

// TestChangedByOthers: whatever happened to our files, the folder holds the
// build afterwards.
func TestChangedByOthers(t *testing.T) {
	for name, touch := range map[string]func(t *testing.T, dir string){
		"a page edited":     func(t *testing.T, dir string) { put(t, dir, "a/index.html", "PAGE A") },
		"a page removed":    func(t *testing.T, dir string) { _ = os.Remove(dir + "/a/index.html") },
		"a folder removed":  func(t *testing.T, dir string) { _ = os.RemoveAll(dir + "/b") },
		"no private folder": func(t *testing.T, dir string) { _ = os.RemoveAll(dir + "/.fursa") },
		"a torn index":      func(t *testing.T, dir string) { put(t, dir, ".fursa/index", "fursa index 1\ninputs") },
		"a torn journal":    func(t *testing.T, dir string) { put(t, dir, ".fursa/journal", "fursa journal 1\nmove \"x\"\n") },
		"an old stage":      func(t *testing.T, dir string) { put(t, dir, ".fursa/stage/a/index.html", "staged") },
		"all removed": func(t *testing.T, dir string) {
			for p := range small {
				_ = os.RemoveAll(filepath.Join(dir, p))
			}
		},
	} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			small.mustWrite(t, dir)
			touch(t, dir)
			next := maps.Clone(small)
			delete(next, "b/c/index.html")
			r := next.mustWrite(t, dir)
			same(t, next, read(t, dir))
			if r.Foreign != nil {
				t.Errorf("taken for others' files: %v", r.Foreign)
			}
		})
	}
}

// TestKindsChange: a file where a folder was, a folder where a file was, and a
// name in another case.
func TestKindsChange(t *testing.T) {
	dir := t.TempDir()
	site{"a": "file", "b/c/d": "deep", "Case/x": "upper", "index.html": "home"}.mustWrite(t, dir)
	next := site{"a/b": "below", "b": "file", "case/x": "lower", "index.html": "home"}
	r := next.mustWrite(t, dir)
	same(t, next, read(t, dir))
	same(t, publish.Report{Files: 5, Written: 4, Unchanged: 1, Removed: 3, Bytes: bytesOf(t, dir)}, r)
}

func TestForeignFilesInTheWay(t *testing.T) {
	const told = "files that were not written by a build are in the way, move them elsewhere: "
	for name, c := range map[string]struct {
		prepare func(t *testing.T, dir string)
		want    string
	}{
		"other bytes":     {func(t *testing.T, dir string) { put(t, dir, "a/index.html", "mine") }, told + "a/index.html"},
		"equal bytes":     {func(t *testing.T, dir string) { put(t, dir, "a/index.html", "page a") }, ""},
		"for a folder":    {func(t *testing.T, dir string) { put(t, dir, "b", "mine") }, told + "b"},
		"below a file":    {func(t *testing.T, dir string) { put(t, dir, "index.html/x", "mine") }, told + "index.html/x"},
		"an empty one":    {func(t *testing.T, dir string) { put(t, dir, "index.html/x", ""); _ = os.Remove(dir + "/index.html/x") }, ""},
		"in another case": {func(t *testing.T, dir string) { put(t, dir, "A/INDEX.html", "mine") }, told + "A/INDEX.html"},
		"a link for a file": {func(t *testing.T, dir string) {
			if err := os.Symlink("elsewhere", filepath.Join(dir, "index.html")); err != nil {
				t.Skip(err)
			}
		}, told + "index.html"},
		"a link for a folder": {func(t *testing.T, dir string) {
			if err := os.Symlink(t.TempDir(), filepath.Join(dir, "b")); err != nil {
				t.Skip(err)
			}
		}, told + "b"},
	} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			put(t, dir, "mine.txt", "mine")
			c.prepare(t, dir)
			before := list(t, dir)
			_, err := small.write(dir)
			if c.want == "" {
				if err != nil {
					t.Fatal(err)
				}
				want := maps.Clone(small)
				want["mine.txt"] = "mine"
				same(t, want, read(t, dir))
				return
			}
			if err == nil || err.Error() != c.want {
				t.Errorf("got %v, want %s", err, c.want)
			}
			same(t, before, list(t, dir))
		})
	}
}

// list names what stands in a folder, but for our private one.
func list(t *testing.T, dir string) []string {
	t.Helper()
	var names []string
	err := fs.WalkDir(os.DirFS(dir), ".", func(p string, d fs.DirEntry, err error) error {
		if p == ".fursa" {
			return fs.SkipDir
		}
		names = append(names, p)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return names
}

func TestPathsThatCannotBe(t *testing.T) {
	for name, c := range map[string]struct {
		paths []string
		want  string
	}{
		"above":       {[]string{"a/../../x"}, `output path "a/../../x" does not name a file below the output folder`},
		"absolute":    {[]string{"/etc/x"}, `output path "/etc/x" does not name a file below the output folder`},
		"backslash":   {[]string{`a\b`}, `output path "a\\b" does not name a file below the output folder`},
		"not clean":   {[]string{"a//b"}, `output path "a//b" does not name a file below the output folder`},
		"a folder":    {[]string{"a/"}, `output path "a/" does not name a file below the output folder`},
		"empty":       {[]string{""}, `output path "" does not name a file below the output folder`},
		"a new line":  {[]string{"a\nb"}, `output path "a\nb" does not name a file below the output folder`},
		"a dot-name":  {[]string{".git/x"}, `output path ".git/x": a name at the top may not begin with a dot`},
		"twice":       {[]string{"a", "a"}, `output path "a" is written twice`},
		"in two case": {[]string{"a/Б", "a/б"}, `output paths "a/Б" and "a/б" can't stand in one folder on every system`},
		"two folders": {[]string{"A/x", "a/y"}, `output paths "A" and "a/y" can't stand in one folder on every system`},
		"both kinds":  {[]string{"a", "a/b"}, `output paths "a" and "a/b" can't stand in one folder on every system`},
		"the ledger":  {[]string{ledger.Path}, `output path "fursa/ledger.json" is written twice`},
	} {
		t.Run(name, func(t *testing.T) {
			dir := filepath.Join(t.TempDir(), "public")
			files := site{"index.html": "home"}.files()
			for _, p := range c.paths {
				files = append(files, publish.File{Path: p, Write: func(io.Writer) error { return nil }})
			}
			_, err := publish.Write(t.Context(), files, last(), publish.Options{Dir: dir})
			if err == nil || err.Error() != c.want {
				t.Errorf("got %v, want %s", err, c.want)
			}
			if _, err := os.Stat(dir); !errors.Is(err, fs.ErrNotExist) {
				t.Errorf("the folder was made: %v", err)
			}
		})
	}
}

func TestFailuresChangeNothing(t *testing.T) {
	broken := errors.New("broken template")
	failing := func(p string) publish.File {
		return publish.File{Path: p, Write: func(io.Writer) error { return broken }}
	}
	for _, old := range []site{{}, small} {
		for _, workers := range []int{1, 2, 8} {
			dir := t.TempDir()
			if len(old) > 0 {
				old.mustWrite(t, dir)
			}
			before := read(t, dir)
			next := site{"index.html": "new"}
			for i := range 200 {
				next[fmt.Sprintf("p/%03d", i)] = "new"
			}
			// Where it can be, the failure to be told comes later than another.
			other := make(chan struct{})
			if workers == 1 {
				close(other)
			}
			files := append(next.files(), failing("q"), publish.File{Path: "p/155x", Write: func(io.Writer) error {
				if workers > 1 {
					close(other)
				}
				return broken
			}}, publish.File{Path: "p/031x", Write: func(io.Writer) error { <-other; return broken }})
			_, err := publish.Write(t.Context(), files, last(), publish.Options{Dir: dir, Workers: workers})
			if !errors.Is(err, broken) || err.Error() != "make p/031x: broken template" {
				t.Errorf("%d workers: got %v", workers, err)
			}
			same(t, before, read(t, dir))

			ctx, cancel := context.WithCancel(t.Context())
			files = append(next.files(), publish.File{Path: "p/100x", Write: func(io.Writer) error { cancel(); return nil }})
			if _, err = publish.Write(ctx, files, last(), publish.Options{Dir: dir, Workers: workers}); !errors.Is(err, context.Canceled) {
				t.Errorf("%d workers: got %v", workers, err)
			}
			same(t, before, read(t, dir))
			if names, err := os.ReadDir(filepath.Join(dir, ".fursa/stage")); !errors.Is(err, fs.ErrNotExist) {
				t.Errorf("the stage is still there: %v, %v", names, err)
			}
		}
	}
}

func TestTheSecondBuildIsTold(t *testing.T) {
	for _, old := range []site{{}, small} {
		dir := filepath.Join(t.TempDir(), "public")
		if len(old) > 0 {
			old.mustWrite(t, dir)
		}
		tried := 0
		files := append(site{"index.html": "new"}.files(), publish.File{Path: "x", Write: func(io.Writer) error {
			tried++
			if _, err := small.write(dir); !errors.Is(err, publish.ErrBusy) {
				t.Errorf("Write: got %v, want ErrBusy", err)
			}
			if err := publish.Recover(dir); !errors.Is(err, publish.ErrBusy) {
				t.Errorf("Recover: got %v, want ErrBusy", err)
			}
			return nil
		}})
		if _, err := publish.Write(t.Context(), files, last(), publish.Options{Dir: dir}); err != nil || tried != 1 {
			t.Fatal(tried, err)
		}
		same(t, site{"index.html": "new", "x": ""}, read(t, dir))
		small.mustWrite(t, dir)
	}
}

// TestWorkersDoNotMatter compares the folders and the reports.
func TestWorkersDoNotMatter(t *testing.T) {
	s := site{}
	for i := range 500 {
		s[fmt.Sprintf("p%d/%d/index.html", i%7, i)] = strings.Repeat("x", i)
	}
	var reports []publish.Report
	var ledgers []string
	for _, workers := range []int{1, 2, 7} {
		dir := t.TempDir()
		files := s.files()
		slices.Reverse(files)
		r, err := publish.Write(t.Context(), files, last(), publish.Options{Dir: dir, Workers: workers})
		if err != nil {
			t.Fatal(err)
		}
		same(t, s, read(t, dir))
		text, err := os.ReadFile(filepath.Join(dir, ledger.Path))
		if err != nil {
			t.Fatal(err)
		}
		reports, ledgers = append(reports, r), append(ledgers, string(text))
	}
	for i := range reports {
		same(t, reports[0], reports[i])
		same(t, ledgers[0], ledgers[i])
	}
}

func TestRecoverOfNothing(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "public")
	if err := publish.Recover(dir); err != nil {
		t.Error(err)
	}
	if _, err := os.Stat(dir); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("the folder was made: %v", err)
	}
}

// A file that is too long for memory is told from another of its size and end,
// and leaves nothing behind where it has not changed.
func TestLongFiles(t *testing.T) {
	dir := t.TempDir()
	long := strings.Repeat("0123456789abcdef", 200_000)
	before := site{"index.html": "home", "catalogue.json": "a" + long}
	before.mustWrite(t, dir)
	after := site{"index.html": "home", "catalogue.json": "b" + long}
	if r := after.mustWrite(t, dir); r.Written != 2 { // it and the ledger
		t.Errorf("a change in its first letter: %+v", r)
	}
	same(t, after, read(t, dir))
	if r := after.mustWrite(t, dir); r.Written != 0 {
		t.Errorf("no change: %+v", r)
	}
	if _, err := os.Stat(filepath.Join(dir, ".fursa", "stage")); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("the stage is still there: %v", err)
	}
}
