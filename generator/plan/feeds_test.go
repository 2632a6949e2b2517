package plan_test

import (
	"bytes"
	"encoding/xml"
	"path"
	"strings"
	"testing"
	"time"

	"github.com/emersion/go-ical"
	"github.com/google/go-cmp/cmp"
	"github.com/mmcdole/gofeed"
)

// Every feed of the sample is one to a real reader, and says the same in each
// of its forms.
func TestFeeds(t *testing.T) {
	atEachBase(t, func(t *testing.T, s site) {
		folders := map[string][]string{} // folder → the ids in its RSS feed
		for _, name := range []string{"feed.xml", "atom.xml", "feed.json"} {
			for p, content := range s.named(name) {
				feed, err := gofeed.NewParser().Parse(bytes.NewReader(content))
				if err != nil {
					t.Errorf("%s: %v", p, err)
					continue
				}
				ids := checkFeed(t, s, p, feed)
				folder := path.Dir(p)
				if name == "feed.xml" {
					folders[folder] = ids
				} else if diff := cmp.Diff(folders[folder], ids); diff != "" {
					t.Errorf("%s: not the items of the RSS feed (-RSS +this):\n%s", p, diff)
				}
			}
		}
		if len(folders) < 100 {
			t.Errorf("only %d sets have feeds", len(folders))
		}
		if got, want := len(folders["."]), min(50, len(s.Catalogue.Current)); got != want {
			t.Errorf("the feed of everything has %d items, want %d", got, want)
		}
	})
}

// checkFeed sees to what readers need of a feed, and gives the ids of its
// items.
func checkFeed(t *testing.T, s site, p string, feed *gofeed.Feed) []string {
	t.Helper()
	if feed.Title == "" || feed.Link == "" {
		t.Errorf("%s: title %q, link %q", p, feed.Title, feed.Link)
	}
	if feed.FeedLink != "" && feed.FeedLink != s.base.String()+p {
		t.Errorf("%s says that it is at %s", p, feed.FeedLink)
	}
	seen := map[string]bool{}
	var ids []string
	for _, item := range append([]*gofeed.Item{{GUID: s.Catalogue.ID, Title: "the feed itself", Link: feed.Link, Description: "-", PublishedParsed: &clock}}, feed.Items...) {
		if seen[item.GUID] || !strings.HasPrefix(item.GUID, s.Catalogue.ID) {
			t.Errorf("%s: the id %s is there twice, or is not this catalogue's", p, item.GUID)
		}
		seen[item.GUID] = true
		ids = append(ids, item.GUID)
		if item.Title == "" || item.Description == "" && item.Content == "" {
			t.Errorf("%s: %s says nothing", p, item.GUID)
		}
		if item.PublishedParsed == nil || item.PublishedParsed.Year() < 2000 || item.PublishedParsed.After(clock.AddDate(0, 0, 1)) {
			t.Errorf("%s: %s was published at %v", p, item.GUID, item.PublishedParsed)
		}
		if file, elsewhere := s.find(t, "", item.Link); elsewhere || s.files[file] == nil {
			t.Errorf("%s: %s leads to %s, which is not there", p, item.GUID, item.Link)
		}
	}
	if len(feed.Items) == 0 {
		t.Errorf("%s is empty: readers need a standing notice", p)
	}
	return ids[1:]
}

func TestCalendars(t *testing.T) {
	atEachBase(t, func(t *testing.T, s site) {
		calendars := s.named("*.ics")
		for p, content := range calendars {
			c, err := ical.NewDecoder(bytes.NewReader(content)).Decode()
			if err != nil {
				t.Errorf("%s: %v", p, err)
				continue
			}
			checkCalendar(t, s, p, c)
		}
		if len(calendars) < 100 {
			t.Errorf("only %d calendars", len(calendars))
		}
		for _, l := range s.Catalogue.Current {
			if len(l.Occurrences) > 0 && !bytes.Contains(unfolded(s.files["calendar.ics"]), []byte(l.ID+"#")) {
				t.Errorf("calendar.ics has no event of %s", l.Path)
			}
		}
	})
}

// unfolded is a calendar with its lines put together again (RFC 5545, 3.1).
func unfolded(text []byte) []byte { return bytes.ReplaceAll(text, []byte("\r\n "), nil) }

func checkCalendar(t *testing.T, s site, p string, c *ical.Calendar) {
	t.Helper()
	if name, err := c.Props.Text("X-WR-CALNAME"); err != nil || name == "" {
		t.Errorf("%s has no name: %v", p, err)
	}
	seen := map[string]bool{}
	for _, e := range c.Events() {
		uid, err := e.Props.Text(ical.PropUID)
		if err != nil || seen[uid] || !strings.Contains(uid, "opportunities/") {
			t.Errorf("%s: the UID %q is there twice or is none: %v", p, uid, err)
		}
		seen[uid] = true
		start, err := e.DateTimeStart(time.UTC)
		if err != nil {
			t.Errorf("%s: %s: %v", p, uid, err)
		}
		if end, err := e.DateTimeEnd(time.UTC); err != nil || end.Before(start) {
			t.Errorf("%s: %s ends at %s, before %s: %v", p, uid, end, start, err)
		}
		summary, err := e.Props.Text(ical.PropSummary)
		if err != nil || summary == "" || e.Props.Get(ical.PropDateTimeStamp) == nil {
			t.Errorf("%s: %s has no summary or no stamp: %v", p, uid, err)
		}
		address, err := e.Props.URI(ical.PropURL)
		if err != nil {
			t.Errorf("%s: %s: %v", p, uid, err)
			continue
		}
		if file, elsewhere := s.find(t, "", address.String()); elsewhere || s.files[file] == nil {
			t.Errorf("%s: %s leads to %s, which is not there", p, uid, address)
		}
	}
}

func TestListOfFeeds(t *testing.T) {
	s := sampleAt(t, "")
	listed := 0
	decoder := xml.NewDecoder(bytes.NewReader(s.files["feeds/index.opml"]))
	for {
		token, err := decoder.Token()
		if token == nil {
			break
		}
		if err != nil {
			t.Fatal(err)
		}
		start, _ := token.(xml.StartElement)
		for _, a := range start.Attr {
			if a.Name.Local != "xmlUrl" && a.Name.Local != "htmlUrl" {
				continue
			}
			listed++
			if file, elsewhere := s.find(t, "", a.Value); elsewhere || s.files[file] == nil {
				t.Errorf("%s is not there", a.Value)
			}
		}
	}
	if want := 2 * (len(s.named("feed.xml")) + len(s.named("changes.xml"))); listed != want {
		t.Errorf("%d addresses, want %d: a page and each feed of a set", listed, want)
	}
}
