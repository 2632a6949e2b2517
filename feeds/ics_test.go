package feeds_test

import (
	"bytes"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/emersion/go-ical"
	"github.com/google/go-cmp/cmp"

	"fursa/feeds"
)

func zone(t testing.TB, name string) *time.Location {
	t.Helper()
	loc, err := time.LoadLocation(name)
	if err != nil {
		t.Fatal(err)
	}
	return loc
}

func calendar() feeds.Calendar {
	return feeds.Calendar{
		Name: "Learning in Doha; astronomy", Description: "All coming events", Lang: "en",
		Self:    "https://www.doha.example/subjects/astronomy/calendar.ics",
		URL:     "https://www.doha.example/subjects/astronomy/",
		Loc:     doha,
		Updated: at("2026-01-01 00:00"),
		Events:  []feeds.Event{rooftop()},
	}
}

func rooftop() feeds.Event {
	latitude, longitude := 25.2871, 51.5486
	return feeds.Event{
		UID:         "https://doha.example/opportunities/museum/night-sky#first",
		Summary:     "ليلة الفلك، على سطح المتحف; مع \\ التلسكوبات, للجميع",
		Description: "السبت، 5 ديسمبر 2026، 18:00.\nتلسكوبات على السطح، ومعها شرح لما يُرى في السماء ليلاً: زحل والمشتري والقمر.",
		Location:    "National Museum, Doha", Lang: "ar",
		URL:        "https://www.doha.example/ar/opportunities/museum/night-sky/?a=1,2;b",
		Status:     "CONFIRMED",
		Categories: []string{"Astronomy, space", "علم الفلك"},
		Start:      at("2026-12-05 18:00"), End: at("2026-12-05 20:30"),
		RRule:    "FREQ=WEEKLY;UNTIL=20261226T205959Z",
		Except:   []time.Time{at("2026-12-12 18:00"), at("2026-12-19 18:00")},
		Latitude: &latitude, Longitude: &longitude,
		Sequence: 2,
		Created:  at("2026-11-02 09:30"), Modified: at("2026-11-03 10:00"),
		Organizer: feeds.Person{Name: `The "Museum", Doha`, Email: "learn@museum.example"},
	}
}

func writeICS(t testing.TB, c feeds.Calendar) string {
	t.Helper()
	var out bytes.Buffer
	if err := feeds.ICS(&out, c); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

func readICS(t testing.TB, document string) *ical.Calendar {
	t.Helper()
	c, err := ical.NewDecoder(strings.NewReader(document)).Decode()
	if err != nil {
		t.Fatalf("%v\n%s", err, document)
	}
	return c
}

// unfolded are the lines of a calendar, each in one piece.
func unfolded(document string) []string {
	return strings.Split(strings.ReplaceAll(document, "\r\n ", ""), "\r\n")
}

// TestICS holds the whole of a calendar, as RFC 5545 and RFC 7986 have it.
func TestICS(t *testing.T) {
	want := []string{
		"BEGIN:VCALENDAR",
		"VERSION:2.0",
		"PRODID:-//Fursa//Fursa//EN",
		"CALSCALE:GREGORIAN",
		"METHOD:PUBLISH",
		`NAME;LANGUAGE=en:Learning in Doha\; astronomy`,
		`X-WR-CALNAME:Learning in Doha\; astronomy`,
		"DESCRIPTION;LANGUAGE=en:All coming events",
		"X-WR-CALDESC:All coming events",
		"X-WR-TIMEZONE:Asia/Qatar",
		"URL:https://www.doha.example/subjects/astronomy/",
		"SOURCE;VALUE=URI:https://www.doha.example/subjects/astronomy/calendar.ics",
		"LAST-MODIFIED:20261103T070000Z",
		"REFRESH-INTERVAL;VALUE=DURATION:PT12H",
		"X-PUBLISHED-TTL:PT12H",
		"BEGIN:VTIMEZONE",
		"TZID:Asia/Qatar",
		"BEGIN:STANDARD",
		"DTSTART:19700101T030000",
		"TZOFFSETFROM:+0300",
		"TZOFFSETTO:+0300",
		"TZNAME:Asia/Qatar",
		"END:STANDARD",
		"END:VTIMEZONE",
		"BEGIN:VEVENT",
		"UID:https://doha.example/opportunities/museum/night-sky#first",
		"DTSTAMP:20261103T070000Z",
		"CREATED:20261102T063000Z",
		"LAST-MODIFIED:20261103T070000Z",
		"SEQUENCE:2",
		"STATUS:CONFIRMED",
		"DTSTART;TZID=Asia/Qatar:20261205T180000",
		"DTEND;TZID=Asia/Qatar:20261205T203000",
		"RRULE:FREQ=WEEKLY;UNTIL=20261226T205959Z",
		"EXDATE;TZID=Asia/Qatar:20261212T180000",
		"EXDATE;TZID=Asia/Qatar:20261219T180000",
		`SUMMARY;LANGUAGE=ar:ليلة الفلك، على سطح المتحف\; مع \\ التلسكوبات\, للجميع`,
		`DESCRIPTION;LANGUAGE=ar:السبت، 5 ديسمبر 2026، 18:00.\nتلسكوبات على السطح، ومعها شرح لما يُرى في السماء ليلاً: زحل والمشتري والقمر.`,
		`LOCATION;LANGUAGE=ar:National Museum\, Doha`,
		"GEO:25.2871;51.5486",
		`CATEGORIES;LANGUAGE=ar:Astronomy\, space,علم الفلك`,
		"URL:https://www.doha.example/ar/opportunities/museum/night-sky/?a=1,2;b",
		`ORGANIZER;CN="The 'Museum', Doha":mailto:learn@museum.example`,
		"END:VEVENT",
		"END:VCALENDAR",
		"",
	}
	if diff := cmp.Diff(want, unfolded(writeICS(t, calendar()))); diff != "" {
		t.Error(diff)
	}
}

// TestICSReadBack holds that a real reader finds the same events, and expands
// a rule to the same dates.
func TestICSReadBack(t *testing.T) {
	e := rooftop()
	events := readICS(t, writeICS(t, calendar())).Events()
	if len(events) != 1 {
		t.Fatalf("got %d events, want 1", len(events))
	}
	got := map[string]string{}
	for _, name := range []string{"UID", "SUMMARY", "DESCRIPTION", "LOCATION"} {
		text, err := events[0].Props.Text(name)
		if err != nil {
			t.Error(err)
		}
		got[name] = text
	}
	want := map[string]string{"UID": e.UID, "SUMMARY": e.Summary, "DESCRIPTION": e.Description, "LOCATION": e.Location}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	categories, err := events[0].Props.Get("CATEGORIES").TextList()
	if diff := cmp.Diff(e.Categories, categories); err != nil || diff != "" {
		t.Error(err, diff)
	}
	set, err := events[0].RecurrenceSet(doha)
	if err != nil {
		t.Fatal(err)
	}
	dates := []time.Time{e.Start, e.Start.AddDate(0, 0, 21)}
	if diff := cmp.Diff(dates, set.All()); diff != "" {
		t.Error(diff)
	}
}

// TestEventTimes is a table of how times are said.
func TestEventTimes(t *testing.T) {
	tests := map[string]struct {
		event feeds.Event
		want  []string
	}{
		"a day ends on the next": {
			feeds.Event{Start: at("2026-12-05 00:00"), End: at("2026-12-05 00:00"), AllDay: true},
			[]string{"DTSTART;VALUE=DATE:20261205", "DTEND;VALUE=DATE:20261206"},
		},
		"a day without an end, too": {
			feeds.Event{Start: at("2026-12-05 00:00"), AllDay: true},
			[]string{"DTSTART;VALUE=DATE:20261205", "DTEND;VALUE=DATE:20261206"},
		},
		"days end after the last": {
			feeds.Event{Start: at("2026-12-30 00:00"), End: at("2026-12-31 00:00"), AllDay: true},
			[]string{"DTSTART;VALUE=DATE:20261230", "DTEND;VALUE=DATE:20270101"},
		},
		"a time without an end has none": {
			feeds.Event{Start: at("2026-12-05 18:00"), End: at("2026-12-05 18:00")},
			[]string{"DTSTART;TZID=Asia/Qatar:20261205T180000"},
		},
		"an end is told in the zone of the start": {
			feeds.Event{Start: at("2026-12-05 18:00"), End: at("2026-12-05 19:00").UTC()},
			[]string{"DTSTART;TZID=Asia/Qatar:20261205T180000", "DTEND;TZID=Asia/Qatar:20261205T190000"},
		},
		"UTC is no zone": {
			feeds.Event{Start: at("2026-12-05 18:00").UTC()},
			[]string{"DTSTART:20261205T150000Z"},
		},
		"days recur until a day, and leave out days": {
			feeds.Event{
				Start: at("2026-12-05 00:00"), AllDay: true, RRule: "FREQ=DAILY;UNTIL=20261210",
				Except: []time.Time{at("2026-12-06 00:00")},
			},
			[]string{
				"DTSTART;VALUE=DATE:20261205", "DTEND;VALUE=DATE:20261206",
				"RRULE:FREQ=DAILY;UNTIL=20261210", "EXDATE;VALUE=DATE:20261206",
			},
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			test.event.UID, test.event.Summary, test.event.Modified = "u", "s", at("2026-01-01 00:00")
			c := calendar()
			c.Events = []feeds.Event{test.event}
			var got []string
			_, event, _ := strings.Cut(writeICS(t, c), "BEGIN:VEVENT")
			for _, line := range unfolded(event) {
				for _, name := range []string{"DTSTART", "DTEND", "EXDATE", "RRULE"} {
					if strings.HasPrefix(line, name) {
						got = append(got, line)
					}
				}
			}
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// TestIncompleteEvent holds that an event without what the standard demands is
// not written.
func TestIncompleteEvent(t *testing.T) {
	for name, spoil := range map[string]func(*feeds.Event){
		"uid":      func(e *feeds.Event) { e.UID = "" },
		"summary":  func(e *feeds.Event) { e.Summary = "" },
		"start":    func(e *feeds.Event) { e.Start = time.Time{} },
		"modified": func(e *feeds.Event) { e.Modified = time.Time{} },
	} {
		c := calendar()
		spoil(&c.Events[0])
		if err := feeds.ICS(&bytes.Buffer{}, c); err == nil {
			t.Errorf("without its %s an event was written", name)
		}
	}
}

// TestEmptyCalendar holds that a calendar without events is still one that
// readers take: it must hold some component.
func TestEmptyCalendar(t *testing.T) {
	c := calendar()
	c.Events = nil
	children := readICS(t, writeICS(t, c)).Children
	if len(children) != 1 || children[0].Name != ical.CompTimezone {
		t.Errorf("got %v, want a time zone alone", children)
	}
}

// TestCalendarSize holds that a calendar stays below 1 MB, and keeps the next
// events.
func TestCalendarSize(t *testing.T) {
	c := calendar()
	for len(c.Events) < 3000 {
		c.Events = append(c.Events, rooftop())
	}
	for n := range c.Events {
		c.Events[n].Start = c.Events[n].Start.AddDate(0, 0, n)
		c.Events[n].End = c.Events[n].End.AddDate(0, 0, n)
	}
	document := writeICS(t, c)
	if len(document) > 1_000_000 || len(document) < 900_000 {
		t.Errorf("got %d bytes, want just below 1 MB", len(document))
	}
	start, err := readICS(t, document).Events()[0].DateTimeStart(nil)
	if err != nil || !start.Equal(c.Events[0].Start) {
		t.Errorf("begins with %v (%v), want %v", start, err, c.Events[0].Start)
	}
}

// checkLines holds what RFC 5545, section 3.1 says of lines.
func checkLines(t *testing.T, document string) {
	t.Helper()
	lines := strings.Split(document, "\r\n")
	if lines[len(lines)-1] != "" {
		t.Error("the last line has no end")
	}
	for n, line := range lines[:len(lines)-1] {
		switch {
		case len(line) > 75:
			t.Errorf("line %d holds %d octets: %q", n+1, len(line), line)
		case strings.ContainsAny(line, "\r\n\x00\x7f"):
			t.Errorf("line %d holds a control character: %q", n+1, line)
		case strings.TrimLeft(line, " ") == "" && len(line) < 2:
			t.Errorf("line %d is an empty continuation", n+1)
		case !utf8.ValidString(line):
			t.Errorf("line %d breaks a character: %q", n+1, line)
		}
	}
}

// TestFold holds where lines are broken, to the octet.
func TestFold(t *testing.T) {
	tests := map[string][]string{
		strings.Repeat("x", 67):                           {"SUMMARY:" + strings.Repeat("x", 67)},
		strings.Repeat("x", 68):                           {"SUMMARY:" + strings.Repeat("x", 67), " x"},
		strings.Repeat("x", 67+74):                        {"SUMMARY:" + strings.Repeat("x", 67), " " + strings.Repeat("x", 74)},
		strings.Repeat("x", 67+75):                        {"SUMMARY:" + strings.Repeat("x", 67), " " + strings.Repeat("x", 74), " x"},
		strings.Repeat("x", 66) + "ف":                     {"SUMMARY:" + strings.Repeat("x", 66), " ف"},
		strings.Repeat("x", 67) + strings.Repeat("ف", 38): {"SUMMARY:" + strings.Repeat("x", 67), " " + strings.Repeat("ف", 37), " ف"},
	}
	for text, want := range tests {
		c := calendar()
		c.Events[0].Summary, c.Events[0].Lang = text, ""
		_, rest, _ := strings.Cut(writeICS(t, c), "SUMMARY")
		summary, _, _ := strings.Cut("SUMMARY"+rest, "\r\nDESCRIPTION")
		if diff := cmp.Diff(want, strings.Split(summary, "\r\n")); diff != "" {
			t.Error(diff)
		}
	}
}

// FuzzICSText holds that any text comes back as it was, but for what no
// calendar can hold, and that lines are folded by the standard.
func FuzzICSText(f *testing.F) {
	f.Add("ليلة الفلك، على سطح المتحف; مع \\ التلسكوبات, للجميع ومعها شرح")
	f.Add("a\r\nb\rc\nd\te\x00\x7f\xff\uFFFE")
	f.Add(strings.Repeat("x", 67))
	f.Add(strings.Repeat("𝄞", 80) + `\n\N\,`)
	f.Fuzz(func(t *testing.T, text string) {
		c := calendar()
		c.Events[0].Summary, c.Events[0].Location, c.Events[0].Categories = "s"+text, text, []string{text, text}
		c.Events[0].URL, c.Events[0].Organizer.Name, c.Events[0].Lang = text, text, ""
		document := writeICS(t, c)
		checkLines(t, document)
		event := readICS(t, document).Events()[0]
		summary, err := event.Props.Text("SUMMARY")
		if want := "s" + held(text); err != nil || summary != want {
			t.Errorf("got %q (%v), want %q", summary, err, want)
		}
		categories, err := event.Props.Get("CATEGORIES").TextList()
		if diff := cmp.Diff([]string{held(text), held(text)}, categories); err != nil || diff != "" {
			t.Error(err, diff)
		}
	})
}

// held is text as XML and iCalendar can hold it.
func held(text string) string {
	var out strings.Builder
	text = strings.ReplaceAll(strings.ToValidUTF8(text, ""), "\r\n", "\n")
	for _, r := range text {
		switch {
		case r == 0x7F, r == 0xFFFE, r == 0xFFFF:
		case r == '\r':
			out.WriteByte('\n')
		case r >= ' ' || r == '\n' || r == '\t':
			out.WriteRune(r)
		}
	}
	return out.String()
}
