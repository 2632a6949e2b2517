package main

import (
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// menus are those of a listing: into calendars, and to other people.
var menus = []string{"details.pop:first-of-type summary", "details.pop:last-of-type summary"}

// openMenus are those that are open, by what they are called.
const openMenus = `[...document.querySelectorAll("details.pop[open] summary")].map((s) => s.textContent)`

// Menus open by the keyboard with and without scripts, within the narrowest
// window; with scripts they close as people expect of a menu.
func TestMenus(t *testing.T) {
	for _, l := range languages {
		t.Run(l.code, func(t *testing.T) {
			t.Parallel()
			tab := newTab(t)
			address := site.root + l.prefix + nightSky
			do(t, tab, scripts(false), at(look{width: 320}), chromedp.Navigate(address))
			names := evaluate[[]string](t, tab, `[...document.querySelectorAll("details.pop summary")].map((s) => s.textContent)`)
			if len(names) != len(menus) {
				t.Fatalf("a listing has the menus %q", names)
			}
			for i, menu := range menus {
				reach(t, tab, menu)
				do(t, tab, chromedp.KeyEvent(kb.Enter))
				shows(t, tab, openMenus, names[i:i+1])
				shows(t, tab, `[...document.querySelectorAll("details.pop[open] > ul")].every((m) => { const b = m.getBoundingClientRect(); return b.left >= 0 && b.right <= innerWidth; })`, true)
				reach(t, tab, "details.pop[open] li a")
				do(t, tab, chromedp.Focus(chromedp.CSS(menu)), chromedp.KeyEvent(kb.Enter))
				shows(t, tab, openMenus, []string{})
			}

			do(t, tab, scripts(true), chromedp.Navigate(address))
			do(t, tab, chromedp.Evaluate[chromedp.Void](idle, chromedp.EvalAwaitPromise))
			press(t, tab, menus[0])
			reach(t, tab, "details.pop li a")
			do(t, tab, chromedp.KeyEvent(kb.Escape))
			shows(t, tab, openMenus, []string{})
			shows(t, tab, `document.activeElement.textContent`, names[0])
			press(t, tab, menus[0])
			press(t, tab, menus[1])
			shows(t, tab, openMenus, names[1:])
			do(t, tab, chromedp.Click(chromedp.CSS("h1")))
			shows(t, tab, openMenus, []string{})
		})
	}
}
