package main

import (
	"bytes"
	"runtime"
	"strings"
	"testing"
)

// What is measured is what it says: all listings of all peers, then a request
// for each, by either client.
func TestPulls(t *testing.T) {
	if runtime.GOOS != "linux" {
		t.Skip("other systems have not so many addresses of their own")
	}
	s, err := serve(t.Context(), 3, 501)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.close() })
	o := options{peers: 3, listings: 501, workers: 2, dir: t.TempDir()}
	if err := writeSources(o.dir, s.sources()); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		as   string
		want int64
	}{{"pull", 3 * 6}, {"pull", 3}, {"plain", 3}} {
		s.requests.Store(0)
		o.as = c.as
		var said bytes.Buffer
		if err := o.child(t.Context(), &said); err != nil {
			t.Fatal(err)
		}
		if got := s.requests.Load(); got != c.want || !strings.Contains(said.String(), `"Wall":`) {
			t.Errorf("%s: %d requests, want %d; it says %s", c.as, got, c.want, &said)
		}
	}
}
