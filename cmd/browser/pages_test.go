package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// check is what every kind of page must hold, in both languages. A new one is
// a new line of checks and a script in testdata/checks.
type check struct {
	name string
	look look
	// script is a file of testdata/checks: an expression, or a promise of one,
	// whose value is a list of complaints.
	script string
	// key is pressed before: after a key, focus is visible.
	key string
	// framed is what is asked only of pages that have a frame.
	framed bool
}

var (
	still     = map[string]string{"prefers-reduced-motion": "reduce"}
	light     = map[string]string{"prefers-reduced-motion": "reduce", "prefers-color-scheme": "light"}
	dark      = map[string]string{"prefers-reduced-motion": "reduce", "prefers-color-scheme": "dark"}
	forced    = map[string]string{"prefers-reduced-motion": "reduce", "forced-colors": "active"}
	telephone = int64(360)
	desk      = int64(1280)
)

var checks = []check{
	{name: "outline", look: look{width: desk}, script: "outline.js", framed: true},
	{name: "narrow", look: look{width: 320}, script: "narrow.js"},
	{name: "narrow-on-telephone", look: look{width: telephone}, script: "narrow.js"},
	{name: "narrow-at-desk", look: look{width: desk}, script: "narrow.js"},
	{name: "targets", look: look{width: telephone}, script: "targets.js"},
	{name: "targets-at-desk", look: look{width: desk}, script: "targets.js"},
	{name: "still", look: look{width: desk, media: still}, script: "still.js"},
	{name: "focus-light", look: look{width: desk, media: light}, script: "focus.js", key: kb.Tab, framed: true},
	{name: "focus-dark", look: look{width: telephone, media: dark}, script: "focus.js", key: kb.Tab, framed: true},
	{name: "axe-light", look: look{width: telephone, media: light}, script: "axe.js"},
	{name: "axe-light-at-desk", look: look{width: desk, media: light}, script: "axe.js"},
	{name: "axe-dark", look: look{width: telephone, media: dark}, script: "colours.js"},
	{name: "axe-dark-at-desk", look: look{width: desk, media: dark}, script: "colours.js"},
	{name: "axe-forced-colours", look: look{width: desk, media: forced}, script: "contrast.js"},
}

func TestPages(t *testing.T) {
	axe := axeSource(t)
	for _, k := range kinds {
		for _, l := range languages {
			t.Run(k.name+"/"+l.code, func(t *testing.T) {
				t.Parallel()
				tab := newTab(t)
				t.Run("load", func(t *testing.T) { checkLoad(t, tab, k, l) })
				t.Run("links", func(t *testing.T) { checkLinks(t, tab, k) })
				do(t, tab, chromedp.Evaluate[chromedp.Void](axe))
				for _, c := range checks {
					if c.framed && k.bare {
						continue
					}
					t.Run(c.name, func(t *testing.T) { c.run(t, tab) })
				}
			})
		}
	}
}

// few are as many complaints as are read: most are of one kind.
const few = 5

func (c check) run(t *testing.T, tab context.Context) {
	t.Helper()
	script, err := os.ReadFile(filepath.Join("testdata", "checks", c.script))
	if err != nil {
		t.Fatal(err)
	}
	do(t, tab, at(c.look))
	if c.key != "" {
		do(t, tab, chromedp.KeyEvent(c.key))
	}
	complaints := evaluate[[]string](t, tab, string(script))
	if n := len(complaints) - few; n > 0 {
		complaints = append(complaints[:few], fmt.Sprintf("and %d more", n))
	}
	for _, complaint := range complaints {
		t.Error(complaint)
	}
}

// axeSource is axe-core, mended: it takes shaped Arabic for icons drawn as
// ligatures, and would not look at its contrast.
func axeSource(t *testing.T) string {
	t.Helper()
	if browser == nil {
		lack(t, why)
	}
	text, err := os.ReadFile(module(t, "axe-core", "axe.js"))
	if err != nil {
		t.Fatal(err)
	}
	const excuse = " && !_isIconLigature(vChild)"
	if n := strings.Count(string(text), excuse); n != 1 {
		t.Fatalf("axe-core has %d times %q, not once: Arabic would not be looked at", n, excuse)
	}
	return strings.Replace(string(text), excuse, "", 1) + ";undefined"
}

// checkLinks looks for what the links of a page, as the browser has it, lead
// to on this site.
func checkLinks(t *testing.T, tab context.Context, k kind) {
	for _, link := range evaluate[[]string](t, tab, `[...new Set([...document.querySelectorAll("a[href], area[href]")].map((a) => a.href))]`) {
		if !strings.HasPrefix(link, site.root) {
			continue
		}
		if path, ok := site.file(link); !ok && k.status == 0 {
			t.Errorf("a link leads to %s, and there is no %s", link, path)
		}
	}
	const figures = `[...document.querySelectorAll('use[href^="#"]')].map((u) => u.getAttribute("href")).filter((to) => !document.querySelector("symbol" + to))`
	for _, figure := range evaluate[[]string](t, tab, figures) {
		t.Errorf("there is no figure %s on the page", figure)
	}
}
