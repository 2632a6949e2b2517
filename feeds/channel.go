// Package feeds writes what a catalogue publishes for other programs to read:
// a channel of items as RSS, Atom and JSON Feed, a calendar of events as
// iCalendar, and the list of all feeds as OPML. One model, one adapter a
// format, each in its own file. It decides how things are said, not which: it
// picks, sorts and pages nothing, and asks neither clock nor network, so that
// equal values give equal bytes.
package feeds

import (
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode/utf8"
)

// Channel is a list of items, newest first, that a reader can subscribe to.
// Every URL is absolute.
type Channel struct {
	// ID never changes, whatever becomes of the addresses.
	ID string
	// Title and Description are plain text.
	Title, Description string
	// Link is the page that shows the same items, Self the address of the
	// document being written: another one for each format.
	Link, Self string
	// Lang is a BCP 47 tag, Dir "ltr" or "rtl".
	Lang, Dir string
	// Updated is the earliest time that the channel may be said to have
	// changed at; a newer item moves it on. Never the time of the build.
	Updated time.Time
	// Rights is a licence in words, Generator the program and its version.
	Rights, Generator string
	// Contact answers for the channel; without a name its Title does.
	Contact Person
	// Image is the URL of a picture that stands for the channel.
	Image string
	// Hub is the URL of a WebSub hub that tells of changes; may be empty.
	Hub string
	// About is the URL that explains the _fursa objects of JSON Feed.
	About string
	// Items are what the channel lists. Where there are none it holds Empty,
	// the notice that says so: some consumers take an empty feed for a broken
	// one.
	Items []Item
	Empty Item
	// Archive places the document among the pages of RFC 5005.
	Archive Archive
}

// Archive links one document of an archived feed to the others (RFC 5005,
// section 4), by the addresses of its own format.
type Archive struct {
	// Current is, on a page of the archive, the address of the feed that the
	// page belongs to; empty on that feed itself.
	Current string
	// Previous is the page with the next older items, Next that with the next
	// newer ones.
	Previous, Next string
}

// Item is one entry of a channel.
type Item struct {
	// ID never changes: readers know an item by it. A revision that people
	// must notice is an item with an ID of its own.
	ID string
	// Title is plain text.
	Title string
	// Link is the item's page.
	Link string
	// Summary is plain text that says all that matters; of an event it begins
	// with the date in words.
	Summary string
	// HTML is the rest, to be read after Summary: safe, with absolute URLs.
	// May be empty.
	HTML string
	// Lang and Dir are those of Title, Summary and HTML; empty, the channel's.
	Lang, Dir string
	// Published is when the item first appeared in this catalogue, which is
	// no event date. Updated, where zero, is the same.
	Published, Updated time.Time
	Author             Person
	Categories         []Category
	Image              *Image
	// Start and End are when the event is, in its own time zone; zero: none.
	// With AllDay they are midnights, End that of the last day.
	Start, End time.Time
	AllDay     bool
	Location   string
	// Extra is whatever else JSON Feed's _fursa object says of the item, under
	// "listing". No key in it holds a dot.
	Extra any
	// Source is the feed that the item was taken from; nil for our own.
	Source *Source
}

// Person is somebody, or an organization; any part may be empty.
type Person struct{ Name, Email, URL string }

// Category is a term of a vocabulary.
type Category struct {
	// Path holds the term below all its broader ones: "sciences/astronomy".
	Path string
	// Label is the term in the item's language.
	Label string
	// Domain is the vocabulary's URL.
	Domain string
}

// Image is a picture. Width and Height are pixels, Length is bytes; 0 is
// unknown.
type Image struct {
	URL, Type, Alt string
	Length         int64
	Width, Height  int
}

// Source is the feed that an item was taken from. URL is that feed's address.
type Source struct {
	ID, Title, URL string
	Updated        time.Time
}

// ready is the channel as every format needs it: never without an item, all
// fields that formats require given or an error, languages inherited, plain
// text in its direction, times in UTC, text fit for XML.
func (c Channel) ready() (Channel, error) {
	plainAll(&c.ID, &c.Title, &c.Description, &c.Link, &c.Self, &c.Rights,
		&c.Generator, &c.Contact.Name, &c.Contact.Email, &c.Contact.URL)
	markAll(c.Dir, &c.Title, &c.Description)
	c.Items = slices.Clone(c.Items)
	if len(c.Items) == 0 {
		c.Items = []Item{c.Empty}
	}
	c.Updated = c.Updated.UTC()
	for n := range c.Items {
		item := c.Items[n].ready(c)
		if missing := item.missing(); missing != "" {
			return c, fmt.Errorf("channel %s: item %q has no %s", c.Self, item.ID, missing)
		}
		if item.Updated.After(c.Updated) {
			c.Updated = item.Updated
		}
		c.Items[n] = item
	}
	if c.ID == "" || c.Title == "" || c.Link == "" || c.Self == "" {
		return c, fmt.Errorf("channel %q lacks an id, a title, a link or its own address", c.Self)
	}
	if c.Description == "" {
		c.Description = c.Title
	}
	return c, nil
}

func (i Item) ready(c Channel) Item {
	plainAll(&i.ID, &i.Title, &i.Link, &i.Summary, &i.HTML, &i.Location,
		&i.Author.Name, &i.Author.Email, &i.Author.URL)
	if i.Lang == "" {
		i.Lang, i.Dir = c.Lang, c.Dir
	}
	markAll(i.Dir, &i.Title, &i.Summary)
	i.Published = i.Published.UTC()
	i.Updated = i.Updated.UTC()
	if i.Updated.Before(i.Published) {
		i.Updated = i.Published
	}
	i.Categories = slices.Clone(i.Categories)
	for n := range i.Categories {
		plainAll(&i.Categories[n].Path, &i.Categories[n].Label)
	}
	if i.Image != nil {
		image := *i.Image
		plainAll(&image.URL, &image.Alt)
		i.Image = &image
	}
	if i.Source != nil {
		source := *i.Source
		plainAll(&source.ID, &source.Title, &source.URL)
		i.Source = &source
	}
	return i
}

// missing names a field that no format can do without.
func (i Item) missing() string {
	switch {
	case i.ID == "":
		return "id"
	case i.Title == "":
		return "title"
	case i.Link == "":
		return "link"
	case i.Summary == "":
		return "summary"
	case i.Published.IsZero():
		return "date of publication"
	}
	return ""
}

// dates are the start and the end of the item's event in the W3C's profile of
// ISO 8601: days for whole days, else with the offset of their zone. Both are
// empty without an event, the end also where none is known.
func (i Item) dates() (start, end string) {
	layout := time.RFC3339
	if i.AllDay {
		layout = time.DateOnly
	}
	if !i.Start.IsZero() {
		start = i.Start.Format(layout)
	}
	if i.End.After(i.Start) {
		end = i.End.Format(layout)
	}
	return start, end
}

func plainAll(texts ...*string) {
	for _, text := range texts {
		*text = plain(*text)
	}
}

// plain is s without what XML 1.0 (section 2.2) or iCalendar (RFC 5545, section
// 3.1) cannot hold, lines ending in \n alone.
func plain(s string) string {
	if isPlain(s) {
		return s
	}
	s = strings.ReplaceAll(strings.ToValidUTF8(s, ""), "\r\n", "\n")
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\r':
			return '\n'
		case r < ' ' && r != '\n' && r != '\t', r == 0x7F, r == '\uFFFE', r == '\uFFFF':
			return -1
		}
		return r
	}, s)
}

// isPlain says whether plain has nothing to do, looking at bytes: nearly all
// text is plain, and long.
func isPlain(s string) bool {
	for n := range len(s) {
		c := s[n]
		if c < ' ' && c != '\n' && c != '\t' || c == 0x7F {
			return false
		}
	}
	return utf8.ValidString(s) && !strings.Contains(s, "\uFFFE") && !strings.Contains(s, "\uFFFF")
}
