package plan

import (
	"cmp"
	"io"
	"net/url"
	"strconv"

	"fursa/feeds"
	"fursa/generator/catalogue"
)

// Packages of links that a learning management system imports as a course:
// those that a school's listings make, by subject.
const (
	thinName   = "links.imscc"
	commonName = "links-1.1.imscc"
)

// inPackage is how many listings a package holds, a school's first. Of a course
// with thousands of links a platform makes nothing that a teacher could use.
const inPackage = 500

// packages are the packages of a school, as its page shows them.
func (e *edition) packages(s *set) []Link {
	at := e.path(e.folder(s))
	return []Link{{Text: e.T("school.package-thin"), URL: at + thinName}, {Text: e.T("school.package-common"), URL: at + commonName}}
}

func (e *edition) packageOutputs(s *set) []Output {
	if s.school == nil {
		return nil
	}
	at := e.folder(s)
	return []Output{
		{Path: at + thinName, Class: FeedClass, Write: func(w io.Writer) error { return feeds.ThinCartridge(w, e.cartridge(s)) }},
		{Path: at + commonName, Class: FeedClass, Write: func(w io.Writer) error { return feeds.CommonCartridge(w, e.cartridge(s)) }},
	}
}

// cartridge is a set by the topmost subjects of its listings.
func (e *edition) cartridge(s *set) feeds.Cartridge {
	channel := e.emptyChannel(s)
	c := feeds.Cartridge{
		ID: channel.ID, Title: channel.Title, Description: channel.Description, Lang: e.lang,
		Empty: feeds.CartridgeLink{ID: channel.Empty.ID, Title: channel.Empty.Title, Description: channel.Empty.Summary, URL: channel.Link},
	}
	by := map[*catalogue.Term][]*feeds.CartridgeListing{}
	for _, l := range s.Listings[:min(len(s.Listings), inPackage)] {
		for _, top := range tops(l.Subjects) {
			by[top] = append(by[top], e.packed(e.entries[l]))
		}
	}
	for _, t := range e.Subjects.Terms {
		if len(by[t]) > 0 {
			c.Subjects = append(c.Subjects, feeds.CartridgeSubject{ID: t.Name, Title: e.words(t.Label).Text, Listings: by[t]})
		}
	}
	if left := len(s.Listings) - inPackage; left > 0 {
		more := feeds.CartridgeLink{ID: channel.ID + "#more", Title: e.N("count.more", left), URL: channel.Link}
		c.Subjects = append(c.Subjects, feeds.CartridgeSubject{
			ID: more.ID, Title: s.heading, Listings: []*feeds.CartridgeListing{feeds.NewCartridgeListing(e.lang, more)},
		})
	}
	return c
}

// packed is a listing with its materials as links.
func (e *edition) packed(x *entry) *feeds.CartridgeListing {
	return x.packed.get(func() *feeds.CartridgeListing {
		item := e.item(x)
		var materials []feeds.CartridgeLink
		for i, m := range x.value.Materials {
			if u, err := url.Parse(m.URL); err == nil && u.IsAbs() {
				materials = append(materials, feeds.CartridgeLink{ID: item.ID + "#" + cmp.Or(m.ID, strconv.Itoa(i+1)), Title: m.Title, URL: m.URL})
			}
		}
		page := feeds.CartridgeLink{ID: item.ID, Title: item.Title, Description: item.Summary, URL: item.Link}
		return feeds.NewCartridgeListing(e.lang, page, materials...)
	})
}
