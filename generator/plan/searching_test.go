package plan_test

import (
	"context"
	"fmt"
	"maps"
	"strings"
	"testing"
	"time"

	cdppage "github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
	"github.com/google/go-cmp/cmp"
)

// stopped is the clock of a page stopped at a time: what has ended since, the
// search leaves out.
const stopped = `{
	const Real = Date, now = Real.parse(%q);
	window.Date = class extends Real {
		constructor(...args) { args.length ? super(...args) : super(now); }
		static now() { return now; }
	};
}`

// searching opens the search page of the sample in a language.
func searching(t *testing.T, ctx context.Context, lang, query string) *host {
	t.Helper()
	h := serve(t, "/learn/doha/", planned(sampleAt(t, bases[1]).Site))
	prefix := map[string]string{"ar": "ar/"}[lang]
	_, err := chromedp.Call(ctx, cdppage.AddScriptToEvaluateOnNewDocument, cdppage.AddScriptToEvaluateOnNewDocumentParams{
		Source: fmt.Sprintf(stopped, clock.Format(time.RFC3339)),
	})
	if err != nil {
		t.Fatal(err)
	}
	do(t, ctx, chromedp.Navigate(h.url(prefix+"search/"+query)))
	until(t, ctx, `document.querySelectorAll("[data-facets] input").length > 0`)
	return h
}

// found is what the page shows: the count, and the titles.
func found(t *testing.T, ctx context.Context) []string {
	t.Helper()
	return ask[[]string](t, ctx, `[document.querySelector("[data-count]").innerText, ...[...document.querySelectorAll("[data-results] h3")].map((h) => h.textContent)]`)
}

// counted is the number of listings that the page says.
func counted(t *testing.T, ctx context.Context) string {
	t.Helper()
	return ask[string](t, ctx, `document.querySelector("[data-count]").innerText.split(" ")[0]`)
}

// typed types words in place of those that are there, as people do.
func typed(t *testing.T, ctx context.Context, text string) {
	t.Helper()
	do(t, ctx, chromedp.Evaluate[chromedp.Void](`document.querySelector("#search-words").select()`),
		chromedp.SendKeys("#search-words", text+kb.Enter))
}

func addressIs(t *testing.T, ctx context.Context, want string) {
	t.Helper()
	until(t, ctx, `decodeURIComponent(location.search.replace(/\+/g, " ")) === "`+want+`"`)
}

// The same words find the same, however they are written; the address says
// what is looked for.
func TestSearchFindsWordsInBothScripts(t *testing.T) {
	for lang, groups := range map[string][][]string{
		"en": {{"mangrove class", "MANGRÓVE clas", "ｍangrove clas"}, {"python", "Pyth"}},
		"ar": {{"المكتبة", "مكتبه", "والمكتبةُ", "مَكتَبـة", "بالمكتبة"}},
	} {
		t.Run(lang, func(t *testing.T) {
			ctx := tab(t)
			searching(t, ctx, lang, "")
			everything := found(t, ctx)
			for _, group := range groups {
				var first []string
				for _, words := range group {
					typed(t, ctx, words)
					addressIs(t, ctx, "?q="+words)
					got := found(t, ctx)
					if len(got) < 2 || cmp.Equal(got, everything) {
						t.Errorf("%q finds %q", words, got)
					}
					if first == nil {
						first = got
					} else if diff := cmp.Diff(first, got); diff != "" {
						t.Errorf("%q and %q (-first +second):\n%s", group[0], words, diff)
					}
				}
			}
		})
	}
}

// Facets narrow by any of their terms, and by all facets; what a filter says
// that there is, is there; the address brings it back, and so does going back.
func TestSearchFacets(t *testing.T) {
	ctx := tab(t)
	searching(t, ctx, "en", "?cost=free&subjects=unknown")
	box := func(facet, term string) string { return `[name="` + facet + `"][value="` + term + `"]` }
	count := func(facet, term string) string {
		return ask[string](t, ctx, `document.querySelector('`+box(facet, term)+`').closest("label").querySelector(".count").textContent`)
	}
	press := func(facet, term string) {
		t.Helper()
		ask[bool](t, ctx, `(document.querySelector('`+box(facet, term)+`').click(), true)`)
	}
	free := found(t, ctx)
	// Two kinds that there are among what is free, in the order of the page.
	kinds := ask[[]string](t, ctx, `[...document.querySelectorAll("[name=kinds]")].filter((b) => !b.closest("li").hidden).map((b) => b.value).slice(0, 2)`)
	if len(kinds) != 2 {
		t.Fatalf("kinds: %q", kinds)
	}
	first, second := count("kinds", kinds[0]), count("kinds", kinds[1])
	press("kinds", kinds[0])
	addressIs(t, ctx, "?kinds="+kinds[0]+"&cost=free")
	if got := counted(t, ctx); got != first || count("kinds", kinds[1]) != second {
		t.Errorf("%s: %s, promised %s; %s: %s, then %s", kinds[0], got, first, kinds[1], second, count("kinds", kinds[1]))
	}
	press("kinds", kinds[1])
	addressIs(t, ctx, "?kinds="+kinds[0]+"&kinds="+kinds[1]+"&cost=free")
	if got, want := counted(t, ctx), ask[string](t, ctx, `String(`+first+` + `+second+`)`); got != want {
		t.Errorf("both kinds: %s, want %s", got, want)
	}
	ask[bool](t, ctx, `(history.back(), true)`)
	addressIs(t, ctx, "?kinds="+kinds[0]+"&cost=free")
	until(t, ctx, `document.querySelector("[data-count]").innerText.split(" ")[0] === "`+first+`"`)
	// A chip takes its filter away, and the keyboard goes on at the next.
	do(t, ctx, chromedp.Click(`[data-chips] li:first-child button`))
	addressIs(t, ctx, "?cost=free")
	if diff := cmp.Diff(free, found(t, ctx)); diff != "" {
		t.Errorf("without the filter (-before +after):\n%s", diff)
	}
	if at := ask[string](t, ctx, `document.activeElement.ariaLabel`); at != "Remove filter: Free" {
		t.Errorf("the keyboard goes on at %q", at)
	}
	do(t, ctx, chromedp.Reload())
	until(t, ctx, `document.querySelectorAll("[data-results] li").length > 0`)
	if diff := cmp.Diff(free, found(t, ctx)); diff != "" {
		t.Errorf("loaded anew (-before +after):\n%s", diff)
	}
}

// Where nothing matches, the page says what would, and leads there.
func TestSearchOffersNearMisses(t *testing.T) {
	ctx := tab(t)
	searching(t, ctx, "en", "?q=python&cost=paid")
	if got := found(t, ctx); len(got) != 1 || got[0] != "No listings" {
		t.Fatalf("python for money: %q", got)
	}
	offers := ask[[]string](t, ctx, `[...document.querySelectorAll("[data-near] button")].map((b) => b.textContent)`)
	if len(offers) != 2 || offers[1] != "Without Costs money: 1 listing" {
		t.Fatalf("near misses: %q", offers)
	}
	do(t, ctx, chromedp.Click(`[data-near] li:last-child button`))
	addressIs(t, ctx, "?q=python")
	if diff := cmp.Diff([]string{"1 listing", "Python from zero"}, found(t, ctx)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if got := ask[string](t, ctx, `document.querySelector("[data-results] mark").textContent`); got != "Python" {
		t.Errorf("marked is %q", got)
	}
}

// shownBy are what the cards on a page show, by where they lead to.
const shownBy = `Object.fromEntries([...document.querySelectorAll("%s .card")].map((card) => {
	const text = (selector) => card.querySelector(selector)?.textContent.trim() ?? "";
	const link = card.querySelector("h3 a");
	return [link.pathname, [card.className, text("h3"), link.closest("[lang]").lang, text(".state"), text(".when"),
		card.querySelector(".when time")?.dateTime ?? "", text(".gist"), text(".where"), text(".ages"), text(".cost"),
		card.querySelector("use")?.getAttribute("href") ?? "", JSON.stringify(["dates", "until", "by", "opens", "status"].map((f) => card.dataset[f] ?? ""))]];
}))`

// A card that the search makes shows and says what the build's own shows of
// the same listing, but for pictures, and figures that stand in their place.
func TestSearchCardsAreThoseOfLists(t *testing.T) {
	for _, lang := range []string{"en", "ar"} {
		ctx := tab(t)
		h := searching(t, ctx, lang, "")
		for ask[bool](t, ctx, `!document.querySelector("[data-more]").hidden`) {
			do(t, ctx, chromedp.Click("[data-more]"))
		}
		got := ask[map[string][]string](t, ctx, fmt.Sprintf(shownBy, "[data-results]"))
		want := map[string][]string{}
		for path := range h.outputs {
			prefix := map[string]string{"ar": "ar/"}[lang]
			if path != prefix+"opportunities/index.html" && !strings.HasPrefix(path, prefix+"opportunities/page/") {
				continue
			}
			do(t, ctx, chromedp.Navigate(h.url(path)))
			until(t, ctx, "document.readyState === 'complete'")
			maps.Copy(want, ask[map[string][]string](t, ctx, fmt.Sprintf(shownBy, "main")))
		}
		for path, card := range want {
			if card[figure] == "" && got[path] != nil { // a picture
				got[path][figure] = ""
			}
		}
		if diff := cmp.Diff(want, got); diff != "" || len(got) == 0 {
			t.Errorf("%s (-on lists +of the search):\n%s", lang, diff)
		}
	}
}

// figure is the place of a card's figure in what shownBy gives.
const figure = 10

// More cards come when they are asked for, and the keyboard goes on there.
func TestSearchShowsMore(t *testing.T) {
	ctx := tab(t)
	searching(t, ctx, "en", "")
	all := found(t, ctx)[0]
	if n := ask[int](t, ctx, `document.querySelectorAll("[data-results] li").length`); n != 30 {
		t.Errorf("%d cards at first", n)
	}
	do(t, ctx, chromedp.Click("[data-more]"))
	place := ask[int](t, ctx, `[...document.querySelectorAll("[data-results] li")].indexOf(document.activeElement.closest("li"))`)
	if place != 30 || found(t, ctx)[0] != all {
		t.Errorf("the keyboard goes on at card %d; %s, then %s", place, all, found(t, ctx)[0])
	}
}
