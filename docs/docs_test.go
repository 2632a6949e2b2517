// Package docs_test keeps the documentation true. What a page shows as a
// command is run, what it shows as a file is written and checked, in the
// order of the page; what it says of commands, files of a build, fields,
// packages and dependencies is compared with the program.
//
// The info string of a fenced block says what the block is:
//
//	sh                     commands, run in a copy of the repository's content/ and examples/
//	sh exit=1              the same, and the last one ends with this status
//	text output            what the commands before it print
//	toml PATH, md PATH     a file, written there; a record must be valid
//	md PATH wrong          a record that is not
//	toml KIND              a part of a record of this kind, which must be valid
//	csv PATH, json PATH, ics PATH   a file, written there
//	html PATH, css PATH, svg PATH, ts PATH, toml theme/PATH   a file of the theme in the folder theme, which must work
//	html PATH wrong        a template that does not
//	text built             the files of a build: see formats_test.go
//	text in FILE           lines of a file of a build: see promises_test.go
//	js                     a module that uses a site's assets/search.js, which the tests of themes run
//	text                   a drawing, or what has no other way of being checked
package docs_test

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

var update = flag.Bool("update", false, "write the tables that are made of the schemas anew")

// binaries is the folder that holds the program that the pages run.
var binaries string

func TestMain(m *testing.M) {
	flag.Parse()
	os.Exit(withProgram(m.Run))
}

// withProgram builds the program for the time of run.
func withProgram(run func() int) int {
	dir, err := os.MkdirTemp("", "fursa-docs-")
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	defer func() { _ = os.RemoveAll(dir) }()
	binaries = dir
	if out, err := exec.Command("go", "build", "-o", dir, "../cmd/fursa").CombinedOutput(); err != nil {
		fmt.Fprintf(os.Stderr, "build fursa: %v\n%s", err, out)
		return 1
	}
	return run()
}

// pages are the pages that are checked.
func pages(t *testing.T) []string {
	t.Helper()
	found, err := filepath.Glob("*.md")
	if err != nil {
		t.Fatal(err)
	}
	return append(found, "../README.md", "../CONTRIBUTING.md", "../examples/reading-room/README.md", "../examples/federation/README.md")
}

func read(t *testing.T, path string) string {
	t.Helper()
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// block is a fenced block of a page.
type block struct {
	line int      // of its first fence
	lang string   // the first word of the info string
	info []string // the others
	text string
}

func blocks(t *testing.T, page string) []block {
	t.Helper()
	var all []block
	open := false
	for i, line := range strings.SplitAfter(read(t, page), "\n") {
		info, fence := strings.CutPrefix(line, "```")
		switch {
		case fence && open:
			open = false
		case fence:
			words := strings.Fields(info)
			if len(words) == 0 {
				t.Fatalf("%s:%d: a block without an info string; see docs_test.go", page, i+1)
			}
			all = append(all, block{line: i + 1, lang: words[0], info: words[1:]})
			open = true
		case open:
			all[len(all)-1].text += line
		}
	}
	if open {
		t.Fatalf("%s: the last block does not end", page)
	}
	return all
}

func TestPages(t *testing.T) {
	for _, page := range pages(t) {
		t.Run(filepath.Base(page), func(t *testing.T) {
			t.Parallel()
			r := reader{dir: t.TempDir()}
			for _, folder := range []string{"content", "examples"} {
				if err := os.CopyFS(filepath.Join(r.dir, folder), os.DirFS("../"+folder)); err != nil {
					t.Fatal(err)
				}
			}
			for _, b := range blocks(t, page) {
				if err := r.follow(b); err != nil {
					t.Errorf("%s:%d: %v", page, b.line, err)
				}
			}
		})
	}
}

// reader does what a page says, in a folder of its own.
type reader struct {
	dir    string
	output string // what the last commands printed
}

func (r *reader) follow(b block) error {
	arg := ""
	if len(b.info) > 0 {
		arg = b.info[0]
	}
	switch {
	case b.lang == "sh":
		return r.commands(b.text, arg)
	case b.lang == "text" && arg == "output":
		if diff := cmp.Diff(b.text, r.output); diff != "" {
			return fmt.Errorf("the output differs (-page +program):\n%s", diff)
		}
		return nil
	case b.lang == "text" && (arg == "" || arg == "built" || arg == "in"):
		return nil
	case b.lang == "js" && arg == "":
		return nil
	case b.lang == "toml" && !strings.Contains(arg, "."):
		return checkPart(arg, b.text)
	case slices.Contains([]string{"toml", "md", "csv", "json", "ics", "html", "css", "svg", "ts"}, b.lang) && arg != "":
		return r.file(arg, b.text, slices.Contains(b.info, "wrong"))
	}
	return fmt.Errorf("no known info string: %s %v; see docs_test.go", b.lang, b.info)
}

// file writes a file, and has it checked if it is a record.
func (r *reader) file(path, text string, wrong bool) error {
	full := filepath.Join(r.dir, filepath.FromSlash(path))
	if err := os.MkdirAll(filepath.Dir(full), 0o755); err != nil {
		return err
	}
	if err := os.WriteFile(full, []byte(text), 0o644); err != nil {
		return err
	}
	folder, _, isRecord := strings.Cut(path, "/")
	if !isRecord {
		return nil
	}
	command := "fursa validate --content " + folder + " " + path
	if folder == "theme" {
		command = "fursa validate --theme theme content/catalogue.toml"
	}
	out, status := r.shell(command)
	if want := map[bool]int{false: 0, true: 1}[wrong]; status != want {
		return fmt.Errorf("%s: fursa validate ends with %d, not %d:\n%s", path, status, want, out)
	}
	return nil
}

// commands runs the lines of a block; the last one ends with the status that
// is given as "exit=1".
func (r *reader) commands(text, arg string) error {
	want := 0
	if arg != "" {
		if _, err := fmt.Sscanf(arg, "exit=%d", &want); err != nil {
			return fmt.Errorf("%q is no exit=N", arg)
		}
	}
	r.output = ""
	lines := strings.Split(strings.TrimSpace(strings.ReplaceAll(text, "\\\n", " ")), "\n")
	for i, line := range lines {
		status, expected := 0, 0
		if i == len(lines)-1 {
			expected = want
		}
		switch word := strings.Fields(line)[0]; {
		case strings.HasPrefix(line, "fursa serve"):
			if err := r.serve(line); err != nil {
				return fmt.Errorf("%s: %w", line, err)
			}
		case word == "fursa":
			var out string
			out, status = r.shell(line)
			r.output += out
		case word == "make":
			if err := target(strings.Fields(line)[1]); err != nil {
				return err
			}
		case word != "git" && word != "cd":
			return fmt.Errorf("%s: only fursa, make, git and cd are known here", line)
		}
		if status != expected {
			return fmt.Errorf("%s: ends with %d, not %d:\n%s", line, status, expected, r.output)
		}
	}
	return nil
}

func (r *reader) command(ctx context.Context, line string) *exec.Cmd {
	c := exec.CommandContext(ctx, "sh", "-c", "exec "+line)
	c.Dir = r.dir
	c.Env = append(os.Environ(), "LC_ALL=en_US.UTF-8", "NO_COLOR=1",
		"PATH="+binaries+string(os.PathListSeparator)+os.Getenv("PATH"))
	return c
}

// shell runs a command, and answers all that it prints and how it ends.
func (r *reader) shell(line string) (output string, status int) {
	out, err := r.command(context.Background(), line).CombinedOutput()
	var exit *exec.ExitError
	if err != nil && !errors.As(err, &exit) {
		return err.Error(), -1
	}
	if exit != nil {
		status = exit.ExitCode()
	}
	return string(out), status
}

var address = regexp.MustCompile(`http://\S+`)

// serve starts the server on a free port and ends it when it says where it
// is.
func (r *reader) serve(line string) error {
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	c := r.command(ctx, line+" --address 127.0.0.1:0")
	stderr, err := c.StderrPipe()
	if err != nil {
		return err
	}
	if err := c.Start(); err != nil {
		return err
	}
	var said bytes.Buffer
	for lines := bufio.NewScanner(stderr); lines.Scan(); {
		fmt.Fprintln(&said, lines.Text())
		if address.MatchString(lines.Text()) {
			return errors.Join(c.Process.Signal(os.Interrupt), c.Wait())
		}
	}
	return fmt.Errorf("it never says where it serves: %w\n%s", c.Wait(), &said)
}

// target says whether the Makefile has a target.
func target(name string) error {
	text, err := os.ReadFile("../Makefile")
	if err != nil {
		return err
	}
	if !bytes.Contains(text, []byte("\n"+name+":")) {
		return fmt.Errorf("make %s: there is no such target", name)
	}
	return nil
}
