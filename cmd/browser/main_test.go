package main

import (
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	cdppage "github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
	"github.com/google/go-cmp/cmp"
)

// What the tests share: the sample catalogue's site, below a path as on most
// hosts of a city, and one browser. The browser is nil where there is none,
// and why says what is missing.
var (
	site    *sample
	browser context.Context
	why     error
)

func TestMain(m *testing.M) {
	flag.Parse()
	os.Exit(withSite(m.Run))
}

// withSite serves the site and starts a browser for the time of run.
func withSite(run func() int) int {
	ctx := context.Background()
	var err error
	if site, err = serve(ctx, "../../content", "", "/learn/"); err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	defer site.close()
	if os.Getenv("FURSA_BROWSER") == "skip" {
		why = fmt.Errorf("FURSA_BROWSER=skip")
		return run()
	}
	program, err := chromium()
	if err != nil {
		why = err
		return run()
	}
	started, stop, err := start(ctx, program)
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	defer stop()
	browser = started
	return run()
}

// lack ends a test for which something is missing. make test sets
// FURSA_BROWSER=required, so that nothing is missing unseen.
func lack(t *testing.T, why error) {
	t.Helper()
	if os.Getenv("FURSA_BROWSER") == "required" {
		t.Fatalf("%v.\nTo run without the browser tests: make test FURSA_BROWSER=skip", why)
	}
	t.Skipf("skipped: %v", why)
}

// newTab opens a tab for the time of a test.
func newTab(t *testing.T) context.Context {
	t.Helper()
	if browser == nil {
		lack(t, why)
	}
	tab, shut := open(browser)
	t.Cleanup(shut)
	if err := chromedp.Do(tab, focused()); err != nil { // the tab lives as long as this context
		t.Fatal(err)
	}
	limited, cancel := context.WithTimeout(tab, 2*time.Minute)
	t.Cleanup(cancel)
	return limited
}

// do does something in a tab.
func do(t *testing.T, tab context.Context, actions ...chromedp.Action[chromedp.Void]) {
	t.Helper()
	if err := chromedp.Do(tab, actions...); err != nil {
		t.Fatal(err)
	}
}

// evaluate is the value of an expression in a tab; promises are waited for.
func evaluate[T any](t *testing.T, tab context.Context, expression string) T {
	t.Helper()
	value, err := chromedp.Run(tab, chromedp.Evaluate[T](expression, chromedp.EvalAwaitPromise))
	if err != nil {
		t.Fatal(err)
	}
	return value
}

// shows waits until an expression in a tab has a value, and complains where
// waiting does not help.
func shows(t *testing.T, tab context.Context, expression string, want any) {
	t.Helper()
	wanted, got := plain(t, want), any(nil)
	for end := time.Now().Add(30 * time.Second); time.Now().Before(end); time.Sleep(20 * time.Millisecond) {
		value, err := chromedp.Run(tab, chromedp.Evaluate[any](expression, chromedp.EvalAwaitPromise))
		if err == nil || errors.Is(err, chromedp.ErrJSNull) { // else the page is just being replaced
			if got = plain(t, value); cmp.Equal(got, wanted) {
				return
			}
		}
	}
	t.Errorf("%s (-got +want):\n%s", expression, cmp.Diff(got, wanted))
}

// plain is a value as JSON would give it back.
func plain(t *testing.T, v any) (out any) {
	t.Helper()
	text, err := json.Marshal(v)
	if err == nil {
		err = json.Unmarshal(text, &out)
	}
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// before has a script run before those of each page that a tab opens.
func before(script string) chromedp.Action[chromedp.Void] {
	return chromedp.Func(func(ctx context.Context, t *chromedp.Target) error {
		_, err := cdp.Call(ctx, t, cdppage.AddScriptToEvaluateOnNewDocument, cdppage.AddScriptToEvaluateOnNewDocumentParams{Source: script})
		return err
	})
}

// clock stops the clock of the pages that a tab opens.
func clock(moment string) chromedp.Action[chromedp.Void] {
	return before(fmt.Sprintf(`{
	const Real = Date, now = Real.parse(%q);
	window.Date = class extends Real {
		constructor(...args) { args.length ? super(...args) : super(now); }
		static now() { return now; }
	};
}`, moment))
}

// press presses what a selector selects by the keyboard, once it is shown.
func press(t *testing.T, tab context.Context, selector string) {
	t.Helper()
	shows(t, tab, fmt.Sprintf("document.querySelector(%q)?.checkVisibility() ?? false", selector), true)
	do(t, tab, chromedp.Focus(chromedp.CSS(selector)), chromedp.KeyEvent(kb.Enter))
}

// module is the path of a file that .ci/tools takes from npm.
func module(t *testing.T, path ...string) string {
	t.Helper()
	file := filepath.Join(append([]string{"..", "..", ".tools", "node_modules"}, path...)...)
	if _, err := os.Stat(file); err != nil {
		lack(t, fmt.Errorf("%w: .ci/tools installs it", err))
	}
	return file
}

// program is the path of a program.
func program(t *testing.T, name string) string {
	t.Helper()
	path, err := exec.LookPath(name)
	if err != nil {
		lack(t, fmt.Errorf("%w: .ci/tools installs it on Debian", err))
	}
	return path
}
