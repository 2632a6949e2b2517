package plan_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/chromedp"
	"github.com/google/go-cmp/cmp"

	"fursa/generator/plan"
)

// kept is what a browser has kept for a site, in words: "pages /a/ /b/".
const kept = `(async () => {
  const out = [];
  for (const name of (await caches.keys()).sort()) {
    const urls = (await (await caches.open(name)).keys()).map((r) => new URL(r.url).pathname).sort();
    out.push([name, ...urls].join(" "));
  }
  return out.join("\n");
})()`

// The settings of another build, which has another style sheet, and of one
// that wants no worker.
const (
	anotherLook = "[look.colours]\naccent = \"#7a2e5d\""
	noOffline   = "[look]\noffline = false"
)

// offlineSite is the sample's site at a host.
func offlineSite(t *testing.T) *host {
	t.Helper()
	return serve(t, "/learn/doha/", planned(sampleAt(t, bases[1]).Site))
}

// accent is a colour that the page's style sheet gives it.
func accent(t *testing.T, ctx context.Context) string {
	t.Helper()
	return ask[string](t, ctx, "getComputedStyle(document.documentElement).getPropertyValue('--accent').trim()")
}

// opened opens a page, and waits for its worker to be in charge.
func opened(t *testing.T, ctx context.Context, url string) {
	t.Helper()
	do(t, ctx, chromedp.Navigate(url))
	until(t, ctx, "navigator.serviceWorker.controller && document.readyState === 'complete'")
}

const (
	firstPage  = "opportunities/"
	secondPage = "providers/"
	thirdPage  = "subjects/"
)

func pageKept(path string) string {
	return `(await (await caches.open("fursa:/learn/doha/:pages")).keys()).some((r) => new URL(r.url).pathname === "/learn/doha/` + path + `")`
}

func heading(t *testing.T, ctx context.Context) string {
	t.Helper()
	return ask[string](t, ctx, "document.querySelector('h1').textContent")
}

func TestOpenedPagesOpenAgainOffline(t *testing.T) {
	ctx := tab(t)
	h := offlineSite(t)
	opened(t, ctx, h.url(firstPage)) // before there is a worker
	want, colour := heading(t, ctx), accent(t, ctx)
	opened(t, ctx, h.url(secondPage+"?from=somewhere"))
	until(t, ctx, pageKept(firstPage))
	until(t, ctx, pageKept(secondPage))
	do(t, ctx, chromedp.Navigate(h.url("feed.xml")))
	h.cut()
	do(t, ctx, chromedp.Navigate(h.url(firstPage)))
	if got := heading(t, ctx); got != want {
		t.Errorf("offline the first page is %q, want %q", got, want)
	}
	if got := accent(t, ctx); got != colour || got == "" {
		t.Errorf("the kept page's colour is %q, was %q", got, colour)
	}
	do(t, ctx, chromedp.Navigate(h.url(secondPage)))
	until(t, ctx, `document.querySelector("[data-offline-note]").innerText.includes("This is a copy, kept this minute.")`)
	do(t, ctx, chromedp.Navigate(h.url(thirdPage)))
	until(t, ctx, `document.querySelectorAll("[data-kept] a").length === 2`)
	if got := heading(t, ctx); got != "You are offline" {
		t.Errorf("a page that was not kept is %q", got)
	}
	links := ask[string](t, ctx, `[...document.querySelectorAll("[data-kept] a")].map((a) => a.textContent + " " + a.pathname).sort().join("\n")`)
	if links != "Learning opportunities /learn/doha/opportunities/\nProviders /learn/doha/providers/" {
		t.Errorf("kept are:\n%s", links)
	}
	do(t, ctx, chromedp.Navigate(h.url("ar/"+thirdPage)))
	if got := heading(t, ctx); got != "أنت غير متصل بالإنترنت" {
		t.Errorf("a page in Arabic that was not kept is %q", got)
	}
	if all := ask[string](t, ctx, kept); strings.Contains(all, "feed.xml") || strings.Contains(all, "from=") {
		t.Errorf("kept are:\n%s", all)
	}
	do(t, ctx, chromedp.Navigate(h.url(thirdPage)))
	until(t, ctx, `!document.querySelector("[data-offline-again]").hidden`)
	h.connect()
	do(t, ctx, chromedp.Click("[data-offline-again]"))
	until(t, ctx, `document.querySelector("h1").textContent !== "You are offline"`)
	if got := heading(t, ctx); got != "Subjects" {
		t.Errorf("online again the page is %q", got)
	}
}

// The page says that there is no network, whether it is a copy or not.
func TestPageSaysThatThereIsNoNetwork(t *testing.T) {
	ctx := tab(t)
	h := offlineSite(t)
	opened(t, ctx, h.url(firstPage))
	note := `document.querySelector("[data-offline-note]")`
	if !ask[bool](t, ctx, note+".hidden") {
		t.Error("the note is there with a network")
	}
	for _, offline := range []bool{true, false} {
		if _, err := chromedp.Call(ctx, network.OverrideNetworkState, network.OverrideNetworkStateParams{
			Offline: offline, DownloadThroughput: -1, UploadThroughput: -1,
		}); err != nil {
			t.Fatal(err)
		}
		want := map[bool]string{true: `.innerText === "You are offline."`, false: ".hidden"}[offline]
		until(t, ctx, note+want)
	}
}

// Another build's worker takes over at once, and pages of the old one still
// have their style sheet.
func TestWorkerUpdates(t *testing.T) {
	ctx := tab(t)
	h := offlineSite(t)
	opened(t, ctx, h.url(firstPage))
	opened(t, ctx, h.url(firstPage))
	until(t, ctx, pageKept(firstPage))
	before := ask[string](t, ctx, "(async () => (await caches.keys()).find((n) => n.includes(':shell:')))()")
	colours := map[string]string{firstPage: accent(t, ctx)}
	style := ask[string](t, ctx, `new URL(document.querySelector("link[rel=stylesheet]").href).pathname.slice("/learn/doha/".length)`)
	h.put(sampleWith(t, anotherLook))
	opened(t, ctx, h.url(secondPage))
	until(t, ctx, "(await caches.keys()).every((n) => n !== '"+before+"') && (await caches.keys()).some((n) => n.includes(':shell:'))")
	until(t, ctx, pageKept(secondPage))
	if colours[secondPage] = accent(t, ctx); colours[secondPage] == colours[firstPage] {
		t.Fatalf("both builds have the colour %q", colours[firstPage])
	}
	h.remove(style)
	h.cut()
	for page, want := range colours {
		do(t, ctx, chromedp.Navigate(h.url(page)))
		if got := accent(t, ctx); got != want {
			t.Errorf("%s has the colour %q, want %q", page, got, want)
		}
	}
}

// The button turns it off for this browser, with all that was kept, and on.
func TestOfflineCanBeTurnedOff(t *testing.T) {
	ctx := tab(t)
	h := offlineSite(t)
	opened(t, ctx, h.url(firstPage))
	do(t, ctx, chromedp.WaitVisible("[data-offline-toggle]"))
	pressed := `document.querySelector("[data-offline-toggle]").getAttribute("aria-pressed")`
	none := "(await navigator.serviceWorker.getRegistrations()).length === 0 && (await caches.keys()).length === 0"
	if got := ask[string](t, ctx, pressed); got != "true" {
		t.Errorf("the button is pressed: %s", got)
	}
	do(t, ctx, chromedp.Click("[data-offline-toggle]"))
	until(t, ctx, none)
	do(t, ctx, chromedp.Navigate(h.url(secondPage)))
	until(t, ctx, none+" && "+pressed+" === 'false'")
	do(t, ctx, chromedp.Click("[data-offline-toggle]"))
	until(t, ctx, "navigator.serviceWorker.controller && "+pressed+" === 'true'")
	until(t, ctx, pageKept(secondPage))
}

// A catalogue that no longer wants a worker is rid of those that browsers
// have, whether people open a page or only the worker is asked for.
func TestCatalogueTurnsOfflineOff(t *testing.T) {
	without := sampleWith(t, noOffline)
	for name, outputs := range map[string]map[string]plan.Output{
		"pages and worker": without,
		"worker alone":     {plan.WorkerName: without[plan.WorkerName]},
	} {
		t.Run(name, func(t *testing.T) {
			ctx := tab(t)
			h := offlineSite(t)
			opened(t, ctx, h.url(firstPage))
			ask[bool](t, ctx, `caches.open("another site's").then(() => true)`)
			h.put(outputs)
			if name == "worker alone" {
				ask[bool](t, ctx, `navigator.serviceWorker.getRegistration().then((r) => r.update()).then(() => true)`)
			} else {
				do(t, ctx, chromedp.Navigate(h.url(secondPage)))
			}
			until(t, ctx, `(await navigator.serviceWorker.getRegistrations()).length === 0 && (await caches.keys()).join() === "another site's"`)
		})
	}
}

// A network that hardly answers does not keep people from what they have.
func TestSlowNetworkGivesTheCopy(t *testing.T) {
	ctx := tab(t)
	h := offlineSite(t)
	opened(t, ctx, h.url(firstPage))
	until(t, ctx, pageKept(firstPage))
	defer h.hold()()
	started := time.Now()
	do(t, ctx, chromedp.Navigate(h.url(firstPage)))
	if got := heading(t, ctx); got != "Learning opportunities" || time.Since(started) < 2*time.Second {
		t.Errorf("%q after %v", got, time.Since(started))
	}
}

// What was opened longest ago goes first.
func TestNoMoreThanAHundredPagesAreKept(t *testing.T) {
	ctx := tab(t)
	h := offlineSite(t)
	opened(t, ctx, h.url(firstPage))
	until(t, ctx, pageKept(firstPage))
	ask[bool](t, ctx, `(async () => {
  const cache = await caches.open("fursa:/learn/doha/:pages");
  for (let i = 0; i < 104; i++) await cache.put("/learn/doha/old/" + i + "/", new Response("old"));
  return true;
})()`)
	opened(t, ctx, h.url(secondPage))
	until(t, ctx, pageKept(secondPage)+` && (await (await caches.open("fursa:/learn/doha/:pages")).keys()).length === 100`)
	got := ask[[]string](t, ctx, `(async () => {
  const urls = (await (await caches.open("fursa:/learn/doha/:pages")).keys()).map((r) => new URL(r.url).pathname);
  return [urls[0], urls[98], urls[99]];
})()`)
	want := []string{"/learn/doha/old/5/", "/learn/doha/old/103/", "/learn/doha/providers/"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("kept (-want +got):\n%s", diff)
	}
}
