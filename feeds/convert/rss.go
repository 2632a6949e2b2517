package convert

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/mmcdole/gofeed"

	"fursa/schema"
	"fursa/schema/when"
)

// readRSS reads the items of a feed: RSS or Atom with the event module, or a
// JSON Feed of a Fursa catalogue. Other items have no date, and a map must give
// them one.
func readRSS(text []byte, m Map) (table, error) {
	feed, err := gofeed.NewParser().Parse(bytes.NewReader(text))
	if err != nil {
		return nil, fmt.Errorf("this is no feed: %w", err)
	}
	var ours ownDates
	if feed.FeedType == "json" {
		_ = json.Unmarshal(text, &ours) // of another form, they are not ours
	}
	found := newEntries()
	for i, item := range feed.Items {
		own := ownDate{extension(item, "ev", "startdate"), extension(item, "ev", "enddate"), extension(item, "ev", "location")}
		if i < len(ours.Items) && ours.Items[i].Fursa != nil {
			own = *ours.Items[i].Fursa
		}
		columns, err := itemEntry(item, own, zoneOf(m))
		columns["lang"] = feed.Language
		found.add(columns, err)
		found.said(func() []part { return itemParts(item) })
	}
	return found.done("item")
}

// ownDates are what JSON Feeds of Fursa catalogues say of each item, since the
// format has no dates of events.
type ownDates struct {
	Items []struct {
		Fursa *ownDate `json:"_fursa"`
	} `json:"items"`
}

type ownDate struct{ Start, End, Location string }

func itemEntry(item *gofeed.Item, own ownDate, zone *time.Location) (entry, error) {
	columns := entry{
		"id": item.GUID, "url": item.Link, "title": item.Title,
		"description": item.Content, "keywords": strings.Join(item.Categories, "\n"),
	}
	if columns["id"] == "" {
		columns["id"] = item.Link
	}
	if columns["description"] == "" {
		columns["description"] = item.Description
	}
	if len(item.Authors) > 0 {
		columns["provider"] = item.Authors[0].Name
	}
	addLocation(columns, own.Location)
	err := addTimes(columns, own.Start, own.End, zone)
	return columns, err
}

// itemParts are the elements of an item, by their names in RSS.
func itemParts(item *gofeed.Item) []part {
	parts := []part{
		{"guid", item.GUID, []string{"id", "same_as"}}, {"title", item.Title, []string{"title"}},
		{"link", item.Link, []string{"url", "same_as"}},
		{"content", item.Content, []string{"description"}}, {"description", item.Description, nil},
		{"category", strings.Join(item.Categories, "\n"), []string{"keywords"}}, {"pubDate", item.Published, nil},
	}
	if item.Content == "" {
		parts[4].columns = parts[3].columns
	}
	if item.GUID == "" {
		parts[2].columns = append(parts[2].columns, "id")
	}
	for _, author := range item.Authors {
		parts = append(parts, part{"author", author.Name, []string{"provider"}})
	}
	for _, prefix := range slices.Sorted(maps.Keys(item.Extensions)) {
		for _, name := range slices.Sorted(maps.Keys(item.Extensions[prefix])) {
			full := prefix + ":" + name
			parts = append(parts, part{full, extension(item, prefix, name), rssColumns[full]})
		}
	}
	return slices.DeleteFunc(parts, func(p part) bool { return p.text == "" })
}

// rssColumns are the columns that elements of RSS's event module fill.
var rssColumns = map[string][]string{
	"ev:startdate": {"sessions", "from", "to"}, "ev:enddate": {"sessions", "to"}, "ev:location": {"place", "address", "mode"},
}

// extension is what an element of another namespace holds; namespaces are
// told apart by their usual prefix.
func extension(item *gofeed.Item, prefix, name string) string {
	found := item.Extensions[prefix][name]
	if len(found) == 0 {
		return ""
	}
	return strings.TrimSpace(found[0].Value)
}

// addTimes writes a start and an end, as ISO 8601 has them, as a session
// where the time of day is known and it is one day's or one night's, and
// otherwise as a first and a last day.
func addTimes(columns entry, from, to string, zone *time.Location) error {
	if from == "" {
		return nil
	}
	start, err := isoMoment(from, zone)
	if err != nil {
		return err
	}
	end := when.Moment{}
	if to != "" {
		if end, err = isoMoment(to, zone); err != nil {
			return err
		}
	}
	lasts := end.In(time.UTC).Sub(start.In(time.UTC))
	switch {
	case start.Timed && (to == "" || lasts <= 0):
		columns["sessions"] = sessionsJSON([]schema.Session{{Start: start}})
	case start.Timed && end.Timed && lasts < 24*time.Hour:
		columns["sessions"] = sessionsJSON([]schema.Session{{Start: start, End: end}})
	default:
		columns["from"], columns["to"] = start.Date.String(), start.Date.String()
		if to != "" {
			columns["to"] = end.Date.String()
		}
	}
	return nil
}

// isoMoment reads a date, a local time, or a time with its offset from UTC,
// which becomes the zone's.
func isoMoment(s string, zone *time.Location) (when.Moment, error) {
	if date, err := when.ParseDate(s); err == nil {
		return when.Moment{Date: date}, nil
	}
	for _, layout := range []string{time.RFC3339, "2006-01-02T15:04Z07:00", "2006-01-02T15:04:05Z0700"} {
		if t, err := time.Parse(layout, s); err == nil {
			return momentAt(t.In(zone)), nil
		}
	}
	for _, layout := range []string{"2006-01-02T15:04:05", "2006-01-02T15:04", "2006-01-02 15:04:05"} {
		if t, err := time.Parse(layout, s); err == nil {
			return momentAt(t), nil
		}
	}
	return when.Moment{}, fmt.Errorf("%.40q is no date", s)
}
