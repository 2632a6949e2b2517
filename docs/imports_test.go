package docs_test

import (
	"fmt"
	"maps"
	"os"
	"os/exec"
	"path"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// imported is what a package of the module imports.
type imported struct{ code, tests []string }

// imports are those of all packages of the module, by their paths below it,
// as they are on Linux.
func imports(t *testing.T) map[string]imported {
	t.Helper()
	c := exec.Command("go", "list", "-f",
		`{{.ImportPath}}|{{join .Imports " "}}|{{join .TestImports " "}} {{join .XTestImports " "}}`, "fursa/...")
	c.Env = append(os.Environ(), "GOOS=linux", "GOARCH=amd64")
	out, err := c.Output()
	if err != nil {
		t.Fatalf("go list: %v", err)
	}
	all := map[string]imported{}
	for line := range strings.Lines(string(out)) {
		parts := strings.Split(line, "|")
		all[strings.TrimPrefix(parts[0], "fursa/")] = imported{strings.Fields(parts[1]), strings.Fields(parts[2])}
	}
	return all
}

// rows are the rows of the table below a heading of a page, cell by cell.
func rows(t *testing.T, page, heading string) [][]string {
	t.Helper()
	_, section, found := strings.Cut(read(t, page), "\n## "+heading+"\n")
	if !found {
		t.Fatalf("%s: no heading «%s»", page, heading)
	}
	section, _, _ = strings.Cut(section, "\n## ")
	var table [][]string
	for line := range strings.Lines(section) {
		if !strings.HasPrefix(line, "| `") {
			continue
		}
		cells := strings.Split(strings.Trim(strings.TrimSpace(line), "|"), "|")
		for i := range cells {
			cells[i] = strings.TrimSpace(cells[i])
		}
		table = append(table, cells)
	}
	return table
}

var quoted = regexp.MustCompile("`([^`]+)`( and below)?")

// layer is a row of the table of packages.
type layer struct {
	height int // the row: lower packages first
	may    map[string]bool
}

// layers reads the table of architecture.md: package, job, what it may
// import. «`x` and below» stands for x and all that x may import.
func layers(t *testing.T) map[string]layer {
	t.Helper()
	all := map[string]layer{}
	for i, row := range rows(t, "architecture.md", "Packages") {
		may := map[string]bool{}
		for _, m := range quoted.FindAllStringSubmatch(row[2], -1) {
			below, known := all[m[1]]
			if !known {
				t.Errorf("architecture.md: %s may import %s, which is no row above it", row[0], m[1])
			}
			may[m[1]] = true
			if m[2] != "" {
				maps.Copy(may, below.may)
			}
		}
		all[strings.Trim(row[0], "`")] = layer{i, may}
	}
	return all
}

// The packages import what the table of architecture.md allows.
func TestImportsGoDown(t *testing.T) {
	table := layers(t)
	for name, of := range imports(t) {
		row, ok := table[name]
		if name == "docs" {
			continue
		}
		if !ok {
			t.Errorf("architecture.md: no row for the package %s", name)
			continue
		}
		for _, p := range of.code {
			below, ours := strings.CutPrefix(p, "fursa/")
			if ours && !row.may[below] && name != "cmd/fursa" {
				t.Errorf("%s imports %s: %s", name, below, why(name, below, table))
			}
		}
		delete(table, name)
	}
	for name := range table {
		t.Errorf("architecture.md: there is no package %s", name)
	}
}

// why says why a package may not import another.
func why(name, wrong string, table map[string]layer) string {
	switch {
	case path.Dir(wrong) == "cmd":
		return "commands are the top: nothing imports them"
	case table[wrong].height > table[name].height:
		return fmt.Sprintf("everything flows one way, and %s comes after %s: hand the value down from the caller", wrong, name)
	}
	return "its row in docs/architecture.md does not allow it: each package knows only what its one job needs; " +
		"if the job has truly changed, change the row in the same commit and say why"
}

// Nothing below the commands asks for the time, the network or the
// environment: equal inputs give equal bytes.
func TestOnlyCommandsAskTheWorld(t *testing.T) {
	allowed := map[string][]string{
		"net/http": {"cmd/browser", "cmd/fursa", "examples/federation", "feeds/fetch", "generator/preview"},
		"net":      {"cmd/browser", "cmd/fursa", "examples/federation", "feeds/fetch"},
		"os/exec":  {"cmd/browser", "cmd/fursa"}, "os/signal": {"cmd/browser", "cmd/fursa", "examples/federation"}, "math/rand": nil, "math/rand/v2": nil,
	}
	for name, of := range imports(t) {
		for _, p := range of.code {
			if where, watched := allowed[p]; watched && !slices.Contains(where, name) {
				t.Errorf("%s imports %s: only %v may; give it what it needs as a value", name, p, where)
			}
		}
		if path.Dir(name) == "cmd" || name == "docs" {
			continue
		}
		for _, call := range asking(t, name) {
			t.Errorf("%s: only commands ask the clock and the environment", call)
		}
	}
}

var askers = regexp.MustCompile(`\b(time\.(Now|Since|Until)|os\.(Getenv|LookupEnv|Environ))\(`)

// asking are the lines of a package's code that ask the clock or the
// environment.
func asking(t *testing.T, name string) []string {
	t.Helper()
	files, err := os.ReadDir("../" + name)
	if err != nil {
		t.Fatal(err)
	}
	var found []string
	for _, f := range files {
		if !strings.HasSuffix(f.Name(), ".go") || strings.HasSuffix(f.Name(), "_test.go") {
			continue
		}
		n := 0
		for line := range strings.Lines(read(t, path.Join("..", name, f.Name()))) {
			n++
			code, _, _ := strings.Cut(line, "//")
			if call := askers.FindString(code); call != "" {
				found = append(found, fmt.Sprintf("%s:%d: %s)", path.Join(name, f.Name()), n, call))
			}
		}
	}
	return found
}

// dependencies.md names each module that our packages import, and the
// packages that do.
func TestDependenciesAreDocumented(t *testing.T) {
	out, err := exec.Command("go", "list", "-m", "-f", "{{.Path}}", "all").Output()
	if err != nil {
		t.Fatalf("go list -m: %v", err)
	}
	modules := strings.Fields(string(out))
	used, tested := map[string][]string{}, map[string]bool{}
	for name, of := range imports(t) {
		for _, p := range of.code {
			if m := module(p, modules); m != "" && !slices.Contains(used[m], name) {
				used[m] = append(used[m], name)
			}
		}
		for _, p := range of.tests {
			tested[module(p, modules)] = true
		}
	}
	want := map[string][]string{}
	for m := range tested {
		if m != "" && used[m] == nil {
			want[m] = []string{"tests"}
		}
	}
	for m, names := range used {
		slices.Sort(names)
		want[m] = names
	}
	got := map[string][]string{}
	for _, row := range rows(t, "dependencies.md", "The modules") {
		for _, m := range quoted.FindAllStringSubmatch(row[1], -1) {
			got[strings.Trim(row[0], "`")] = append(got[strings.Trim(row[0], "`")], m[1])
		}
		if row[1] == "tests" {
			got[strings.Trim(row[0], "`")] = []string{"tests"}
		}
		slices.Sort(got[strings.Trim(row[0], "`")])
	}
	if diff := cmp.Diff(got, want); diff != "" {
		t.Errorf("dependencies.md differs from what is imported (-page +code):\n%s", diff)
	}
}

// module is the module that a package belongs to, empty for the standard
// library's and our own.
func module(of string, modules []string) string {
	best := ""
	for _, m := range modules {
		if m != "fursa" && (of == m || strings.HasPrefix(of, m+"/")) && len(m) > len(best) {
			best = m
		}
	}
	return best
}
