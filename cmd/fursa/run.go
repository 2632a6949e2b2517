package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"runtime/debug"
	"strings"
	"syscall"
	"time"

	"github.com/spf13/cobra"

	"fursa/generator"
	"fursa/schema/diag"
)

// The exit statuses.
const (
	done     = 0
	mistakes = 1 // the input has errors, and each has been printed
	usage    = 2 // wrong arguments
	failure  = 3 // the environment failed: disk, network, permission
)

// errMistakes ends a command whose problems have been printed.
var errMistakes = errors.New("the files have errors")

// usageError is a mistake in the arguments.
type usageError struct{ error }

// app is what commands share: where they read and write, and the flags that
// hold everywhere.
type app struct {
	in       io.Reader
	out, err io.Writer
	content  string
	now      string
	lang     string
	quiet    bool
	noColor  bool
}

// run is the program: arguments in, an exit status out.
func run(args []string, in io.Reader, out, errs io.Writer) int {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	a := &app{in: in, out: out, err: errs}
	root := a.command()
	root.SetArgs(args)
	err := root.ExecuteContext(ctx)
	var wrong usageError
	switch {
	case err == nil:
		return done
	case errors.Is(err, errMistakes):
		return mistakes
	case errors.As(err, &wrong) || isCobra(err):
		fmt.Fprintf(errs, "fursa: %v\n", err)
		return usage
	}
	fmt.Fprintf(errs, "fursa: %v\n", err)
	return failure
}

// isCobra says whether an error is cobra's own about commands and arguments,
// which has no type.
func isCobra(err error) bool {
	for _, start := range []string{"unknown command", "accepts ", "requires at least", "required flag"} {
		if strings.HasPrefix(err.Error(), start) {
			return true
		}
	}
	return false
}

func (a *app) command() *cobra.Command {
	root := &cobra.Command{
		Use:   "fursa",
		Short: "Publish learning opportunities as a static catalogue with feeds",
		Long: `Fursa turns a folder of learning opportunities into a catalogue: a static site
with feeds that schools' own channels can pull in.

Exit status: 0 done; 1 the files have errors (each is printed); 2 wrong
arguments; 3 the disk, the network or a permission failed.`,
		Version:           version(),
		SilenceErrors:     true,
		SilenceUsage:      true,
		CompletionOptions: cobra.CompletionOptions{HiddenDefaultCmd: true},
	}
	root.SetIn(a.in)
	root.SetOut(a.out)
	root.SetErr(a.err)
	root.SetFlagErrorFunc(func(c *cobra.Command, err error) error {
		return usageError{fmt.Errorf("%w; see fursa %s --help", err, c.Name())}
	})
	flags := root.PersistentFlags()
	flags.StringVar(&a.content, "content", "content", "the folder with the records")
	flags.StringVar(&a.now, "now", "", "the date (2026-11-22) or time that counts as now (default: the catalogue's «today», else the clock)")
	flags.StringVar(&a.lang, "lang", "", "the language of messages: en or ar (default: the environment's)")
	flags.BoolVarP(&a.quiet, "quiet", "q", false, "print problems only")
	flags.BoolVar(&a.noColor, "no-color", false, "print without colours")
	root.AddCommand(a.initRepository(), a.validate(), a.format(), a.build(), a.serve(), a.newRecord(), a.importCommand(), a.key(), a.peerCommand(), a.pull())
	return root
}

// version is the program's version: the release's, else the revision it was
// built from.
func version() string {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return "unknown"
	}
	v := info.Main.Version
	if v != "" && v != "(devel)" {
		return v
	}
	for _, s := range info.Settings {
		if s.Key == "vcs.revision" {
			return "devel-" + s.Value[:min(12, len(s.Value))]
		}
	}
	return "devel"
}

// input is what the flags say of a site.
func (a *app) input() (generator.Input, error) {
	in := generator.Input{Content: a.content, Clock: time.Now(), Version: version()}
	if a.now != "" {
		now, err := generator.ParseNow(a.now)
		if err != nil {
			return in, usageError{fmt.Errorf("--now: %w", err)}
		}
		in.Now = now
	}
	return in, nil
}

// language is the one that messages are printed in.
func (a *app) language() string {
	for _, s := range []string{a.lang, os.Getenv("LC_ALL"), os.Getenv("LC_MESSAGES"), os.Getenv("LANG")} {
		if s != "" {
			lang, _, _ := strings.Cut(strings.ReplaceAll(s, "_", "-"), ".")
			return lang
		}
	}
	return "en"
}

// say prints what a command did, where it was not asked to be quiet.
func (a *app) say(format string, args ...any) {
	if !a.quiet {
		fmt.Fprintf(a.err, format+"\n", args...)
	}
}

// style is how problems are printed.
func (a *app) style() diag.Style {
	return diag.Style{Lang: a.language(), Color: !a.noColor && os.Getenv("NO_COLOR") == "" && isTerminal(a.err)}
}

// isTerminal says whether somebody watches the stream.
func isTerminal(w io.Writer) bool {
	f, ok := w.(*os.File)
	if !ok {
		return false
	}
	info, err := f.Stat()
	return err == nil && info.Mode()&os.ModeCharDevice != 0
}

// most is how many warnings a build prints; validate prints all.
const most = 20

// problems prints errors and, of warnings, the first ones, and says how many
// there are.
func (a *app) problems(list diag.List) error {
	var shown diag.List
	warnings := 0
	for _, d := range list {
		switch d.Severity {
		case diag.Error:
			shown = append(shown, d)
		case diag.Warning:
			if warnings++; warnings <= most {
				shown = append(shown, d)
			}
		}
	}
	if err := diag.Text(a.err, shown, a.style()); err != nil {
		return err
	}
	if warnings > most {
		fmt.Fprintln(a.err, a.words().N("more-warnings", warnings-most))
	}
	return nil
}
