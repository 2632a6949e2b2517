package main

import (
	"context"
	"testing"

	"github.com/chromedp/chromedp"
)

// later is a month after the sample was built, in another zone than its own.
const later = "2026-12-22T09:00:00Z"

// monthLater is a tab that shows a page a month after it was built.
func monthLater(t *testing.T, path string) context.Context {
	t.Helper()
	tab := newTab(t)
	do(t, tab, clock(later), at(look{width: telephone}), chromedp.Navigate(site.root+path))
	return tab
}

// A month later pages say what has ended and what is closed, in the language of
// the page.
func TestTruthOfListings(t *testing.T) {
	for path, want := range map[string]string{
		"opportunities/city-learning-office/lessons-outside/":        "is-past: This ended on Tuesday 15 December 2026.",
		"ar/opportunities/city-learning-office/lessons-outside/":     "is-past: انتهت هذه الفرصة في الثلاثاء، 15 ديسمبر 2026.",
		"opportunities/palm-court-library/picture-book-evening/":     "is-past: This has been cancelled.",
		"opportunities/lantern-observatory/telescope-night-crew/":    "is-closed: Registration closed on Tuesday 1 December 2026.",
		"ar/opportunities/lantern-observatory/telescope-night-crew/": "is-closed: أُغلق باب التسجيل في الثلاثاء، 1 ديسمبر 2026.",
		"opportunities/ghaf-makers/robots-after-school/":             ": This is full.",
		"opportunities/tarfa-engineering/design-studio-internship/":  ": ",
		"opportunities/palm-court-library/ramadan-nights/":           ": Registration opens on Sunday 24 January 2027.",
		"opportunities/samra-college/maths-circle/":                  ": ",
		"opportunities/majlis-debate/schools-debate-cup/":            ": ",
		"opportunities/samra-college/ask-a-polar-scientist/":         ": ",
		"opportunities/dhow-house/boatbuilders-camp/":                "is-closed: Registration closed on Thursday 17 December 2026.",
		"opportunities/palm-court-library/make-a-zine/":              "is-past: This ended on Saturday 31 October 2026.",
	} {
		t.Run(path, func(t *testing.T) {
			t.Parallel()
			shows(t, monthLater(t, path), `[["is-past", "is-closed"].filter((c) => document.querySelector("article").classList.contains(c)).join(), document.querySelector("article > .band .state")?.textContent ?? ""].join(": ")`, want)
		})
	}
}

// What is coming no longer shows what has been, and cards say what comes next.
func TestTruthOfLists(t *testing.T) {
	for _, path := range []string{"", "ar/", "opportunities/", "subjects/sciences/"} {
		t.Run(path, func(t *testing.T) {
			t.Parallel()
			tab := monthLater(t, path)
			shows(t, tab, `[...document.querySelectorAll("[data-coming] [data-listing]")].filter((c) => c.checkVisibility() && (c.dataset.until ?? "9") < "2026-12-22").length`, 0)
			shows(t, tab, `[...document.querySelectorAll("[data-coming] [data-listing]")].some((c) => c.checkVisibility())`, true)
		})
	}
	tab := monthLater(t, "opportunities/")
	shows(t, tab, `document.querySelector('.card:has(a[href$="/lessons-outside/"])').checkVisibility()`, false)
	shows(t, tab, `document.querySelector('.card:has(a[href$="/junior-astronomers/"]) .when').textContent`, "Tuesday 22 December 2026, 16:30–18:30")
	shows(t, tab, `document.querySelector('.card:has(a[href$="/telescope-night-crew/"]) .state').textContent`, "Registration closed on Tuesday 1 December 2026.")
}

// A listing's page that prints several dates leaves them as they are.
func TestTruthOfSeveralDates(t *testing.T) {
	tab := newTab(t)
	const printed = `[...document.querySelectorAll("article .when dd")].map((d) => d.textContent)`
	do(t, tab, scripts(false), chromedp.Navigate(site.root+nightSky))
	want := evaluate[[]string](t, tab, printed)
	shows(t, monthLater(t, nightSky), printed, want)
}

// Where a listing repeats, its page says first when it is next.
func TestTruthOfNextDate(t *testing.T) {
	for path, want := range map[string]string{
		"opportunities/lantern-observatory/junior-astronomers/":    "Tuesday 22 December 2026, 16:30–18:30",
		"ar/opportunities/lantern-observatory/junior-astronomers/": "الثلاثاء، 22 ديسمبر 2026، 4:30–6:30 م",
	} {
		t.Run(path, func(t *testing.T) {
			shows(t, monthLater(t, path), `document.querySelector("article .when dd").textContent`, want)
		})
	}
}
