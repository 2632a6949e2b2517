package main

import (
	"context"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
)

// The language switch leads from each kind of page to the same page in the
// other language, and back. What is not there leads to the home page.
func TestLanguageSwitch(t *testing.T) {
	tab := newTab(t)
	do(t, tab, scripts(false), at(look{width: telephone}))
	for _, k := range kinds {
		if k.bare || k.arabic != "" {
			continue // it stands in one language
		}
		t.Run(k.name, func(t *testing.T) {
			if k.status != 0 {
				k.path = "no-such-page/"
			}
			do(t, tab, chromedp.Navigate(site.url(k, english)))
			if i := strings.IndexAny(k.path, "?#"); i >= 0 {
				k.path = k.path[:i] // the words of a search are of one language
			}
			if k.status != 0 {
				k.path = ""
			}
			for _, l := range []language{arabic, english} {
				do(t, tab, chromedp.Focus(chromedp.CSS(`.languages a[hreflang="`+l.code+`"]`)))
				follow(t, tab)
				checkPlace(t, tab, k, l)
			}
		})
	}
}

// checkPlace says whether a tab shows a kind's page in a language.
func checkPlace(t *testing.T, tab context.Context, k kind, l language) {
	t.Helper()
	shows(t, tab, `[location.href, document.documentElement.lang, document.documentElement.dir, getComputedStyle(document.body).direction]`,
		[]string{site.url(k, l), l.code, l.dir, l.dir})
}

// Who likes it dark gets other colours, ink lighter than paper, everywhere.
func TestDarkMode(t *testing.T) {
	const colours = `["body", ".head", ".card", ".ticket", ".foot"].map((part) => {
	const style = getComputedStyle(document.querySelector(part));
	const sum = (colour) => colour.match(/[\d.]+/g).slice(0, 3).reduce((n, part) => n + Number(part), 0);
	return sum(style.color) > sum(style.backgroundColor);
})`
	tab := newTab(t)
	for _, l := range languages {
		for _, scheme := range []map[string]string{light, dark} {
			do(t, tab, at(look{width: desk, media: scheme}), chromedp.Navigate(site.root+l.prefix+nightSky))
			is := scheme["prefers-color-scheme"] == "dark"
			shows(t, tab, colours, []bool{is, is, is, is, is})
			shows(t, tab, `getComputedStyle(document.documentElement).colorScheme`, "light dark")
		}
	}
}
