package main

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
)

// hugoVersion is the newest that Go 1.26 builds.
const hugoVersion = "v0.165.0"

// errNoHugo says that Hugo can't be had; the rest is measured without it.
var errNoHugo = errors.New("measuring without Hugo, which can't be installed")

// installHugo builds Hugo, once for all runs of this program, in the user's
// cache folder.
func (w *workspace) installHugo() (string, error) {
	cache, err := os.UserCacheDir()
	if err != nil {
		return "", err
	}
	folder := filepath.Join(cache, "fursa-bench", "hugo-"+hugoVersion)
	program := filepath.Join(folder, "hugo")
	if _, err := os.Stat(program); err != nil {
		install := exec.CommandContext(w.ctx, "go", "install", "github.com/gohugoio/hugo@"+hugoVersion)
		install.Dir = w.dir
		install.Env = append(os.Environ(), "CGO_ENABLED=0", "GOBIN="+folder)
		fmt.Fprintln(w.log, install, "(some minutes, the first time)")
		if text, err := install.CombinedOutput(); err != nil {
			return "", fmt.Errorf("%w: %s: %w\n%s", errNoHugo, install, err, text)
		}
	}
	w.hugo = w.version(program, "version")
	return program, nil
}
