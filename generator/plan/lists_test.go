package plan_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"fursa/generator"
)

// folder writes a content folder with a provider, a subject and listings,
// the fields of each by its slug.
func folder(t testing.TB, listings map[string]string) string {
	t.Helper()
	dir := t.TempDir()
	files := map[string]string{
		"catalogue.toml":             "id = \"https://doha.example/\"\nname = { en = \"Learning in Doha\" }\nlanguages = [\"en\", \"ar\"]\ntime_zone = \"Asia/Qatar\"\ncurrency = \"QAR\"\n",
		"vocabularies/subjects.toml": "[[terms]]\nid = \"sciences\"\nlabel = { en = \"Sciences\" }\n",
		"providers/museum.md":        "+++\nname = \"Museum\"\naliases = [\"providers/old-museum\"]\nurl = \"https://museum.example/\"\n+++\n",
	}
	for slug, fields := range listings {
		files["opportunities/museum/"+slug+".md"] = "+++\ntitle = \"Listing " + slug + "\"\nsummary = \"What people do at listing " + slug + ".\"\nkind = \"talk\"\n" +
			"ages = { min = 8 }\nlanguages = [\"en\"]\nsubjects = [\"sciences\"]\nmode = \"online\"\ncost = { amount = 0 }\n" + fields + "\n+++\n"
	}
	for name, text := range files {
		file := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// A list goes on over pages that lead to each other and hold every listing
// once.
func TestLongListsGoOn(t *testing.T) {
	listings := map[string]string{}
	for i := range 120 {
		listings[fmt.Sprint(i)] = fmt.Sprintf("sessions = [{ start = 2026-12-%02d }]", i%28+1)
		listings[fmt.Sprintf("past-%d", i)] = fmt.Sprintf("sessions = [{ start = 2025-03-%02d }]", i%28+1)
	}
	s := made(t, generator.Input{Content: folder(t, listings)})
	for _, list := range []string{"opportunities", "subjects/sciences", "providers/museum", "kinds/talk", "past/2025", "ar/opportunities"} {
		seen := map[string]bool{}
		at, pages := list+"/index.html", 0
		for at != "" && pages < 10 {
			// What the page says to machines goes on counting.
			if first := fmt.Sprintf(`"position":%d,"url"`, 50*pages+1); !strings.HasPrefix(list, "past/") && !strings.Contains(string(s.files[at]), first) {
				t.Errorf("%s has no %s", at, first)
			}
			pages++
			p := parsePage(t, at, s.files[at])
			for _, n := range p.all("a", "href", "") {
				href, _ := attr(n, "href")
				if file, _ := s.find(t, at, href); strings.Contains(file, "opportunities/museum/") && n.Parent.Data != "li" {
					seen[file] = true
				}
			}
			at = ""
			if next := p.first("a", "rel", "next"); next != nil {
				href, _ := attr(next, "href")
				at, _ = s.find(t, "", href)
			}
		}
		if pages != 3 || len(seen) != 120 {
			t.Errorf("%s: %d listings on %d pages, want 120 on 3", list, len(seen), pages)
		}
	}
}

// A catalogue that has nothing yet still makes a site whose links all lead
// somewhere.
func TestEmptyCatalogue(t *testing.T) {
	s := made(t, generator.Input{Content: folder(t, nil), BaseURL: "https://city.example/learn"})
	for p, content := range s.named("*.html") {
		for _, address := range addresses(t, p, content) {
			if file, elsewhere := s.find(t, p, address); !elsewhere && s.files[file] == nil {
				t.Errorf("%s: %s leads to %s, which is not there", p, address, file)
			}
		}
	}
	if s.files["opportunities/index.html"] == nil || s.files["feed.xml"] == nil {
		t.Error("no list or no feed of everything")
	}
	if strings.Contains(string(s.files["opportunities/index.html"]), `"ItemList"`) {
		t.Error("the data of an empty list has a list")
	}
}

func TestOldPathsLeadOn(t *testing.T) {
	s := made(t, generator.Input{
		Content: folder(t, map[string]string{"new": "anytime = true\naliases = [\"opportunities/museum/old\"]"}),
		BaseURL: "https://city.example/learn/",
	})
	want := map[string]string{
		"/learn/opportunities/museum/old/":    "/learn/opportunities/museum/new/",
		"/learn/ar/opportunities/museum/old/": "/learn/ar/opportunities/museum/new/",
		"/learn/providers/old-museum/":        "/learn/providers/museum/",
		"/learn/ar/providers/old-museum/":     "/learn/ar/providers/museum/",
	}
	got := redirects(string(s.files["_redirects"]))
	for from, to := range want {
		if got[from] != to {
			t.Errorf("%s leads to %q", from, got[from])
		}
		file, _ := s.find(t, "", from)
		refresh, _ := attr(parsePage(t, file, s.files[file]).first("meta", "http-equiv", "refresh"), "content")
		if refresh != "0; url="+to {
			t.Errorf("the page at %s leads to %q", from, refresh)
		}
	}
	if len(got) != len(want) {
		t.Errorf("%d redirects: %v", len(got), got)
	}
}
