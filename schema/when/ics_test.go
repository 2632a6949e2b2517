package when_test

import (
	"testing"
	"time"

	"fursa/schema/when"

	"github.com/google/go-cmp/cmp"
)

func TestRuleForICS(t *testing.T) {
	for _, c := range []struct {
		session string
		except  []string
		rule    string
		exdates []string
	}{
		{session: "2026-12-01T18:00 - -"},
		{session: "2026-12-01T18:00 - FREQ=HOURLY"},
		{
			session: "2026-10-27T18:00 - UNTIL=20261201;freq=weekly;BYDAY=TU",
			except:  []string{"2026-11-10", "2026-11-03T18:00", "2026-11-03"},
			rule:    "FREQ=WEEKLY;BYDAY=TU;UNTIL=20261202T055959Z",
			exdates: []string{"2026-11-03T18:00:00-06:00", "2026-11-10T18:00:00-06:00"},
		},
		{
			session: "2026-10-27T18:00 - FREQ=DAILY;UNTIL=20261029T180000",
			except:  []string{"2026-10-28T00:00"},
			rule:    "FREQ=DAILY;UNTIL=20261029T230000Z",
			exdates: []string{"2026-10-28T00:00:00-05:00"},
		},
		{session: "2026-10-27T18:00 - FREQ=DAILY;UNTIL=20261029T120000Z", rule: "FREQ=DAILY;UNTIL=20261029T120000Z"},
		{
			session: "2026-12-01 - FREQ=DAILY;UNTIL=20261205T030000Z;INTERVAL=2",
			except:  []string{"2026-12-03"},
			rule:    "FREQ=DAILY;INTERVAL=2;UNTIL=20261205",
			exdates: []string{"2026-12-03T00:00:00-06:00"},
		},
		{session: "2026-01-31 - FREQ=MONTHLY;BYDAY=-1FR,+1MO;COUNT=4;WKST=SU", rule: "FREQ=MONTHLY;WKST=SU;COUNT=4;BYDAY=-1FR,+1MO"},
	} {
		rule, dates := when.RuleForICS(session(t, c.session, c.except...), location(t, "America/Chicago"))
		var exdates []string
		for _, d := range dates {
			exdates = append(exdates, d.Format(time.RFC3339))
		}
		if rule != c.rule || !cmp.Equal(exdates, c.exdates) {
			t.Errorf("%s: %q %v; want %q %v", c.session, rule, exdates, c.rule, c.exdates)
		}
	}
}

func TestFirstStart(t *testing.T) {
	for _, c := range []struct{ session, except, want string }{
		{"2026-11-22T18:00 - FREQ=WEEKLY;BYDAY=TU", "2026-11-24", "2026-11-24T18:00:00"},
		{"2026-11-22 - -", "2026-11-22", "2026-11-22"},
		{"2026-11-22 - FREQ=DAILY;UNTIL=20261101", "2026-11-22", ""},
		{"2026-11-22 2026-11-21 -", "2026-11-22", ""},
	} {
		got, ok := when.FirstStart(session(t, c.session, c.except), time.UTC)
		if got.String() != c.want || ok != (c.want != "") {
			t.Errorf("%s: %s, %v; want %s", c.session, got, ok, c.want)
		}
	}
}
