package feeds

import (
	"archive/zip"
	"crypto/sha256"
	"encoding/hex"
	"encoding/xml"
	"fmt"
	"io"
	"strings"
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
	Listings  []CartridgeListing
}

// CartridgeListing is a link to a listing's page, and links to its materials.
type CartridgeListing struct {
	CartridgeLink
	Materials []CartridgeLink
}

// CartridgeLink is a link to a page. Description is plain text, and may be
// empty.
type CartridgeLink struct{ ID, Title, Description, URL string }

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
	archive := zip.NewWriter(w)
	if err := writeEntry(archive, manifestName, packed.manifest(p)); err != nil {
		return err
	}
	if p.thin {
		return archive.Close()
	}
	for _, l := range packed.links {
		if err := writeEntry(archive, linkFile(l), newWebLink(p, l)); err != nil {
			return err
		}
	}
	return archive.Close()
}

// writeEntry adds a file to the archive, dated when zip's time begins: the time
// of a build would change bytes that say the same.
func writeEntry(archive *zip.Writer, name string, document any) error {
	began := time.Date(1980, 1, 1, 0, 0, 0, 0, time.UTC)
	file, err := archive.CreateHeader(&zip.FileHeader{Name: name, Method: zip.Deflate, Modified: began})
	if err != nil {
		return err
	}
	if _, err := io.WriteString(file, xml.Header); err != nil {
		return err
	}
	e := xml.NewEncoder(file)
	e.Indent("", "  ")
	return e.Encode(document)
}

// packedCartridge is a cartridge as both versions hold it: its items as a tree,
// each link once.
type packedCartridge struct {
	Cartridge
	items []cartridgeItem
	links []CartridgeLink
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
		module := cartridgeItem{ID: identifier("subject", s.ID), Title: s.Title}
		for _, listing := range s.Listings {
			module.Items = append(module.Items, p.listing(s.ID, listing))
		}
		p.items = append(p.items, module)
	}
	if len(p.items) == 0 {
		notice := cartridgeItem{ID: identifier("subject", c.ID), Title: c.Title, Items: []cartridgeItem{p.link("", c.Empty)}}
		p.items = []cartridgeItem{notice}
	}
	for _, l := range p.links {
		if l.ID == "" || l.Title == "" || l.URL == "" {
			return nil, fmt.Errorf("cartridge %s: link %q lacks an id, a title or an address", c.ID, l.ID)
		}
	}
	return p, nil
}

// listing is the item of a listing: the link to its page, or where there are
// materials a folder with that link first. An item that is a link holds no
// others.
func (p *packedCartridge) listing(subject string, l CartridgeListing) cartridgeItem {
	page := p.link(subject, l.CartridgeLink)
	if len(l.Materials) == 0 {
		return page
	}
	folder := cartridgeItem{ID: identifier("folder", subject, l.ID), Title: page.Title, Items: []cartridgeItem{page}}
	for _, m := range l.Materials {
		folder.Items = append(folder.Items, p.link(subject, m))
	}
	return folder
}

// link is the item of a link below a subject. The link is packed once, however
// many items lead to it.
func (p *packedCartridge) link(subject string, l CartridgeLink) cartridgeItem {
	plainAll(&l.ID, &l.Title, &l.Description, &l.URL)
	if !p.known[l.ID] {
		p.links = append(p.links, l)
		p.known[l.ID] = true
	}
	return cartridgeItem{
		ID: identifier("item", subject, l.ID), Link: linkID(l), Title: l.Title,
		About: describing(l.Description, p.Lang),
	}
}

// identifier is an XML ID that tells what ids, of our own making, are about;
// the same whenever these are.
func identifier(ids ...string) string {
	sum := sha256.Sum256([]byte(strings.Join(ids, "\n")))
	return "i" + hex.EncodeToString(sum[:16])
}

func linkID(l CartridgeLink) string   { return identifier("link", l.ID) }
func linkFile(l CartridgeLink) string { return linksFolder + linkID(l) + ".xml" }

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
