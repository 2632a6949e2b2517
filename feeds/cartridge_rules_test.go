package feeds_test

import (
	"fmt"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// cartridgeRules are what the schemas of Common Cartridge demand of a package
// of links, and what they say in Schematron, each as a rule of its own: no
// package that this project can install brings the schemas. A rule says what
// is wrong, or nothing.
var cartridgeRules = map[string]func(p cartridgePackage) string{
	"a manifest says of itself, orders and lists, in this order": func(p cartridgePackage) string {
		return differ("metadata organizations resources", p.manifest.names())
	},
	"its profile and version are the schema's own words": func(p cartridgePackage) string {
		m := p.manifest.all("metadata")[0]
		return differ(p.schema+" "+p.version+" schema schemaversion lom", m.text("schema")+" "+m.text("schemaversion")+" "+m.names())
	},
	"metadata has the namespace of its version": func(p cartridgePackage) string {
		lom := p.manifest.all("metadata", "lom")[0]
		return differ("http://ltsc.ieee.org/xsd/"+p.namespace+"/LOM/manifest", lom.XMLName.Space)
	},
	"the manifest has the namespace of its version": func(p cartridgePackage) string {
		return differ("http://www.imsglobal.org/xsd/"+p.namespace+"/imscp_v1p1", p.manifest.XMLName.Space)
	},
	"one organization, a tree, with one item at the top": func(p cartridgePackage) string {
		o := p.manifest.all("organizations", "organization")
		return differ("1 rooted-hierarchy title item", fmt.Sprint(len(o), " ", o[0].attr("structure"), " ", o[0].names()))
	},
	"the item at the top has items and nothing else": func(p cartridgePackage) string {
		root := p.manifest.all("organizations", "organization", "item")[0]
		return differ("", strings.Trim(strings.ReplaceAll(root.names(), "item", ""), " ")+root.attr("identifierref"))
	},
	"an item has its title, its items, its metadata, in this order": func(p cartridgePackage) string {
		for _, i := range p.items() {
			if !regexp.MustCompile(`^title( item)*( metadata)?$`).MatchString(i.names()) {
				return i.names()
			}
		}
		return ""
	},
	"an item that is a link holds no others, and one that is none holds some": func(p cartridgePackage) string {
		for _, i := range p.items() {
			if (i.attr("identifierref") == "") == (len(i.all("item")) == 0) {
				return i.text("title")
			}
		}
		return ""
	},
	"identifiers are XML's, and none is there twice": func(p cartridgePackage) string {
		seen := map[string]bool{}
		for _, n := range append(append([]node{p.manifest}, p.manifest.all("organizations", "organization")...), append(p.items(), p.resources()...)...) {
			id := n.attr("identifier")
			if seen[id] || !regexp.MustCompile(`^[A-Za-z_][\w.-]*$`).MatchString(id) {
				return id
			}
			seen[id] = true
		}
		return ""
	},
	"items lead to resources, and each resource has one": func(p cartridgePackage) string {
		led := map[string]bool{}
		for _, i := range p.items() {
			led[i.attr("identifierref")] = true
		}
		delete(led, "")
		for _, r := range p.resources() {
			if !led[r.attr("identifier")] {
				return r.attr("identifier") + " has no item"
			}
			delete(led, r.attr("identifier"))
		}
		return strings.TrimPrefix(fmt.Sprint(led), "map[]")
	},
	"a resource is a link of its version, without an address of its own": func(p cartridgePackage) string {
		for _, r := range p.resources() {
			if r.attr("type") != p.link || r.attr("href") != "" {
				return fmt.Sprint(r.Attr)
			}
		}
		return ""
	},
	"a link stands in a file, in a thin cartridge in the manifest": func(p cartridgePackage) string {
		want := "file"
		if p.version == "1.3.0" {
			want = "webLink"
		}
		for _, r := range p.resources() {
			if r.names() != want {
				return r.names()
			}
		}
		return differ(fmt.Sprint(len(p.resources())), fmt.Sprint(len(p.webLinks())))
	},
	"a package holds no file that the manifest does not list": func(p cartridgePackage) string {
		listed := map[string]bool{"imsmanifest.xml": true}
		for _, f := range p.manifest.all("resources", "resource", "file") {
			listed[f.attr("href")] = true
		}
		return differ(fmt.Sprint(len(listed)), fmt.Sprint(len(p.files)))
	},
	"a link has its title and one address, in this order and namespace": func(p cartridgePackage) string {
		for _, l := range p.webLinks() {
			if l.names() != "title url" || l.XMLName.Space != "http://www.imsglobal.org/xsd/"+p.namespace+"/"+strings.Replace(p.link, "_xml", "_", 1) {
				return l.XMLName.Space + " " + l.names()
			}
		}
		return ""
	},
	"an address is absolute, and ASCII": func(p cartridgePackage) string {
		for _, l := range p.webLinks() {
			href := l.all("url")[0].attr("href")
			u, err := url.Parse(href)
			if err != nil || u.Scheme != "https" || strings.ContainsFunc(href, func(r rune) bool { return r <= ' ' || r > '~' }) {
				return href
			}
		}
		return ""
	},
}

// cartridgePackage is an unpacked cartridge, and what it ought to be.
type cartridgePackage struct {
	schema, version, link, namespace string

	manifest node
	files    map[string]node
}

// items are all items below the one at the top.
func (p cartridgePackage) items() []node {
	var below func(n node) []node
	below = func(n node) (all []node) {
		for _, i := range n.all("item") {
			all = append(append(all, i), below(i)...)
		}
		return all
	}
	return below(p.manifest.all("organizations", "organization", "item")[0])
}

func (p cartridgePackage) resources() []node { return p.manifest.all("resources", "resource") }

// webLinks are the links, wherever they stand.
func (p cartridgePackage) webLinks() []node {
	var found []node
	for _, r := range p.resources() {
		found = append(found, r.all("webLink")...)
		for _, f := range r.all("file") {
			if n, ok := p.files[f.attr("href")]; ok {
				found = append(found, n)
			}
		}
	}
	return found
}

func differ(want, got string) string {
	if want == got {
		return ""
	}
	return fmt.Sprintf("want %q, got %q", want, got)
}

func TestCartridgeRules(t *testing.T) {
	empty := links()
	empty.Subjects = nil
	for _, v := range cartridges {
		for name, rule := range cartridgeRules {
			t.Run(v.name+" "+name, func(t *testing.T) {
				for _, c := range []struct {
					name  string
					files map[string]node
				}{{"full", unzipped(t, cartridge(t, v.write, links()))}, {"empty", unzipped(t, cartridge(t, v.write, empty))}} {
					if wrong := rule(cartridgePackage{v.schema, v.version, v.link, v.namespace, c.files["imsmanifest.xml"], c.files}); wrong != "" {
						t.Errorf("%s: %s", c.name, wrong)
					}
				}
			})
		}
	}
}

// TestCanvas reads a cartridge the way Canvas' importer does: namespaces are
// dropped, an item in the one at the top is a module, what it holds is a link
// or, deeper, every title a heading.
func TestCanvas(t *testing.T) {
	for _, v := range cartridges {
		files := unzipped(t, cartridge(t, v.write, links()))
		p := cartridgePackage{manifest: files["imsmanifest.xml"], files: files}
		found := map[string]node{}
		for n, r := range p.resources() {
			found[r.attr("identifier")] = p.webLinks()[n]
		}
		var got []string
		var children func(n node, module bool)
		children = func(n node, module bool) {
			for _, c := range n.Children {
				switch link := found[c.attr("identifierref")]; {
				case c.XMLName.Local == "title" && module:
					got = append(got, "module "+c.Text)
				case c.XMLName.Local == "title":
					got = append(got, "heading "+c.Text)
				case c.attr("identifierref") == "":
					children(c, false)
				default:
					got = append(got, "link "+c.text("title")+" "+link.all("url")[0].attr("href"))
				}
			}
		}
		for _, module := range p.manifest.all("organizations", "organization", "item", "item") {
			children(module, true)
		}
		if diff := cmp.Diff([]string{
			"module علم الفلك",
			"heading ليلة الفلك & <النجوم>",
			"link ليلة الفلك & <النجوم> https://www.doha.example/ar/opportunities/museum/night-sky/",
			`link ورقة عمل https://files.example/%D9%88%D8%B1%D9%82%D8%A9%20%D8%B9%D9%85%D9%84.pdf?%D8%B5%D9%81%D8%AD%D8%A9=1&b=%222%22`,
			"module الفيزياء",
			"link Rockets https://www.doha.example/r/",
			"link ليلة الفلك & <النجوم> https://www.doha.example/ar/opportunities/museum/night-sky/",
		}, got); diff != "" {
			t.Errorf("%s: %s", v.name, diff)
		}
	}
}

// TestMoodle reads a cartridge by the paths, and in the namespaces, that
// Moodle's importer asks for: the course's title and description from the
// metadata, the address of a link from the first file of its resource.
func TestMoodle(t *testing.T) {
	files := unzipped(t, cartridge(t, cartridges[1].write, links()))
	manifest := files["imsmanifest.xml"]
	general := manifest.all("metadata", "lom", "general")[0]
	got := []string{general.text("title", "string"), general.text("description", "string")}
	for _, r := range manifest.all("resources", "resource") {
		got = append(got, files[r.all("file")[0].attr("href")].all("url")[0].attr("href"))
	}
	if diff := cmp.Diff([]string{
		"التعلم في الدوحة", "لمدرسة الكورنيش",
		"https://www.doha.example/ar/opportunities/museum/night-sky/",
		`https://files.example/%D9%88%D8%B1%D9%82%D8%A9%20%D8%B9%D9%85%D9%84.pdf?%D8%B5%D9%81%D8%AD%D8%A9=1&b=%222%22`,
		"https://www.doha.example/r/",
	}, got); diff != "" {
		t.Error(diff)
	}
}
