package main

import (
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"fursa/feeds/sign"
	"fursa/schema"
	"fursa/schema/diag"
	"fursa/schema/document"
)

func (a *app) key() *cobra.Command {
	c := &cobra.Command{
		Use:   "key",
		Short: "Make and change the key that signs the catalogue",
		Long: `Make and change the key that signs what other catalogues pull from this one. Its
public half stands in catalogue.toml. The private half is a file outside of the
content folder that nobody else may read: keep a copy of it, and give its text to
the workflow that builds the site as the secret FURSA_KEY.

Both are minisign's: that program can check and make the signatures too. A key
is locked with the password in FURSA_KEY_PASSWORD, where there is one.`,
	}
	c.AddCommand(a.keyNew(), a.keyShow(), a.keyRotate())
	return c
}

func (a *app) keyNew() *cobra.Command {
	return &cobra.Command{
		Use:     "new FILE",
		Short:   "Make the catalogue's key",
		Example: "  fursa key new ~/doha.key",
		Args:    cobra.ExactArgs(1),
		RunE: func(_ *cobra.Command, args []string) error {
			named, err := a.namedKeys()
			if err != nil {
				return err
			}
			if named.Key != "" {
				return usageError{fmt.Errorf("catalogue.toml names a key: fursa key rotate changes it; if its private half is lost, remove that line first")}
			}
			public, err := a.makeKey(args[0])
			if err != nil {
				return err
			}
			return a.nameKeys(public, "", args[0])
		},
	}
}

func (a *app) keyRotate() *cobra.Command {
	return &cobra.Command{
		Use:   "rotate FILE",
		Short: "Make another key, which the one before vouches for",
		Long: `Make another key, and name the one before as former_key. Builds are signed with
both until you remove that line: catalogues that know yours by the former key see
that it vouches for the new one.`,
		Example: "  fursa key rotate ~/doha-2027.key\n  fursa build --key ~/doha-2027.key --key ~/doha.key",
		Args:    cobra.ExactArgs(1),
		RunE: func(_ *cobra.Command, args []string) error {
			named, err := a.namedKeys()
			switch {
			case err != nil:
				return err
			case named.Key == "":
				return usageError{errors.New("catalogue.toml names no key yet: fursa key new makes one")}
			case named.FormerKey != "":
				return usageError{errors.New("the key is being changed already: remove former_key from catalogue.toml once those who pull from you had time to notice")}
			}
			public, err := a.makeKey(args[0])
			if err != nil {
				return err
			}
			return a.nameKeys(public, named.Key, args[0])
		},
	}
}

func (a *app) keyShow() *cobra.Command {
	return &cobra.Command{
		Use:     "show [FILE]",
		Short:   "Print the public half of a key, or the one that the catalogue names",
		Example: "  fursa key show\n  fursa key show ~/doha.key",
		Args:    cobra.MaximumNArgs(1),
		RunE: func(_ *cobra.Command, args []string) error {
			if len(args) == 0 {
				return a.showNamed()
			}
			keys, err := privateKeys(args)
			if err != nil {
				return err
			}
			fmt.Fprintln(a.out, keys[0].Public())
			return nil
		},
	}
}

func (a *app) showNamed() error {
	named, err := a.namedKeys()
	if err != nil {
		return err
	}
	if named.Key == "" {
		return usageError{errors.New("catalogue.toml names no key: fursa key new makes one")}
	}
	fmt.Fprintln(a.out, named.Key)
	if named.FormerKey != "" {
		fmt.Fprintln(a.out, named.FormerKey, "(former)")
	}
	return nil
}

// namedKeys are the settings, of which the keys are asked.
func (a *app) namedKeys() (schema.Catalogue, error) {
	settings := read[schema.Catalogue](a.content, "catalogue.toml")
	if settings.ID == "" {
		return settings, usageError{fmt.Errorf("%s can't be read: fursa validate says why", filepath.Join(a.content, "catalogue.toml"))}
	}
	return settings, nil
}

// makeKey writes a new private key to a file, and gives its public half.
func (a *app) makeKey(file string) (string, error) {
	if err := a.outside(file); err != nil {
		return "", err
	}
	key, err := sign.NewKey(rand.Reader)
	if err != nil {
		return "", err
	}
	text, err := key.Text(os.Getenv(passwordVariable))
	if err != nil {
		return "", err
	}
	f, err := os.OpenFile(file, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return "", fmt.Errorf("the private key: %w", err)
	}
	_, err = io.WriteString(f, strings.TrimRight(string(text), "\n")+"\n")
	return key.Public(), errors.Join(err, f.Close())
}

// outside refuses a file in the content folder or in a site, from where a
// private key would be published.
func (a *app) outside(file string) error {
	path, err := filepath.Abs(file)
	if err != nil {
		return err
	}
	content, err := filepath.Abs(a.content)
	if err != nil {
		return err
	}
	for dir := filepath.Dir(path); ; dir = filepath.Dir(dir) {
		_, err := os.Stat(filepath.Join(dir, "fursa", "ledger.json"))
		if err == nil || sameFolder(dir, content) {
			return usageError{fmt.Errorf("%s is in %s, which is published: keep the private key elsewhere", file, dir)}
		}
		if dir == filepath.Dir(dir) {
			return nil
		}
	}
}

// sameFolder says whether two paths lead to one folder, by whatever links.
func sameFolder(a, b string) bool {
	x, errX := os.Stat(a)
	y, errY := os.Stat(b)
	return errX == nil && errY == nil && os.SameFile(x, y)
}

// nameKeys writes the public keys into catalogue.toml, and says what is next.
func (a *app) nameKeys(public, former, file string) error {
	name := filepath.Join(a.content, "catalogue.toml")
	text, err := os.ReadFile(name)
	if err != nil {
		return err
	}
	named := withSetting(string(text), "key", public)
	if former != "" {
		named = withSetting(named, "former_key", former)
	}
	d, _ := document.Parse(&diag.Source{Path: "catalogue.toml", Text: []byte(named)})
	if d == nil || d.Value["key"] != public || former != "" && d.Value["former_key"] != former {
		return usageError{fmt.Errorf("the private key is in %s; write this into %s by hand: key = %q", file, name, public)}
	}
	if err := os.WriteFile(name, []byte(named), 0o644); err != nil {
		return err
	}
	fmt.Fprintln(a.out, public)
	a.say("the private key is in %s: keep a copy, and show it to nobody; never commit it", file)
	a.say("its text goes into the secret %s of what builds the site; on this machine: fursa build --key %s", keyVariable, file)
	if former != "" {
		a.say("until former_key is removed from %s, builds need the former key too: a second --key, or %s", name, formerVariable)
	}
	return nil
}

// withSetting is the text of catalogue.toml with a setting of its own, in the
// place of the old one, else below its id.
func withSetting(text, name, value string) string {
	lines := strings.Split(text, "\n")
	after := 0
	for i, line := range lines {
		key, _, _ := strings.Cut(line, "=")
		switch key = strings.TrimSpace(key); {
		case key == name:
			lines[i] = name + ` = "` + value + `"`
			return strings.Join(lines, "\n")
		case strings.HasPrefix(key, "["):
			return below(lines, after, name, value)
		case key == "id" || key == "base_url" || key == "key":
			after = i + 1
		}
	}
	return below(lines, after, name, value)
}

func below(lines []string, at int, name, value string) string {
	ending := ""
	if at > 0 && strings.HasSuffix(lines[at-1], "\r") {
		ending = "\r"
	}
	line := name + ` = "` + value + `"` + ending
	return strings.Join(append(append(append([]string{}, lines[:at]...), line), lines[at:]...), "\n")
}
