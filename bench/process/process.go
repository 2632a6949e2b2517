// Package process runs a program and says what that took.
package process

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/exec"
	"os/signal"
	"strings"
	"time"
)

// Main runs a program's own work and ends the process: with 1 and a message in
// its name where that fails, with 2 where it was only asked for help.
func Main(name string, run func(ctx context.Context, args []string, out, log io.Writer) error) {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	err := run(ctx, os.Args[1:], os.Stdout, os.Stderr)
	stop()
	if errors.Is(err, flag.ErrHelp) {
		os.Exit(2)
	}
	if err != nil {
		fmt.Fprintf(os.Stderr, "%s: %v\n", name, err)
		os.Exit(1)
	}
}

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
