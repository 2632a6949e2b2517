package publish_test

import (
	"errors"
	"fmt"
	"io"
	"maps"
	"math/rand/v2"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"regexp"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"fursa/generator/ledger"
	"fursa/generator/publish"
)

// edition is one of three linked sites. Each next one changes pages, adds some
// with the feeds and folders that they need, and takes others away; no link of
// it leads nowhere.
func edition(n int) site {
	const pages = 150
	style := fmt.Sprintf("assets/style-%d.css", n)
	s := site{style: "body{}"}
	var home strings.Builder
	for i := range pages {
		if (i+n)%3 == 0 {
			continue
		}
		p := fmt.Sprintf("listings/%02d/%d/index.html", i%40, i)
		feed := path.Join(path.Dir(p), "feed.xml")
		text := fmt.Sprintf("listing %d of edition %d <%s> <%s> <index.html>", i, n*(i%2), style, feed)
		if i >= 2 && (i-2+n)%3 != 0 {
			text += fmt.Sprintf(" <listings/%02d/%d/index.html>", (i-2)%40, i-2)
		}
		s[p], s[feed] = text+strings.Repeat(".", 3000), "feed of "+p
		fmt.Fprintf(&home, "<%s>", p)
	}
	s["index.html"] = fmt.Sprintf("edition %d %s", n, &home)
	s["feed.xml"] = s["index.html"]
	return s
}

var link = regexp.MustCompile(`<([^>]+)>`)

// checkReachable follows the links from the home page: none may lead nowhere,
// and each file must be whole, of one of the editions.
func checkReachable(t *testing.T, dir string, editions ...site) {
	t.Helper()
	there := read(t, dir)
	for p, text := range there {
		if strings.HasSuffix(p, "/") {
			continue // folders are removed after all that they held
		}
		if !slices.ContainsFunc(editions, func(s site) bool { return s[p] == text }) {
			t.Errorf("%s is of no edition: %.80q", p, text)
		}
	}
	for _, p := range deadEnds(there) {
		t.Errorf("a link leads to %s, which is not there", p)
	}
}

// deadEnds follows the links from the home page, and gives those that lead
// nowhere.
func deadEnds(there site) []string {
	var dead []string
	seen := map[string]bool{"index.html": true}
	for queue := []string{"index.html"}; len(queue) > 0; queue = queue[1:] {
		text, ok := there[queue[0]]
		if !ok {
			dead = append(dead, queue[0])
		}
		for _, to := range link.FindAllStringSubmatch(text, -1) {
			if !seen[to[1]] && path.Ext(queue[0]) == ".html" {
				seen[to[1]] = true
				queue = append(queue, to[1])
			}
		}
	}
	return dead
}

// The variables that make the test binary write an edition to a folder, and
// nothing else: the process that the test kills.
const (
	killDir     = "FURSA_TEST_KILL_DIR"
	killEdition = "FURSA_TEST_KILL_EDITION"
)

func TestMain(m *testing.M) {
	dir := os.Getenv(killDir)
	if dir == "" {
		os.Exit(m.Run())
	}
	n, err := strconv.Atoi(os.Getenv(killEdition))
	if err == nil {
		_, err = edition(n).write(dir)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func writer(t *testing.T, dir string, n int) *exec.Cmd {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(self)
	cmd.Env = append(os.Environ(), killDir+"="+dir, fmt.Sprint(killEdition, "=", n))
	return cmd
}

// TestKilled kills a build at fifty moments, first builds and later ones in
// turn, and finishes each of them.
func TestKilled(t *testing.T) {
	if testing.Short() {
		t.Skip("starts 50 processes")
	}
	seed := uint64(time.Now().UnixNano())
	t.Logf("seed %d", seed)
	r := rand.New(rand.NewPCG(seed, 0))
	editions := []site{edition(0), edition(1), edition(2)}
	dir := filepath.Join(t.TempDir(), "public")
	put(t, dir, ".gitignore", "*\n")
	took := map[bool]time.Duration{}
	killed := 0
	for i := range 50 {
		fresh := i%3 == 0
		if fresh {
			if err := os.RemoveAll(dir); err != nil {
				t.Fatal(err)
			}
			put(t, dir, ".gitignore", "*\n")
		}
		start := time.Now()
		cmd := writer(t, dir, i%3)
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		// The first of each kind runs to its end, to tell how long that takes.
		if whole := took[fresh]; whole > 0 {
			timer := time.AfterFunc(time.Duration(r.Int64N(int64(whole))), func() { _ = cmd.Process.Kill() })
			defer timer.Stop()
		}
		err := cmd.Wait()
		switch {
		case took[fresh] == 0 && err != nil:
			t.Fatal(err)
		case took[fresh] == 0:
			took[fresh] = time.Since(start)
		case err != nil:
			killed++
		}
		finishKilled(t, dir, editions, i%3)
		if t.Failed() {
			t.Fatalf("seed %d, moment %d", seed, i)
		}
	}
	t.Logf("killed %d of 48 before the end", killed)
	if runtime.GOOS != "windows" && killed == 0 {
		t.Error("every build came to its end: nothing was tested")
	}
}

func finishKilled(t *testing.T, dir string, editions []site, n int) {
	t.Helper()
	withDot := func(s site) site {
		s = maps.Clone(s)
		s[".gitignore"] = "*\n"
		return s
	}
	var all []site
	for _, s := range editions {
		all = append(all, withDot(s))
	}
	if there := read(t, dir); len(there) > 1 {
		checkReachable(t, dir, all...)
	}
	for range 2 { // the second time there is nothing to do
		if err := publish.Recover(dir); err != nil {
			t.Fatal(err)
		}
		if there := read(t, dir); len(there) > 1 {
			checkReachable(t, dir, all...)
		}
	}
	editions[n].mustWrite(t, dir)
	same(t, withDot(editions[n]), read(t, dir))
	beside, err := os.ReadDir(filepath.Dir(dir))
	if err != nil || len(beside) != 1 {
		t.Errorf("left beside the folder: %v, %v", beside, err)
	}
}

// TestStoppedAnywhere stops the journal at each of its moves, by something that
// stands in the way since the files were compared, and then finishes it.
func TestStoppedAnywhere(t *testing.T) {
	old := site{"index.html": "home <a/index.html> <x/y/index.html>", "a/index.html": "a", "style.css": "1", "x/y/index.html": "old", "file": "f", "deep/er/index.html": "d"}
	next := site{
		"index.html": "home <a/index.html> <b/index.html> <new.html>", "a/index.html": "a <b/index.html>",
		"style.css": "2", "b/index.html": "b <b/feed.xml> <new.html>", "b/feed.xml": "feed", "new.html": "n <b/index.html>",
		"file/index.html": "was a file", "deep": "was a folder",
	}
	for _, p := range []string{"index.html", "a/index.html", "style.css", "b", "new.html", "file", "deep", ledger.Path} {
		t.Run(p, func(t *testing.T) {
			dir := t.TempDir()
			old.mustWrite(t, dir)
			name := filepath.Join(dir, p)
			blocking := last()
			blocking[0].Make = func(paths map[string]string) func(io.Writer) error {
				_ = os.Remove(name)
				put(t, dir, p+"/in-the-way", "mine")
				return ledgerOf(paths)
			}
			_, err := publish.Write(t.Context(), next.files(), blocking, publish.Options{Dir: dir})
			if err == nil {
				t.Fatal("no error")
			}
			stopped := read(t, dir)
			stopped[p] = "" // the reader's way is not to end at what the test put there
			if dead := deadEnds(stopped); dead != nil {
				t.Errorf("links lead nowhere: %v", dead)
			}
			if _, ok := publish.Unchanged(dir, "in"); ok {
				t.Error("Unchanged: true, with a journal to finish")
			}
			if err := publish.Recover(dir); err == nil {
				t.Error("Recover: no error, with the same in the way")
			}
			if err := os.RemoveAll(name); err != nil {
				t.Fatal(err)
			}
			for range 2 {
				if err := publish.Recover(dir); err != nil {
					t.Fatal(err)
				}
				same(t, next, read(t, dir))
			}
			r := next.mustWrite(t, dir)
			same(t, publish.Report{Files: 9, Unchanged: 9, Bytes: bytesOf(t, dir)}, r)
		})
	}
}

// TestTornJournal: one that is not whole was never begun.
func TestTornJournal(t *testing.T) {
	dir := t.TempDir()
	small.mustWrite(t, dir)
	put(t, dir, ".fursa/journal", "fursa journal 1\nremove \"index.html\"\nremove \"a/in\n")
	if err := publish.Recover(dir); err != nil {
		t.Fatal(err)
	}
	same(t, small, read(t, dir))
	if _, ok := publish.Unchanged(dir, "in"); !ok {
		t.Error("Unchanged: false")
	}
}

// TestRecoverFinishesAnExchange begins from the two moments about an exchange.
func TestRecoverFinishesAnExchange(t *testing.T) {
	t.Run("before", func(t *testing.T) {
		parent := t.TempDir()
		put(t, parent, "public/.gitignore", "*\n")
		put(t, parent, "public/.fursa/lock", "")
		put(t, parent, ".public.fursa-new/index.html", "new")
		put(t, parent, ".public.fursa-new/.fursa/index", "")
		if err := publish.Recover(filepath.Join(parent, "public")); err != nil {
			t.Fatal(err)
		}
		same(t, site{"public/.gitignore": "*\n", "public/.fursa/.gitignore": "*\n", "public/.fursa/lock": ""}, read(t, parent))
	})
	t.Run("after", func(t *testing.T) {
		parent := t.TempDir()
		put(t, parent, "public/index.html", "new")
		put(t, parent, "public/.fursa/lock", "")
		put(t, parent, ".public.fursa-new/.gitignore", "*\n")
		put(t, parent, ".public.fursa-new/.git/HEAD", "ref")
		put(t, parent, ".public.fursa-new/.fursa/lock", "")
		if err := publish.Recover(filepath.Join(parent, "public")); err != nil {
			t.Fatal(err)
		}
		same(t, site{
			"public/index.html": "new", "public/.gitignore": "*\n", "public/.git/HEAD": "ref",
			"public/.fursa/.gitignore": "*\n", "public/.fursa/lock": "",
		}, read(t, parent))
	})
}

// TestDiskFull writes to a disk of 1 MB until it is full.
func TestDiskFull(t *testing.T) {
	disk := t.TempDir()
	text, err := exec.Command("mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", disk).CombinedOutput()
	if err != nil {
		t.Skipf("mounting a small disk: %v: %s", err, text)
	}
	t.Cleanup(func() {
		if text, err := exec.Command("umount", disk).CombinedOutput(); err != nil {
			t.Errorf("%v: %s", err, text)
		}
	})
	large := maps.Clone(small)
	large["index.html"] = "home, changed"
	for i := range 20 {
		large[fmt.Sprintf("large/%d", i)] = strings.Repeat("x", 100_000)
	}
	// The disk itself is a mount point, which can't be exchanged; a folder on
	// it can.
	for _, dir := range []string{disk, filepath.Join(disk, "public")} {
		for _, old := range []site{{}, small} {
			if len(old) > 0 {
				old.mustWrite(t, dir)
			}
			if _, err := large.write(dir); !errors.Is(err, syscall.ENOSPC) {
				t.Errorf("got %v, want ENOSPC", err)
			}
			same(t, old, read(t, dir))
		}
		small.mustWrite(t, dir)
		same(t, small, read(t, dir))
		site{}.mustWrite(t, dir)
		same(t, site{}, read(t, dir))
		if err := errors.Join(os.RemoveAll(filepath.Join(dir, "fursa")), os.RemoveAll(filepath.Join(dir, ".fursa"))); err != nil {
			t.Fatal(err)
		}
	}
}
