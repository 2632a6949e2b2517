package plan_test

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/google/go-cmp/cmp"

	"fursa/generator"
	"fursa/generator/plan"
)

// manyListings is a site below /learn/doha/ whose search index is many files,
// with another word in the title of one listing.
func manyListings(t *testing.T, word string) site {
	t.Helper()
	listings := map[string]string{}
	for i := range 700 {
		listings[fmt.Sprintf("a%03d", i)] = fmt.Sprintf("sessions = [{ start = 2036-12-%02d }]\npublished = 2026-01-%02d\nlinks = [{ title = \"More\", url = \"https://museum.example/%d\" }]", i%28+1, i/25+1, i)
	}
	dir := folder(t, listings)
	file := filepath.Join(dir, "opportunities", "museum", "a699.md")
	text, err := os.ReadFile(file)
	if err == nil {
		err = os.WriteFile(file, bytes.ReplaceAll(text, []byte("Listing a699"), []byte(word)), 0o600)
	}
	if err != nil {
		t.Fatal(err)
	}
	return made(t, generator.Input{Content: dir, BaseURL: bases[1]})
}

// indexKept are the files of the search index that a browser has, by their
// kinds: «entry», «labels», «cards», «w».
const indexKept = `(async () => {
  const kinds = {};
  for (const { url } of await (await caches.open("fursa:/learn/doha/:index")).keys()) {
    const [, name] = url.split("/assets/search/");
    const kind = name.includes("/") ? "cards" : /^(entry|labels)-/.exec(name)?.[1] ?? name.split(".")[1];
    (kinds[kind] ??= []).push(name);
  }
  return kinds;
})()`

// seek opens the search page and waits for a result.
func seek(t *testing.T, ctx context.Context, h *host, query string) []string {
	t.Helper()
	do(t, ctx, chromedp.Navigate(h.url("search/"+query)))
	until(t, ctx, `document.querySelector("[data-found]").ariaBusy === "false" && document.querySelector("[data-results] h3 a")`)
	return found(t, ctx)
}

// What was searched for is found again without a network; another build's
// entry takes the place of the former one's, with the files that it names.
func TestSearchesWorkAgainOffline(t *testing.T) {
	ctx := tab(t)
	before, after := manyListings(t, "Meteorites"), manyListings(t, "Asteroids")
	h := serve(t, "/learn/doha/", planned(before.Site))
	opened(t, ctx, h.url(firstPage))
	want := seek(t, ctx, h, "?q=meteorites&kinds=talk")
	if len(want) != 2 {
		t.Fatalf("found %q", want)
	}
	until(t, ctx, `((kinds) => kinds.entry && kinds.w && kinds.cards)(await `+indexKept+`)`)
	until(t, ctx, pageKept("search/"))
	h.cut()
	if diff := cmp.Diff(want, seek(t, ctx, h, "?q=meteorites&kinds=talk")); diff != "" {
		t.Errorf("without a network (-before +after):\n%s", diff)
	}
	h.connect()
	old := ask[map[string][]string](t, ctx, indexKept)
	h.put(planned(after.Site))
	if got := seek(t, ctx, h, "?q=asteroids"); len(got) != 2 {
		t.Errorf("the new word finds %q", got)
	}
	until(t, ctx, `((kinds) => kinds.entry.length === 1 && kinds.entry[0] !== "`+old["entry"][0]+`" && kinds.cards.length === 1)(await `+indexKept+`)`)
	for kind, names := range ask[map[string][]string](t, ctx, indexKept) {
		for _, name := range names {
			if _, there := after.files["assets/search/"+name]; !there {
				t.Errorf("%s, of the former build, is kept: %s", name, kind)
			}
		}
	}
}

// The entry is on its way before the page's script runs, and comes once.
func TestEntryIsLoadedOnce(t *testing.T) {
	ctx := tab(t)
	outputs := planned(sampleAt(t, bases[1]).Site)
	var times atomic.Int32
	name := ""
	for p, o := range outputs {
		if strings.HasPrefix(p, "assets/search/entry-en-") {
			name = p
			outputs[p] = plan.Output{Path: p, Write: func(w io.Writer) error {
				times.Add(1)
				return o.Write(w)
			}}
		}
	}
	h := serve(t, "/learn/doha/", outputs)
	seek(t, ctx, h, "?q=desert")
	by := ask[[]string](t, ctx, `performance.getEntriesByType("resource").filter((e) => e.name.endsWith("`+name+`")).map((e) => e.initiatorType)`)
	if times.Load() != 1 || len(by) == 0 || by[0] != "link" {
		t.Errorf("%s was asked for %d times, by %q", name, times.Load(), by)
	}
}
