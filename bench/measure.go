package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os/exec"
	"path/filepath"
	"time"

	"fursa/bench/process"
)

// sample is what one run took, and what then stood in its output folder.
type sample struct {
	process.Use
	tree
}

// tree is what a folder holds.
type tree struct {
	files, written int // written: those that the run wrote
	bytes          int64
}

// survey counts what a folder holds, and what of it was written since.
func survey(dir string, since time.Time) (tree, error) {
	var t tree
	err := filepath.WalkDir(dir, func(_ string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		info, err := d.Info()
		if err != nil {
			return err
		}
		t.files++
		t.bytes += info.Size()
		if !info.ModTime().Before(since) {
			t.written++
		}
		return nil
	})
	return t, err
}

// measure runs all cases in turn, once to warm up and then as often as asked,
// so that whatever else the machine does falls on all alike. It gives what it
// has where it fails.
func (w *workspace) measure(cases []benchCase, runs int) (map[string][]sample, error) {
	samples := map[string][]sample{}
	for run := range runs + 1 {
		for _, c := range cases {
			s, err := w.once(c)
			if err != nil {
				return samples, fmt.Errorf("%s: %w", c.name, err)
			}
			what := "warm-up"
			if run > 0 {
				what = fmt.Sprintf("run %d of %d", run, runs)
				samples[c.name] = append(samples[c.name], s)
			}
			fmt.Fprintf(w.log, "%s: %s %.2f s\n", what, c.name, s.Wall.Seconds())
		}
	}
	return samples, nil
}

func (w *workspace) once(c benchCase) (sample, error) {
	if c.before != nil {
		if err := c.before(); err != nil {
			return sample{}, err
		}
	}
	settle(w.ctx)
	// Clocks of file systems tick some milliseconds late.
	start := time.Now().Add(-20 * time.Millisecond)
	use, err := process.Run(w.ctx, w.dir, c.command)
	s := sample{Use: use}
	if err == nil && c.output != "" {
		s.tree, err = survey(filepath.Join(w.dir, c.output), start)
	}
	if c.after != nil {
		err = errors.Join(err, c.after())
	}
	return s, err
}

// settle lets what earlier runs wrote reach the disk, so that nobody pays for
// it but they. Where there is no such program the runs are only less even.
func settle(ctx context.Context) { _ = exec.CommandContext(ctx, "sync").Run() }
