package feeds

import (
	"io"
	"strconv"
	"time"

	gorilla "github.com/gorilla/feeds"
)

const atomMediaType = "application/atom+xml"

// Atom writes a channel as Atom (RFC 4287), with event dates in the RSS event
// module's elements, and feed history (RFC 5005).
func Atom(w io.Writer, c Channel) error {
	c, err := c.ready()
	if err != nil {
		return err
	}
	return gorilla.WriteXML(newAtom(c), w)
}

// atom and the types below add to gorilla's what it lacks. A field here takes
// the place of the embedded one for the same element.
type atom struct {
	gorilla.AtomFeed
	Lang      string             `xml:"xml:lang,attr,omitempty"`
	Event     string             `xml:"xmlns:ev,attr"`
	History   string             `xml:"xmlns:fh,attr"`
	Generator string             `xml:"generator,omitempty"`
	Archive   *struct{}          `xml:"fh:archive"`
	Links     []gorilla.AtomLink `xml:"link"`
	Entries   []atomEntry        `xml:"entry"`
}

type atomEntry struct {
	gorilla.AtomEntry
	Lang       string         `xml:"xml:lang,attr,omitempty"`
	Categories []atomCategory `xml:"category"`
	Source     *atomSource    `xml:"source"`
	eventDates
}

type atomCategory struct {
	Term   string `xml:"term,attr"`
	Scheme string `xml:"scheme,attr,omitempty"`
	Label  string `xml:"label,attr,omitempty"`
}

type atomSource struct {
	ID      string           `xml:"id"`
	Title   string           `xml:"title"`
	Updated string           `xml:"updated"`
	Link    gorilla.AtomLink `xml:"link"`
}

// FeedXml is gorilla's interface of what it can write.
func (a *atom) FeedXml() any { return a }

func newAtom(c Channel) *atom {
	feed := &atom{
		AtomFeed: gorilla.AtomFeed{
			Xmlns:    atomNamespace,
			Title:    c.Title,
			Id:       c.ID,
			Updated:  c.Updated.Format(time.RFC3339),
			Logo:     c.Image,
			Rights:   c.Rights,
			Subtitle: c.Description,
			Author:   atomPerson(c.Contact),
		},
		Lang:      c.Lang,
		Event:     eventNamespace,
		History:   historyNamespace,
		Generator: c.Generator,
		Links:     append(c.links(atomMediaType), alternate(c.Link)),
		Entries:   make([]atomEntry, len(c.Items)),
	}
	if feed.Author == nil {
		feed.Author = atomPerson(Person{Name: c.Title, Email: c.Contact.Email, URL: c.Contact.URL})
	}
	if c.Archive.Current != "" {
		feed.Archive = &struct{}{}
	}
	for n := range c.Items {
		feed.Entries[n] = newAtomEntry(c, c.Items[n])
	}
	return feed
}

func newAtomEntry(c Channel, i Item) atomEntry {
	entry := atomEntry{
		AtomEntry: gorilla.AtomEntry{
			Title:     i.Title,
			Updated:   i.Updated.Format(time.RFC3339),
			Id:        i.ID,
			Content:   &gorilla.AtomContent{Content: c.content(i), Type: "html"},
			Published: i.Published.Format(time.RFC3339),
			Links:     []gorilla.AtomLink{alternate(i.Link)},
			Summary:   &gorilla.AtomSummary{Content: i.Summary, Type: "text"},
			Author:    atomPerson(i.Author),
		},
		eventDates: i.eventDates(),
	}
	if i.Lang != c.Lang {
		entry.Lang = i.Lang
	}
	for _, category := range i.Categories {
		entry.Categories = append(entry.Categories, atomCategory{category.Path, category.Domain, category.Label})
	}
	if i.Image != nil {
		entry.Links = append(entry.Links, atomEnclosure(*i.Image))
	}
	if i.Source != nil {
		entry.Source = newAtomSource(*i.Source)
	}
	return entry
}

func newAtomSource(s Source) *atomSource {
	return &atomSource{
		ID:      s.ID,
		Title:   s.Title,
		Updated: s.Updated.UTC().Format(time.RFC3339),
		Link:    gorilla.AtomLink{Href: s.URL, Rel: "self"},
	}
}

// atomPerson is nil without a name, which Atom demands.
func atomPerson(p Person) *gorilla.AtomAuthor {
	if p.Name == "" {
		return nil
	}
	return &gorilla.AtomAuthor{AtomPerson: gorilla.AtomPerson{Name: p.Name, Uri: p.URL, Email: p.Email}}
}

// links are the relations of the document being written, of a media type.
func (c Channel) links(mediaType string) []gorilla.AtomLink {
	links := []gorilla.AtomLink{{Href: c.Self, Rel: "self", Type: mediaType}}
	for _, l := range []gorilla.AtomLink{
		{Href: c.Hub, Rel: "hub"},
		{Href: c.Archive.Current, Rel: "current", Type: mediaType},
		{Href: c.Archive.Previous, Rel: "prev-archive", Type: mediaType},
		{Href: c.Archive.Next, Rel: "next-archive", Type: mediaType},
	} {
		if l.Href != "" {
			links = append(links, l)
		}
	}
	return links
}

func alternate(page string) gorilla.AtomLink {
	return gorilla.AtomLink{Href: page, Rel: "alternate", Type: "text/html"}
}

func atomEnclosure(image Image) gorilla.AtomLink {
	link := gorilla.AtomLink{Href: image.URL, Rel: "enclosure", Type: image.Type}
	if image.Length > 0 {
		link.Length = strconv.FormatInt(image.Length, 10)
	}
	return link
}
