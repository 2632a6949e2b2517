package main

import (
	"context"
	"encoding/json"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// stops is how often somebody presses the tab key before giving up.
const stops = 200

// reach presses the tab key until the focus is on what a selector selects.
func reach(t *testing.T, tab context.Context, selector string) {
	t.Helper()
	quoted, err := json.Marshal(selector)
	if err != nil {
		t.Fatal(err)
	}
	for range stops {
		do(t, tab, chromedp.KeyEvent(kb.Tab))
		if evaluate[bool](t, tab, `document.activeElement.matches(`+string(quoted)+`)`) {
			return
		}
	}
	t.Fatalf("the tab key does not reach %s", selector)
}

// follow presses Enter on what has the focus, and waits for the page that it
// leads to.
func follow(t *testing.T, tab context.Context) {
	t.Helper()
	if _, err := chromedp.Run(tab, chromedp.WaitEvent(page.LoadEventFired, nil, chromedp.KeyEvent(kb.Enter))); err != nil {
		t.Fatal(err)
	}
}

// arrived says whether a tab shows the page at an address, with a heading.
func arrived(t *testing.T, tab context.Context, address string, l language) {
	t.Helper()
	type place struct{ Address, Heading, Lang string }
	got := evaluate[place](t, tab, `({Address: location.href, Heading: document.querySelector("main h1")?.textContent ?? "", Lang: document.documentElement.lang})`)
	if got.Address != address || got.Heading == "" || got.Lang != l.code {
		t.Fatalf("arrived at %+v, not at %s in %s", got, address, l.code)
	}
}

// Somebody without a mouse and without scripts goes from the home page to a
// listing and changes the language there.
func TestWalkByKeyboardWithoutScripts(t *testing.T) {
	for i, l := range languages {
		t.Run(l.code, func(t *testing.T) {
			t.Parallel()
			tab := newTab(t)
			home, other := kinds[0], languages[1-i]
			do(t, tab, scripts(false), at(look{width: desk}), chromedp.Navigate(site.url(home, l)))

			reach(t, tab, `main a[href*="/opportunities/"]:not([href$="/opportunities/"])`)
			listing := evaluate[string](t, tab, `document.activeElement.href`)
			follow(t, tab)
			arrived(t, tab, listing, l)

			reach(t, tab, `a[hreflang="`+other.code+`"]`)
			translated := evaluate[string](t, tab, `document.activeElement.href`)
			if path, ok := site.file(translated); !ok {
				t.Fatalf("the language switch leads to %s", path)
			}
			follow(t, tab)
			arrived(t, tab, translated, other)
		})
	}
}

// The first stop of the tab key leads past the menu.
func TestSkipLink(t *testing.T) {
	tab := newTab(t)
	do(t, tab, scripts(false), at(look{width: desk}), chromedp.Navigate(site.url(kinds[0], languages[0])), chromedp.KeyEvent(kb.Tab))
	if target := evaluate[string](t, tab, `document.activeElement.getAttribute("href") ?? ""`); target != "#content" {
		t.Fatalf("the first stop leads to %q, not past the menu to #content", target)
	}
	do(t, tab, chromedp.KeyEvent(kb.Enter), chromedp.KeyEvent(kb.Tab))
	if !evaluate[bool](t, tab, `document.activeElement.matches("main *")`) {
		t.Errorf("the next stop is %s", evaluate[string](t, tab, `document.activeElement.outerHTML`))
	}
}

// Without scripts, what only a script can do is not offered.
func TestNothingIdleWithoutScripts(t *testing.T) {
	tab := newTab(t)
	for _, k := range kinds {
		do(t, tab, scripts(false), at(look{width: telephone}), chromedp.Navigate(site.url(k, languages[0])))
		for _, button := range evaluate[[]string](t, tab, `[...document.querySelectorAll("button:not(form button), [data-save], [data-copy], [data-share], [data-print]")].filter((e) => e.checkVisibility()).map((e) => e.outerHTML)`) {
			t.Errorf("%s: %s does nothing", k.name, button)
		}
	}
}

// Without scripts the menus lead on: the calendar to a day's listings, a
// listing to its provider and that to its feeds, and My list says why it is
// empty.
func TestWalksWithoutScripts(t *testing.T) {
	const listing = `main a[href*="/opportunities/"]:not([href$="/opportunities/"])`
	for _, l := range languages {
		t.Run(l.code, func(t *testing.T) {
			t.Parallel()
			tab := newTab(t)
			for _, stops := range [][]string{
				{`.menu a[href$="/calendar/"]`, `.calendar td a`, `.agenda a`},
				{`.menu a[href$="/calendar/"]`, `.months a[href$="/2026-12/"]`, listing},
				{`.menu a[href$="/providers/"]`, `main a[href$="/lantern-observatory/"]`, listing, `.kind a[href*="/providers/"]`},
				{`footer a[href$="/past/"]`, `main a[href$="/2026/"]`, listing},
				{`.mine`, `main a[href$="/opportunities/"]`, listing},
			} {
				do(t, tab, scripts(false), at(look{width: desk}), chromedp.Navigate(site.root+l.prefix))
				for _, stop := range stops {
					reach(t, tab, stop)
					to := evaluate[string](t, tab, `document.activeElement.href`)
					if strings.Contains(to, "#") {
						do(t, tab, chromedp.KeyEvent(kb.Enter))
					} else {
						follow(t, tab)
					}
					arrived(t, tab, to, l)
				}
			}
			do(t, tab, chromedp.Navigate(site.root+l.prefix+"saved/"))
			reason := map[string]string{"en": "This page needs JavaScript, because your list is kept in your own browser.", "ar": "تحتاج هذه الصفحة إلى JavaScript لأن قائمتك محفوظة في متصفحك أنت."}
			shows(t, tab, `document.querySelector("noscript p").textContent`, reason[l.code])
			do(t, tab, chromedp.Navigate(site.root+l.prefix+"providers/lantern-observatory/"))
			for _, link := range evaluate[[]string](t, tab, `[...document.querySelectorAll(".feeds a")].map((a) => a.href)`) {
				if path, ok := site.file(link); !ok {
					t.Errorf("there is no feed %s", path)
				}
			}
			shows(t, tab, `document.querySelectorAll(".feeds a").length > 3`, true)
		})
	}
}
