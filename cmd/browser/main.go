// Command browser looks at the sample catalogue's site in a real browser: it
// takes pictures of every kind of page, and asks Lighthouse what it thinks of
// some. Its tests hold every kind of page against what the site promises.
//
// The site is planned in memory and served on loopback, compressed and with
// the headers that it asks its host for, as a good static host would.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	err := run(ctx, os.Args[1:], os.Stdout, os.Stderr)
	stop()
	if errors.Is(err, flag.ErrHelp) {
		os.Exit(2)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "browser:", err)
		os.Exit(1)
	}
}

// options are what the flags say.
type options struct {
	content string // the records
	theme   string // over the default theme; may be empty
	out     string // the folder of the pictures
	runs    int    // of Lighthouse, on each page
	kinds   []kind // the kinds of page to look at
}

const synopsis = `usage: browser [flags] screenshots|lighthouse [kind of page…]

`

func parse(args []string, log io.Writer) (command string, o options, err error) {
	flags := flag.NewFlagSet("browser", flag.ContinueOnError)
	flags.SetOutput(log)
	flags.Usage = func() {
		fmt.Fprint(log, synopsis)
		flags.PrintDefaults()
	}
	flags.StringVar(&o.content, "content", "content", "the `folder` with the records")
	flags.StringVar(&o.theme, "theme", "", "a `folder` whose files replace the default theme's")
	flags.StringVar(&o.out, "out", "screenshots", "the `folder` for the pictures")
	flags.IntVar(&o.runs, "n", 3, "`runs` of Lighthouse on each page, of which the median counts")
	if err := flags.Parse(args); err != nil {
		return "", o, err
	}
	if flags.NArg() == 0 || o.runs < 1 {
		flags.Usage()
		return "", o, flag.ErrHelp
	}
	o.kinds, err = kindsNamed(flags.Args()[1:])
	return flags.Arg(0), o, err
}

func run(ctx context.Context, args []string, out, log io.Writer) error {
	command, o, err := parse(args, log)
	if err != nil {
		return err
	}
	program, err := chromium()
	if err != nil {
		return err
	}
	switch command {
	case "screenshots":
		return screenshots(ctx, program, o, out)
	case "lighthouse":
		return lighthouse(ctx, program, o, out)
	}
	return fmt.Errorf("no command %q; want screenshots or lighthouse", command)
}
