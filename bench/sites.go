package main

import (
	"fmt"
	"io"
	"io/fs"
	"maps"
	"path"
	"path/filepath"
	"slices"
	"strings"
)

// sites compares what Fursa and Hugo made, by kind of file. Only what still
// stands in the work folder is shown.
func (r report) sites(out io.Writer) {
	ours, _ := kinds(r.w.path(site))
	theirs, err := kinds(r.w.path("hugo-site"))
	if err != nil || len(ours) == 0 {
		return
	}
	fmt.Fprintln(out, "| files | Fursa | MB | Hugo | MB |")
	fmt.Fprintln(out, "|---|--:|--:|--:|--:|")
	names := slices.Collect(maps.Keys(ours))
	for name := range theirs {
		names = add(names, name)
	}
	slices.Sort(names)
	for _, name := range names {
		a, b := ours[name], theirs[name]
		fmt.Fprintf(out, "| %s | %d | %.1f | %d | %.1f |\n", name, a.files, float64(a.bytes)/1e6, b.files, float64(b.bytes)/1e6)
	}
}

// kinds counts the files of a site by what they are.
func kinds(dir string) (map[string]tree, error) {
	found := map[string]tree{}
	err := filepath.WalkDir(dir, func(file string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		info, err := d.Info()
		if err != nil {
			return err
		}
		relative, err := filepath.Rel(dir, file)
		if err != nil {
			return err
		}
		name := kindOf(filepath.ToSlash(relative))
		t := found[name]
		t.files++
		t.bytes += info.Size()
		found[name] = t
		return nil
	})
	return found, err
}

func kindOf(file string) string {
	name := path.Base(file)
	switch {
	case name == "feed.xml", name == "atom.xml", name == "feed.json", name == "calendar.ics":
		return name
	case name == "index.html" && strings.HasPrefix(file, "opportunities/") && strings.Count(file, "/") == 3 &&
		!strings.HasPrefix(file, "opportunities/page/"):
		return "pages of listings"
	case name == "index.html":
		return "pages of lists"
	case strings.HasPrefix(file, "catalogue."):
		return "whole catalogue as data"
	case strings.HasPrefix(file, "fursa/"), strings.HasPrefix(file, ".fursa/"):
		return "ledger and index"
	}
	return "others"
}
