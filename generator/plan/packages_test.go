package plan_test

import (
	"archive/zip"
	"bytes"
	"encoding/json"
	"fmt"
	"html"
	"io"
	"path"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// linksOf are the addresses of a package's links, sorted, each once.
func linksOf(t *testing.T, data []byte) []string {
	t.Helper()
	archive, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	var links []string
	for _, f := range archive.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		text, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range regexp.MustCompile(`<url [^>]*href="([^"]*)"`).FindAllSubmatch(text, -1) {
			links = append(links, html.UnescapeString(string(m[1])))
		}
	}
	slices.Sort(links)
	return slices.Compact(links)
}

// Both packages of a school have its listings and their materials, in each of
// its languages.
func TestPackages(t *testing.T) {
	s := sampleAt(t, "")
	materials := map[string][]string{} // by path of the listing
	for line := range strings.Lines(string(s.files["catalogue.ndjson"])) {
		var l struct {
			Path        string
			Opportunity struct{ Materials []struct{ URL string } }
		}
		if err := json.Unmarshal([]byte(line), &l); err != nil {
			t.Fatal(err)
		}
		for _, m := range l.Opportunity.Materials {
			materials[l.Path] = append(materials[l.Path], m.URL)
		}
	}
	packages, withMaterials := 0, 0
	for name := range s.files {
		if path.Base(name) != "links.imscc" {
			continue
		}
		packages++
		var feed struct{ Items []struct{ URL string } }
		if err := json.Unmarshal(s.files[path.Dir(name)+"/feed.json"], &feed); err != nil {
			t.Fatal(err)
		}
		var want []string
		for _, item := range feed.Items {
			want = append(want, item.URL)
			_, at, _ := strings.Cut(item.URL, "opportunities/")
			of := materials["opportunities/"+strings.TrimSuffix(at, "/")]
			withMaterials += len(of)
			want = append(want, of...)
		}
		slices.Sort(want)
		want = slices.Compact(want)
		for _, file := range []string{"links.imscc", "links-1.1.imscc"} {
			if diff := cmp.Diff(want, linksOf(t, s.files[path.Dir(name)+"/"+file])); diff != "" {
				t.Errorf("%s, %s (-feed +package):\n%s", path.Dir(name), file, diff)
			}
		}
	}
	if packages < 4 || withMaterials == 0 {
		t.Errorf("%d packages with %d materials", packages, withMaterials)
	}
}

// Of more listings than a platform makes a course of, a package has the first,
// what is pinned before all others, and a link to the rest.
func TestPackageOfMany(t *testing.T) {
	listings := map[string]string{"pinned": "sessions = [{ start = 2027-03-01 }]"}
	for n := range 502 {
		listings[fmt.Sprintf("talk-%03d", n)] = "anytime = true"
	}
	s := withSchool(t, "name = \"Bay School\"\nlanguages = [\"en\"]\npin = [\"museum/pinned\"]\n", listings)
	page := "https://city.example/learn/schools/bay/"
	for _, file := range []string{"links.imscc", "links-1.1.imscc"} {
		links := linksOf(t, s.files["schools/bay/"+file])
		if len(links) != 501 || !slices.Contains(links, page) || !slices.Contains(links, "https://city.example/learn/opportunities/museum/pinned/") {
			t.Errorf("%s: %d links, %q…", file, len(links), links[:3])
		}
	}
}
