package feeds

import (
	"archive/zip"
	"bytes"
	"compress/flate"
	"crypto/sha256"
	"encoding/hex"
	"encoding/xml"
	"fmt"
	"io"
	"strings"
	"sync"
	"time"
)

// Cartridge is a set of links that a learning management system can import as
// a course. Every URL is absolute.
type Cartridge struct {
	// ID never changes. Importers know again what they have by it, and by the
	// ids of subjects and links.
	ID string
	// Title and Description are plain text; Description may be empty.
	Title, Description string
	// Lang is the BCP 47 tag of all its texts.
	Lang string
	// Rights is a licence in words; may be empty.
	Rights   string
	Subjects []CartridgeSubject
	// Empty is what it holds where Subjects are none: Moodle refuses a course
	// without content.
	Empty CartridgeLink
}

// CartridgeSubject is a module, or section, of the course. A listing can stand
// in several.
type CartridgeSubject struct {
	ID, Title string
	Listings  []*CartridgeListing
}

// CartridgeListing is a link to a listing's page, and links to its materials,
// ready to stand in any number of cartridges.
type CartridgeListing struct {
	page      cartridgeEntry
	materials []cartridgeEntry
}

// CartridgeLink is a link to a page. Description is plain text, and may be
// empty.
type CartridgeLink struct{ ID, Title, Description, URL string }

// cartridgeEntry is a link as XML. Two hundred schools hold the same listings:
// what is the same in all their cartridges is written once.
type cartridgeEntry struct {
	id, title string
	lacking   bool // what no link can be without
	// resource is the identifier of the link.
	resource string
	// item is what its items have in common: all but the start, which holds an
	// identifier that tells the subject too.
	item string
	// link is a webLink but for its start, which holds a version's namespace.
	link string
}

// NewCartridgeListing packs a listing whose texts are in a language, a BCP 47
// tag. Every link needs an id, a title and an address: no cartridge is written
// with one that lacks them.
func NewCartridgeListing(lang string, page CartridgeLink, materials ...CartridgeLink) *CartridgeListing {
	l := &CartridgeListing{page: newCartridgeEntry(lang, page)}
	for _, m := range materials {
		l.materials = append(l.materials, newCartridgeEntry(lang, m))
	}
	return l
}

const (
	manifestName = "imsmanifest.xml"
	linksFolder  = "links/"
)

// ThinCartridge writes a cartridge as IMS Thin Common Cartridge 1.3, which
// Canvas and most others import: its links stand in the manifest, the only
// file. Equal cartridges give equal bytes.
func ThinCartridge(w io.Writer, c Cartridge) error { return writeCartridge(w, c, thin13) }

// CommonCartridge writes a cartridge as IMS Common Cartridge 1.1, the latest
// that Moodle imports: a file for each link. Equal cartridges give equal bytes.
func CommonCartridge(w io.Writer, c Cartridge) error { return writeCartridge(w, c, common11) }

func writeCartridge(w io.Writer, c Cartridge, p cartridgeProfile) error {
	packed, err := c.packed()
	if err != nil {
		return err
	}
	manifest, err := packed.manifest(p)
	if err != nil {
		return err
	}
	archive := zip.NewWriter(w)
	archive.RegisterCompressor(zip.Deflate, deflater)
	if err := writeEntry(archive, manifestName, zip.Deflate, manifest); err != nil {
		return err
	}
	if p.thin {
		return archive.Close()
	}
	for _, l := range packed.links {
		// Some 300 bytes: what compressing saves is less than the entry's name.
		if err := writeEntry(archive, linkFile(l), zip.Store, []byte(xml.Header+p.webLink(l))); err != nil {
			return err
		}
	}
	return archive.Close()
}

var deflaters = sync.Pool{New: func() any {
	w, err := flate.NewWriter(nil, 2) // twice as fast as zip's own, and a tenth larger
	if err != nil {
		panic(err) // there is such a level
	}
	return w
}}

// pooledDeflater is given back when it is closed.
type pooledDeflater struct{ *flate.Writer }

func deflater(w io.Writer) (io.WriteCloser, error) {
	d := deflaters.Get().(*flate.Writer)
	d.Reset(w)
	return pooledDeflater{d}, nil
}

func (d pooledDeflater) Close() error {
	defer deflaters.Put(d.Writer)
	return d.Writer.Close()
}

// writeEntry adds a file to the archive, dated when zip's time begins: the time
// of a build would change bytes that say the same.
func writeEntry(archive *zip.Writer, name string, method uint16, data []byte) error {
	began := time.Date(1980, 1, 1, 0, 0, 0, 0, time.UTC)
	file, err := archive.CreateHeader(&zip.FileHeader{Name: name, Method: method, Modified: began})
	if err != nil {
		return err
	}
	_, err = file.Write(data)
	return err
}

// packedCartridge is a cartridge as both versions hold it: its items as XML,
// each link once.
type packedCartridge struct {
	Cartridge
	items bytes.Buffer
	links []*cartridgeEntry
	known map[string]bool
}

// packed is the cartridge without what XML cannot hold. It fails where a text
// is missing that the standard demands.
func (c Cartridge) packed() (*packedCartridge, error) {
	plainAll(&c.ID, &c.Title, &c.Description, &c.Rights)
	if c.ID == "" || c.Title == "" {
		return nil, fmt.Errorf("cartridge %q lacks an id or a title", c.ID)
	}
	p := &packedCartridge{Cartridge: c, known: map[string]bool{}}
	for _, s := range c.Subjects {
		plainAll(&s.ID, &s.Title)
		if s.Title == "" {
			return nil, fmt.Errorf("cartridge %s: subject %q has no title", c.ID, s.ID)
		}
		id := identifier("subject", s.ID)
		p.folder(id, s.Title, func() {
			for _, listing := range s.Listings {
				p.listing(id, listing)
			}
		})
	}
	if len(c.Subjects) == 0 {
		id := identifier("subject", c.ID)
		p.folder(id, c.Title, func() { p.listing(id, NewCartridgeListing(c.Lang, c.Empty)) })
	}
	for _, l := range p.links {
		if l.lacking {
			return nil, fmt.Errorf("cartridge %s: link %q lacks an id, a title or an address", c.ID, l.id)
		}
	}
	return p, nil
}

// folder is an item that holds others.
func (p *packedCartridge) folder(id, title string, hold func()) {
	write(&p.items, `<item identifier="`, id, `"><title>`, escapeXML(title), `</title>`)
	hold()
	p.items.WriteString(`</item>`)
}

// listing is the item of a listing below a subject, whose identifier tells one
// item of a listing from another: the link to its page, or where there are
// materials a folder with that link first. An item that is a link holds no
// others.
func (p *packedCartridge) listing(subject string, l *CartridgeListing) {
	if len(l.materials) == 0 {
		p.link(subject, &l.page)
		return
	}
	p.folder(l.page.resource+"."+subject+".all", l.page.title, func() {
		p.link(subject, &l.page)
		for n := range l.materials {
			p.link(subject, &l.materials[n])
		}
	})
}

// link is the item of a link below a subject. The link is packed once, however
// many items lead to it.
func (p *packedCartridge) link(subject string, l *cartridgeEntry) {
	if !p.known[l.id] {
		p.links = append(p.links, l)
		p.known[l.id] = true
	}
	write(&p.items, `<item identifier="`, l.resource, ".", subject, `"`, l.item)
}

func newCartridgeEntry(lang string, l CartridgeLink) cartridgeEntry {
	plainAll(&l.ID, &l.Title, &l.Description, &l.URL)
	e := cartridgeEntry{id: l.ID, title: l.Title, resource: identifier("link", l.ID), lacking: l.ID == "" || l.Title == "" || l.URL == ""}
	title := "<title>" + escapeXML(l.Title) + "</title>"
	about := ""
	if l.Description != "" {
		// Canvas takes every title inside a folder for a heading: this has none.
		about = `<metadata><lomimscc:lom><lomimscc:general><lomimscc:description><lomimscc:string language="` + escapeXML(lang) + `">` +
			escapeXML(l.Description) + `</lomimscc:string></lomimscc:description></lomimscc:general></lomimscc:lom></metadata>`
	}
	e.item = ` identifierref="` + e.resource + `">` + title + about + "</item>"
	e.link = title + `<url href="` + escapeXML(escaped(l.URL)) + `" target="_blank"></url></webLink>`
	return e
}

// write does not put the parts together first, as + would.
func write(to *bytes.Buffer, parts ...string) {
	for _, part := range parts {
		to.WriteString(part)
	}
}

func escapeXML(text string) string {
	var out strings.Builder
	_ = xml.EscapeText(&out, []byte(text)) // a Builder takes all
	return out.String()
}

// identifier is an XML ID that tells what ids, of our own making, are about;
// the same whenever these are.
func identifier(ids ...string) string {
	sum := sha256.Sum256([]byte(strings.Join(ids, "\n")))
	id := make([]byte, 0, 64)
	return string(hex.AppendEncode(append(id, 'i'), sum[:16]))
}

func linkFile(l *cartridgeEntry) string { return linksFolder + l.resource + ".xml" }

// escaped is an address without what Moodle's check of addresses refuses:
// behind the host, what no address holds as it is (RFC 3986) stands as its
// octets.
func escaped(address string) string {
	var out strings.Builder
	slashes := 0
	for n := range len(address) {
		c := address[n]
		if c == '/' {
			slashes++
		}
		if slashes > 2 && (c > '~' || c <= ' ' || strings.IndexByte("\"<>\\^`{|}", c) >= 0) {
			fmt.Fprintf(&out, "%%%02X", c)
			continue
		}
		out.WriteByte(c)
	}
	return out.String()
}
