package plan_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// Feeds are read by programs that others wrote, each told by a small script in
// testdata/readers to say in JSON what it has found.

// debianPython is the Python that has what .ci/tools installs; the first one on
// the path can be another.
const debianPython = "/usr/bin/python3"

// lack ends a test for which something is missing. make test sets
// FURSA_BROWSER=required, so that nothing is missing unseen.
func lack(t *testing.T, why error) {
	t.Helper()
	if os.Getenv("FURSA_BROWSER") == "required" {
		t.Fatalf("%v.\nTo run without the tests that need it: make test FURSA_BROWSER=skip", why)
	}
	t.Skipf("skipped: %v", why)
}

// needs sees to it that there are programs, modules of Debian's Python after
// "python:", and packages of npm's after "npm:".
func needs(t *testing.T, all ...string) {
	t.Helper()
	if len(all) > 0 && os.Getenv("FURSA_BROWSER") == "skip" {
		lack(t, fmt.Errorf("FURSA_BROWSER=skip"))
	}
	for _, name := range all {
		kind, of, _ := strings.Cut(name, ":")
		var err error
		switch kind {
		case "python":
			err = exec.CommandContext(t.Context(), debianPython, "-c", "import "+of).Run()
		case "npm":
			_, err = os.Stat(filepath.Join(npmModules(t), of))
		default:
			_, err = exec.LookPath(name)
		}
		if err != nil {
			lack(t, fmt.Errorf("there is no %s (%w): .ci/tools installs it on Debian", name, err))
		}
	}
}

func npmModules(t *testing.T) string {
	t.Helper()
	dir, err := filepath.Abs("../../.tools/node_modules")
	if err != nil {
		t.Fatal(err)
	}
	return dir
}

// inquire has a script read files of a site, and gives what it found in each by
// its path.
func inquire[T any](t *testing.T, s site, paths []string, program string, args ...string) map[string]T {
	t.Helper()
	dir := t.TempDir()
	var files []string
	for _, p := range paths {
		file := filepath.Join(dir, filepath.FromSlash(p))
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, s.files[p], 0o600); err != nil {
			t.Fatal(err)
		}
		files = append(files, file)
	}
	asked, err := json.Marshal(files)
	if err != nil {
		t.Fatal(err)
	}
	args[0] = filepath.Join("testdata", "readers", args[0])
	c := exec.CommandContext(t.Context(), program, args...)
	c.Env = append(os.Environ(), "NODE_PATH="+npmModules(t), "PYTHONDONTWRITEBYTECODE=1")
	var complaints bytes.Buffer
	c.Stdin, c.Stderr = bytes.NewReader(asked), &complaints
	said, err := c.Output()
	if err != nil || complaints.Len() > 0 {
		t.Fatalf("%s: %v\n%s", args[0], err, &complaints)
	}
	found, byPath := map[string]T{}, map[string]T{}
	if err := json.Unmarshal(said, &found); err != nil {
		t.Fatalf("%s: %v\n%s", args[0], err, said)
	}
	for n, file := range files {
		byPath[paths[n]] = found[file]
	}
	return byPath
}
