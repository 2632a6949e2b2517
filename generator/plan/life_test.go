package plan_test

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"fursa/generator"
	"fursa/generator/ledger"
)

// reader is a program that has subscribed to a feed: what it has seen once it
// never shows again.
type reader map[string]bool

// news are the titles of the items that the reader shows as new, the newest
// first, and the address to which the listing's own item leads.
func (r reader) news(t *testing.T, feed []byte, id string) (titles []string, link string) {
	t.Helper()
	for _, i := range parseFeed(t, feed).Items {
		if i.GUID == id {
			link = i.Link
		}
		if !r[i.GUID] && strings.HasPrefix(i.GUID, id) {
			titles = append(titles, i.Title)
		}
		r[i.GUID] = true
	}
	return titles, link
}

// A school's channel, from the day on which a listing is published to the day
// after its end, as three readers and a calendar see it.
func TestLifeOfAListing(t *testing.T) {
	dir := t.TempDir()
	if err := os.CopyFS(dir, os.DirFS(sample)); err != nil {
		t.Fatal(err)
	}
	const (
		id     = "https://doha.example/opportunities/dhow-house/knots-and-ropes"
		school = "schools/seven-palms-primary/"
		away   = "https://learn.example/qa/"
	)
	folder := filepath.Join(dir, "opportunities", "dhow-house")
	file := filepath.Join(folder, "knots-and-ropes.md")
	renamed := filepath.Join(folder, "knots.md")
	readers := map[string]reader{"feed.xml": {}, "atom.xml": {}, "feed.json": {}}
	var last *ledger.Ledger
	for _, step := range []struct {
		name   string
		day    string
		base   string
		change func()
		news   []string
		link   string // empty where the listing is in the feed no more
		uids   int    // of its events in the calendar
		status string
	}{
		{"published", "2026-11-20", "", func() {}, []string{"Knots, ropes and small sails"}, "https://doha.example/opportunities/dhow-house/knots-and-ropes/", 3, "CONFIRMED"},
		{"edited", "2026-11-21", "", func() { replace(t, file, "small sails\"", "little sails\"") }, nil, "https://doha.example/opportunities/dhow-house/knots-and-ropes/", 3, "CONFIRMED"},
		{"moved", "2026-11-22", "", func() { replace(t, file, "2026-11-27T", "2026-11-28T") },
			[]string{"Moved from Friday 27 November 2026, 15:00 to Saturday 28 November 2026, 15:00: Knots, ropes and little sails"},
			"https://doha.example/opportunities/dhow-house/knots-and-ropes/", 3, "CONFIRMED"},
		{"renamed", "2026-11-23", "", func() {
			replace(t, file, "kind = ", "aliases = [\"opportunities/dhow-house/knots-and-ropes\"]\nkind = ")
			for from, to := range map[string]string{file: renamed, strings.TrimSuffix(file, "md") + "ar.md": strings.TrimSuffix(renamed, "md") + "ar.md"} {
				if err := os.Rename(from, to); err != nil {
					t.Fatal(err)
				}
			}
		}, nil, "https://doha.example/opportunities/dhow-house/knots/", 3, "CONFIRMED"},
		{"at another address", "2026-11-24", away, func() {}, nil, away + "opportunities/dhow-house/knots/", 3, "CONFIRMED"},
		{"cancelled", "2026-11-25", away, func() { replace(t, renamed, "kind = ", "status = \"cancelled\"\nkind = ") },
			[]string{"Now cancelled: Knots, ropes and little sails"}, away + "opportunities/dhow-house/knots/", 3, "CANCELLED"},
		{"over", "2027-01-16", away, func() {}, nil, "", 0, ""},
	} {
		step.change()
		day, err := time.Parse(time.DateOnly, step.day)
		if err != nil {
			t.Fatal(err)
		}
		s := made(t, generator.Input{Content: dir, BaseURL: step.base, Previous: last, Now: generator.Now{Instant: day.Add(9 * time.Hour)}})
		last = s.Catalogue.Ledger
		for name, r := range readers {
			news, link := r.news(t, s.files[school+name], id)
			if diff := cmp.Diff(step.news, news); diff != "" {
				t.Errorf("%s: %s shows (-want +got):\n%s", step.name, name, diff)
			}
			if link != step.link {
				t.Errorf("%s: %s leads to %q, not %q", step.name, name, link, step.link)
			}
		}
		uids, status := eventsOf(string(s.files[school+"calendar.ics"]), id)
		if len(uids) != step.uids || status != step.status {
			t.Errorf("%s: the calendar has %v, %s", step.name, uids, status)
		}
	}
}

// eventsOf are the UIDs of a listing's events in a calendar, and the status that
// all have.
func eventsOf(calendar, id string) (uids []string, status string) {
	calendar = strings.ReplaceAll(calendar, "\r\n ", "")
	for event := range strings.SplitSeq(calendar, "BEGIN:VEVENT") {
		property := func(name string) string {
			_, rest, _ := strings.Cut(event, "\r\n"+name+":")
			value, _, _ := strings.Cut(rest, "\r\n")
			return value
		}
		uid := property("UID")
		if !strings.HasPrefix(uid, id) {
			continue
		}
		if slices.Contains(uids, uid) {
			return nil, uid + " stands twice"
		}
		if s := property("STATUS"); status == "" || status == s {
			status = s
		} else {
			status = "mixed"
		}
		uids = append(uids, uid)
	}
	return uids, status
}
