package plan_test

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"fursa/generator"
)

var (
	refresh   = regexp.MustCompile(`<noscript><meta http-equiv="refresh" content="(\d+); url=([^"]+)"></noscript>`)
	boardFile = regexp.MustCompile(`(^|/)board/(\d+|index)\.html$`)
	slideName = regexp.MustCompile(`class="slide ([^"]*)" data-listing="([^"]*)"`)
)

// isBoard says whether a page is one of a board. These have no frame, are kept
// out of search engines, and have a script that works before there is anything
// to see.
func isBoard(path string) bool { return boardFile.MatchString(path) }

// slides are those of a page of a board: each its listing, "" for the standing
// one.
func slides(page []byte) []string {
	var all []string
	shown, _, _ := strings.Cut(string(page), "<template")
	for _, m := range slideName.FindAllStringSubmatch(shown, -1) {
		all = append(all, m[2])
	}
	return all
}

// fileAt is the file of a page at an address from the host's root.
func fileAt(s site, at string) string {
	file := strings.TrimPrefix(at, s.base.Path)
	if strings.HasSuffix(file, "/") {
		file += "index.html"
	}
	return file
}

// Wherever a board stands, its pages lead once through all slides and back to
// the first, which has all of them.
func TestBoardsLeadRound(t *testing.T) {
	atEachBase(t, func(t *testing.T, s site) {
		for _, path := range []string{"board/", "ar/board/", "schools/harbour-lane-preparatory/board/", "ar/schools/seven-palms-primary/board/", "ar/schools/northwind-secondary/board/"} {
			first := s.base.Path + path
			all := slides(s.files[path+"index.html"])
			last := len(all) - 1
			if last < 2 || all[last] != "" {
				t.Fatalf("%s has the slides %q", path, all)
			}
			all = all[:last]
			seen := all[:1:1]
			at := first
			for range 12 {
				page := s.files[fileAt(s, at)]
				m := refresh.FindSubmatch(page)
				if m == nil || string(m[1]) != "20" {
					t.Fatalf("%s leads nowhere: %q", at, m)
				}
				if at = string(m[2]); at == first {
					break
				}
				seen = append(seen, slides(s.files[fileAt(s, at)])...)
			}
			if diff := cmp.Diff(slices.Repeat(all, 12/len(all)), seen); diff != "" || at != first {
				t.Errorf("%s, round to %s (-first page +all pages):\n%s", path, at, diff)
			}
		}
	})
}

// A school's board stands in the tree of its leading language, with two
// languages on it; the page of each language leads there.
func TestBoardOfASchool(t *testing.T) {
	s := sampleAt(t, "")
	const board = "ar/schools/seven-palms-primary/board/"
	if s.files[strings.TrimPrefix(board, "ar/")+"index.html"] != nil {
		t.Error("there is a board in the other language too")
	}
	page := parsePage(t, board, s.files[board+"index.html"])
	var says []string
	for _, n := range page.all("div", "class", "says")[:2] {
		lang, _ := attr(n, "lang")
		dir, _ := attr(n, "dir")
		says = append(says, lang+" "+dir)
	}
	if diff := cmp.Diff([]string{"ar rtl", "en ltr"}, says); diff != "" {
		t.Error(diff)
	}
	for _, p := range []string{"schools/seven-palms-primary/index.html", "ar/schools/seven-palms-primary/index.html"} {
		if parsePage(t, p, s.files[p]).first("a", "href", "/"+board) == nil {
			t.Errorf("%s does not lead to the board", p)
		}
	}
	old := s.files["schools/old-harbour-preparatory/board/index.html"]
	if !strings.Contains(string(old), "url=/schools/harbour-lane-preparatory/board/") {
		t.Errorf("the old address leads elsewhere: %s", old)
	}
	if strings.Contains(string(s.files["sitemap.xml"]), "/board/") {
		t.Error("search engines are told of a screen")
	}
}

// boarded is what the board of the small catalogue shows: each listing with its
// dates.
func boarded(t *testing.T, listings map[string]string) map[string][]string {
	t.Helper()
	s := made(t, generator.Input{Content: folder(t, listings)})
	dates := regexp.MustCompile(`<span(?: data-over="([^"]*)")?>([^<]*)</span>`)
	shown := map[string][]string{}
	page, _, _ := strings.Cut(string(s.files["board/index.html"]), "<template")
	for _, part := range strings.Split(page, "<section ")[1:] {
		m := slideName.FindStringSubmatch(part)
		name := m[2][strings.LastIndex(m[2], "/")+1:]
		part, _, _ = strings.Cut(part, "</section>")
		for _, d := range dates.FindAllStringSubmatch(part, -1) {
			shown[name] = append(shown[name], strings.TrimSpace(d[1]+" "+strings.ReplaceAll(d[2], "\u2060", "")))
		}
	}
	return shown
}

// What can't be joined is not on a board. What is has its next dates, each
// until it is over or registration closes.
func TestBoardDates(t *testing.T) {
	got := boarded(t, map[string]string{
		"weekly":    "sessions = [{ start = 2026-11-24T16:00:00, end = 2026-11-24T18:00:00, rrule = \"FREQ=WEEKLY;COUNT=6\" }]",
		"deadline":  "sessions = [{ start = 2026-12-01T16:00:00, end = 2026-12-01T18:00:00 }]\nregistration = { deadline = 2026-11-25 }",
		"hour":      "sessions = [{ start = 2026-12-02T16:00:00 }]\nregistration = { deadline = 2026-11-26T12:00:00 }",
		"days":      "sessions = [{ start = 2026-12-03, end = 2026-12-04 }]",
		"anytime":   "anytime = true",
		"period":    "period = { from = 2026-11-01, to = 2026-12-31 }",
		"cancelled": "status = \"cancelled\"\nsessions = [{ start = 2026-11-24T16:00:00 }]",
		"full":      "status = \"full\"\nsessions = [{ start = 2026-11-24T16:00:00 }]",
		"closed":    "sessions = [{ start = 2026-12-01T16:00:00 }]\nregistration = { deadline = 2026-11-20 }",
		"ended":     "sessions = [{ start = 2026-11-01T16:00:00 }]",
	})
	want := map[string][]string{
		"weekly": {
			"2026-11-24T15:00:00Z Tuesday 24 November 2026, 16:00–18:00", "2026-12-01T15:00:00Z Tuesday 1 December 2026, 16:00–18:00",
			"2026-12-08T15:00:00Z Tuesday 8 December 2026, 16:00–18:00", "2026-12-15T15:00:00Z Tuesday 15 December 2026, 16:00–18:00",
		},
		"deadline": {"2026-11-25T21:00:00Z Tuesday 1 December 2026, 16:00–18:00"},
		"hour":     {"2026-11-26T09:00:00Z Wednesday 2 December 2026, 16:00"},
		"days":     {"2026-12-04T21:00:00Z 3–4 December 2026"},
		"anytime":  {"At any time"},
		"period":   {"2026-12-31T21:00:00Z 1 November – 31 December 2026"},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// A board shows twelve, none of which is called as another.
func TestBoardHasTwelve(t *testing.T) {
	listings := map[string]string{}
	for i := range 20 {
		listings[fmt.Sprintf("l%02d", i)] = fmt.Sprintf("sessions = [{ start = 2026-12-%02dT16:00:00 }]", i+1)
	}
	dir := folder(t, listings)
	for i := 1; i < 20; i += 2 {
		file := filepath.Join(dir, fmt.Sprintf("opportunities/museum/l%02d.md", i))
		text, err := os.ReadFile(file)
		if err == nil {
			text = bytes.Replace(text, fmt.Appendf(nil, "Listing l%02d", i), fmt.Appendf(nil, "Listing l%02d", i-1), 1)
			err = os.WriteFile(file, text, 0o600)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	s := made(t, generator.Input{Content: dir})
	var names []string
	for _, l := range slides(s.files["board/index.html"]) {
		names = append(names, l[strings.LastIndex(l, "/")+1:])
	}
	if want := []string{"l00", "l02", "l04", "l06", "l08", "l10", "l12", "l14", "l16", "l18", ""}; !slices.Equal(names, want) {
		t.Errorf("it shows %q", names)
	}
	// There are always twelve pages: a screen may be on the way to any.
	if got := slides(s.files["board/12.html"]); !slices.Equal(got, []string{slides(s.files["board/index.html"])[1]}) {
		t.Errorf("the last page shows %q", got)
	}
}

// A board without listings says so, and asks again after some minutes.
func TestBoardWithoutListings(t *testing.T) {
	s := withSchool(t, "name = \"Bay School\"\nwant = { kinds = [\"camp\"] }\n", map[string]string{"talk": "anytime = true"})
	for n := range 12 {
		file := "schools/bay/board/index.html"
		if n > 0 {
			file = fmt.Sprintf("schools/bay/board/%d.html", n+1)
		}
		page := s.files[file]
		m := refresh.FindSubmatch(page)
		if m == nil || string(m[1]) != "300" || !slices.Equal(slides(page), []string{""}) || !strings.Contains(string(page), "Nothing new just now.") {
			t.Errorf("%s: %q %q", file, m, slides(page))
		}
	}
}
