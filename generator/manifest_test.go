package generator_test

import (
	"bytes"
	"maps"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"fursa/feeds/sign"
	"fursa/generator"
	"fursa/generator/ledger"
)

// published is the manifest of the built site, which lists what stands there.
func published(t *testing.T) sign.Manifest {
	t.Helper()
	text, err := os.ReadFile(filepath.Join("public", sign.ManifestPath))
	if err != nil {
		t.Fatal(err)
	}
	m, err := sign.ReadManifest(text)
	if err != nil {
		t.Fatal(err)
	}
	there := map[string]string{}
	for path, text := range files(t, "public") {
		path = strings.TrimPrefix(filepath.ToSlash(path), "public/")
		if strings.HasPrefix(path, "feeds/rpde/") || path == "fursa/catalogue.json" {
			there[path] = sign.Sum([]byte(text))
		}
	}
	if !maps.Equal(there, m.Files) {
		t.Errorf("the manifest lists %v, there are %v", m.Files, there)
	}
	return m
}

// next builds as a later run does, with the ledger of the last one.
func next(t *testing.T, at time.Time, o generator.Options) {
	t.Helper()
	in := input
	in.Clock = at
	if text, err := os.ReadFile("public/" + generator.LedgerPath); err == nil {
		if in.Previous, err = ledger.Read(bytes.NewReader(text)); err != nil {
			t.Fatal(err)
		}
	}
	build(t, in, o)
}

// The sequence rises exactly when something changed that others pull.
func TestSequence(t *testing.T) {
	inSmall(t, nil)
	at := clock
	step := func(name string, rises bool, edit func()) {
		t.Helper()
		var before int64
		if text, err := os.ReadFile("public/fursa/manifest.json"); err == nil {
			m, _ := sign.ReadManifest(text)
			before = m.Sequence
		}
		edit()
		at = at.Add(time.Minute)
		next(t, at, options)
		after := published(t).Sequence
		if rises && after != max(before+1, at.UnixMilli()) || !rises && after != before {
			t.Errorf("%s: sequence %d after %d", name, after, before)
		}
	}
	step("the first build", true, func() {})
	step("nothing", false, func() {})
	step("nothing, from memory", false, func() { _ = os.RemoveAll("public/.fursa") })
	step("a page", false, func() { write(t, "content/pages/about.md", "+++\ntitle = \"About\"\n+++\n") })
	step("a provider", true, func() {
		write(t, "content/providers/museum.md", "+++\nname = \"A museum\"\nurl = \"https://museum.example/\"\n+++\n")
	})
	step("a term", true, func() {
		write(t, "content/vocabularies/subjects.toml", "[[terms]]\nid = \"astronomy\"\nlabel = { en = \"Stars\" }\n")
	})
	step("a draft", false, func() {
		write(t, "content/opportunities/museum/drafty.md", listing("subjects = [\"astronomy\"]\nmode = \"online\"\nstatus = \"draft\"\nprovides = [\"meals\"]"))
	})
	step("a removal", true, func() { _ = os.Remove("content/opportunities/museum/stars.md") })
	step("a lost ledger", true, func() { _ = os.Remove("public/" + generator.LedgerPath) })
}

// During a change of keys both sign what names the new one; a key that is
// missing, or nobody's, writes nothing.
func TestSigning(t *testing.T) {
	key := func(letter string) sign.Key {
		k, err := sign.NewKey(strings.NewReader(strings.Repeat(letter, 256)))
		if err != nil {
			t.Fatal(err)
		}
		return k
	}
	own, former, stranger := key("a"), key("b"), key("c")
	named := small["catalogue.toml"] + "key = \"" + own.Public() + "\"\nformer_key = \"" + former.Public() + "\"\n"
	inSmall(t, map[string]string{"catalogue.toml": named})
	for name, c := range map[string]struct {
		keys []sign.Key
		want string
	}{
		"none":           {nil, "key/missing key/missing"},
		"the new one":    {[]sign.Key{own}, "key/missing"},
		"another":        {[]sign.Key{own, former, stranger}, "key/not-named"},
		"only another":   {[]sign.Key{stranger}, "key/missing key/not-named key/missing"},
		"the same twice": {[]sign.Key{own, own, former}, ""},
	} {
		o := options
		o.Keys = c.keys
		_, list, err := generator.NewBuilder().Build(t.Context(), input, o)
		if err != nil {
			t.Fatal(err)
		}
		var rules []string
		for _, d := range list {
			if strings.HasPrefix(d.Rule, "key/") {
				rules = append(rules, d.Rule)
			}
		}
		if got := strings.Join(rules, " "); got != c.want {
			t.Errorf("%s: %q, want %q\n%s", name, got, c.want, printed(t, list))
		}
		if _, err := os.Stat("public/index.html"); (err == nil) != (c.want == "") {
			t.Errorf("%s: written: %v", name, err)
		}
		if err := os.RemoveAll("public"); err != nil {
			t.Fatal(err)
		}
	}
	o := options
	o.Keys = []sign.Key{former, own}
	build(t, input, o)
	if m := published(t); m.Key != own.Public() || m.Catalogue != "https://doha.example/" {
		t.Errorf("the manifest says %+v", m)
	}
	site := files(t, "public")
	text := []byte(site["public/fursa/manifest.json"])
	if err := sign.Verify(own.Public(), text, []byte(site["public/"+sign.SignaturePath])); err != nil {
		t.Error(err)
	}
	if err := sign.Verify(former.Public(), text, []byte(site["public/"+sign.FormerPath])); err != nil {
		t.Error(err)
	}
}
