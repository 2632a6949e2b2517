package main

import (
	"bufio"
	"bytes"
	"context"
	"io"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"
)

// spoken is what a program has said so far.
type spoken struct {
	mu   sync.Mutex
	text bytes.Buffer
}

func (s *spoken) Write(p []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.text.Write(p)
}

func (s *spoken) String() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.text.String()
}

// A title is changed, broken and mended while somebody looks at its page.
func TestServe(t *testing.T) {
	t.Chdir(t.TempDir())
	edition(t, "content", false)
	settings := filepath.Join("content", "catalogue.toml")
	rewrite(t, settings, `id = "https://doha.example/"`, "id = \"https://doha.example/\"\nbase_url = \"https://city.example/learn/\"")
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	said := &spoken{}
	a := &app{out: said, err: said, content: "content", noColor: true, lang: "en"}
	in, err := a.input()
	if err != nil {
		t.Fatal(err)
	}
	in.Drafts = true
	ctx, stop := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() { ended <- a.preview(ctx, in, listener) }()
	root := "http://" + listener.Addr().String()
	page := root + "/learn/opportunities/museum-1/listing-1/"

	if got := get(t, page); !strings.Contains(got, "<h1>Listing 1</h1>") || strings.Contains(got, "fursa-problems") {
		t.Fatalf("the page:\n%s\n%s", got, said)
	}
	if got := get(t, root); !strings.Contains(got, "Learning in Doha") {
		t.Errorf("the host's root does not lead to the site:\n%s", got)
	}
	if got := get(t, root+"/learn/feed.xml"); !strings.Contains(got, "<rss") {
		t.Errorf("the feed:\n%s", got)
	}
	changes := listen(t, root+"/.fursa/reload")
	changes.await(t)

	file := filepath.Join("content", "opportunities", "museum-1", "listing-1.md")
	rewrite(t, file, "Listing 1", "Saturn over the roof")
	changes.show(t, page, "<h1>Saturn over the roof</h1>")

	rewrite(t, file, `kind = "talk"`, `kind = "talk>"`)
	got := changes.show(t, page, "fursa-problems", "listing-1.md:4:8: error: ")
	if !strings.Contains(got, "<h1>Saturn over the roof</h1>") || strings.Contains(got, "talk>") {
		t.Errorf("the last good site is gone, or the problem is not shown as text:\n%s", got)
	}
	if !strings.Contains(said.String(), "listing-1.md:4:8: error: ") || !strings.Contains(said.String(), "1 error; the last good site stays") {
		t.Errorf("the terminal says:\n%s", said)
	}

	rewrite(t, file, `kind = "talk>"`, `kind = "club"`)
	if got := changes.show(t, page, `href="/learn/kinds/club/"`); strings.Contains(got, "fursa-problems") {
		t.Errorf("it is mended, and the page says:\n%s", got)
	}

	begun := filepath.Join(filepath.Dir(file), "begun.md")
	draft := strings.Replace(textOf(t, file), "+++\n", "+++\nstatus = \"draft\"\n", 1)
	if err := os.WriteFile(begun, []byte(draft), 0o644); err != nil {
		t.Fatal(err)
	}
	changes.show(t, root+"/learn/opportunities/museum-1/begun/", "<h1>Saturn over the roof</h1>")
	stop()
	select {
	case err := <-ended:
		if err != nil {
			t.Errorf("it ends with %v", err)
		}
	case <-time.After(10 * time.Second):
		t.Error("it does not end")
	}
	if _, err := os.Stat("public"); err == nil {
		t.Error("it has written files")
	}
}

func get(t *testing.T, url string) string {
	t.Helper()
	response, err := http.Get(url)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	text, err := io.ReadAll(response.Body)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// events are what an open page hears.
type events <-chan string

// listen gives the events of an address as they come.
func listen(t *testing.T, url string) events {
	t.Helper()
	response, err := http.Get(url)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { response.Body.Close() })
	heard := make(chan string, 100)
	go func() {
		lines := bufio.NewScanner(response.Body)
		for lines.Scan() {
			if data, ok := strings.CutPrefix(lines.Text(), "data: "); ok {
				heard <- data
			}
		}
	}()
	return heard
}

// await waits for one event.
func (e events) await(t *testing.T) {
	t.Helper()
	select {
	case <-e:
	case <-time.After(20 * time.Second):
		t.Fatal("no event came")
	}
}

// show waits for the event after which a page says all that is wanted, and
// gives the page. A change may come in several: a file is empty before it is
// written.
func (e events) show(t *testing.T, url string, wanted ...string) string {
	t.Helper()
	for {
		e.await(t)
		page := get(t, url)
		if !slices.ContainsFunc(wanted, func(s string) bool { return !strings.Contains(page, s) }) {
			return page
		}
	}
}

// rewrite puts another text in the place of one that is in a file.
func rewrite(t *testing.T, file, old, better string) {
	t.Helper()
	text := textOf(t, file)
	if !strings.Contains(text, old) {
		t.Fatalf("%s does not contain %q", file, old)
	}
	if err := os.WriteFile(file, []byte(strings.Replace(text, old, better, 1)), 0o644); err != nil {
		t.Fatal(err)
	}
}

func textOf(t *testing.T, file string) string {
	t.Helper()
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}
