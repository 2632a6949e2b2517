package watch_test

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"testing"

	"fursa/generator/watch"
)

func TestWatcher(t *testing.T) {
	dir := t.TempDir()
	w, err := watch.New(dir)
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(t.Context())
	changed, ended := make(chan bool), make(chan error, 1)
	go func() { ended <- w.Run(ctx, func() { changed <- true }) }()

	write := func(path, text string) {
		t.Helper()
		path = filepath.Join(dir, path)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	for _, path := range []string{"a.md", "new/folder/b.md", "new/folder/b.md"} {
		write(path, path)
		select {
		case <-changed:
		case err := <-ended:
			t.Fatal(err)
		}
	}

	stop()
	if err := <-ended; !errors.Is(err, context.Canceled) {
		t.Fatal(err)
	}
}

func TestMissingFolder(t *testing.T) {
	_, err := watch.New(filepath.Join(t.TempDir(), "none"))
	if !errors.Is(err, os.ErrNotExist) {
		t.Fatal(err)
	}
}
