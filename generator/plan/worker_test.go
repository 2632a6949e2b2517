package plan_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"fursa/generator/plan"
)

type workerSettings struct {
	Version   string
	Precache  []string
	Fallbacks [][2]string
}

// worker is the worker of a site, and what it knows.
func worker(t *testing.T, in plan.Input, script string, precache ...string) (map[string]string, workerSettings) {
	t.Helper()
	outputs, err := plan.WorkerOutputs(in, []byte(script), precache, true)
	if err != nil {
		t.Fatal(err)
	}
	files := map[string]string{}
	for _, o := range outputs {
		files[o.Path] = string(written(t, o))
		if files[o.Path] != string(written(t, o)) {
			t.Errorf("%s is another one when it is written again", o.Path)
		}
	}
	first, rest, _ := strings.Cut(files[plan.WorkerName], "\n")
	if rest != script {
		t.Errorf("the script is %q, want %q", rest, script)
	}
	var settings workerSettings
	if err := json.Unmarshal([]byte(strings.TrimSuffix(strings.TrimPrefix(first, "const fursa = "), ";")), &settings); err != nil {
		t.Fatalf("%s: %v", first, err)
	}
	return files, settings
}

func TestWorkerKnowsWhatToKeep(t *testing.T) {
	in := input(t, sampleAt(t, bases[1]).Site)
	files, got := worker(t, in, "go()", "/b.js", "/a.css")
	want := workerSettings{
		Version:  got.Version,
		Precache: []string{"/a.css", "/b.js", "/learn/doha/offline/", "/learn/doha/ar/offline/"},
		Fallbacks: [][2]string{
			{"/learn/doha/ar/", "/learn/doha/ar/offline/"}, {"/learn/doha/", "/learn/doha/offline/"},
		},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	for _, p := range []string{"offline/index.html", "ar/offline/index.html"} {
		page := parsePage(t, p, []byte(files[p]))
		if page.first("ul", "data-kept", "") == nil || page.first("meta", "content", "noindex") == nil || page.first("link", "rel", "canonical") != nil {
			t.Errorf("%s is no offline page:\n%s", p, files[p])
		}
	}
}

// Browsers take a new worker when its bytes differ: whatever is kept from the
// start is in them.
func TestWorkerChangesWithWhatItKeeps(t *testing.T) {
	in := input(t, sampleAt(t, "").Site)
	_, first := worker(t, in, "go()", "/a.css")
	_, again := worker(t, in, "go()", "/a.css")
	if first.Version == "" || first.Version != again.Version {
		t.Errorf("version %q, then %q", first.Version, again.Version)
	}
	if _, other := worker(t, in, "go()", "/b.css"); other.Version == first.Version {
		t.Error("another style sheet, the same version")
	}
	named := *in.Catalogue
	named.Settings.Name = map[string]string{"en": "Another name"}
	in.Catalogue = &named
	if _, other := worker(t, in, "go()", "/a.css"); other.Version == first.Version {
		t.Error("other offline pages, the same version")
	}
}

func TestNoWorkerIsAllThereIsWhenOff(t *testing.T) {
	outputs, err := plan.WorkerOutputs(input(t, sampleAt(t, "").Site), []byte("go()"), []string{"/a.css"}, false)
	if err != nil || len(outputs) != 1 || outputs[0].Path != plan.WorkerName {
		t.Fatalf("%v %v", outputs, err)
	}
	if diff := cmp.Diff(plan.NoWorker, string(written(t, outputs[0]))); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}
