// Package process runs a program and says what that took.
package process

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"time"
)

// Use is what one run of a program took.
type Use struct {
	Wall time.Duration
	CPU  time.Duration // user and system, of the process and its threads
	Peak int64         // the most memory held at once, in bytes; 0 unknown
}

// Run runs a program in a folder and measures it. What it prints to standard
// error is kept for the message of a failure; the rest is thrown away.
func Run(ctx context.Context, dir string, args []string) (Use, error) {
	log, err := os.CreateTemp("", "fursa-bench-*.log")
	if err != nil {
		return Use{}, err
	}
	defer os.Remove(log.Name())
	defer log.Close()
	c := exec.CommandContext(ctx, args[0], args[1:]...)
	c.Dir, c.Stderr = dir, log
	start := time.Now()
	err = c.Run()
	u := Use{Wall: time.Since(start)}
	if err != nil {
		text, _ := os.ReadFile(log.Name())
		return u, fmt.Errorf("%s: %w\n%s", strings.Join(args, " "), err, text[max(0, len(text)-2000):])
	}
	u.CPU = c.ProcessState.UserTime() + c.ProcessState.SystemTime()
	u.Peak = peak(c.ProcessState)
	return u, nil
}
