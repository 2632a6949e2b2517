package preview_test

import (
	"context"
	"net/http/httptest"
	"os"
	"os/exec"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
	"github.com/google/go-cmp/cmp"

	"fursa/generator/plan"
	"fursa/generator/preview"
	"fursa/schema/diag"
)

// The policy that the site's own pages carry must not hide the problems.
func TestProblemsShowUnderAStrictPolicy(t *testing.T) {
	program, err := exec.LookPath("chromium")
	if err != nil {
		if os.Getenv("FURSA_BROWSER") == "required" {
			t.Fatal("there is no chromium, and FURSA_BROWSER requires one")
		}
		t.Skip("there is no chromium: what only a browser can show is not tested")
	}
	strict := `<!doctype html><head><meta http-equiv="Content-Security-Policy" content="default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; base-uri 'none'"><title>t</title></head><body><h1>home</h1></body>`
	s := preview.New()
	s.Show([]plan.Output{output("index.html", strict)}, "/", nil, diag.Style{})
	s.Show(nil, "", diag.List{diag.New("links/unknown-record", diag.Span{}, "path", "providers/nobody")}, diag.Style{Lang: "en"})
	server := httptest.NewServer(s)
	t.Cleanup(func() { server.CloseClientConnections(); server.Close() })
	ctx, stop := context.WithTimeout(t.Context(), time.Minute)
	defer stop()
	ctx, stop = chromedp.NewExecAllocator(ctx, append(chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath(program), chromedp.NoSandbox,
		chromedp.Flag("headless", "new"), chromedp.Flag("disable-gpu", true),
		chromedp.Flag("host-resolver-rules", "MAP * ~NOTFOUND , EXCLUDE 127.0.0.1"), chromedp.UserDataDir(t.TempDir()))...)
	defer stop()
	ctx, stop = chromedp.NewContext(ctx)
	defer stop()
	if err := chromedp.Do(ctx, chromedp.Navigate(server.URL), chromedp.WaitVisible("#fursa-problems")); err != nil {
		t.Fatal(err)
	}
	got, err := chromedp.Run(ctx, chromedp.Evaluate[[]string](`(() => {
  const dialog = document.querySelector("#fursa-problems"), style = getComputedStyle(dialog);
  return [style.position, style.backgroundColor, style.top, String(dialog.innerText.includes("there is no providers/nobody"))];
})()`))
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]string{"fixed", "rgb(255, 255, 255)", "0px", "true"}, got); diff != "" {
		t.Errorf("the problems (-want +got):\n%s", diff)
	}
}

// A worker that a browser has from a published site, or from another one that
// was shown at this address, is taken away.
func TestNoWorkerInThePreview(t *testing.T) {
	s := preview.New()
	s.Show(append(outputs(), output(plan.WorkerName, "the site's own worker")), "/learn/", nil, diag.Style{})
	for _, path := range []string{"/learn/sw.js", "/sw.js", "/elsewhere/sw.js"} {
		w := get(s, path)
		if got := w.Header().Get("Content-Type"); w.Body.String() != plan.NoWorker || got != "text/javascript; charset=utf-8" {
			t.Errorf("%s: %s %s", path, got, w.Body)
		}
	}
}
