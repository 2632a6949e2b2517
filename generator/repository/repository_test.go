package repository_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"maps"
	"path"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/rhysd/actionlint"
	"go.yaml.in/yaml/v4"

	"fursa/generator/repository"
	"fursa/schema"
	"fursa/schema/diag"
	"fursa/schema/document"
	"fursa/schema/when"
)

// settings are those of a catalogue whose repository is at an address.
func settings(t *testing.T, address string, languages ...string) repository.Settings {
	t.Helper()
	s := repository.Settings{
		Name: schema.Text{languages[0]: `Learning: a "start"`}, Languages: languages, TimeZone: "Asia/Muscat", Currency: "OMR",
		Contact: schema.Contact{Email: "learn@muscat.example"}, Repository: address,
		Today:   when.Date{Year: 2026, Month: time.November, Day: 22},
		Release: repository.Release{URL: "https://releases.example/v1/fursa-linux-amd64", SHA256: strings.Repeat("0a", 32)},
	}
	if err := s.SetHost(""); err != nil {
		t.Fatal(err)
	}
	if err := s.SetURL(""); err != nil {
		t.Fatal(err)
	}
	return s
}

func files(t *testing.T, s repository.Settings) map[string][]byte {
	t.Helper()
	all, err := repository.Files(s)
	if err != nil {
		t.Fatal(err)
	}
	return all
}

func TestAddresses(t *testing.T) {
	type told struct {
		Host       repository.Host
		URL, Owner string
	}
	for address, want := range map[string]told{
		"https://github.com/Muscat/learning":           {repository.GitHub, "https://muscat.github.io/learning/", "@Muscat"},
		"https://github.com/muscat/muscat.github.io":   {repository.GitHub, "https://muscat.github.io/", "@muscat"},
		"https://gitlab.com/muscat/learning":           {repository.GitLab, "https://muscat.gitlab.io/learning/", "@muscat"},
		"https://gitlab.muscat.example/city/catalogue": {repository.GitLab, "https://catalogue.example/", "@city"},
		"git@github.com:muscat/learning.git":           {repository.GitHub, "https://muscat.github.io/learning/", "@muscat"},
		"":                                             {repository.GitHub, "https://catalogue.example/", ""},
	} {
		s := settings(t, address, "en")
		if diff := cmp.Diff(want, told{s.Host, s.URL, s.Owner}); diff != "" {
			t.Errorf("%s (-want +got):\n%s", address, diff)
		}
	}
}

// What makes a check safe for whoever sends something: it is never started
// with the repository's own rights, its token reads, every action is one
// commit, and nothing that somebody can choose stands in a script as text.
func TestWorkflows(t *testing.T) {
	action := regexp.MustCompile(`^[\w./-]+@[0-9a-f]{40}$`)
	for name, text := range files(t, settings(t, "https://github.com/muscat/learning", "en", "ar")) {
		if path.Dir(name) != ".github/workflows" {
			continue
		}
		linter, err := actionlint.NewLinter(io.Discard, &actionlint.LinterOptions{Shellcheck: "", Pyflakes: ""})
		if err != nil {
			t.Fatal(err)
		}
		problems, err := linter.Lint(name, text, nil)
		if err != nil || len(problems) > 0 {
			t.Errorf("%s: %v, %v", name, err, problems)
		}
		w, _ := actionlint.Parse(text)
		if diff := cmp.Diff(map[string]string{"contents": "read"}, scopes(w.Permissions)); diff != "" {
			t.Errorf("%s: the permissions of all jobs (-want +got):\n%s", name, diff)
		}
		if strings.Contains(string(text), "pull_request_target") || strings.Contains(string(text), "secrets.") {
			t.Errorf("%s could give its rights or secrets away", name)
		}
		for _, job := range w.Jobs {
			for _, step := range job.Steps {
				switch exec := step.Exec.(type) {
				case *actionlint.ExecAction:
					if !action.MatchString(exec.Uses.Value) {
						t.Errorf("%s: %s is no one commit", name, exec.Uses.Value)
					}
					if strings.HasPrefix(exec.Uses.Value, "actions/checkout@") && exec.Inputs["persist-credentials"].Value.Value != "false" {
						t.Errorf("%s: the token stays in the clone", name)
					}
				case *actionlint.ExecRun:
					if strings.Contains(exec.Run.Value, "${{") {
						t.Errorf("%s: a script has somebody's words in it:\n%s", name, exec.Run.Value)
					}
				}
			}
		}
	}
}

// Only the job that publishes may do more than read, and it runs no script.
func TestOnlyPublishingWrites(t *testing.T) {
	all := files(t, settings(t, "https://github.com/muscat/learning", "en"))
	got := map[string]map[string]string{}
	for _, name := range []string{"check", "publish"} {
		w, _ := actionlint.Parse(all[".github/workflows/"+name+".yml"])
		for id, job := range w.Jobs {
			if job.Permissions == nil {
				continue
			}
			got[name+"/"+id] = scopes(job.Permissions)
			for _, step := range job.Steps {
				if _, ok := step.Exec.(*actionlint.ExecRun); ok {
					t.Errorf("%s/%s runs a script with rights to write", name, id)
				}
			}
		}
	}
	want := map[string]map[string]string{"publish/deploy": {"pages": "write", "id-token": "write"}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func scopes(p *actionlint.Permissions) map[string]string {
	all := map[string]string{}
	if p == nil {
		return all
	}
	for name, scope := range p.Scopes {
		all[name] = scope.Value.Value
	}
	return all
}

// Every file that is written in a format can be read in it, and no template
// left anything behind.
func TestFormats(t *testing.T) {
	for _, address := range []string{"https://github.com/muscat/learning", "https://gitlab.com/muscat/learning", ""} {
		for _, languages := range [][]string{{"en"}, {"ar", "en"}, {"fr"}} {
			for name, text := range files(t, settings(t, address, languages...)) {
				if err := readable(name, text); err != nil {
					t.Errorf("%s, %v: %s: %v", address, languages, name, err)
				}
				if s := string(text); strings.Contains(s, "<%") || strings.Contains(s, "<no value>") || !strings.HasSuffix(s, "\n") {
					t.Errorf("%s, %v: %s is not whole:\n%s", address, languages, name, s)
				}
			}
		}
	}
}

func readable(name string, text []byte) error {
	var value any
	switch {
	case strings.HasSuffix(name, ".yml"):
		return yaml.Unmarshal(text, &value)
	case strings.HasSuffix(name, ".json"):
		return json.Unmarshal(text, &value)
	case strings.HasSuffix(name, ".toml"), strings.HasPrefix(name, "content/"):
		_, list := document.Parse(&diag.Source{Path: name, Text: text})
		if list != nil {
			return errors.New(list[0].Message("en"))
		}
	}
	return nil
}

// Each kind of record has an example.
func TestAnExampleOfEachKind(t *testing.T) {
	folders := map[string]bool{}
	for name := range files(t, settings(t, "", "en")) {
		if in, ok := strings.CutPrefix(name, "content/"); ok {
			folder, _, _ := strings.Cut(in, "/")
			folders[folder] = true
		}
	}
	want := []string{
		"badges", "catalogue.toml", "endorsements", "opportunities", "pages", "pathways", "peers", "providers",
		"schools", "vocabularies",
	}
	if diff := cmp.Diff(want, slices.Sorted(maps.Keys(folders))); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// A schema for editors refers to nothing outside itself, has no name of its
// own, which the extension would refuse, and speaks the leading language.
func TestEditorSchemas(t *testing.T) {
	all := files(t, settings(t, "", "ar", "en"))
	n := 0
	for name, text := range all {
		if path.Dir(name) != ".vscode/schema" {
			continue
		}
		n++
		for _, word := range []string{`"$id"`, `"$schema"`, `"x-i18n"`, ".schema.json#"} {
			if strings.Contains(string(text), word) {
				t.Errorf("%s holds %s", name, word)
			}
		}
		if !strings.Contains(string(all[".taplo.toml"]), `path = "./`+name+`"`) {
			t.Errorf("editors are not told of %s", name)
		}
	}
	if told := strings.Count(string(all[".taplo.toml"]), "[rule.schema]"); n == 0 || told != n {
		t.Errorf("%d schemas, and editors are told of %d", n, told)
	}
	if !strings.Contains(string(all[".vscode/schema/school.schema.json"]), "اسم المدرسة") {
		t.Error("the school's schema has no Arabic words")
	}
}

// A schema for editors asks of a file what the published one asks.
func TestEditorSchemasAskTheSame(t *testing.T) {
	published, found := schema.Files(), 0
	definitions := asked(t, published["common.schema.json"])["$defs"]
	for name, text := range files(t, settings(t, "", "ar", "en")) {
		if path.Dir(name) != ".vscode/schema" {
			continue
		}
		found++
		want := asked(t, published[path.Base(name)])
		delete(want, "$id")
		delete(want, "$schema")
		if own, ok := want["$defs"].(map[string]any); ok {
			maps.Copy(own, definitions.(map[string]any))
		} else {
			want["$defs"] = definitions
		}
		if diff := cmp.Diff(want, asked(t, text)); diff != "" {
			t.Errorf("%s (-published +the editor's):\n%s", name, diff)
		}
	}
	if found == 0 {
		t.Error("there are no schemas for editors")
	}
}

// asked is a schema without its words, and with references that do not say
// which file they lead to.
func asked(t *testing.T, text []byte) map[string]any {
	t.Helper()
	var tree map[string]any
	if err := json.Unmarshal(bytes.ReplaceAll(text, []byte("common.schema.json#"), []byte("#")), &tree); err != nil {
		t.Fatal(err)
	}
	silence(tree)
	return tree
}

func silence(part any) {
	switch part := part.(type) {
	case []any:
		for _, v := range part {
			silence(v)
		}
	case map[string]any:
		for key, v := range part {
			_, word := v.(string)
			if word && (key == "title" || key == "description") || key == "x-i18n" || key == "examples" {
				delete(part, key)
				continue
			}
			silence(v)
		}
	}
}

// Where nobody is named, no line claims to guard anything.
func TestCodeOwners(t *testing.T) {
	guarded := func(address string) (lines []string) {
		for line := range strings.Lines(string(files(t, settings(t, address, "en"))[".github/CODEOWNERS"])) {
			if line = strings.TrimSpace(line); line != "" && line[0] != '#' {
				lines = append(lines, line)
			}
		}
		return lines
	}
	if got := guarded(""); got != nil {
		t.Errorf("lines in force: %q", got)
	}
	got := guarded("https://github.com/muscat/learning")
	for _, want := range []string{"*  @muscat", "/content/endorsements/  @muscat", "/content/peers/  @muscat", "/content/reviews/  @muscat",
		"/content/blocklists/  @muscat", "/.github/  @muscat"} {
		if !slices.Contains(got, want) {
			t.Errorf("no line %q in %q", want, got)
		}
	}
}

// The night is the catalogue's own.
func TestNight(t *testing.T) {
	cron := regexp.MustCompile(`cron: "(\d+) (\d+) \* \* \*"`)
	text := files(t, settings(t, "https://github.com/muscat/learning", "en"))[".github/workflows/publish.yml"]
	m := cron.FindStringSubmatch(string(text))
	if m == nil || m[2] != "21" { // 1 at night in Muscat
		t.Errorf("the site is made at %v", m)
	}
}
