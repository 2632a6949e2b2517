package main

import (
	"compress/gzip"
	"io"
	"net/http"
	"net/http/httptest"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// The host answers as the hosts that Fursa's sites are made for.
func TestHost(t *testing.T) {
	h, err := newHost("/learn/", map[string][]byte{
		"index.html": []byte("home"), "404.html": []byte("gone"), "ar/404.html": []byte("ذهب"),
		"pages/about/index.html": []byte("about"), "assets/site.css": []byte("p{}"), "feed.json": []byte("{}"), "a.png": []byte("PNG"),
		"_headers": []byte("/learn/*\n  X-Content-Type-Options: nosniff\n/learn/assets/*\n  Cache-Control: public, max-age=31536000, immutable\n/learn/feed.json\n  Content-Type: application/feed+json\n"),
	})
	if err != nil {
		t.Fatal(err)
	}
	type answer struct {
		Status                      int
		Type, Cache, Encoding, Text string
	}
	for path, want := range map[string]answer{
		"/learn/":                {200, "text/html; charset=utf-8", "", "gzip", "home"},
		"/learn/pages/about/":    {200, "text/html; charset=utf-8", "", "gzip", "about"},
		"/learn/pages/about":     {301, "", "", "", ""},
		"/learn/pages/no/":       {404, "text/html; charset=utf-8", "", "gzip", "gone"},
		"/learn/ar/pages/no/":    {404, "text/html; charset=utf-8", "", "gzip", "ذهب"},
		"/learn/assets/site.css": {200, "text/css; charset=utf-8", "public, max-age=31536000, immutable", "gzip", "p{}"},
		"/learn/feed.json":       {200, "application/feed+json", "", "gzip", "{}"},
		"/learn/a.png":           {200, "image/png", "", "", "PNG"},
		"/elsewhere/a.png":       {404, "text/plain; charset=utf-8", "", "", "404 page not found\n"},
	} {
		r := httptest.NewRequest(http.MethodGet, path, nil)
		r.Header.Set("Accept-Encoding", "gzip")
		w := httptest.NewRecorder()
		h.ServeHTTP(w, r)
		got := answer{w.Code, w.Header().Get("Content-Type"), w.Header().Get("Cache-Control"), w.Header().Get("Content-Encoding"), ""}
		if want.Status == 301 {
			got.Type = ""
			if to := w.Header().Get("Location"); to != path+"/" {
				t.Errorf("%s leads to %s", path, to)
			}
		} else {
			got.Text = body(t, w)
		}
		if diff := cmp.Diff(got, want); diff != "" {
			t.Errorf("%s (-got +want):\n%s", path, diff)
		}
	}
}

func body(t *testing.T, w *httptest.ResponseRecorder) string {
	t.Helper()
	var r io.Reader = w.Body
	if w.Header().Get("Content-Encoding") == "gzip" {
		zipped, err := gzip.NewReader(r)
		if err != nil {
			t.Fatal(err)
		}
		r = zipped
	}
	text, err := io.ReadAll(r)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}
