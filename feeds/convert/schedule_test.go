package convert_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"fursa/feeds/convert"
)

// TestSchedules holds how the schedules of OpenActive and schema.org become
// series, and what of them does not.
func TestSchedules(t *testing.T) {
	const since = `"startDate":"2027-01-05"`
	for name, c := range map[string]struct{ fields, want string }{
		"a rule": {
			`"eventSchedule":[{` + since + `,"endDate":"2027-03-30","repeatFrequency":"P2W","byDay":["https://schema.org/Tuesday","schema:Thursday"],
			"startTime":"18:00","endTime":"19:30","exceptDate":["2027-01-19T18:00:00+03:00","2027-02-02"]}]`,
			`[{"start":"2027-01-05T18:00:00","end":"2027-01-05T19:30:00","rrule":"FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,TH;UNTIL=20270330","except":["2027-01-19T18:00:00","2027-02-02"]}]`,
		},
		"through the night, a number of times": {
			`"eventSchedule":{` + since + `,"endDate":"2027-01-09","repeatFrequency":"P1D","repeatCount":3,"startTime":"22:00:00","endTime":"01:00:00"}`,
			`[{"start":"2027-01-05T22:00:00","end":"2027-01-06T01:00:00","rrule":"FREQ=DAILY;COUNT=3"}]`,
		},
		"by the length": {
			`"eventSchedule":[{` + since + `,"repeatFrequency":"P1M","byMonthDay":[5],"startTime":"09:00","duration":"PT1H30M"}]`,
			`[{"start":"2027-01-05T09:00:00","end":"2027-01-05T10:30:00","rrule":"FREQ=MONTHLY;BYMONTHDAY=5"}]`,
		},
		"schema.org's words": {
			`"eventSchedule":{` + since + `,"repeatFrequency":"Monthly","byDay":"Tuesday","byMonthWeek":1,"startTime":"09:00","scheduleTimezone":"Europe/London"}`,
			`[{"start":"2027-01-05T09:00:00","rrule":"FREQ=MONTHLY;BYDAY=1TU","zone":"Europe/London"}]`,
		},
		"the calendar's words": {
			`"eventSchedule":{` + since + `,"byDay":["TU"],"startTime":"09:00"}`,
			`[{"start":"2027-01-05T09:00:00","rrule":"FREQ=WEEKLY;BYDAY=TU"}]`,
		},
		"dates that are told one by one": {
			`"eventSchedule":{` + since + `,"repeatFrequency":"P1W","startTime":"09:00"},
			"subEvent":[{"@type":"ScheduledSession","startDate":"2027-01-12T09:00:00+03:00"},{"@type":"ScheduledSession","startDate":"2027-01-20T09:00:00+03:00"}]`,
			`[{"start":"2027-01-12T09:00:00"},{"start":"2027-01-20T09:00:00"}]`,
		},
		"dates beside a rule": {
			`"eventSchedule":{` + since + `,"repeatFrequency":"P1W","startTime":"09:00"},"subEvent":[{"@type":"ScheduledSession","startDate":"2027-01-20T11:00:00+03:00"}]`,
			`[{"start":"2027-01-20T11:00:00"},{"start":"2027-01-05T09:00:00","rrule":"FREQ=WEEKLY"}]`,
		},
		"days without an hour": {
			`"eventSchedule":{` + since + `,"endDate":"2027-06-30","repeatFrequency":"P1W","byDay":["https://schema.org/Tuesday"]}`,
			`{"from":"2027-01-05","to":"2027-06-30"}`,
		},
		"no frequency that there is":  {`"eventSchedule":{` + since + `,"repeatFrequency":"PT2H","startTime":"09:00"}`, `import/row-no-date`},
		"no day that there is":        {`"eventSchedule":{` + since + `,"byDay":["https://schema.org/PublicHolidays"],"startTime":"09:00"}`, `import/row-no-date`},
		"no zone that there is":       {`"eventSchedule":{` + since + `,"repeatFrequency":"P1W","scheduleTimezone":"Europe/Atlantis"}`, `"Europe/Atlantis" is no time zone`},
		"more times than can be":      {`"eventSchedule":{` + since + `,"repeatFrequency":"P1W","repeatCount":1e9,"startTime":"09:00"}`, `its schedule can't be`},
		"times that don't go forward": {`"eventSchedule":{"startDate":"2027-01-05","endDate":"2026-01-05","repeatFrequency":"P1W","startTime":"09:00"}`, `its schedule can't be`},
	} {
		t.Run(name, func(t *testing.T) {
			page := `{"next":"https://town.example/feed?after=1","items":[{"state":"updated","kind":"SessionSeries","id":"1","modified":1,"data":{"@type":"SessionSeries","@id":"https://town.example/1",
			"name":"Netball","description":"Pass, pivot and shoot, in the big hall.",` + c.fields + `}}]}`
			got := dated(t, page)
			if len(got) != 1 {
				t.Fatal(got)
			}
			if strings.HasPrefix(c.want, "[") || strings.HasPrefix(c.want, "{") {
				if diff := cmp.Diff(plainJSON(t, c.want), plainJSON(t, got[0])); diff != "" {
					t.Error(diff)
				}
			} else if !strings.Contains(got[0], c.want) {
				t.Errorf("%s", got[0])
			}
		})
	}
}

// Sessions are dates of their series, in whichever order the feed has them, and
// stand by themselves where it has no series.
func TestSessionsOfASeries(t *testing.T) {
	item := func(kind, id, data string) string {
		return fmt.Sprintf(`{"state":"updated","kind":%q,"id":%q,"modified":1,"data":{"@type":%q,"@id":"https://town.example/%s",%s}}`, kind, id, kind, id, data)
	}
	got := dated(t, `{"next":"https://town.example/feed?after=1","items":[`+strings.Join([]string{
		item("ScheduledSession", "a", `"superEvent":"https://town.example/s","startDate":"2027-01-12T09:00:00+03:00"`),
		item("SessionSeries", "s", `"name":"Netball","description":"Pass, pivot and shoot, in the big hall.","subEvent":["https://town.example/a"]`),
		item("ScheduledSession", "b", `"superEvent":{"@id":"https://town.example/s"},"startDate":"2027-01-19T09:00:00+03:00"`),
		item("ScheduledSession", "c", `"superEvent":{"@type":"SessionSeries","name":"Judo","description":"Throw each other, and fall softly."},"startDate":"2027-01-26T09:00:00+03:00"`),
	}, ",")+`]}`)
	want := []string{`[{"start":"2027-01-12T09:00:00"},{"start":"2027-01-19T09:00:00"}]`, `[{"start":"2027-01-26T09:00:00"}]`}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

// Ids that are none break nothing.
func TestSessionsWithoutIDs(t *testing.T) {
	series := `{"state":"updated","kind":"SessionSeries","id":"s","modified":1,"data":{"@type":"SessionSeries","@id":"https://town.example/s",
		"name":"Netball","description":"Pass, pivot and shoot, in the big hall.","subEvent":[{"@id":{}},{"@id":[]},7]}}`
	var all []string
	for i, id := range []string{"{}", "[]", "7", "null"} {
		all = append(all, fmt.Sprintf(`{"state":"updated","kind":"ScheduledSession","id":"%d","modified":1,"data":{"@type":"ScheduledSession","@id":%s,
			"superEvent":{"@id":"https://town.example/s"},"startDate":"2027-01-1%dT09:00:00+03:00"}}`, i, id, i))
	}
	got := dated(t, `{"next":"https://town.example/feed?after=1","items":[`+series+","+strings.Join(all, ",")+`]}`)
	want := `[{"start":"2027-01-10T09:00:00"},{"start":"2027-01-11T09:00:00"},{"start":"2027-01-12T09:00:00"},{"start":"2027-01-13T09:00:00"}]`
	if diff := cmp.Diff([]string{want}, got); diff != "" {
		t.Error(diff)
	}
}

// dated are the sessions of each listing of an RPDE feed, or its period, or why
// there is none.
func dated(t *testing.T, feed string) []string {
	t.Helper()
	m, list := convert.BuiltIn(convert.FormatRPDE, convert.Defaults{
		Name: "x", Lang: "en", Zone: "Asia/Qatar", Provider: "P", Kind: "event", Subject: "music", Mode: "online", Ages: "6-",
	})
	if len(list) > 0 {
		t.Fatal(list)
	}
	result, _, err := convert.Read(convert.FormatRPDE, strings.NewReader(feed), m)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, l := range result.Listings {
		var when any = l.Record.Sessions
		if l.Record.Period != nil {
			when = l.Record.Period
		}
		text, err := json.Marshal(when)
		if err != nil {
			t.Fatal(err)
		}
		got = append(got, string(text))
	}
	for _, note := range result.Report.Unused {
		got = append(got, written([]convert.Note{note}))
	}
	return got
}

func plainJSON(t *testing.T, text string) (v any) {
	t.Helper()
	if err := json.Unmarshal([]byte(text), &v); err != nil {
		t.Fatal(err)
	}
	return v
}
