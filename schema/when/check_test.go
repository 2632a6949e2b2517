package when_test

import (
	"fmt"
	"strings"
	"testing"

	"fursa/schema/diag"
	"fursa/schema/when"

	"github.com/google/go-cmp/cmp"
)

// found is a problem as «field name-variant», and a warning's with a «?».
func found(problems []when.Problem) []string {
	var list []string
	for _, p := range problems {
		text := p.Field + " " + p.Name
		if p.Variant != "" {
			text += " (" + p.Variant + ")"
		}
		if p.Warning() {
			text += "?"
		}
		list = append(list, text)
	}
	return list
}

var checks = []struct {
	session string
	except  []string
	zone    string
	want    []string
}{
	{session: "2026-11-22T18:00 2026-11-22T20:00 FREQ=WEEKLY;BYDAY=SU,TU;UNTIL=20261205", except: []string{"2026-11-24", "2026-12-01T18:00"}},
	{session: "2026-11-22 2026-11-22 -", zone: "UTC"},
	{session: "2026-11-22T18:00 2026-11-22T18:00 -", zone: "Europe/Helsinki"},
	{session: "2026-11-01T01:30 - -", zone: "America/Chicago"}, // comes twice

	{session: "2026-11-22 - -", zone: "Doha", want: []string{"zone unknown-zone"}},
	{session: "2026-11-22 - -", zone: "Local", want: []string{"zone unknown-zone"}},
	{session: "2026-11-22 - -", zone: "Asia/Nowhere", want: []string{"zone unknown-zone"}},
	{session: "2026-11-22 - -", zone: "../etc/passwd", want: []string{"zone unknown-zone"}},
	{session: "2026-11-22 2026-11-21 -", want: []string{"end end-before-start"}},
	{session: "2026-11-22T18:00 2026-11-22T17:59 -", want: []string{"end end-before-start"}},
	{session: "2026-11-22 2026-11-22T17:59 -", want: []string{"end date-and-time-mixed"}},
	{session: "2026-11-22T18:00 2026-11-23 -", want: []string{"end date-and-time-mixed"}},
	{session: "2026-11-22 - FREQ=DAILY;COUNT=3", except: []string{"2026-11-23T18:00"}, want: []string{"except/0 date-and-time-mixed"}},
	{session: "2026-03-08T02:30 2026-03-08T02:45 -", zone: "America/Chicago", want: []string{"start skipped-time", "end skipped-time"}},
	{session: "2026-03-29T03:00 2026-03-29T04:00 -", zone: "Europe/Helsinki", want: []string{"start skipped-time"}},

	{session: "2026-11-22 - FREQ=DAILY;UNTIL=20261121", want: []string{"rrule never-occurs (until)"}},
	{session: "2026-11-22T18:00 - FREQ=DAILY;UNTIL=20261122T150000", want: []string{"rrule never-occurs (until)"}},
	{session: "2026-11-22 - FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", want: []string{"rrule never-occurs"}},
	{session: "2026-11-22 - FREQ=DAILY;COUNT=2", except: []string{"2026-11-22", "2026-11-23"}, want: []string{"except never-occurs (except)"}},
	{session: "2026-11-22T18:00 - -", except: []string{"2026-11-22"}, want: []string{"except never-occurs (except)"}},

	{session: "2026-11-22 - FREQ=WEEKLY;BYDAY=TU", want: []string{"start start-not-in-rule?"}},
	{
		session: "2026-11-22T18:00 - FREQ=DAILY;COUNT=2",
		except:  []string{"2026-11-22", "2026-11-23T17:00", "2026-11-24", "2026-11-21"},
		want:    []string{"except/1 except-matches-nothing?", "except/2 except-matches-nothing?", "except/3 except-matches-nothing?"},
	},
	{session: "2026-11-22 2026-11-23 FREQ=DAILY;COUNT=5", want: []string{"end overlaps-itself?"}},
	{session: "2026-11-22 2026-11-23 FREQ=DAILY;INTERVAL=2;COUNT=5"},
	{session: "2026-11-22T18:00 2026-11-29T18:00 FREQ=WEEKLY"},
	{session: "2026-11-22T18:00 2026-11-29T18:01 FREQ=WEEKLY", want: []string{"end overlaps-itself?"}},
	{session: "2026-11-22 2026-11-23 FREQ=DAILY;COUNT=3", except: []string{"2026-11-23"}},
	{
		session: "2026-11-22T18:00 2026-11-22T08:00 FREQ=WEEKLY;BYDAY=TU", zone: "Qatar",
		want: []string{"zone unknown-zone", "end end-before-start", "start start-not-in-rule?"},
	},

	{session: "2026-11-22 - WEEKLY", want: []string{"rrule bad-rrule"}},
	{session: "2026-11-22 - BYDAY=TU", want: []string{"rrule bad-rrule (freq)"}},
	{session: "2026-11-22 - FREQ=SECONDLY", want: []string{"rrule bad-rrule (freq)"}},
	{session: "2026-11-22 - FREQ=HOURLY;COUNT=3", want: []string{"rrule bad-rrule (freq)"}},
	{session: "2026-11-22 - FREQ=WEEKLY;FREQ=DAILY", want: []string{"rrule bad-rrule"}},
	{session: "2026-11-22 - FREQ=WEEKLY;", want: []string{"rrule bad-rrule"}},
	{session: "2026-11-22 - RRULE:FREQ=WEEKLY", want: []string{"rrule bad-rrule"}},
	{session: "2026-11-22 - FREQ=WEEKLY;DTSTART=20261122", want: []string{"rrule bad-rrule"}},
	{session: "2026-11-22 - FREQ=YEARLY;BYEASTER=400", want: []string{"rrule bad-rrule"}},
	{session: "2026-11-22 - FREQ=WEEKLY;WKST=2MO", want: []string{"rrule bad-rrule"}},
	{session: "2026-11-22 - FREQ=WEEKLY;BYDAY=TUE", want: []string{"rrule bad-rrule (days)"}},
	{session: "2026-11-22 - FREQ=WEEKLY;BYDAY=XX", want: []string{"rrule bad-rrule"}},
	{session: "2026-11-22 - FREQ=MONTHLY;BYMONTHDAY=32", want: []string{"rrule bad-rrule"}},
	{session: "2026-11-22 - FREQ=DAILY;BYHOUR=9,14", want: []string{"rrule bad-rrule (time)"}},
	{session: "2026-11-22 - FREQ=DAILY;COUNT=0", want: []string{"rrule bad-rrule (limit)"}},
	{session: "2026-11-22 - FREQ=DAILY;COUNT=10001", want: []string{"rrule bad-rrule (limit)"}},
	{session: "2026-11-22 - FREQ=DAILY;INTERVAL=0", want: []string{"rrule bad-rrule (limit)"}},
	{session: "2026-11-22 - FREQ=DAILY;INTERVAL=9223372036854775807", want: []string{"rrule bad-rrule (limit)"}},
	{session: "2026-11-22 - FREQ=DAILY;BYMONTH=1" + strings.Repeat(",1", 500), want: []string{"rrule bad-rrule (limit)"}},
	{session: "2026-11-22 - FREQ=DAILY;COUNT=3;UNTIL=20261205", want: []string{"rrule bad-rrule (until)"}},
	{session: "2026-11-22 - FREQ=DAILY;UNTIL=2026-12-05", want: []string{"rrule bad-rrule (until)"}},
	{session: "2026-11-22 - FREQ=DAILY;UNTIL=20261305", want: []string{"rrule bad-rrule (until)"}},
	{session: "2026-11-22 - FREQ=DAILY;UNTIL=20261205T1800", want: []string{"rrule bad-rrule (until)"}},
	{session: "2026-11-22 - FREQ=WEEKLY;BYDAY=1TU", want: []string{"rrule bad-rrule (days)"}},
	{session: "2026-11-22 - FREQ=MONTHLY;BYDAY=53MO", want: []string{"rrule bad-rrule (days)"}},
	{session: "2026-11-22 - FREQ=YEARLY;BYMONTH=12;BYDAY=53MO", want: []string{"rrule bad-rrule (days)"}},
	{session: "2026-11-22 - FREQ=MONTHLY;BYDAY=MO,1TU", want: []string{"rrule bad-rrule (days)"}},
	{session: "2026-11-22 - FREQ=WEEKLY;BYMONTHDAY=1", want: []string{"rrule bad-rrule (together)"}},
	{session: "2026-11-22 - FREQ=MONTHLY;BYYEARDAY=1", want: []string{"rrule bad-rrule (together)"}},
	{session: "2026-11-22 - FREQ=YEARLY;BYWEEKNO=1", want: []string{"rrule bad-rrule (together)"}},
	{session: "2026-11-22 - FREQ=WEEKLY;BYDAY=MO,TU;BYSETPOS=1", want: []string{"rrule bad-rrule (together)"}},
	{session: "2026-11-22 - FREQ=MONTHLY;BYSETPOS=1", want: []string{"rrule bad-rrule (together)"}},
}

func TestCheck(t *testing.T) {
	for _, c := range checks {
		s := session(t, c.session, c.except...)
		s.Zone = c.zone
		got := when.Check([]when.Session{{}, s}, location(t, "Asia/Qatar"))
		if diff := cmp.Diff(c.want, found(got)); diff != "" {
			t.Errorf("%s %v %s (-want +got):\n%s", c.session, c.except, c.zone, diff)
		}
		for _, p := range got {
			if p.Session != 1 {
				t.Errorf("%s: %s is of session %d; want 1", c.session, p.Name, p.Session)
			}
		}
	}
}

// What Check calls an error of zone, end or rule gives no occurrences.
func TestCheckAgreesWithOccurrences(t *testing.T) {
	for _, c := range checks {
		s := session(t, c.session, c.except...)
		s.Zone = c.zone
		occ := when.Occurrences([]when.Session{s}, location(t, "Asia/Qatar"), date(t, "2020-01-01"), date(t, "2030-12-31"))
		broken := false
		for _, p := range when.Check([]when.Session{s}, location(t, "Asia/Qatar")) {
			broken = broken || !p.Warning() && p.Name != "skipped-time" && !strings.HasPrefix(p.Field, "except/")
		}
		if broken != (len(occ) == 0) {
			t.Errorf("%s %v %s: broken is %v, but %d occurrences", c.session, c.except, c.zone, broken, len(occ))
		}
	}
}

// Every problem has a message, and a hint, that uses the values it is given.
func TestMessages(t *testing.T) {
	src := &diag.Source{}
	for _, c := range checks {
		s := session(t, c.session, c.except...)
		s.Zone = c.zone
		for _, p := range when.Check([]when.Session{s}, location(t, "Asia/Qatar")) {
			d := diag.New("when/"+p.Name, diag.Span{Source: src}, p.Args...).Hinted(p.Variant)
			for _, lang := range diag.Languages {
				message, hint := d.Message(lang), d.Hint(lang)
				if message == d.Rule || hint == "" || strings.ContainsAny(message+hint, "{}") {
					t.Errorf("%s in %s: %q, %q", d.Rule, lang, message, hint)
				}
			}
		}
	}
}

func TestCheckValues(t *testing.T) {
	s := session(t, "2026-03-08T02:30 - FREQ=WEEKLY;BYDAY=TU")
	got := when.Check([]when.Session{s}, location(t, "America/Chicago"))
	var text []string
	for _, p := range got {
		text = append(text, fmt.Sprint(p.Args))
	}
	want := []string{
		"[time 2026-03-08T02:30:00 zone America/Chicago from 02:00 to 03:00 near 2026-03-08T03:00:00]",
		`[start 2026-03-08T02:30:00 rule "FREQ=WEEKLY;BYDAY=TU" first 2026-03-10T02:30:00]`,
	}
	if diff := cmp.Diff(want, text); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}
