package content_test

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"fursa/generator/content"
	"fursa/schema"
	"fursa/schema/diag"
)

// folder makes a content folder of files whose text is their own path, beside
// a catalogue.toml, and goes to the folder that holds it.
func folder(t *testing.T, files ...string) {
	t.Helper()
	t.Chdir(t.TempDir())
	for _, file := range append(files, "catalogue.toml") {
		write(t, file, file)
	}
}

func write(t *testing.T, file, text string) {
	t.Helper()
	file = filepath.Join("content", filepath.FromSlash(file))
	if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}

// said is each problem in one line.
func said(problems diag.List) []string {
	var lines []string
	for _, d := range problems {
		lines = append(lines, fmt.Sprintf("%s: %v: %s [%s] %s", d.Span.Source.Path, d.Severity, d.Message("en"), d.Rule, d.Hint("en")))
	}
	return lines
}

func load(t *testing.T) (content.Content, diag.List) {
	t.Helper()
	c, problems, err := content.Load(context.Background(), "content")
	if err != nil {
		t.Fatal(err)
	}
	return c, problems
}

func TestLoad(t *testing.T) {
	folder(t,
		"catalogue.ar.toml",
		"opportunities/museum/night-sky.md", "opportunities/museum/night-sky.ar.md", "opportunities/museum/night-sky.zh-Hant.md",
		"opportunities/museum/night.md", "opportunities/club/chess.md",
		"providers/museum.md", "schools/al-noor.toml", "pathways/stars.md", "badges/stargazer.toml",
		"endorsements/ministry/stem.toml", "peers/lusail.toml", "reviews/lusail.toml", "blocklists/ours.toml", "vocabularies/subjects.toml", "pages/about.md",
		"images/roof.jpg", "images/museum/Hall.WEBP", "fonts/noto/sans.woff2",
		".peers/lusail/x.json", ".imports/a", "opportunities/.draft.md", "images/.DS_Store")
	got, problems := load(t)
	if lines := said(problems); lines != nil {
		t.Errorf("problems: %s", strings.Join(lines, "\n"))
	}
	type file struct {
		kind             schema.Kind
		path, lang, from string
	}
	var files []file
	for _, f := range got.Files {
		if string(f.Source.Text) != strings.TrimPrefix(f.Source.Path, "content/") || f.Sum != sha256.Sum256(f.Source.Text) {
			t.Errorf("%s: text %q, sum %x", f.Source.Path, f.Source.Text, f.Sum)
		}
		files = append(files, file{f.Kind, f.Path, f.Lang, f.Source.Path})
	}
	want := []file{
		{schema.KindBadge, "badges/stargazer", "", "content/badges/stargazer.toml"},
		{schema.KindBlocklist, "blocklists/ours", "", "content/blocklists/ours.toml"},
		{schema.KindCatalogue, "catalogue", "", "content/catalogue.toml"},
		{schema.KindCatalogue, "catalogue", "ar", "content/catalogue.ar.toml"},
		{schema.KindEndorsement, "endorsements/ministry/stem", "", "content/endorsements/ministry/stem.toml"},
		{schema.KindOpportunity, "opportunities/club/chess", "", "content/opportunities/club/chess.md"},
		{schema.KindOpportunity, "opportunities/museum/night", "", "content/opportunities/museum/night.md"},
		{schema.KindOpportunity, "opportunities/museum/night-sky", "", "content/opportunities/museum/night-sky.md"},
		{schema.KindOpportunity, "opportunities/museum/night-sky", "ar", "content/opportunities/museum/night-sky.ar.md"},
		{schema.KindOpportunity, "opportunities/museum/night-sky", "zh-Hant", "content/opportunities/museum/night-sky.zh-Hant.md"},
		{schema.KindPage, "pages/about", "", "content/pages/about.md"},
		{schema.KindPathway, "pathways/stars", "", "content/pathways/stars.md"},
		{schema.KindPeer, "peers/lusail", "", "content/peers/lusail.toml"},
		{schema.KindProvider, "providers/museum", "", "content/providers/museum.md"},
		{schema.KindReview, "reviews/lusail", "", "content/reviews/lusail.toml"},
		{schema.KindSchool, "schools/al-noor", "", "content/schools/al-noor.toml"},
		{schema.KindVocabulary, "vocabularies/subjects", "", "content/vocabularies/subjects.toml"},
	}
	if diff := cmp.Diff(want, files, cmp.AllowUnexported(file{})); diff != "" {
		t.Errorf("files (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]content.Asset{{"fonts/noto/sans.woff2", 21}, {"images/museum/Hall.WEBP", 23}, {"images/roof.jpg", 15}}, got.Assets); diff != "" {
		t.Errorf("assets (-want +got):\n%s", diff)
	}
}

const slugRule = "names have small letters a to z, digits and single hyphens, at most 80: rename it"

func TestProblems(t *testing.T) {
	const unread = "rename it, or put a dot before its name to keep it here unread"
	const known = "badges, blocklists, endorsements, fonts, images, opportunities, pages, pathways, peers, providers, reviews, schools, vocabularies"
	const away = "move it out of the content folder, or put a dot before its name to keep it here unread"
	const pictures = "pictures stand in the folder images, as jpg, jpeg, png, gif, webp or avif"
	const fonts = "fonts stand in the folder fonts, as woff2"
	for _, c := range []struct{ file, want string }{
		{"pages/About us.md", `pages/About us.md: error: the name "About us" has characters that an address can't have [content/not-a-slug] ` + slugRule + " to about-us.md"},
		{"pages/من نحن.md", `pages/من نحن.md: error: the name "من نحن" has characters that an address can't have [content/not-a-slug] ` + slugRule + ", for example to night-sky"},
		{"opportunities/The Museum/x.md", `opportunities/The Museum: error: the name "The Museum" has characters that an address can't have [content/not-a-slug] ` + slugRule + " to the-museum"},
		{"pages/about.AR.md", `pages/about.AR.md: error: the name "about.AR" has characters that an address can't have [content/not-a-slug] ` + slugRule + " to about.ar.md"},
		{"pages/v1.5 old.md", `pages/v1.5 old.md: error: the name "v1.5 old" has characters that an address can't have [content/not-a-slug] ` + slugRule + " to v1-5-old.md"},
		{"providers/museum.toml", `providers/museum.toml: error: a file of the folder providers ends in .md [content/wrong-extension] rename it to museum.md`},
		{"schools/x.MD", `schools/x.MD: error: a file of the folder schools ends in .toml [content/wrong-extension] rename it to x.toml`},
		{"opportunities/x.md", `opportunities/x.md: error: a file of the folder opportunities stands at opportunities/<provider>/<name>.md [content/wrong-folder] move it there`},
		{"opportunities/a/b/x.md", `opportunities/a/b: error: a file of the folder opportunities stands at opportunities/<provider>/<name>.md [content/wrong-folder] move it there`},
		{"providers/a/x.md", `providers/a: error: a file of the folder providers stands at providers/<name>.md [content/wrong-folder] move it there`},
		{"vocabularies/subject.toml", `vocabularies/subject.toml: error: there is no vocabulary "subject" [content/unknown-vocabulary] did you mean "subjects"?`},
		{"vocabularies/colours.toml", `vocabularies/colours.toml: error: there is no vocabulary "colours" [content/unknown-vocabulary] the vocabularies are subjects, skills, places, curriculum`},
		{"downloads/a/x.md", `downloads: warning: the folder "downloads" is not one that Fursa reads [content/unknown-folder] the folders are ` + known + "; " + unread},
		{"provider/x.md", `provider: warning: the folder "provider" is not one that Fursa reads [content/unknown-folder] did you mean "providers"?`},
		{"README.md", "README.md: warning: Fursa does not read this file [content/stray-file] " + away},
		{"pages/draft.bak", "pages/draft.bak: warning: Fursa does not read this file [content/stray-file] " + away},
		{"providers/logo.png", "providers/logo.png: warning: Fursa does not read this file [content/stray-file] " + pictures},
		{"images/plan.pdf", "images/plan.pdf: warning: Fursa does not read this file [content/stray-file] " + pictures},
		{"fonts/noto.ttf", "fonts/noto.ttf: warning: Fursa does not read this file [content/stray-file] " + fonts},
		{"fonts/noto.WOFF2", "fonts/noto.WOFF2: warning: Fursa does not read this file [content/stray-file] " + fonts},
		{"pages/noto.woff2", "pages/noto.woff2: warning: Fursa does not read this file [content/stray-file] " + fonts},
		{"pages/about.ar.md", "pages/about.ar.md: error: this translates pages/about.md, which is not there [content/orphan-translation] rename it to the name of the file that it translates, with ar before the ending"},
	} {
		t.Run(c.file, func(t *testing.T) {
			folder(t, c.file)
			_, problems := load(t)
			if diff := cmp.Diff([]string{"content/" + c.want}, said(problems)); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func TestTooLarge(t *testing.T) {
	folder(t)
	write(t, "pages/limit.md", strings.Repeat("x", content.MaxSize))
	write(t, "pages/over.md", strings.Repeat("x", content.MaxSize+1))
	got, problems := load(t)
	want := []string{"content/pages/over.md: error: this file is 1.1 MiB, and a record is at most 1 MiB [content/too-large] " +
		"shorten its text; pictures go into the images folder, and documents where they can be linked to"}
	if diff := cmp.Diff(want, said(problems)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if len(got.Files) != 2 || len(got.Files[1].Source.Text) != content.MaxSize {
		t.Errorf("got %d files", len(got.Files))
	}
}

func TestSymbolicLinks(t *testing.T) {
	folder(t, "pages/about.md", "providers/museum.md")
	for link, target := range map[string]string{
		"content/pages/link.md":     "about.md",
		"content/schools":           "providers",
		"content/images":            "..",
		"content/pages/outside.md":  "/etc/hosts",
		"content/pages/.unread.md":  "about.md",
		"content/providers/gone.md": "nowhere",
	} {
		if err := os.Symlink(target, link); err != nil {
			t.Skipf("no symbolic links here: %v", err)
		}
	}
	got, problems := load(t)
	var links []string
	for _, d := range problems {
		links = append(links, d.Rule+" "+d.Span.Source.Path)
	}
	want := []string{
		"content/symbolic-link content/images", "content/symbolic-link content/pages/link.md",
		"content/symbolic-link content/pages/outside.md", "content/symbolic-link content/providers/gone.md",
		"content/symbolic-link content/schools",
	}
	if diff := cmp.Diff(want, links); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if len(got.Files) != 3 || len(got.Assets) != 0 {
		t.Errorf("files %v, assets %v", got.Files, got.Assets)
	}
	for _, file := range []string{"pages/link.md", "schools/museum.toml"} {
		_, ok, problems, err := content.ReadFile("content", file)
		if ok || err != nil || len(problems) != 1 || problems[0].Rule != "content/symbolic-link" {
			t.Errorf("%s: %v, %v, %v", file, ok, said(problems), err)
		}
	}
}

func TestNamesThatDifferInCase(t *testing.T) {
	folder(t, "images/roof.jpg", "images/Roof.JPG")
	if entries, err := os.ReadDir("content/images"); err != nil || len(entries) != 2 {
		t.Skip("this file system takes the two names for one")
	}
	got, problems := load(t)
	want := []string{`content/images/roof.jpg: error: the names "roof.jpg" and "Roof.JPG" differ only in capital letters, which many computers take for one name ` +
		`[content/names-differ-in-case] rename one of the two`}
	if diff := cmp.Diff(want, said(problems)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if related := problems[0].Related; len(related) != 1 || related[0].Span.Source.Path != "content/images/Roof.JPG" {
		t.Errorf("related: %v", related)
	}
	if len(got.Assets) != 1 {
		t.Errorf("assets: %v", got.Assets)
	}
}

func TestMissing(t *testing.T) {
	t.Chdir(t.TempDir())
	const begin = "go to the catalogue's folder, name the content folder with --content, or begin a new catalogue with: fursa init DIR"
	if err := os.WriteFile("file", nil, 0o644); err != nil {
		t.Fatal(err)
	}
	for _, dir := range []string{"content", "file"} {
		_, problems, err := content.Load(context.Background(), dir)
		if err != nil {
			t.Fatal(err)
		}
		want := []string{dir + ": error: there is no content folder " + dir + " here [content/no-folder] " + begin}
		if diff := cmp.Diff(want, said(problems)); diff != "" {
			t.Errorf("(-want +got):\n%s", diff)
		}
	}
	write(t, "pages/about.md", "x")
	got, problems := load(t)
	want := []string{"content/catalogue.toml: error: the content folder has no catalogue.toml, which says whose catalogue this is " +
		"[content/no-catalogue] is content the right folder? to begin a new catalogue: fursa init DIR"}
	if diff := cmp.Diff(want, said(problems)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if len(got.Files) != 1 {
		t.Errorf("files: %v", got.Files)
	}
}

// TestUnreadable: what the system refuses is no mistake of a file.
func TestUnreadable(t *testing.T) {
	if runtime.GOOS == "windows" || os.Geteuid() == 0 {
		t.Skip("permissions do not hold for this user")
	}
	folder(t, "pages/about.md")
	if err := os.Chmod("content/pages/about.md", 0); err != nil {
		t.Fatal(err)
	}
	_, problems, err := content.Load(context.Background(), "content")
	if !errors.Is(err, fs.ErrPermission) || problems != nil || !strings.Contains(err.Error(), "content/pages/about.md") {
		t.Errorf("%v, %v", problems, err)
	}
}

func TestCancelled(t *testing.T) {
	folder(t, "pages/about.md")
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, _, err := content.Load(ctx, "content"); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
}

// TestReadFile: one file by itself is the file that Load reads.
func TestReadFile(t *testing.T) {
	folder(t, "opportunities/museum/night-sky.ar.md", "opportunities/museum/night-sky.md", "images/a.png", ".drafts/x.md")
	all, _ := load(t)
	listing, _, err := content.Names("content")
	if err != nil {
		t.Fatal(err)
	}
	var alone []content.File
	for _, name := range listing.Names {
		f, ok, problems, err := content.ReadFile("content", name.File)
		if !ok || problems != nil || err != nil {
			t.Fatalf("%s: %v, %v, %v", name.File, ok, said(problems), err)
		}
		alone = append(alone, f)
	}
	if diff := cmp.Diff(all.Files, alone); diff != "" {
		t.Errorf("(-Load +ReadFile):\n%s", diff)
	}
	for _, file := range []string{"images/a.png", ".drafts/x.md"} {
		if _, ok, problems, err := content.ReadFile("content", file); ok || problems != nil || err != nil {
			t.Errorf("%s: %v, %v, %v", file, ok, said(problems), err)
		}
	}
	if _, _, _, err := content.ReadFile("content", "pages/none.md"); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("a file that is not there: %v", err)
	}
	for _, file := range []string{"../secret.md", "opportunities/../pages/none.md", "/etc/hosts", ""} {
		if _, _, _, err := content.ReadFile("content", file); !errors.Is(err, fs.ErrInvalid) {
			t.Errorf("%q: %v", file, err)
		}
	}
	if _, ok, problems, err := content.ReadFile("content", "pages/No.md"); ok || err != nil || len(problems) != 1 {
		t.Errorf("a name that is no slug: %v, %v, %v", ok, said(problems), err)
	}
}

// TestFind: every file is shown with its own text, whatever folder it is in.
func TestFind(t *testing.T) {
	var files []string
	for i := range 100 {
		files = append(files, fmt.Sprintf("opportunities/p%d/%d.md", i%7, i))
	}
	folder(t, append(files, "pages/about.md")...)
	for _, file := range files {
		write(t, file, "text of "+file)
	}
	write(t, "pages/large.md", strings.Repeat("x", content.MaxSize+1))
	listing, _, err := content.Names("content")
	if err != nil {
		t.Fatal(err)
	}
	var want []content.Name
	for _, n := range listing.Names {
		if n.Kind == schema.KindOpportunity {
			want = append(want, n)
		}
	}
	got, err := content.Find(t.Context(), "content", listing.Names, func(n content.Name, text []byte) bool {
		if n.Path == "pages/large" {
			t.Error("a file that is too large is shown")
		}
		return string(text) == "text of "+n.File
	})
	if diff := cmp.Diff(want, got); err != nil || diff != "" {
		t.Errorf("%v (-want +got):\n%s", err, diff)
	}
	if err := os.Remove("content/opportunities/p3/3.md"); err != nil {
		t.Fatal(err)
	}
	if _, err := content.Find(t.Context(), "content", listing.Names, func(content.Name, []byte) bool { return false }); !errors.Is(err, fs.ErrNotExist) || !strings.Contains(err.Error(), "content/opportunities/p3/3.md") {
		t.Errorf("of a file that is gone: %v", err)
	}
}

// TestOrder: the same folder gives the same content, however it is walked.
func TestOrder(t *testing.T) {
	var files []string
	for i := range 200 {
		files = append(files, fmt.Sprintf("pages/p%d.md", i), fmt.Sprintf("pages/p%d.ar.md", i))
	}
	folder(t, files...)
	first, _ := load(t)
	for range 3 {
		again, _ := load(t)
		if diff := cmp.Diff(first, again); diff != "" {
			t.Fatalf("(-first +again):\n%s", diff)
		}
	}
}
