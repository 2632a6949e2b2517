package plan_test

import (
	"encoding/json"
	"path"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// Each page of a list names its answer for oEmbed, which says the page's title
// and shows its picture; listings have none.
func TestOEmbed(t *testing.T) {
	s := sampleAt(t, bases[1])
	named := map[string]bool{}
	for _, p := range s.pages(t) {
		link := p.first("link", "type", "application/json+oembed")
		if link == nil {
			continue
		}
		href, _ := attr(link, "href")
		file, elsewhere := s.find(t, p.path, href)
		if elsewhere || s.files[file] == nil {
			t.Errorf("%s names %s, which is not there", p.path, href)
			continue
		}
		named[file] = true
		if path.Dir(p.path) != path.Dir(file) {
			continue // of an embed, or of all listings, which stand elsewhere
		}
		var got map[string]any
		if err := json.Unmarshal(s.files[file], &got); err != nil {
			t.Fatal(err)
		}
		prefix, name := "", "Learning in Doha"
		if strings.HasPrefix(p.path, "ar/") {
			prefix, name = "ar/", "التعلم في الدوحة"
		}
		title, _ := attr(p.first("meta", "property", "og:title"), "content")
		title, _, _ = strings.Cut(title, " – ") // which page of several
		want := map[string]any{
			"version": "1.0", "type": "link", "title": title, "provider_name": name, "provider_url": bases[1] + "/" + prefix,
			"cache_age": 86400.0,
		}
		if picture := p.first("meta", "property", "og:image"); picture != nil {
			want["thumbnail_url"], _ = attr(picture, "content")
			want["thumbnail_width"], want["thumbnail_height"] = 1200.0, 630.0
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", file, diff)
		}
	}
	for file := range s.named("oembed.json") {
		if !named[file] {
			t.Errorf("no page names %s", file)
		}
	}
	if len(named) < 50 {
		t.Errorf("%d pages have an answer", len(named))
	}
}
