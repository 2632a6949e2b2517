package feeds

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"time"

	gorilla "github.com/gorilla/feeds"
)

// maxJSON is the largest JSON Feed that readers are asked to take, in bytes.
const maxJSON = 250_000

// JSON writes a channel as JSON Feed 1.1, its event dates in _fursa objects. Of
// a channel that would fill more than 250 kB it leaves out the last items.
func JSON(w io.Writer, c Channel) error {
	c, err := c.ready()
	if err != nil {
		return err
	}
	for {
		data, err := marshalJSON(c)
		if err != nil {
			return fmt.Errorf("channel %s: %w", c.Self, err)
		}
		if len(data) <= maxJSON || len(c.Items) == 1 {
			_, err = w.Write(data)
			return err
		}
		c.Items = c.Items[:max(len(c.Items)*maxJSON/len(data), 1)]
	}
}

func marshalJSON(c Channel) ([]byte, error) {
	var out bytes.Buffer
	e := json.NewEncoder(&out)
	// Nobody puts a feed into a script block, and \u003c makes HTML twice as
	// long.
	e.SetEscapeHTML(false)
	err := e.Encode(newJSON(c))
	return out.Bytes(), err
}

// jsonFeed and the types below add to gorilla's what it lacks. A field here
// takes the place of the embedded one for the same key.
type jsonFeed struct {
	gorilla.JSONFeed
	Extension *jsonAbout `json:"_fursa,omitempty"`
	Items     []jsonItem `json:"items"`
}

// jsonAbout says once for all items what their _fursa objects are.
type jsonAbout struct {
	About string `json:"about"`
}

type jsonItem struct {
	gorilla.JSONItem
	Language  string         `json:"language,omitempty"`
	Extension *jsonExtension `json:"_fursa,omitempty"`
}

type jsonExtension struct {
	Start    string `json:"start,omitempty"`
	End      string `json:"end,omitempty"`
	Location string `json:"location,omitempty"`
	Listing  any    `json:"listing,omitempty"`
}

func newJSON(c Channel) jsonFeed {
	feed := jsonFeed{
		JSONFeed: gorilla.JSONFeed{
			Version:     "https://jsonfeed.org/version/1.1",
			Title:       c.Title,
			Language:    c.Lang,
			HomePageUrl: c.Link,
			FeedUrl:     c.Self,
			Description: c.Description,
			Icon:        c.Image,
			Authors:     jsonAuthors(c.Contact),
		},
		Items: make([]jsonItem, len(c.Items)),
	}
	if c.Hub != "" {
		feed.Hubs = []*gorilla.JSONHub{{Type: "WebSub", Url: c.Hub}}
	}
	if c.About != "" {
		feed.Extension = &jsonAbout{c.About}
	}
	for n := range c.Items {
		feed.Items[n] = newJSONItem(c, c.Items[n])
	}
	return feed
}

func newJSONItem(c Channel, i Item) jsonItem {
	published, updated := i.Published.Truncate(time.Second), i.Updated.Truncate(time.Second)
	item := jsonItem{
		JSONItem: gorilla.JSONItem{
			Id:            i.ID,
			Url:           i.Link,
			Title:         i.Title,
			ContentHTML:   c.content(i),
			Summary:       i.Summary,
			PublishedDate: &published,
			ModifiedDate:  &updated,
			Authors:       jsonAuthors(i.Author),
		},
		Language: i.Lang,
	}
	if start, end := i.dates(); start != "" || i.Location != "" || i.Extra != nil {
		item.Extension = &jsonExtension{start, end, i.Location, i.Extra}
	}
	for _, category := range i.Categories {
		item.Tags = append(item.Tags, category.Label)
	}
	if i.Image != nil {
		item.Image = i.Image.URL
	}
	return item
}

func jsonAuthors(p Person) []*gorilla.JSONAuthor {
	if p.Name == "" && p.URL == "" {
		return nil
	}
	return []*gorilla.JSONAuthor{{Name: p.Name, Url: p.URL}}
}
