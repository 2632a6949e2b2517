// Command fursa turns a folder of learning opportunities into a catalogue: a
// static site with feeds.
package main

import (
	"os"
	"runtime/debug"

	_ "time/tzdata" // zones work where the system has none
)

func main() {
	// A build holds all records and makes much that it drops at once: less
	// headroom than Go's default costs little time, and much less memory.
	debug.SetGCPercent(80)
	os.Exit(run(os.Args[1:], os.Stdin, os.Stdout, os.Stderr))
}
