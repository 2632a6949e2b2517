// Command federation shows four catalogues that federate, on one machine: three
// cities of the folder examples, and a hub that pulls them over HTTP. It works on
// copies, with keys of its own, and leaves nothing behind.
package main

import (
	"bufio"
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"path/filepath"
	"syscall"

	"fursa/feeds/peers"
)

func main() {
	examples := flag.String("examples", "examples", "the folder of the four catalogues")
	address := flag.String("address", "127.0.0.1:8080", "where the hub listens")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	if err := run(ctx, *examples, *address, os.Stdin, os.Stdout); err != nil && !errors.Is(err, context.Canceled) {
		fmt.Fprintln(os.Stderr, "federation:", err)
		os.Exit(1)
	}
}

// run shows the federation until the context ends. A line of the input has
// everything built and pulled again.
func run(ctx context.Context, examples, address string, in io.Reader, out io.Writer) (err error) {
	dir, err := os.MkdirTemp("", "fursa-federation-")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	f, err := open(examples, dir, address)
	if err != nil {
		return err
	}
	defer f.close()
	if err := f.show(ctx, out); err != nil {
		return err
	}
	for _, s := range f.cities {
		fmt.Fprintf(out, "%s stands at %s\n", s.name, s.url)
	}
	fmt.Fprintf(out, "hub stands at %s\n\nChange a file in %s/*/content and press Enter to build and pull again, Ctrl-C to end.\n", f.hub.url, filepath.Clean(dir))
	for again := typed(in); ; {
		select {
		case <-ctx.Done():
			return nil
		case <-again:
			if err := f.show(ctx, out); err != nil {
				fmt.Fprintln(out, err)
			}
		}
	}
}

// typed gives a value for each line that somebody types.
func typed(in io.Reader) <-chan struct{} {
	lines := make(chan struct{})
	go func() {
		for s := bufio.NewScanner(in); s.Scan(); {
			lines <- struct{}{}
		}
	}()
	return lines
}

// show builds the cities, pulls them into the hub, builds it, and says what came
// of each.
func (f *federation) show(ctx context.Context, out io.Writer) error {
	for _, s := range f.cities {
		if err := s.build(ctx); err != nil {
			return err
		}
	}
	results, err := f.pull(ctx)
	if err != nil {
		return err
	}
	for _, r := range results {
		fmt.Fprintln(out, told(r))
	}
	return f.hub.build(ctx)
}

// told is what came of a peer, in words.
func told(r peers.Result) string {
	c := r.State.Counts
	switch {
	case r.Problem != nil:
		return fmt.Sprintf("%s: %v; its last %d listings stay", r.Slug, r.Problem, c.Items)
	case r.Same:
		return fmt.Sprintf("%s: nothing has changed, %d listings", r.Slug, c.Items)
	}
	return fmt.Sprintf("%s: %d listings (%d new, %d changed, %d gone)", r.Slug, c.Items, c.Added, c.Changed, c.Gone)
}
