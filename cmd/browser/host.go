package main

import (
	"bytes"
	"compress/gzip"
	"mime"
	"net/http"
	"path"
	"regexp"
	"strings"
)

// host serves files as static hosts do: a folder's index, the page 404.html
// for what is not there, text compressed, headers as the file _headers says.
type host struct {
	base   string // the path of the site, ends in a slash
	files  map[string][]byte
	zipped map[string][]byte
	rules  []rule
}

// rule gives headers to the paths that match.
type rule struct {
	paths   *regexp.Regexp
	headers [][2]string
}

// newHost compresses the files of a site.
func newHost(base string, files map[string][]byte) (*host, error) {
	h := &host{base, files, map[string][]byte{}, rules(string(files["_headers"]))}
	for file, text := range files {
		if !compressible(file) {
			continue
		}
		zipped, err := zip(text)
		if err != nil {
			return nil, err
		}
		h.zipped[file] = zipped
	}
	return h, nil
}

// rules reads a _headers file: paths, in which * stands for anything, each
// with its headers on the indented lines below.
func rules(text string) []rule {
	var all []rule
	for line := range strings.Lines(text) {
		line = strings.TrimRight(line, "\r\n")
		name, value, isHeader := strings.Cut(strings.TrimSpace(line), ": ")
		switch {
		case line == "":
		case line[0] != ' ' && line[0] != '\t':
			paths := strings.ReplaceAll(regexp.QuoteMeta(line), `\*`, `.*`)
			all = append(all, rule{paths: regexp.MustCompile("^" + paths + "$")})
		case isHeader && len(all) > 0:
			last := &all[len(all)-1]
			last.headers = append(last.headers, [2]string{name, value})
		}
	}
	return all
}

// ServeHTTP implements http.Handler.
func (h *host) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	file, below := strings.CutPrefix(r.URL.Path, h.base)
	if !below {
		http.NotFound(w, r)
		return
	}
	if file == "" || strings.HasSuffix(file, "/") {
		file += "index.html"
	}
	if _, folder := h.files[file+"/index.html"]; folder {
		http.Redirect(w, r, r.URL.Path+"/", http.StatusMovedPermanently) //nolint:gosec // to a folder of the site
		return
	}
	if _, ok := h.files[file]; !ok {
		h.write(w, r, h.missing(file), http.StatusNotFound)
		return
	}
	h.write(w, r, file, http.StatusOK)
}

// missing is the page for a file that is not there: the nearest 404.html.
func (h *host) missing(file string) string {
	for dir := path.Dir(file); dir != "."; dir = path.Dir(dir) {
		if _, ok := h.files[dir+"/404.html"]; ok {
			return dir + "/404.html"
		}
	}
	return "404.html"
}

func (h *host) write(w http.ResponseWriter, r *http.Request, file string, status int) {
	w.Header().Set("Content-Type", contentType(file))
	for _, rule := range h.rules {
		if !rule.paths.MatchString(r.URL.Path) {
			continue
		}
		for _, header := range rule.headers {
			w.Header().Set(header[0], header[1])
		}
	}
	text := h.files[file]
	if zipped, ok := h.zipped[file]; ok && strings.Contains(r.Header.Get("Accept-Encoding"), "gzip") {
		w.Header().Set("Content-Encoding", "gzip")
		text = zipped
	}
	w.WriteHeader(status)
	_, _ = w.Write(text) // the browser may have gone
}

// types are those that systems don't agree on.
var types = map[string]string{
	".html": "text/html; charset=utf-8", ".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8",
	".json": "application/json", ".ndjson": "application/x-ndjson", ".webmanifest": "application/manifest+json",
	".xml": "application/xml", ".opml": "text/x-opml; charset=utf-8", ".ics": "text/calendar; charset=utf-8",
	".csv": "text/csv; charset=utf-8", ".txt": "text/plain; charset=utf-8", ".svg": "image/svg+xml",
}

func contentType(file string) string {
	ext := path.Ext(file)
	if known, ok := types[ext]; ok {
		return known
	}
	if known := mime.TypeByExtension(ext); known != "" {
		return known
	}
	return "application/octet-stream"
}

// compressible says whether compression makes a file smaller.
func compressible(file string) bool {
	_, text := types[path.Ext(file)]
	return text
}

// zip is a text as it is sent.
func zip(text []byte) ([]byte, error) {
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	if _, err := w.Write(text); err != nil {
		return nil, err
	}
	err := w.Close()
	return b.Bytes(), err
}
