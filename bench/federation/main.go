// Command federation measures what pulling many peers takes: the first pull, and
// one of which nothing has changed, beside a plain HTTP client that makes the
// same conditional requests. It judges the number of requests alone: see
// ../README.md for how to read the rest.
package main

import (
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"time"

	"fursa/bench/process"
	"fursa/feeds/peers"
)

func main() { process.Main("bench/federation", run) }

// options are what the flags say.
type options struct {
	peers, listings, runs, workers int
	dir                            string
	// as is what this process does for another one of this program.
	as string
}

func parse(args []string, log io.Writer) (options, error) {
	var o options
	flags := flag.NewFlagSet("federation", flag.ContinueOnError)
	flags.SetOutput(log)
	flags.IntVar(&o.peers, "peers", 1000, "how many `peers`")
	flags.IntVar(&o.listings, "listings", 1000, "how many `listings` each has")
	flags.IntVar(&o.runs, "n", 5, "counted `rounds`, after one that warms up")
	flags.IntVar(&o.workers, "workers", 8, "how many peers are asked at once")
	flags.StringVar(&o.dir, "dir", "", "a `folder` for the snapshots, which is kept (default: one in bench/, removed at the end)")
	flags.StringVar(&o.as, "as", "", "for this program's own use")
	if err := flags.Parse(args); err != nil {
		return o, err
	}
	if flags.NArg() > 0 || min(o.peers, o.listings, o.runs, o.workers) < 1 || o.peers > mostPeers {
		return o, fmt.Errorf("want no arguments, numbers of at least 1, and %d peers at the most; see -h", mostPeers)
	}
	return o, nil
}

func run(ctx context.Context, args []string, out, log io.Writer) error {
	o, err := parse(args, log)
	if err != nil {
		return err
	}
	if o.as != "" {
		return o.child(ctx, out)
	}
	repository, err := process.Repository()
	if err != nil {
		return err
	}
	if o.dir == "" {
		if o.dir, err = os.MkdirTemp(filepath.Join(repository, "bench"), ".work-"); err != nil {
			return err
		}
		defer func() { _ = os.RemoveAll(o.dir) }() //nolint:gosec // the folder that was made above
	}
	fmt.Fprintf(log, "%d peers of %d listings\n", o.peers, o.listings)
	server, err := serve(ctx, o.peers, o.listings)
	if err != nil {
		return err
	}
	defer func() { _ = server.close() }()
	if err := writeSources(o.dir, server.sources()); err != nil {
		return err
	}
	return bench{o, server, out, log}.measure(ctx)
}

func writeSources(dir string, sources []peers.Source) error {
	text, err := json.Marshal(sources)
	if err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(dir, sourcesName), text, 0o644)
}

// bench is a run of this program.
type bench struct {
	options
	server   *server
	out, log io.Writer
}

// measure pulls once from nothing, and then in turn with the plain client.
func (b bench) measure(ctx context.Context) error {
	first, err := b.run(ctx, "pull")
	if err != nil {
		return err
	}
	took := map[string][]use{}
	for round := range b.runs + 1 {
		order := []string{"pull", "plain"}
		if round%2 == 1 {
			slices.Reverse(order)
		}
		for _, as := range order {
			u, err := b.run(ctx, as)
			if err != nil {
				return err
			}
			if u.requests != b.peers {
				return fmt.Errorf("%s made %d requests of %d peers of which nothing has changed", as, u.requests, b.peers)
			}
			if round > 0 {
				took[as] = append(took[as], u)
			}
		}
		fmt.Fprintf(b.log, "round %d of %d\n", round, b.runs)
	}
	b.report(first, took)
	return nil
}

// run does something in a process of its own.
func (b bench) run(ctx context.Context, as string) (use, error) {
	b.server.requests.Store(0)
	c := exec.CommandContext(ctx, os.Args[0], "-as", as, "-dir", b.dir, //nolint:gosec // this program itself
		"-peers", fmt.Sprint(b.peers), "-listings", fmt.Sprint(b.listings), "-workers", fmt.Sprint(b.workers))
	c.Stderr = b.log
	said, err := c.Output()
	if err != nil {
		return use{}, fmt.Errorf("%s: %w\n%s", as, err, said)
	}
	var u use
	if err := json.Unmarshal(said, &u); err != nil {
		return use{}, fmt.Errorf("%s: %w\n%s", as, err, said)
	}
	u.requests = int(b.server.requests.Load())
	return u, nil
}

func (b bench) report(first use, took map[string][]use) {
	fmt.Fprintf(b.out, "%d peers of %d listings, %d at once, %d processors, load %s, %d rounds\n\n",
		b.peers, b.listings, b.workers, runtime.NumCPU(), process.Load(), b.runs)
	fmt.Fprintln(b.out, "| | requests | wall | CPU | peak |\n|---|---:|---:|---:|---:|")
	row := func(name string, u use) {
		fmt.Fprintf(b.out, "| %s | %d | %.2f s | %.2f s | %d MiB |\n", name, u.requests, u.Wall.Seconds(), u.CPU.Seconds(), u.Peak>>20)
	}
	row("the first pull", first)
	row("a pull, nothing changed", middle(took["pull"]))
	row("a plain client", middle(took["plain"]))
	var walls, cpus []float64
	for i, u := range took["pull"] {
		walls = append(walls, float64(u.Wall)/float64(took["plain"][i].Wall))
		cpus = append(cpus, float64(u.CPU)/float64(took["plain"][i].CPU))
	}
	fmt.Fprintf(b.out, "\nA pull takes %s of the wall time of the plain client, and %s of its CPU.\n", ratio(walls), ratio(cpus))
}

// middle has the median of each figure.
func middle(all []use) use {
	median := func(of func(use) int64) int64 {
		var values []int64
		for _, u := range all {
			values = append(values, of(u))
		}
		slices.Sort(values)
		return values[len(values)/2]
	}
	return use{
		Wall: time.Duration(median(func(u use) int64 { return int64(u.Wall) })), CPU: time.Duration(median(func(u use) int64 { return int64(u.CPU) })),
		Peak: median(func(u use) int64 { return u.Peak }), requests: all[0].requests,
	}
}

// ratio is the median of some ratios, and their spread.
func ratio(all []float64) string {
	slices.Sort(all)
	return fmt.Sprintf("%.2f (%.2f to %.2f)", all[len(all)/2], all[0], all[len(all)-1])
}
