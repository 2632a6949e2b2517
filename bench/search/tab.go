package main

import (
	_ "embed"
	"encoding/json"
	"fmt"
	"strings"
	"sync"
	"time"
)

// conditions are a network as the developer tools of Chromium 156 have it
// ready to choose: latency in milliseconds, throughput in bytes a second.
type conditions struct {
	name              string
	latency, down, up float64
}

var (
	unthrottled = conditions{"no throttle", 0, -1, -1}
	slow4G      = conditions{"Slow 4G", 150 * 3.75, 1.6e6 / 8 * 0.9, 750e3 / 8 * 0.9}
	fast4G      = conditions{"Fast 4G", 60 * 2.75, 9e6 / 8 * 0.9, 1.5e6 / 8 * 0.9}
)

func (n conditions) String() string {
	return fmt.Sprintf("%s (latency %.1f ms, down %.0f B/s, up %.0f B/s)", n.name, n.latency, n.down, n.up)
}

// request is one of a page or its workers. Times are seconds of one clock.
type request struct {
	url, kind  string
	start, end float64 // end is 0 while it loads
	bytes      int64   // over the wire, headers too
	offline    bool    // asked for by the service worker, for reading offline
}

// tab is a page with storage and cache of its own.
type tab struct {
	*chrome
	session, context string
	network          conditions
	host             *host
	loaded           chan struct{}

	mu       sync.Mutex
	requests map[string]*request // by session and id
	order    []*request
	workers  map[string]string // addresses of their scripts, by session
	offset   float64           // of the clock of requests from that of pages, in seconds
}

//go:embed watch.js
var watchScript string

// open opens a blank page whose clock stands at a day's noon in UTC, and whose
// script notes when what the selector finds has changed.
func (c *chrome) open(h *host, now string, n conditions, results string) (*tab, error) {
	t := &tab{chrome: c, host: h, network: n, loaded: make(chan struct{}, 1), requests: map[string]*request{}, workers: map[string]string{}}
	var context struct{ BrowserContextID string }
	if err := c.call("", "Target.createBrowserContext", nil, &context); err != nil {
		return nil, err
	}
	t.context = context.BrowserContextID
	var target struct{ TargetID string }
	if err := c.call("", "Target.createTarget", map[string]any{"url": "about:blank", "browserContextId": t.context, "width": 412, "height": 823}, &target); err != nil {
		return nil, err
	}
	var session struct{ SessionID string }
	if err := c.call("", "Target.attachToTarget", map[string]any{"targetId": target.TargetID, "flatten": true}, &session); err != nil {
		return nil, err
	}
	t.session = session.SessionID
	c.hear(t.session, t.hear(t.session, false))
	script := strings.NewReplacer("NOW", fmt.Sprintf("%q", now+"T12:00:00Z"), "RESULTS", fmt.Sprintf("%q", results)).Replace(watchScript)
	for _, step := range []struct {
		method string
		params map[string]any
	}{
		{"Page.enable", nil},
		{"Network.enable", nil},
		{"Network.emulateNetworkConditions", n.params()},
		{"Emulation.setFocusEmulationEnabled", map[string]any{"enabled": true}},
		{"Target.setAutoAttach", map[string]any{"autoAttach": true, "waitForDebuggerOnStart": true, "flatten": true}},
		{"Page.addScriptToEvaluateOnNewDocument", map[string]any{"source": script}},
	} {
		if err := c.call(t.session, step.method, step.params, nil); err != nil {
			return nil, err
		}
	}
	return t, nil
}

func (n conditions) params() map[string]any {
	return map[string]any{"offline": false, "latency": n.latency, "downloadThroughput": n.down, "uploadThroughput": n.up}
}

func (t *tab) close() {
	t.chrome.hear(t.session, nil)
	_ = t.call("", "Target.disposeBrowserContext", map[string]any{"browserContextId": t.context}, nil)
}

// hear notes what a session of the page does: its own, or a worker's.
func (t *tab) hear(session string, offline bool) func(string, json.RawMessage) {
	return func(method string, params json.RawMessage) {
		var e struct {
			RequestID           string
			Timestamp, WallTime float64
			Type                string
			Request             struct{ URL string }
			EncodedDataLength   int64
			SessionID           string
			TargetInfo          struct{ Type, URL string }
		}
		if json.Unmarshal(params, &e) != nil {
			return
		}
		t.mu.Lock()
		defer t.mu.Unlock()
		r := t.requests[session+e.RequestID]
		switch method {
		case "Page.loadEventFired":
			select {
			case t.loaded <- struct{}{}:
			default:
			}
		case "Network.requestWillBeSent":
			t.offset = e.WallTime - e.Timestamp
			t.started(session, e.Timestamp)
			if strings.HasPrefix(e.Request.URL, "https:") {
				r = &request{url: e.Request.URL, kind: e.Type, start: e.Timestamp, offline: offline}
				t.requests[session+e.RequestID] = r
				t.order = append(t.order, r)
			}
		case "Network.loadingFinished":
			if r != nil {
				r.end, r.bytes = e.Timestamp, e.EncodedDataLength
			}
		case "Network.loadingFailed":
			if r != nil {
				r.end = e.Timestamp
			}
		case "Target.attachedToTarget":
			t.workers[e.SessionID] = e.TargetInfo.URL
			t.attached(e.SessionID, e.TargetInfo.Type == "service_worker")
		}
	}
}

// started notes that a worker's script has come, of which the browser says
// only that it is asked for: it has when the worker itself asks for something.
func (t *tab) started(session string, at float64) {
	for _, r := range t.order {
		if r.end == 0 && r.url == t.workers[session] {
			r.end = at
		}
	}
	delete(t.workers, session)
}

// attached gives a worker that is about to start the same network as its page.
func (t *tab) attached(session string, offline bool) {
	t.chrome.hear(session, t.hear(session, offline))
	_, _ = t.send(session, "Network.enable", nil)
	_, _ = t.send(session, "Network.emulateNetworkConditions", t.network.params())
	_, _ = t.send(session, "Runtime.runIfWaitingForDebugger", nil)
}

// load opens an address, and waits for the event of that name.
func (t *tab) load(address string) error {
	var answer struct{ ErrorText string }
	if err := t.call(t.session, "Page.navigate", map[string]any{"url": address}, &answer); err != nil {
		return err
	}
	if answer.ErrorText != "" {
		return fmt.Errorf("%s: %s", address, answer.ErrorText)
	}
	select {
	case <-t.loaded:
		return nil
	case <-time.After(time.Minute):
		return fmt.Errorf("%s has not loaded within a minute", address)
	}
}

// evaluate runs an expression in the page, waits for its promise, and gives
// its value.
func (t *tab) evaluate(expression string, value any) error {
	var answer struct {
		Result           struct{ Value json.RawMessage }
		ExceptionDetails *struct {
			Text      string
			Exception struct{ Description string }
		}
	}
	params := map[string]any{"expression": expression, "awaitPromise": true, "returnByValue": true}
	if err := t.call(t.session, "Runtime.evaluate", params, &answer); err != nil {
		return err
	}
	if x := answer.ExceptionDetails; x != nil {
		return fmt.Errorf("%.100s: %s %s", expression, x.Text, x.Exception.Description)
	}
	if value == nil {
		return nil
	}
	return json.Unmarshal(answer.Result.Value, value)
}

// press types a letter.
func (t *tab) press(letter string) error {
	key := map[string]any{"type": "keyDown", "key": letter, "text": letter}
	if err := t.call(t.session, "Input.dispatchKeyEvent", key, nil); err != nil {
		return err
	}
	return t.call(t.session, "Input.dispatchKeyEvent", map[string]any{"type": "keyUp", "key": letter}, nil)
}

// taken are the requests so far, and how many seconds their clock is behind
// that of pages.
func (t *tab) taken() (requests []request, offset float64) {
	t.mu.Lock()
	defer t.mu.Unlock()
	for _, r := range t.order {
		if r.end > 0 && r.bytes == 0 {
			r.bytes = t.host.size(r.url) // a worker's script
		}
		requests = append(requests, *r)
	}
	return requests, t.offset
}

// busy says that a request is under way.
func (t *tab) busy() bool {
	requests, _ := t.taken()
	for _, r := range requests {
		if r.end == 0 && !r.offline {
			return true
		}
	}
	return false
}
