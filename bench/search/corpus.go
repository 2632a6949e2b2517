package main

import (
	"context"
	"embed"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"fursa/bench/process"
)

// corpus is a catalogue that is searched: its content, the site that Fursa
// builds of it, and what rivals make of the same pages.
type corpus struct {
	name      string // "chicago", or the number of its listings
	folder    string
	now       string
	languages []string
	listings  map[string][]listing // by language of the pages
	labels    map[string]map[string]string
	engines   []engine
	host      *host
}

func (c *corpus) path(parts ...string) string {
	return filepath.Join(append([]string{c.folder}, parts...)...)
}

// prefix is the folder of a language's pages.
func (c *corpus) prefix(language string) string {
	if language == c.languages[0] {
		return ""
	}
	return language
}

// size is how many listings can be found.
func (c *corpus) size() int { return len(c.listings[c.languages[0]]) }

//go:embed web
var web embed.FS

// prepare makes what is not there yet of a corpus, and serves it.
func (b *bench) prepare(name string) (*corpus, error) {
	c := &corpus{name: name, folder: filepath.Join(b.dir, name), listings: map[string][]listing{}, labels: map[string]map[string]string{}}
	var err error
	if name == "chicago" {
		c.now, c.languages = "2021-06-01", []string{"en"}
		err = b.importChicago(c)
	} else {
		c.now, c.languages = generatedNow, []string{"en", "ar"}
		err = b.generate(c)
	}
	if err != nil {
		return nil, err
	}
	fmt.Fprintf(b.log, "%s: building the site\n", name)
	if _, err := process.Run(b.ctx, b.dir, b.build(c)); err != nil {
		return nil, err
	}
	for _, language := range c.languages {
		if c.listings[language], err = readListings(c.path("site"), c.path("content"), language); err != nil {
			return nil, err
		}
		if c.labels[language], err = readLabels(c.path("content"), language); err != nil {
			return nil, err
		}
	}
	if err := b.rivalsOf(c); err != nil {
		return nil, err
	}
	c.engines = slices.DeleteFunc(c.engines, func(e engine) bool { return len(b.chosen) > 0 && !slices.Contains(b.chosen, e.name) })
	pages, err := fs.Sub(web, "web")
	if err != nil {
		return nil, err
	}
	c.host, err = serve(
		place{"/pagefind/", os.DirFS(c.path("pagefind"))},
		place{"/lib/", os.DirFS(filepath.Join(b.rivals, "node_modules"))},
		place{"/rivals/", layers{os.DirFS(c.path("rivals")), pages}},
		place{"/", os.DirFS(c.path("site"))},
	)
	return c, err
}

// layers are folders laid over one another, the first one on top.
type layers []fs.FS

func (l layers) Open(name string) (fs.File, error) {
	for _, files := range l {
		f, err := files.Open(name)
		if !errors.Is(err, fs.ErrNotExist) {
			return f, err
		}
	}
	return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrNotExist}
}

func (b *bench) build(c *corpus) []string {
	return []string{"./fursa", "build", "--content", filepath.Join(c.name, "content"), "--output", filepath.Join(c.name, "site"), "--now", c.now}
}

// made says that a folder is there from an earlier run.
func made(folder string) bool {
	_, err := os.Stat(folder)
	return err == nil
}

func (b *bench) importChicago(c *corpus) error {
	if made(c.path("content")) {
		return nil
	}
	example := filepath.Join(b.repository, "examples", "chicago")
	settings, err := os.ReadFile(filepath.Join(example, "catalogue.toml"))
	if err != nil {
		return err
	}
	if err := os.MkdirAll(c.path("content.new"), 0o755); err != nil {
		return err
	}
	if err := os.WriteFile(c.path("content.new", "catalogue.toml"), settings, 0o600); err != nil {
		return err
	}
	_, err = process.Run(b.ctx, b.dir, []string{
		"./fursa", "import", "csv", "--content", filepath.Join(c.name, "content.new"),
		"--map", filepath.Join(example, "map.toml"), filepath.Join(b.data, "chicago", "programs.csv.gz"),
	})
	if err != nil {
		return err
	}
	return os.Rename(c.path("content.new"), c.path("content"))
}

func (b *bench) generate(c *corpus) error {
	if made(c.path("content")) {
		return nil
	}
	n, err := strconv.Atoi(c.name)
	if err != nil {
		return fmt.Errorf("-corpora: %q is neither chicago nor a number of listings", c.name)
	}
	fmt.Fprintf(b.log, "%s: writing listings\n", c.name)
	if err := generate(b.repository, c.path("content.new"), n, b.seed); err != nil {
		return err
	}
	if err := addProjects(b.data, c.path("content.new")); err != nil {
		return err
	}
	return os.Rename(c.path("content.new"), c.path("content"))
}

// rivalsOf makes what rivals search of a corpus, as far as it is not too large
// for them.
func (b *bench) rivalsOf(c *corpus) error {
	c.engines = []engine{fursa(c)}
	if c.size() <= b.pagefindUpTo {
		if !made(c.path("pagefind")) {
			fmt.Fprintf(b.log, "%s: indexing with Pagefind\n", c.name)
			if err := b.writePages(c); err != nil {
				return err
			}
			if _, err := process.Run(b.ctx, b.dir, pagefindCommand(b.rivals, c.path("pages"), c.path("pagefind"))); err != nil {
				return err
			}
		}
		c.engines = append(c.engines, rival(c, "Pagefind"))
	}
	if c.size() > b.othersUpTo {
		return nil
	}
	c.engines = append(c.engines, rival(c, "MiniSearch"), rival(c, "FlexSearch"))
	if made(c.path("rivals")) {
		return nil
	}
	fmt.Fprintf(b.log, "%s: indexing with MiniSearch\n", c.name)
	return b.writeFields(c)
}

func (b *bench) writePages(c *corpus) error {
	for _, language := range c.languages {
		if err := pagefindPages(c.path("site"), c.path("pages"), c.prefix(language), c.listings[language], c.labels[language]); err != nil {
			return err
		}
	}
	return nil
}

// writeFields writes the fields of all listings, and MiniSearch's index of them.
func (b *bench) writeFields(c *corpus) error {
	folder := c.path("rivals.new")
	if err := os.MkdirAll(folder, 0o755); err != nil {
		return err
	}
	if err := os.CopyFS(filepath.Join(folder, "make"), web); err != nil && !errors.Is(err, fs.ErrExist) {
		return err
	}
	if err := os.WriteFile(filepath.Join(folder, "make", "package.json"), []byte(`{"type":"module"}`), 0o600); err != nil {
		return err
	}
	for _, language := range c.languages {
		text, err := json.Marshal(c.listings[language])
		if err != nil {
			return err
		}
		fields := filepath.Join(folder, "fields-"+language+".json")
		if err := os.WriteFile(fields, text, 0o600); err != nil {
			return err
		}
		_, err = process.Run(b.ctx, folder, []string{
			"node", "--max-old-space-size=8000", filepath.Join("make", "web", "make-minisearch.js"), filepath.Join(b.rivals, "node_modules"),
			fields, filepath.Join(folder, "minisearch-"+language+".json"),
		})
		if err != nil {
			return err
		}
		if err := writeRivalPages(folder, language); err != nil {
			return err
		}
	}
	return os.Rename(folder, c.path("rivals"))
}

// preloads are the modules of each rival's page beyond its own, which a page
// names so that they are not asked for one after another.
var preloads = map[string][]string{
	"pagefind":   {"/pagefind/pagefind.js"},
	"minisearch": {"/lib/minisearch/dist/es/index.js", "minisearch-options.js"},
	"flexsearch": {"/lib/flexsearch/dist/flexsearch.bundle.module.min.js"},
}

func writeRivalPages(folder, language string) error {
	page, err := web.ReadFile("web/page.html")
	if err != nil {
		return err
	}
	for engine, modules := range preloads {
		var links strings.Builder
		for _, m := range modules {
			fmt.Fprintf(&links, "<link rel=\"modulepreload\" href=%q>\n", m)
		}
		text := strings.NewReplacer("LANG", language, "PRELOADS", links.String(), "ENGINE", engine).Replace(string(page))
		if err := os.WriteFile(filepath.Join(folder, engine+"-"+language+".html"), []byte(text), 0o600); err != nil {
			return err
		}
	}
	return nil
}

// addProjects adds real listings in both languages, where they are to be had.
func addProjects(data, content string) error {
	text, err := os.ReadFile(filepath.Join(data, "arabic", "projects.json"))
	if os.IsNotExist(err) {
		return nil
	}
	if err != nil {
		return err
	}
	type version struct{ Title, Description, Body string }
	var projects []struct {
		Slug   string
		En, Ar version
	}
	if err := json.Unmarshal(text, &projects); err != nil {
		return err
	}
	write := func(name, facts string, v version) error {
		text := fmt.Sprintf("+++\ntitle = %q\nsummary = %q\n%s+++\n%s", v.Title, cut(v.Description+" "+v.Title+".", 270), facts, v.Body)
		return os.WriteFile(filepath.Join(content, "opportunities", "p0", name), []byte(text), 0o600)
	}
	const facts = "kind = \"resource\"\nages = {min = 8}\nlanguages = [\"en\", \"ar\"]\nsubjects = [\"technology\"]\nmode = \"online\"\nanytime = true\ncost = {amount = 0}\n"
	for _, p := range projects {
		if err := errors.Join(write(p.Slug+".md", facts, p.En), write(p.Slug+".ar.md", "", p.Ar)); err != nil {
			return err
		}
	}
	return nil
}

// bench is one run of this program.
type bench struct {
	ctx                      context.Context
	repository, dir, data    string
	rivals                   string // folder
	log, out                 io.Writer
	seed                     uint64
	runs                     int
	all                      bool     // nothing was chosen: keystrokes only where there are many listings
	pagefindUpTo, othersUpTo int      // listings
	chosen                   []string // engines, empty for all
	chrome                   *chrome
}
