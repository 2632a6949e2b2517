package peers_test

import (
	"fmt"
	"net/http"
	"runtime"
	"runtime/debug"
	"strings"
	"testing"
	"time"

	"fursa/feeds/peers"
	"fursa/feeds/snapshot"
)

// Peers that never end don't fill the memory together, and a good one among
// them is served. The most that a pull allows itself is 384 MiB, as fursa pull
// sets it.
func TestAFlood(t *testing.T) {
	if testing.Short() {
		t.Skip("sends some hundred megabytes")
	}
	old := debug.SetMemoryLimit(384 << 20)
	t.Cleanup(func() { debug.SetMemoryLimit(old) })
	p, good := newPuller(t), newCity(t)
	good.put("stars", "Stars")
	good.publish()
	long := strings.Repeat("words and ", 8000)
	sources := []peers.Source{good.source()}
	for i := range 2 {
		c := newCity(t)
		n := 0
		c.set("feed/0", func(w http.ResponseWriter, _ *http.Request) {
			var items []string
			for range 25 {
				n++
				items = append(items, strings.Replace(session(fmt.Sprint(n), n, "Judo"), `"location"`, `"description":"`+long+`","location"`, 1))
			}
			fmt.Fprintf(w, `{"next":"/feed/0?%d","items":[%s]}`, n, strings.Join(items, ","))
		})
		s := gym(c)
		s.Slug = fmt.Sprint("flood-", i)
		sources = append(sources, s)
	}
	peak := make(chan uint64)
	stop := make(chan struct{})
	go func() {
		var most uint64
		for {
			var m runtime.MemStats
			runtime.ReadMemStats(&m)
			most = max(most, m.Sys-m.HeapReleased)
			select {
			case <-stop:
				peak <- most
				return
			case <-time.After(100 * time.Millisecond):
			}
		}
	}()
	got := map[string]snapshot.Reason{}
	for _, r := range peers.Pull(t.Context(), sources, p.Options) {
		got[r.Slug] = reason(r)
	}
	close(stop)
	check(t, "reasons", map[string]snapshot.Reason{"kuopio": "", "flood-0": snapshot.TooMuch, "flood-1": snapshot.TooMuch}, got)
	most := <-peak
	t.Logf("%d MiB", most>>20)
	if most > 512<<20 {
		t.Errorf("%d MiB, want 512 at the most", most>>20)
	}
}
