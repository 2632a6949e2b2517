package plan_test

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/mmcdole/gofeed"

	"fursa/generator"
	"fursa/generator/ledger"
)

// A change that people must notice is a new item, in the feed's language; a
// typo is not.
func TestRevisions(t *testing.T) {
	dir := t.TempDir()
	if err := os.CopyFS(dir, os.DirFS(sample)); err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(dir, "opportunities/dhow-house/knots-and-ropes.md")
	var last *ledger.Ledger
	feedsAfter := func(day int, old, new string) (english, arabic *gofeed.Feed) {
		t.Helper()
		replace(t, file, old, new)
		in := generator.Input{Content: dir, Previous: last, Now: generator.Now{Instant: time.Date(2026, 11, day, 9, 0, 0, 0, time.UTC)}}
		s := made(t, in)
		last = s.Catalogue.Ledger
		return parseFeed(t, s.files["feed.xml"]), parseFeed(t, s.files["ar/feed.xml"])
	}
	const id = "https://doha.example/opportunities/dhow-house/knots-and-ropes"
	items := func(f *gofeed.Feed) map[string]string {
		found := map[string]string{}
		for _, i := range f.Items {
			if bytes.HasPrefix([]byte(i.GUID), []byte(id)) {
				found[i.GUID[len(id):]] = i.Title
			}
		}
		return found
	}

	first, _ := feedsAfter(22, "", "")
	if diff := cmp.Diff(map[string]string{"": "Knots, ropes and small sails"}, items(first)); diff != "" {
		t.Error("first:", diff)
	}
	typo, _ := feedsAfter(23, "small sails\"", "little sails\"")
	if diff := cmp.Diff(map[string]string{"": "Knots, ropes and little sails"}, items(typo)); diff != "" {
		t.Error("a typo mended:", diff)
	}
	if a, b := first.Items[0].Published, typo.Items[0].Published; a != b {
		t.Errorf("a typo moved the first item from %s to %s", a, b)
	}
	moved, arabic := feedsAfter(24, "2026-11-27T", "2026-11-28T")
	want := map[string]string{
		"":       "Knots, ropes and little sails",
		"#rev-1": "Moved from Friday 27 November 2026, 15:00 to Saturday 28 November 2026, 15:00: Knots, ropes and little sails",
	}
	if diff := cmp.Diff(want, items(moved)); diff != "" {
		t.Error("moved:", diff)
	}
	if got := items(arabic)["#rev-1"]; got == "" || got == want["#rev-1"] {
		t.Errorf("the change in Arabic is %q", got)
	}
	if got := moved.Items[0]; got.GUID != id+"#rev-1" || got.PublishedParsed.Day() != 24 {
		t.Errorf("the first item is %s of %s", got.GUID, got.Published)
	}
}

func replace(t *testing.T, file, old, new string) {
	t.Helper()
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Contains(text, []byte(old)) {
		t.Fatalf("%s has no %q", file, old)
	}
	if err := os.WriteFile(file, bytes.ReplaceAll(text, []byte(old), []byte(new)), 0o600); err != nil {
		t.Fatal(err)
	}
}

func parseFeed(t *testing.T, text []byte) *gofeed.Feed {
	t.Helper()
	f, err := gofeed.NewParser().Parse(bytes.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	return f
}
