package themes_test

import (
	"context"
	"testing"
)

// TestScripts tries the default theme's scripts in a browser, on pages by the
// contract.
func TestScripts(t *testing.T) {
	b := browser(t)
	for name, try := range map[string]func(*testing.T, context.Context){
		"truth":                 truth,
		"truth in Arabic":       truthInArabic,
		"across a clock change": acrossAClockChange,
		"the day is the zone's": theDayIsTheZones,
		"what is coming":        whatIsComing,
		"time goes on":          timeGoesOn,
		"copying":               copying,
		"sharing":               sharing,
		"messages":              chatMessages,
		"saving":                saving,
		"no storage":            noStorage,
		"my list":               myList,
		"my list in Arabic":     myListInArabic,
		"another tab":           anotherTab,
		"a shared list":         aSharedList,
		"export":                export,
		"clearing":              clearing,
	} {
		t.Run(name, func(t *testing.T) { t.Parallel(); try(t, b) })
	}
}

// states are what each listing of a page shows: its classes besides card, its
// state, when it is, and whether one can register.
const states = `[...document.querySelectorAll("main [data-listing]")].map((c) => [
	c.className, c.querySelector(".state")?.textContent ?? "", c.querySelector(".when")?.textContent ?? "",
	c.querySelector(".when time")?.getAttribute("datetime") ?? "", c.querySelector("[data-register]")?.getAttribute("href") ?? ""].join(" | "))`

func listing(attributes, when, more string) string {
	return `<article class="listing" data-listing="opportunities/a/b" ` + attributes + `><h1>Night sky</h1>` + more +
		`<p class="when">` + when + `</p><p><a data-register href="https://a.example/">Register</a></p></article>`
}

func truth(t *testing.T, b context.Context) {
	const weekly = `data-dates="2026-11-24T16:00+03:00/2026-11-24T18:00+03:00 2026-12-01T16:00+03:00/2026-12-01T18:00+03:00"`
	const tuesday = `<time datetime="2026-11-24T16:00:00+03:00">Tuesday 24 November 2026, 16:00–18:00</time>`
	x := open(t, b, map[string]string{"": page(english,
		listing(weekly+` data-until="2026-12-01"`, tuesday, "")+
			listing(`data-until="2026-11-23"`, "November", "")+
			listing(`data-until="2026-11-23" data-status="cancelled"`, "November", `<p class="state">This has been cancelled.</p>`)+
			listing(`data-until="2026-11-23" data-status="full"`, "November", `<p class="state">This is full.</p>`)+
			listing(`data-by="2026-11-30T12:00+03:00" data-status="full"`, "soon", `<p class="state">This is full.</p>`)+
			listing(`data-by="2026-11-24T12:00+03:00"`, "soon", "")+
			listing(`data-by="2026-11-23"`, "soon", "")+
			listing(`data-by="2026-11-24"`, "soon", "")+
			listing(`data-by="2026-11-25T12:00+03:00"`, "soon", "")+
			listing(`data-by="2026-12-01"`, "soon", "")+
			listing(`data-by="2026-12-02"`, "soon", "")+
			listing(`data-opens="2026-11-25" data-by="2026-11-26"`, "soon", `<p class="state">Registration opens on Wednesday 25 November 2026.</p>`)+
			listing(`data-opens="2026-11-24"`, "soon", `<p class="state">Registration opens on Tuesday 24 November 2026.</p>`)+
			listing(weekly+` data-until="2027-05-01"`, tuesday, "")+
			listing(`data-dates="2026-11-23/2026-11-23 2026-12-30/2027-01-02"`, `<time datetime="2026-11-23">23 November 2026</time>`, "")+
			listing(`data-dates="2026-11-20T09:00+03:00 2026-11-24T22:00+03:00/2026-11-25T02:00+03:00"`, `<time datetime="2026-11-20T09:00+03:00">printed</time>`, "")+
			listing(`data-dates="2026-11-20T09:00+03:00/2026-11-20T10:00+03:00" data-until="2027-01-09"`, `<time datetime="2026-11-20T09:00+03:00">printed</time>`, "")+
			listing(weekly, `<time datetime="2026-09-01">every Tuesday</time>`, ""))},
		visitor{now: "2026-11-24T18:30:00+03:00", zone: "America/Los_Angeles"})
	x.visit("")
	const open = " | https://a.example/"
	x.shows(states, []string{
		"listing |  | Tuesday 1 December 2026, 16:00–18:00 | 2026-12-01T16:00+03:00" + open,
		"listing is-past | This ended on Monday 23 November 2026. | November |  | ",
		"listing is-past | This has been cancelled. | November |  | ",
		"listing is-past | This ended on Monday 23 November 2026. | November |  | ",
		"listing | This is full. | soon | " + open,
		"listing is-closed | Registration closed on Tuesday 24 November 2026. | soon |  | ",
		"listing is-closed | Registration closed on Monday 23 November 2026. | soon |  | ",
		"listing is-closing | Closing soon: register by today. | soon | " + open,
		"listing is-closing | Closing soon: register by tomorrow, 12:00. | soon | " + open,
		"listing is-closing | Closing soon: register by Tuesday 1 December 2026. | soon | " + open,
		"listing |  | soon | " + open,
		"listing | Registration opens on Wednesday 25 November 2026. | soon | " + open,
		"listing |  | soon | " + open,
		"listing |  | Tuesday 1 December 2026, 16:00–18:00 | 2026-12-01T16:00+03:00" + open,
		"listing |  | 30 December 2026 – 2 January 2027 | 2026-12-30" + open,
		"listing |  | from Tuesday 24 November 2026, 22:00 to Wednesday 25 November 2026, 02:00 | 2026-11-24T22:00+03:00" + open,
		"listing |  | until 9 January 2027 | 2027-01-09" + open,
		"listing |  | every Tuesday | 2026-09-01" + open,
	})
}

// The words and dates are those that locale_test.go wants of the build.
func truthInArabic(t *testing.T, b context.Context) {
	const printed = `<time datetime="2026-11-20T09:00+03:00">…</time>`
	body := listing(`data-until="2026-11-23"`, "", "") +
		listing(`data-by="2026-11-25T12:00+03:00"`, "", "") +
		listing(`data-dates="2026-11-20T09:00+03:00 2026-12-05T18:00+03:00/2026-12-05T20:00+03:00"`, printed, "") +
		listing(`data-dates="2026-11-20T09:00+03:00 2026-12-05T11:00+03:00/2026-12-05T13:00+03:00"`, printed, "") +
		listing(`data-dates="2026-11-20T09:00+03:00 2026-12-05/2026-12-07"`, printed, "")
	x := open(t, b, map[string]string{"": page(arabic, body), "latn": page(`lang="ar" dir="rtl" data-zone="Asia/Qatar" data-numerals="latn"`, body)},
		visitor{now: "2026-11-24T18:30:00+03:00", zone: "Asia/Tokyo"})
	const both = `[...document.querySelectorAll("main [data-listing]")].map((c) => c.querySelector(".state")?.textContent ?? c.querySelector(".when").textContent)`
	x.visit("")
	x.shows(both, []string{
		"انتهت هذه الفرصة في الاثنين، ٢٣ نوفمبر ٢٠٢٦.",
		"يُغلق باب التسجيل قريبًا. آخر موعد: غدًا، ١٢:٠٠ م.",
		"السبت، ٥ ديسمبر ٢٠٢٦، ٦:٠٠–٨:٠٠ م",
		"السبت، ٥ ديسمبر ٢٠٢٦، ١١:٠٠ ص – ١:٠٠ م",
		"٥–٧ ديسمبر ٢٠٢٦",
	})
	x.visit("latn")
	x.shows(both, []string{
		"انتهت هذه الفرصة في الاثنين، 23 نوفمبر 2026.",
		"يُغلق باب التسجيل قريبًا. آخر موعد: غدًا، 12:00 م.",
		"السبت، 5 ديسمبر 2026، 6:00–8:00 م",
		"السبت، 5 ديسمبر 2026، 11:00 ص – 1:00 م",
		"5–7 ديسمبر 2026",
	})
}

// Clocks in Chicago go back on 1 November 2026: the same time of day, another
// offset.
func acrossAClockChange(t *testing.T, b context.Context) {
	body := `<article class="listing" data-listing="opportunities/a/b" data-dates="2026-10-31T16:00-05:00/2026-10-31T18:00-05:00 2026-11-07T16:00-06:00/2026-11-07T18:00-06:00"><h1>A</h1><p class="when"><time datetime="2026-10-31T16:00:00-05:00">Saturday 31 October 2026, 16:00–18:00</time></p></article>`
	const chicago = `lang="en" data-zone="America/Chicago" data-numerals=""`
	x := open(t, b, map[string]string{"": page(chicago, body)}, visitor{now: "2026-10-31T22:59:00Z", zone: "Asia/Tokyo"})
	x.visit("")
	x.shows(states, []string{"listing |  | Saturday 31 October 2026, 16:00–18:00 | 2026-10-31T16:00:00-05:00 | "})
	eval[any](x, `window.now += 60000; dispatchEvent(new PageTransitionEvent("pageshow"))`)
	x.shows(states, []string{"listing |  | Saturday 7 November 2026, 16:00–18:00 | 2026-11-07T16:00-06:00 | "})
}

// At 23:30 in Qatar the day is not over, although it is in Tokyo.
func theDayIsTheZones(t *testing.T, b context.Context) {
	x := open(t, b, map[string]string{"": page(english, listing(`data-until="2026-11-24"`, "", ""))},
		visitor{now: "2026-11-24T23:30:00+03:00", zone: "Asia/Tokyo"})
	x.visit("")
	x.shows(states, []string{"listing |  |  |  | https://a.example/"})
	eval[any](x, `window.now += 30 * 60000; dispatchEvent(new PageTransitionEvent("pageshow"))`)
	x.shows(states, []string{"listing is-past | This ended on Tuesday 24 November 2026. |  |  | "})
}

func whatIsComing(t *testing.T, b context.Context) {
	x := open(t, b, map[string]string{"": page(english,
		`<section data-coming><ul><li data-listing="opportunities/a/b" data-until="2026-11-23"><h3>A</h3></li><li data-listing="opportunities/a/c" data-until="2026-11-24"><h3>B</h3></li></ul><p data-empty hidden>None.</p></section>
<section data-coming><ul><li data-listing="opportunities/a/b" data-until="2026-11-23"><h3>A</h3></li></ul><p data-empty hidden>None.</p></section>
<ul><li data-listing="opportunities/a/b" data-until="2026-11-23"><h3>A</h3></li></ul>`)},
		visitor{now: "2026-11-24T12:00:00+03:00"})
	x.visit("")
	x.shows(`[...document.querySelectorAll("li, [data-empty]")].map((e) => !e.hidden)`, []bool{false, true, false, false, true, true})
}

// Each minute, while somebody looks, a page is decided anew.
func timeGoesOn(t *testing.T, b context.Context) {
	x := open(t, b, map[string]string{"": page(english, listing(`data-by="2026-11-24T12:00+03:00"`, "", ""))}, visitor{
		now:    "2026-11-24T11:59:30+03:00",
		before: `window.every = {}; window.setInterval = (f, ms) => { every[ms] = f; };`,
	})
	x.visit("")
	x.shows(states, []string{"listing is-closing | Closing soon: register by today, 12:00. |  |  | https://a.example/"})
	eval[any](x, `window.now += 60000; every[60000]()`)
	x.shows(states, []string{"listing is-closed | Registration closed on Tuesday 24 November 2026. |  |  | "})
	x.shows(`document.querySelector("[data-register]").getAttribute("aria-disabled")`, "true")
}

func copying(t *testing.T, b context.Context) {
	body := page(english, `<button type="button" hidden data-copy="url">Copy the link</button><button type="button" hidden data-copy="https://a.example/feed.xml">Copy</button><p data-live role="status"></p>`)
	const clipboard = `window.copied = []; Object.defineProperty(navigator, "clipboard", { value: { writeText: async (s) => { if (window.refuse) throw new Error("no"); copied.push(s); } } });`
	x := open(t, b, map[string]string{"list/": body}, visitor{now: "2026-11-24T12:00:00+03:00", before: clipboard})
	x.visit("list/?age=7#top")
	x.press(`[data-copy="url"]`)
	x.hears("Copied.")
	x.shows(`document.querySelector("[data-copy]").dataset.done`, "Copied.")
	x.press(`[data-copy^="https"]`)
	x.shows("copied", []string{x.site + "list/?age=7", "https://a.example/feed.xml"})
	eval[any](x, `window.refuse = true; document.execCommand = () => false; 1`)
	x.press(`[data-copy^="https"]`)
	x.hears("The browser did not allow copying. Here is the text: https://a.example/feed.xml")
}

func sharing(t *testing.T, b context.Context) {
	body := page(english, `<button type="button" hidden data-share>Share</button><button type="button" hidden data-share="A message">Share</button><button type="button" hidden data-print>Print</button>`)
	const sheet = `window.sheet = []; Object.defineProperty(navigator, "share", { value: async (s) => { sheet.push(s); throw Object.assign(new Error(), { name: window.fail }); } }); window.print = () => sheet.push("printed");`
	x := open(t, b, map[string]string{"": body}, visitor{now: "2026-11-24T12:00:00+03:00", before: sheet + `window.fail = "AbortError";`})
	x.visit("")
	x.press("[data-share]")
	x.press("[data-share^=A]")
	x.press("[data-print]")
	x.shows("sheet", []any{map[string]string{"title": "Learning in Doha", "text": "", "url": x.site}, map[string]string{"title": "Learning in Doha", "text": "A message"}, "printed"})
	x.shows(`document.querySelector("[data-live]")`, nil)
	eval[any](x, `window.fail = "NotAllowedError"; 1`)
	x.press("[data-share]")
	x.hears("The device could not share this. Copy the link instead.")
}
