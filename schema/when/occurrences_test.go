package when_test

import (
	"strings"
	"testing"
	"time"

	"fursa/schema/when"

	"github.com/google/go-cmp/cmp"
)

// session reads «start end rule»; end and rule may be "-".
func session(t testing.TB, text string, except ...string) when.Session {
	t.Helper()
	fields := strings.Fields(text)
	if len(fields) != 3 {
		t.Fatalf("session %q is not start, end, rule", text)
	}
	for i := range fields {
		fields[i] = strings.TrimPrefix(fields[i], "-")
	}
	s := when.Session{Start: moment(t, fields[0]), End: moment(t, fields[1]), RRule: fields[2]}
	for _, e := range except {
		s.Except = append(s.Except, moment(t, e))
	}
	return s
}

// starts are the starts in RFC 3339, of whole days as «first/last».
func starts(occ []when.Occurrence) []string {
	var list []string
	for _, o := range occ {
		if o.AllDay {
			first, last := o.Days()
			list = append(list, first.String()+"/"+last.String())
			continue
		}
		list = append(list, o.Start.Format(time.RFC3339))
	}
	return list
}

func TestOccurrences(t *testing.T) {
	const all = "2020-01-01 2030-12-31"
	for _, c := range []struct {
		name    string
		zone    string
		session when.Session
		window  string
		want    []string
	}{
		{"once", "Asia/Qatar", session(t, "2026-11-22T18:00 - -"), all,
			[]string{"2026-11-22T18:00:00+03:00"}},
		{"whole days", "America/Chicago", session(t, "2026-11-01 2026-11-03 -"), all,
			[]string{"2026-11-01/2026-11-03"}},
		{"under way at the first day", "Asia/Qatar", session(t, "2026-11-22 2026-11-25 -"), "2026-11-25 2026-11-30",
			[]string{"2026-11-22/2026-11-25"}},
		{"over before the first day", "Asia/Qatar", session(t, "2026-11-22 2026-11-25 -"), "2026-11-26 2026-11-30", nil},
		{"begins after the last day", "Asia/Qatar", session(t, "2026-11-22 2026-11-25 -"), "2026-11-01 2026-11-21", nil},
		{"ends at midnight", "Asia/Qatar", session(t, "2026-11-22T20:00 2026-11-23T00:00 -"), "2026-11-23 2026-11-23", nil},
		{"goes on past midnight", "Asia/Qatar", session(t, "2026-11-22T20:00 2026-11-23T00:01 -"), "2026-11-23 2026-11-23",
			[]string{"2026-11-22T20:00:00+03:00"}},
		{"endless rule in a window", "Asia/Qatar", session(t, "2020-01-07T16:00 2020-01-07T17:00 FREQ=WEEKLY"), "2026-12-01 2026-12-15",
			[]string{"2026-12-01T16:00:00+03:00", "2026-12-08T16:00:00+03:00", "2026-12-15T16:00:00+03:00"}},
		{"local time in spring, west", "America/Chicago", session(t, "2026-03-01T18:00 - FREQ=WEEKLY;COUNT=3"), all,
			[]string{"2026-03-01T18:00:00-06:00", "2026-03-08T18:00:00-05:00", "2026-03-15T18:00:00-05:00"}},
		{"local time in autumn, east", "Europe/Helsinki", session(t, "2026-10-18T18:00 - FREQ=WEEKLY;COUNT=3"), all,
			[]string{"2026-10-18T18:00:00+03:00", "2026-10-25T18:00:00+02:00", "2026-11-01T18:00:00+02:00"}},
		{"one date skipped", "America/Chicago", session(t, "2026-03-07T02:30 - FREQ=DAILY;COUNT=3"), all,
			[]string{"2026-03-07T02:30:00-06:00", "2026-03-08T03:30:00-05:00", "2026-03-09T02:30:00-05:00"}},
		{"a skipped start shifts no other date", "America/Chicago", session(t, "2026-03-08T02:30 - FREQ=DAILY;COUNT=2"), all,
			[]string{"2026-03-08T03:30:00-05:00", "2026-03-09T02:30:00-05:00"}},
		{"doubled time is the first", "America/Chicago", session(t, "2026-10-31T01:30 - FREQ=DAILY;COUNT=3"), all,
			[]string{"2026-10-31T01:30:00-05:00", "2026-11-01T01:30:00-05:00", "2026-11-02T01:30:00-06:00"}},
		{"doubled time after an end in winter", "America/Chicago", session(t, "2026-10-31T01:30 2026-11-03T02:00 FREQ=DAILY;COUNT=2"), all,
			[]string{"2026-10-31T01:30:00-05:00", "2026-11-01T01:30:00-05:00"}},
		{"whole days where midnight is skipped", "Africa/Cairo", session(t, "2026-04-23 - FREQ=DAILY;COUNT=3"), all,
			[]string{"2026-04-23/2026-04-23", "2026-04-24/2026-04-24", "2026-04-25/2026-04-25"}},
		{"leap days", "Asia/Qatar", session(t, "2020-02-29 - FREQ=YEARLY"), all,
			[]string{"2020-02-29/2020-02-29", "2024-02-29/2024-02-29", "2028-02-29/2028-02-29"}},
		{"the 31st, where there is one", "Asia/Qatar", session(t, "2026-01-31 - FREQ=MONTHLY;COUNT=4"), all,
			[]string{"2026-01-31/2026-01-31", "2026-03-31/2026-03-31", "2026-05-31/2026-05-31", "2026-07-31/2026-07-31"}},
		{"the last day of months", "Asia/Qatar", session(t, "2024-01-31 - FREQ=MONTHLY;BYMONTHDAY=-1;COUNT=3"), all,
			[]string{"2024-01-31/2024-01-31", "2024-02-29/2024-02-29", "2024-03-31/2024-03-31"}},
		{"the last working day", "Asia/Qatar", session(t, "2026-01-30 - FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1;COUNT=3"), all,
			[]string{"2026-01-30/2026-01-30", "2026-02-27/2026-02-27", "2026-03-31/2026-03-31"}},
		{"the second Tuesday", "Asia/Qatar", session(t, "2026-01-13 - FREQ=MONTHLY;BYDAY=2TU;COUNT=2"), all,
			[]string{"2026-01-13/2026-01-13", "2026-02-10/2026-02-10"}},
		{"every other week, from Sunday", "Asia/Qatar", session(t, "2026-11-01 - FREQ=WEEKLY;INTERVAL=2;WKST=SU;BYDAY=SU,TU;COUNT=4"), all,
			[]string{"2026-11-01/2026-11-01", "2026-11-03/2026-11-03", "2026-11-15/2026-11-15", "2026-11-17/2026-11-17"}},
		{"in lower case", "Asia/Qatar", session(t, "2026-11-01 - freq=daily;count=1"), all,
			[]string{"2026-11-01/2026-11-01"}},
		{"a start outside the rule does not happen", "Asia/Qatar", session(t, "2026-11-22 - FREQ=WEEKLY;BYDAY=TU;COUNT=1"), all,
			[]string{"2026-11-24/2026-11-24"}},

		{"until a date, with all its hours", "America/Chicago", session(t, "2026-12-03T23:30 - FREQ=DAILY;UNTIL=20261205"), all,
			[]string{"2026-12-03T23:30:00-06:00", "2026-12-04T23:30:00-06:00", "2026-12-05T23:30:00-06:00"}},
		{"until the local time itself", "America/Chicago", session(t, "2026-12-04T18:00 - FREQ=DAILY;UNTIL=20261205T180000"), all,
			[]string{"2026-12-04T18:00:00-06:00", "2026-12-05T18:00:00-06:00"}},
		{"until a second before", "America/Chicago", session(t, "2026-12-04T18:00 - FREQ=DAILY;UNTIL=20261205T175959"), all,
			[]string{"2026-12-04T18:00:00-06:00"}},
		{"until the instant itself", "America/Chicago", session(t, "2026-12-04T18:00 - FREQ=DAILY;UNTIL=20261206T000000Z"), all,
			[]string{"2026-12-04T18:00:00-06:00", "2026-12-05T18:00:00-06:00"}},
		{"until a second before the instant", "America/Chicago", session(t, "2026-12-04T18:00 - FREQ=DAILY;UNTIL=20261205T235959Z"), all,
			[]string{"2026-12-04T18:00:00-06:00"}},
		{"whole days until an instant: its date", "America/Chicago", session(t, "2026-12-04 - FREQ=DAILY;UNTIL=20261205T000000Z"), all,
			[]string{"2026-12-04/2026-12-04", "2026-12-05/2026-12-05"}},

		{"excepts by moment, by day", "Asia/Qatar",
			session(t, "2026-12-01T18:00 - FREQ=DAILY;COUNT=4", "2026-12-02T18:00", "2026-12-03", "2026-12-04T17:00"), all,
			[]string{"2026-12-01T18:00:00+03:00", "2026-12-04T18:00:00+03:00"}},
		{"a single date excepted", "Asia/Qatar", session(t, "2026-12-01 - -", "2026-12-01"), all, nil},

		{"end before start", "Asia/Qatar", session(t, "2026-12-02 2026-12-01 -"), all, nil},
		{"day and time", "Asia/Qatar", session(t, "2026-12-01 2026-12-01T18:00 -"), all, nil},
		{"hourly", "Asia/Qatar", session(t, "2026-12-01T18:00 - FREQ=HOURLY"), all, nil},
		{"never", "Asia/Qatar", session(t, "2026-12-01 - FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30"), all, nil},
		{"far future", "Asia/Qatar", session(t, "9000-12-01 - FREQ=DAILY"), "9000-01-01 9999-12-31", nil},
	} {
		from, to, _ := strings.Cut(c.window, " ")
		got := when.Occurrences([]when.Session{c.session}, location(t, c.zone), date(t, from), date(t, to))
		if diff := cmp.Diff(c.want, starts(got)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", c.name, diff)
		}
	}
}

func TestOccurrencesOfSeveralSessions(t *testing.T) {
	qatar, chicago := location(t, "Asia/Qatar"), location(t, "America/Chicago")
	online := session(t, "2026-12-01T09:00 2026-12-01T10:30 -")
	online.ID, online.Zone, online.Status = "online", "America/Chicago", "full"
	fair := session(t, "2026-12-01 2026-12-02 -")
	lost := session(t, "2026-12-01 - -")
	lost.Zone = "Local"

	got := when.Occurrences([]when.Session{online, fair, lost}, qatar, date(t, "2026-12-01"), date(t, "2026-12-31"))
	want := []when.Occurrence{
		{
			Session: 1, AllDay: true,
			Start: moment(t, "2026-12-01").In(qatar), End: moment(t, "2026-12-02").In(qatar),
		}, {
			Session: 0, ID: "online", Status: "full",
			Start: moment(t, "2026-12-01T09:00").In(chicago), End: moment(t, "2026-12-01T10:30").In(chicago),
		},
	}
	if diff := cmp.Diff(want, got, cmp.Comparer(sameTime)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// sameTime is equality of instant and of zone.
func sameTime(a, b time.Time) bool {
	return a.Equal(b) && a.Location().String() == b.Location().String()
}

// Ends keep their local time over a clock change, and never come first.
func TestEnds(t *testing.T) {
	chicago := location(t, "America/Chicago")
	for _, c := range []struct{ session, end string }{
		{"2026-03-07T22:00 2026-03-08T06:00 -", "2026-03-08T06:00:00-05:00"},
		{"2026-10-31T22:00 2026-11-01T06:00 -", "2026-11-01T06:00:00-06:00"},
		{"2026-03-08T02:30 2026-03-08T03:15 -", "2026-03-08T04:15:00-05:00"},
		{"2026-03-08T18:00 - -", "2026-03-08T18:00:00-05:00"},
	} {
		occ := when.Occurrences([]when.Session{session(t, c.session)}, chicago, date(t, "2026-01-01"), date(t, "2026-12-31"))
		if len(occ) != 1 || occ[0].End.Format(time.RFC3339) != c.end {
			t.Errorf("%s ends %v; want %s", c.session, occ, c.end)
		}
	}
}

func TestLast(t *testing.T) {
	for _, c := range []struct {
		name     string
		sessions []when.Session
		want     string
		ends     bool
	}{
		{"none", nil, "", true},
		{"the later of two", []when.Session{session(t, "2026-12-01 2026-12-09 -"), session(t, "2026-12-05T18:00 - -")}, "2026-12-09", true},
		{"count", []when.Session{session(t, "2026-12-01T18:00 - FREQ=WEEKLY;COUNT=3")}, "2026-12-15", true},
		{"until", []when.Session{session(t, "2026-12-01T18:00 - FREQ=WEEKLY;UNTIL=20261221")}, "2026-12-15", true},
		{"last one excepted", []when.Session{session(t, "2026-12-01 - FREQ=WEEKLY;COUNT=3", "2026-12-15")}, "2026-12-08", true},
		{"to midnight", []when.Session{session(t, "2026-12-01T18:00 2026-12-02T00:00 -")}, "2026-12-01", true},
		{"one that cannot be followed", []when.Session{session(t, "2026-12-01 - -"), session(t, "2026-12-05 - FREQ=HOURLY")}, "2026-12-01", true},
		{"endless", []when.Session{session(t, "2026-12-01 - -"), session(t, "2026-12-01 - FREQ=WEEKLY")}, "", false},
		{"endless, but never", []when.Session{session(t, "2026-12-01 - FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30")}, "", true},
	} {
		got, ends := when.Last(c.sessions, location(t, "Asia/Qatar"))
		if got.String() != c.want || ends != c.ends {
			t.Errorf("%s: %q, %v; want %q, %v", c.name, got, ends, c.want, c.ends)
		}
	}
}

// A rule that never matches, one that began long ago and one with very many
// dates: each must be done in a blink.
func TestHostileRulesAreCheap(t *testing.T) {
	sessions := []when.Session{
		session(t, "0001-01-01 - FREQ=DAILY"),
		session(t, "2026-01-01 - FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30"),
		session(t, "2026-01-01 - FREQ=YEARLY;BYWEEKNO=53;BYDAY=MO;BYMONTH=6"),
		session(t, "2026-01-01 - FREQ=DAILY;UNTIL=99991231"),
	}
	begin := time.Now()
	when.Occurrences(sessions, time.UTC, date(t, "2026-01-01"), date(t, "2026-12-31"))
	when.Last(sessions, time.UTC)
	when.Check(sessions, time.UTC)
	if took := time.Since(begin); took > 5*time.Second {
		t.Errorf("took %s", took)
	}
}

func FuzzOccurrences(f *testing.F) {
	f.Add("2026-11-22T18:00", "2026-11-22T20:00", "FREQ=WEEKLY;BYDAY=TU,TH;UNTIL=20261205", "2026-11-24", "America/Chicago", 2026, 300)
	f.Add("2026-01-31", "", "FREQ=MONTHLY;BYDAY=MO,FR;BYSETPOS=-1;COUNT=9", "", "Asia/Qatar", 2025, 900)
	f.Add("2026-03-08T02:30", "", "FREQ=YEARLY;BYDAY=-53MO,1SU;INTERVAL=3", "", "Europe/Helsinki", 2020, 5000)
	f.Add("2024-02-29", "2024-03-02", "FREQ=YEARLY;BYWEEKNO=-1,53;BYDAY=SU;WKST=SU;BYYEARDAY=366", "2024-02-29", "", 1999, 10000)
	f.Add("2026-01-01", "", "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30", "", "UTC", 2026, 1)
	f.Fuzz(func(t *testing.T, start, end, rrule, except, zone string, year, days int) {
		s := when.Session{RRule: rrule, Zone: zone}
		s.Start, _ = when.ParseMoment(start)
		s.End, _ = when.ParseMoment(end)
		if m, err := when.ParseMoment(except); err == nil {
			s.Except = []when.Moment{m}
		}
		from := when.Date{Year: 1 + year&2047, Month: time.January, Day: 1}
		to := from.AddDays(days & 16383)
		qatar, err := time.LoadLocation("Asia/Qatar")
		if err != nil {
			t.Fatal(err)
		}
		begin := time.Now()
		occ := when.Occurrences([]when.Session{s}, qatar, from, to)
		problems := when.Check([]when.Session{s}, qatar)
		when.Last([]when.Session{s}, qatar)
		when.RuleForICS(s, qatar)
		when.Describe(s, qatar)
		if took := time.Since(begin); took > 5*time.Second {
			t.Errorf("took %s", took)
		}
		for i, o := range occ {
			first, last := o.Days()
			if to.Before(first) || last.Before(from) || o.End.Before(o.Start) {
				t.Errorf("%s to %s is not within %s to %s", o.Start, o.End, from, to)
			}
			if i > 0 && o.Start.Before(occ[i-1].Start) {
				t.Errorf("%s stands after %s", o.Start, occ[i-1].Start)
			}
		}
		for _, p := range problems {
			if p.Name == "never-occurs" && len(occ) > 0 {
				t.Errorf("never occurs, but on %s", occ[0].Start)
			}
		}
	})
}

func BenchmarkOccurrences(b *testing.B) {
	for _, zone := range []string{"Asia/Qatar", "America/Chicago"} {
		b.Run(zone, func(b *testing.B) {
			b.ReportAllocs()
			loc := location(b, zone)
			ss := []when.Session{session(b, "2026-01-06T16:00 2026-01-06T17:30 FREQ=WEEKLY;BYDAY=TU")}
			from, to := date(b, "2026-01-01"), date(b, "2026-12-31")
			for b.Loop() {
				if n := len(when.Occurrences(ss, loc, from, to)); n != 52 {
					b.Fatal(n)
				}
			}
		})
	}
}
