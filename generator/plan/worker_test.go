package plan_test

import (
	"encoding/json"
	"slices"
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

// worker is what the worker of a site knows, and its script.
func worker(t *testing.T, outputs map[string]plan.Output) (workerSettings, string) {
	t.Helper()
	text := string(written(t, outputs[plan.WorkerName]))
	if text != string(written(t, outputs[plan.WorkerName])) {
		t.Error("the worker is another one when it is written again")
	}
	first, script, _ := strings.Cut(text, "\n")
	var settings workerSettings
	if err := json.Unmarshal([]byte(strings.TrimSuffix(strings.TrimPrefix(first, "const fursa = "), ";")), &settings); err != nil {
		t.Fatalf("%s: %v", first, err)
	}
	return settings, script
}

// It keeps what every page of the site asks for, and the offline pages.
func TestWorkerKnowsWhatToKeep(t *testing.T) {
	s := sampleAt(t, bases[1])
	got, script := worker(t, planned(s.Site))
	want := workerSettings{
		Version: got.Version,
		Fallbacks: [][2]string{
			{"/learn/doha/ar/", "/learn/doha/ar/offline/"}, {"/learn/doha/", "/learn/doha/offline/"},
		},
	}
	for _, file := range []string{"offline/index.html", "ar/offline/index.html"} {
		p := parsePage(t, file, s.files[file])
		if p.first("ul", "data-kept", "") == nil {
			t.Errorf("%s has no list of what is kept", file)
		}
		for _, n := range append(p.all("link", "rel", "stylesheet"), p.first("link", "rel", "icon"), p.first("script", "src", "")) {
			href, _ := attr(n, "href")
			src, _ := attr(n, "src")
			want.Precache = append(want.Precache, href+src)
		}
	}
	slices.Sort(want.Precache)
	want.Precache = append(slices.Compact(want.Precache), "/learn/doha/offline/", "/learn/doha/ar/offline/")
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if !strings.Contains(script, "addEventListener") {
		t.Errorf("the worker does nothing:\n%s", script)
	}
}

// Browsers take a new worker when its bytes differ: whatever is kept from the
// start is in them.
func TestWorkerChangesWithWhatItKeeps(t *testing.T) {
	first, _ := worker(t, sampleWith(t, ""))
	if again, _ := worker(t, sampleWith(t, "")); first.Version == "" || first.Version != again.Version {
		t.Errorf("version %q, then %q", first.Version, again.Version)
	}
	for name, outputs := range map[string]map[string]plan.Output{
		"style sheet":  sampleWith(t, anotherLook),
		"offline page": sampleWith(t, "", "Learning in Doha", "Another name"),
	} {
		if other, _ := worker(t, outputs); other.Version == first.Version {
			t.Errorf("another %s, the same version", name)
		}
	}
}

func TestNoWorkerIsAllThereIsWhenOff(t *testing.T) {
	outputs := sampleWith(t, noOffline)
	for path := range outputs {
		if strings.HasSuffix(path, "offline/index.html") {
			t.Errorf("%s is there", path)
		}
	}
	if diff := cmp.Diff(plan.NoWorker, string(written(t, outputs[plan.WorkerName]))); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}
