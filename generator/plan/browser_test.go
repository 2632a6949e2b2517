package plan_test

import (
	"context"
	"maps"
	"mime"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/chromedp"

	"fursa/generator/plan"
)

// tab is a tab of a browser of its own, with an empty profile.
func tab(t *testing.T) context.Context {
	t.Helper()
	var program string
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome"} {
		if p, err := exec.LookPath(name); err == nil && program == "" {
			program = p
		}
	}
	if program == "" {
		if os.Getenv("FURSA_BROWSER") == "required" {
			t.Fatal("there is no chromium, and FURSA_BROWSER requires one")
		}
		t.Skip("there is no chromium: what only a browser can show is not tested")
	}
	options := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath(program), chromedp.NoSandbox,
		chromedp.Flag("headless", "new"), chromedp.Flag("disable-gpu", true), chromedp.Flag("disable-component-update", true),
		chromedp.Flag("host-resolver-rules", "MAP * ~NOTFOUND , EXCLUDE 127.0.0.1"), chromedp.UserDataDir(t.TempDir()))
	ctx, stop := context.WithTimeout(t.Context(), 60*time.Second)
	t.Cleanup(stop)
	ctx, stop = chromedp.NewExecAllocator(ctx, options...)
	t.Cleanup(stop)
	ctx, stop = chromedp.NewContext(ctx)
	t.Cleanup(stop)
	return ctx
}

// do carries out steps in a tab.
func do(t *testing.T, ctx context.Context, steps ...chromedp.Action[chromedp.Void]) {
	t.Helper()
	if err := chromedp.Do(ctx, steps...); err != nil {
		t.Fatal(err)
	}
}

// ask is the value of an expression of JavaScript; promises are awaited.
func ask[T any](t *testing.T, ctx context.Context, expression string) T {
	t.Helper()
	value, err := chromedp.Run(ctx, chromedp.Evaluate[T](expression, chromedp.EvalAwaitPromise))
	if err != nil {
		t.Fatalf("%s: %v", expression, err)
	}
	return value
}

// until waits for an expression to be true.
func until(t *testing.T, ctx context.Context, expression string) {
	t.Helper()
	// Of its own, since an expression that waits may come to a page that goes.
	for end := time.Now().Add(20 * time.Second); time.Now().Before(end); time.Sleep(20 * time.Millisecond) {
		value, err := chromedp.Run(ctx, chromedp.Evaluate[bool]("(async () => !!("+expression+"))()", chromedp.EvalAwaitPromise))
		if err == nil && value {
			return
		}
	}
	at, _ := chromedp.Run(ctx, chromedp.Evaluate[string]("location.href + ': ' + document.querySelector('main')?.innerText.slice(0, 500)"))
	t.Fatalf("never: %s\n%s", expression, at)
}

// host serves the outputs of a site as they are planned; it can be cut off, and
// come back at the same address.
type host struct {
	t       *testing.T
	base    string
	address string
	server  *httptest.Server
	mu      sync.Mutex
	outputs map[string]plan.Output
	held    chan struct{} // while it is there, no page is answered
}

func serve(t *testing.T, base string, outputs map[string]plan.Output) *host {
	h := &host{t: t, base: base, outputs: maps.Clone(outputs), address: "127.0.0.1:0"}
	h.connect()
	t.Cleanup(h.cut)
	return h
}

func (h *host) connect() {
	h.t.Helper()
	listener, err := net.Listen("tcp", h.address)
	if err != nil {
		h.t.Fatal(err)
	}
	h.address = listener.Addr().String()
	h.server = &httptest.Server{Listener: listener, Config: &http.Server{Handler: h, ReadHeaderTimeout: time.Second}}
	h.server.Start()
}

func (h *host) cut() {
	h.server.CloseClientConnections()
	h.server.Close()
}

// url is the address of a path of the site.
func (h *host) url(path string) string { return "http://" + h.address + h.base + path }

// put replaces outputs.
func (h *host) put(outputs map[string]plan.Output) {
	h.mu.Lock()
	defer h.mu.Unlock()
	maps.Copy(h.outputs, outputs)
}

// remove removes an output.
func (h *host) remove(path string) {
	h.mu.Lock()
	defer h.mu.Unlock()
	delete(h.outputs, path)
}

// hold answers with no page until the function that it returns is called.
func (h *host) hold() (release func()) {
	h.mu.Lock()
	defer h.mu.Unlock()
	held := make(chan struct{})
	h.held = held
	return func() { close(held) }
}

func (h *host) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	file := strings.TrimPrefix(r.URL.Path, h.base)
	if file == "" || strings.HasSuffix(file, "/") {
		file += "index.html"
	}
	h.mu.Lock()
	output, ok := h.outputs[file]
	held := h.held
	h.mu.Unlock()
	if held != nil && path.Ext(file) == ".html" {
		select {
		case <-held:
		case <-r.Context().Done():
			return
		}
	}
	if !ok {
		http.NotFound(w, r)
		return
	}
	w.Header().Set("Content-Type", mime.TypeByExtension(path.Ext(file)))
	w.Header().Set("Cache-Control", "no-cache")
	_ = output.Write(w) // the browser may have gone
}
