package plan_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"fursa/generator"
)

// Two files that hold the same image, and one that holds none, are no harm:
// copies are made once, and what can't be read is published as it is.
func TestImagesThatAreTheSameOrBroken(t *testing.T) {
	content := t.TempDir()
	if err := os.CopyFS(content, os.DirFS(sample)); err != nil {
		t.Fatal(err)
	}
	text, err := os.ReadFile(filepath.Join(content, "images/night-sky.png"))
	if err != nil {
		t.Fatal(err)
	}
	for name, text := range map[string][]byte{"again.png": text, "broken.png": []byte("no image")} {
		if err := os.WriteFile(filepath.Join(content, "images", name), text, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	before, after := 0, 0
	for p := range sampleAt(t, "").files {
		before += strings.Count(p, "assets/picture-")
	}
	s := made(t, generator.Input{Content: content}) // tells of a path that is planned twice
	for p := range s.files {
		after += strings.Count(p, "assets/picture-")
	}
	if before == 0 || after != before {
		t.Errorf("%d copies of images, %d without the new ones", after, before)
	}
	if got := string(s.files["images/broken.png"]); got != "no image" {
		t.Errorf("the broken image is %q", got)
	}
}
