package main

import (
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"

	"fursa/bench/process"
)

// benchCase is one thing that is measured: a command, with what must be done
// around it and is not counted.
type benchCase struct {
	name, what    string
	command       []string
	before, after func() error
	output        string // the folder that it fills
}

// makers make the cases, in the order in which they are run.
var makers = []struct {
	name string
	make func(*workspace) (benchCase, error)
}{
	{"full", full},
	{"cp", plainCopy},
	{"hugo", hugo},
	{"same", same},
	{"one", one},
	{"next", next},
	{"two", two},
	{"small", small},
	{"large", large},
	{"validate", validate},
	{"validate-one", validateOne},
}

func caseNames() []string {
	var names []string
	for _, m := range makers {
		names = append(names, m.name)
	}
	return names
}

// cases prepares the named cases, all where none is named. Where Hugo can't
// be had the others are measured without it.
func (w *workspace) cases(only []string) ([]benchCase, error) {
	for _, name := range only {
		if !slices.Contains(caseNames(), name) {
			return nil, fmt.Errorf("-only: there is no case %q, but %s", name, strings.Join(caseNames(), ", "))
		}
	}
	var cases []benchCase
	for _, m := range makers {
		if len(only) > 0 && !slices.Contains(only, m.name) {
			continue
		}
		c, err := m.make(w)
		if errors.Is(err, errNoHugo) && w.ctx.Err() == nil {
			fmt.Fprintln(w.log, err)
			continue
		}
		if err != nil {
			return nil, fmt.Errorf("%s: %w", m.name, err)
		}
		c.name = m.name
		cases = append(cases, c)
	}
	if len(cases) == 0 {
		return nil, errors.New("nothing is left to measure")
	}
	return cases, nil
}

func full(w *workspace) (benchCase, error) {
	content, err := w.content(w.listings)
	return benchCase{
		what: "a full build, into an absent folder", command: build(content, site, today), output: site,
		before: w.removed(site),
		after: func() error {
			w.whole = true
			return nil
		},
	}, err
}

// plainCopy is the floor: the same bytes in the same files, and no thinking.
func plainCopy(w *workspace) (benchCase, error) {
	content, err := w.content(w.listings)
	return benchCase{
		what: "the floor: a plain copy of the site", command: []string{"cp", "-r", site, "copy"}, output: "copy",
		before: func() error {
			if err := w.built(content); err != nil {
				return err
			}
			return os.RemoveAll(w.path("copy"))
		},
		after: w.removed("copy"),
	}, err
}

func hugo(w *workspace) (benchCase, error) {
	content, err := w.content(w.listings)
	if err != nil {
		return benchCase{}, err
	}
	program, err := w.installHugo()
	if err != nil {
		return benchCase{}, err
	}
	if err := w.writeHugoSite(content, "hugo"); err != nil {
		return benchCase{}, err
	}
	return benchCase{
		what: "Hugo, a full build, into an absent folder", output: "hugo-site",
		command: []string{
			program, "--source", "hugo", "--destination", w.path("hugo-site"), "--cacheDir", w.path("hugo-cache"),
			"--clock", today + "T12:00:00Z", "--quiet", "--noBuildLock",
		},
		before: w.removed("hugo-site"),
	}, nil
}

func same(w *workspace) (benchCase, error) {
	content, err := w.content(w.listings)
	return benchCase{
		what: "nothing changed", command: build(content, site, today), output: site,
		before: func() error { return w.built(content) },
	}, err
}

func one(w *workspace) (benchCase, error) {
	content, err := w.content(w.listings)
	if err != nil {
		return benchCase{}, err
	}
	file, err := w.aListing(content)
	var undo func() error
	return benchCase{
		what: "one title changed", command: build(content, site, today), output: site,
		before: func() error {
			err := w.built(content)
			if err == nil {
				undo, err = w.edit(file, "title = \"", "title = \"New ")
			}
			return err
		},
		after: func() error {
			if err := undo(); err != nil {
				return err
			}
			_, err := process.Run(w.ctx, w.dir, build(content, site, today))
			return err
		},
	}, err
}

func next(w *workspace) (benchCase, error) {
	content, err := w.content(w.listings)
	return benchCase{
		what: "the next day", command: build(content, site, tomorrow), output: site,
		before: func() error { return w.built(content) },
		after: func() error {
			w.whole = false
			return nil
		},
	}, err
}

func two(w *workspace) (benchCase, error) {
	content, err := w.content(w.listings)
	var undo func() error
	return benchCase{
		what: "a full build in two languages", command: build(content, "site-two", today), output: "site-two",
		before: func() error {
			var err error
			undo, err = w.edit(content+"/catalogue.toml", `languages = ["en"]`, `languages = ["en", "ar"]`)
			return err
		},
		after: func() error {
			if err := undo(); err != nil {
				return err
			}
			return os.RemoveAll(w.path("site-two"))
		},
	}, err
}

// growth is the larger of the two sizes whose builds are compared; the
// smaller is a tenth of it.
func (w *workspace) growth() int { return min(w.listings, 20_000) }

func small(w *workspace) (benchCase, error) { return w.sized(max(1, w.growth()/10)) }

func large(w *workspace) (benchCase, error) { return w.sized(w.growth()) }

func (w *workspace) sized(n int) (benchCase, error) {
	content, err := w.content(n)
	output := fmt.Sprintf("site-%d", n)
	return benchCase{
		what: fmt.Sprintf("a full build of %d listings", n), command: build(content, output, today), output: output,
		before: w.removed(output), after: w.removed(output),
	}, err
}

func validate(w *workspace) (benchCase, error) {
	content, err := w.content(w.listings)
	return benchCase{what: "validating all files", command: check(content)}, err
}

func validateOne(w *workspace) (benchCase, error) {
	content, err := w.content(w.listings)
	if err != nil {
		return benchCase{}, err
	}
	file, err := w.aListing(content)
	var undo func() error
	return benchCase{
		what: "validating one changed file", command: append(check(content), file),
		before: func() error {
			var err error
			undo, err = w.edit(file, "title = \"", "title = \"New ")
			return err
		},
		after: func() error { return undo() },
	}, err
}

// check is the command that validates.
func check(content string) []string {
	return []string{"./fursa", "validate", "--content", content, "--now", today}
}
