package main

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"fursa/feeds/convert"
	"fursa/schema"
	"fursa/schema/diag"
)

// importFeed makes the command of a format that needs no map.
func (a *app) importFeed(format, use, short, about string) *cobra.Command {
	var i importing
	var d convert.Defaults
	c := &cobra.Command{
		Use:   format + " " + use,
		Short: short,
		Long: about + `

It needs no map: --subject says what the listings are about, and other flags
what the source leaves open. A map of your own (--map) stands in for them. -
reads standard input.`,
		Example: "  fursa import " + format + " --subject music --ages 8-14 " + strings.ToLower(use) + " --dry-run",
	}
	i.flags(c)
	c.Flags().StringVar(&d.Name, "name", "", "what the import is called (default: the file's name)")
	c.Flags().StringVar(&d.Lang, "lang", "", "the language of the texts (default: the catalogue's first)")
	c.Flags().StringVar(&d.Provider, "provider", "", "who offers what does not say it")
	c.Flags().StringVar(&d.Subject, "subject", "", "the id of the subject")
	c.Flags().StringVar(&d.Kind, "kind", "event", "the kind of what does not say it")
	c.Flags().StringVar(&d.Mode, "mode", "in-person", "in-person, online, hybrid or at-school, for what does not say it")
	c.Flags().StringVar(&d.Ages, "ages", "", "the ages of what does not say them, such as 8-14")
	c.RunE = func(c *cobra.Command, args []string) error {
		if err := mapOrFlags(c); err != nil {
			return usageError{err}
		}
		m, err := a.mapFor(format, args[0], i.mapFile, d)
		if err != nil {
			return err
		}
		return a.importFrom(args[0], m, i, func(r io.Reader, m convert.Map) (convert.Result, diag.List, error) {
			return convert.Read(format, r, m)
		})
	}
	return c
}

// mapOrFlags wants a map, or flags that stand in for one.
func mapOrFlags(c *cobra.Command) error {
	given := c.Flags().Changed
	if !given("map") && !given("subject") {
		return errors.New("give --subject, or a map with --map")
	}
	for _, flag := range []string{"name", "lang", "provider", "subject", "kind", "mode", "ages"} {
		if given("map") && given(flag) {
			return fmt.Errorf("with --map, the map says what --%s would say", flag)
		}
	}
	return nil
}

// mapFor is a map of the user's, or the format's own with what flags and the
// catalogue say.
func (a *app) mapFor(format, source, mapFile string, d convert.Defaults) (convert.Map, error) {
	if mapFile != "" {
		return a.readMap(mapFile)
	}
	settings := read[schema.Catalogue](a.content, "catalogue.toml")
	d.Zone = settings.TimeZone
	if d.Lang == "" && len(settings.Languages) > 0 {
		d.Lang = settings.Languages[0]
	}
	base, _, _ := strings.Cut(filepath.Base(source), ".")
	d.Name = cmp.Or(d.Name, schema.Slugify(base), format)
	m, list := convert.BuiltIn(format, d)
	if err := a.problems(list); err != nil {
		return m, err
	}
	if list.Failed() {
		return m, errMistakes
	}
	return m, nil
}

// folder is the pages in a folder after one another, by their names: those in
// HTML or, where there are none, those in JSON.
func folder(dir string) (io.ReadCloser, error) {
	for _, pattern := range []string{"*.html", "*.json", "*.jsonld"} {
		names, err := filepath.Glob(filepath.Join(dir, pattern))
		if err != nil {
			return nil, err
		}
		var all []io.Reader
		for _, name := range names {
			all = append(all, &lateFile{path: name})
		}
		if all != nil {
			return io.NopCloser(io.MultiReader(all...)), nil
		}
	}
	return nil, fmt.Errorf("%s: the folder has no page in HTML or JSON", dir)
}

// lateFile is a file that is open only while it is read.
type lateFile struct {
	path string
	file *os.File
}

func (l *lateFile) Read(p []byte) (n int, err error) {
	if l.file == nil {
		if l.file, err = os.Open(l.path); err != nil {
			return 0, err
		}
	}
	n, err = l.file.Read(p)
	if err != nil {
		l.file.Close()
	}
	return n, err
}
