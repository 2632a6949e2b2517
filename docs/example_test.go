package docs_test

import (
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"fursa/schema/colour"
)

const readingRoom = "../examples/reading-room/"

// The example theme works in both languages: what it changes is on the pages,
// and what pages and styles ask for is there.
func TestExampleTheme(t *testing.T) {
	out, status := (&reader{dir: ".."}).shell("fursa validate --quiet --theme examples/reading-room")
	if status != 0 || out != "" {
		t.Fatalf("fursa validate ends with %d: %s", status, out)
	}
	site := sample(t, "--theme", "examples/reading-room")
	for lang, want := range map[string][]string{
		"": {
			`<time datetime="2026-11-22T15:30:00&#43;03:00">Sunday 22 November 2026, 15:30–17:30</time>`,
			"Robots after school", "<h2>Not sure where to start?</h2>", "Write to a librarian",
		},
		"ar/": {
			`<time datetime="2026-11-22T15:30:00&#43;03:00">الأحد، 22 نوفمبر 2026، 3:30–5:30 م</time>`,
			"روبوتات بعد المدرسة", "<h2>لا تعرف من أين تبدأ؟</h2>", "اكتب إلى أمين المكتبة",
		},
	} {
		if got := inOrder(read(t, filepath.Join(site, lang+"index.html")), want); got != len(want) {
			t.Errorf("%sindex.html: not there, or not after what comes before it: %s", lang, want[got])
		}
	}
	checkAssets(t, site)
}

// inOrder is how many of some texts stand in a page one after the other.
func inOrder(page string, texts []string) int {
	for i, text := range texts {
		_, after, found := strings.Cut(page, text)
		if !found {
			return i
		}
		page = after
	}
	return len(texts)
}

// checkAssets looks for the theme's pictures where pages and styles ask for
// them.
func checkAssets(t *testing.T, site string) {
	for page, asked := range map[string]*regexp.Regexp{
		"index.html":        regexp.MustCompile(`<img src="/(assets/lamp-[0-9a-f]{12}\.svg)"`),
		styleSheet(t, site): regexp.MustCompile(`url\("?\.?/?((?:lamp|shelf)-[0-9a-f]{12}\.svg)"?\)`),
	} {
		found := asked.FindAllStringSubmatch(read(t, filepath.Join(site, page)), -1)
		if len(found) == 0 {
			t.Errorf("%s asks for no picture of the theme", page)
		}
		for _, m := range found {
			read(t, filepath.Join(site, "assets", filepath.Base(m[1])))
		}
	}
}

func styleSheet(t *testing.T, site string) string {
	t.Helper()
	found, err := filepath.Glob(filepath.Join(site, "assets", "site-*.css"))
	if err != nil || len(found) != 1 {
		t.Fatalf("style sheets: %q, %v", found, err)
	}
	return filepath.Join("assets", filepath.Base(found[0]))
}

var property = regexp.MustCompile(`--([a-z-]+): (#[0-9a-f]{6});`)

// Text in the example's colours can be read on all grounds that it stands on,
// by day and by night.
func TestExampleThemeCanBeRead(t *testing.T) {
	day, night, found := strings.Cut(read(t, readingRoom+"styles/60-reading-room.css"), "@media (prefers-color-scheme: dark)")
	if !found {
		t.Fatal("there is no dark scheme")
	}
	for name, css := range map[string]string{"day": day, "night": night} {
		scheme := map[string]colour.Colour{}
		for _, m := range property.FindAllStringSubmatch(css, -1) {
			scheme[m[1]] = colour.MustParse(m[2])
		}
		if len(scheme) != 12 {
			t.Fatalf("%s: %d colours, not 12: %v", name, len(scheme), scheme)
		}
		for ground, texts := range map[string][]string{
			"paper": {"ink", "accent", "deep", "warn"}, "surface": {"ink", "accent", "deep", "warn"},
			"tint": {"ink", "accent", "deep"}, "accent": {"on-accent"}, "highlight": {"on-highlight"},
		} {
			for _, text := range texts {
				if ratio := colour.Contrast(scheme[text], scheme[ground]); ratio < colour.AA {
					t.Errorf("by %s: --%s on --%s has a contrast of %.2f", name, text, ground, ratio)
				}
			}
		}
	}
}

// Both languages have the example's words.
func TestExampleThemeSpeaksBoth(t *testing.T) {
	key := regexp.MustCompile(`(?m)^"([^"]+)" = "[^"]+"$`)
	words := func(lang string) (keys []string) {
		for _, m := range key.FindAllStringSubmatch(read(t, readingRoom+"messages/"+lang+".toml"), -1) {
			keys = append(keys, m[1])
		}
		return keys
	}
	want := []string{"reading-room.ask", "reading-room.desk", "reading-room.write"}
	for _, lang := range []string{"en", "ar"} {
		if diff := cmp.Diff(want, words(lang)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", lang, diff)
		}
	}
}
