package main

import (
	"bytes"
	"errors"
	"fmt"
	"math/rand/v2"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"golang.org/x/net/html"
)

// kills is at how many moments builds are killed.
const kills = 50

// edition writes one of two editions of a small catalogue.
func edition(t *testing.T, dir string, second bool) {
	t.Helper()
	if err := writeEdition(dir, second); err != nil {
		t.Fatal(err)
	}
}

// writeEdition makes a folder hold an edition: the second changes a third of
// the titles, renames some listings, and has others come and go.
func writeEdition(dir string, second bool) error {
	if err := os.RemoveAll(dir); err != nil {
		return err
	}
	files := map[string]string{
		"catalogue.toml":             "id = \"https://doha.example/\"\nname = { en = \"Learning in Doha\" }\nlanguages = [\"en\"]\ntime_zone = \"Asia/Qatar\"\ncurrency = \"QAR\"\ntoday = 2026-11-22\n",
		"vocabularies/subjects.toml": "terms = [{ id = \"sciences\", label = { en = \"Sciences\" } }, { id = \"arts\", label = { en = \"Arts\" } }]\n",
	}
	for i := range 5 {
		files[fmt.Sprintf("providers/museum-%d.md", i)] = fmt.Sprintf("+++\nname = \"Museum %d\"\nurl = \"https://museum.example/\"\n+++\n", i)
	}
	for i := range 40 {
		slug, fields := fmt.Sprintf("listing-%d", i), ""
		title := fmt.Sprintf("Listing %d", i)
		switch {
		case i%10 == 7 && second, i%10 == 8 && !second:
			continue
		case i%10 == 9 && second:
			fields = fmt.Sprintf("aliases = [\"opportunities/museum-%d/%s\"]\n", i%5, slug)
			slug += "-renamed"
		case i%3 == 0 && second:
			title += ", moved"
		}
		files[fmt.Sprintf("opportunities/museum-%d/%s.md", i%5, slug)] = fmt.Sprintf(`+++
title = %q
summary = "What people do at this listing, in a sentence."
kind = "talk"
ages = { min = %d }
languages = ["en"]
subjects = [%q]
mode = "online"
sessions = [{ start = 2026-12-%02d }]
cost = { amount = 0 }
%s+++
`, title, i%20, []string{"sciences", "arts"}[i%2], i%28+1, fields)
	}
	for name, text := range files {
		file := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			return err
		}
		if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
			return err
		}
	}
	return nil
}

// buildOf is a build of the content folder into another, not yet started.
func buildOf(output string) (*exec.Cmd, *bytes.Buffer) {
	c := exec.Command("fursa", "build", "--output", output)
	said := &bytes.Buffer{}
	c.Stdout, c.Stderr = said, said
	return c, said
}

// built builds to the end, and gives the site.
func built(t *testing.T, output string) map[string]string {
	t.Helper()
	c, said := buildOf(output)
	if err := c.Run(); err != nil {
		t.Fatalf("build: %v\n%s", err, said)
	}
	return siteOf(t, output)
}

// siteOf is the site in a folder; a folder that is not there holds none.
func siteOf(t *testing.T, dir string) map[string]string {
	t.Helper()
	files, err := siteIn(dir)
	if err != nil && !errors.Is(err, os.ErrNotExist) {
		t.Fatal(err)
	}
	return files
}

// copyTo makes a folder a copy of another, the builder's notes included.
func copyTo(t *testing.T, dir, from string) {
	t.Helper()
	if err := os.RemoveAll(dir); err != nil {
		t.Fatal(err)
	}
	if err := os.CopyFS(dir, os.DirFS(from)); err != nil {
		t.Fatal(err)
	}
}

// checkSite sees to it that each file is one of some editions', whole, and
// that each link of its pages leads to a file.
func checkSite(t *testing.T, files map[string]string, editions ...map[string]string) {
	t.Helper()
	for name, text := range files {
		whole := false
		for _, e := range editions {
			whole = whole || e[name] == text
		}
		if !whole {
			t.Errorf("%s is not whole, or of no edition", name)
		}
		if filepath.Ext(name) != ".html" {
			continue
		}
		for _, file := range linked(t, name, text) {
			if _, there := files[file]; !there {
				t.Errorf("%s links to %s, which is not there", name, file)
			}
		}
	}
}

// linked are the files of the site that a page links to.
func linked(t *testing.T, name, text string) []string {
	t.Helper()
	root, err := html.Parse(strings.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	base := &url.URL{Scheme: "https", Host: "doha.example", Path: "/" + strings.TrimSuffix(filepath.ToSlash(name), "index.html")}
	var files []string
	for n := range root.Descendants() {
		for _, a := range n.Attr {
			if a.Key != "href" && a.Key != "src" {
				continue
			}
			u, err := base.Parse(a.Val)
			if err != nil {
				t.Fatalf("%s: %v", name, err)
			}
			if u.Host != base.Host || u.Scheme != base.Scheme || strings.HasPrefix(a.Val, "#") {
				continue
			}
			file := strings.TrimPrefix(u.Path, "/")
			if file == "" || strings.HasSuffix(file, "/") {
				file += "index.html"
			}
			files = append(files, filepath.FromSlash(file))
		}
	}
	return files
}

// A build is killed at random moments, of a first build and of one that
// changes a site: what is there is whole, no page links to one that is not,
// and the next build makes what an undisturbed one makes.
func TestKilledBuilds(t *testing.T) {
	if testing.Short() {
		t.Skip("kills builds for half a minute")
	}
	t.Chdir(t.TempDir())
	edition(t, "content", false)
	first := built(t, "first")
	checkSite(t, first, first)
	edition(t, "content", true)
	copyTo(t, "second", "first")
	started := time.Now()
	second := built(t, "second")
	took := time.Since(started)
	checkSite(t, second, second)
	fresh := built(t, "fresh")

	seed := rand.Uint64()
	t.Logf("seed %d; a build takes %s", seed, took)
	random := rand.New(rand.NewPCG(seed, 0))
	killed := 0
	for i := range kills {
		want, editions := second, []map[string]string{first, second}
		if i%5 == 0 {
			want, editions = fresh, []map[string]string{fresh}
			if err := os.RemoveAll("public"); err != nil {
				t.Fatal(err)
			}
		} else {
			copyTo(t, "public", "first")
		}
		started := time.Now()
		if kill(t, time.Duration(random.Int64N(int64(took)))) {
			killed++
		} else {
			took = time.Since(started) // the machine was busier when it was measured first
		}
		checkSite(t, siteOf(t, "public"), editions...)
		if got := built(t, "public"); !equal(got, want) {
			t.Errorf("seed %d, kill %d: the next build makes another site than an undisturbed one", seed, i)
		}
		if t.Failed() {
			return
		}
	}
	if killed < kills/2 {
		t.Errorf("only %d of %d builds were killed before they ended", killed, kills)
	}
}

// kill starts a build and kills it after a while; false if it ended before.
func kill(t *testing.T, after time.Duration) bool {
	t.Helper()
	c, said := buildOf("public")
	if err := c.Start(); err != nil {
		t.Fatal(err)
	}
	timer := time.AfterFunc(after, func() { _ = c.Process.Kill() }) // it may have ended
	defer timer.Stop()
	err := c.Wait()
	var exit *exec.ExitError
	if err == nil {
		return false
	}
	if !errors.As(err, &exit) || exit.Sys().(syscall.WaitStatus).Signal() != syscall.SIGKILL {
		t.Fatalf("build: %v\n%s", err, said)
	}
	return true
}

func equal(a, b map[string]string) bool {
	if len(a) != len(b) {
		return false
	}
	for name, text := range a {
		if b[name] != text {
			return false
		}
	}
	return true
}

// A disk that is full is a failure that leaves the last site as it was; with
// room again the next build makes the new one.
func TestFullDisk(t *testing.T) {
	t.Chdir(t.TempDir())
	edition(t, "content", false)
	first := built(t, "first")
	mount(t, "disk", fmt.Sprintf("size=%dk,nr_inodes=0", pages(first)*4+200))
	copyTo(t, "disk/public", "first")
	edition(t, "content", true)
	copyTo(t, "second", "first")
	second := built(t, "second")
	c, said := buildOf("disk/public")
	err := c.Run()
	if c.ProcessState.ExitCode() != failure || !strings.Contains(said.String(), "no space left on device") {
		t.Errorf("on a full disk: %v\n%s", err, said)
	}
	checkSite(t, siteOf(t, "disk/public"), first)
	mount(t, "disk", "remount,size=64m")
	if got := built(t, "disk/public"); !equal(got, second) {
		t.Error("with room again the next build makes another site than an undisturbed one")
	}
}

// pages is how many pages of memory a site fills, its folders with it.
func pages(files map[string]string) int {
	n := 0
	for _, text := range files {
		n += (len(text)+4095)/4096 + 1
	}
	return n
}

// mount mounts a small disk for a test, or changes the one that is mounted.
func mount(t *testing.T, dir, options string) {
	t.Helper()
	if err := os.MkdirAll(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	if text, err := exec.Command("mount", "-t", "tmpfs", "-o", options, "tmpfs", dir).CombinedOutput(); err != nil {
		t.Skipf("no small disk can be mounted here: %v: %s", err, text)
	}
	if strings.HasPrefix(options, "remount") {
		return
	}
	full, err := filepath.Abs(dir)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if text, err := exec.Command("umount", full).CombinedOutput(); err != nil {
			t.Errorf("umount: %v: %s", err, text)
		}
	})
}
