package main

import (
	"context"
	"crypto/sha256"
	_ "embed"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"html"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
)

// Rivals are pinned here, and are no dependency of Fursa's.
//
//go:embed rivals.json
var rivalPackages []byte

// installRivals installs them, once for all runs of this program, in the
// user's cache folder, and gives that folder.
func installRivals(ctx context.Context, log io.Writer) (string, error) {
	cache, err := os.UserCacheDir()
	if err != nil {
		return "", err
	}
	sum := sha256.Sum256(rivalPackages)
	folder := filepath.Join(cache, "fursa-bench", "search-"+hex.EncodeToString(sum[:6]))
	if _, err := os.Stat(filepath.Join(folder, "installed")); err == nil {
		return folder, nil
	}
	fmt.Fprintln(log, "installing Pagefind, MiniSearch and FlexSearch with npm, once")
	if err := os.MkdirAll(folder, 0o755); err != nil {
		return "", err
	}
	if err := os.WriteFile(filepath.Join(folder, "package.json"), rivalPackages, 0o600); err != nil {
		return "", err
	}
	npm := exec.CommandContext(ctx, "npm", "install", "--no-package-lock", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error")
	npm.Dir = folder
	if text, err := npm.CombinedOutput(); err != nil {
		return "", fmt.Errorf("%s: %w\n%s", npm, err, text)
	}
	return folder, os.WriteFile(filepath.Join(folder, "installed"), nil, 0o600)
}

// rivalVersions are the versions of rivals.json.
func rivalVersions() map[string]string {
	var p struct{ Dependencies map[string]string }
	if err := json.Unmarshal(rivalPackages, &p); err != nil {
		panic(err) // it is part of this program
	}
	return p.Dependencies
}

// article is where a listing's page begins to speak of the listing.
var article = regexp.MustCompile(`<article class="listing[^>]*>`)

// pagefindPages copies the pages of listings, and marks subjects in them: the
// attributes are what Pagefind knows filters by.
func pagefindPages(site, to, prefix string, listings []listing, labels map[string]string) error {
	for _, l := range listings {
		name := filepath.Join(prefix, filepath.FromSlash(l.Path), "index.html")
		page, err := os.ReadFile(filepath.Join(site, name))
		if err != nil {
			return err
		}
		at := article.FindIndex(page)
		if at == nil {
			return fmt.Errorf("%s: there is no <article class=listing>", name)
		}
		var marks strings.Builder
		for _, term := range l.terms {
			fmt.Fprintf(&marks, `<span data-pagefind-filter="subjects:%s"></span>`, html.EscapeString(labels[term]))
		}
		file := filepath.Join(to, name)
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			return err
		}
		text := string(page[:at[1]]) + marks.String() + string(page[at[1]:])
		if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
			return err
		}
	}
	return nil
}

// pagefindCommand indexes pages as somebody would who knows them: the listing
// itself, without the buttons and the similar listings below it.
func pagefindCommand(rivals, pages, output string) []string {
	return []string{
		filepath.Join(rivals, "node_modules", ".bin", "pagefind"), "--site", pages, "--output-path", output,
		"--root-selector", "article.listing", "--exclude-selectors", ".next", "--exclude-selectors", ".do",
		"--exclude-selectors", ".code", "--exclude-selectors", ".follow", "--exclude-selectors", ".hush", "--exclude-selectors", ".mend",
	}
}
