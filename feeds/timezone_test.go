package feeds_test

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"fursa/feeds"
)

// TestTimezones is a table of what a calendar says of a zone: enough for its
// events, and no more.
func TestTimezones(t *testing.T) {
	tests := map[string]struct {
		zone string
		days []string
		want []string
	}{
		"one offset for ever": {
			"Asia/Qatar", []string{"2026-12-05"},
			[]string{"STANDARD 19720601T000000 +0400 +0300 +03"},
		},
		"the same changes every year": {
			"Europe/London", []string{"2027-11-01", "2029-07-01", "2026-11-01"},
			[]string{
				"STANDARD 20261025T020000 +0100 +0000 GMT FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU",
				"DAYLIGHT 20270328T010000 +0000 +0100 BST FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU",
			},
		},
		"counted from the start of the month": {
			"America/Chicago", []string{"2021-06-01"},
			[]string{
				"DAYLIGHT 20210314T020000 -0600 -0500 CDT FREQ=YEARLY;BYMONTH=3;BYDAY=2SU",
				"STANDARD 20211107T020000 -0500 -0600 CST FREQ=YEARLY;BYMONTH=11;BYDAY=1SU",
			},
		},
		"other rules once": {
			"America/Chicago", []string{"2006-12-01"},
			[]string{
				"STANDARD 20061029T020000 -0500 -0600 CST",
				"DAYLIGHT 20070311T020000 -0600 -0500 CDT FREQ=YEARLY;BYMONTH=3;BYDAY=2SU",
				"STANDARD 20071104T020000 -0500 -0600 CST FREQ=YEARLY;BYMONTH=11;BYDAY=1SU",
			},
		},
		"changes by another calendar, one by one": {
			"Africa/Casablanca", []string{"2023-01-10"},
			[]string{
				"STANDARD 20220508T020000 +0000 +0100 +01",
				"DAYLIGHT 20230319T030000 +0100 +0000 +00",
				"STANDARD 20230423T020000 +0000 +0100 +01",
			},
		},
		"not for whole days": {zone: "Europe/London", days: []string{"2026-11-01 all day"}},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			c := calendar()
			c.Events = nil
			for _, day := range test.days {
				c.Events = append(c.Events, eventOn(t, day, zone(t, test.zone)))
			}
			if diff := cmp.Diff(test.want, observances(writeICS(t, c))); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func eventOn(t *testing.T, day string, zone *time.Location) feeds.Event {
	t.Helper()
	day, allDay := strings.CutSuffix(day, " all day")
	start, err := time.ParseInLocation(time.DateOnly, day, zone)
	if err != nil {
		t.Fatal(err)
	}
	return feeds.Event{UID: day, Summary: day, Start: start, AllDay: allDay, Modified: start}
}

// observances are the parts of a calendar's VTIMEZONEs, a line each.
func observances(document string) []string {
	var list, part []string
	for _, line := range unfolded(document) {
		name, value, _ := strings.Cut(line, ":")
		switch {
		case name == "BEGIN":
			part = []string{value}
		case name == "END" && (value == "STANDARD" || value == "DAYLIGHT"):
			list = append(list, strings.Join(part, " "))
		default:
			part = append(part, value)
		}
	}
	return list
}
