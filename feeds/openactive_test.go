package feeds_test

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"fursa/feeds"
	"fursa/schema"
	"fursa/schema/when"
)

// told is an opportunity in OpenActive's words, without what all have here.
func told(t *testing.T, v schema.Opportunity, change func(*feeds.Opportunity)) map[string]any {
	t.Helper()
	zone, err := time.LoadLocation("Asia/Qatar")
	if err != nil {
		t.Fatal(err)
	}
	v.Title, v.Summary, v.Mode = "Stars", "Telescopes on the roof.", "in-person"
	o := feeds.Opportunity{Shared: feeds.Shared{ID: "https://a.example/x", URL: "https://a.example/x/", Path: "x"}, Value: &v, Zone: zone, Context: "https://a.example/context"}
	o.Shared.Record = json.RawMessage("{}")
	if change != nil {
		change(&o)
	}
	data, err := feeds.OpenActive(o)
	if err != nil {
		t.Fatal(err)
	}
	for _, empty := range []string{"null", `""`, "[]"} {
		if strings.Contains(string(data), ":"+empty) {
			t.Errorf("%s in %s", empty, data)
		}
	}
	var n map[string]any
	if err := json.Unmarshal(data, &n); err != nil {
		t.Fatal(err)
	}
	if shared, ok, err := feeds.SharedOf(data); err != nil || !ok || shared.ID != o.Shared.ID {
		t.Errorf("what was shared comes back as %+v, %v, %v", shared, ok, err)
	}
	for _, key := range []string{"@context", "@id", "name", "description", "url", "category", "genderRestriction", "fursa:record"} {
		if _, ok := n[key]; !ok {
			t.Errorf("no %s in %s", key, data)
		}
		delete(n, key)
	}
	return n
}

func moment(t *testing.T, s string) when.Moment {
	t.Helper()
	m, err := when.ParseMoment(s)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func date(t *testing.T, s string) when.Date { t.Helper(); return moment(t, s).Date }

// The type goes by the shape of the record; what that does not say is nowhere.
func TestOpenActiveShapes(t *testing.T) {
	session := func(start, end, rule string) schema.Session {
		s := schema.Session{Start: moment(t, start), RRule: rule}
		if end != "" {
			s.End = moment(t, end)
		}
		return s
	}
	clock := when.Clock{Hour: 16}
	later := when.Clock{Hour: 17, Minute: 30}
	for name, c := range map[string]struct {
		record schema.Opportunity
		want   string
	}{
		"once": {
			schema.Opportunity{Kind: "talk", Sessions: []schema.Session{session("2026-12-03T18:00:00", "2026-12-03T19:45:00", "")}},
			`{"@type":"Event","startDate":"2026-12-03T18:00:00+03:00","endDate":"2026-12-03T19:45:00+03:00","duration":"PT1H45M"}`,
		},
		"once, with no end": {
			schema.Opportunity{Kind: "talk", Duration: "PT2H", Sessions: []schema.Session{session("2026-12-03T18:00:00", "", "")}},
			`{"@type":"Event","startDate":"2026-12-03T18:00:00+03:00","duration":"PT2H"}`,
		},
		"whole days": {
			schema.Opportunity{Kind: "camp", Sessions: []schema.Session{session("2026-12-03", "2026-12-05", "")}},
			`{"@type":"Event","startDate":"2026-12-03","endDate":"2026-12-05","duration":"P3D"}`,
		},
		"each week": {
			schema.Opportunity{Kind: "club", Sessions: []schema.Session{session("2026-12-01T16:00:00", "2026-12-01T17:30:00", "FREQ=WEEKLY;BYDAY=TU;UNTIL=20270601")}},
			`{"@type":"SessionSeries","eventSchedule":[{"@type":"Schedule","scheduledEventType":"ScheduledSession","startDate":"2026-12-01","endDate":"2027-06-01",
				"repeatFrequency":"P1W","byDay":["https://schema.org/Tuesday"],"startTime":"16:00","endTime":"17:30","duration":"PT1H30M","scheduleTimezone":"Asia/Qatar"}]}`,
		},
		"twice, once cancelled": {
			schema.Opportunity{Kind: "talk", Sessions: []schema.Session{session("2026-12-03T18:00:00", "", ""), {ID: "second", Start: moment(t, "2026-12-10T18:00:00"), Status: "cancelled"}}},
			`{"@type":"SessionSeries","subEvent":[
				{"@type":"ScheduledSession","@id":"https://a.example/x#session-1","eventStatus":"https://schema.org/EventScheduled","startDate":"2026-12-03T18:00:00+03:00"},
				{"@type":"ScheduledSession","@id":"https://a.example/x#session-second","eventStatus":"https://schema.org/EventCancelled","startDate":"2026-12-10T18:00:00+03:00"}]}`,
		},
		"a course": {
			schema.Opportunity{Kind: "course", Sessions: []schema.Session{session("2026-12-01T16:00:00", "2026-12-01T17:00:00", "FREQ=DAILY;COUNT=3")}},
			`{"@type":"CourseInstance","startDate":"2026-12-01","endDate":"2026-12-03","duration":"P3D","eventSchedule":[{"@type":"Schedule","scheduledEventType":"Event",
				"startDate":"2026-12-01","repeatFrequency":"P1D","repeatCount":3,"startTime":"16:00","endTime":"17:00","duration":"PT1H","scheduleTimezone":"Asia/Qatar"}]}`,
		},
		"a course without an end": {
			schema.Opportunity{Kind: "course", Sessions: []schema.Session{session("2026-12-01", "", "FREQ=MONTHLY")}},
			`{"@type":"SessionSeries","eventSchedule":[{"@type":"PartialSchedule","startDate":"2026-12-01","repeatFrequency":"P1M","byMonthDay":[1],"scheduleTimezone":"Asia/Qatar"}]}`,
		},
		"a rule without words": {
			schema.Opportunity{Kind: "club", Sessions: []schema.Session{session("2026-12-01", "", "FREQ=MONTHLY;BYDAY=-1TU")}},
			`{"@type":"SessionSeries"}`,
		},
		"a period": {
			schema.Opportunity{Kind: "club", Period: &schema.Period{From: date(t, "2027-01-10"), Days: []string{"sun"}, Starts: &clock, Ends: &later}},
			`{"@type":"SessionSeries","eventSchedule":[{"@type":"PartialSchedule","startDate":"2027-01-10","repeatFrequency":"P1W","byDay":["https://schema.org/Sunday"],
				"startTime":"16:00","endTime":"17:30","duration":"PT1H30M","scheduleTimezone":"Asia/Qatar"}]}`,
		},
		"at any time": {
			schema.Opportunity{Kind: "resource", Anytime: true, Duration: "PT40M", Status: "full"},
			`{"@type":"OnDemandEvent","duration":"PT40M"}`,
		},
		"full": {
			schema.Opportunity{Kind: "talk", Status: "full", Sessions: []schema.Session{session("2026-12-03", "", "")}},
			`{"@type":"Event","startDate":"2026-12-03","remainingAttendeeCapacity":0}`,
		},
		"cancelled": {
			schema.Opportunity{Kind: "talk", Status: "cancelled", Sessions: []schema.Session{session("2026-12-03", "", "")}},
			`{"@type":"Event","startDate":"2026-12-03","eventStatus":"https://schema.org/EventCancelled"}`,
		},
	} {
		t.Run(name, func(t *testing.T) {
			got := told(t, c.record, nil)
			var want map[string]any
			if err := json.Unmarshal([]byte(c.want), &want); err != nil {
				t.Fatal(err)
			}
			want["ageRange"] = map[string]any{"@type": "QuantitativeValue", "minValue": 0.0}
			if want["@type"] != "OnDemandEvent" {
				want["eventAttendanceMode"] = "https://schema.org/OfflineEventAttendanceMode"
				if want["eventStatus"] == nil {
					want["eventStatus"] = "https://schema.org/EventScheduled"
				}
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

// What stands beside the dates.
func TestOpenActiveFields(t *testing.T) {
	amount, low, lat, eight := 250.0, 5.0, 25.3, 8
	for name, c := range map[string]struct {
		record schema.Opportunity
		change func(*feeds.Opportunity)
		want   string
	}{
		"ages": {schema.Opportunity{}, func(o *feeds.Opportunity) { o.Ages = &schema.Range{Max: &eight} }, `{"ageRange":{"@type":"QuantitativeValue","maxValue":8}}`},
		"for teachers": {
			schema.Opportunity{Audience: []string{"teachers"}}, nil,
			`{"ageRange":{"@type":"QuantitativeValue","minValue":18}}`,
		},
		"a price": {
			schema.Opportunity{Cost: schema.Cost{Amount: &amount, Currency: "QAR", Per: "month"}}, nil,
			`{"offers":[{"@type":"Offer","price":250,"priceCurrency":"QAR","fursa:per":"month"}],"isAccessibleForFree":false}`,
		},
		"nothing to pay": {
			schema.Opportunity{Cost: schema.Cost{Amount: new(float64), Currency: "QAR"}}, nil,
			`{"offers":[{"@type":"Offer","price":0}],"isAccessibleForFree":true}`,
		},
		"a price between two": {schema.Opportunity{Cost: schema.Cost{From: &low, To: &amount, Currency: "QAR"}}, nil, `{"isAccessibleForFree":false}`},
		"an unknown price":    {schema.Opportunity{Cost: schema.Cost{Unknown: true}}, nil, `{}`},
		"who and what": {schema.Opportunity{}, func(o *feeds.Opportunity) {
			o.Provider, o.ProviderID = &schema.Provider{Name: "Museum", Contact: &schema.Contact{Email: "a@museum.example"}}, "https://a.example/m"
			o.Subjects, o.Image = []feeds.Concept{{ID: "https://a.example/s", Label: "نجوم", Scheme: "https://a.example/all"}}, "https://a.example/i.png"
		}, `{"organizer":{"@type":"Organization","@id":"https://a.example/m","name":"Museum","email":"a@museum.example"},
			"activity":[{"@type":"Concept","@id":"https://a.example/s","prefLabel":"نجوم","inScheme":"https://a.example/all"}],
			"image":[{"@type":"ImageObject","url":"https://a.example/i.png"}]}`},
	} {
		t.Run(name, func(t *testing.T) {
			c.record.Kind, c.record.Anytime = "resource", true
			got := told(t, c.record, c.change)
			want := map[string]any{"ageRange": map[string]any{"@type": "QuantitativeValue", "minValue": 0.0}}
			if err := json.Unmarshal([]byte(c.want), &want); err != nil {
				t.Fatal(err)
			}
			want["@type"] = "OnDemandEvent"
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
	place := schema.Place{Locality: "Doha", Latitude: &lat, Longitude: &lat, Directions: "Ring."}
	got := told(t, schema.Opportunity{Kind: "talk", Place: &place, Registration: &schema.Registration{Capacity: 9}, Sessions: []schema.Session{{Start: moment(t, "2026-12-03")}}}, nil)
	want := map[string]any{
		"@type": "Place", "name": "Doha", "address": map[string]any{"@type": "PostalAddress", "addressLocality": "Doha"},
		"geo": map[string]any{"@type": "GeoCoordinates", "latitude": 25.3, "longitude": 25.3},
	}
	if diff := cmp.Diff(want, got["location"]); diff != "" || got["meetingPoint"] != "Ring." || got["maximumAttendeeCapacity"] != 9.0 {
		t.Errorf("%v (-want +got):\n%s", got, diff)
	}
}

func TestSharedOfOthers(t *testing.T) {
	if s, ok, err := feeds.SharedOf(json.RawMessage(`{"@type":"Event","name":"x"}`)); ok || err != nil {
		t.Errorf("%+v, %v, %v", s, ok, err)
	}
	if _, _, err := feeds.SharedOf(json.RawMessage(`{"fursa:record":{"id":7}}`)); err == nil {
		t.Error("an id that is a number is none")
	}
}
