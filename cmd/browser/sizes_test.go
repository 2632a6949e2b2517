package main

import (
	"bytes"
	"maps"
	"path"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"
)

// What is sent, compressed, in bytes.
const (
	mostListing = 14 << 10
	mostStyles  = 10 << 10
	// mostMore is what a few pages have besides, for who does more than read.
	mostMore    = 3 << 10
	mostScripts = 15 << 10
)

// What a telephone on a slow network waits for is small.
func TestSizes(t *testing.T) {
	zipped := map[string]int{}
	for name, text := range site.files {
		z, err := zip(text)
		if err != nil {
			t.Fatal(err)
		}
		zipped[name] = len(z)
	}
	largest, most := 0, 0
	for _, name := range slices.Sorted(maps.Keys(site.files)) {
		if path.Ext(name) != ".html" {
			continue
		}
		if isListing(name) {
			largest = max(largest, zipped[name])
			if zipped[name] > mostListing {
				t.Errorf("%s: %d bytes of HTML", name, zipped[name])
			}
		}
		styles, scripts := 0, 0
		for _, asset := range assets(t, name) {
			switch path.Ext(asset) {
			case ".css":
				styles += zipped[asset]
			case ".js":
				scripts += zipped[asset]
			}
		}
		most = max(most, styles)
		limit := mostStyles
		if slices.ContainsFunc(assets(t, name), func(asset string) bool { return strings.Contains(asset, "assets/more-") }) {
			limit += mostMore
		}
		if styles > limit {
			t.Errorf("%s: %d bytes of styles", name, styles)
		}
		if scripts > mostScripts {
			t.Errorf("%s: %d bytes of scripts", name, scripts)
		}
	}
	if largest == 0 || most == 0 {
		t.Error("there are no listings, or no style sheets")
	}
	t.Logf("the largest listing: %d bytes of HTML; most styles: %d bytes", largest, most)
}

// isListing says whether a page is a listing's.
func isListing(name string) bool {
	ok, _ := path.Match("opportunities/*/*/index.html", strings.TrimPrefix(name, "ar/"))
	return ok
}

// assets are the paths of the style sheets and scripts of a page.
func assets(t *testing.T, name string) []string {
	t.Helper()
	doc, err := html.Parse(bytes.NewReader(site.files[name]))
	if err != nil {
		t.Fatal(err)
	}
	var all []string
	for n := range doc.Descendants() {
		at := map[string]string{}
		for _, a := range n.Attr {
			at[a.Key] = a.Val
		}
		link := ""
		switch {
		case n.Data == "script":
			link = at["src"]
		case n.Data == "link" && (at["rel"] == "stylesheet" || at["rel"] == "modulepreload"):
			link = at["href"]
		}
		if link == "" {
			continue
		}
		file, ok := site.file(link)
		if !ok {
			t.Errorf("%s: there is no %s", name, link)
		}
		if !slices.Contains(all, file) {
			all = append(all, file)
		}
	}
	return all
}
