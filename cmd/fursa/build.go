package main

import (
	"bytes"
	"cmp"
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"strings"

	"github.com/spf13/cobra"

	"fursa/feeds/fetch"
	"fursa/generator"
	"fursa/generator/ledger"
	"fursa/generator/publish"
	"fursa/schema"
	"fursa/schema/diag"
)

func (a *app) build() *cobra.Command {
	var output, baseURL, theme, previous string
	var drafts, strict, unsigned bool
	var keys []string
	c := &cobra.Command{
		Use:   "build",
		Short: "Make the site",
		Long: `Make the site of the records in the content folder.

Where a file has an error nothing is written, and the last good site stays.
Files that have not changed are not written again; files that the site no
longer needs are removed; files that fursa did not write are left alone.`,
		Example: "  fursa build\n  fursa build --output site --base-url https://learning.example/doha/",
		Args:    cobra.NoArgs,
	}
	flags := c.Flags()
	flags.StringVarP(&output, "output", "o", "public", "the folder that will hold the site")
	flags.StringVar(&baseURL, "base-url", "", "where the site is served, if not where catalogue.toml says")
	flags.StringVar(&theme, "theme", "", "a folder whose files replace the default theme's")
	flags.StringVar(&previous, "previous", "", "where the last ledger is: a folder, a file, a URL, «live» for the published site, or «none» (default: the output folder)")
	flags.BoolVar(&drafts, "drafts", false, "build drafts too")
	flags.BoolVar(&strict, "strict", false, "write nothing where there is a warning")
	flags.StringArrayVar(&keys, "key", nil, "the file of the private key that catalogue.toml names the public half of; again for the former key (default: the text in FURSA_KEY and FURSA_FORMER_KEY)")
	flags.BoolVar(&unsigned, "unsigned", false, "do without the key that catalogue.toml names")
	c.RunE = func(c *cobra.Command, _ []string) error {
		in, err := a.input()
		if err != nil {
			return err
		}
		in.BaseURL, in.Theme, in.Drafts = baseURL, theme, drafts
		o := generator.Options{Output: output, Workers: runtime.GOMAXPROCS(0), Strict: strict, Unsigned: unsigned}
		if !unsigned {
			if o.Keys, err = privateKeys(keys); err != nil {
				return err
			}
		}
		// An interrupted build may have left the ledger to be moved.
		if err := publish.Recover(output); err != nil {
			return err
		}
		if previous == "live" {
			if previous, err = a.liveSite(baseURL); err != nil {
				return err
			}
		}
		in.Previous, o.PreviousHash, err = readPrevious(c.Context(), previous, output)
		if err != nil {
			return err
		}
		report, list, err := generator.NewBuilder().Build(c.Context(), in, o)
		if err := a.problems(list); err != nil {
			return err
		}
		if err != nil {
			return err
		}
		if list.Failed() || strict && list.Count(diag.Warning) > 0 {
			problems, err := a.counted(list)
			if err != nil {
				return err
			}
			a.say("%s", a.words().T("nothing-written", "problems", problems))
			return errMistakes
		}
		a.report(report, output)
		return nil
	}
	return c
}

// report says what a build did.
func (a *app) report(r generator.Report, output string) {
	l := a.words()
	for i, f := range r.Foreign {
		if i == 10 {
			a.say("%s", l.N("more-foreign", len(r.Foreign)-i))
			break
		}
		a.say("%s", l.T("foreign", "file", filepath.Join(output, f)))
	}
	if r.Same {
		a.say("%s", l.N("same", r.Files, "folder", output))
		if r.Warnings > 0 {
			a.say("%s", l.N("warned", r.Warnings))
		}
		return
	}
	if r.First {
		a.say("%s", l.T("first-build"))
	}
	a.say("%s", l.T("built", "listings", l.N("listings", r.Listings), "files", l.N("files-in", r.Files, "folder", output),
		"written", r.Written, "unchanged", r.Unchanged, "removed", r.Removed))
}

// liveSite is the address that the site is published at.
func (a *app) liveSite(baseURL string) (string, error) {
	settings := read[schema.Catalogue](a.content, "catalogue.toml")
	site := cmp.Or(baseURL, settings.BaseURL, settings.ID)
	if site == "" {
		return "", usageError{fmt.Errorf("--previous live: %s does not say where the site is", filepath.Join(a.content, "catalogue.toml"))}
	}
	return site, nil
}

// count is a number of things: «1 error», «2 errors».
func count(n int, what string) string {
	if n == 1 {
		return "1 " + what
	}
	if strings.HasSuffix(what, "s") {
		what += "e"
	}
	return fmt.Sprintf("%d %ss", n, what)
}

// readPrevious reads the last ledger, nil where there is none, and a sum that
// tells a given one from another.
func readPrevious(ctx context.Context, where, output string) (*ledger.Ledger, string, error) {
	switch {
	case where == "none":
		return nil, "none", nil
	case strings.HasPrefix(where, "https://") || strings.HasPrefix(where, "http://"):
		return fetchLedger(ctx, where)
	case where == "":
		return openLedger(filepath.Join(output, filepath.FromSlash(generator.LedgerPath)), true)
	}
	info, err := os.Stat(where)
	if err != nil {
		return nil, "", fmt.Errorf("--previous: %w", err)
	}
	if info.IsDir() {
		where = filepath.Join(where, filepath.FromSlash(generator.LedgerPath))
	}
	return openLedger(where, false)
}

func openLedger(path string, own bool) (*ledger.Ledger, string, error) {
	f, err := os.Open(path)
	if os.IsNotExist(err) && own {
		return nil, "", nil
	}
	if err != nil {
		return nil, "", fmt.Errorf("the last ledger: %w", err)
	}
	defer f.Close()
	hash := sha256.New()
	l, err := ledger.Read(io.TeeReader(f, hash))
	if err != nil {
		return nil, "", fmt.Errorf("the last ledger %s: %w; --previous none does without it, and makes everything look new to feed readers", path, err)
	}
	if own {
		return l, "", nil
	}
	return l, fmt.Sprintf("%x", hash.Sum(nil)), nil
}

// ledgerLimit bounds what a site may answer when asked for its ledger.
const ledgerLimit = 256 << 20

// fetchLedger gets the ledger of a published site. One that can't be had is a
// failure, not a first build: readers would see everything as new.
func fetchLedger(ctx context.Context, url string) (*ledger.Ledger, string, error) {
	if !strings.HasSuffix(url, ".json") {
		url = strings.TrimSuffix(url, "/") + "/" + generator.LedgerPath
	}
	response, err := fetch.New(fetch.Options{UserAgent: "Fursa/" + version(), Anywhere: true}).Get(ctx, fetch.Request{URL: url, Max: ledgerLimit})
	var status fetch.StatusError
	if errors.As(err, &status) {
		return nil, "", fmt.Errorf("the last ledger: %w; --previous none does without it", err)
	}
	if err != nil {
		return nil, "", fmt.Errorf("the last ledger: %w", err)
	}
	hash := sha256.New()
	l, err := ledger.Read(io.TeeReader(bytes.NewReader(response.Body), hash))
	if err != nil {
		return nil, "", fmt.Errorf("the last ledger %s: %w", url, err)
	}
	return l, fmt.Sprintf("%x", hash.Sum(nil)), nil
}
