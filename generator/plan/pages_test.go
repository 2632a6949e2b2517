package plan_test

import (
	"bytes"
	"encoding/xml"
	"path"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/net/html"

	"fursa/generator"
)

func TestEveryPageIsSound(t *testing.T) {
	atEachBase(t, func(t *testing.T, s site) {
		for _, p := range s.pages(t) {
			lang, dir := "en", "ltr"
			if strings.HasPrefix(p.path, "ar/") {
				lang, dir = "ar", "rtl"
			}
			if p.first("html", "lang", lang) == nil || p.first("html", "dir", dir) == nil {
				t.Errorf("%s: not lang=%s dir=%s", p.path, lang, dir)
			}
			if n := p.all("h1", "", ""); len(n) != 1 || text(n[0]) == "" {
				t.Errorf("%s: %d first headings", p.path, len(n))
			}
			if n := p.all("title", "", ""); len(n) != 1 || text(n[0]) == "" {
				t.Errorf("%s: no title", p.path)
			}
			if p.first("main", "", "") == nil {
				t.Errorf("%s: no main part", p.path)
			}
			checkCanonical(t, s, p)
			checkElements(t, p)
		}
	})
}

// unlisted are the pages that search engines are told to leave out, by their
// paths in each language: those whose address is their own, and those that
// stand in for others.
var unlisted = map[string]bool{"saved/index.html": true, "search/index.html": true, "404.html": false, "offline/index.html": false}

// drafts are the pages of listings that are not published.
func (s site) drafts() map[string]bool {
	pages := map[string]bool{}
	for _, l := range s.Catalogue.Listings {
		pages[l.Path+"/index.html"] = l.Status == "draft"
	}
	return pages
}

func checkCanonical(t *testing.T, s site, p page) {
	t.Helper()
	file := strings.TrimPrefix(p.path, "ar/")
	own, left := unlisted[file]
	if isBoard(p.path) || path.Base(path.Dir(file)) == "embed" { // of all listings, and of each school
		own, left = true, true
	}
	if noindex := p.first("meta", "content", "noindex") != nil; noindex != (left || s.drafts()[file]) {
		t.Errorf("%s is kept out of search engines: %t", p.path, noindex)
	}
	links := p.all("link", "rel", "canonical")
	if left && !own {
		if len(links) != 0 {
			t.Errorf("%s has a canonical address", p.path)
		}
		return
	}
	if len(links) != 1 {
		t.Errorf("%s: %d canonical addresses", p.path, len(links))
		return
	}
	href, _ := attr(links[0], "href")
	at, elsewhere := s.find(t, p.path, href)
	if !strings.HasPrefix(href, s.base.String()) || elsewhere || s.files[at] == nil {
		t.Errorf("%s: its canonical address %s is no page", p.path, href)
	}
}

// checkElements sees to what html/template can't: words for pictures,
// references to ids, one element an id, lists of which every entry is one.
// What stands in a template is none of the page until a script fills it in.
func checkElements(t *testing.T, p page) {
	t.Helper()
	ids := map[string]bool{}
	for _, n := range p.all("", "id", "") {
		id, _ := attr(n, "id")
		if ids[id] {
			t.Errorf("%s: two elements are %q", p.path, id)
		}
		ids[id] = true
	}
	for _, n := range p.all("a", "href", "") {
		if href, _ := attr(n, "href"); strings.HasPrefix(href, "#") && !ids[href[1:]] {
			t.Errorf("%s: nothing is %s", p.path, href)
		}
	}
	for _, n := range p.all("", "aria-labelledby", "") {
		if id, _ := attr(n, "aria-labelledby"); !ids[id] {
			t.Errorf("%s: nothing is %q", p.path, id)
		}
	}
	for _, n := range p.all("img", "", "") {
		if alt, ok := attr(n, "alt"); !ok || alt == "" {
			src, _ := attr(n, "src")
			t.Errorf("%s: the image %s has no words", p.path, src)
		}
	}
	for _, n := range p.all("a", "", "") {
		if href, ok := attr(n, "href"); (!ok || href == "" || text(n) == "") && !forScripts(n) {
			t.Errorf("%s: the link %q with the text %q leads nowhere or says nothing", p.path, href, text(n))
		}
	}
	for _, n := range p.all("li", "", "") {
		if n.Parent.Data != "ul" && n.Parent.Data != "ol" && !forScripts(n) {
			t.Errorf("%s: an entry of no list in <%s>", p.path, n.Parent.Data)
		}
	}
	for _, n := range p.all("time", "", "") {
		if at, ok := attr(n, "datetime"); (!ok || len(at) < len("2026-11-22")) && !forScripts(n) {
			t.Errorf("%s: the time %q says not when", p.path, at)
		}
	}
}

// forScripts says whether an element is in a template, or in a part that is
// hidden until a script has filled it.
func forScripts(n *html.Node) bool {
	for ; n != nil; n = n.Parent {
		if _, hidden := attr(n, "hidden"); hidden || n.Type == html.ElementNode && n.Data == "template" {
			return true
		}
	}
	return false
}

// Pages forbid browsers what they do without: scripts and styles inside them,
// and whatever another site would have to send. Each rule finds the elements
// that break it; the count of those that it looks at is not 0.
func TestPagesKeepTheirPolicy(t *testing.T) {
	loads := map[string]string{"img": "src", "script": "src", "iframe": "src", "source": "srcset", "video": "src", "audio": "src", "embed": "src", "object": "data", "use": "href", "form": "action"}
	type element struct {
		*html.Node
		s    site
		page page
	}
	get := func(x element, name string) string { v, _ := attr(x.Node, name); return v }
	foreign := func(x element, address string) bool {
		_, elsewhere := x.s.find(t, x.page.path, address)
		return elsewhere
	}
	rules := map[string]struct {
		about  func(element) bool
		breaks func(element) bool
	}{
		"has a style attribute": {
			func(element) bool { return true },
			func(x element) bool { _, styled := attr(x.Node, "style"); return styled || x.Data == "style" },
		},
		"has a handler": {
			func(element) bool { return true },
			func(x element) bool {
				return slices.ContainsFunc(x.Attr, func(a html.Attribute) bool { return strings.HasPrefix(a.Key, "on") })
			},
		},
		"is a script inside the page": {
			func(x element) bool { return x.Data == "script" },
			func(x element) bool { return !ours(x.Node) },
		},
		"holds up the page": {
			func(x element) bool { return x.Data == "script" && get(x, "src") != "" && !isBoard(x.page.path) },
			func(x element) bool { _, later := attr(x.Node, "defer"); return get(x, "type") != "module" && !later },
		},
		"loads from elsewhere": {
			func(x element) bool { return loads[x.Data] != "" },
			func(x element) bool { address := get(x, loads[x.Data]); return address != "" && foreign(x, address) },
		},
		"chooses a picture from elsewhere": {
			func(x element) bool { return get(x, "srcset") != "" },
			func(x element) bool {
				return slices.ContainsFunc(strings.Split(get(x, "srcset"), ","), func(c string) bool { return foreign(x, strings.Fields(c)[0]) })
			},
		},
		"links to what loads from elsewhere": {
			func(x element) bool {
				return x.Data == "link" && !slices.Contains([]string{"canonical", "alternate", "license"}, get(x, "rel"))
			},
			func(x element) bool { return foreign(x, get(x, "href")) },
		},
		"has no size": {
			func(x element) bool { return x.Data == "img" },
			func(x element) bool { return get(x, "width") == "" || get(x, "height") == "" },
		},
		"is no lazy image": {
			func(x element) bool { return x.Data == "img" && inCard(x.Node) },
			func(x element) bool { return get(x, "loading") != "lazy" },
		},
		"is another policy": {
			func(x element) bool { return get(x, "http-equiv") == "Content-Security-Policy" },
			func(x element) bool {
				// Headers and embeds name the site beside 'self'; the host's leaves
				// e-mails the styles in their attributes.
				unnamed := func(text string) string { return strings.ReplaceAll(text, " "+x.s.base.String(), "") }
				hosts := strings.Replace(unnamed(string(x.s.files["_headers"])), "style-src-attr 'unsafe-inline'; ", "", 1)
				return !strings.Contains(hosts, "Content-Security-Policy: "+unnamed(get(x, "content"))+"\n")
			},
		},
	}
	atEachBase(t, func(t *testing.T, s site) {
		seen := map[string]int{}
		for _, p := range s.pages(t) {
			if n := len(p.all("meta", "http-equiv", "Content-Security-Policy")); n != 1 {
				t.Errorf("%s has %d policies", p.path, n)
			}
			for _, n := range p.all("", "", "") {
				x := element{n, s, p}
				for name, rule := range rules {
					if !rule.about(x) {
						continue
					}
					seen[name]++
					if rule.breaks(x) {
						t.Errorf("%s: <%s> %v %s", p.path, n.Data, n.Attr, name)
					}
				}
			}
		}
		for name := range rules {
			if seen[name] == 0 {
				t.Errorf("nothing was looked at that %s", name)
			}
		}
	})
}

func inCard(n *html.Node) bool {
	for p := range n.Ancestors() {
		if class, _ := attr(p, "class"); slices.Contains(strings.Fields(class), "card") {
			return true
		}
	}
	return false
}

// Pages of listings say what they are known by; cards leave it to where they
// lead to, in scripts/listing.ts.
func TestListingsSayWhatTheyAreKnownBy(t *testing.T) {
	atEachBase(t, func(t *testing.T, s site) {
		cards := 0
		for _, p := range s.pages(t) {
			file := strings.TrimSuffix(strings.TrimPrefix(p.path, "ar/"), "/index.html")
			for _, n := range p.all("", "data-listing", "") {
				path, _ := attr(n, "data-listing")
				if n.Data == "article" && path != file {
					t.Errorf("%s says that it is %q", p.path, path)
				}
				if n.Data != "li" {
					continue
				}
				cards++
				card := page{p.path, n}
				href, _ := attr(card.first("a", "href", ""), "href")
				if at, _ := s.find(t, p.path, href); path != "" || !strings.HasPrefix(strings.TrimPrefix(at, "ar/"), "opportunities/") {
					t.Errorf("%s: the card %q leads to %s", p.path, path, href)
				}
			}
		}
		if cards == 0 {
			t.Error("there are no cards")
		}
	})
}

func TestEveryLinkLeadsSomewhere(t *testing.T) {
	atEachBase(t, func(t *testing.T, s site) {
		checked := 0
		for p, content := range s.named("*.html") {
			for _, address := range addresses(t, p, content) {
				if file, elsewhere := s.find(t, p, address); !elsewhere {
					checked++
					if s.files[file] == nil {
						t.Errorf("%s: %s leads to %s, which is not there", p, address, file)
					}
				}
			}
		}
		if checked < 1000 {
			t.Errorf("only %d links within the site", checked)
		}
		for from, to := range redirects(string(s.files["_redirects"])) {
			for _, address := range []string{from, to} {
				if file, elsewhere := s.find(t, "_redirects", address); elsewhere || s.files[file] == nil {
					t.Errorf("_redirects: %s is not there", address)
				}
			}
		}
	})
}

// addresses are those that a page refers to.
func addresses(t *testing.T, name string, content []byte) []string {
	t.Helper()
	p := parsePage(t, name, content)
	var all []string
	for _, attribute := range []string{"href", "src"} {
		for _, n := range p.all("", attribute, "") {
			address, _ := attr(n, attribute)
			all = append(all, address)
		}
	}
	for _, n := range p.all("meta", "http-equiv", "refresh") {
		refresh, _ := attr(n, "content")
		_, address, _ := strings.Cut(refresh, "url=")
		all = append(all, address)
	}
	return all
}

// redirects are the lines of a _redirects file.
func redirects(text string) map[string]string {
	all := map[string]string{}
	for line := range strings.Lines(text) {
		if f := strings.Fields(line); len(f) == 3 {
			all[f[0]] = f[1]
		}
	}
	return all
}

// Each page that names another as itself in another language is named by it.
func TestLanguagesNameEachOther(t *testing.T) {
	atEachBase(t, func(t *testing.T, s site) {
		named := map[string]map[string]string{} // page → language → page
		for _, p := range s.pages(t) {
			named[p.path] = map[string]string{}
			for _, n := range p.all("link", "hreflang", "") {
				href, _ := attr(n, "href")
				lang, _ := attr(n, "hreflang")
				file, _ := s.find(t, p.path, href)
				named[p.path][lang] = file
			}
		}
		pairs := 0
		for path, others := range named {
			for lang, other := range others {
				pairs++
				if lang == "x-default" {
					continue
				}
				if diff := cmp.Diff(others, named[other]); diff != "" {
					t.Errorf("%s names %s in %s, which says (-first +second):\n%s", path, other, lang, diff)
				}
			}
			if lang := langOf(path); len(others) > 0 && others[lang] != path {
				t.Errorf("%s names %s for its own language", path, others[lang])
			}
		}
		if pairs == 0 {
			t.Error("no page names another language")
		}
	})
}

func langOf(path string) string {
	if strings.HasPrefix(path, "ar/") {
		return "ar"
	}
	return "en"
}

// A text that is not translated is marked with its language, its page points
// to the original, and the other way round.
func TestUntranslatedPagesPointToTheOriginal(t *testing.T) {
	s := sampleAt(t, "")
	for _, l := range s.Catalogue.Listings {
		for _, lang := range []string{"en", "ar"} {
			prefix := map[string]string{"ar": "ar/"}[lang]
			p := parsePage(t, l.Path, s.files[prefix+l.Path+"/index.html"])
			canonical, _ := attr(p.first("link", "rel", "canonical"), "href")
			_, _, written := l.In(lang)
			if own := canonical == s.base.String()+prefix+l.Path+"/"; own != written {
				t.Errorf("%s in %s: written there %t, canonical %s", l.Path, lang, written, canonical)
			}
			if heading, _ := attr(p.first("h1", "", ""), "lang"); !written && heading != l.Lang {
				t.Errorf("%s in %s: its heading is marked %q", l.Path, lang, heading)
			}
		}
	}
}

func TestSitemapHoldsCanonicalPages(t *testing.T) {
	atEachBase(t, func(t *testing.T, s site) {
		var sitemap struct {
			URLs []struct {
				Loc     string `xml:"loc"`
				LastMod string `xml:"lastmod"`
			} `xml:"url"`
		}
		if err := xml.Unmarshal(s.files["sitemap.xml"], &sitemap); err != nil {
			t.Fatal(err)
		}
		listed := map[string]bool{}
		for _, u := range sitemap.URLs {
			file, elsewhere := s.find(t, "sitemap.xml", u.Loc)
			if listed[file] || elsewhere || s.files[file] == nil {
				t.Errorf("%s is there twice, or is no page", u.Loc)
				continue
			}
			listed[file] = true
			p := parsePage(t, file, s.files[file])
			canonical, _ := attr(p.first("link", "rel", "canonical"), "href")
			if canonical != u.Loc || p.first("meta", "content", "noindex") != nil {
				t.Errorf("%s is not canonical: %s", u.Loc, canonical)
			}
		}
		for _, file := range []string{"calendar/index.html", "ar/calendar/index.html", "calendar/2026-12/index.html"} {
			if !listed[file] {
				t.Errorf("%s is not there", file)
			}
		}
		for _, l := range s.Catalogue.Listings {
			for _, lang := range []string{"en", "ar"} {
				_, _, written := l.In(lang)
				file := map[string]string{"ar": "ar/"}[lang] + l.Path + "/index.html"
				if want := written && l.Status != "draft"; listed[file] != want {
					t.Errorf("%s is listed: %t, want %t", file, listed[file], want)
				}
			}
		}
	})
}

func TestEveryPageShowsTheNotice(t *testing.T) {
	s := sampleAt(t, "")
	for _, p := range s.pages(t) {
		if !isBoard(p.path) && !strings.Contains(text(p.root), s.Catalogue.Settings.Notice[langOf(p.path)]) {
			t.Errorf("%s does not say that the data is a sample", p.path)
		}
	}
}

// Equal inputs give equal bytes, however often, and at whatever time of a day.
func TestSameInputsGiveSameBytes(t *testing.T) {
	first := made(t, generator.Input{Content: sample, Previous: nil})
	second := made(t, generator.Input{Content: sample, Previous: first.Catalogue.Ledger})
	for p, content := range first.files {
		if !bytes.Equal(content, second.files[p]) {
			t.Errorf("%s is another one the second time:\n%s", p, cmp.Diff(string(content), string(second.files[p])))
		}
	}
	if len(first.files) != len(second.files) {
		t.Errorf("%d files, then %d", len(first.files), len(second.files))
	}
	for _, o := range first.Outputs {
		if !bytes.Equal(first.files[o.Path], written(t, o)) {
			t.Errorf("%s is another one when it is written again", o.Path)
		}
	}
}
