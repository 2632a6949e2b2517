package main

import (
	"bytes"
	"context"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	cdppage "github.com/chromedp/cdproto/page"
	"github.com/chromedp/cdproto/target"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
	"github.com/google/go-cmp/cmp"
)

// elsewhere is another site: pages of HTML by their paths, and redirections
// where these begin with «to ».
func elsewhere(t *testing.T, pages map[string]string) string {
	t.Helper()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		text, ok := pages[r.URL.Path]
		if to, leads := strings.CutPrefix(text, "to "); leads {
			http.Redirect(w, r, to, http.StatusFound)
			return
		}
		if !ok {
			http.NotFound(w, r)
			return
		}
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		fmt.Fprintf(w, `<!doctype html><html><link rel="icon" href="data:,"><style>body { margin: 0 }</style><body>%s`, text)
	}))
	t.Cleanup(server.Close)
	return server.URL
}

// pasted is the code of a kind that a page of the site shows, once its copy
// button is known to give the same.
func pasted(t *testing.T, l language, page, begins string) string {
	t.Helper()
	tab := newTab(t)
	do(t, tab, before(`window.copied = []; Object.defineProperty(navigator, "clipboard", { value: { writeText: async (text) => { copied.push(text); } } });`),
		at(look{width: desk}), chromedp.Navigate(site.root+l.prefix+page))
	box := fmt.Sprintf(`[...document.querySelectorAll(".paste")].find((e) => e.checkVisibility() && e.textContent.startsWith(%q))`, begins)
	shows(t, tab, box+`?.querySelector("button").checkVisibility() ?? false`, true)
	do(t, tab, chromedp.Evaluate[chromedp.Void](idle, chromedp.EvalAwaitPromise), chromedp.Evaluate[chromedp.Void](box+`.querySelector("button").focus()`), chromedp.KeyEvent(kb.Enter))
	shows(t, tab, `copied.length`, 1)
	code := evaluate[string](t, tab, box+`.querySelector("code").textContent`)
	if copied := evaluate[string](t, tab, `copied[0]`); copied != code || code == "" {
		t.Fatalf("copied is %q, and shown %q", copied, code)
	}
	return code
}

// visited is a tab with a page of another site, which has heard every message.
func visited(t *testing.T, pages map[string]string, more ...chromedp.Action[chromedp.Void]) context.Context {
	t.Helper()
	tab := newTab(t)
	do(t, tab, before(`window.heard = []; addEventListener("message", (e) => heard.push([e.origin, e.data]));`), at(look{width: 700, height: 900}))
	do(t, tab, more...)
	do(t, tab, chromedp.Navigate(elsewhere(t, pages)+"/"))
	return tab
}

const (
	frame = `document.querySelector("fursa-embed").shadowRoot.querySelector("iframe")`
	// grown says whether the element's frame is as high as it was last told.
	grown = `(() => { const last = heard.filter(([, data]) => data.fursa).at(-1)?.[1].height; return !!last && ` + frame + `.style.height === last + "px" })()`
)

// alone is how high an embed is by itself.
func alone(t *testing.T, address string) int {
	t.Helper()
	tab := newTab(t)
	do(t, tab, at(look{width: 700, height: 900}), chromedp.Navigate(address))
	shows(t, tab, `document.querySelector("[data-results]").ariaBusy !== "true" && [...document.querySelectorAll("[data-results] > li")].some((e) => e.hidden) || document.querySelectorAll("[data-results] > li").length < 12`, true)
	return evaluate[int](t, tab, `Math.ceil(document.body.getBoundingClientRect().height)`)
}

// The code that the site gives, put into a page of another site, shows the
// listings as high as they are, and follows when they change.
func TestEmbedElement(t *testing.T) {
	for _, l := range languages {
		t.Run(l.code, func(t *testing.T) {
			t.Parallel()
			code := pasted(t, l, "embed/how/?subjects=sciences&kinds=club", "<script")
			address := site.root + l.prefix + "embed/?subjects=sciences&kinds=club"
			if want := `src="` + strings.ReplaceAll(address, "&", "&amp;") + `"`; !strings.Contains(code, want) {
				t.Fatalf("%s has no %s", code, want)
			}
			tab := visited(t, map[string]string{"/": code})
			shows(t, tab, grown, true)
			shows(t, tab, frame+`.getBoundingClientRect().height`, alone(t, address))
			shows(t, tab, `document.querySelector("fursa-embed a").checkVisibility()`, false)
			do(t, tab, chromedp.Evaluate[chromedp.Void](`heard = []; document.querySelector("fursa-embed").setAttribute("limit", "1")`))
			shows(t, tab, grown, true)
			shows(t, tab, frame+`.getBoundingClientRect().height`, alone(t, address+"&limit=1"))
			do(t, tab, chromedp.Evaluate[chromedp.Void](`heard = []; document.querySelector("fursa-embed").style.width = "300px"`), chromedp.Evaluate[chromedp.Void](frame+`.style.width = "300px"`))
			shows(t, tab, grown, true)
		})
	}
}

// lang leads to the embed in another language, and a school's embed has its own.
func TestEmbedElementInAnotherLanguage(t *testing.T) {
	for _, path := range []string{"embed/", "schools/seven-palms-primary/embed/"} {
		tab := visited(t, map[string]string{"/": `<script src="` + site.root + `assets/embed.js"></script><fursa-embed src="` + site.root + path + `" lang="ar" limit="2"></fursa-embed>`})
		shows(t, tab, grown, true)
		shows(t, tab, frame+`.getBoundingClientRect().height`, alone(t, site.root+"ar/"+path+"?limit=2"))
	}
}

// The element takes a height from its own frame, while that shows the site that
// it was sent to: not from other frames, not from the page itself, and not from
// where the frame was led.
func TestEmbedElementTrustsItsFrameAlone(t *testing.T) {
	const shout = `<script>setInterval(() => parent.postMessage({ fursa: 1, height: 7777 }, "*"), 20)</script>`
	other := elsewhere(t, map[string]string{"/shout": shout})
	script := `<script src="` + site.root + `assets/embed.js"></script>`
	tab := visited(t, map[string]string{"/": script + `<fursa-embed src="` + site.root + `embed/?limit=1"></fursa-embed><iframe src="` + other + `/shout" width="700"></iframe>` + shout})
	shows(t, tab, grown+` || heard.filter(([, data]) => data.height === 7777).length > 20`, true)
	want := alone(t, site.root+"embed/?limit=1")
	shows(t, tab, `[`+frame+`.getBoundingClientRect().height, new Set(heard.filter(([, data]) => data.height === 7777).map(([origin]) => origin)).size]`, []int{want, 2})

	// Another embed of the same site, and higher, is another frame.
	higher := alone(t, site.root+"embed/?limit=3")
	do(t, tab, chromedp.Evaluate[chromedp.Void](`document.querySelector("body > iframe").src = "`+site.root+`embed/?limit=3"`))
	shows(t, tab, fmt.Sprintf(`heard.some(([, data]) => data.height === %d)`, higher), true)
	shows(t, tab, frame+`.getBoundingClientRect().height`, want)

	led := elsewhere(t, map[string]string{"/away": "to " + other + "/shout"})
	tab = visited(t, map[string]string{"/": script + `<fursa-embed src="` + led + `/away"><a href="https://a.example/">A</a></fursa-embed>`})
	shows(t, tab, `heard.length > 5`, true)
	shows(t, tab, `[`+frame+`.getBoundingClientRect().height, document.querySelector("fursa-embed a").checkVisibility()]`, []any{0, true})

	tab = visited(t, map[string]string{"/": script + `<fursa-embed src="javascript:alert(1)"><a href="https://a.example/">A</a></fursa-embed>`})
	shows(t, tab, `[`+frame+`.src, document.querySelector("fursa-embed a").checkVisibility()]`, []any{"", true})
}

// The page in the frame answers the page around it, and tells its height in the
// words of both kinds; it answers nobody else who asks.
func TestEmbedAnswersItsParentAlone(t *testing.T) {
	const ask = `{ fursa: 1, ask: "height" }`
	const asks = `<script>setInterval(() => parent.frames[0].postMessage(` + ask + `, "*"), 10); setTimeout(() => parent.postMessage("asked", "*"), 500)</script>`
	other := elsewhere(t, map[string]string{"/asks": asks})
	tab := visited(t, map[string]string{"/asks": asks, "/": `<iframe src="` + site.root + `embed/?limit=1" width="700" height="300"></iframe><iframe id="other"></iframe>`})
	height := alone(t, site.root+"embed/?limit=1")
	origin := strings.TrimSuffix(site.root, "/learn/")
	both := []any{[]any{origin, map[string]any{"fursa": 1, "height": height}}, []any{origin, fmt.Sprintf(`{"subject":"lti.frameResize","height":%d}`, height)}}
	shows(t, tab, `heard.slice(-2)`, both)
	for _, from := range []string{evaluate[string](t, tab, `location.origin`), other} {
		do(t, tab, chromedp.Evaluate[chromedp.Void](`heard = []; document.querySelector("#other").src = "`+from+`/asks"`))
		shows(t, tab, `heard`, []any{[]any{from, "asked"}})
	}
	do(t, tab, chromedp.Evaluate[chromedp.Void](`heard = []; frames[0].postMessage({ fursa: 2, ask: "height" }, "*"); frames[0].postMessage("height", "*"); frames[0].postMessage(`+ask+`, "*")`))
	shows(t, tab, `heard`, both)
}

// corner is the colour of the first pixel of a page.
func corner(t *testing.T, tab context.Context) color.RGBA {
	t.Helper()
	shot, err := chromedp.Call(tab, cdppage.CaptureScreenshot, cdppage.CaptureScreenshotParams{})
	if err != nil {
		t.Fatal(err)
	}
	picture, err := png.Decode(bytes.NewReader(shot.Data))
	if err != nil {
		t.Fatal(err)
	}
	one := image.NewRGBA(image.Rect(0, 0, 1, 1))
	one.Set(0, 0, picture.At(2, 2))
	return one.RGBAAt(0, 0)
}

// A frame without an origin of its own finds, tells and looks as any other; the
// colours are those asked for, whatever the device prefers.
func TestEmbedInASandbox(t *testing.T) {
	const day, night = "f6f4ef", "16151b"
	for _, sandbox := range []string{"", ` sandbox="allow-scripts allow-popups"`} {
		for _, c := range []struct {
			theme  string
			device map[string]string
			want   string
		}{{"dark", light, night}, {"light", dark, day}, {"", dark, night}} {
			query := "subjects=sciences&limit=2&layout=list&theme=" + c.theme
			tab := visited(t, map[string]string{"/": `<iframe src="` + site.root + `embed/?` + query + `" width="700" height="500" style="border: 0"` + sandbox + `></iframe>`}, at(look{width: 700, height: 900, media: c.device}))
			height := alone(t, site.root+"embed/?"+query)
			shows(t, tab, `heard.some(([, data]) => data.height === `+fmt.Sprint(height)+`)`, true)
			got := color.RGBA{}
			for range 50 {
				if got = corner(t, tab); fmt.Sprintf("%02x%02x%02x", got.R, got.G, got.B) == c.want {
					break
				}
			}
			if hex := fmt.Sprintf("%02x%02x%02x", got.R, got.G, got.B); hex != c.want {
				t.Errorf("theme %q, %s: the page is #%s, want #%s", c.theme, sandbox, hex, c.want)
			}
		}
	}
}

// Without scripts, or where frames are forbidden, the link in the element is
// there; the page for a frame shows its listings without scripts.
func TestEmbedWithoutScripts(t *testing.T) {
	code := pasted(t, english, "embed/how/?subjects=sciences", "<script")
	link := `[document.querySelector("fursa-embed a").checkVisibility(), document.querySelector("fursa-embed a").href]`
	want := []any{true, site.root + "search/?subjects=sciences"}
	tab := visited(t, map[string]string{"/": code}, scripts(false))
	shows(t, tab, link, want)
	tab = visited(t, map[string]string{"/": `<meta http-equiv="Content-Security-Policy" content="frame-src 'none'">` + code})
	shows(t, tab, `!!document.querySelector("fursa-embed").shadowRoot`, true)
	shows(t, tab, link, want)

	for _, path := range []string{"embed/", "ar/schools/seven-palms-primary/embed/"} {
		tab = newTab(t)
		do(t, tab, scripts(false), at(look{width: telephone}), chromedp.Navigate(site.root+path))
		shows(t, tab, `[...document.querySelectorAll("[data-results] > li")].filter((e) => e.checkVisibility()).length`, 12)
	}
}

// Where the index can't be had, an embed of a search says so and leads to the
// site; what is not asked for more stays as it was built.
func TestEmbedWithoutTheIndex(t *testing.T) {
	for path, want := range map[string][]any{"embed/?subjects=sciences": {0, true}, "embed/?limit=20": {12, false}} {
		tab := newTab(t)
		do(t, tab, before(`window.fetch = () => Promise.reject(new TypeError("none"))`), at(look{width: telephone}), chromedp.Navigate(site.root+path))
		shows(t, tab, `document.querySelector("[data-results]").ariaBusy`, "false")
		shows(t, tab, `[[...document.querySelectorAll("[data-results] > li")].filter((e) => e.checkVisibility()).length, document.querySelector("[data-failed]").checkVisibility()]`, want)
	}
}

// What is pressed in a frame opens beside the page around it.
func TestEmbedOpensBeside(t *testing.T) {
	tab := visited(t, map[string]string{"/": `<iframe src="` + site.root + `embed/?limit=1" width="700" height="600" sandbox="allow-scripts allow-popups"></iframe>`})
	shows(t, tab, `heard.length > 1`, true)
	here := evaluate[string](t, tab, `location.href`)
	opened := chromedp.WaitNewTarget(tab, func(*target.Info) bool { return true })
	do(t, tab, chromedp.KeyEvent(kb.Tab), chromedp.KeyEvent(kb.Tab), chromedp.KeyEvent(kb.Enter))
	select {
	case <-opened:
	case <-tab.Done():
		t.Fatal("nothing opens")
	}
	if diff := cmp.Diff([]any{here, float64(1)}, plain(t, evaluate[[]any](t, tab, `[location.href, frames.length]`))); diff != "" {
		t.Error(diff)
	}
}
