package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"fursa/bench/process"
)

// previewSample is how many listings are given a preview picture each.
const previewSample = 200

// previews measures preview pictures, apart from all else: builds of a sample
// without them, with one for each subject, with one for each listing, and the
// next day's, which finds those still there. It gives a line of text.
func (w *workspace) previews() (string, error) {
	content, err := w.content(min(previewSample, w.listings))
	if err != nil {
		return "", err
	}
	var cpu [3]time.Duration
	var made [3]int
	again := 0
	for i, kind := range []string{"none", "subject", "listing"} {
		output := "site-" + kind
		undo, err := w.edit(content+"/catalogue.toml", "notice = ", "look = {previews = \""+kind+"\"}\nnotice = ")
		if err != nil {
			return "", err
		}
		cpu[i], made[i], err = w.pictures(content, output, today)
		if err == nil {
			_, again, err = w.pictures(content, output, tomorrow)
		}
		if err := errors.Join(err, undo(), os.RemoveAll(w.path(output))); err != nil {
			return "", err
		}
	}
	return fmt.Sprintf("Preview pictures: %d, one for each subject and language, take %.2f s of CPU of every first build above; "+
		"one for each of %d listings, %d in all, %.0f a second of CPU; the next day's build makes %d of these again.",
		made[1], (cpu[1] - cpu[0]).Seconds(), min(previewSample, w.listings), made[2], float64(made[2])/(cpu[2]-cpu[0]).Seconds(), again), nil
}

// pictures builds a site, and gives the time of it and how many preview
// pictures were written.
func (w *workspace) pictures(content, output, now string) (time.Duration, int, error) {
	start := time.Now().Add(-20 * time.Millisecond)
	s, err := process.Run(w.ctx, w.dir, build(content, output, now))
	if err != nil {
		return 0, 0, err
	}
	files, err := filepath.Glob(w.path(output, "assets", "preview-*.png"))
	made := 0
	for _, file := range files {
		if info, err := os.Stat(file); err == nil && !info.ModTime().Before(start) {
			made++
		}
	}
	return s.CPU, made, err
}
