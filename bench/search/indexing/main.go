// Command indexing measures the search index apart from the rest of a build:
//
//	indexing build <content> <now> <output> <profile>
//	indexing index <content> <now>
//
// The first builds a site into an absent folder, and writes a profile of the
// processor's time. The second plans the site, makes its index once more, and
// prints a line of JSON with what that took: seconds, and bytes of memory at
// most beyond those that were there before.
package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"runtime"
	"runtime/metrics"
	"runtime/pprof"
	"time"

	"fursa/generator"
	"fursa/generator/search"
)

func main() {
	if err := run(context.Background(), os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "indexing:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, args []string) error {
	if len(args) != 3 && len(args) != 5 {
		return errors.New("see its source for how to call it")
	}
	now, err := generator.ParseNow(args[2])
	if err != nil {
		return err
	}
	in := generator.Input{Content: args[1], Now: now}
	if args[0] == "build" {
		return build(ctx, in, args[3], args[4])
	}
	return index(ctx, in)
}

func build(ctx context.Context, in generator.Input, output, profile string) error {
	file, err := os.Create(profile)
	if err != nil {
		return err
	}
	if err := pprof.StartCPUProfile(file); err != nil {
		return err
	}
	report, list, err := generator.NewBuilder().Build(ctx, in, generator.Options{Output: output})
	pprof.StopCPUProfile()
	if err == nil && report.Listings == 0 {
		err = fmt.Errorf("nothing was built: %d problems", len(list))
	}
	return errors.Join(err, file.Close())
}

// index makes the index of a planned site again.
func index(ctx context.Context, in generator.Input) error {
	site, list, err := generator.NewBuilder().Plan(ctx, in)
	if err != nil {
		return err
	}
	if site == nil {
		return fmt.Errorf("nothing was planned: %d problems", len(list))
	}
	site.Outputs = nil
	runtime.GC()
	runtime.GC()
	stop := watch()
	start := time.Now()
	x := search.New(site.Catalogue)
	err = x.AddColumns(site.Catalogue)
	seconds := time.Since(start).Seconds()
	before, most := stop()
	runtime.KeepAlive(site)
	if err != nil {
		return err
	}
	return json.NewEncoder(os.Stdout).Encode(map[string]any{"seconds": seconds, "bytes": most - before, "files": len(x.Files)})
}

// watch looks at how much memory the heap holds until it is stopped.
func watch() (stop func() (before, most uint64)) {
	held := []metrics.Sample{{Name: "/memory/classes/heap/objects:bytes"}}
	metrics.Read(held)
	before := held[0].Value.Uint64()
	most, ask, answer := before, make(chan struct{}), make(chan uint64)
	go func() {
		for {
			select {
			case <-ask:
				answer <- most
				return
			case <-time.After(2 * time.Millisecond):
				metrics.Read(held)
				most = max(most, held[0].Value.Uint64())
			}
		}
	}()
	return func() (uint64, uint64) {
		close(ask)
		return before, <-answer
	}
}
