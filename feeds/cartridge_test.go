package feeds_test

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"io"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"fursa/feeds"
)

// links is a cartridge in Arabic with a listing in two subjects, materials,
// and what XML, importers or zip programs could stumble over.
func links() linkCartridge {
	night := feeds.CartridgeLink{
		ID: "https://doha.example/opportunities/museum/night-sky", Title: "ليلة الفلك & <النجوم>",
		Description: "السبت، 5 ديسمبر 2026 · تلسكوبات «للجميع»", URL: "https://www.doha.example/ar/opportunities/museum/night-sky/",
	}
	sheet := feeds.CartridgeLink{ID: night.ID + "#sheet", Title: "ورقة عمل", URL: "https://files.example/ورقة عمل.pdf?صفحة=1&b=\"2\""}
	return linkCartridge{
		Cartridge: feeds.Cartridge{
			ID: "https://doha.example/schools/corniche/", Title: "التعلم في الدوحة", Description: "لمدرسة الكورنيش", Lang: "ar", Rights: "CC BY 4.0",
			Empty: feeds.CartridgeLink{ID: "https://doha.example/schools/corniche/#empty", Title: "لا شيء الآن", URL: "https://www.doha.example/schools/corniche/"},
		},
		Subjects: []linkSubject{
			{ID: "subjects/astronomy", Title: "علم الفلك", Listings: []linkListing{
				{CartridgeLink: night, Materials: []feeds.CartridgeLink{sheet}},
			}},
			{ID: "subjects/physics", Title: "الفيزياء", Listings: []linkListing{
				{CartridgeLink: feeds.CartridgeLink{ID: "https://doha.example/opportunities/club/rockets", Title: "Rockets\x00", URL: "https://www.doha.example/r/"}},
				{CartridgeLink: night},
			}},
		},
	}
}

// linkCartridge is a cartridge whose links are not packed yet.
type linkCartridge struct {
	feeds.Cartridge
	Subjects []linkSubject
}

type linkSubject struct {
	ID, Title string
	Listings  []linkListing
}

type linkListing struct {
	feeds.CartridgeLink
	Materials []feeds.CartridgeLink
}

func (c linkCartridge) packed() feeds.Cartridge {
	for _, s := range c.Subjects {
		subject := feeds.CartridgeSubject{ID: s.ID, Title: s.Title}
		for _, l := range s.Listings {
			subject.Listings = append(subject.Listings, feeds.NewCartridgeListing(c.Lang, l.CartridgeLink, l.Materials...))
		}
		c.Cartridge.Subjects = append(c.Cartridge.Subjects, subject)
	}
	return c.Cartridge
}

var cartridges = []struct {
	name, version, schema, link, namespace string
	write                                  func(io.Writer, feeds.Cartridge) error
}{
	{"Thin 1.3", "1.3.0", "IMS Thin Common Cartridge", "imswl_xmlv1p3", "imsccv1p3", feeds.ThinCartridge},
	{"1.1", "1.1.0", "IMS Common Cartridge", "imswl_xmlv1p1", "imsccv1p1", feeds.CommonCartridge},
}

// node is an element of XML, with its namespace.
type node struct {
	XMLName  xml.Name
	Attr     []xml.Attr `xml:",any,attr"`
	Text     string     `xml:",chardata"`
	Children []node     `xml:",any"`
}

func (n node) attr(name string) string {
	for _, a := range n.Attr {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}

// all are the elements at a path below n.
func (n node) all(path ...string) []node {
	found := []node{n}
	for _, name := range path {
		var next []node
		for _, f := range found {
			for _, c := range f.Children {
				if c.XMLName.Local == name {
					next = append(next, c)
				}
			}
		}
		found = next
	}
	return found
}

// text is that of the first element at a path.
func (n node) text(path ...string) string {
	if found := n.all(path...); len(found) > 0 {
		return found[0].Text
	}
	return ""
}

// names are the names of the elements in n, in their order.
func (n node) names() string {
	var names []string
	for _, c := range n.Children {
		names = append(names, c.XMLName.Local)
	}
	return strings.Join(names, " ")
}

// unzipped are the documents of a cartridge by their names.
func unzipped(t *testing.T, data []byte) map[string]node {
	t.Helper()
	archive, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	files := map[string]node{}
	for _, entry := range archive.File {
		file, err := entry.Open()
		if err != nil {
			t.Fatal(err)
		}
		var n node
		if err := xml.NewDecoder(file).Decode(&n); err != nil {
			t.Fatalf("%s: %v", entry.Name, err)
		}
		if _, twice := files[entry.Name]; twice {
			t.Errorf("%s is there twice", entry.Name)
		}
		files[entry.Name] = n
	}
	return files
}

func cartridge(t *testing.T, write func(io.Writer, feeds.Cartridge) error, c linkCartridge) []byte {
	t.Helper()
	var out bytes.Buffer
	if err := write(&out, c.packed()); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// TestCartridgeBytes holds that a cartridge depends on what it says alone.
func TestCartridgeBytes(t *testing.T) {
	for _, version := range cartridges {
		c := links()
		first := cartridge(t, version.write, c)
		if !bytes.Equal(first, cartridge(t, version.write, c)) {
			t.Errorf("%s: two runs differ", version.name)
		}
		if diff := cmp.Diff(links(), c); diff != "" {
			t.Errorf("%s changed its cartridge: %s", version.name, diff)
		}
	}
}

// TestCartridgeIdentifiers holds that importers know a link again, whatever
// becomes of its title, its address and its neighbours.
func TestCartridgeIdentifiers(t *testing.T) {
	for _, version := range cartridges {
		identifiers := func(c linkCartridge) map[string]bool {
			ids := map[string]bool{}
			for _, r := range unzipped(t, cartridge(t, version.write, c))["imsmanifest.xml"].all("resources", "resource") {
				ids[r.attr("identifier")] = true
			}
			return ids
		}
		before := identifiers(links())
		renamed := links()
		renamed.Title, renamed.Lang = "Learning in Doha", "en"
		renamed.Subjects = renamed.Subjects[:1]
		renamed.Subjects[0].Listings[0].Title = "A night of stars"
		renamed.Subjects[0].Listings[0].URL = "https://moved.example/"
		for id := range identifiers(renamed) {
			if !before[id] {
				t.Errorf("%s: %s is new", version.name, id)
			}
		}
	}
}

// TestIncompleteCartridge holds that nothing is packed of what no importer
// takes.
func TestIncompleteCartridge(t *testing.T) {
	for name, spoil := range map[string]func(*linkCartridge){
		"id":            func(c *linkCartridge) { c.ID = "" },
		"title":         func(c *linkCartridge) { c.Title = "\x00" },
		"subject":       func(c *linkCartridge) { c.Subjects[0].Title = "" },
		"link's id":     func(c *linkCartridge) { c.Subjects[0].Listings[0].ID = "" },
		"link's title":  func(c *linkCartridge) { c.Subjects[0].Listings[0].Title = "" },
		"material":      func(c *linkCartridge) { c.Subjects[0].Listings[0].Materials[0].URL = "" },
		"empty channel": func(c *linkCartridge) { c.Subjects, c.Empty.Title = nil, "" },
	} {
		for _, version := range cartridges {
			c := links()
			spoil(&c)
			var out bytes.Buffer
			if err := version.write(&out, c.packed()); err == nil || out.Len() > 0 {
				t.Errorf("%s without its %s: %v, and %d bytes", version.name, name, err, out.Len())
			}
		}
	}
}
