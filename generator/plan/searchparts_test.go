package plan_test

import (
	"bytes"
	"context"
	"io"
	"regexp"
	"slices"
	"strings"
	"testing"

	cdpbrowser "github.com/chromedp/cdproto/browser"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
	"github.com/google/go-cmp/cmp"

	"fursa/generator/plan"
)

// days are the first and the last day of each button for days, by the clock of
// these tests, a Sunday, where weekends are Fridays and Saturdays.
var days = map[string]string{
	"today":   "?from=2026-11-22&to=2026-11-22",
	"weekend": "?from=2026-11-27&to=2026-11-28",
	"week":    "?from=2026-11-22&to=2026-11-28",
	"month":   "?from=2026-11-22&to=2026-12-21",
}

// The buttons for days find as much as they promise; any other days can be
// typed, and stand as a chip.
func TestSearchDays(t *testing.T) {
	for lang, chips := range map[string][]string{
		"en": {"4–5December2026×", "From1May2027×"},
		"ar": {"4–5ديسمبر2026×", "من1مايو2027×"},
	} {
		t.Run(lang, func(t *testing.T) {
			ctx := tab(t)
			searching(t, ctx, lang, "")
			press(t, ctx, "[data-when] summary")
			for name, want := range days {
				button := "[data-days=" + name + "]"
				until(t, ctx, `document.querySelector("`+button+` .count").textContent`)
				promised := ask[string](t, ctx, `((n, words) => n === "0" ? words.zero : words[new Intl.PluralRules(document.documentElement.lang).select(n)].replace("{count}", n))(document.querySelector("`+button+` .count").textContent, document.querySelector("[data-count]").dataset)`)
				press(t, ctx, button)
				addressIs(t, ctx, want)
				if got := counted(t, ctx); got != promised {
					t.Errorf("%s: %q, promised %q", name, got, promised)
				}
				press(t, ctx, button+`[aria-pressed="true"]`)
				addressIs(t, ctx, "")
			}
			ask[bool](t, ctx, `["2026-12-04", "2026-12-05"].forEach((day, i) => {
				const field = document.querySelectorAll("[data-when] input")[i];
				field.value = day;
				field.dispatchEvent(new Event("change", { bubbles: true }));
			}) || true`)
			addressIs(t, ctx, "?from=2026-12-04&to=2026-12-05")
			if got := ask[string](t, ctx, chip); got != chips[0] {
				t.Errorf("chip %q, want %q", got, chips[0])
			}
			ask[bool](t, ctx, `((field) => {
				field.value = "";
				field.dispatchEvent(new Event("change", { bubbles: true }));
				return true;
			})(document.querySelector("#search-to"))`)
			ask[bool](t, ctx, `((field) => {
				field.value = "2027-05-01";
				field.dispatchEvent(new Event("change", { bubbles: true }));
				return true;
			})(document.querySelector("#search-from"))`)
			addressIs(t, ctx, "?from=2027-05-01")
			if got := ask[string](t, ctx, chip); got != chips[1] {
				t.Errorf("chip %q, want %q", got, chips[1])
			}
		})
	}
}

// chip is what the first chip says, without blanks, in which browsers differ.
const chip = `document.querySelector("[data-chips] button").textContent.replace(/[\s\u200f]/g, "")`

// located says where a tab's visitor is, and whether their browser may tell.
func located(t *testing.T, ctx context.Context, h *host, allow bool) {
	t.Helper()
	setting := cdpbrowser.PermissionSettingDenied
	if allow {
		setting = cdpbrowser.PermissionSettingGranted
	}
	latitude, longitude, accuracy := 25.3188, 51.5243, 10.0
	do(t, ctx, chromedp.Func(func(ctx context.Context, _ *chromedp.Target) error {
		_, err := chromedp.CallBrowser(ctx, cdpbrowser.SetPermission, cdpbrowser.SetPermissionParams{
			Permission: &cdpbrowser.PermissionDescriptor{Name: "geolocation"}, Setting: setting, Origin: "http://" + h.address,
			BrowserContextID: chromedp.FromContext(ctx).BrowserContextID,
		})
		return err
	}))
	_, err := chromedp.Call(ctx, emulation.SetGeolocationOverride, emulation.SetGeolocationOverrideParams{
		Latitude: &latitude, Longitude: &longitude, Accuracy: &accuracy,
	})
	if err != nil {
		t.Fatal(err)
	}
}

// kilometres are the distances on the cards.
const kilometres = `[...document.querySelectorAll("[data-results] .where")].map((w) => Number(/([\d.]+) (km|كم)$/.exec(w.textContent)?.[1]))`

// What is near is found when somebody asks, nearest first; where they are stays
// with them, unless they want it in the address.
func TestSearchNearMe(t *testing.T) {
	for _, lang := range []string{"en", "ar"} {
		t.Run(lang, func(t *testing.T) {
			ctx := tab(t)
			h := searching(t, ctx, lang, "")
			located(t, ctx, h, true)
			press(t, ctx, "[data-near-me] summary")
			until(t, ctx, `document.querySelector("#search-within option").textContent !== "1"`) // its script is there
			press(t, ctx, "[data-locate]")
			addressIs(t, ctx, "?near=me&within=10&sort=nearest")
			all := ask[[]float64](t, ctx, kilometres)
			if len(all) < 3 || !slices.IsSorted(all) || all[0] == 0 || all[len(all)-1] > 10 {
				t.Errorf("within 10 km: %v", all)
			}
			ask[bool](t, ctx, `((field) => {
				field.value = "2";
				field.dispatchEvent(new Event("change", { bubbles: true }));
				return true;
			})(document.querySelector("#search-within"))`)
			addressIs(t, ctx, "?near=me&within=2&sort=nearest")
			if few := ask[[]float64](t, ctx, kilometres); len(few) == 0 || !cmp.Equal(few, all[:min(len(few), len(all))]) || few[len(few)-1] > 2 {
				t.Errorf("within 2 km: %v, of %v", few, all)
			}
			want := found(t, ctx)
			do(t, ctx, chromedp.Reload())
			settled(t, ctx)
			if diff := cmp.Diff(want, found(t, ctx)); diff != "" {
				t.Errorf("loaded anew (-before +after):\n%s", diff)
			}
			press(t, ctx, "[data-near-me] summary")
			until(t, ctx, `document.querySelector("[data-near-on]").hidden === false && document.querySelector("#search-within").value === "2"`)
			press(t, ctx, "[data-near-on] input")
			addressIs(t, ctx, "?near=25.319,51.524&within=2&sort=nearest")
			if diff := cmp.Diff(want, found(t, ctx)); diff != "" {
				t.Errorf("in the address (-before +after):\n%s", diff)
			}
			press(t, ctx, "[data-chips] button")
			addressIs(t, ctx, "")
		})
	}
}

// A link to what is near finds that once its reader says where they are, and
// until then what there is; it says so where their browser does not tell.
func TestSearchNearMeAsks(t *testing.T) {
	for lang, c := range map[string]struct{ ask, denied string }{
		"en": {"This search is about what is near you. Press the button to see it.", "Your browser did not share your location. You can allow it in the browser’s settings for this page, or choose a place below."},
		"ar": {"هذا بحث عمّا هو قريب منك. اضغط الزر لتراه.", "لم يُعطِ المتصفح موقعك. يمكنك السماح بذلك في إعدادات المتصفح لهذه الصفحة، أو اختيار مكان من القائمة أدناه."},
	} {
		t.Run(lang, func(t *testing.T) {
			ctx := tab(t)
			h := searching(t, ctx, lang, "?near=me&within=2&sort=nearest")
			located(t, ctx, h, false)
			before := found(t, ctx)
			until(t, ctx, `document.querySelector("[data-near-says]").textContent === "`+c.ask+`"`)
			press(t, ctx, "[data-locate]")
			until(t, ctx, `document.querySelector("[data-near-says]").textContent === "`+c.denied+`"`)
			until(t, ctx, `document.querySelector("[data-live]").textContent === "`+c.denied+`"`)
			if diff := cmp.Diff(before, found(t, ctx)); diff != "" || len(before) < 5 {
				t.Errorf("(-before +after):\n%s", diff)
			}
		})
	}
}

// Who has let the site know where they are before presses nothing.
func TestSearchNearMeFollowsALink(t *testing.T) {
	for _, lang := range []string{"en", "ar"} {
		t.Run(lang, func(t *testing.T) {
			ctx := tab(t)
			h := searching(t, ctx, lang, "")
			located(t, ctx, h, true)
			const link = "?near=me&within=2&sort=nearest"
			do(t, ctx, chromedp.Navigate(ask[string](t, ctx, `location.origin + location.pathname`)+link))
			until(t, ctx, `document.querySelector("[data-near-on]").hidden === false`)
			addressIs(t, ctx, link)
			if all := ask[[]float64](t, ctx, kilometres); len(all) == 0 || !slices.IsSorted(all) || all[len(all)-1] > 2 {
				t.Errorf("within 2 km: %v", all)
			}
		})
	}
}

// One term that has a page of its own leads there, and to its feeds.
func TestSearchLeadsToPagesAndFeeds(t *testing.T) {
	for _, lang := range []string{"en", "ar"} {
		ctx := tab(t)
		h := searching(t, ctx, lang, "?subjects=astronomy")
		links := ask[[]string](t, ctx, `document.querySelector("[data-own]").checkVisibility() ? [...document.querySelectorAll("[data-own] a")].map((a) => a.pathname) : []`)
		base := "/learn/doha/" + folders[lang] + "subjects/astronomy/"
		if diff := cmp.Diff([]string{base, base + "feed.xml", base + "calendar.ics"}, links); diff != "" {
			t.Errorf("%s (-want +got):\n%s", lang, diff)
		}
		for _, link := range links {
			file := strings.TrimPrefix(link, "/learn/doha/")
			if _, there := h.outputs[file]; !there && !strings.HasSuffix(file, "/") {
				t.Errorf("there is no %s", file)
			}
		}
		channel := "/learn/doha/" + folders[lang] + "channel/?subjects=astronomy"
		if got := ask[string](t, ctx, `((a) => a.pathname + a.search)(document.querySelector("[data-channel]"))`); got != channel {
			t.Errorf("%s: a channel of it is made at %s, want %s", lang, got, channel)
		}
	}
}

// A telephone shows results first, and fetches what narrows them down when
// somebody asks for it; a button leads back to the results.
func TestSearchOnATelephone(t *testing.T) {
	const fetched = `performance.getEntriesByType("resource").some((r) => r.name.includes("/search-filters-"))`
	ctx := tab(t)
	h := searching(t, ctx, "en", "")
	do(t, ctx, chromedp.EmulateViewport(360, 740), chromedp.Navigate(h.url("search/?q=lantern&sort=newest")))
	until(t, ctx, `document.querySelector("[data-found]").ariaBusy === "false"`)
	if ask[bool](t, ctx, fetched) || ask[bool](t, ctx, `document.querySelector("[data-filters]").open`) {
		t.Error("filters are there before they are asked for")
	}
	do(t, ctx, chromedp.Click("[data-filters] > summary"))
	until(t, ctx, `document.querySelectorAll("[data-facets] > details").length > 10`)
	press(t, ctx, "[data-facets] > details:nth-child(4) summary")
	press(t, ctx, `[name="kinds"]`)
	settled(t, ctx)
	do(t, ctx, chromedp.Click("[data-shut]"))
	if ask[bool](t, ctx, `document.querySelector("[data-filters]").open`) || at(t, ctx) != "Narrow down" {
		t.Errorf("the filters are still there, and the keyboard is at %q", at(t, ctx))
	}
	until(t, ctx, `Math.abs(document.querySelector("[data-found]").getBoundingClientRect().top) < 300`)
}

// Without script the form leads to lists of all that there is, with counts.
func TestSearchWithoutScript(t *testing.T) {
	for lang, says := range map[string]string{
		"en": "Searching by words needs JavaScript. The lists below lead to the same listings without it.",
		"ar": "يتطلّب البحث بالكلمات تفعيل جافاسكريبت. والقوائم أدناه تقود إلى الفرص نفسها من دونه.",
	} {
		t.Run(lang, func(t *testing.T) {
			ctx := tab(t)
			h := serve(t, "/learn/doha/", planned(sampleAt(t, bases[1]).Site))
			if _, err := chromedp.Call(ctx, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: true}); err != nil {
				t.Fatal(err)
			}
			do(t, ctx, chromedp.Navigate(h.url(folders[lang]+"search/")), chromedp.SendKeys("#search-words", "sky\r"))
			until(t, ctx, `location.search + location.hash === "?q=sky#browse" && document.readyState === "complete"`)
			if got := ask[string](t, ctx, `document.querySelector("noscript").innerText`); got != says {
				t.Errorf("it says %q", got)
			}
			if shown := ask[[]string](t, ctx, `[...document.querySelectorAll("[data-filters], [data-found], [data-more]")].filter((e) => e.checkVisibility()).map((e) => e.outerHTML)`); len(shown) > 0 {
				t.Errorf("it shows %q", shown)
			}
			lists := ask[[][]string](t, ctx, `[...document.querySelectorAll("#browse li")].map((li) => [li.querySelector("a").pathname, li.querySelector(".count").textContent])`)
			if len(lists) < 50 {
				t.Errorf("it leads to %d lists", len(lists))
			}
			for _, list := range lists {
				file := strings.TrimPrefix(list[0], "/learn/doha/") + "index.html"
				if _, there := h.outputs[file]; !there || list[1] == "" {
					t.Errorf("%s of %q listings", file, list[1])
				}
			}
		})
	}
}

// pasted puts a text into the field at once.
func pasted(t *testing.T, ctx context.Context, text string) {
	t.Helper()
	ask[bool](t, ctx, `((e) => { e.value = "`+text+`"; e.dispatchEvent(new Event("input")); return true })(document.querySelector("#search-words"))`)
}

// slow keeps a page's requests for spellings waiting until they are let go.
const slow = `{
	const real = fetch, waiting = [];
	window.letGo = () => waiting.splice(0).forEach((go) => go());
	window.fetch = async (url, options) => {
		if (window.slow && /\.s$/.test(url)) await new Promise((go) => waiting.push(go));
		return real(url, options);
	};
}`

// The answer to what was asked before never takes the place of a later one; what
// is shown stays until a new answer is there.
func TestSearchDropsOldAnswers(t *testing.T) {
	ctx := tab(t)
	searching(t, ctx, "en", "?mode=in-person", slow)
	before := found(t, ctx)
	ask[bool](t, ctx, "window.slow = true")
	pasted(t, ctx, "robtos")
	if diff := cmp.Diff(before, found(t, ctx)); diff != "" {
		t.Errorf("while it waits (-before +after):\n%s", diff)
	}
	press(t, ctx, "[data-chips] button") // without the mode; then without the words
	pasted(t, ctx, "")
	settled(t, ctx)
	all := found(t, ctx)
	if cmp.Equal(before, all) {
		t.Errorf("%q is all", all)
	}
	ask[bool](t, ctx, "(letGo(), new Promise((then) => setTimeout(() => then(true), 300)))")
	if diff := cmp.Diff(all, found(t, ctx)); diff != "" {
		t.Errorf("an old answer (-before +after):\n%s", diff)
	}
	ask[bool](t, ctx, "!(window.slow = false)")
	typed(t, ctx, "robtos")
	if got := found(t, ctx); len(got) < 2 || got[1] != "Robots after school" {
		t.Errorf("robtos: %q", got)
	}
}

// Where the network fails the page says so, and keeps what it has; it goes on
// when it is asked to.
func TestSearchWithoutNetwork(t *testing.T) {
	for lang, says := range map[string]string{"en": "The network does not answer. What was loaded stays here.", "ar": "لا تستجيب الشبكة. وما جرى تحميله باقٍ هنا."} {
		t.Run(lang, func(t *testing.T) {
			ctx := tab(t)
			h := searching(t, ctx, lang, "")
			before := found(t, ctx)
			h.cut()
			pasted(t, ctx, "lantren")
			until(t, ctx, `document.querySelector("[data-failed]").checkVisibility()`)
			until(t, ctx, `document.querySelector("[data-live]").textContent === "`+says+`"`)
			if diff := cmp.Diff(before, found(t, ctx)); diff != "" {
				t.Errorf("cut off (-before +after):\n%s", diff)
			}
			h.connect()
			do(t, ctx, chromedp.Click("[data-again]"))
			until(t, ctx, `!document.querySelector("[data-failed]").checkVisibility()`)
			settled(t, ctx)
			if got := found(t, ctx); len(got) < 2 || cmp.Equal(got, before) {
				t.Errorf("again: %q", got)
			}
		})
	}
}

// A page from before the last build, which names files that are gone, finds
// those that there are.
func TestSearchOnAnOldPage(t *testing.T) {
	ctx := tab(t)
	h := searching(t, ctx, "en", "?q=robots")
	want := found(t, ctx)
	now := h.outputs["search/index.html"]
	h.put(map[string]plan.Output{"search/index.html": {Path: now.Path, Class: now.Class, Write: func(w io.Writer) error {
		var b bytes.Buffer
		err := now.Write(&b)
		_, _ = w.Write(regexp.MustCompile(`entry-en-[a-z2-7]+`).ReplaceAll(b.Bytes(), []byte("entry-en-aaaaaa")))
		return err
	}}})
	do(t, ctx, chromedp.Reload())
	settled(t, ctx)
	if diff := cmp.Diff(want, found(t, ctx)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}
