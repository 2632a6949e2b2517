package main

import (
	"fmt"
	"io"
	"os"
	"path"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"fursa/feeds/issue"
	"fursa/generator/content"
	"fursa/schema"
	"fursa/schema/diag"
)

func (a *app) importIssue() *cobra.Command {
	var as string
	var dryRun bool
	c := &cobra.Command{
		Use:   "issue FILE",
		Short: "Turn an issue's filled-in form into a listing",
		Long: `Turn the text of an issue, in which somebody has filled in the form that fursa
init puts into a repository, into a listing's file. Where an answer can't be
used it says which, and what would be right. - reads standard input.`,
		Example: "  fursa import issue issue.md\n  gh issue view 12 --json body --jq .body | fursa import issue -",
		Args:    cobra.ExactArgs(1),
	}
	c.Flags().StringVar(&as, "as", "", "the listing's provider and name, such as museum/night-sky (default: by the answers)")
	c.Flags().BoolVar(&dryRun, "dry-run", false, "print the file, and write nothing")
	c.RunE = func(_ *cobra.Command, args []string) error {
		if as != "" {
			if err := checkPath(schema.KindOpportunity, as); err != nil {
				return usageError{err}
			}
		}
		src, err := a.readIssue(args[0])
		if err != nil {
			return err
		}
		known, err := a.known()
		if err != nil {
			return err
		}
		listing, list := issue.Read(src, known, as)
		if err := a.problems(list); err != nil {
			return err
		}
		if list.Failed() {
			return errMistakes
		}
		if dryRun {
			_, err := a.out.Write(listing.File())
			return err
		}
		file := filepath.Join(a.content, "opportunities", listing.Provider, listing.Slug+".md")
		if err := writeNew(file, listing.File()); err != nil {
			return err
		}
		a.say("%s is there: read it, then run: fursa validate%s %s", file, a.contentFlag(), file)
		a.needsProvider(listing.Provider + "/" + listing.Slug)
		return nil
	}
	return c
}

// issueLimit bounds what is read as an issue; hosts allow 64 kB to 1 MB.
const issueLimit = 4 << 20

func (a *app) readIssue(file string) (*diag.Source, error) {
	in, name := a.in, "issue"
	if file != "-" {
		f, err := os.Open(file)
		if err != nil {
			return nil, usageError{err}
		}
		defer f.Close()
		in, name = f, filepath.ToSlash(file)
	}
	text, err := io.ReadAll(io.LimitReader(in, issueLimit))
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	return &diag.Source{Path: name, Text: text}, nil
}

// known is what the catalogue has that an answer can name.
func (a *app) known() (issue.Known, error) {
	settings := read[schema.Catalogue](a.content, "catalogue.toml")
	known := issue.Known{Languages: settings.Languages, Providers: map[string][]string{}, Subjects: map[string][]string{}}
	listing, _, err := content.Names(a.content)
	if err != nil {
		return known, err
	}
	for _, n := range listing.Names {
		if folder, slug, _ := strings.Cut(n.Path, "/"); folder == "providers" {
			provider := read[schema.Provider](a.content, filepath.FromSlash(n.File))
			known.Providers[slug] = append(known.Providers[slug], provider.Name)
		}
	}
	for _, t := range read[schema.Vocabulary](a.content, path.Join("vocabularies", "subjects.toml")).Terms {
		for lang, label := range t.Label {
			known.Subjects[t.ID] = append(append(known.Subjects[t.ID], label), t.Alt[lang]...)
		}
	}
	return known, nil
}
