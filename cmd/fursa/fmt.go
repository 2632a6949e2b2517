package main

import (
	"errors"
	"fmt"
	"io/fs"

	"github.com/spf13/cobra"

	"fursa/generator"
	"fursa/schema/diag"
)

func (a *app) format() *cobra.Command {
	var check, fix bool
	c := &cobra.Command{
		Use:   "fmt [PATH…]",
		Short: "Put the files into one form, and mend what is certain",
		Long: `Write all records, or the files and folders named, in one form: fields in the
order of the schema, values and blank lines alike everywhere. What a file says
never changes. A file with remarks (# …) keeps the order of its lines.

With --fix, mistakes that have one certain correction are mended first: each
is what validate shows after «→ write:». The files written are named on
standard output.`,
		Example: "  fursa fmt\n  fursa fmt --check\n  fursa fmt --fix content/opportunities/museum/night-sky.md",
	}
	c.Flags().BoolVar(&check, "check", false, "write nothing; name the files that have another form, and fail if there are any")
	c.Flags().BoolVar(&fix, "fix", false, "mend mistakes that have one certain correction")
	c.RunE = func(c *cobra.Command, args []string) error {
		if check && fix {
			return usageError{errors.New("--check writes nothing, --fix does: give one of them")}
		}
		in, err := a.input()
		if err != nil {
			return err
		}
		paths, err := a.inContent(args)
		if err != nil {
			return err
		}
		done, err := generator.NewBuilder().Tidy(c.Context(), in, paths, generator.TidyOptions{Fix: fix, Keep: check})
		if errors.Is(err, fs.ErrNotExist) && len(args) > 0 {
			return usageError{err}
		}
		if err != nil {
			return err
		}
		return a.tidied(done, check)
	}
	return c
}

// tidied tells what came of fmt.
func (a *app) tidied(done generator.Tidied, check bool) error {
	if err := diag.Text(a.err, done.Unread, a.style()); err != nil {
		return err
	}
	for _, file := range done.Changed {
		if _, err := fmt.Fprintln(a.out, file); err != nil {
			return err
		}
	}
	l, what := a.words(), "files-written"
	if check {
		what = "files-not-in-form"
	}
	summary := l.N(what, len(done.Changed))
	if n := len(done.Corrected); n > 0 {
		summary += l.T("comma") + l.N("corrections", n)
	}
	a.say("%s", summary)
	if done.Unread.Failed() || check && len(done.Changed) > 0 {
		return errMistakes
	}
	return nil
}
