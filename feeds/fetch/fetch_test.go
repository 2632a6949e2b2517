package fetch_test

import (
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"fursa/feeds/fetch"
)

// local asks this machine, and does not wait long.
func local() fetch.Options {
	return fetch.Options{UserAgent: "Fursa/test (+https://city.example/)", AllowLoopback: true, Timeout: 500 * time.Millisecond, Pause: time.Millisecond, PerSecond: 1000}
}

func serve(t *testing.T, h http.HandlerFunc) string {
	t.Helper()
	s := httptest.NewServer(h)
	t.Cleanup(s.Close)
	return s.URL
}

func TestGet(t *testing.T) {
	url := serve(t, func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("ETag", `"1"`)
		w.Header().Set("Content-Type", "application/json")
		if r.Header.Get("If-None-Match") == `"1"` {
			w.WriteHeader(http.StatusNotModified)
			return
		}
		fmt.Fprintf(w, "%s, %s", r.UserAgent(), r.Header.Get("Accept"))
	})
	g := fetch.New(local())
	got, err := g.Get(t.Context(), fetch.Request{URL: url + "/x", Accept: "application/json"})
	if err != nil {
		t.Fatal(err)
	}
	want := fetch.Response{URL: url + "/x", Body: []byte("Fursa/test (+https://city.example/), application/json"), ContentType: "application/json", ETag: `"1"`}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	again, err := g.Get(t.Context(), fetch.Request{URL: url + "/x", ETag: `"1"`})
	if err != nil || !again.NotModified || again.Body != nil {
		t.Errorf("a second time: %+v, %v", again, err)
	}
}

// A name is looked up again when the socket connects, so what counts is where
// it leads then.
func TestAddressesThatAreNotPublic(t *testing.T) {
	asked := serve(t, func(w http.ResponseWriter, _ *http.Request) { t.Error("was asked"); w.WriteHeader(http.StatusOK) })
	o := local()
	o.AllowLoopback = false
	_, port, _ := net.SplitHostPort(strings.TrimPrefix(asked, "http://"))
	for _, url := range []string{
		asked, "http://localhost:" + port, "http://[::1]:" + port, "http://[::ffff:127.0.0.1]:" + port,
		"http://10.1.2.3/", "http://172.16.0.1/", "http://192.168.1.1/", "http://169.254.169.254/latest/meta-data/", "http://100.64.0.1/",
		"http://[fd00::1]/", "http://[fe80::1]/", "http://[64:ff9b::7f00:1]/", "http://[2002:7f00:1::]/", "http://224.0.0.1/", "http://255.255.255.255/",
	} {
		if _, err := fetch.New(o).Get(t.Context(), fetch.Request{URL: url}); !errors.Is(err, fetch.ErrAddress) {
			t.Errorf("%s: %v", url, err)
		}
	}
	for _, url := range []string{"http://10.1.2.3/", "http://192.168.1.1/", "http://169.254.169.254/"} {
		if _, err := fetch.New(local()).Get(t.Context(), fetch.Request{URL: url}); !errors.Is(err, fetch.ErrAddress) {
			t.Errorf("with loopback allowed, %s: %v", url, err)
		}
	}
}

func TestAddressesThatAreNone(t *testing.T) {
	for _, url := range []string{"", "x", "ftp://city.example/", "file:///etc/passwd", "https://", "gopher://x/", "http://a:b@city.example/", "http://%zz/"} {
		if _, err := fetch.New(local()).Get(t.Context(), fetch.Request{URL: url}); !errors.Is(err, fetch.ErrURL) {
			t.Errorf("%q: %v", url, err)
		}
	}
}

func TestRedirects(t *testing.T) {
	url := serve(t, func(w http.ResponseWriter, r *http.Request) {
		var n int
		if _, err := fmt.Sscanf(r.URL.Path, "/%d", &n); err == nil && n > 0 {
			http.Redirect(w, r, fmt.Sprintf("/%d", n-1), http.StatusFound)
			return
		}
		if to := r.URL.Query().Get("to"); to != "" {
			http.Redirect(w, r, to, http.StatusFound)
			return
		}
		fmt.Fprint(w, "there")
	})
	g := fetch.New(local())
	if got, err := g.Get(t.Context(), fetch.Request{URL: url + "/3"}); err != nil || got.URL != url+"/0" || string(got.Body) != "there" {
		t.Errorf("three: %+v, %v", got, err)
	}
	for path, want := range map[string]error{
		"/4": fetch.ErrRedirects, "/1000000": fetch.ErrRedirects,
		"/?to=http://192.168.1.1/": fetch.ErrAddress, "/?to=http://169.254.169.254/": fetch.ErrAddress,
		"/?to=file:///etc/passwd": fetch.ErrURL, "/?to=http://a:b@127.0.0.1/": fetch.ErrURL,
	} {
		if _, err := g.Get(t.Context(), fetch.Request{URL: url + path}); !errors.Is(err, want) {
			t.Errorf("%s: %v", path, err)
		}
	}
}

func TestBodies(t *testing.T) {
	url := serve(t, func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/endless":
			for r.Context().Err() == nil {
				if _, err := w.Write(make([]byte, 1<<16)); err != nil {
					return
				}
			}
		case "/bomb": // a thousand times as long as it is sent
			w.Header().Set("Content-Encoding", "gzip")
			z := gzip.NewWriter(w)
			defer z.Close() //nolint:errcheck // the reader has hung up
			for range 64 {
				if _, err := z.Write(make([]byte, 1<<20)); err != nil {
					return
				}
			}
		case "/slow":
			for r.Context().Err() == nil {
				fmt.Fprint(w, "x")
				w.(http.Flusher).Flush()
				time.Sleep(20 * time.Millisecond)
			}
		case "/silent":
			<-r.Context().Done()
		case "/half":
			w.Header().Set("Content-Length", "100")
			fmt.Fprint(w, "half")
		case "/not-gzip":
			w.Header().Set("Content-Encoding", "gzip")
			fmt.Fprint(w, "plain, and longer than a header")
		case "/headers":
			for i := range 10_000 {
				w.Header().Set(fmt.Sprintf("X-%d", i), "long enough to fill them")
			}
		}
	})
	o := local()
	o.Attempts = 1
	g := fetch.New(o)
	for path, want := range map[string]string{
		"/endless": "more than 1048576 bytes", "/bomb": "more than 1048576 bytes", "/slow": "closed", "/silent": "timeout",
		"/half": "unexpected EOF", "/not-gzip": "gzip: invalid header", "/headers": "exceeded",
	} {
		_, err := g.Get(t.Context(), fetch.Request{URL: url + path, Max: 1 << 20})
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v, want %q", path, err, want)
		}
	}
}

func TestAttempts(t *testing.T) {
	var n atomic.Int32
	url := serve(t, func(w http.ResponseWriter, r *http.Request) {
		switch tries := n.Add(1); r.URL.Path {
		case "/third":
			if tries < 3 {
				w.WriteHeader(http.StatusBadGateway)
			}
		case "/soon":
			if tries == 1 {
				w.Header().Set("Retry-After", "1")
				w.WriteHeader(http.StatusTooManyRequests)
			}
		case "/much-later":
			w.Header().Set("Retry-After", "86400")
			w.WriteHeader(http.StatusServiceUnavailable)
		case "/gone":
			w.WriteHeader(http.StatusGone)
		case "/never":
			w.WriteHeader(http.StatusInternalServerError)
		}
	})
	g := fetch.New(local())
	for _, c := range []struct {
		path  string
		code  int
		tries int32
	}{{"/third", 0, 3}, {"/soon", 0, 2}, {"/much-later", 503, 1}, {"/gone", 410, 1}, {"/never", 500, 3}} {
		n.Store(0)
		_, err := g.Get(t.Context(), fetch.Request{URL: url + c.path})
		var status fetch.StatusError
		if errors.As(err, &status); status.Code != c.code || (err != nil) != (c.code != 0) || n.Load() != c.tries {
			t.Errorf("%s: %v after %d tries, want %d after %d", c.path, err, n.Load(), c.code, c.tries)
		}
	}
}

// A host has two requests at a time, and who gives up waiting is not served.
func TestAHostIsNotOverrun(t *testing.T) {
	var now, most atomic.Int32
	url := serve(t, func(http.ResponseWriter, *http.Request) {
		n := now.Add(1)
		defer now.Add(-1)
		for old := most.Load(); n > old && !most.CompareAndSwap(old, n); old = most.Load() {
		}
		time.Sleep(20 * time.Millisecond)
	})
	g := fetch.New(local())
	done := make(chan error, 8)
	for range cap(done) {
		go func() {
			_, err := g.Get(context.WithoutCancel(t.Context()), fetch.Request{URL: url})
			done <- err
		}()
	}
	for range cap(done) {
		if err := <-done; err != nil {
			t.Error(err)
		}
	}
	if most.Load() != 2 {
		t.Errorf("%d at a time, want 2", most.Load())
	}
	gone, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := g.Get(gone, fetch.Request{URL: url}); !errors.Is(err, context.Canceled) {
		t.Errorf("after giving up: %v", err)
	}
}
