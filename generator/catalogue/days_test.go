package catalogue_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"

	"fursa/generator/catalogue"
	"fursa/schema/when"
)

// days are the entries of a catalogue's days, a line each: the day, the start,
// the listing; what stands on several days until when, and whether it goes on.
func days(c *catalogue.Catalogue) string {
	var b strings.Builder
	for _, m := range c.Months() {
		for _, d := range m.Days {
			for _, e := range d.Entries {
				fmt.Fprintf(&b, "%s %s %s", d.Date, e.Occurrence.Start.Format("01-02T15:04Z07"), strings.TrimPrefix(e.Listing.Path, "opportunities/library/"))
				if !e.Until.IsZero() {
					fmt.Fprintf(&b, " until %s", e.Until)
				}
				if e.Continues {
					b.WriteString(" continues")
				}
				if e.Occurrence.Status != "" {
					b.WriteString(" " + e.Occurrence.Status)
				}
				b.WriteString("\n")
			}
		}
	}
	return b.String()
}

// without are the small catalogue's listings taken away.
var without = []txtar.File{file("opportunities/museum/night-sky.md", ""), file("opportunities/museum/young-astronomers.md", "")}

func TestMonths(t *testing.T) {
	for name, c := range map[string]struct {
		sessions, want string
	}{
		"once": {`{ start = 2026-12-05T18:00:00, end = 2026-12-05T20:00:00 }`, "2026-12-05 12-05T18:00+03 a\n"},
		"past midnight": {
			`{ start = 2026-12-31T21:00:00, end = 2027-01-01T02:00:00 }`,
			"2026-12-31 12-31T21:00+03 a\n",
		},
		"until midnight": {`{ start = 2026-12-31T21:00:00, end = 2027-01-01T00:00:00 }`, "2026-12-31 12-31T21:00+03 a\n"},
		"a day and a night": {
			`{ start = 2026-12-31T10:00:00, end = 2027-01-01T10:00:00 }`,
			"2026-12-31 12-31T10:00+03 a until 2027-01-01\n2027-01-01 12-31T10:00+03 a until 2027-01-01 continues\n",
		},
		"whole days": {
			`{ start = 2026-12-31, end = 2027-01-02 }`,
			"2026-12-31 12-31T00:00+03 a until 2027-01-02\n2027-01-01 12-31T00:00+03 a until 2027-01-02 continues\n2027-01-02 12-31T00:00+03 a until 2027-01-02 continues\n",
		},
		"under way": {
			`{ start = 2026-11-20, end = 2026-11-23 }`,
			"2026-11-22 11-20T00:00+03 a until 2026-11-23 continues\n2026-11-23 11-20T00:00+03 a until 2026-11-23 continues\n",
		},
		"since last evening": {`{ start = 2026-11-21T21:00:00, end = 2026-11-22T02:00:00 }, { start = 2026-11-22T08:00:00 }`, "2026-11-22 11-22T08:00+03 a\n"},
		"a rule with a day left out": {
			`{ start = 2026-11-18T16:00:00, rrule = "FREQ=WEEKLY;COUNT=4", except = [2026-12-02] }`,
			"2026-11-25 11-25T16:00+03 a\n2026-12-09 12-09T16:00+03 a\n",
		},
		"cancelled": {
			`{ start = 2026-12-05, status = "cancelled" }, { start = 2026-12-06 }`,
			"2026-12-05 12-05T00:00+03 a cancelled\n2026-12-06 12-06T00:00+03 a\n",
		},
		"elsewhere, where it is still the day before": {
			`{ start = 2026-12-05T20:00:00, zone = "America/Chicago" }`,
			"2026-12-05 12-05T20:00-06 a\n",
		},
		"clocks go forward in the night": {
			`{ start = 2027-03-27T10:00:00, end = 2027-03-28T10:00:00, zone = "Europe/London" }, { start = 2027-03-27T22:00:00, end = 2027-03-28T04:00:00, zone = "Europe/London" }`,
			"2027-03-27 03-27T10:00Z a until 2027-03-28\n2027-03-27 03-27T22:00Z a\n2027-03-28 03-27T10:00Z a until 2027-03-28 continues\n",
		},
		"clocks go back on the day": {
			`{ start = 2027-10-30, end = 2027-10-31, zone = "Europe/London" }`,
			"2027-10-30 10-30T00:00+01 a until 2027-10-31\n2027-10-31 10-30T00:00+01 a until 2027-10-31 continues\n",
		},
		"in the last month, and after it": {`{ start = 2027-10-31 }, { start = 2027-11-01 }`, "2027-10-31 10-31T00:00+03 a\n"},
	} {
		t.Run(name, func(t *testing.T) {
			got := days(made(t, catalogue.Options{}, append(without, listing("a", "mode = \"online\"\nsessions = ["+c.sessions+"]"))...))
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

// Entries of a day are sorted by start, then by path; what has ended, and what
// has no dates, has none.
func TestDaysAreSorted(t *testing.T) {
	c := made(t, catalogue.Options{}, append(without,
		listing("a", "mode = \"online\"\nstatus = \"cancelled\"\nsessions = [{ start = 2026-12-05T10:00:00 }]"),
		listing("b", "mode = \"online\"\nsessions = [{ start = 2026-12-05T10:00:00 }, { start = 2026-12-05T08:00:00 }]"),
		listing("c", "mode = \"online\"\nsessions = [{ start = 2026-12-05T09:00:00 }]"),
		listing("d", "mode = \"online\"\nsessions = [{ start = 2026-12-05 }]"),
		listing("gone", "mode = \"online\"\nexpires = 2026-11-21\nsessions = [{ start = 2026-12-05 }]"),
		listing("anytime", "mode = \"online\"\nanytime = true"),
	)...)
	want := "2026-12-05 12-05T00:00+03 d\n2026-12-05 12-05T08:00+03 b\n2026-12-05 12-05T09:00+03 c\n2026-12-05 12-05T10:00+03 a\n2026-12-05 12-05T10:00+03 b\n"
	if diff := cmp.Diff(want, days(c)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// An exhibition of half a year stands on fourteen days from today on, and
// after that among what is running.
func TestLongOccurrences(t *testing.T) {
	c := made(t, catalogue.Options{}, append(without,
		listing("exhibition", "mode = \"online\"\nsessions = [{ start = 2026-11-01, end = 2027-03-31 }]"),
		listing("fair", "mode = \"online\"\nsessions = [{ start = 2026-11-28, end = 2026-12-02 }]"),
		listing("period", "mode = \"online\"\nperiod = { from = 2027-01-10, to = 2027-02-10 }"),
		listing("until", "mode = \"online\"\nperiod = { to = 2026-12-31 }"),
		listing("anytime", "mode = \"online\"\nanytime = true\nexpires = 2027-02-28"),
		listing("full", "mode = \"online\"\nanytime = true\nstatus = \"full\""),
	)...)
	if first, last := strings.Count(days(c), " exhibition"), c.Months()[1].Days; first != 14 || last[len(last)-1].Date != (when.Date{Year: 2026, Month: 12, Day: 5}) {
		t.Errorf("the exhibition stands on %d days, the last %s", first, last[len(last)-1].Date)
	}
	got := map[string]string{}
	for m := c.Today; m.Year < 2027 || m.Month < 5; m = (when.Date{Year: m.Year, Month: m.Month, Day: 1}).AddDays(31) {
		month := catalogue.Month{Year: m.Year, Month: m.Month}
		for _, other := range c.Months() {
			if other.Month == m.Month {
				month = other
			}
		}
		got[month.Date().String()[:7]] = strings.ReplaceAll(strings.Join(paths(c.Running(month)), " "), "library/", "")
	}
	want := map[string]string{
		"2026-11": "anytime until", "2026-12": "anytime until", "2027-01": "exhibition period anytime",
		"2027-02": "exhibition period anytime", "2027-03": "exhibition", "2027-04": "",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestDeadlines(t *testing.T) {
	by := func(slug, deadline, more string) txtar.File {
		return listing(slug, "mode = \"online\"\nanytime = true\n"+more+"\nregistration = { email = \"a@b.example\", deadline = "+deadline+" }")
	}
	c := made(t, catalogue.Options{}, append(without,
		by("today", "2026-11-22", ""), by("yesterday", "2026-11-21", ""),
		by("noon", "2026-11-25T12:00:00", ""), by("day", "2026-11-25", ""), by("morning", "2026-11-25T08:00:00", ""),
		by("b", "2026-11-29", ""), by("a", "2026-11-29", ""), by("later", "2026-11-30", ""),
		by("full", "2026-11-25", "status = \"full\""), by("gone", "2026-11-25", "expires = 2026-11-20"),
		listing("none", "mode = \"online\"\nanytime = true\nregistration = { email = \"a@b.example\" }"),
	)...)
	want := []string{"library/today", "library/morning", "library/noon", "library/day", "library/a", "library/b"}
	if diff := cmp.Diff(want, paths(c.Deadlines(7))); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}
