package main

import (
	"bufio"
	"cmp"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"fursa/generator/repository"
	"fursa/schema"
)

// initFlags are what a new catalogue says of itself, as it was typed.
type initFlags struct {
	names                        []string
	url, repository, host, owner string
	languages                    []string
	zone, currency, country      string
	contact                      schema.Contact
	release                      string
}

func (a *app) initRepository() *cobra.Command {
	var f initFlags
	c := &cobra.Command{
		Use:   "init DIR",
		Short: "Set up a new catalogue's repository",
		Long: `Write what a new catalogue's repository begins with into a folder: an example
of each kind of record, workflows that check what is sent and publish the site
each night, forms, settings for editors and guides. Pushed as it is, it
validates and builds.

Nothing is written where one of the files is there already. On a terminal it
asks what no flag says.`,
		Example: "  fursa init catalogue\n  fursa init catalogue --name \"Learning in Muscat\" --repository https://github.com/muscat/learning --languages ar,en --time-zone Asia/Muscat --currency OMR",
		Args:    cobra.ExactArgs(1),
	}
	flags := c.Flags()
	flags.StringArrayVar(&f.names, "name", nil, "the catalogue's name; again for other languages: --name ar=…")
	flags.StringVar(&f.url, "url", "", "where the site will be served (default: the repository's own pages)")
	flags.StringVar(&f.repository, "repository", "", "the repository's page on GitHub or GitLab")
	flags.StringVar(&f.host, "host", "", "github or gitlab (default: by the repository)")
	flags.StringVar(&f.owner, "owner", "", "who must agree to changes, such as @city/curators (default: the repository's owner)")
	flags.StringSliceVar(&f.languages, "languages", []string{"en"}, "the site's languages, the leading one first")
	flags.StringVar(&f.zone, "time-zone", "UTC", "the time zone, such as Asia/Qatar")
	flags.StringVar(&f.currency, "currency", "USD", "the currency's three letters")
	flags.StringVar(&f.country, "country", "", "the country's two letters")
	flags.StringVar(&f.contact.Name, "contact", "", "who answers questions")
	flags.StringVar(&f.contact.Email, "email", "", "the address that they read; it is published")
	flags.StringVar(&f.release, "release", release, "the address of the folder of a release of Fursa that the workflows run, or none")
	c.RunE = func(c *cobra.Command, args []string) error {
		if a.watched() {
			if err := a.ask(&f, c.Flags().Changed); err != nil {
				return err
			}
		}
		in, err := a.input()
		if err != nil {
			return err
		}
		settings, err := f.settings()
		if err != nil {
			return usageError{err}
		}
		settings.Today = today(in, schema.Catalogue{})
		if settings.Release, err = findRelease(c.Context(), f.release, release); err != nil {
			return err
		}
		files, err := repository.Files(settings)
		if err != nil {
			return err
		}
		if err := writeAll(args[0], files); err != nil {
			return err
		}
		a.begun(args[0], settings)
		return nil
	}
	return c
}

// watched says whether somebody sits before the program who can answer.
func (a *app) watched() bool {
	in, ok := a.in.(*os.File)
	return ok && isTerminal(in) && isTerminal(a.err)
}

// ask asks for what no flag says; an empty answer takes what stands in
// brackets.
func (a *app) ask(f *initFlags, said func(flag string) bool) error {
	var name, languages string
	lines := bufio.NewScanner(a.in)
	for _, q := range []struct {
		flag, words string
		answer      *string
		usual       string
	}{
		{"name", "The catalogue's name", &name, ""},
		{"repository", "Its repository's page on GitHub or GitLab", &f.repository, ""},
		{"languages", "Its languages, the leading one first", &languages, strings.Join(f.languages, ",")},
		{"time-zone", "Its time zone", &f.zone, f.zone},
		{"currency", "Its currency", &f.currency, f.currency},
		{"country", "Its country, in two letters", &f.country, ""},
		{"email", "An address for questions, which is published", &f.contact.Email, ""},
	} {
		if said(q.flag) {
			continue
		}
		fmt.Fprintf(a.err, "%s [%s]: ", q.words, q.usual)
		if !lines.Scan() {
			return cmp.Or(lines.Err(), io.ErrUnexpectedEOF)
		}
		*q.answer = cmp.Or(strings.TrimSpace(lines.Text()), q.usual)
	}
	if name != "" {
		f.names = []string{name}
	}
	if languages != "" {
		f.languages = strings.FieldsFunc(languages, func(r rune) bool { return r == ',' || r == ' ' })
	}
	return nil
}

// settings are the flags understood.
func (f initFlags) settings() (repository.Settings, error) {
	s := repository.Settings{
		Languages: f.languages, TimeZone: f.zone, Currency: strings.ToUpper(f.currency), Country: strings.ToUpper(f.country),
		Contact: f.contact, Repository: f.repository, Owner: f.owner,
	}
	if len(f.languages) == 0 {
		return s, errors.New("--languages: name at least one")
	}
	s.Name = schema.Text{}
	for _, name := range f.names {
		lang, text, several := strings.Cut(name, "=")
		if !several || !slices.Contains(f.languages, lang) {
			lang, text = f.languages[0], name
		}
		s.Name[lang] = text
	}
	if err := s.SetHost(f.host); err != nil {
		return s, err
	}
	return s, s.SetURL(f.url)
}

// writeAll writes files into a folder that has none of the same names.
func writeAll(dir string, files map[string][]byte) error {
	var there []string
	for _, name := range slices.Sorted(maps.Keys(files)) {
		_, err := os.Lstat(filepath.Join(dir, filepath.FromSlash(name)))
		switch {
		case err == nil:
			there = append(there, name)
		case !errors.Is(err, fs.ErrNotExist):
			return err
		}
	}
	if there != nil {
		more := ""
		if len(there) > 3 {
			more = fmt.Sprintf(" and %d more", len(there)-3)
		}
		return usageError{fmt.Errorf("%s has %s%s already; nothing was written", dir, strings.Join(there[:min(3, len(there))], ", "), more)}
	}
	for _, name := range slices.Sorted(maps.Keys(files)) {
		if err := writeNew(filepath.Join(dir, filepath.FromSlash(name)), files[name]); err != nil {
			return err
		}
	}
	return nil
}

// begun says what to do next.
func (a *app) begun(dir string, s repository.Settings) {
	a.say("%s holds a new catalogue, %s", dir, cmp.Or(s.URL, "without an address yet"))
	if s.Release.SHA256 == "" {
		a.say("note: %s names no release of Fursa yet, and the workflows refuse to run without one: fill it in before you push", filepath.Join(dir, "fursa-release.txt"))
	}
	if s.Owner == "" {
		a.say("note: CODEOWNERS is not in force: nobody is named in it yet")
	}
	if s.Placeholder() {
		a.say("note: %s is a placeholder: write the site's address as id in %s before anything is published", s.URL, filepath.Join(dir, "content", "catalogue.toml"))
	}
	a.say("look at it: cd %s && fursa serve; then follow README.md", dir)
}
