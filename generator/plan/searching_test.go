package plan_test

import (
	"context"
	"fmt"
	"maps"
	"slices"
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

// folders are those of the sample's pages, by their language.
var folders = map[string]string{"en": "", "ar": "ar/"}

// searching opens the search page of the sample in a language; more runs before
// the page's own scripts.
func searching(t *testing.T, ctx context.Context, lang, query string, more ...string) *host {
	t.Helper()
	h := serve(t, "/learn/doha/", planned(sampleAt(t, bases[1]).Site))
	_, err := chromedp.Call(ctx, cdppage.AddScriptToEvaluateOnNewDocument, cdppage.AddScriptToEvaluateOnNewDocumentParams{
		Source: fmt.Sprintf(stopped, clock.Format(time.RFC3339)) + strings.Join(more, ""),
	})
	if err != nil {
		t.Fatal(err)
	}
	do(t, ctx, chromedp.EmulateViewport(1280, 900), chromedp.Navigate(h.url(folders[lang]+"search/"+query)))
	settled(t, ctx)
	return h
}

// settled waits for the results of what was asked last, and, where filters are
// shown, for their chips: one for each, and one for all where there are several.
func settled(t *testing.T, ctx context.Context) {
	t.Helper()
	until(t, ctx, `(() => {
		const asked = new URLSearchParams(location.search);
		const filters = [...asked.keys()].filter((name) => !["sort", "within", asked.has("from") && "to"].includes(name)).length;
		const narrowed = document.querySelector("[data-filters]").open || filters > asked.has("q");
		return document.querySelector("[data-found]").ariaBusy === "false" &&
			(!narrowed || document.querySelectorAll("[data-chips] button").length === filters + (filters > 1));
	})()`)
}

// found is what the page shows: the count, and the titles.
func found(t *testing.T, ctx context.Context) []string {
	t.Helper()
	return ask[[]string](t, ctx, `[document.querySelector("[data-count]").innerText, ...[...document.querySelectorAll("[data-results] h3")].map((h) => h.textContent)]`)
}

// counted is the number of listings that the page says.
func counted(t *testing.T, ctx context.Context) string {
	t.Helper()
	return found(t, ctx)[0]
}

// inWords is how the page says a number of listings that an expression gives.
func inWords(t *testing.T, ctx context.Context, number string) string {
	t.Helper()
	return ask[string](t, ctx, `((n, words) => words[new Intl.PluralRules(document.documentElement.lang).select(n)].replace("{count}", n))(Number(`+number+`), document.querySelector("[data-count]").dataset)`)
}

// typed types words in place of those that are there, as people do, and sends
// the form.
func typed(t *testing.T, ctx context.Context, text string) {
	t.Helper()
	do(t, ctx, chromedp.Evaluate[chromedp.Void](`document.querySelector("#search-words").select()`),
		chromedp.SendKeys("#search-words", text+kb.Enter))
	settled(t, ctx)
}

func addressIs(t *testing.T, ctx context.Context, want string) {
	t.Helper()
	until(t, ctx, `decodeURIComponent(location.search.replace(/\+/g, " ")) === "`+want+`"`)
	settled(t, ctx)
}

// press presses what a selector finds, as a script would.
func press(t *testing.T, ctx context.Context, selector string) {
	t.Helper()
	until(t, ctx, "document.querySelector(`"+selector+"`)")
	ask[bool](t, ctx, "(document.querySelector(`"+selector+"`).click(), true)")
}

// at is what has the keyboard: a field's name, the title of a result, or what a
// button says.
func at(t *testing.T, ctx context.Context) string {
	t.Helper()
	return ask[string](t, ctx, `((e) => e.name || e.getAttribute("aria-label") || e.textContent.trim() || e.tagName)(document.activeElement)`)
}

// Results come as people type, from the second letter on. The arrows lead into
// them and back, Escape back to the field and to nothing; what was typed in one
// go is one step of the history. Who listens hears how many there are, once.
func TestSearchAsPeopleType(t *testing.T) {
	for lang, c := range map[string]struct{ words, title string }{
		"en": {"desert sk", "A night under the desert sky"},
		"ar": {"سماء البر", "ليلة تحت سماء البر"},
	} {
		t.Run(lang, func(t *testing.T) {
			ctx := tab(t)
			searching(t, ctx, lang, "?mode=in-person")
			everything := found(t, ctx)
			until(t, ctx, `document.querySelector("[data-live]").textContent === "`+everything[0]+`"`)
			ask[bool](t, ctx, `new MutationObserver(() => (window.heard ??= []).push(document.querySelector("[data-live]").textContent))
				.observe(document.querySelector("[data-live]"), { childList: true }) || true`)
			do(t, ctx, chromedp.Focus(chromedp.CSS("#search-words")))
			for i, letter := range strings.Split(c.words, "") {
				do(t, ctx, chromedp.KeyEvent(letter))
				settled(t, ctx)
				if same := cmp.Equal(found(t, ctx), everything); same != (i == 0) {
					t.Errorf("%q finds everything: %t", string([]rune(c.words)[:i+1]), same)
				}
				if on := at(t, ctx); on != "q" {
					t.Errorf("the keyboard is at %q", on)
				}
			}
			if got := found(t, ctx); len(got) < 2 || got[1] != c.title {
				t.Errorf("%q finds %q", c.words, got)
			}
			addressIs(t, ctx, "?q="+c.words+"&mode=in-person")
			until(t, ctx, `window.heard?.length`)
			if diff := cmp.Diff([]string{counted(t, ctx)}, ask[[]string](t, ctx, "heard")); diff != "" {
				t.Errorf("heard (-want +got):\n%s", diff)
			}
			do(t, ctx, chromedp.KeyEvent(kb.ArrowDown))
			if on := at(t, ctx); on != c.title {
				t.Errorf("down leads to %q", on)
			}
			do(t, ctx, chromedp.KeyEvent(kb.ArrowUp))
			if on := at(t, ctx); on != "q" {
				t.Errorf("up leads to %q", on)
			}
			ask[bool](t, ctx, `(history.back(), true)`)
			addressIs(t, ctx, "?mode=in-person")
			if diff := cmp.Diff(everything, found(t, ctx)); diff != "" {
				t.Errorf("gone back (-before +after):\n%s", diff)
			}
			typed(t, ctx, c.words)
			do(t, ctx, chromedp.KeyEvent(kb.ArrowDown), chromedp.KeyEvent(kb.Escape), chromedp.KeyEvent(kb.Escape))
			settled(t, ctx)
			if got, on := found(t, ctx), at(t, ctx); !cmp.Equal(got, everything) || on != "q" {
				t.Errorf("nothing finds %q, and the keyboard is at %q", got, on)
			}
		})
	}
}

// The same words find the same, however they are written; the address says
// what is looked for, and hits are marked.
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
					slices.Sort(got[1:]) // a form that stands there comes first
					if len(got) < 2 || cmp.Equal(got, everything) {
						t.Errorf("%q finds %q", words, got)
					}
					if first == nil {
						first = got
					} else if diff := cmp.Diff(first, got); diff != "" {
						t.Errorf("%q and %q (-first +second):\n%s", group[0], words, diff)
					}
					if marks := ask[int](t, ctx, `document.querySelectorAll("[data-results] mark").length`); marks == 0 {
						t.Errorf("%q is marked nowhere", words)
					}
				}
			}
		})
	}
}

// Facets narrow by any of their terms, and by all facets; what a filter says
// that there is, is there; the address brings it back, and so does going back.
func TestSearchFacets(t *testing.T) {
	for lang, remove := range map[string]string{"en": "Remove filter: Free", "ar": "إزالة عامل التصفية: مجانية"} {
		t.Run(lang, func(t *testing.T) { facets(t, lang, remove) })
	}
}

func facets(t *testing.T, lang, remove string) {
	ctx := tab(t)
	searching(t, ctx, lang, "?cost=free&subjects=unknown&utm_source=letter")
	box := func(term string) string { return `[name="kinds"][value="` + term + `"]` }
	count := func(term string) string {
		return inWords(t, ctx, `document.querySelector('`+box(term)+`').closest("label").querySelector(".count").textContent`)
	}
	free := found(t, ctx)
	press(t, ctx, `[data-facets] details:nth-child(4) summary`)
	until(t, ctx, `document.querySelectorAll("[name=kinds]").length > 2`)
	kinds := ask[[]string](t, ctx, `[...document.querySelectorAll("[name=kinds]")].map((b) => b.value).slice(0, 2)`)
	both := inWords(t, ctx, `[0, 1].map((i) => Number(document.querySelectorAll("[data-facets] li:has([name=kinds]) .count")[i].textContent)).reduce((a, b) => a + b)`)
	first, second := count(kinds[0]), count(kinds[1])
	press(t, ctx, box(kinds[0]))
	addressIs(t, ctx, "?cost=free&kinds="+kinds[0])
	if got := counted(t, ctx); got != first || count(kinds[1]) != second {
		t.Errorf("%s: %s, promised %s; %s: %s, then %s", kinds[0], got, first, kinds[1], second, count(kinds[1]))
	}
	press(t, ctx, box(kinds[1]))
	addressIs(t, ctx, "?cost=free&kinds="+kinds[0]+"&kinds="+kinds[1])
	if got := counted(t, ctx); got != both {
		t.Errorf("both kinds: %s, want %s", got, both)
	}
	ask[bool](t, ctx, `(history.back(), true)`)
	addressIs(t, ctx, "?cost=free&kinds="+kinds[0])
	if got := counted(t, ctx); got != first {
		t.Errorf("gone back: %s, want %s", got, first)
	}
	do(t, ctx, chromedp.Reload())
	settled(t, ctx)
	if got := counted(t, ctx); got != first {
		t.Errorf("loaded anew: %s, want %s", got, first)
	}
	// A chip takes its filter away, and the keyboard goes on at the next.
	do(t, ctx, chromedp.Click(`[data-chips] li:nth-child(2) button`))
	addressIs(t, ctx, "?cost=free")
	if diff := cmp.Diff(free, found(t, ctx)); diff != "" {
		t.Errorf("without the filter (-before +after):\n%s", diff)
	}
	do(t, ctx, chromedp.Click(`[data-chips] li:first-child button`))
	addressIs(t, ctx, "")
	// Two chosen in a moment are both chosen: results of the first need not be there.
	until(t, ctx, "document.querySelector(`"+box(kinds[0])+"`) && document.querySelector(`[name=cost][value=free]`)")
	ask[bool](t, ctx, "(document.querySelector(`"+box(kinds[0])+"`).click(), document.querySelector(`[name=cost][value=free]`).click(), true)")
	addressIs(t, ctx, "?kinds="+kinds[0]+"&cost=free")
	do(t, ctx, chromedp.Click(`[data-chips] li:first-child button`))
	addressIs(t, ctx, "?cost=free")
	if on := at(t, ctx); on != remove {
		t.Errorf("the keyboard goes on at %q", on)
	}
}

// A facet of many terms shows the most frequent ones, under those that they
// belong to; the others when they are looked for, or when all are wanted.
func TestSearchShortensLongFacets(t *testing.T) {
	ctx := tab(t)
	searching(t, ctx, "en", "?skills=teamwork")
	const skills = `[data-facets] details:has([name="skills"])`
	shown := func() []string {
		return ask[[]string](t, ctx, `[...document.querySelectorAll('`+skills+` li')].map((li) => li.className.slice(-1) + " " + li.querySelector("input").value)`)
	}
	press(t, ctx, `[data-chips] button`)
	addressIs(t, ctx, "")
	most := shown()
	if len(most) < 12 || len(most) > 16 {
		t.Errorf("%d skills at first: %q", len(most), most)
	}
	parents := 0
	for i, term := range most {
		if term[0] == '0' {
			parents++
		} else if i == 0 {
			t.Errorf("%q stands under nothing", term)
		}
	}
	if parents == 0 || parents == len(most) {
		t.Errorf("%d of %q are at the top", parents, most)
	}
	do(t, ctx, chromedp.SendKeys(skills+` input[type="search"]`, "prob"))
	if diff := cmp.Diff([]string{"1 problem-solving"}, shown()); diff != "" {
		t.Errorf("looked for (-want +got):\n%s", diff)
	}
	ask[bool](t, ctx, `((e) => { e.value = ""; e.dispatchEvent(new Event("input")); return true })(document.querySelector('`+skills+` input[type="search"]'))`)
	press(t, ctx, skills+" .quiet")
	if all := shown(); len(all) <= len(most) || ask[bool](t, ctx, `document.querySelector('`+skills+` .quiet').checkVisibility()`) {
		t.Errorf("all: %q", all)
	}
}

// Where nothing matches, the page says what would, and leads there.
func TestSearchOffersNearMisses(t *testing.T) {
	for lang, c := range map[string]struct {
		words        string
		offers, want []string
	}{
		"en": {"python lantern",
			[]string{"Without “python”: 1 listing", "Without “lantern”: 1 listing"}, []string{"1 listing", "Python from zero"}},
		"ar": {"بايثون الفانوس",
			[]string{"من دون “بايثون”: فرصة واحدة", "من دون “الفانوس”: فرصة واحدة"}, []string{"فرصة واحدة", "بايثون من الصفر"}},
	} {
		t.Run(lang, func(t *testing.T) {
			ctx := tab(t)
			searching(t, ctx, lang, "?q="+c.words+"&mode=online&sort=newest")
			if got := found(t, ctx); len(got) != 1 {
				t.Fatalf("found %q", got)
			}
			until(t, ctx, `document.querySelector("[data-near] button")`)
			offers := ask[[]string](t, ctx, `[...document.querySelectorAll("[data-near] button")].map((b) => b.textContent)`)
			if diff := cmp.Diff(c.offers, offers); diff != "" {
				t.Fatalf("near misses (-want +got):\n%s", diff)
			}
			do(t, ctx, chromedp.Click(`[data-near] li:last-child button`))
			addressIs(t, ctx, "?q="+strings.Fields(c.words)[0]+"&mode=online&sort=newest")
			if diff := cmp.Diff(c.want, found(t, ctx)); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
			if on := at(t, ctx); on != "q" {
				t.Errorf("the keyboard goes on at %q", on)
			}
		})
	}
}

// A word that nobody has written is replaced by what may be meant, and the page
// says so.
func TestSearchCorrects(t *testing.T) {
	for lang, c := range map[string]struct{ wrong, right, says string }{
		"en": {"robtos", "robots", "Showing results for robots instead of robtos."},
		"ar": {"روبتوات", "روبوتات", "هذه نتائج روبوتات بدلًا من روبتوات."},
	} {
		t.Run(lang, func(t *testing.T) {
			ctx := tab(t)
			searching(t, ctx, lang, "?q="+c.right)
			want := found(t, ctx)
			if ask[bool](t, ctx, `document.querySelector("[data-instead]").checkVisibility()`) {
				t.Errorf("%s is replaced", c.right)
			}
			typed(t, ctx, c.wrong)
			if got := ask[string](t, ctx, `document.querySelector("[data-instead]").innerText`); got != c.says {
				t.Errorf("%q, want %q", got, c.says)
			}
			if got := found(t, ctx); len(got) < 2 || got[1] != want[1] {
				t.Errorf("%q finds %q, %q %q", c.wrong, got, c.right, want)
			}
			until(t, ctx, `document.querySelector("[data-live]").textContent.endsWith("`+c.says+`")`)
			do(t, ctx, chromedp.Click("[data-instead] a"))
			addressIs(t, ctx, "?q="+c.right)
			if diff := cmp.Diff(want, found(t, ctx)); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
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
			settled(t, ctx)
		}
		got := ask[map[string][]string](t, ctx, fmt.Sprintf(shownBy, "[data-results]"))
		want := map[string][]string{}
		for path := range h.outputs {
			prefix := folders[lang]
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
	if n := ask[int](t, ctx, `document.querySelectorAll("[data-results] li").length`); n != 10 {
		t.Errorf("%d cards at first", n)
	}
	do(t, ctx, chromedp.Click("[data-more]"))
	settled(t, ctx)
	until(t, ctx, `document.activeElement.closest("li")`)
	place := ask[int](t, ctx, `[...document.querySelectorAll("[data-results] li")].indexOf(document.activeElement.closest("li"))`)
	if place != 10 || found(t, ctx)[0] != all {
		t.Errorf("the keyboard goes on at card %d; %s, then %s", place, all, found(t, ctx)[0])
	}
}
