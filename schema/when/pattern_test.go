package when_test

import (
	"testing"
	"time"

	"fursa/schema/when"

	"github.com/google/go-cmp/cmp"
)

func TestDescribe(t *testing.T) {
	tuesday, thursday := time.Tuesday, time.Thursday
	for _, c := range []struct {
		session string
		want    when.Pattern // the zero Pattern: not to be described
	}{
		{"2026-12-01T18:00 - FREQ=WEEKLY;BYDAY=TH,TU,TU;UNTIL=20261205", when.Pattern{
			Freq: "weekly", Interval: 1, Weekdays: []time.Weekday{tuesday, thursday}, Until: date(t, "2026-12-05"),
		}},
		{"2026-12-01T18:00 - FREQ=WEEKLY;BYDAY=SU,MO", when.Pattern{
			Freq: "weekly", Interval: 1, Weekdays: []time.Weekday{time.Monday, time.Sunday},
		}},
		// An evening in Chicago is the next day in UTC; and midnight is past.
		{"2026-12-01T18:00 - FREQ=WEEKLY;UNTIL=20261206T000000Z", when.Pattern{
			Freq: "weekly", Interval: 1, Weekdays: []time.Weekday{tuesday}, Until: date(t, "2026-12-05"),
		}},
		{"2026-12-01T18:00 - FREQ=WEEKLY;UNTIL=20261206T000000", when.Pattern{
			Freq: "weekly", Interval: 1, Weekdays: []time.Weekday{tuesday}, Until: date(t, "2026-12-05"),
		}},
		{"2026-12-01 - FREQ=DAILY;INTERVAL=2;COUNT=5", when.Pattern{Freq: "daily", Interval: 2, Count: 5}},
		{"2026-12-01 - FREQ=DAILY;BYDAY=TU,TH", when.Pattern{
			Freq: "weekly", Interval: 1, Weekdays: []time.Weekday{tuesday, thursday},
		}},
		{"2026-12-15 - FREQ=MONTHLY", when.Pattern{Freq: "monthly", Interval: 1, MonthDay: 15}},
		{"2026-12-31 - FREQ=MONTHLY;BYMONTHDAY=-1", when.Pattern{Freq: "monthly", Interval: 1, MonthDay: -1}},
		{"2026-12-01 - FREQ=MONTHLY;BYDAY=1TU", when.Pattern{
			Freq: "monthly", Interval: 1, Weekdays: []time.Weekday{tuesday}, Nth: 1,
		}},
		{"2026-12-01 - FREQ=MONTHLY;BYDAY=TU;BYSETPOS=-1", when.Pattern{
			Freq: "monthly", Interval: 1, Weekdays: []time.Weekday{tuesday}, Nth: -1,
		}},
		{"2026-12-01 - -", when.Pattern{}},
		{"2026-12-01 - FREQ=HOURLY", when.Pattern{}},
		{"2026-12-01 - FREQ=YEARLY", when.Pattern{}},
		{"2026-12-01 - FREQ=WEEKLY;BYMONTH=12", when.Pattern{}},
		{"2026-12-01 - FREQ=DAILY;BYMONTHDAY=1", when.Pattern{}},
		{"2026-12-01 - FREQ=DAILY;INTERVAL=2;BYDAY=TU", when.Pattern{}},
		{"2026-12-01 - FREQ=MONTHLY;BYMONTHDAY=1,15", when.Pattern{}},
		{"2026-12-01 - FREQ=MONTHLY;BYMONTHDAY=-2", when.Pattern{}},
		{"2026-12-01 - FREQ=MONTHLY;BYDAY=TU", when.Pattern{}},
		{"2026-12-01 - FREQ=MONTHLY;BYDAY=1TU;BYSETPOS=1", when.Pattern{}},
		{"2026-12-01 - FREQ=MONTHLY;BYMONTHDAY=1;BYSETPOS=1", when.Pattern{}},
	} {
		got, ok := when.Describe(session(t, c.session), location(t, "America/Chicago"))
		if diff := cmp.Diff(c.want, got); diff != "" || ok != (c.want.Freq != "") {
			t.Errorf("%s: %v (-want +got):\n%s", c.session, ok, diff)
		}
	}
}
