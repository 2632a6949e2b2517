package feeds

import (
	"io"
	"strconv"
	"time"

	gorilla "github.com/gorilla/feeds"
)

const rssMediaType = "application/rss+xml"

// How often to ask again, in each format's own words: twice a day.
const (
	ttlMinutes      = 720
	updatePeriod    = "daily"
	updateFrequency = 2
	refreshInterval = "PT12H"
)

const (
	atomNamespace        = "http://www.w3.org/2005/Atom"
	dublinCoreNamespace  = "http://purl.org/dc/elements/1.1/"
	eventNamespace       = "http://purl.org/rss/1.0/modules/event/"
	historyNamespace     = "http://purl.org/syndication/history/1.0"
	mediaNamespace       = "http://search.yahoo.com/mrss/"
	syndicationNamespace = "http://purl.org/rss/1.0/modules/syndication/"
)

// RSS writes a channel as RSS 2.0 by the RSS Advisory Board's profile, with the
// modules that readers know: Atom links, content, Dublin Core, events, Media
// RSS, syndication, feed history.
func RSS(w io.Writer, c Channel) error {
	c, err := c.ready()
	if err != nil {
		return err
	}
	return gorilla.WriteXML(newRSS(c), w)
}

// rss and the types below add to gorilla's what it lacks. A field here takes
// the place of the embedded one for the same element.
type rss struct {
	gorilla.RssFeedXml
	Atom        string      `xml:"xmlns:atom,attr"`
	DublinCore  string      `xml:"xmlns:dc,attr"`
	Event       string      `xml:"xmlns:ev,attr"`
	History     string      `xml:"xmlns:fh,attr"`
	Media       string      `xml:"xmlns:media,attr"`
	Syndication string      `xml:"xmlns:sy,attr"`
	Channel     *rssChannel `xml:"channel"`
}

type rssChannel struct {
	Title rssText `xml:"title"`
	gorilla.RssFeed
	Description     rssText   `xml:"description"`
	Creator         string    `xml:"dc:creator,omitempty"`
	UpdatePeriod    string    `xml:"sy:updatePeriod"`
	UpdateFrequency int       `xml:"sy:updateFrequency"`
	Archive         *struct{} `xml:"fh:archive"`
	Image           *rssImage `xml:"image"`
	Links           []rssLink `xml:"atom:link"`
	Items           []rssItem `xml:"item"`
}

type rssItem struct {
	Title rssText `xml:"title"`
	gorilla.RssItem
	Creator    string        `xml:"dc:creator,omitempty"`
	Categories []rssCategory `xml:"category"`
	Source     *rssSource    `xml:"source"`
	eventDates
	Media *rssMedia `xml:"media:content"`
}

// rssText is an element of plain text. Readers disagree on whether it is HTML;
// hexadecimal references come out right in most (RSS profile, "Character
// Data").
type rssText struct {
	Escaped string `xml:",innerxml"`
}

// eventDates is the RSS event module's part of an item, in RSS and in Atom.
type eventDates struct {
	Start    string `xml:"ev:startdate,omitempty"`
	End      string `xml:"ev:enddate,omitempty"`
	Location string `xml:"ev:location,omitempty"`
}

type rssImage struct {
	URL   string  `xml:"url"`
	Title rssText `xml:"title"`
	Link  string  `xml:"link"`
}

type rssLink struct {
	Href string `xml:"href,attr"`
	Rel  string `xml:"rel,attr"`
	Type string `xml:"type,attr,omitempty"`
}

type rssCategory struct {
	Domain string `xml:"domain,attr,omitempty"`
	Term   string `xml:",chardata"`
}

type rssSource struct {
	URL   string `xml:"url,attr"`
	Title string `xml:",chardata"`
}

type rssMedia struct {
	URL         string `xml:"url,attr"`
	Medium      string `xml:"medium,attr"`
	Type        string `xml:"type,attr,omitempty"`
	Length      int64  `xml:"fileSize,attr,omitempty"`
	Width       int    `xml:"width,attr,omitempty"`
	Height      int    `xml:"height,attr,omitempty"`
	Description string `xml:"media:description,omitempty"`
}

// FeedXml is gorilla's interface of what it can write.
func (r *rss) FeedXml() any { return r }

func newRSS(c Channel) *rss {
	return &rss{
		RssFeedXml: gorilla.RssFeedXml{
			Version:          "2.0",
			ContentNamespace: "http://purl.org/rss/1.0/modules/content/",
		},
		Atom:        atomNamespace,
		DublinCore:  dublinCoreNamespace,
		Event:       eventNamespace,
		History:     historyNamespace,
		Media:       mediaNamespace,
		Syndication: syndicationNamespace,
		Channel:     newRSSChannel(c),
	}
}

func newRSSChannel(c Channel) *rssChannel {
	channel := &rssChannel{
		Title: rssPlain(c.Title),
		RssFeed: gorilla.RssFeed{
			Link:          c.Link,
			Language:      c.Lang,
			Copyright:     c.Rights,
			LastBuildDate: c.Updated.Format(time.RFC1123Z),
			Generator:     c.Generator,
			Ttl:           ttlMinutes,
		},
		Description:     rssPlain(c.Description),
		UpdatePeriod:    updatePeriod,
		UpdateFrequency: updateFrequency,
		Items:           make([]rssItem, len(c.Items)),
	}
	channel.ManagingEditor, channel.Creator = rssPerson(c.Contact)
	for _, l := range c.links(rssMediaType) {
		channel.Links = append(channel.Links, rssLink{l.Href, l.Rel, l.Type})
	}
	if c.Archive.Current != "" {
		channel.Archive = &struct{}{}
	}
	if c.Image != "" {
		// The profile asks for the channel's own title and link here.
		channel.Image = &rssImage{c.Image, channel.Title, c.Link}
	}
	for n := range c.Items {
		channel.Items[n] = newRSSItem(c, c.Items[n])
	}
	return channel
}

func newRSSItem(c Channel, i Item) rssItem {
	item := rssItem{
		Title: rssPlain(i.Title),
		RssItem: gorilla.RssItem{
			Link:        i.Link,
			Description: c.description(i),
			Guid:        &gorilla.RssGuid{Id: i.ID, IsPermaLink: "false"},
			PubDate:     i.Published.Format(time.RFC1123Z),
		},
		eventDates: i.eventDates(),
	}
	if i.HTML != "" {
		item.Content = &gorilla.RssContent{Content: c.content(i)}
	}
	item.Author, item.Creator = rssPerson(i.Author)
	for _, category := range i.Categories {
		item.Categories = append(item.Categories, rssCategory{category.Domain, category.Path})
	}
	if i.Image != nil {
		item.Media, item.Enclosure = rssPictures(*i.Image)
	}
	if i.Source != nil {
		item.Source = &rssSource{i.Source.URL, i.Source.Title}
	}
	return item
}

// rssPictures are an image as Media RSS, and as the enclosure where all is known
// that one must say.
func rssPictures(i Image) (*rssMedia, *gorilla.RssEnclosure) {
	media := &rssMedia{
		URL: i.URL, Medium: "image", Type: i.Type, Length: i.Length,
		Width: i.Width, Height: i.Height, Description: i.Alt,
	}
	if i.Type == "" || i.Length == 0 {
		return media, nil
	}
	return media, &gorilla.RssEnclosure{Url: i.URL, Type: i.Type, Length: strconv.FormatInt(i.Length, 10)}
}

// rssPerson is a person for RSS, whose own elements hold e-mail addresses only,
// or else for Dublin Core.
func rssPerson(p Person) (address, creator string) {
	switch {
	case p.Email == "":
		return "", p.Name
	case p.Name == "":
		return p.Email, ""
	}
	return p.Email + " (" + p.Name + ")", ""
}

func rssPlain(text string) rssText {
	return rssText{references(text, "&#x26;", "&#x3C;", "&#x3E;")}
}

func (i Item) eventDates() eventDates {
	start, end := i.dates()
	return eventDates{start, end, i.Location}
}
