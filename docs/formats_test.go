package docs_test

import (
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// The blocks «text built» of formats.md list the files of a build, a pattern
// a line: <word> stands for one name. Each file of the sample catalogue has
// its pattern, and each pattern a file.
func TestBuiltFilesAreDocumented(t *testing.T) {
	patterns := builtPatterns(t)
	site := sample(t)
	met := map[string]bool{}
	err := fs.WalkDir(os.DirFS(site), ".", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			if d != nil && d.Name() == ".fursa" {
				return fs.SkipDir
			}
			return err
		}
		known := false
		for pattern, re := range patterns {
			if re.MatchString(strings.TrimPrefix(path, "ar/")) {
				met[pattern], known = true, true
			}
		}
		if !known {
			t.Errorf("formats.md lists no file like %s", path)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	for pattern := range patterns {
		if !met[pattern] {
			t.Errorf("formats.md lists %s; a build of the sample catalogue writes no such file", pattern)
		}
	}
}

// sample builds the sample catalogue, and answers the folder of the site.
func sample(t *testing.T, flags ...string) string {
	t.Helper()
	root, err := filepath.Abs("..")
	if err != nil {
		t.Fatal(err)
	}
	site := t.TempDir()
	command := strings.Join(append([]string{"fursa build --quiet --output", site}, flags...), " ")
	if out, status := (&reader{dir: root}).shell(command); status != 0 || out != "" {
		t.Fatalf("%s: ends with %d: %s", command, status, out)
	}
	return site
}

var (
	placeholder = regexp.MustCompile(`<[^>]+>`)
	// between a pattern and what is said of it stand two spaces
	gap = regexp.MustCompile(`\s{2,}`)
)

func builtPatterns(t *testing.T) map[string]*regexp.Regexp {
	t.Helper()
	patterns := map[string]*regexp.Regexp{}
	for _, b := range blocks(t, "formats.md") {
		if len(b.info) == 0 || b.info[0] != "built" {
			continue
		}
		for line := range strings.Lines(b.text) {
			pattern := gap.Split(strings.TrimSpace(line), 2)[0]
			var re strings.Builder
			rest := pattern
			for _, at := range placeholder.FindAllStringIndex(pattern, -1) {
				re.WriteString(regexp.QuoteMeta(pattern[len(pattern)-len(rest):at[0]]) + "[^/]+")
				rest = pattern[at[1]:]
			}
			patterns[pattern] = regexp.MustCompile("^" + re.String() + regexp.QuoteMeta(rest) + "$")
		}
	}
	if len(patterns) == 0 {
		t.Fatal("formats.md has no block «text built»")
	}
	return patterns
}
