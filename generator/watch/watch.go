// Package watch says that something under some folders has changed, never
// what: whoever listens looks for itself.
package watch

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/fsnotify/fsnotify"
)

// settle is how long a folder must be quiet: editors save in several steps.
const settle = 80 * time.Millisecond

// Watcher watches folders from the time when it is made.
type Watcher struct{ events *fsnotify.Watcher }

// New watches folders and all below them, folders made later included. Names
// that begin with a dot are passed over.
func New(folders ...string) (*Watcher, error) {
	events, err := fsnotify.NewWatcher()
	if err != nil {
		return nil, fmt.Errorf("watch: %w", err)
	}
	for _, f := range folders {
		if err := addTree(events, f); err != nil {
			return nil, errors.Join(fmt.Errorf("watch %s: %w", f, err), events.Close())
		}
	}
	return &Watcher{events}, nil
}

// Run calls changed once after each burst of changes until ctx ends, and
// returns ctx's error, or one of the system's. The Watcher is used up then.
func (w *Watcher) Run(ctx context.Context, changed func()) error {
	defer w.events.Close()
	quiet := time.NewTimer(settle)
	quiet.Stop()
	for {
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-quiet.C:
			changed()
		case event, ok := <-w.events.Events:
			if !ok {
				return nil
			}
			if hidden(event.Name) || event.Op == fsnotify.Chmod {
				continue
			}
			if event.Has(fsnotify.Create) {
				// What was made in a new folder before it was watched is
				// covered too: a change is due in any case.
				if err := addTree(w.events, event.Name); err != nil && !os.IsNotExist(err) {
					return fmt.Errorf("watch %s: %w", event.Name, err)
				}
			}
			quiet.Reset(settle)
		case err, ok := <-w.events.Errors:
			if !ok {
				return nil
			}
			// Lost events are changes too.
			if err != nil {
				quiet.Reset(settle)
			}
		}
	}
}

// addTree watches a folder and all below it; a file is watched by its folder.
func addTree(w *fsnotify.Watcher, root string) error {
	return filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case !d.IsDir():
			return nil
		case path != root && hidden(path):
			return fs.SkipDir
		}
		return w.Add(path)
	})
}

func hidden(path string) bool {
	base := filepath.Base(path)
	return strings.HasPrefix(base, ".") && base != "." && base != ".."
}
