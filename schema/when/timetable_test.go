package when_test

import (
	"testing"
	"time"

	"fursa/schema/when"

	"github.com/google/go-cmp/cmp"
)

// dohaWeek is Sunday to Thursday, 7 to 13, with the last week of 2026 off.
func dohaWeek(t *testing.T) when.SchoolWeek {
	return when.SchoolWeek{
		Days:     []time.Weekday{time.Sunday, time.Monday, time.Tuesday, time.Wednesday, time.Thursday},
		From:     when.Clock{Hour: 7},
		To:       when.Clock{Hour: 13},
		Holidays: []when.DateRange{{From: date(t, "2026-12-25"), To: date(t, "2026-12-31")}},
	}
}

func TestTimetable(t *testing.T) {
	for _, c := range []struct {
		session string
		want    []string
	}{
		{"2026-12-01T09:00 2026-12-01T10:00 -", []string{"school-hours"}},
		{"2026-12-01T12:59 - -", []string{"school-hours"}},
		{"2026-12-01T06:00 2026-12-01T07:00 -", nil},
		{"2026-12-01T06:00 2026-12-01T07:01 -", []string{"school-hours"}},
		{"2026-12-01T13:00 2026-12-01T15:00 -", []string{"after-school"}},
		{"2026-12-01T17:00 2026-12-01T19:00 -", []string{"after-school"}},
		{"2026-12-01T18:00 2026-12-01T19:00 -", []string{"evening"}},
		{"2026-12-01T22:00 2026-12-02T01:00 -", []string{"evening"}},
		{"2026-12-01T22:00 2026-12-02T00:00 -", []string{"evening"}},
		{"2026-12-01 - -", []string{"school-hours"}},
		{"2026-12-04 - -", []string{"weekend"}},
		{"2026-12-04T18:00 - -", []string{"evening", "weekend"}},
		{"2026-12-03T18:00 2026-12-06T12:00 -", []string{"school-hours", "evening", "weekend"}},
		{"2026-12-29T09:00 - -", []string{"holiday"}},
		{"2026-12-25 - -", []string{"weekend", "holiday"}},
		{"2026-12-01T16:00 - FREQ=DAILY;UNTIL=20261205", []string{"after-school", "weekend"}},
		{"2026-12-01 2026-12-31 -", []string{"school-hours", "weekend", "holiday"}},
		{"2026-01-01 9999-01-01 -", []string{"school-hours", "weekend", "holiday"}},
	} {
		occ := when.Occurrences([]when.Session{session(t, c.session)}, location(t, "Asia/Qatar"), date(t, "2026-01-01"), date(t, "2026-12-31"))
		if diff := cmp.Diff(c.want, when.Timetable(occ, dohaWeek(t))); diff != "" {
			t.Errorf("%s (-want +got):\n%s", c.session, diff)
		}
		if len(occ) == 0 {
			t.Errorf("%s gives no occurrences", c.session)
		}
	}
}

func TestTimetableWithoutSchoolWeek(t *testing.T) {
	occ := when.Occurrences([]when.Session{session(t, "2026-12-04T16:00 - FREQ=DAILY;COUNT=3")}, time.UTC, date(t, "2026-01-01"), date(t, "2026-12-31"))
	if got := when.Timetable(occ, when.SchoolWeek{}); got != nil {
		t.Errorf("got %v; want nothing", got)
	}
}

func TestPeriodTimetable(t *testing.T) {
	four, seven, nine := when.Clock{Hour: 16}, when.Clock{Hour: 19}, when.Clock{Hour: 9}
	tuesday, saturday := []time.Weekday{time.Tuesday}, []time.Weekday{time.Saturday}
	week := []time.Weekday{time.Tuesday, time.Saturday}
	for _, c := range []struct {
		name         string
		days         []time.Weekday
		starts, ends *when.Clock
		from, to     string
		want         []string
	}{
		{name: "nothing known"},
		{name: "a month, no days", from: "2026-11-01", to: "2026-11-30"},
		{name: "a month, no days, in the evening", starts: &seven, from: "2026-11-01", to: "2026-11-30", want: []string{"evening"}},
		{name: "a month, no days, at four", starts: &four, from: "2026-11-01", to: "2026-11-30"},
		{name: "days without hours", days: tuesday},
		{name: "days and hours", days: tuesday, starts: &four, want: []string{"after-school"}},
		{name: "school hours", days: tuesday, starts: &nine, ends: &four, want: []string{"school-hours"}},
		{name: "end before start", days: tuesday, starts: &four, ends: &nine, want: []string{"after-school"}},
		{name: "only an end", days: tuesday, ends: &nine},
		{name: "two kinds of day", days: week, starts: &nine, want: []string{"school-hours", "weekend"}},
		{name: "Saturdays", days: saturday, want: []string{"weekend"}},
		{name: "one Saturday", from: "2026-12-05", to: "2026-12-05", want: []string{"weekend"}},
		{name: "one weekend", from: "2026-12-04", to: "2026-12-05", want: []string{"weekend"}},
		{name: "school days", starts: &four, from: "2026-12-06", to: "2026-12-10", want: []string{"after-school"}},
		{name: "holidays only", starts: &nine, from: "2026-12-27", to: "2026-12-31", want: []string{"holiday"}},
		{name: "partly holidays", starts: &nine, from: "2026-12-20", to: "2026-12-31"},
		{name: "Tuesdays, one of them free", days: tuesday, starts: &nine, from: "2026-12-20", to: "2026-12-31", want: []string{"school-hours"}},
		{name: "Tuesdays, all of them free", days: tuesday, starts: &nine, from: "2026-12-25", to: "2026-12-31", want: []string{"holiday"}},
		{name: "a day that does not come", days: tuesday, from: "2026-12-05", to: "2026-12-05"},
		{name: "only a beginning", days: tuesday, starts: &nine, from: "2026-12-27", want: []string{"school-hours"}},
		{name: "the wrong way round", days: saturday, from: "2026-12-31", to: "2026-12-01", want: []string{"weekend"}},
		{name: "years", days: saturday, from: "2020-01-01", to: "2030-01-01", want: []string{"weekend"}},
	} {
		var from, to when.Date
		if c.from != "" {
			from = date(t, c.from)
		}
		if c.to != "" {
			to = date(t, c.to)
		}
		got := when.PeriodTimetable(c.days, c.starts, c.ends, from, to, dohaWeek(t))
		if diff := cmp.Diff(c.want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", c.name, diff)
		}
	}
}

func TestParseWeekday(t *testing.T) {
	for i, name := range []string{"sun", "mon", "tue", "wed", "thu", "fri", "sat"} {
		if got, ok := when.ParseWeekday(name); got != time.Weekday(i) || !ok {
			t.Errorf("%s is %s, %v", name, got, ok)
		}
	}
	for _, name := range []string{"", "Mon", "monday"} {
		if _, ok := when.ParseWeekday(name); ok {
			t.Errorf("%q is a weekday", name)
		}
	}
}
