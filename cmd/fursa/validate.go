package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
	"runtime/debug"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"fursa/generator"
	"fursa/generator/review"
	"fursa/schema/diag"
)

// formats are what problems can be printed as.
var formats = []string{"text", "json", "github", "gitlab", "sarif"}

// check is what one run of validate was asked for.
type check struct {
	*app
	format, theme  string
	since, summary string
	preview        string
	strict, notes  bool
}

func (a *app) validate() *cobra.Command {
	v := &check{app: a}
	c := &cobra.Command{
		Use:   "validate [PATH…]",
		Short: "Say what is wrong with the files, and what would be right",
		Long: `Check all records, or the files and folders named, and say of each problem
where it is, what is wrong, and what would be right. Problems go to standard
output. Notes, such as that a listing has ended, are counted, and printed with
--notes.

With --changed-since only what has changed since the branch left that commit is
checked, with what that breaks elsewhere. Problems that were there before, in
files that have not changed, are shown apart and fail nothing.`,
		Example: "  fursa validate\n  fursa validate content/opportunities/museum/night-sky.md\n  fursa validate --changed-since main\n  fursa validate --format json",
	}
	flags := c.Flags()
	flags.StringVar(&v.format, "format", "text", strings.Join(formats[:4], ", ")+" or sarif")
	flags.StringVar(&v.theme, "theme", "", "a theme's folder, which is checked too")
	flags.StringVar(&v.since, "changed-since", "", "a commit or branch of git: check what has changed since, and what that breaks")
	flags.StringVar(&v.summary, "summary", "", "add a page in plain words, in Markdown, to this file (default with github: the step's summary)")
	flags.StringVar(&v.preview, "preview", "", "with --changed-since: write the pages of changed listings into this folder")
	flags.BoolVar(&v.strict, "strict", false, "fail on warnings too")
	flags.BoolVar(&v.notes, "notes", false, "print notes too")
	c.RunE = func(c *cobra.Command, args []string) error {
		if err := v.usage(args); err != nil {
			return err
		}
		in, err := a.input()
		if err != nil {
			return err
		}
		in.Theme = v.theme
		if v.since != "" {
			return v.change(c.Context(), in)
		}
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
		return v.end(diag.Verdict{Own: list}, func(path string) string { return path })
	}
	return c
}

// usage says what is wrong with the arguments.
func (v *check) usage(args []string) error {
	switch {
	case !slices.Contains(formats, v.format):
		return usageError{fmt.Errorf("--format: %q is none of %s", v.format, strings.Join(formats, ", "))}
	case v.since != "" && len(args) > 0:
		return usageError{errors.New("--changed-since finds the files itself: name none")}
	case v.since != "" && v.theme != "":
		return usageError{errors.New("--changed-since checks no theme: leave out --theme, or check it without")}
	case v.since == "" && (v.preview != "" || v.summary != ""):
		return usageError{errors.New("--preview and --summary are of a change: give --changed-since too")}
	}
	return nil
}

// change checks what has changed.
func (v *check) change(ctx context.Context, in generator.Input) error {
	// So little is kept that to collect it often would take longer than the
	// rest of the program's own work.
	debug.SetGCPercent(400)
	type result struct {
		change generator.Change
		folder string
		err    error
	}
	asked := make(chan result, 1)
	go func() {
		change, folder, err := changedSince(ctx, in.Content, v.since)
		asked <- result{change, folder, err}
	}()
	var found result
	builder := generator.NewBuilder()
	r, err := builder.Review(ctx, in, func() (generator.Change, error) {
		found = <-asked
		return found.change, found.err
	})
	if err != nil {
		return err
	}
	previewed, err := v.proof(ctx, builder, in, r)
	if err != nil {
		return err
	}
	if err := v.summarise(r, found.folder, previewed); err != nil {
		return err
	}
	return v.end(r.Verdict, inRepository(in.Content, found.folder))
}

// proof writes the preview that was asked for, and answers its name where it
// shows anything.
func (v *check) proof(ctx context.Context, builder *generator.Builder, in generator.Input, r review.Review) (string, error) {
	if v.preview == "" {
		return "", nil
	}
	shown, err := builder.Preview(ctx, in, r, v.preview)
	if err != nil || shown == 0 {
		return "", err
	}
	v.say("open %s to see what was sent as it will look", filepath.Join(v.preview, "index.html"))
	return filepath.Base(v.preview), nil
}

// end prints what was found, and ends with the command's status.
func (v *check) end(found diag.Verdict, path func(string) string) error {
	if err := v.print(found, path); err != nil {
		return err
	}
	list := found.Blocking()
	if list.Failed() || v.strict && list.Count(diag.Warning) > 0 {
		return errMistakes
	}
	return nil
}

// print prints all problems to standard output, and how many there are to
// standard error.
func (v *check) print(found diag.Verdict, path func(string) string) error {
	to := diag.Target{Lang: v.language(), Path: path}
	switch v.format {
	case "json":
		return diag.JSON(v.out, found, to.Lang)
	case "sarif":
		return diag.SARIF(v.out, found, version(), to)
	case "gitlab":
		return diag.GitLab(v.out, found.Blocking(), to)
	case "github":
		return diag.GitHub(v.out, diag.Verdict{Own: v.shown(found.Own), Caused: v.shown(found.Caused)}, to)
	}
	style := v.style()
	style.Color = style.Color && isTerminal(v.out)
	if err := diag.Text(v.out, v.shown(found.Blocking()), style); err != nil {
		return err
	}
	if before := v.shown(found.Before); len(before) > 0 {
		fmt.Fprintln(v.out, "\nThere before, and not of this change:")
		if err := diag.Text(v.out, before, style); err != nil {
			return err
		}
	}
	tally, err := review.Tally(found, v.language())
	if err != nil {
		return err
	}
	v.say("%s", tally)
	return nil
}

// shown are the problems that people are shown.
func (v *check) shown(list diag.List) diag.List {
	if v.notes {
		return list
	}
	var shown diag.List
	for _, d := range list {
		if d.Severity != diag.Note {
			shown = append(shown, d)
		}
	}
	return shown
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
