package main

import (
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"fursa/generator"
	"fursa/schema/diag"
)

func (a *app) validate() *cobra.Command {
	var format, theme string
	var strict, notes bool
	c := &cobra.Command{
		Use:   "validate [PATH…]",
		Short: "Say what is wrong with the files, and what would be right",
		Long: `Check all records, or the files and folders named, and say of each problem
where it is, what is wrong, and what would be right. Problems go to standard
output. Notes, such as that a listing has ended, are counted, and printed with
--notes.`,
		Example: "  fursa validate\n  fursa validate content/opportunities/museum/night-sky.md\n  fursa validate --format json",
	}
	c.Flags().StringVar(&format, "format", "text", "text or json")
	c.Flags().StringVar(&theme, "theme", "", "a theme's folder, which is checked too")
	c.Flags().BoolVar(&strict, "strict", false, "fail on warnings too")
	c.Flags().BoolVar(&notes, "notes", false, "print notes too")
	c.RunE = func(c *cobra.Command, args []string) error {
		if format != "text" && format != "json" {
			return usageError{fmt.Errorf("--format: %q is neither text nor json", format)}
		}
		in, err := a.input()
		if err != nil {
			return err
		}
		in.Theme = theme
		paths, err := a.inContent(args)
		if err != nil {
			return err
		}
		list, err := generator.NewBuilder().Check(c.Context(), in, paths)
		if errors.Is(err, fs.ErrNotExist) && len(args) > 0 {
			return usageError{err}
		}
		if err != nil {
			return err
		}
		if err := a.print(list, format, notes); err != nil {
			return err
		}
		if list.Failed() || strict && list.Count(diag.Warning) > 0 {
			return errMistakes
		}
		return nil
	}
	return c
}

// print prints all problems to standard output, and how many there are to
// standard error.
func (a *app) print(list diag.List, format string, notes bool) error {
	if format == "json" {
		return diag.JSON(a.out, list, a.language())
	}
	shown := list
	if !notes {
		shown = nil
		for _, d := range list {
			if d.Severity != diag.Note {
				shown = append(shown, d)
			}
		}
	}
	style := a.style()
	style.Color = style.Color && isTerminal(a.out)
	if err := diag.Text(a.out, shown, style); err != nil {
		return err
	}
	summary := counted(list)
	if n := list.Count(diag.Note); n > 0 {
		summary += fmt.Sprintf(", %d notes", n)
	}
	a.say("%s", summary)
	return nil
}

// inContent are paths as they were typed, as paths in the content folder.
func (a *app) inContent(args []string) ([]string, error) {
	root, err := filepath.Abs(a.content)
	if err != nil {
		return nil, err
	}
	var paths []string
	for _, arg := range args {
		full, err := filepath.Abs(arg)
		if err != nil {
			return nil, err
		}
		in, err := filepath.Rel(root, full)
		if err != nil || strings.HasPrefix(in, "..") {
			return nil, usageError{fmt.Errorf("%s is not in the content folder %s", arg, a.content)}
		}
		paths = append(paths, filepath.ToSlash(in))
	}
	return paths, nil
}
