package feeds

import (
	"bytes"
	"encoding/xml"
)

// cartridgeProfile is what the versions of Common Cartridge do not share.
type cartridgeProfile struct {
	schema, version string
	// packaging, metadata and link are the namespaces of the manifest, of what
	// it says of itself, and of links.
	packaging, metadata, link string
	// locations are where the schemas of these are published.
	locations string
	// linkType is the type of a resource that is a link.
	linkType string
	// thin says that links stand in the manifest.
	thin bool
}

var thin13 = cartridgeProfile{
	schema: "IMS Thin Common Cartridge", version: "1.3.0",
	packaging: "http://www.imsglobal.org/xsd/imsccv1p3/imscp_v1p1",
	metadata:  "http://ltsc.ieee.org/xsd/imsccv1p3/LOM/manifest",
	link:      "http://www.imsglobal.org/xsd/imsccv1p3/imswl_v1p3",
	locations: "http://www.imsglobal.org/xsd/imsccv1p3/imscp_v1p1 http://www.imsglobal.org/profile/cc/ccv1p3/ccv1p3_imscp_v1p2_v1p0.xsd " +
		"http://ltsc.ieee.org/xsd/imsccv1p3/LOM/manifest http://www.imsglobal.org/profile/cc/ccv1p3/LOM/ccv1p3_lommanifest_v1p0.xsd " +
		"http://www.imsglobal.org/xsd/imsccv1p3/imswl_v1p3 http://www.imsglobal.org/profile/cc/ccv1p3/ccv1p3_imswl_v1p3.xsd",
	linkType: "imswl_xmlv1p3",
	thin:     true,
}

// Version 1.1 knows no thin cartridge: this is a full one that holds links
// only.
var common11 = cartridgeProfile{
	schema: "IMS Common Cartridge", version: "1.1.0",
	packaging: "http://www.imsglobal.org/xsd/imsccv1p1/imscp_v1p1",
	metadata:  "http://ltsc.ieee.org/xsd/imsccv1p1/LOM/manifest",
	link:      "http://www.imsglobal.org/xsd/imsccv1p1/imswl_v1p1",
	locations: "http://www.imsglobal.org/xsd/imsccv1p1/imscp_v1p1 http://www.imsglobal.org/profile/cc/ccv1p1/ccv1p1_imscp_v1p2_v1p0.xsd " +
		"http://ltsc.ieee.org/xsd/imsccv1p1/LOM/manifest http://www.imsglobal.org/profile/cc/ccv1p1/LOM/ccv1p1_lommanifest_v1p0.xsd",
	linkType: "imswl_xmlv1p1",
}

// cartridgeManifest is imsmanifest.xml. The order of elements, here and below,
// is that of the schemas.
type cartridgeManifest struct {
	XMLName       xml.Name      `xml:"manifest"`
	Packaging     string        `xml:"xmlns,attr"`
	Metadata      string        `xml:"xmlns:lomimscc,attr"`
	Instance      string        `xml:"xmlns:xsi,attr"`
	Locations     string        `xml:"xsi:schemaLocation,attr"`
	ID            string        `xml:"identifier,attr"`
	Schema        string        `xml:"metadata>schema"`
	SchemaVersion string        `xml:"metadata>schemaversion"`
	LOM           *cartridgeLOM `xml:"metadata>lomimscc:lom"`
	Organization  cartridgeTree `xml:"organizations>organization"`
	Resources     cartridgeXML  `xml:"resources"`
}

// cartridgeXML is what an element holds, written already.
type cartridgeXML struct {
	XML []byte `xml:",innerxml"`
}

type cartridgeTree struct {
	ID        string          `xml:"identifier,attr"`
	Structure string          `xml:"structure,attr"`
	Title     string          `xml:"title"`
	Root      cartridgeBranch `xml:"item"`
}

// cartridgeBranch is the one item at the top, which has no title.
type cartridgeBranch struct {
	ID string `xml:"identifier,attr"`
	cartridgeXML
}

// cartridgeLOM is metadata in IEEE LOM.
type cartridgeLOM struct {
	General struct {
		Title       *cartridgeText `xml:"lomimscc:title>lomimscc:string"`
		Language    string         `xml:"lomimscc:language,omitempty"`
		Description *cartridgeText `xml:"lomimscc:description>lomimscc:string"`
	} `xml:"lomimscc:general"`
	Rights *cartridgeRights `xml:"lomimscc:rights"`
}

type cartridgeRights struct {
	Restricted  string        `xml:"lomimscc:copyrightAndOtherRestrictions>lomimscc:value"`
	Description cartridgeText `xml:"lomimscc:description>lomimscc:string"`
}

type cartridgeText struct {
	Lang string `xml:"language,attr,omitempty"`
	Text string `xml:",chardata"`
}

func (p *packedCartridge) manifest(profile cartridgeProfile) ([]byte, error) {
	m := cartridgeManifest{
		Packaging: profile.packaging,
		Metadata:  profile.metadata,
		Instance:  "http://www.w3.org/2001/XMLSchema-instance",
		Locations: profile.locations,
		ID:        identifier("manifest", p.ID),
		Schema:    profile.schema, SchemaVersion: profile.version,
		LOM: p.lom(),
		Organization: cartridgeTree{
			ID: identifier("organization", p.ID), Structure: "rooted-hierarchy", Title: p.Title,
			Root: cartridgeBranch{identifier("root", p.ID), cartridgeXML{p.items.Bytes()}},
		},
	}
	var resources bytes.Buffer
	for _, l := range p.links {
		write(&resources, `<resource identifier="`, l.resource, `" type="`, profile.linkType, `">`)
		if profile.thin {
			write(&resources, profile.webLink(l))
		} else {
			write(&resources, `<file href="`, linkFile(l), `"></file>`)
		}
		write(&resources, `</resource>`)
	}
	m.Resources.XML = resources.Bytes()
	var out bytes.Buffer
	out.WriteString(xml.Header)
	err := xml.NewEncoder(&out).Encode(m)
	return out.Bytes(), err
}

// webLink is the link in a version's namespace.
func (p cartridgeProfile) webLink(l *cartridgeEntry) string {
	return `<webLink xmlns="` + p.link + `">` + l.link
}

// lom is what the manifest says of the whole cartridge.
func (p *packedCartridge) lom() *cartridgeLOM {
	lom := &cartridgeLOM{}
	lom.General.Title = newText(p.Title, p.Lang)
	lom.General.Language = p.Lang
	lom.General.Description = newText(p.Description, p.Lang)
	if p.Rights != "" {
		lom.Rights = &cartridgeRights{"yes", *newText(p.Rights, "")}
	}
	return lom
}

func newText(text, lang string) *cartridgeText {
	if text == "" {
		return nil
	}
	return &cartridgeText{lang, text}
}
