package generator_test

import (
	"bytes"
	"fmt"
	"hash/fnv"
	"io/fs"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"fursa/feeds/sign"
)

// weather is how a host answers for a while.
type weather int

const (
	fine      weather = iota
	down              // every request is answered with 503
	reset             // connections break off
	silent            // nothing comes
	half              // answers break off in their middle
	portal            // a page of HTML, whatever was asked
	uploading         // some files are those of the last upload, others of the one before
	weathers
)

// upload is a file of a host, and when it came there.
type upload struct {
	text []byte
	at   time.Time
}

// host is where a catalogue is published: a server of the files that were
// uploaded last.
type host struct {
	url string
	// etags and dates say by what it lets others ask for news.
	etags, dates bool

	mu            sync.Mutex
	weather       weather
	mix           string // which files of an upload have arrived
	files, before map[string]upload
	asked         []string
}

func newHost(t *testing.T, etags, dates bool) *host {
	h := &host{etags: etags, dates: dates, files: map[string]upload{}}
	s := httptest.NewServer(h)
	t.Cleanup(s.Close)
	h.url = s.URL + "/"
	return h
}

// become sets the weather; mix tells one mixture of two uploads from another.
func (h *host) become(w weather, mix string) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.weather, h.mix = w, mix
}

func (h *host) is() weather {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.weather
}

// requests are those since the last time.
func (h *host) requests() []string {
	h.mu.Lock()
	defer h.mu.Unlock()
	asked := h.asked
	h.asked = nil
	return asked
}

// file is what stands at a path, and how it is answered.
func (h *host) file(path string) (upload, bool, weather) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.asked = append(h.asked, path)
	files := h.files
	if h.weather == uploading && odd(h.mix+path) {
		files = h.before
	}
	file, ok := files[path]
	return file, ok, h.weather
}

func odd(text string) bool {
	sum := fnv.New32a()
	_, _ = sum.Write([]byte(text))
	return sum.Sum32()>>7&1 == 1
}

func (h *host) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	file, ok, weather := h.file(strings.TrimPrefix(r.URL.Path, "/"))
	switch weather {
	case down:
		http.Error(w, "out of order", http.StatusServiceUnavailable)
		return
	case reset:
		panic(http.ErrAbortHandler)
	case silent:
		<-r.Context().Done()
		return
	case portal:
		fmt.Fprint(w, "<!doctype html><title>Welcome to our network</title>")
		return
	}
	if !ok {
		http.NotFound(w, r)
		return
	}
	if weather == half {
		w.Header().Set("Content-Length", strconv.Itoa(len(file.text)))
		_, _ = w.Write(file.text[:len(file.text)/2])
		return
	}
	at := time.Time{}
	if h.dates {
		at = file.at
	}
	if h.etags {
		w.Header().Set("ETag", strconv.Quote(sign.Sum(file.text)))
	}
	http.ServeContent(w, r, "", at, bytes.NewReader(file.text))
}

// take uploads what others pull of a built site, and the snapshots of its peers
// with it.
func (h *host) take(site string, at time.Time) error {
	files := map[string]upload{}
	add := func(dir, below, as string) error {
		return filepath.WalkDir(filepath.Join(dir, below), func(name string, entry fs.DirEntry, err error) error {
			if err != nil || entry.IsDir() {
				return err
			}
			text, err := os.ReadFile(name)
			if err != nil {
				return err
			}
			rel, err := filepath.Rel(dir, name)
			if err != nil {
				return err
			}
			h.mu.Lock()
			file, there := h.files[as+filepath.ToSlash(rel)]
			h.mu.Unlock()
			if !there || !bytes.Equal(file.text, text) {
				file = upload{text, at}
			}
			files[as+filepath.ToSlash(rel)] = file
			return nil
		})
	}
	for _, below := range []string{"feeds/rpde", "fursa", "catalogue.ndjson"} {
		if err := add(site, below, ""); err != nil {
			return err
		}
	}
	h.mu.Lock()
	defer h.mu.Unlock()
	h.before, h.files = h.files, files
	return nil
}
