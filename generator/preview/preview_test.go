package preview_test

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"fursa/generator/plan"
	"fursa/generator/preview"
	"fursa/schema/diag"
)

func output(path, text string) plan.Output {
	return plan.Output{Path: path, Write: func(w io.Writer) error {
		_, err := io.WriteString(w, text)
		return err
	}}
}

func page(text string) string {
	return "<!doctype html><title>t</title><body><p>" + text + "</p></body>"
}

func outputs() []plan.Output {
	return []plan.Output{
		output("index.html", page("home")), output("pages/about/index.html", page("about")), output("404.html", page("not here")),
		output("feed.xml", "<rss/>"), output("atom.xml", "<feed/>"), output("feed.json", "{}"), output("calendar.ics", "BEGIN"),
		output("catalogue.csv", "a,b"), output("catalogue.ndjson", "{}"), output("feeds/index.opml", "<opml/>"),
		output("assets/site.css", "p{}"), output("assets/search.js", "x"), output("assets/search.d.ts", "y"), output("_redirects", "/a /b 301"), output("images/a.png", "png"),
		{Path: "broken/index.html", Write: func(io.Writer) error { return errors.New("no paper left") }},
	}
}

// get asks a server for a path, and does not follow where it leads.
func get(s http.Handler, path string) *httptest.ResponseRecorder {
	w := httptest.NewRecorder()
	s.ServeHTTP(w, httptest.NewRequest(http.MethodGet, path, nil))
	return w
}

func TestFinds(t *testing.T) {
	s := preview.New()
	s.Show(outputs(), "/learn/", nil, diag.Style{})
	for path, want := range map[string]string{
		"/learn/":                   "200 text/html; charset=utf-8 home",
		"/learn/index.html":         "200 text/html; charset=utf-8 home",
		"/learn/pages/about/":       "200 text/html; charset=utf-8 about",
		"/learn/feed.xml":           "200 application/rss+xml; charset=utf-8 <rss/>",
		"/learn/atom.xml":           "200 application/atom+xml; charset=utf-8 <feed/>",
		"/learn/feed.json":          "200 application/feed+json; charset=utf-8 {}",
		"/learn/calendar.ics":       "200 text/calendar; charset=utf-8 BEGIN",
		"/learn/catalogue.csv":      "200 text/csv; charset=utf-8 a,b",
		"/learn/catalogue.ndjson":   "200 application/x-ndjson {}",
		"/learn/feeds/index.opml":   "200 text/x-opml; charset=utf-8 <opml/>",
		"/learn/assets/site.css":    "200 text/css; charset=utf-8 p{}",
		"/learn/assets/search.js":   "200 text/javascript; charset=utf-8 x",
		"/learn/assets/search.d.ts": "200 text/plain; charset=utf-8 y",
		"/learn/images/a.png":       "200 image/png png",
		"/learn/_redirects":         "200 text/plain; charset=utf-8 /a /b 301",
		"/learn/pages/about":        "301 /learn/pages/about/",
		"/":                         "302 /learn/",
		"/learn":                    "302 /learn/",
		"/learn/nothing":            "404 text/html; charset=utf-8 not here",
		"/learn/nothing/":           "404 text/html; charset=utf-8 not here",
		"/elsewhere/":               "404 text/html; charset=utf-8 not here",
		"/pages/about/":             "404 text/html; charset=utf-8 not here",
		"/learn/../learn/feed.xml":  "404 text/html; charset=utf-8 not here",
		"/learn/broken/":            "500 text/plain; charset=utf-8 broken/index.html: no paper left\n",
	} {
		w := get(s, path)
		got := fmt.Sprint(w.Code)
		if at := w.Header().Get("Location"); at != "" {
			got += " " + at
		} else {
			body := w.Body.String()
			if _, after, ok := strings.Cut(body, "<p>"); ok {
				body, _, _ = strings.Cut(after, "</p>")
			}
			got += " " + w.Header().Get("Content-Type") + " " + body
		}
		if got != want {
			t.Errorf("%s: %s, want %s", path, got, want)
		}
		if w.Header().Get("Cache-Control") != "no-store" {
			t.Errorf("%s may be kept by the browser", path)
		}
	}
}

// Sites on this machine can try what other sites will read; others can't read
// what is not published.
func TestSitesOnThisMachineMayRead(t *testing.T) {
	s := preview.New()
	s.Show(outputs(), "/", nil, diag.Style{})
	for origin, want := range map[string]string{
		"http://127.0.0.1:9000": "http://127.0.0.1:9000", "http://localhost:9000": "http://localhost:9000", "http://[::1]:9000": "http://[::1]:9000",
		"https://school.example": "", "http://localhost.example": "", "http://192.168.1.2": "", "null": "", "": "",
	} {
		r := httptest.NewRequest(http.MethodGet, "/feed.json", nil)
		r.Header.Set("Origin", origin)
		w := httptest.NewRecorder()
		s.ServeHTTP(w, r)
		if got := w.Header().Get("Access-Control-Allow-Origin"); got != want || w.Header().Get("Vary") != "Origin" {
			t.Errorf("%q may read: %q", origin, got)
		}
	}
}

// Before there is a site, its problems are shown all the same.
func TestProblemsWithoutASite(t *testing.T) {
	s := preview.New()
	s.Show(nil, "", diag.List{diag.New("links/unknown-record", diag.Span{}, "path", "providers/nobody")}, diag.Style{Lang: "en"})
	w := get(s, "/")
	if w.Code != http.StatusNotFound || !strings.Contains(w.Body.String(), "there is no providers/nobody") {
		t.Errorf("%d %s", w.Code, w.Body)
	}
}

func TestProblemsStandAboveTheLastGoodSite(t *testing.T) {
	s := preview.New()
	s.Show(outputs(), "/", nil, diag.Style{})
	if body := get(s, "/").Body.String(); strings.Contains(body, "fursa-problems") {
		t.Errorf("problems where there are none: %s", body)
	}
	hostile := `"</pre><script>alert(1)</script>&amp;`
	src := &diag.Source{Path: "content/" + hostile + ".md", Text: []byte("title = " + hostile)}
	s.Show(nil, "", diag.List{diag.New("links/unknown-record", diag.Span{Source: src, Start: 8, End: 12}, "path", hostile)}, diag.Style{Lang: "en"})
	body := get(s, "/").Body.String()
	if !strings.Contains(body, "<p>home</p>") {
		t.Errorf("the last good site is gone: %s", body)
	}
	if strings.Contains(body, "<script>alert") || !strings.Contains(body, "there is no &#34;&lt;/pre&gt;&lt;script&gt;alert(1)&lt;/script&gt;&amp;amp;") {
		t.Errorf("the problem is not shown as it is written: %s", body)
	}
	if w := get(s, "/feed.xml"); w.Body.String() != "<rss/>" {
		t.Errorf("problems in a feed: %s", w.Body)
	}
	s.Show(outputs(), "/", nil, diag.Style{})
	if body := get(s, "/").Body.String(); strings.Contains(body, "there is no") {
		t.Errorf("the problem stays: %s", body)
	}
}

var serial = regexp.MustCompile(`data-serial="(\d+)"`)

// A page hears of each change: what it is told is another number than its own.
func TestReload(t *testing.T) {
	s := preview.New()
	s.Show(outputs(), "/", nil, diag.Style{})
	server := httptest.NewServer(s)
	defer server.Close()
	own := serial.FindStringSubmatch(get(s, "/").Body.String())
	if own == nil || !strings.Contains(get(s, "/.fursa/reload.js").Body.String(), "location.reload()") {
		t.Fatal("the page has no script that reloads it")
	}
	response, err := server.Client().Get(server.URL + "/.fursa/reload")
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	if got := response.Header.Get("Content-Type"); got != "text/event-stream" {
		t.Errorf("events are %s", got)
	}
	events := bufio.NewScanner(response.Body)
	next := func() string {
		for events.Scan() {
			if text := events.Text(); text != "" {
				return text
			}
		}
		return "the end"
	}
	got := []string{next()}
	s.Show(nil, "", nil, diag.Style{})
	got = append(got, next())
	s.Show(outputs(), "/", nil, diag.Style{})
	got = append(got, next())
	want := []string{"data: " + own[1], "data: 2", "data: 3"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}
