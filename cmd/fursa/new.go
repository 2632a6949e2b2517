package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"fursa/schema"
)

// newKinds are the kinds that a file can be started of, with their folders
// and endings.
var newKinds = map[schema.Kind]struct{ folder, ending string }{
	schema.KindOpportunity: {"opportunities", ".md"},
	schema.KindProvider:    {"providers", ".md"},
	schema.KindSchool:      {"schools", ".toml"},
	schema.KindPathway:     {"pathways", ".md"},
	schema.KindBadge:       {"badges", ".toml"},
	schema.KindEndorsement: {"endorsements", ".toml"},
	schema.KindPeer:        {"peers", ".toml"},
	schema.KindPage:        {"pages", ".md"},
}

func (a *app) newRecord() *cobra.Command {
	var names []string
	for _, kind := range schema.Kinds {
		if _, ok := newKinds[kind]; ok {
			names = append(names, string(kind))
		}
	}
	return &cobra.Command{
		Use:   "new KIND PATH",
		Short: "Start a record with a file that explains itself",
		Long: `Write a starting file for a record, with every field explained. A listing
begins as a draft: it is not published before you remove that line.

Kinds: ` + strings.Join(names, ", ") + ".",
		Example:   "  fursa new opportunity museum/night-sky\n  fursa new provider museum",
		Args:      cobra.ExactArgs(2),
		ValidArgs: names,
		RunE: func(_ *cobra.Command, args []string) error {
			kind := schema.Kind(args[0])
			where, ok := newKinds[kind]
			if !ok {
				return usageError{fmt.Errorf("%q is no kind of record; the kinds are: %s", args[0], strings.Join(names, ", "))}
			}
			slug := strings.Trim(args[1], "/")
			if err := checkPath(kind, slug); err != nil {
				return usageError{err}
			}
			in, err := a.input()
			if err != nil {
				return err
			}
			file := filepath.Join(a.content, where.folder, filepath.FromSlash(slug)+where.ending)
			lang, _, _ := strings.Cut(a.language(), "-")
			if err := writeNew(file, schema.Starter(kind, lang, a.examples(in, slug))); err != nil {
				return err
			}
			a.say("%s is there: fill it in, then run: fursa validate%s %s", file, a.contentFlag(), file)
			a.needsProvider(slug)
			return nil
		},
	}
}

// needsProvider says what to do next where a listing's or an endorsement's
// provider is not there yet.
func (a *app) needsProvider(slug string) {
	provider, _, below := strings.Cut(slug, "/")
	if !below {
		return
	}
	file := filepath.Join(a.content, "providers", provider+".md")
	if _, err := os.Stat(file); errors.Is(err, os.ErrNotExist) {
		a.say("there is no provider %s yet; start it with: fursa new%s provider %s", provider, a.contentFlag(), provider)
	}
}

// contentFlag is what a further command needs to find the same content.
func (a *app) contentFlag() string {
	if a.content == "content" {
		return ""
	}
	return " --content " + a.content
}

// checkPath refuses a path that could not be a record's.
func checkPath(kind schema.Kind, path string) error {
	parts := strings.Split(path, "/")
	want := 1
	if kind == schema.KindOpportunity || kind == schema.KindEndorsement {
		want = 2
	}
	if len(parts) != want {
		if want == 2 {
			return fmt.Errorf("%q: write the provider and a short name, such as museum/night-sky", path)
		}
		return fmt.Errorf("%q: write one short name, such as museum", path)
	}
	if i := slices.IndexFunc(parts, func(p string) bool { return !schema.Slug(p) }); i >= 0 {
		return fmt.Errorf("%q: use lower-case letters a–z, digits and single hyphens, such as %q", path, schema.Slugify(parts[i]))
	}
	return nil
}

// writeNew writes a file that must not be there yet.
func writeNew(file string, text []byte) error {
	if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
		return err
	}
	f, err := os.OpenFile(file, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
	if errors.Is(err, os.ErrExist) {
		return usageError{fmt.Errorf("%s is there already", file)}
	}
	if err != nil {
		return err
	}
	_, err = f.Write(text)
	return errors.Join(err, f.Close())
}
