package plan_test

import (
	"bytes"
	"net/url"
	"os"
	"path"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"golang.org/x/net/html"

	"fursa/generator"
	"fursa/generator/catalogue"
	"fursa/generator/plan"
	"fursa/generator/search"
)

// sample is the sample catalogue.
const sample = "../../content"

// clock is when the tests plan sites, unless the catalogue says otherwise.
var clock = time.Date(2026, 11, 22, 9, 0, 0, 0, time.UTC)

// site is a planned site, all of it rendered.
type site struct {
	*generator.Site
	files map[string][]byte
	base  *url.URL
}

// made plans and renders a catalogue.
func made(t *testing.T, in generator.Input) site {
	t.Helper()
	in.Clock, in.Version = clock, "test"
	planned, list, err := generator.NewBuilder().Plan(t.Context(), in)
	if err != nil || planned == nil {
		t.Fatalf("plan %s: %v %v", in.Content, err, list)
	}
	return rendered(t, planned)
}

func rendered(t *testing.T, planned *generator.Site) site {
	t.Helper()
	base, err := url.Parse(planned.Catalogue.BaseURL)
	if err != nil {
		t.Fatal(err)
	}
	s := site{planned, map[string][]byte{}, base}
	for _, o := range append(planned.Outputs, planned.Ledger(map[string]string{})) {
		if _, twice := s.files[o.Path]; twice {
			t.Errorf("%s is planned twice", o.Path)
		}
		s.files[o.Path] = written(t, o)
	}
	return s
}

// indexed is the search index of a catalogue.
func indexed(t testing.TB, c *catalogue.Catalogue) *search.Index {
	t.Helper()
	index := search.New(c)
	if err := index.AddColumns(c); err != nil {
		t.Fatal(err)
	}
	return index
}

func written(t *testing.T, o plan.Output) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := o.Write(&b); err != nil {
		t.Fatalf("%s: %v", o.Path, err)
	}
	return b.Bytes()
}

// bases are where the sample is served in these tests: at a host's root, and
// under a path.
var bases = []string{"", "https://city.example/learn/doha"}

// atEachBase runs a test on the sample wherever it is served.
func atEachBase(t *testing.T, test func(*testing.T, site)) {
	for _, base := range bases {
		s := sampleAt(t, base)
		t.Run(s.base.Path, func(t *testing.T) { test(t, s) })
	}
}

// samples are the sample's sites by where they are served, each made once.
var samples = map[string]site{}

// sampleAt is the sample's site, drafts included; tests only read it.
func sampleAt(t *testing.T, base string) site {
	t.Helper()
	if _, ok := samples[base]; !ok {
		samples[base] = made(t, generator.Input{Content: sample, BaseURL: base, Drafts: true})
	}
	return samples[base]
}

// planned are the outputs of a site by their paths.
func planned(s *generator.Site) map[string]plan.Output {
	outputs := map[string]plan.Output{}
	for _, o := range s.Outputs {
		outputs[o.Path] = o
	}
	return outputs
}

// sampleWith is the sample's site below /learn/doha/, with more settings at
// the end of its catalogue.toml, and pairs of words there replaced.
func sampleWith(t *testing.T, settings string, pairs ...string) map[string]plan.Output {
	t.Helper()
	dir := t.TempDir()
	if err := os.CopyFS(dir, os.DirFS(sample)); err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(dir, "catalogue.toml")
	text, err := os.ReadFile(file)
	if err == nil {
		err = os.WriteFile(file, []byte(strings.NewReplacer(pairs...).Replace(string(text))+"\n"+settings), 0o600)
	}
	if err != nil {
		t.Fatal(err)
	}
	s, list, err := generator.NewBuilder().Plan(t.Context(), generator.Input{Content: dir, BaseURL: bases[1], Clock: clock, Version: "test"})
	if err != nil || s == nil {
		t.Fatal(err, list)
	}
	return planned(s)
}

// named are the files of a name or ending, by their paths.
func (s site) named(pattern string) map[string][]byte {
	found := map[string][]byte{}
	for p, text := range s.files {
		if ok, _ := path.Match(pattern, path.Base(p)); ok {
			found[p] = text
		}
	}
	return found
}

// find is the path of the file that an address leads to, seen from a page;
// elsewhere is true for what is not of this site.
func (s site) find(t *testing.T, from, address string) (file string, elsewhere bool) {
	t.Helper()
	u, err := url.Parse(address)
	if err != nil {
		t.Errorf("%s: %q is no address: %v", from, address, err)
		return "", true
	}
	u = s.base.ResolveReference(&url.URL{Path: strings.TrimSuffix(from, "index.html")}).ResolveReference(u)
	if u.Host != s.base.Host || u.Scheme != s.base.Scheme {
		return "", true
	}
	file, below := strings.CutPrefix(u.Path, s.base.Path)
	if !below {
		t.Errorf("%s: %s leads out of the site", from, address)
		return "", true
	}
	if file == "" || strings.HasSuffix(file, "/") {
		file += "index.html"
	}
	return file, false
}

// page is an HTML page.
type page struct {
	path string
	root *html.Node
}

// isMail says whether a file is an e-mail, which is HTML and no page of the site.
func isMail(file string) bool {
	return path.Base(path.Dir(file)) == "newsletter" && path.Base(file) != "index.html" && path.Ext(file) == ".html"
}

// pages are the HTML pages, those that only lead elsewhere and e-mails left out.
func (s site) pages(t *testing.T) []page {
	t.Helper()
	var all []page
	for p, text := range s.named("*.html") {
		x := parsePage(t, p, text)
		if x.first("meta", "http-equiv", "refresh") == nil && !isMail(p) {
			all = append(all, x)
		}
	}
	if len(all) == 0 {
		t.Fatal("no pages")
	}
	return all
}

// all are the elements of a name that have an attribute of a value; an empty
// attribute or value stands for any.
func (p page) all(name, attribute, value string) []*html.Node {
	var found []*html.Node
	for n := range p.root.Descendants() {
		if n.Type == html.ElementNode && (name == "" || n.Data == name) {
			got, ok := attr(n, attribute)
			if attribute == "" || ok && (value == "" || got == value) {
				found = append(found, n)
			}
		}
	}
	return found
}

func (p page) first(name, attribute, value string) *html.Node {
	if found := p.all(name, attribute, value); len(found) > 0 {
		return found[0]
	}
	return nil
}

func attr(n *html.Node, name string) (string, bool) {
	for _, a := range n.Attr {
		if a.Key == name {
			return a.Val, true
		}
	}
	return "", false
}

// text is the text in an element, its blanks as a browser shows them.
func text(n *html.Node) string {
	var b strings.Builder
	for d := range n.Descendants() {
		if d.Type == html.TextNode {
			b.WriteString(d.Data)
		}
	}
	return strings.Join(strings.Fields(b.String()), " ")
}

func parsePage(t *testing.T, name string, content []byte) page {
	t.Helper()
	root, err := html.Parse(bytes.NewReader(content))
	if err != nil || len(content) == 0 {
		t.Fatalf("%s: no page: %v", name, err)
	}
	return page{name, root}
}
