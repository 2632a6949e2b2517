package main

import (
	"bufio"
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// The command shows the hub, pulls again when somebody asks for it, and leaves
// nothing behind.
func TestRun(t *testing.T) {
	dir := t.TempDir()
	t.Setenv("TMPDIR", dir)
	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	in, keyboard := io.Pipe()
	screen, out := io.Pipe()
	done := make(chan error, 1)
	go func() {
		err := run(ctx, "..", "127.0.0.1:0", in, out)
		done <- errors.Join(err, out.Close())
	}()
	var hub, again bool
	for lines := bufio.NewScanner(screen); lines.Scan(); {
		switch line := lines.Text(); {
		case strings.HasPrefix(line, "hub stands at http://127.0.0.1:"):
			hub = true
		case strings.HasSuffix(line, "Ctrl-C to end."):
			if _, err := io.WriteString(keyboard, "\n"); err != nil {
				t.Fatal(err)
			}
		case line == "kuopio: nothing has changed, 15 listings":
			again = true
			stop()
		}
	}
	if err := <-done; err != nil && ctx.Err() == nil {
		t.Error(err)
	}
	if !hub || !again {
		t.Errorf("the hub shown: %t; pulled again: %t", hub, again)
	}
	left, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, entry := range left {
		t.Errorf("%s is left behind", entry.Name())
	}
}

// All four catalogues take the same day for today, so that what is pulled is not
// old, and nothing of it over, when the hub is built.
func TestOneDay(t *testing.T) {
	for _, name := range []string{"catalonia", "chicago-summer", "hub", "kuopio"} {
		text, err := os.ReadFile(filepath.Join("..", name, "content", "catalogue.toml"))
		if err != nil {
			t.Fatal(err)
		}
		if day := "today = " + now.Format(time.DateOnly); !strings.Contains(string(text), day+"\n") {
			t.Errorf("%s does not say %s", name, day)
		}
	}
}
