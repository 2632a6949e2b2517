// Command bench measures Fursa's builds side by side with a plain copy of
// their output and with Hugo making the same site from the same listings, and
// prints tables. It judges nothing: see README.md for how to read them.
package main

import (
	"context"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"fursa/bench/process"
)

func main() { process.Main("bench", run) }

// options are what the flags say.
type options struct {
	runs     int
	only     []string
	listings int
	dir      string
}

func parse(args []string, log io.Writer) (options, error) {
	var o options
	var only string
	flags := flag.NewFlagSet("bench", flag.ContinueOnError)
	flags.SetOutput(log)
	flags.IntVar(&o.runs, "n", 5, "counted `runs` of each case, after one that warms up")
	flags.StringVar(&only, "only", "", "the `cases` to run, with commas between: "+strings.Join(caseNames(), ","))
	flags.IntVar(&o.listings, "listings", 0, "how many listings (default all of the data, or 20000 generated)")
	flags.StringVar(&o.dir, "dir", "", "an absent or empty `folder` to work in, which is kept (default: one in bench/, removed at the end)")
	if err := flags.Parse(args); err != nil {
		return o, err
	}
	if flags.NArg() > 0 || o.runs < 1 || o.listings < 0 {
		return o, fmt.Errorf("want no arguments, -n of at least 1 and -listings of at least 0; see -h")
	}
	if only != "" {
		o.only = strings.Split(only, ",")
	}
	return o, nil
}

// run prepares, measures and prints; log gets the progress.
func run(ctx context.Context, args []string, out, log io.Writer) error {
	o, err := parse(args, log)
	if err != nil {
		return err
	}
	repository, err := process.Repository()
	if err != nil {
		return err
	}
	dir, err := workFolder(o.dir, repository)
	if err != nil {
		return err
	}
	if o.dir == "" {
		defer os.RemoveAll(dir)
	}
	w := &workspace{ctx: ctx, repository: repository, dir: dir, log: log, contents: map[int]string{}}
	if err := w.prepare(o.listings); err != nil {
		return err
	}
	cases, err := w.cases(o.only)
	if err != nil {
		return err
	}
	before := process.Load()
	samples, err := w.measure(cases, o.runs)
	pictures := ""
	if err == nil && len(o.only) == 0 {
		pictures, err = w.previews()
	}
	// What was measured before an interruption is worth reading too.
	cases = slices.DeleteFunc(cases, func(c benchCase) bool { return len(samples[c.name]) == 0 })
	if len(cases) > 0 {
		report{w, cases, samples, before, process.Load(), pictures}.write(out)
	}
	return err
}

// workFolder is where everything is made: by default beside this program's
// source, so that it is on the disk that Fursa is developed on.
func workFolder(asked, repository string) (string, error) {
	if asked == "" {
		return os.MkdirTemp(filepath.Join(repository, "bench"), ".work-")
	}
	dir, err := filepath.Abs(asked)
	if err != nil {
		return "", err
	}
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return "", err
	}
	entries, err := os.ReadDir(dir)
	if err != nil {
		return "", err
	}
	if len(entries) > 0 {
		return "", fmt.Errorf("-dir: %s is not empty", asked)
	}
	return dir, nil
}
