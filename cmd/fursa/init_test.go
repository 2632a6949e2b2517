package main

import (
	"crypto/sha256"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/rhysd/actionlint"
	"github.com/rogpeppe/go-internal/testscript"
	"go.yaml.in/yaml/v4"
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

// inBash runs a script, which must fail where it is negated.
func inBash(ts *testscript.TestScript, neg bool, options, script string) {
	err := ts.Exec("bash", append(strings.Fields(options), "-c", script, "bash")...)
	if (err == nil) == neg {
		ts.Fatalf("the script ends with: %v", err)
	}
}
