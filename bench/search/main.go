// Command search measures Fursa's search beside Pagefind, MiniSearch and
// FlexSearch on the same listings, in Chromium, and prints tables. It judges
// nothing: see ../README.md for how to read them.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"

	"fursa/bench/process"
)

func main() { process.Main("bench/search", run) }

// parts are what can be measured of a corpus, in this order.
var parts = []struct {
	name string
	run  func(*bench, *corpus) error
}{
	{"making", (*bench).making},
	{"relevance", (*bench).relevance},
	{"first", (*bench).first},
	{"keys", (*bench).keys},
}

func partNames() []string {
	var names []string
	for _, p := range parts {
		names = append(names, p.name)
	}
	return names
}

type options struct {
	bench
	corpora, only []string
	keep          string
}

func parse(args []string, log io.Writer) (options, error) {
	var o options
	var corpora, only, engines string
	flags := flag.NewFlagSet("search", flag.ContinueOnError)
	flags.SetOutput(log)
	flags.IntVar(&o.runs, "n", 5, "`runs` of what is timed")
	flags.Uint64Var(&o.seed, "seed", 7, "the `number` that listings and queries are made of")
	flags.StringVar(&corpora, "corpora", "chicago,1000,20000,100000", "what is searched: chicago, or `numbers` of generated listings")
	flags.StringVar(&only, "only", "", "what is measured, with commas between: "+strings.Join(partNames(), ","))
	flags.IntVar(&o.pagefindUpTo, "pagefind", 25_000, "the most `listings` that Pagefind is given; 100,000 in two languages take it 13 GB")
	flags.IntVar(&o.othersUpTo, "others", 25_000, "the most `listings` that MiniSearch and FlexSearch are given")
	flags.StringVar(&engines, "engines", "", "who is measured, with commas between (default all): Fursa,Pagefind,MiniSearch,FlexSearch")
	flags.StringVar(&o.keep, "dir", "", "a `folder` to work in, which is kept, and whose listings and rivals' indexes are used again")
	if err := flags.Parse(args); err != nil {
		return o, err
	}
	if flags.NArg() > 0 || o.runs < 1 {
		return o, errors.New("want no arguments, and -n of at least 1; see -h")
	}
	o.corpora = strings.Split(corpora, ",")
	if engines != "" {
		o.chosen = strings.Split(engines, ",")
	}
	o.only = partNames()
	o.all = only == ""
	if only != "" {
		o.only = strings.Split(only, ",")
	}
	for _, name := range o.only {
		if !slices.Contains(partNames(), name) {
			return o, fmt.Errorf("-only: there is no %q, but %s", name, strings.Join(partNames(), ", "))
		}
	}
	return o, nil
}

// run prepares, measures and prints; log gets the progress.
func run(ctx context.Context, args []string, out, log io.Writer) error {
	o, err := parse(args, log)
	if err != nil {
		return err
	}
	b := &o.bench
	b.ctx, b.out, b.log = ctx, out, log
	if b.repository, err = process.Repository(); err != nil {
		return err
	}
	b.data = os.Getenv("FURSA_DATA")
	if b.data == "" {
		b.data = filepath.Join(b.repository, "..", "shared", "data")
	}
	if b.dir, err = workFolder(o.keep, b.repository); err != nil {
		return err
	}
	if o.keep == "" {
		defer os.RemoveAll(b.dir)
	}
	build := exec.CommandContext(ctx, "go", "build", "-o", filepath.Join(b.dir, "fursa"), "./cmd/fursa")
	build.Dir = b.repository
	if text, err := build.CombinedOutput(); err != nil {
		return fmt.Errorf("%s: %w\n%s", build, err, text)
	}
	if b.rivals, err = installRivals(ctx, log); err != nil {
		return err
	}
	if b.chrome, err = startChrome(ctx); err != nil {
		return err
	}
	defer b.chrome.stop()
	b.head()
	for _, name := range o.corpora {
		if err := b.measure(name, o.only); err != nil {
			fmt.Fprintf(out, "\n%s could not be searched: %v\n", name, err)
		}
	}
	return ctx.Err()
}

// measure measures the chosen parts of a corpus.
func (b *bench) measure(name string, only []string) error {
	if name == "chicago" && !made(filepath.Join(b.data, "chicago", "programs.csv.gz")) {
		fmt.Fprintf(b.out, "\nThe city of Chicago's table is not here, and is left out: FURSA_DATA names the folder that has chicago/programs.csv.gz.\n")
		return nil
	}
	c, err := b.prepare(name)
	if err != nil {
		return err
	}
	defer c.host.stop()
	b.corpus(c)
	for _, p := range parts {
		if !slices.Contains(only, p.name) || b.all && p.name == "keys" && c.size() < 50_000 {
			continue
		}
		// The rest is worth measuring too.
		if err := p.run(b, c); err != nil {
			fmt.Fprintf(b.out, "\n%s could not be measured: %v\n", p.name, err)
		}
	}
	return nil
}

// head says what is measured with what.
func (b *bench) head() {
	versions := rivalVersions()
	fmt.Fprintf(b.out, "- machine: %s/%s, %d processors; load average %s\n", runtime.GOOS, runtime.GOARCH, runtime.NumCPU(), process.Load())
	fmt.Fprintf(b.out, "- Fursa: %s, %s\n", b.version("git", "-C", b.repository, "describe", "--always", "--dirty"), runtime.Version())
	fmt.Fprintf(b.out, "- Pagefind %s, MiniSearch %s, FlexSearch %s, from npm; Node %s\n", versions["pagefind"], versions["minisearch"], versions["flexsearch"], b.version("node", "--version"))
	fmt.Fprintf(b.out, "- %s, a context of its own for each visit; HTTP/2 over TLS on loopback, gzip for text\n", b.chrome.version)
	fmt.Fprintf(b.out, "- networks as its developer tools have them: %s; %s\n", slow4G, fast4G)
}

// corpus says what a corpus is, and how what is searched of it is made.
func (b *bench) corpus(c *corpus) {
	fmt.Fprintf(b.out, "\n## %s\n\n%d current listings, pages in %s, as of %s", c.name, c.size(), strings.Join(c.languages, " and "), c.now)
	if c.name != "chicago" {
		fmt.Fprintf(b.out, "; generated with seed %d", b.seed)
	}
	fmt.Fprintf(b.out, "\n\n- `%s`\n", strings.Join(b.build(c), " "))
	if made(c.path("pagefind")) {
		fmt.Fprintf(b.out, "- `%s`, of the pages of current listings with their subjects marked as filters\n",
			strings.NewReplacer(b.dir+"/", "", b.rivals+"/node_modules/.bin/", "").Replace(strings.Join(pagefindCommand(b.rivals, c.path("pages"), c.path("pagefind")), " ")))
	}
}

func (b *bench) version(args ...string) string {
	text, err := exec.CommandContext(context.WithoutCancel(b.ctx), args[0], args[1:]...).Output()
	line, _, _ := strings.Cut(string(text), "\n")
	if err != nil || line == "" {
		return "unknown"
	}
	return strings.TrimSpace(line)
}

// workFolder is where everything is made: a new one beside this program's
// source, unless another is asked for.
func workFolder(asked, repository string) (string, error) {
	if asked == "" {
		return os.MkdirTemp(filepath.Join(repository, "bench"), ".work-")
	}
	dir, err := filepath.Abs(asked)
	if err != nil {
		return "", err
	}
	return dir, os.MkdirAll(dir, 0o755)
}
