package main

import (
	"testing"

	"github.com/chromedp/chromedp"
)

// What was opened opens again when the site can't be reached, and what was not
// says so; who turns that off keeps nothing.
func TestOffline(t *testing.T) {
	tab := newTab(t)
	away, err := serve(t.Context(), "../../content", "", "/doha/")
	if err != nil {
		t.Fatal(err)
	}
	defer away.close()
	const ruled = `navigator.serviceWorker.ready.then(() => Boolean(navigator.serviceWorker.controller))`
	const caches = `(async () => { let n = 0; for (const name of await caches.keys()) n += (await (await caches.open(name)).keys()).length; return n > 0; })()`
	arabicPage := away.root + "ar/" + nightSky
	do(t, tab, at(look{width: telephone}), chromedp.Navigate(away.root))
	shows(t, tab, ruled, true)
	do(t, tab, chromedp.Navigate(arabicPage))
	shows(t, tab, ruled, true)
	shows(t, tab, `caches.match(location.href).then((page) => Boolean(page))`, true)

	away.close()
	do(t, tab, chromedp.Navigate(away.root+polar))
	shows(t, tab, `document.querySelector("h1").textContent`, "You are offline")
	shows(t, tab, `[...document.querySelectorAll("[data-kept] a")].map((a) => a.href).sort()`, []string{away.root, arabicPage})
	do(t, tab, chromedp.Navigate(arabicPage))
	shows(t, tab, `[document.querySelector("h1").textContent, document.documentElement.dir]`, []string{"ليلة تحت سماء البر", "rtl"})
	shows(t, tab, `getComputedStyle(document.querySelector(".ticket")).display`, "block")
	shows(t, tab, `document.querySelector("[data-offline-note]").textContent.includes("هذه نسخة حُفظت")`, true)

	press(t, tab, "[data-offline-toggle]")
	shows(t, tab, `document.querySelector("[data-offline-toggle]").ariaPressed`, "false")
	shows(t, tab, `navigator.serviceWorker.getRegistrations().then((all) => all.length)`, 0)
	shows(t, tab, caches, false)
}
