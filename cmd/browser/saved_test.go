package main

import (
	"context"
	"testing"

	"github.com/chromedp/chromedp"
)

// stubs stand for the device: what is copied and what is saved as a file is
// kept in the page, and there is no sheet to share by.
const stubs = `delete Navigator.prototype.share;
window.copied = []; Object.defineProperty(navigator, "clipboard", { value: { writeText: async (text) => { copied.push(text); } } });
const make = URL.createObjectURL; URL.createObjectURL = (blob) => { window.file = blob; return make(blob); };
HTMLAnchorElement.prototype.click = function () { window.offered = this.download; };`

// titles are those of the list, savedParts what one can do with it.
const (
	savedTitles = `[...document.querySelectorAll("[data-saved-list] h3")].map((h) => h.textContent)`
	savedWhen   = `[...document.querySelectorAll("[data-saved-list] .when")].map((w) => w.textContent)`
	savedParts  = `["empty", "shared", "keep", "share", "ics", "print", "clear", "undo"].filter((part) => document.querySelector("[data-saved-" + part + "]")?.checkVisibility())`
	savedCount  = `(([c]) => [c.checkVisibility(), c.textContent])(document.querySelectorAll("[data-saved-count]"))`
)

// saver is a tab in which two listings have been saved on their pages.
func saver(t *testing.T) context.Context {
	t.Helper()
	tab := newTab(t)
	do(t, tab, before(stubs), at(look{width: telephone}))
	for i, path := range []string{nightSky, polar} {
		do(t, tab, chromedp.Navigate(site.root+path))
		press(t, tab, "article [data-save]")
		shows(t, tab, `document.querySelector("article [data-save]").ariaPressed`, "true")
		shows(t, tab, savedCount, []any{true, string(rune('1' + i))})
	}
	return tab
}

// My list keeps what is saved, in both languages, shares and exports it, and
// gives back what was cleared.
func TestSaved(t *testing.T) {
	english, inArabic := []string{"A night under the desert sky", "Ask a polar scientist"}, []string{"ليلة تحت سماء البر", "اسأل عالمة القطب"}
	tab := saver(t)
	do(t, tab, chromedp.Focus(chromedp.CSS(".mine")))
	follow(t, tab)
	shows(t, tab, `location.href`, site.root+"saved/")
	shows(t, tab, savedTitles, english)
	shows(t, tab, savedWhen, []string{"Saturday 5 December 2026, 18:00–20:30", "Wednesday 27 January 2027, 10:00–11:00 · Times are local to Helsinki"})
	shows(t, tab, savedParts, []string{"share", "ics", "print", "clear"})

	press(t, tab, "[data-saved-share]")
	const link = "saved/#l=opportunities/lantern-observatory/night-sky,opportunities/samra-college/ask-a-polar-scientist"
	shows(t, tab, "copied", []string{site.root + link})
	press(t, tab, "[data-saved-ics]")
	shows(t, tab, "offered", "my-list.ics")
	checkCalendar(t, []byte(evaluate[string](t, tab, "file.text()")), map[string]int{english[0]: 4, english[1]: 1})

	do(t, tab, chromedp.Navigate(site.root+"ar/saved/"))
	shows(t, tab, savedTitles, inArabic)
	press(t, tab, "[data-saved-clear]")
	shows(t, tab, savedTitles, []string{})
	shows(t, tab, savedParts, []string{"empty", "undo"})
	shows(t, tab, savedCount, []any{false, "0"})
	press(t, tab, "[data-saved-undo]")
	shows(t, tab, savedTitles, inArabic)

	friend := newTab(t) // with another storage
	do(t, friend, at(look{width: telephone}), chromedp.Navigate(site.root+"ar/"+link))
	shows(t, friend, savedTitles, inArabic)
	shows(t, friend, savedParts, []string{"shared", "keep", "share", "ics", "print"})
	press(t, friend, "[data-saved-keep]")
	shows(t, friend, savedCount, []any{true, "2"})
	shows(t, friend, savedParts, []string{"share", "ics", "print", "clear"})
}

// My list with something on it holds what all pages hold.
func TestSavedIsAccessible(t *testing.T) {
	axe := axeSource(t)
	tab := saver(t)
	for _, l := range languages {
		do(t, tab, chromedp.Navigate(site.root+l.prefix+"saved/"))
		shows(t, tab, savedTitles+".length", 2)
		do(t, tab, chromedp.Evaluate[chromedp.Void](axe))
		for _, c := range checks {
			t.Run(l.code+"/"+c.name, func(t *testing.T) { c.run(t, tab) })
		}
	}
}
