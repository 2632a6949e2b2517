package generator_test

import (
	"bytes"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"fursa/generator"
	"fursa/generator/ledger"
	"fursa/schema/diag"
	"fursa/schema/when"
)

// small is a catalogue of one listing, with a warning and a picture.
var small = map[string]string{
	"catalogue.toml":                 "id = \"https://doha.example/\"\nname = { en = \"Doha\" }\nlanguages = [\"en\"]\ntime_zone = \"Asia/Qatar\"\ncurrency = \"QAR\"\n",
	"vocabularies/subjects.toml":     "[[terms]]\nid = \"astronomy\"\nlabel = { en = \"Astronomy\" }\n",
	"providers/museum.md":            "+++\nname = \"Museum\"\nurl = \"https://museum.example/\"\n+++\n",
	"opportunities/museum/stars.md":  listing("subjects = [\"astronomy\"]\nmode = \"in-person\"\nplace = { name = \"Hall\" }"),
	"opportunities/museum/drafty.md": listing("subjects = [\"astronomy\"]\nmode = \"online\"\nstatus = \"draft\""),
	"images/roof.png":                "a picture",
}

// inSmall goes to a folder that holds the small catalogue with files over it.
func inSmall(t *testing.T, files map[string]string) {
	t.Helper()
	t.Chdir(t.TempDir())
	all := maps.Clone(small)
	maps.Copy(all, files)
	for name, text := range all {
		write(t, filepath.Join("content", filepath.FromSlash(name)), text)
	}
}

var (
	input   = generator.Input{Content: "content", Clock: clock, Version: "1"}
	options = generator.Options{Output: "public", Workers: 2}
)

func build(t *testing.T, in generator.Input, o generator.Options) generator.Report {
	t.Helper()
	report, list, err := generator.NewBuilder().Build(t.Context(), in, o)
	if err != nil || list.Failed() {
		t.Fatal(err, printed(t, list))
	}
	return report
}

func TestBuildOfTheSameDoesNothing(t *testing.T) {
	inSmall(t, nil)
	first := build(t, input, options)
	if first.Same || first.Written != first.Files || first.Listings != 1 || !first.First {
		t.Errorf("the first build: %+v", first)
	}
	second := build(t, input, options)
	if !second.Same || second.Written != 0 || second.Files != first.Files || second.Listings != 1 || second.Warnings != 1 {
		t.Errorf("the second build: %+v", second)
	}
}

// Whatever a build depends on makes it look again.
func TestBuildSeesEachChange(t *testing.T) {
	for name, change := range map[string]func(*generator.Input, *generator.Options){
		"a file": func(*generator.Input, *generator.Options) {
			write(t, "content/providers/museum.md", "+++\nname = \"A museum\"\nurl = \"https://museum.example/\"\n+++\n")
		},
		"another file": func(*generator.Input, *generator.Options) {
			write(t, "content/pages/about.md", "+++\ntitle = \"About\"\n+++\n")
		},
		"a picture":       func(*generator.Input, *generator.Options) { write(t, "content/images/roof.png", "b picture") },
		"the address":     func(in *generator.Input, _ *generator.Options) { in.BaseURL = "https://city.example/" },
		"drafts":          func(in *generator.Input, _ *generator.Options) { in.Drafts = true },
		"the day":         func(in *generator.Input, _ *generator.Options) { in.Now.Date = when.Date{Year: 2027, Month: 1, Day: 1} },
		"the program":     func(in *generator.Input, _ *generator.Options) { in.Version = "2" },
		"the last ledger": func(_ *generator.Input, o *generator.Options) { o.PreviousHash = "another" },
		"the theme": func(in *generator.Input, _ *generator.Options) {
			write(t, "theme/styles/site.css", "p { color: black }")
			in.Theme = "theme"
		},
		"the memory": func(*generator.Input, *generator.Options) { write(t, "public/.fursa/memo.json", "{ nonsense") },
	} {
		inSmall(t, nil)
		build(t, input, options)
		in, o := input, options
		change(&in, &o)
		if report := build(t, in, o); report.Same {
			t.Errorf("%s changed, and the build did not look", name)
		}
	}
}

// At another hour of the same day no file is another.
func TestTimeOfDayChangesNothing(t *testing.T) {
	inSmall(t, nil)
	build(t, input, options)
	later := input
	later.Clock = clock.Add(90 * time.Minute)
	if report := build(t, later, options); !report.Same {
		t.Errorf("%+v", report)
	}
	text, err := os.ReadFile("public/" + generator.LedgerPath)
	if err != nil {
		t.Fatal(err)
	}
	if later.Previous, err = ledger.Read(bytes.NewReader(text)); err != nil {
		t.Fatal(err)
	}
	if err := os.RemoveAll("public/.fursa"); err != nil {
		t.Fatal(err)
	}
	if report := build(t, later, options); report.Written != 0 || report.Same {
		t.Errorf("with nothing in memory: %+v", report)
	}
}

// A file with an error leaves the last good site as it is; so does a warning
// where it is asked to.
func TestBuildWritesNothingOfMistakes(t *testing.T) {
	inSmall(t, nil)
	build(t, input, options)
	before := files(t, "public")
	strict := options
	strict.Strict = true
	if _, list, err := generator.NewBuilder().Build(t.Context(), input, strict); err != nil || list.Count(diag.Warning) != 1 {
		t.Errorf("strict: %v %v", list, err)
	}
	write(t, "content/opportunities/museum/stars.md", "+++\ntitle = 1\n+++\n")
	_, list, err := generator.NewBuilder().Build(t.Context(), input, options)
	if err != nil || !list.Failed() {
		t.Errorf("a mistake: %v %v", list, err)
	}
	if after := files(t, "public"); !maps.Equal(before, after) {
		t.Error("the site has changed")
	}
}

// files are the texts of a folder's files by their paths.
func files(t *testing.T, dir string) map[string]string {
	t.Helper()
	all := map[string]string{}
	err := filepath.WalkDir(dir, func(path string, e os.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		text, err := os.ReadFile(path)
		all[path] = string(text)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

func TestThemes(t *testing.T) {
	inSmall(t, nil)
	in := input
	in.Theme = "nowhere"
	if _, _, err := generator.NewBuilder().Plan(t.Context(), in); err == nil || !strings.Contains(err.Error(), "nowhere") {
		t.Errorf("a theme that is not there: %v", err)
	}
	write(t, "theme/templates/page.html", "<h1>\n{{.Heading")
	in.Theme = "theme"
	site, list, err := generator.NewBuilder().Plan(t.Context(), in)
	if text := printed(t, list); err != nil || site != nil || !strings.Contains(text, "theme/templates/page.html:2:") {
		t.Errorf("a broken template: %v %s", err, text)
	}
}

// «now» is what was asked for, else the catalogue's own day, else the clock.
func TestNow(t *testing.T) {
	settings := small["catalogue.toml"]
	for name, c := range map[string]struct {
		asked, today, want string
	}{
		"the clock":           {"", "", "2026-11-22"},
		"the catalogue's day": {"", "today = 2025-05-05\n", "2025-05-05"},
		"a date":              {"2024-04-04", "today = 2025-05-05\n", "2024-04-04"},
		"an instant, which is tomorrow in the catalogue's zone": {"2024-04-04T22:00:00Z", "today = 2025-05-05\n", "2024-04-05"},
	} {
		inSmall(t, map[string]string{"catalogue.toml": settings + c.today})
		in := input
		if c.asked != "" {
			now, err := generator.ParseNow(c.asked)
			if err != nil {
				t.Fatal(err)
			}
			in.Now = now
		}
		site, _, err := generator.NewBuilder().Plan(t.Context(), in)
		if err != nil || site.Catalogue.Today.String() != c.want {
			t.Errorf("%s: %v %v, want %s", name, site.Catalogue.Today, err, c.want)
		}
	}
	for _, wrong := range []string{"", "today", "2026-13-01", "2026-11-22T25:00:00Z", "22/11/2026"} {
		if now, err := generator.ParseNow(wrong); err == nil {
			t.Errorf("%q is %v", wrong, now)
		}
	}
}

// A builder that is asked again reads what has changed, and forgets what it
// knew of it.
func TestPlanFollowsTheFiles(t *testing.T) {
	inSmall(t, nil)
	b := generator.NewBuilder()
	title := func() string {
		t.Helper()
		site, list, err := b.Plan(t.Context(), input)
		if err != nil {
			t.Fatal(err)
		}
		if site == nil {
			return "nothing, for " + list[0].Rule
		}
		return site.Catalogue.Listings[0].Value.Title
	}
	file := "content/opportunities/museum/stars.md"
	text := small["opportunities/museum/stars.md"]
	first := title()
	got := []string{first}
	for _, now := range []string{"A talk about moons", "no", first} {
		write(t, file, strings.Replace(text, first, now, 1))
		got = append(got, title())
	}
	want := first + ", A talk about moons, nothing, for schema/too-short, " + first
	if s := strings.Join(got, ", "); s != want {
		t.Errorf("%s, want %s", s, want)
	}
}

// Ten thousand files, one of them broken: its message, and the last good site
// stays as it was.
func TestOneBrokenAmongThousands(t *testing.T) {
	inSmall(t, nil)
	before := build(t, input, options)
	for i := range 10_000 {
		write(t, fmt.Sprintf("content/opportunities/museum/night-%d.md", i), listing("subjects = [\"astronomy\"]\nmode = \"online\""))
	}
	write(t, "content/opportunities/museum/night-5000.md", "+++\ntitle = \"No end\n+++\n")
	_, list, err := generator.NewBuilder().Build(t.Context(), input, options)
	if err != nil {
		t.Fatal(err)
	}
	var errors []string
	for _, d := range list {
		if d.Severity == diag.Error {
			errors = append(errors, d.Span.Source.Path+" "+d.Rule)
		}
	}
	if diff := cmp.Diff([]string{"content/opportunities/museum/night-5000.md document/missing-quote"}, errors); diff != "" {
		t.Error(diff)
	}
	entries, err := os.ReadDir("public/opportunities/museum")
	if err != nil || len(entries) != 1 {
		t.Errorf("the site has %d listings (%v), and had %d", len(entries), err, before.Listings)
	}
}
