// Command fursa turns a folder of learning opportunities into a catalogue: a
// static site with feeds.
package main

import (
	"os"

	_ "time/tzdata" // zones work where the system has none
)

func main() {
	os.Exit(run(os.Args[1:], os.Stdin, os.Stdout, os.Stderr))
}
