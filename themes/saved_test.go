package themes_test

import (
	"context"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/emersion/go-ical"
	"github.com/google/go-cmp/cmp"
)

var noon = visitor{now: "2026-11-24T12:00:00+03:00", before: `window.print = () => {};`}

const (
	nightSky = `data-dates="2026-12-05T18:00+03:00/2026-12-05T20:00+03:00" data-until="2026-12-05"`
	ownPath  = `data-listing="opportunities/museum/night-sky" ` // on pages; of cards it is where they lead to
	facts    = `<p class="when"><time datetime="2026-12-05T18:00:00+03:00">Saturday 5 December 2026, 18:00–20:00</time></p><p class="where">National Museum</p>`
	button   = `<button type="button" data-save hidden></button>`

	// savedPage is what My list needs of its page.
	savedPage = `<h1>My list</h1><p data-saved-empty hidden>Nothing yet.</p>
<p data-saved-shared hidden>Somebody shared this with you. <button type="button" data-saved-keep hidden>Keep these</button></p>
<div data-saved-actions hidden><button type="button" data-saved-print hidden>Print</button><button type="button" data-saved-share hidden>Share</button><button type="button" data-saved-ics hidden>Calendar</button><button type="button" data-saved-clear hidden>Clear</button></div>
<ul data-saved-list></ul><p data-live role="status"></p>
<template data-card><li class="card"><h3><a></a></h3><p class="when"><time></time></p><p class="where"></p><button type="button" data-save hidden></button></li></template>`
)

// museum is a site with two listings, in two languages, and their calendars.
func museum() map[string]string {
	card := `<ul><li class="card" data-listing ` + nightSky + `><h3><a href="/base/opportunities/museum/night-sky/">Night sky</a></h3>` + facts + button + `</li></ul>`
	arabicFacts := `<p class="when"><time datetime="2026-12-05T18:00:00+03:00">السبت، ٥ ديسمبر ٢٠٢٦، ٦:٠٠–٨:٠٠ م</time></p><p class="where">المتحف الوطني</p>`
	return map[string]string{
		"":                                   page(english, card),
		"ar/":                                page(arabic, strings.NewReplacer("/base/", "/base/ar/", "Night sky", "سماء الليل").Replace(card)),
		"opportunities/museum/night-sky/":    page(english, `<article class="listing" `+ownPath+nightSky+`><h1>Night sky</h1>`+facts+button+`</article>`),
		"ar/opportunities/museum/night-sky/": page(arabic, `<article class="listing" `+ownPath+nightSky+`><h1>سماء الليل</h1>`+arabicFacts+button+`</article>`),
		"opportunities/club/chess/":          page(english, `<article class="listing" data-listing="opportunities/club/chess"><h1 lang="ar">نادي الشطرنج</h1><p class="when">at any time</p><p class="where">Online</p>`+button+`</article>`),
		"saved/":                             page(english, savedPage),
		"ar/saved/":                          page(arabic, savedPage),
	}
}

// cards are what My list shows.
const cards = `[...document.querySelectorAll("[data-saved-list] > *")].map((c) => [
	c.querySelector("a").pathname, c.querySelector("a").textContent, c.querySelector("a").lang, c.querySelector(".when").textContent,
	c.querySelector(".where").textContent, c.querySelector("[data-save]").getAttribute("aria-pressed")].join(" | "))`

// parts are which parts of My list can be seen.
const parts = `["empty", "shared", "keep", "actions", "clear", "undo"].filter((p) => document.querySelector("[data-saved-" + p + "]")?.checkVisibility())`

const (
	nightSkyCard = "/base/opportunities/museum/night-sky/ | Night sky |  | Saturday 5 December 2026, 18:00–20:00 | National Museum | true"
	chessCard    = "/base/opportunities/club/chess/ | نادي الشطرنج | ar | at any time | Online | true"
)

func saving(t *testing.T, b context.Context) {
	x := open(t, b, museum(), noon)
	x.visit("")
	const shown = `(([b, c]) => [b.textContent, b.ariaPressed, b.ariaLabel, c.hidden, c.textContent])([document.querySelector("[data-save]"), document.querySelector("[data-saved-count]")])`
	x.shows(shown, []any{"Save", "false", "Save: Night sky", true, "0"})
	x.press("[data-save]")
	x.hears("Saved to My list.")
	x.shows(shown, []any{"Saved", "true", "Saved: Night sky", false, "1"})
	x.shows(`[Object.keys(localStorage), JSON.parse(localStorage["fursa:saved:/base/"])]`, []any{
		[]string{"fursa:saved:/base/"},
		[]any{map[string]any{
			"path": "opportunities/museum/night-sky",
			"data": map[string]any{"dates": "2026-12-05T18:00+03:00/2026-12-05T20:00+03:00", "until": "2026-12-05"},
			"texts": map[string]any{"en": map[string]any{
				"title": "Night sky", "url": "/base/opportunities/museum/night-sky/",
				"when": "Saturday 5 December 2026, 18:00–20:00", "where": "National Museum",
			}},
		}},
	})
	x.visit("ar/opportunities/museum/night-sky/")
	x.shows(shown, []any{"محفوظة", "true", "محفوظة: سماء الليل", false, "١"})
	x.shows(`Object.keys(JSON.parse(localStorage["fursa:saved:/base/"])[0].texts)`, []string{"en", "ar"})
	x.visit("ar/")
	x.shows(shown, []any{"محفوظة", "true", "محفوظة: سماء الليل", false, "١"})
	x.press("[data-save]")
	x.hears("أُزيلت من قائمتي.")
	x.shows(`localStorage["fursa:saved:/base/"]`, "[]")
}

// A private window may forbid storage, and a full one has no room: pages say
// so, and work.
func noStorage(t *testing.T, b context.Context) {
	for name, before := range map[string]string{
		"forbidden": `Object.defineProperty(window, "localStorage", { get() { throw new DOMException("no", "SecurityError"); } });`,
		"full":      `Storage.prototype.setItem = () => { throw new DOMException("full", "QuotaExceededError"); };`,
		"odd":       `localStorage["fursa:saved:/base/"] ??= '[null, 7, {"path": "../x", "data": {}, "texts": {}}, {"path":"opportunities/a/b"}, {"path":"opportunities/a/b","data":null,"texts":null}]'; Storage.prototype.setItem = () => { throw new DOMException(); };`,
	} {
		t.Run(name, func(t *testing.T) {
			x := open(t, b, museum(), visitor{now: noon.now, before: `if (location.protocol === "http:") {` + before + `}`})
			x.visit("")
			x.press("[data-save]")
			x.hears("This browser does not let the site keep your list: its storage is full, or this is a private window.")
			x.shows(`document.querySelector("[data-save]").ariaPressed`, "false")
			x.visit("saved/")
			x.shows(parts, []string{"empty"})
		})
	}
}

// save puts both listings of the museum on the list.
func (x *tab) save() {
	x.t.Helper()
	for i, listing := range []string{"opportunities/museum/night-sky/", "opportunities/club/chess/"} {
		x.visit(listing)
		x.press("[data-save]")
		x.shows(`JSON.parse(localStorage["fursa:saved:/base/"]).length`, i+1)
	}
}

func myList(t *testing.T, b context.Context) {
	x := open(t, b, museum(), noon)
	x.visit("saved/")
	x.shows(parts, []string{"empty"})
	x.save()
	x.visit("saved/")
	x.shows(cards, []string{nightSkyCard, chessCard})
	x.shows(parts, []string{"actions", "clear"})
	x.shows(`document.querySelector("[data-saved-list] time").getAttribute("datetime")`, "2026-12-05T18:00+03:00")
	// What is taken off stays to be put back until the page is opened again.
	x.press("[data-saved-list] [data-save]")
	x.hears("Removed from My list.")
	x.shows(cards, []string{strings.Replace(nightSkyCard, "| true", "| false", 1), chessCard})
	x.shows(`document.activeElement.ariaLabel`, "Save: Night sky")
	x.shows(`document.querySelector("[data-saved-count]").textContent`, "1")
	x.do(chromedp.KeyEvent("\r"))
	x.shows(cards, []string{nightSkyCard, chessCard})
	x.do(chromedp.KeyEvent("\r"))
	x.visit("saved/")
	x.shows(cards, []string{chessCard})
}

// What was saved on an English page is asked for in Arabic; what has no Arabic
// page is shown in English.
func myListInArabic(t *testing.T, b context.Context) {
	x := open(t, b, museum(), noon)
	x.save()
	x.visit("ar/saved/")
	x.shows(cards, []string{
		"/base/ar/opportunities/museum/night-sky/ | سماء الليل |  | السبت، ٥ ديسمبر ٢٠٢٦، ٦:٠٠–٨:٠٠ م | المتحف الوطني | true",
		"/base/opportunities/club/chess/ | نادي الشطرنج |  | at any time | Online | true",
	})
	x.shows(`document.querySelector("[data-saved-list] > :last-child .where").lang`, "en")
}

func anotherTab(t *testing.T, b context.Context) {
	x := open(t, b, museum(), noon)
	x.visit("saved/")
	x.shows(parts, []string{"empty"})
	// A frame of the same site is to a page what another tab is.
	eval[any](x, `new Promise((done) => { const f = document.createElement("iframe"); f.onload = done; document.body.append(f); })`)
	eval[any](x, `frames[0].localStorage["fursa:saved:/base/"] = JSON.stringify([{ path: "opportunities/club/chess", data: {}, texts: { en: { title: "Chess", when: "", where: "", url: "/base/opportunities/club/chess/" } } }]); 1`)
	x.shows(cards, []string{"/base/opportunities/club/chess/ | Chess |  |  |  | true"})
	x.shows(parts, []string{"actions", "clear"})
	x.shows(`document.querySelector("[data-saved-count]").textContent`, "1")
}

func aSharedList(t *testing.T, b context.Context) {
	x := open(t, b, museum(), visitor{now: noon.now, before: `delete Navigator.prototype.share;
window.copied = []; Object.defineProperty(navigator, "clipboard", { value: { writeText: async (s) => { copied.push(s); } } });`})
	x.save()
	x.visit("saved/")
	x.press("[data-saved-share]")
	const link = "saved/#l=opportunities/museum/night-sky,opportunities/club/chess"
	x.shows("copied", []string{x.site + link})
	eval[any](x, `localStorage.clear()`)
	x.visit(link + ",opportunities/gone/away,../../evil,javascript:alert(1),opportunities/../x,opportunities/club/chess")
	notSaved := strings.NewReplacer("| true", "| false")
	x.shows(cards, []string{
		notSaved.Replace(nightSkyCard), notSaved.Replace(chessCard),
		"/base/opportunities/gone/away/ | away |  | The details could not be loaded. |  | false",
	})
	x.shows(parts, []string{"shared", "keep", "actions"})
	x.shows(`localStorage.length`, 0)
	x.visit(link)
	x.shows(cards, []string{notSaved.Replace(nightSkyCard), notSaved.Replace(chessCard)})
	x.press("[data-saved-keep]")
	x.hears("These are on My list now.")
	x.shows(cards, []string{nightSkyCard, chessCard})
	x.shows(parts, []string{"actions", "clear"})
	x.shows(`[location.hash, document.activeElement.textContent]`, []string{"", "Night sky"})
}

// calendarOf is a calendar by its lines after the head.
func calendarOf(lines ...string) string {
	head := []string{"BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Fursa//Fursa//EN", "X-WR-CALNAME:one"}
	return strings.Join(append(append(head, lines...), "END:VCALENDAR", ""), "\r\n")
}

func export(t *testing.T, b context.Context) {
	summer := []string{"BEGIN:DAYLIGHT", "DTSTART:20270328T020000", "TZOFFSETFROM:+0100", "TZOFFSETTO:+0200", "RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU", "END:DAYLIGHT"}
	winter := []string{"BEGIN:STANDARD", "DTSTART:20261025T030000", "TZOFFSETFROM:+0200", "TZOFFSETTO:+0100", "END:STANDARD"}
	zone := func(rules ...[]string) []string {
		lines := []string{"BEGIN:VTIMEZONE", "TZID:Europe/Berlin"}
		for _, r := range rules {
			lines = append(lines, r...)
		}
		return append(lines, "END:VTIMEZONE")
	}
	event := func(uid, start string) []string {
		return []string{
			"BEGIN:VEVENT", "UID:https://doha.example/opportunities/museum/night-", " sky#" + uid,
			"DTSTAMP:20261101T000000Z", "DTSTART;TZID=Europe/Berlin:" + start, "SUMMARY:Night sky, " + uid, "END:VEVENT",
		}
	}
	join := func(parts ...[]string) (all []string) {
		for _, p := range parts {
			all = append(all, p...)
		}
		return all
	}
	files := museum()
	files["opportunities/museum/night-sky/calendar.ics"] = calendarOf(join(zone(winter), event("one", "20261205T180000"), event("two", "20261212T180000"))...)
	files["opportunities/lab/robots/"] = page(english, `<article data-listing="opportunities/lab/robots"><h1>Robots</h1><p class="when">…</p>`+button+`</article>`)
	files["opportunities/lab/robots/calendar.ics"] = calendarOf(join(zone(summer, winter), event("two", "20261212T180000"), event("three", "20270605T180000"))...)
	x := open(t, b, files, visitor{now: noon.now, before: `
HTMLAnchorElement.prototype.click = function () { window.offered = this.download; };
const make = URL.createObjectURL; URL.createObjectURL = (blob) => { window.blob = blob; return make(blob); };`})
	x.save()
	x.visit("opportunities/lab/robots/")
	x.press("[data-save]")
	x.visit("saved/")
	x.press("[data-saved-ics]")
	x.hears("The calendar file is ready. No date is known for: نادي الشطرنج.")
	x.shows("[offered, blob.type]", []string{"my-list.ics", "text/calendar"})
	got := eval[string](x, "blob.text()")
	want := strings.Join(join(
		[]string{"BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Fursa//Fursa//EN", "CALSCALE:GREGORIAN", "METHOD:PUBLISH", "X-WR-CALNAME:Learn", " ing in Doha"},
		zone(winter, summer), event("one", "20261205T180000"), event("two", "20261212T180000"), event("three", "20270605T180000"),
		[]string{"END:VCALENDAR", ""}), "\r\n")
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	read, err := ical.NewDecoder(strings.NewReader(got)).Decode()
	if err != nil || len(read.Events()) != 3 {
		t.Errorf("%v: %d events", err, len(read.Events()))
	}
	eval[any](x, `window.fetch = async () => { throw new TypeError("offline"); }; 1`)
	x.press("[data-saved-ics]")
	x.hears("There is no calendar file, because no date is known. These could not be loaded: Night sky, نادي الشطرنج, Robots. Try again when you are online.")
}

func clearing(t *testing.T, b context.Context) {
	x := open(t, b, museum(), noon)
	x.save()
	x.visit("saved/")
	x.press("[data-saved-clear]")
	x.hears("My list is empty now.")
	x.shows(cards, []string{})
	x.shows(parts, []string{"empty", "undo"})
	x.shows(`localStorage["fursa:saved:/base/"]`, "[]")
	x.shows(`document.activeElement.textContent`, "Undo")
	x.do(chromedp.KeyEvent("\r"))
	x.hears("My list is back.")
	x.shows(cards, []string{nightSkyCard, chessCard})
	x.shows(parts, []string{"actions", "clear"})
	x.shows(`document.activeElement.textContent`, "Clear")
}
