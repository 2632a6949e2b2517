package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"

	"fursa/bench/process"
)

// today and tomorrow are the days that the builds take for now; calendars
// reach as far as yearAhead.
const today, tomorrow, yearAhead = "2021-06-01", "2021-06-02", "2022-06-01"

// site is where the builds of the whole catalogue go.
const site = "site"

// generated is how many listings are made where there is no data.
const generated = 20_000

// workspace is the folder in which everything is made, and what it was made
// from. Paths are relative to dir, where every command is run.
type workspace struct {
	ctx        context.Context
	repository string
	dir        string
	log        io.Writer

	table       string // all rows
	rows        int    // in the table
	listings    int    // how many rows become listings
	isGenerated bool

	contents map[int]string // content folders made, by number of listings
	hugo     string         // the version, empty where it is not used
	whole    bool           // site holds today's build of what is in the content folder
}

// prepare makes the program and the table that all cases begin with.
func (w *workspace) prepare(listings int) error {
	build := exec.CommandContext(w.ctx, "go", "build", "-o", w.path("fursa"), "./cmd/fursa")
	build.Dir = w.repository
	if text, err := build.CombinedOutput(); err != nil {
		return fmt.Errorf("%s: %w\n%s", build, err, text)
	}
	w.table = findData(w.repository)
	if w.table == "" {
		w.isGenerated = true
		w.table = w.path("generated.csv")
		fmt.Fprintln(w.log, "the city's table is not here: generating listings")
		if listings == 0 {
			listings = generated
		}
		if err := generate(w.table, listings); err != nil {
			return err
		}
	}
	var err error
	w.rows, err = countRows(w.table)
	w.listings = listings
	if listings == 0 {
		w.listings = w.rows
	}
	return err
}

func (w *workspace) path(parts ...string) string {
	return filepath.Join(append([]string{w.dir}, parts...)...)
}

// content makes a content folder of n rows with Fursa's own import, once.
func (w *workspace) content(n int) (string, error) {
	if dir := w.contents[n]; dir != "" {
		return dir, nil
	}
	dir := fmt.Sprintf("content-%d", n)
	fmt.Fprintf(w.log, "importing %d rows\n", n)
	if err := os.Mkdir(w.path(dir), 0o755); err != nil {
		return "", err
	}
	example := filepath.Join(w.repository, "examples", "chicago")
	settings, err := os.ReadFile(filepath.Join(example, "catalogue.toml"))
	if err != nil {
		return "", err
	}
	if err := os.WriteFile(w.path(dir, "catalogue.toml"), settings, 0o644); err != nil {
		return "", err
	}
	table := w.path(dir + ".csv")
	if err := pick(w.table, table, n, w.rows); err != nil {
		return "", err
	}
	_, err = process.Run(w.ctx, w.dir, []string{"./fursa", "import", "csv", "--content", dir, "--map", filepath.Join(example, "map.toml"), table})
	w.contents[n] = dir
	return dir, errors.Join(err, os.Remove(table))
}

// build is the command of a build.
func build(content, output, now string) []string {
	return []string{"./fursa", "build", "--content", content, "--output", output, "--now", now}
}

// removed makes sure that a folder is absent.
func (w *workspace) removed(dir string) func() error {
	return func() error {
		if dir == site {
			w.whole = false
		}
		return os.RemoveAll(w.path(dir))
	}
}

// built makes sure that today's site stands as a full build leaves it.
func (w *workspace) built(content string) error {
	if w.whole {
		return nil
	}
	if err := w.removed(site)(); err != nil {
		return err
	}
	if _, err := process.Run(w.ctx, w.dir, build(content, site, today)); err != nil {
		return err
	}
	w.whole = true
	return nil
}

// edit changes a file in place, and gives what changes it back.
func (w *workspace) edit(file, from, to string) (undo func() error, err error) {
	text, err := os.ReadFile(w.path(file))
	if err != nil {
		return nil, err
	}
	if !bytes.Contains(text, []byte(from)) {
		return nil, fmt.Errorf("%s: %q is not in it", file, from)
	}
	edited := bytes.Replace(text, []byte(from), []byte(to), 1)
	undo = func() error { return os.WriteFile(w.path(file), text, 0o644) }
	return undo, os.WriteFile(w.path(file), edited, 0o644)
}

// aListing is the file of a listing from the middle of a content folder that
// has not ended, and whose title leaves room for one more word.
func (w *workspace) aListing(content string) (string, error) {
	files, err := filepath.Glob(w.path(content, "opportunities", "*", "*.md"))
	if err != nil {
		return "", err
	}
	for i := range files {
		file := files[(len(files)/2+i)%len(files)]
		r, err := readRecord(file)
		if err != nil {
			return "", err
		}
		if title, _ := r.front["title"].(string); len(title) < 100 && !r.ended() {
			return filepath.Rel(w.dir, file)
		}
	}
	return "", errors.New("no listing has yet to end")
}

// version is what a program prints about itself, its first line.
func (w *workspace) version(args ...string) string {
	text, err := exec.CommandContext(context.WithoutCancel(w.ctx), args[0], args[1:]...).Output()
	line, _, _ := strings.Cut(string(text), "\n")
	if err != nil || line == "" {
		return "unknown"
	}
	return strings.TrimSpace(line)
}
