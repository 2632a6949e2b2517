package main

import (
	"crypto/sha256"
	"fmt"
	"io/fs"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/gofrs/flock"
	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/testscript"

	"fursa/feeds/sign"
)

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"fursa": main})
}

// The scripts of testdata are stories of the program as people use it. Beside
// testscript's own commands and «fursa» they have those of scriptCommands.
func TestScripts(t *testing.T) {
	sample, err := filepath.Abs("../../content")
	if err != nil {
		t.Fatal(err)
	}
	testscript.Run(t, testscript.Params{
		Dir: "testdata",
		Setup: func(e *testscript.Env) error {
			e.Setenv("SAMPLE", sample)
			return nil
		},
		Cmds:                scriptCommands(),
		RequireExplicitExec: true,
	})
}

// scriptCommands are commands of scripts, by their names.
func scriptCommands() map[string]func(ts *testscript.TestScript, neg bool, args []string) {
	return map[string]func(*testscript.TestScript, bool, []string){
		"sample":   copySample,
		"small":    writeSmall,
		"replace":  replace,
		"stamp":    stamp,
		"same":     same,
		"private":  private,
		"signed":   signed,
		"status":   status,
		"serving":  serving,
		"holding":  holding,
		"releases": releases,
		"workflow": workflow,
		"pipeline": pipeline,
		"readenv":  readEnv,
	}
}

// copySample DIR copies the sample catalogue; «backwards» writes its files in
// the other order, and with another age.
func copySample(ts *testscript.TestScript, _ bool, args []string) {
	source := os.DirFS(ts.Getenv("SAMPLE"))
	var files []string
	ts.Check(fs.WalkDir(source, ".", func(path string, e fs.DirEntry, err error) error {
		if !e.IsDir() {
			files = append(files, path)
		}
		return err
	}))
	if len(args) > 1 && args[1] == "backwards" {
		slices.Reverse(files)
	}
	for _, path := range files {
		text, err := fs.ReadFile(source, path)
		ts.Check(err)
		to := filepath.Join(ts.MkAbs(args[0]), filepath.FromSlash(path))
		ts.Check(os.MkdirAll(filepath.Dir(to), 0o755))
		ts.Check(os.WriteFile(to, text, 0o644))
	}
}

// small DIR writes a small catalogue.
func writeSmall(ts *testscript.TestScript, _ bool, args []string) {
	ts.Check(writeEdition(ts.MkAbs(args[0]), false))
}

// replace FILE OLD NEW puts another text in the place of one that is there;
// \n in it is the end of a line.
func replace(ts *testscript.TestScript, _ bool, args []string) {
	text := ts.ReadFile(args[0])
	if !strings.Contains(text, args[1]) {
		ts.Fatalf("%s does not contain %q", args[0], args[1])
	}
	better := strings.ReplaceAll(args[2], `\n`, "\n")
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), []byte(strings.Replace(text, args[1], better, 1)), 0o644))
}

// stamp DIR FILE writes down each file of a site with its age, size and sum.
func stamp(ts *testscript.TestScript, _ bool, args []string) {
	var b strings.Builder
	for path, text := range siteFiles(ts, args[0]) {
		info, err := os.Stat(filepath.Join(ts.MkAbs(args[0]), path))
		ts.Check(err)
		fmt.Fprintf(&b, "%s %d %d %x\n", path, info.ModTime().UnixNano(), len(text), sha256.Sum256([]byte(text)))
	}
	lines := strings.Split(b.String(), "\n")
	slices.Sort(lines)
	ts.Check(os.WriteFile(ts.MkAbs(args[1]), []byte(strings.Join(lines, "\n")), 0o644))
}

// same DIR DIR compares two sites byte by byte.
func same(ts *testscript.TestScript, neg bool, args []string) {
	diff := cmp.Diff(siteFiles(ts, args[0]), siteFiles(ts, args[1]))
	if (diff == "") == neg {
		ts.Fatalf("%s and %s (-first +second):\n%s", args[0], args[1], diff)
	}
}

// private FILE holds that nobody but its owner may read a file.
func private(ts *testscript.TestScript, _ bool, args []string) {
	info, err := os.Stat(ts.MkAbs(args[0]))
	ts.Check(err)
	if mode := info.Mode().Perm(); mode != 0o600 {
		ts.Fatalf("%s has mode %o", args[0], mode)
	}
}

// signed DIR KEY [former.] holds that the manifest of a site is signed with a
// private key, and lists what stands there.
func signed(ts *testscript.TestScript, _ bool, args []string) {
	key, err := sign.ReadKey([]byte(ts.ReadFile(args[1])), "")
	ts.Check(err)
	path := sign.SignaturePath
	if len(args) > 2 {
		path = sign.FormerPath
	}
	text := ts.ReadFile(filepath.Join(args[0], sign.ManifestPath))
	ts.Check(sign.Verify(key.Public(), []byte(text), []byte(ts.ReadFile(filepath.Join(args[0], path)))))
	manifest, err := sign.ReadManifest([]byte(text))
	ts.Check(err)
	for file := range manifest.Files {
		if !manifest.Lists(file, []byte(ts.ReadFile(filepath.Join(args[0], file)))) {
			ts.Fatalf("the manifest has another sum of %s", file)
		}
	}
	if len(manifest.Files) < 3 {
		ts.Fatalf("the manifest lists %v", manifest.Files)
	}
}

// siteFiles are the texts of a site's files by their paths; the builder's own
// notes are none of them.
func siteFiles(ts *testscript.TestScript, dir string) map[string]string {
	files, err := siteIn(ts.MkAbs(dir))
	ts.Check(err)
	if len(files) == 0 {
		ts.Fatalf("%s holds no site", dir)
	}
	return files
}

// status N COMMAND… runs a command that must end with a status.
func status(ts *testscript.TestScript, _ bool, args []string) {
	err := ts.Exec(args[1], args[2:]...)
	got := "0"
	if err != nil {
		got = strings.TrimPrefix(err.Error(), "exit status ")
	}
	if got != args[0] {
		ts.Fatalf("status %s, want %s", got, args[0])
	}
}

// serving NAME DIR serves a folder until the script ends, at the address that
// it puts into the variable.
func serving(ts *testscript.TestScript, _ bool, args []string) {
	server := httptest.NewServer(http.FileServer(http.Dir(ts.MkAbs(args[1]))))
	ts.Defer(server.Close)
	ts.Setenv(args[0], server.URL)
}

// holding DIR holds an output folder as a build does, until the script
// ends.
func holding(ts *testscript.TestScript, _ bool, args []string) {
	lock := flock.New(filepath.Join(ts.MkAbs(args[0]), ".fursa", "lock"))
	locked, err := lock.TryLock()
	ts.Check(err)
	if !locked {
		ts.Fatalf("%s is held already", args[0])
	}
	ts.Defer(func() { ts.Check(lock.Close()) })
}

// siteIn are the texts of the files of the site in a folder, by their paths.
func siteIn(dir string) (map[string]string, error) {
	files := map[string]string{}
	err := filepath.WalkDir(dir, func(path string, e fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case e.IsDir() && e.Name() == ".fursa":
			return filepath.SkipDir
		case e.IsDir():
			return nil
		}
		text, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		name, err := filepath.Rel(dir, path)
		files[name] = string(text)
		return err
	})
	return files, err
}
