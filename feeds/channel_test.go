package feeds_test

import (
	"bytes"
	"io"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/mmcdole/gofeed"

	"fursa/feeds"
)

var doha = time.FixedZone("Asia/Qatar", 3*60*60)

func at(s string) time.Time {
	t, err := time.ParseInLocation("2006-01-02 15:04", s, doha)
	if err != nil {
		panic(err)
	}
	return t
}

// astronomy is a channel in English with an Arabic item, a revision, an item of
// a peer, and every field in use.
func astronomy() feeds.Channel {
	return feeds.Channel{
		ID:          "https://doha.example/subjects/astronomy/",
		Title:       "Learning in Doha: Astronomy & <space>",
		Description: "What's new for learners",
		Link:        "https://www.doha.example/subjects/astronomy/",
		Self:        "https://www.doha.example/subjects/astronomy/feed",
		Lang:        "en", Dir: "ltr",
		Updated:   at("2026-01-01 00:00"),
		Rights:    "CC BY 4.0",
		Generator: "Fursa 1.0",
		Contact:   feeds.Person{Name: "The City", Email: "learn@doha.example", URL: "https://doha.example/"},
		Image:     "https://www.doha.example/logo.png",
		Hub:       "https://hub.example/",
		About:     "https://doha.example/help/json-feed/",
		Items:     []feeds.Item{nightSky(), rocketClub(), peerTalk()},
	}
}

func nightSky() feeds.Item {
	return feeds.Item{
		ID:        "https://doha.example/opportunities/museum/night-sky#rev-2",
		Title:     "ليلة الفلك على سطح المتحف",
		Link:      "https://www.doha.example/ar/opportunities/museum/night-sky/",
		Summary:   "السبت، 5 ديسمبر 2026، 18:00. تلسكوبات على السطح «للجميع».",
		HTML:      "<p>تعالوا وانظروا إلى <b>زحل</b>.</p>",
		Lang:      "ar",
		Dir:       "rtl",
		Published: at("2026-11-02 09:30"),
		Updated:   at("2026-11-03 10:00"),
		Author:    feeds.Person{Name: "متحف قطر"},
		Categories: []feeds.Category{
			{Path: "sciences/astronomy", Label: "علم الفلك", Domain: "https://doha.example/vocabularies/subjects"},
			{Path: "skills/observing", Label: "الملاحظة", Domain: "https://doha.example/vocabularies/skills"},
		},
		Image: &feeds.Image{
			URL: "https://www.doha.example/images/roof.jpg", Type: "image/jpeg", Alt: "سطح المتحف",
			Length: 48_213, Width: 1200, Height: 630,
		},
		Start: at("2026-12-05 18:00"), End: at("2026-12-05 20:30"),
		Location: "متحف قطر الوطني",
		Extra:    map[string]any{"kind": "event", "free": true},
	}
}

func rocketClub() feeds.Item {
	return feeds.Item{
		ID:        "https://doha.example/opportunities/club/rockets",
		Title:     "Rockets & <b>balloons</b>",
		Link:      "https://www.doha.example/opportunities/club/rockets/",
		Summary:   "Saturday 5 to Sunday 6 December 2026. Build, launch & recover: 3 < 4.\nBring lunch.",
		Published: at("2026-10-01 08:00"),
		Author:    feeds.Person{Name: "Rocket Club", Email: "club@doha.example", URL: "https://club.example/"},
		Start:     at("2026-12-05 00:00"), End: at("2026-12-06 00:00"), AllDay: true,
	}
}

func peerTalk() feeds.Item {
	return feeds.Item{
		ID:        "https://peer.example/opportunities/uni/black-holes",
		Title:     "Black holes, a talk",
		Link:      "https://www.doha.example/opportunities/uni/black-holes/",
		Summary:   "At any time. A recorded talk.",
		HTML:      "<p>By ]]> the university.</p>",
		Published: at("2026-09-01 08:00"), Updated: at("2026-09-05 08:00"),
		Source: &feeds.Source{
			ID: "https://peer.example/", Title: "Peer", URL: "https://peer.example/feed.xml", Updated: at("2026-09-05 07:00"),
		},
	}
}

var formats = []struct {
	name  string
	write func(io.Writer, feeds.Channel) error
}{
	{"RSS", feeds.RSS}, {"Atom", feeds.Atom}, {"JSON", feeds.JSON},
}

func write(t testing.TB, f func(io.Writer, feeds.Channel) error, c feeds.Channel) string {
	t.Helper()
	var out bytes.Buffer
	if err := f(&out, c); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

func read(t testing.TB, document string) *gofeed.Feed {
	t.Helper()
	feed, err := gofeed.NewParser().ParseString(document)
	if err != nil {
		t.Fatalf("%v\n%s", err, document)
	}
	return feed
}

// entry is what every format tells of an item.
type entry struct {
	ID, Title, Link, Content, Author, Image string
	Published                               time.Time
}

// TestReadBack holds that a real reader finds the same items in every format.
func TestReadBack(t *testing.T) {
	want := []entry{
		{
			ID: nightSky().ID, Title: nightSky().Title, Link: nightSky().Link,
			Content: `<div dir="rtl" lang="ar"><p>` + nightSky().Summary + "</p>\n" + nightSky().HTML + "</div>",
			Author:  "متحف قطر", Image: nightSky().Image.URL, Published: nightSky().Published.UTC(),
		},
		{
			ID: rocketClub().ID, Title: rocketClub().Title, Link: rocketClub().Link,
			Content: "Saturday 5 to Sunday 6 December 2026. Build, launch &amp; recover: 3 &lt; 4.<br>\nBring lunch.",
			Author:  "Rocket Club", Published: rocketClub().Published.UTC(),
		},
		{
			ID: peerTalk().ID, Title: peerTalk().Title, Link: peerTalk().Link,
			Content:   "<p>At any time. A recorded talk.</p>\n<p>By ]]> the university.</p>",
			Published: peerTalk().Published.UTC(),
		},
	}
	for _, format := range formats {
		t.Run(format.name, func(t *testing.T) {
			feed := read(t, write(t, format.write, astronomy()))
			var got []entry
			for _, i := range feed.Items {
				got = append(got, newEntry(i))
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Error(diff)
			}
			head := []string{feed.Title, feed.Description, feed.Link, feed.FeedLink, feed.Language}
			c := astronomy()
			if diff := cmp.Diff([]string{c.Title, c.Description, c.Link, c.Self, c.Lang}, head); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func newEntry(i *gofeed.Item) entry {
	e := entry{ID: i.GUID, Title: i.Title, Link: i.Link, Content: i.Content, Published: i.PublishedParsed.UTC()}
	if e.Content == "" {
		e.Content = i.Description
	}
	if len(i.Authors) > 0 {
		e.Author = i.Authors[0].Name
	}
	if i.Image != nil {
		e.Image = i.Image.URL
	}
	for _, enclosure := range i.Enclosures {
		e.Image = enclosure.URL
	}
	return e
}

// TestEmpty holds that a channel without items carries the notice that says so.
func TestEmpty(t *testing.T) {
	c := astronomy()
	c.Items = nil
	c.Empty = feeds.Item{
		ID: c.ID + "#empty", Title: "Nothing here at the moment", Link: c.Link,
		Summary: "New listings will appear here.", Published: c.Updated,
	}
	for _, format := range formats {
		t.Run(format.name, func(t *testing.T) {
			feed := read(t, write(t, format.write, c))
			if len(feed.Items) != 1 || feed.Items[0].GUID != c.Empty.ID {
				t.Errorf("got %v, want the one notice", feed.Items)
			}
		})
	}
}

// TestIncomplete holds that nothing is written of what no format allows.
func TestIncomplete(t *testing.T) {
	tests := map[string]func(*feeds.Channel){
		"lacks an id":                func(c *feeds.Channel) { c.Self = "" },
		"has no id":                  func(c *feeds.Channel) { c.Items[0].ID = "" },
		"has no title":               func(c *feeds.Channel) { c.Items[0].Title = "" },
		"has no link":                func(c *feeds.Channel) { c.Items[0].Link = "" },
		"has no summary":             func(c *feeds.Channel) { c.Items[0].Summary = "\x00" },
		"has no date of publication": func(c *feeds.Channel) { c.Items[0].Published = time.Time{} },
		`item "" has no id`:          func(c *feeds.Channel) { c.Items = nil },
	}
	for want, spoil := range tests {
		for _, format := range formats {
			t.Run(format.name+" "+want, func(t *testing.T) {
				c := astronomy()
				spoil(&c)
				var out bytes.Buffer
				err := format.write(&out, c)
				if err == nil || !strings.Contains(err.Error(), want) {
					t.Errorf("got error %v, want one that says %q", err, want)
				}
				if out.Len() > 0 {
					t.Errorf("wrote %q", out.String())
				}
			})
		}
	}
}

// TestSameBytes holds that writing leaves its input alone, and that equal
// channels give equal bytes.
func TestSameBytes(t *testing.T) {
	unclean := func() feeds.Channel {
		c := astronomy()
		c.Items[0].Categories[0].Label += "\x00"
		c.Items[0].Image.Alt += "\x00"
		c.Items[2].Source.Title += "\x00"
		return c
	}
	for _, format := range formats {
		c := unclean()
		first := write(t, format.write, c)
		if diff := cmp.Diff(unclean(), c); diff != "" {
			t.Errorf("%s changed its channel: %s", format.name, diff)
		}
		if second := write(t, format.write, c); first != second {
			t.Errorf("%s: two runs differ", format.name)
		}
	}
}
