package process

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
)

// Repository is the nearest folder, from the working one upward, that holds
// Fursa's own module.
func Repository() (string, error) {
	dir, err := os.Getwd()
	if err != nil {
		return "", err
	}
	for {
		text, err := os.ReadFile(filepath.Join(dir, "go.mod"))
		if err == nil && strings.HasPrefix(string(text), "module fursa\n") {
			return dir, nil
		}
		up := filepath.Dir(dir)
		if up == dir {
			return "", errors.New("run this in Fursa's repository: go.mod with «module fursa» is in no folder above")
		}
		dir = up
	}
}

// Load is how busy the machine is, where it says so.
func Load() string {
	text, err := os.ReadFile("/proc/loadavg")
	fields := strings.Fields(string(text))
	if err != nil || len(fields) < 3 {
		return "unknown"
	}
	return strings.Join(fields[:3], " ")
}
