package main

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
)

// record is what a browser does and says while a page loads.
type record struct {
	mu       sync.Mutex
	requests []string
	said     []string // by the page and of it: errors, warnings, violations of its policy
}

func (r *record) hear(event any) {
	r.mu.Lock()
	defer r.mu.Unlock()
	switch e := event.(type) {
	case *network.EventRequestWillBeSent:
		r.requests = append(r.requests, e.Request.URL)
	case *runtime.EventConsoleAPICalled:
		r.said = append(r.said, fmt.Sprintf("console.%s: %s", e.Type, texts(e.Args)))
	case *runtime.EventExceptionThrown:
		r.said = append(r.said, "exception: "+e.ExceptionDetails.Exception.Description)
	case *log.EventEntryAdded:
		r.said = append(r.said, fmt.Sprintf("%s: %s %s", e.Entry.Level, e.Entry.Text, e.Entry.URL))
	}
}

// taken is what has been heard so far. The browser waits while it is read.
func (r *record) taken() (requests, said []string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	return slices.Clone(r.requests), slices.Clone(r.said)
}

// idle waits until the page's scripts have nothing to do.
const idle = `new Promise((done) => requestIdleCallback(done, { timeout: 2000 }))`

// texts are the arguments of a call of the console.
func texts(args []*runtime.RemoteObject) string {
	var all []string
	for _, a := range args {
		all = append(all, cmp.Or(a.Description, string(a.Value)))
	}
	return strings.Join(all, " ")
}

// checkLoad opens a page: it is there, asks no other host for anything, and
// nothing goes wrong that a browser would tell a developer.
func checkLoad(t *testing.T, tab context.Context, k kind, l language) {
	var r record
	if err := chromedp.Listen(tab, r.hear); err != nil {
		t.Fatal(err)
	}
	address := site.url(k, l)
	response, err := chromedp.Run(tab, chromedp.NavigateResponse(address))
	if err != nil {
		t.Fatal(err)
	}
	want := int64(200)
	if k.status != 0 {
		want = int64(k.status)
	}
	if response.Status != want {
		t.Fatalf("kinds says that %s is a page; the answer is %d, not %d", strings.TrimPrefix(address, site.root), response.Status, want)
	}
	do(t, tab, chromedp.Evaluate[chromedp.Void](idle, chromedp.EvalAwaitPromise))
	if lang := evaluate[string](t, tab, `document.documentElement.lang + " " + document.documentElement.dir`); lang != l.code+" "+l.dir {
		t.Errorf("the page is %s, not %s %s", lang, l.code, l.dir)
	}
	if !evaluate[bool](t, tab, `document.querySelector('link[rel~="icon"]') !== null`) {
		t.Error("it names no icon: browsers then ask the host's root for one, which may be somebody else's")
	}
	policy := evaluate[string](t, tab, `document.querySelector('meta[http-equiv="Content-Security-Policy"]')?.content ?? ""`)
	if !strings.Contains(policy, "default-src 'none'") || strings.Contains(policy, "unsafe-") {
		t.Errorf("its security policy is not strict: %q", policy)
	}
	requests, said := r.taken()
	for _, request := range requests {
		if !strings.HasPrefix(request, site.root) && !strings.HasPrefix(request, "data:") {
			t.Errorf("it asks for %s", request)
		}
	}
	for _, s := range said {
		if k.status != 0 && strings.HasSuffix(s, " "+address) {
			continue // that it is missing is right
		}
		t.Error(s)
	}
}
