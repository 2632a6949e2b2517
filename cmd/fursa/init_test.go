package main

import (
	"crypto/sha256"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/rhysd/actionlint"
	"github.com/rogpeppe/go-internal/testscript"
	"go.yaml.in/yaml/v4"

	"fursa/generator/repository"
)

// releases DIR makes a release's folder of this program, as make dist does.
func releases(ts *testscript.TestScript, _ bool, args []string) {
	own, err := os.Executable()
	ts.Check(err)
	program, err := os.ReadFile(own)
	ts.Check(err)
	dir := ts.MkAbs(args[0])
	ts.Check(os.MkdirAll(dir, 0o755))
	ts.Check(os.WriteFile(filepath.Join(dir, onWorkflows), program, 0o755))
	sums := fmt.Sprintf("%x  %s\n%064d  fursa-other\n", sha256.Sum256(program), onWorkflows, 0)
	ts.Check(os.WriteFile(filepath.Join(dir, "SHA256SUMS"), []byte(sums), 0o644))
}

// A release whose folder does not hold the program that asks is not pinned as
// that program's own: one of the two was changed.
func TestOwnReleaseMustHoldTheProgram(t *testing.T) {
	own, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	program, err := os.ReadFile(own)
	if err != nil {
		t.Fatal(err)
	}
	other := strings.Repeat("0a", sha256.Size)
	for name, sum := range map[string]string{"its own": fmt.Sprintf("%x", sha256.Sum256(program)), "another": strings.Repeat("0b", sha256.Size)} {
		server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
			fmt.Fprintf(w, "%s  %s\n%s  fursa-macos-arm64\n", other, onWorkflows, sum)
		}))
		defer server.Close()
		got, err := findRelease(t.Context(), server.URL, server.URL+"/")
		want := repository.Release{URL: server.URL + "/" + onWorkflows, SHA256: other}
		if name == "another" {
			want = repository.Release{}
		}
		if diff := cmp.Diff(want, got); diff != "" || (err == nil) != (name == "its own") {
			t.Errorf("%s: %v (-want +got):\n%s", name, err, diff)
		}
	}
}

// What no flag says is asked for, and an empty answer takes what is usual.
func TestInitAsks(t *testing.T) {
	var asked strings.Builder
	a := &app{in: strings.NewReader("Learning in Muscat\n\nar, en\n\nomr\n"), err: &asked}
	f := initFlags{languages: []string{"en"}, zone: "UTC", currency: "USD", country: "OM"}
	said := func(flag string) bool { return flag == "country" || flag == "email" }
	if err := a.ask(&f, said); err != nil {
		t.Fatal(err)
	}
	want := initFlags{
		names: []string{"Learning in Muscat"}, languages: []string{"ar", "en"}, zone: "UTC", currency: "omr", country: "OM",
	}
	if diff := cmp.Diff(want, f, cmp.AllowUnexported(initFlags{})); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if !strings.Contains(asked.String(), "Its time zone [UTC]: ") {
		t.Errorf("asked: %s", asked.String())
	}
	if err := (&app{in: strings.NewReader("Learning\n"), err: io.Discard}).ask(&f, said); err == nil {
		t.Error("answers that end are taken for whole")
	}
}

// workflow FILE JOB STEP runs a step of a GitHub workflow, by its name, as a
// runner does: its own script, from the file, in bash. $INPUT is the workflow's
// one input. What the step adds to $GITHUB_PATH holds for later steps.
func workflow(ts *testscript.TestScript, neg bool, args []string) {
	w, problems := actionlint.Parse([]byte(ts.ReadFile(args[0])))
	if len(problems) > 0 {
		ts.Fatalf("%s: %v", args[0], problems)
	}
	job := w.Jobs[args[1]]
	if job == nil {
		ts.Fatalf("%s has no job %s", args[0], args[1])
	}
	for _, step := range job.Steps {
		run, ok := step.Exec.(*actionlint.ExecRun)
		if !ok || step.Name == nil || step.Name.Value != args[2] {
			continue
		}
		if step.Env != nil {
			for _, v := range step.Env.Vars {
				ts.Setenv(v.Name.Value, strings.ReplaceAll(v.Value.Value, "${{ inputs.previous }}", ts.Getenv("INPUT")))
			}
		}
		inBash(ts, neg, "-e", run.Run.Value)
		added, err := os.ReadFile(ts.Getenv("GITHUB_PATH"))
		if err == nil {
			ts.Setenv("PATH", strings.TrimSpace(string(added))+string(os.PathListSeparator)+ts.Getenv("PATH"))
			ts.Check(os.Remove(ts.Getenv("GITHUB_PATH")))
		}
		return
	}
	ts.Fatalf("%s has no step «%s» that runs a script", args[1], args[2])
}

// pipeline FILE JOB runs a job of a GitLab pipeline as a runner does: the
// lines of its script, from the file, in one bash.
func pipeline(ts *testscript.TestScript, neg bool, args []string) {
	var jobs map[string]any
	ts.Check(yaml.Unmarshal([]byte(ts.ReadFile(args[0])), &jobs))
	job, ok := jobs[args[1]].(map[string]any)
	if !ok {
		ts.Fatalf("%s has no job %s", args[0], args[1])
	}
	var script []string
	for _, line := range job["script"].([]any) {
		script = append(script, line.(string))
	}
	inBash(ts, neg, "-eo pipefail", strings.Join(script, "\n"))
}

// readenv NAME FILE puts a file's only line into a variable.
func readEnv(ts *testscript.TestScript, _ bool, args []string) {
	ts.Setenv(args[0], strings.TrimSpace(ts.ReadFile(args[1])))
}

// inBash runs a script, which must fail where it is negated.
func inBash(ts *testscript.TestScript, neg bool, options, script string) {
	err := ts.Exec("bash", append(strings.Fields(options), "-c", script, "bash")...)
	if (err == nil) == neg {
		ts.Fatalf("the script ends with: %v", err)
	}
}
