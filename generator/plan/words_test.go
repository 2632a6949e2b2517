package plan_test

import (
	"io/fs"
	"maps"
	"os"
	"path"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/BurntSushi/toml"

	"fursa/schema/locale"
	"fursa/themes"
)

// keys are those of the words of the site.
func keys(t *testing.T) []string {
	t.Helper()
	var messages map[string]any
	if _, err := toml.DecodeFile("../../schema/locale/messages/en.toml", &messages); err != nil {
		t.Fatal(err)
	}
	return slices.Sorted(maps.Keys(messages))
}

// used are the keys that templates and code ask for by their whole names.
var used = regexp.MustCompile(`(?:\bt |\b[TN]\()"([a-z-]+\.[a-z0-9-]*[a-z0-9])"`)

// Themes and pages ask for words that there are. How often keys are put
// together from a value's name, TestNoKeyIsShown sees.
func TestWordsAreThere(t *testing.T) {
	known := keys(t)
	found := 0
	check := func(name, text string) {
		for _, m := range used.FindAllStringSubmatch(text, -1) {
			found++
			if !slices.Contains(known, m[1]) {
				t.Errorf("%s: there are no words %q", name, m[1])
			}
		}
	}
	templates, err := fs.Glob(themes.Default(), "templates/*.html")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range templates {
		text, err := fs.ReadFile(themes.Default(), name)
		if err != nil {
			t.Fatal(err)
		}
		check(name, string(text))
	}
	sources, err := fs.Glob(os.DirFS("."), "*.go")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range sources {
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		check(name, string(text))
	}
	if found < 50 {
		t.Errorf("only %d keys found", found)
	}
}

// worded are the endings of files that show words to people. Scripts have keys
// beside their words.
var worded = []string{".html", ".xml", ".json", ".ndjson", ".opml", ".ics", ".csv", ".svg", ".txt"}

// No output shows the key of a message in place of its words, nor a
// placeholder that nothing has filled in.
func TestNoKeyIsShown(t *testing.T) {
	areas := map[string]bool{}
	for _, key := range keys(t) {
		area, _, _ := strings.Cut(key, ".")
		areas[regexp.QuoteMeta(area)] = true
	}
	raw := regexp.MustCompile(`(?:^|[\s>"(])((?:` + strings.Join(slices.Sorted(maps.Keys(areas)), "|") + `)\.[a-z][a-z-]*)\b|\{\{|%!|<no value>|#ZgotmplZ`)
	s := sampleAt(t, "")
	for p, content := range s.files {
		if strings.HasPrefix(p, "schema/") || !slices.Contains(worded, path.Ext(p)) {
			continue
		}
		text := strings.NewReplacer(`data-feed="feed.xml"`, "", `data-feed="calendar.ics"`, "").Replace(string(content)) // files' names
		for _, m := range raw.FindAllString(text, 3) {
			t.Errorf("%s shows %q", p, m)
		}
	}
}

// The words of the site are there in all languages that it is made in.
func TestArabicPagesAreArabic(t *testing.T) {
	s := sampleAt(t, "")
	english, err := locale.New("en", "latn")
	if err != nil {
		t.Fatal(err)
	}
	for _, key := range []string{"nav.home", "listing.can-i-go", "listing.cost", "nav.listings"} {
		words := ">" + english.T(key) + "<"
		for p, content := range s.files {
			if strings.HasPrefix(p, "ar/") && strings.HasSuffix(p, ".html") && strings.Contains(string(content), words) {
				t.Errorf("%s says %q", p, words)
			}
		}
	}
}
