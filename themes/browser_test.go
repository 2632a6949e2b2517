package themes_test

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	cdppage "github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
	"github.com/google/go-cmp/cmp"
)

// browser starts one Chromium for the tests of a group, each of which opens a
// tab of its own. Without Chromium they are skipped, or fail where the
// environment says FURSA_BROWSER=required.
func browser(t *testing.T) context.Context {
	t.Helper()
	program, err := exec.LookPath("chromium")
	if err != nil {
		const missing = "no chromium: the scripts are not tried in a browser"
		if os.Getenv("FURSA_BROWSER") == "required" {
			t.Fatal(missing)
		}
		t.Skip(missing)
	}
	options := append(slices.Clone(chromedp.DefaultExecAllocatorOptions[:]),
		chromedp.ExecPath(program), chromedp.NoSandbox, chromedp.DisableGPU, chromedp.UserDataDir(t.TempDir()),
		chromedp.Flag("headless", "new"), chromedp.Flag("lang", "en-US"),
		chromedp.Flag("host-resolver-rules", "MAP * ~NOTFOUND , EXCLUDE 127.0.0.1"))
	allocator, stop := chromedp.NewExecAllocator(context.Background(), options...)
	t.Cleanup(stop)
	ctx, cancel := chromedp.NewContext(allocator)
	t.Cleanup(cancel)
	if err := chromedp.Do(ctx, chromedp.Navigate("about:blank")); err != nil {
		t.Fatal(err)
	}
	return ctx
}

// prelude stops the clock of a page at window.now, which tests can move, and
// gathers what must not happen.
const prelude = `window.now = Date.parse(%q);
{
	const Real = Date;
	window.Date = class extends Real {
		constructor(...args) { args.length ? super(...args) : super(window.now); }
		static now() { return window.now; }
	};
}
window.bad = [];
addEventListener("error", (e) => bad.push(e.message));
addEventListener("unhandledrejection", (e) => bad.push(String(e.reason)));
document.addEventListener("securitypolicyviolation", (e) => bad.push(e.violatedDirective + " " + e.blockedURI));
`

// tab is a page open in a browser, on a site of its own.
type tab struct {
	t    *testing.T
	ctx  context.Context
	site string
}

// visitor is when and where somebody looks, and what their browser lacks.
type visitor struct {
	now, zone string
	before    string // a script that runs before the page's
}

// open is a tab for a site of the files given, by their paths below /base/.
func open(t *testing.T, b context.Context, files map[string]string, v visitor) *tab {
	t.Helper()
	server := httptest.NewServer(serve(t, files))
	t.Cleanup(server.Close)
	ctx, cancel := chromedp.NewContext(b)
	t.Cleanup(cancel)
	ctx, stop := context.WithTimeout(ctx, time.Minute)
	t.Cleanup(stop)
	x := &tab{t, ctx, server.URL + "/base/"}
	x.do(chromedp.Navigate("about:blank"))
	if v.zone != "" {
		_, err := chromedp.Call(ctx, emulation.SetTimezoneOverride, emulation.SetTimezoneOverrideParams{TimezoneID: v.zone})
		x.check(err)
	}
	_, err := chromedp.Call(ctx, cdppage.AddScriptToEvaluateOnNewDocument, cdppage.AddScriptToEvaluateOnNewDocumentParams{
		Source: fmt.Sprintf(prelude, v.now) + v.before,
	})
	x.check(err)
	t.Cleanup(func() {
		if bad := eval[[]string](x, "window.bad"); len(bad) > 0 {
			t.Errorf("on the page: %q", bad)
		}
	})
	return x
}

// serve is a site with the scripts of the default theme and the policy that
// all pages have.
func serve(t *testing.T, files map[string]string) http.Handler {
	t.Helper()
	scripts := map[string][]byte{}
	for _, lang := range []string{"en", "ar"} {
		bundle, list := whole(t).Bundle(messages(t, lang))
		if len(list) > 0 {
			t.Fatal(places(list))
		}
		for name, text := range bundle {
			scripts["/assets/"+name+"-"+lang+".js"] = text
		}
	}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Security-Policy", "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; manifest-src 'self'; worker-src 'self'; form-action 'self'; base-uri 'none'")
		if text, ok := scripts[r.URL.Path]; ok {
			w.Header().Set("Content-Type", "text/javascript")
			_, _ = w.Write(text)
			return
		}
		text, ok := files[strings.TrimPrefix(r.URL.Path, "/base/")]
		if !ok {
			http.NotFound(w, r)
			return
		}
		if path.Ext(r.URL.Path) == "" {
			w.Header().Set("Content-Type", "text/html; charset=utf-8")
		}
		_, _ = w.Write([]byte(text))
	})
}

// page is a document by the contract between pages and scripts.
func page(attributes, body string) string {
	lang := "en"
	if strings.Contains(attributes, `lang="ar"`) {
		lang = "ar"
	}
	return `<!DOCTYPE html><html ` + attributes + ` data-root="/base/"><head><meta charset="utf-8"><title>Learning in Doha</title>
<link rel="icon" href="data:,"><script type="module" src="/assets/site-` + lang + `.js" async></script><script type="module" src="/assets/saved-` + lang + `.js" async></script></head>
<body><header><a href="/base/saved/">My list <span data-saved-count hidden></span></a></header><main>` + body + `</main></body></html>`
}

const (
	english = `lang="en" dir="ltr" data-zone="Asia/Qatar" data-numerals="latn"`
	arabic  = `lang="ar" dir="rtl" data-zone="Asia/Qatar" data-numerals="arab"`
)

func (x *tab) check(err error) {
	x.t.Helper()
	if err != nil {
		x.t.Fatal(err)
	}
}

func (x *tab) do(steps ...chromedp.Action[chromedp.Void]) {
	x.t.Helper()
	x.check(chromedp.Do(x.ctx, steps...))
}

// visit opens a page of the site, whole even where only its #fragment is
// another.
func (x *tab) visit(path string) {
	x.t.Helper()
	x.do(chromedp.Navigate("about:blank"), chromedp.Navigate(x.site+path))
	x.wait(`document.readyState === "complete"`)
}

// press presses a button by the keyboard.
func (x *tab) press(selector string) {
	x.t.Helper()
	x.wait(fmt.Sprintf("document.querySelector(%q)?.checkVisibility()", selector))
	x.do(chromedp.Focus(chromedp.CSS(selector)), chromedp.KeyEvent("\r"))
}

// until tries every 20 ms whether something holds, for 10 s at most.
func (x *tab) until(holds func() bool) bool {
	for range 500 {
		if holds() {
			return true
		}
		time.Sleep(20 * time.Millisecond)
	}
	return false
}

// wait waits until an expression is true.
func (x *tab) wait(expression string) {
	x.t.Helper()
	holds := func() bool {
		ok, err := chromedp.Run(x.ctx, chromedp.Evaluate[bool]("Boolean("+expression+")"))
		return err == nil && ok // an error: the page is just being replaced
	}
	if !x.until(holds) {
		x.t.Fatalf("%s\n%s", expression, eval[string](x, "document.body.outerHTML + bad"))
	}
}

// hears waits until a message is announced.
func (x *tab) hears(message string) {
	x.t.Helper()
	x.wait(fmt.Sprintf(`document.querySelector("[data-live]")?.textContent === %s`, quote(message)))
}

// shows compares what an expression gives with what is wanted, once it gives
// it or when waiting has not helped.
func (x *tab) shows(expression string, want any) {
	x.t.Helper()
	wanted, got := value(x.t, want), any(nil)
	holds := func() bool {
		got = value(x.t, eval[any](x, expression))
		return cmp.Equal(wanted, got)
	}
	if !x.until(holds) {
		x.t.Errorf("%s (-want +got):\n%s", expression, cmp.Diff(wanted, got))
	}
}

// value is what a browser would give for v.
func value(t *testing.T, v any) (out any) {
	t.Helper()
	b, err := json.Marshal(v)
	if err == nil {
		err = json.Unmarshal(b, &out)
	}
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func quote(s string) string {
	b, _ := json.Marshal(s)
	return string(b)
}

func eval[T any](x *tab, expression string) T {
	x.t.Helper()
	v, err := chromedp.Run(x.ctx, chromedp.Evaluate[T](expression, chromedp.EvalAwaitPromise))
	x.check(err)
	return v
}
