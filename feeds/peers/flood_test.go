package peers_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"os"
	"os/exec"
	"runtime/debug"
	"strconv"
	"strings"
	"testing"
	"time"

	"fursa/feeds/fetch"
	"fursa/feeds/peers"
	"fursa/feeds/snapshot"
)

// floodSources names, in the environment of a test, the file of the sources that
// it is to pull in a process of its own.
const floodSources = "FURSA_TEST_FLOOD"

// tenMillion is how many items a flood has, were it ever read to its end.
const tenMillion = 10_000_000

// stream serves a change feed of ten million items, as many on a page as are
// asked for; item writes the nth.
func (c *city) stream(each int, item func(out *bytes.Buffer, n int)) {
	c.set("feed/0", func(w http.ResponseWriter, r *http.Request) {
		first, _ := strconv.Atoi(r.URL.RawQuery)
		var out bytes.Buffer
		for n := first; n < min(first+each, tenMillion); n++ {
			if out.Len() > 0 {
				out.WriteByte(',')
			}
			item(&out, n)
		}
		next := min(first+each, tenMillion)
		fmt.Fprintf(w, `{"next":"/feed/0?%d","items":[%s]}`, next, &out)
	})
}

// Peers of ten million listings don't fill the memory together, the run ends,
// and a good one among them is served. It is a process of its own, so that its
// peak is that of a pull and not of the servers.
func TestTenMillionItems(t *testing.T) {
	if testing.Short() {
		t.Skip("sends some hundred megabytes")
	}
	good := newCity(t)
	good.put("stars", "Stars")
	good.publish()
	sources := []peers.Source{good.source()}
	flood := func(slug string, each int, item func(out *bytes.Buffer, n int)) {
		c := newCity(t)
		c.stream(each, item)
		s := gym(c)
		s.Slug = slug
		sources = append(sources, s)
	}
	event := func(fill string) func(*bytes.Buffer, int) {
		return func(out *bytes.Buffer, n int) {
			fmt.Fprintf(out, `{"state":"updated","kind":"Event","id":"%d","modified":%d,"data":{"name":"Judo%s","url":"https://gym.example/"}}`, n, n, fill)
		}
	}
	flood("small", 500, event(""))
	flood("removed", 5000, func(out *bytes.Buffer, n int) {
		fmt.Fprintf(out, `{"state":"deleted","kind":"Event","id":"%d","modified":%d}`, n, n)
	})
	flood("refused", 5000, func(out *bytes.Buffer, n int) {
		fmt.Fprintf(out, `{"state":"updated","kind":"Event","id":"%d","modified":%d,"data":{}}`, n, n)
	})
	for i := range 3 {
		flood(fmt.Sprint("fat-", i), 2500, event(strings.Repeat("x", 3000)))
		flood(fmt.Sprint("wide-", i), 2_500_000, func(out *bytes.Buffer, _ int) { out.WriteString("{}") })
	}
	got, peak := pullElsewhere(t, sources)
	want := map[string]snapshot.Reason{"kuopio": ""}
	for _, s := range sources[1:] {
		want[s.Slug] = snapshot.TooMuch
	}
	check(t, "reasons", want, got)
	t.Logf("at its peak %d MiB", peak>>20)
	if peak > 512<<20 || peak == 0 {
		t.Errorf("%d MiB, want 512 at the most", peak>>20)
	}
}

// pullElsewhere pulls in another process, and gives how each peer ended and the
// most memory that the process held.
func pullElsewhere(t *testing.T, sources []peers.Source) (map[string]snapshot.Reason, int64) {
	t.Helper()
	text, err := json.Marshal(sources)
	if err != nil {
		t.Fatal(err)
	}
	c := exec.CommandContext(t.Context(), os.Args[0], "-test.run=^TestPullElsewhere$", "-test.v")
	c.Env = append(os.Environ(), floodSources+"="+string(text))
	said, err := c.CombinedOutput()
	if err != nil {
		t.Fatalf("%v\n%s", err, said)
	}
	_, report, _ := strings.Cut(string(said), "report: ")
	report, _, _ = strings.Cut(report, "\n")
	var done elsewhere
	if err := json.Unmarshal([]byte(report), &done); err != nil {
		t.Fatalf("%v\n%s", err, said)
	}
	return done.Reasons, done.Peak
}

// elsewhere is what a pull in another process reports.
type elsewhere struct {
	Reasons map[string]snapshot.Reason
	Peak    int64
}

// TestPullElsewhere is that process. The most that a pull allows itself is 384
// MiB, as fursa pull sets it.
func TestPullElsewhere(t *testing.T) {
	text := os.Getenv(floodSources)
	if text == "" {
		t.Skip("another test begins this one")
	}
	debug.SetMemoryLimit(384 << 20)
	var sources []peers.Source
	if err := json.Unmarshal([]byte(text), &sources); err != nil {
		t.Fatal(err)
	}
	p := newPuller(t)
	p.Get = fetch.New(fetch.Options{AllowLoopback: true, PerSecond: 1_000_000, PerHost: 8, Attempts: 1}).Get
	done := elsewhere{Reasons: map[string]snapshot.Reason{}}
	for _, r := range peers.Pull(t.Context(), sources, p.Options) {
		done.Reasons[r.Slug] = reason(r)
	}
	done.Peak = residentPeak(t)
	report, err := json.Marshal(done)
	if err != nil {
		t.Fatal(err)
	}
	fmt.Printf("report: %s\n", report)
}

// residentPeak is the most memory that this process has held, in bytes.
func residentPeak(t *testing.T) int64 {
	t.Helper()
	text, err := os.ReadFile("/proc/self/status")
	if err != nil {
		t.Skip(err)
	}
	_, line, _ := strings.Cut(string(text), "VmHWM:")
	var kilobytes int64
	if _, err := fmt.Sscan(line, &kilobytes); err != nil {
		t.Fatal("no peak: ", err)
	}
	return kilobytes << 10
}

// A peer that is slow for ever gets no more than its time.
func TestAPeersTime(t *testing.T) {
	c, p := newCity(t), newPuller(t)
	p.Time = 300 * time.Millisecond
	n := 0
	c.set("feed/0", func(w http.ResponseWriter, r *http.Request) {
		time.Sleep(20 * time.Millisecond)
		n++
		fmt.Fprintf(w, `{"next":"/feed/0?%d","items":[%s]}`, n, session(fmt.Sprint(n), n, "Judo"))
	})
	r := p.pull(gym(c))
	if r.Problem != nil || len(p.titles("gym")) == 0 || n > 100 {
		t.Errorf("%d pages: %v, %d listings", n, r.Problem, len(p.titles("gym")))
	}
	c.put("stars", "Stars")
	c.publish()
	c.set("fursa/catalogue.json", slowly)
	r = p.pull(c.source())
	check(t, "a Fursa catalogue", &snapshot.Problem{Reason: snapshot.Unreachable, Detail: "it takes too long"}, r.Problem)
	p.Bounds = peers.Bounds{Traffic: 100}
	check(t, "its traffic", snapshot.TooMuch, reason(p.pull(gym(c))))
}
