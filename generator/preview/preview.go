// Package preview shows a site in a browser before it is written: it renders
// what the browser asks for, tells open pages to load anew when the site has
// changed, and shows the problems of the files that keep it from being built.
package preview

import (
	"bytes"
	"fmt"
	"html"
	"mime"
	"net/http"
	"net/netip"
	"net/url"
	"path"
	"strings"
	"sync"

	"fursa/generator/plan"
	"fursa/schema/diag"
)

// Server shows the last good site. It is safe for concurrent use.
type Server struct {
	mu       sync.Mutex
	base     string // the path of the site, ends in a slash
	outputs  map[string]plan.Output
	problems string
	serial   int
	changed  chan struct{} // closed at the next change
}

// New makes a server that has no site yet.
func New() *Server { return &Server{base: "/", changed: make(chan struct{})} }

// Show replaces the site by another, or, where outputs is nil, shows the
// problems above the last good one. Base is the path of the site's root.
func (s *Server) Show(outputs []plan.Output, base string, list diag.List, style diag.Style) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.problems = ""
	if outputs == nil {
		var b bytes.Buffer
		_ = diag.Text(&b, list, style) // a buffer takes everything
		s.problems = b.String()
	} else {
		s.base = base
		s.outputs = make(map[string]plan.Output, len(outputs))
		for _, o := range outputs {
			s.outputs[o.Path] = o
		}
	}
	s.serial++
	close(s.changed)
	s.changed = make(chan struct{})
}

// reloadPath is where open pages hear of changes.
const reloadPath = "/.fursa/reload"

// scriptPath is the script that listens there.
const scriptPath = "/.fursa/reload.js"

// stylePath is the style sheet of the problems: a site's own policy allows no
// style in the page.
const stylePath = "/.fursa/preview.css"

const styles = `#fursa-problems { position: fixed; inset: 0 0 auto 0; z-index: 9999; box-sizing: border-box; max-inline-size: none; inline-size: 100%; max-block-size: 70vh; margin: 0; padding: 1rem; overflow: auto; border: 0; border-block-end: 4px solid #b00020; background: #fff; color: #111; text-align: start }
#fursa-problems pre { white-space: pre-wrap }
`

// script loads the page anew when the site's serial number is another one
// than when the page was made.
const script = `(() => {
  const serial = document.currentScript.dataset.serial;
  const events = new EventSource("` + reloadPath + `");
  events.onmessage = (e) => { if (e.data !== serial) location.reload(); };
})();
`

// ServeHTTP implements http.Handler.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Cache-Control", "no-store")
	if r.URL.Path == reloadPath {
		s.reload(w, r)
		return
	}
	if text, kind := own(r.URL.Path); text != "" {
		w.Header().Set("Content-Type", kind+"; charset=utf-8")
		fmt.Fprint(w, text)
		return
	}
	s.mu.Lock()
	base, outputs, problems, serial := s.base, s.outputs, s.problems, s.serial
	s.mu.Unlock()
	file, below := strings.CutPrefix(r.URL.Path, base)
	if !below && (r.URL.Path == "/" || r.URL.Path+"/" == base) {
		http.Redirect(w, r, base, http.StatusFound)
		return
	}
	o, redirect, ok := find(outputs, file)
	switch {
	case redirect != "":
		http.Redirect(w, r, base+redirect, http.StatusMovedPermanently) //nolint:gosec // to the path of an output
	case ok:
		share(w, r)
		s.render(w, o, http.StatusOK, problems, serial)
	case outputs["404.html"].Write != nil:
		s.render(w, outputs["404.html"], http.StatusNotFound, problems, serial)
	default:
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		w.WriteHeader(http.StatusNotFound)
		fmt.Fprint(w, page("<!doctype html><html lang=\"en\"><head><title>Fursa</title></head><body></body></html>", problems, serial))
	}
}

// share lets scripts of other sites read what hosts are told to let them read,
// as far as these sites are on this machine too: drafts are nobody else's
// business.
func share(w http.ResponseWriter, r *http.Request) {
	w.Header().Add("Vary", "Origin")
	origin := r.Header.Get("Origin")
	u, err := url.Parse(origin)
	if err != nil {
		return
	}
	if ip, _ := netip.ParseAddr(u.Hostname()); u.Hostname() == "localhost" || ip.IsLoopback() {
		w.Header().Set("Access-Control-Allow-Origin", origin)
	}
}

// own is a file of the preview itself, and its type; empty for one of the
// site's. A service worker that a browser has of this address, of whichever
// site, would show yesterday's files: wherever it came from, it hears that
// there is none any longer.
func own(file string) (text, kind string) {
	switch {
	case file == scriptPath:
		return script, "text/javascript"
	case file == stylePath:
		return styles, "text/css"
	case path.Base(file) == plan.WorkerName:
		return plan.NoWorker, "text/javascript"
	}
	return "", ""
}

// find is the output at a path as static hosts find it: a folder's index, the
// folder itself with a slash.
func find(outputs map[string]plan.Output, file string) (o plan.Output, redirect string, ok bool) {
	if file == "" || strings.HasSuffix(file, "/") {
		o, ok = outputs[file+"index.html"]
		return o, "", ok
	}
	if o, ok = outputs[file]; ok {
		return o, "", true
	}
	if _, folder := outputs[file+"/index.html"]; folder {
		return o, file + "/", false
	}
	return o, "", false
}

func (s *Server) render(w http.ResponseWriter, o plan.Output, status int, problems string, serial int) {
	var b bytes.Buffer
	if err := o.Write(&b); err != nil {
		http.Error(w, fmt.Sprintf("%s: %v", o.Path, err), http.StatusInternalServerError)
		return
	}
	w.Header().Set("Content-Type", contentType(o.Path))
	w.WriteHeader(status)
	if path.Ext(o.Path) == ".html" {
		fmt.Fprint(w, page(b.String(), problems, serial))
		return
	}
	_, _ = w.Write(b.Bytes()) // the browser may have gone
}

// contentType is what hosts say that a file is.
func contentType(file string) string {
	switch path.Base(file) {
	case "feed.xml", "changes.xml":
		return "application/rss+xml; charset=utf-8"
	case "atom.xml":
		return "application/atom+xml; charset=utf-8"
	case "feed.json":
		return "application/feed+json; charset=utf-8"
	}
	switch path.Ext(file) {
	case ".ics":
		return "text/calendar; charset=utf-8"
	case ".csv":
		return "text/csv; charset=utf-8"
	case ".ndjson":
		return "application/x-ndjson"
	case ".ts":
		return "text/plain; charset=utf-8"
	case ".opml":
		return "text/x-opml; charset=utf-8"
	case "":
		return "text/plain; charset=utf-8"
	}
	return mime.TypeByExtension(path.Ext(file))
}

// page is a page that hears of changes, with the problems above it.
func page(text, problems string, serial int) string {
	end := strings.LastIndex(text, "</body>")
	if end < 0 {
		return text
	}
	add := fmt.Sprintf("<script src=%q data-serial=\"%d\"></script>\n", scriptPath, serial)
	if problems != "" {
		add = `<link rel="stylesheet" href="` + stylePath + `"><dialog open id="fursa-problems" dir="ltr">` +
			`<strong>The files have errors; this is the last good site.</strong><pre dir="auto">` +
			html.EscapeString(problems) + "</pre></dialog>\n" + add
	}
	return text[:end] + add + text[end:]
}

// reload tells a page the serial number of the site now, and each new one.
func (s *Server) reload(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Content-Type", "text/event-stream")
	for {
		s.mu.Lock()
		serial, changed := s.serial, s.changed
		s.mu.Unlock()
		if _, err := fmt.Fprintf(w, "data: %d\n\n", serial); err != nil {
			return
		}
		if err := http.NewResponseController(w).Flush(); err != nil {
			return
		}
		select {
		case <-changed:
		case <-r.Context().Done():
			return
		}
	}
}
