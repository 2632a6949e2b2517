package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"runtime/debug"
	"strings"
	"sync"
	"syscall"
	"time"

	"fursa/feeds/fetch"
	"fursa/feeds/peers"
	"fursa/feeds/sign"
	"fursa/feeds/snapshot"
)

// sourcesName is the file of the peers, beside the folder of their snapshots.
const sourcesName = "sources.json"

// use is what a process took for its requests and what it made of them.
type use struct {
	Wall, CPU time.Duration
	Peak      int64 // bytes
	requests  int
}

// child does what another process of this program asks of it, and says what
// that took.
func (o options) child(ctx context.Context, out io.Writer) error {
	text, err := os.ReadFile(filepath.Join(o.dir, sourcesName))
	if err != nil {
		return err
	}
	var sources []peers.Source
	if err := json.Unmarshal(text, &sources); err != nil {
		return err
	}
	snapshots := filepath.Join(o.dir, "snapshots")
	if err := os.MkdirAll(snapshots, 0o755); err != nil {
		return err
	}
	folder, err := os.OpenRoot(snapshots)
	if err != nil {
		return err
	}
	defer folder.Close()
	var u use
	if o.as == "plain" {
		u, err = o.plain(ctx, folder, sources)
	} else {
		u, err = o.pull(ctx, folder, sources)
	}
	if err != nil {
		return err
	}
	u.Peak = peak()
	return json.NewEncoder(out).Encode(u)
}

// pull pulls, as fursa pull does.
func (o options) pull(ctx context.Context, folder *os.Root, sources []peers.Source) (use, error) {
	debug.SetMemoryLimit(384 << 20)
	getter := fetch.New(fetch.Options{UserAgent: "Fursa/bench", AllowLoopback: true})
	options := peers.Options{Get: getter.Get, Folder: folder, Now: time.Now(), Ours: "https://hub.example/", Bounds: peers.Bounds{Workers: o.workers}}
	var results []peers.Result
	u := timed(func() { results = peers.Pull(ctx, sources, options) })
	for _, r := range results {
		if r.Err != nil || r.Problem != nil || r.State.Counts.Items != o.listings {
			return u, fmt.Errorf("%s: %d listings, %+v", r.Slug, r.State.Counts.Items, r)
		}
	}
	return u, nil
}

// plain asks each peer for its manifest, if that is another than the known one.
func (o options) plain(ctx context.Context, folder *os.Root, sources []peers.Source) (use, error) {
	requests := make([]*http.Request, len(sources))
	for i, s := range sources {
		state, err := snapshot.Load(folder, s.Slug)
		if err != nil {
			return use{}, err
		}
		request, err := http.NewRequestWithContext(ctx, http.MethodGet, s.URL+sign.ManifestPath, nil)
		if err != nil {
			return use{}, err
		}
		request.Header.Set("If-None-Match", state.ETag[request.URL.String()])
		requests[i] = request
	}
	client := &http.Client{Transport: &http.Transport{MaxIdleConns: 100}}
	failed := make([]error, len(requests))
	u := timed(func() {
		turns := make(chan struct{}, o.workers)
		var all sync.WaitGroup
		for i, request := range requests {
			turns <- struct{}{}
			all.Go(func() {
				defer func() { <-turns }()
				failed[i] = ask(client, request)
			})
		}
		all.Wait()
	})
	return u, errors.Join(failed...)
}

func ask(client *http.Client, request *http.Request) error {
	response, err := client.Do(request)
	if err != nil {
		return err
	}
	defer response.Body.Close()
	if _, err := io.Copy(io.Discard, response.Body); err != nil {
		return err
	}
	if response.StatusCode != http.StatusNotModified {
		return fmt.Errorf("%s answers %s", request.URL, response.Status)
	}
	return nil
}

func timed(f func()) use {
	before, start := processor(), time.Now()
	f()
	return use{Wall: time.Since(start), CPU: processor() - before}
}

// processor is the time of processors that this process has used.
func processor() time.Duration {
	var u syscall.Rusage
	if syscall.Getrusage(syscall.RUSAGE_SELF, &u) != nil {
		return 0
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

// peak is the most memory that this process has held, in bytes; 0 where the
// system does not say.
func peak() int64 {
	text, err := os.ReadFile("/proc/self/status")
	if err != nil {
		return 0
	}
	_, line, _ := strings.Cut(string(text), "VmHWM:")
	var kilobytes int64
	_, _ = fmt.Sscan(line, &kilobytes)
	return kilobytes << 10
}
