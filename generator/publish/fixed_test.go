package publish_test

import (
	"context"
	"io"
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"

	"fursa/generator/publish"
)

// TestFixedFiles: a picture that is dear to make is made once, and again only
// when somebody has touched or removed it.
func TestFixedFiles(t *testing.T) {
	dir, made := filepath.Join(t.TempDir(), "site"), 0
	name := filepath.Join(dir, "picture-1234.png")
	build := func() publish.Report {
		t.Helper()
		made = 0
		files := []publish.File{{Path: "picture-1234.png", Fixed: true, Write: func(w io.Writer) error {
			made++
			_, err := io.WriteString(w, "a picture")
			return err
		}}}
		r, err := publish.Write(context.Background(), files, last(), publish.Options{Dir: dir})
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(site{"picture-1234.png": "a picture"}, read(t, dir)); diff != "" {
			t.Error(diff)
		}
		return r
	}
	first := build()
	if made != 1 {
		t.Errorf("first build: made %d times", made)
	}
	second := build()
	if made != 0 {
		t.Errorf("second build: made %d times", made)
	}
	if second.Written != 0 || second.Files != first.Files || second.Bytes != first.Bytes {
		t.Errorf("second build: %+v after %+v", second, first)
	}
	if err := os.WriteFile(name, []byte("another thing"), 0o600); err != nil {
		t.Fatal(err)
	}
	if build(); made != 1 {
		t.Errorf("after a change: made %d times", made)
	}
	if err := os.Remove(name); err != nil {
		t.Fatal(err)
	}
	if build(); made != 1 {
		t.Errorf("after a removal: made %d times", made)
	}
}
