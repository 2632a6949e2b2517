package plan_test

import (
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/net/html"

	"fursa/generator"
	"fursa/generator/catalogue"
	"fursa/generator/plan"
	"fursa/schema"
	"fursa/schema/when"
	"fursa/themes"
)

// calendars are the calendar pages of a site.
func calendars(t testing.TB, c *catalogue.Catalogue) []plan.Output {
	t.Helper()
	theme, list, err := themes.Load(nil, "", plan.Functions(nil, nil))
	if err != nil || list.Failed() {
		t.Fatal(err, list)
	}
	outputs, list, err := plan.Outputs(plan.Input{Catalogue: c, Search: indexed(t, c), Theme: theme})
	if err != nil || list.Failed() {
		t.Fatal(err, list)
	}
	return slices.DeleteFunc(outputs, func(o plan.Output) bool {
		return !strings.HasPrefix(strings.TrimPrefix(o.Path, "ar/"), "calendar/")
	})
}

// agenda is what a calendar page says below its table, a line a row.
func agenda(t *testing.T, s site, path string) []string {
	t.Helper()
	if s.files[path] == nil {
		t.Fatalf("%s is not there", path)
	}
	p := parsePage(t, path, s.files[path])
	var lines []string
	for n := range p.first("div", "class", "agenda").Descendants() {
		if n.Type == html.ElementNode && (n.Data == "h2" || n.Data == "li" || n.Data == "p") {
			lines = append(lines, text(n))
		}
	}
	return lines
}

// cells are the rows of a calendar page's table.
func cells(t *testing.T, s site, path string) []string {
	t.Helper()
	p := parsePage(t, path, s.files[path])
	var rows []string
	for _, tr := range p.all("tr", "", "") {
		var row []string
		for n := range tr.ChildNodes() {
			cell := text(n)
			if class, _ := attr(n, "class"); class != "" {
				cell += " " + class
			}
			row = append(row, cell)
		}
		rows = append(rows, strings.Join(row, "|"))
	}
	return rows
}

func TestCalendar(t *testing.T) {
	s := made(t, generator.Input{Content: folder(t, map[string]string{
		"once":      "sessions = [{ start = 2026-11-24T18:00:00, end = 2026-11-24T20:00:00 }]",
		"late":      "sessions = [{ start = 2026-11-24T21:00:00, end = 2026-11-25T01:00:00 }]",
		"days":      "sessions = [{ start = 2026-11-29, end = 2026-12-01 }]",
		"day":       "sessions = [{ start = 2026-11-24 }]",
		"weekly":    "sessions = [{ start = 2026-11-18T16:00:00, rrule = \"FREQ=WEEKLY;COUNT=3\" }]",
		"elsewhere": "sessions = [{ start = 2026-11-25T10:00:00, zone = \"Europe/Helsinki\" }]",
		"off":       "sessions = [{ start = 2026-11-30T10:00:00, status = \"cancelled\" }, { start = 2027-02-28T10:00:00, status = \"full\" }]",
		"cancelled": "status = \"cancelled\"\nsessions = [{ start = 2026-11-30T11:00:00 }]",
		"period":    "period = { from = 2026-11-01, to = 2027-01-31 }",
		"anytime":   "anytime = true",
	})})
	for path, want := range map[string][]string{
		"calendar/index.html": {
			"Tuesday 24 November 2026", "All day Listing day Online", "18:00–20:00 Listing once Online", "21:00–01:00 Listing late Online",
			"Wednesday 25 November 2026", "10:00 (time in Helsinki) Listing elsewhere Online", "16:00 Listing weekly Online",
			"Sunday 29 November 2026", "Until 1 Dec 2026 Listing days Online",
			"Monday 30 November 2026", "Until 1 Dec 2026 Listing days Online", "10:00 Listing off cancelled Online", "11:00 Listing cancelled cancelled Online",
		},
		"calendar/2026-12/index.html": {
			"Tuesday 1 December 2026", "Until 1 Dec 2026 Listing days Online",
			"Wednesday 2 December 2026", "16:00 Listing weekly Online",
		},
		"calendar/2027-02/index.html": {"Sunday 28 February 2027", "10:00 Listing off full Online"},
	} {
		if diff := cmp.Diff(want, agenda(t, s, path)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", path, diff)
		}
	}
	want := []string{
		"Mon|Tue|Wed|Thu|Fri|Sat|Sun",
		"||||||1 past",
		"2 past|3 past|4 past|5 past|6 past|7 past|8 past",
		"9 past|10 past|11 past|12 past|13 past|14 past|15 past",
		"16 past|17 past|18 past|19 past|20 past|21 past|22 today",
		"23|24 33 listings|25 22 listings|26|27|28|29 11 listing",
		"30 33 listings||||||",
	}
	if diff := cmp.Diff(want, cells(t, s, "calendar/index.html")); diff != "" {
		t.Errorf("the table (-want +got):\n%s", diff)
	}
	p := parsePage(t, "", s.files["calendar/2026-12/index.html"])
	var running []string
	for _, line := range p.all("p", "class", "running") {
		href, _ := attr(line.FirstChild, "href")
		running = append(running, text(line)+" "+href)
	}
	want = []string{
		"Also on, without a fixed day: 1 listing /search/?from=2026-12-01&to=2026-12-31",
		"At any time or by arrangement: 1 listing /opportunities/",
	}
	if diff := cmp.Diff(want, running); diff != "" {
		t.Errorf("what is on without a day (-want +got):\n%s", diff)
	}
	next, _ := attr(p.first("a", "rel", "next"), "href")
	previous, _ := attr(p.first("a", "rel", "prev"), "href")
	if next != "/calendar/2027-02/" || previous != "/calendar/" || s.files["calendar/2027-01/index.html"] != nil {
		t.Errorf("December leads on to %s and back to %s", next, previous)
	}
}

// The week begins where the weekend has ended.
func TestWeekdaysOfTheCalendar(t *testing.T) {
	for days, want := range map[string]string{
		`["sun", "mon", "tue", "wed", "thu"]`:         "Sun|Mon|Tue|Wed|Thu|Fri|Sat",
		`["mon", "tue", "wed", "thu", "fri"]`:         "Mon|Tue|Wed|Thu|Fri|Sat|Sun",
		`["sat", "sun", "mon", "tue", "wed"]`:         "Sat|Sun|Mon|Tue|Wed|Thu|Fri",
		`["mon", "tue", "thu", "fri"]`:                "Mon|Tue|Wed|Thu|Fri|Sat|Sun",
		`["thu"]`:                                     "Thu|Fri|Sat|Sun|Mon|Tue|Wed",
		`["mon","tue","wed","thu","fri","sat","sun"]`: "Mon|Tue|Wed|Thu|Fri|Sat|Sun",
	} {
		dir := folder(t, nil)
		settings, err := os.OpenFile(filepath.Join(dir, "catalogue.toml"), os.O_APPEND|os.O_WRONLY, 0)
		if err != nil {
			t.Fatal(err)
		}
		fmt.Fprintf(settings, "\n[school_calendar]\ndays = %s\nfrom = 07:00:00\nto = 13:00:00\n", days)
		if err := settings.Close(); err != nil {
			t.Fatal(err)
		}
		s := made(t, generator.Input{Content: dir})
		if got := cells(t, s, "calendar/index.html")[0]; got != want {
			t.Errorf("%s: %s, want %s", days, got, want)
		}
	}
}

// A catalogue without a date has this month's page, in every language.
func TestEmptyCalendar(t *testing.T) {
	s := made(t, generator.Input{Content: folder(t, nil)})
	for path, want := range map[string]string{
		"calendar/index.html":    "No dates in this month so far",
		"ar/calendar/index.html": "لا مواعيد في هذا الشهر حتى الآن",
	} {
		if diff := cmp.Diff([]string{want}, agenda(t, s, path)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", path, diff)
		}
	}
}

// A day that has too much names some and leads to the rest.
func TestFullDays(t *testing.T) {
	listings := map[string]string{}
	for i := range 20 {
		listings[fmt.Sprintf("%02d", i)] = "sessions = [{ start = 2026-12-05T10:00:00 }]"
	}
	s := made(t, generator.Input{Content: folder(t, listings), BaseURL: "https://city.example/learn"})
	for path, words := range map[string]string{"calendar/2026-12/index.html": "and 5 more", "ar/calendar/2026-12/index.html": "و٥ فرص أخرى"} {
		got := agenda(t, s, path)
		if len(got) != 17 || got[16] != words {
			t.Errorf("%s: %q", path, got)
		}
		p := parsePage(t, path, s.files[path])
		for _, n := range p.all("p", "class", "more") {
			href, _ := attr(n.FirstChild, "href")
			if want := "/learn/" + strings.TrimSuffix(path, "calendar/2026-12/index.html") + "search/?from=2026-12-05&to=2026-12-05"; href != want {
				t.Errorf("the rest is at %s, want %s", href, want)
			}
		}
	}
}

// The sample's calendars are sound pages whose links lead somewhere.
func TestCalendarsOfTheSample(t *testing.T) {
	atEachBase(t, func(t *testing.T, s site) {
		pages := 0
		for path, content := range s.files {
			if !strings.HasPrefix(strings.TrimPrefix(path, "ar/"), "calendar/") {
				continue
			}
			pages++
			p := parsePage(t, path, content)
			checkElements(t, p)
			checkCanonical(t, s, p)
			for _, address := range addresses(t, path, content) {
				file, elsewhere := s.find(t, path, address)
				if !elsewhere && s.files[file] == nil {
					t.Errorf("%s: %s leads to %s, which is not there", path, address, file)
				}
			}
			for _, tr := range p.all("tr", "", "") {
				n := 0
				for range tr.ChildNodes() {
					n++
				}
				if n != 7 {
					t.Errorf("%s: a week of %d days", path, n)
				}
			}
		}
		if pages < 8 {
			t.Errorf("only %d pages", pages)
		}
	})
}

// busy is a catalogue of 20,000 listings, each on ten days.
func busy(t testing.TB) *catalogue.Catalogue {
	t.Helper()
	r := catalogue.Records{Settings: schema.Catalogue{ID: "https://city.example/", Languages: []string{"en", "ar"}, TimeZone: "America/Chicago", Currency: "USD"}}
	r.Providers = []*catalogue.Record[schema.Provider]{{Path: "providers/chicago-park-district", Lang: "en", Value: &schema.Provider{Name: "Park District"}}}
	for i := range 20_000 {
		path := fmt.Sprintf("opportunities/chicago-park-district/moms-pops-and-tots-interaction-at-the-park-%d", i)
		start := when.Moment{Date: when.Date{Year: 2026, Month: 12, Day: i%31 + 1}, Clock: when.Clock{Hour: 8 + i%12}, Timed: true}
		end := start
		end.Clock.Minute = 45
		r.Opportunities = append(r.Opportunities, &catalogue.Record[schema.Opportunity]{Path: path, Lang: "en", Value: &schema.Opportunity{
			Title: fmt.Sprint("Moms, pops & tots interaction at the park ", i), Kind: "club", Languages: []string{"en"}, Mode: "in-person",
			Place:    &schema.Place{Address: "4800 South Independence Boulevard", Locality: "Chicago"},
			Sessions: []schema.Session{{Start: start, End: end, RRule: "FREQ=WEEKLY;COUNT=10"}},
		}})
	}
	c, err := catalogue.New(r, catalogue.Options{Now: clock})
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// However much there is on, a month's page is one that a telephone can load.
func TestBusyMonthsStaySmall(t *testing.T) {
	pages := 0
	for _, o := range calendars(t, busy(t)) {
		pages++
		if n := len(written(t, o)); n > 160_000 {
			t.Errorf("%s has %d bytes", o.Path, n)
		}
	}
	if pages != 10 { // November to March, in two languages
		t.Errorf("%d pages", pages)
	}
}

// BenchmarkCalendar writes the calendar of a catalogue with 200,000 dates.
func BenchmarkCalendar(b *testing.B) {
	outputs := calendars(b, busy(b))
	for b.Loop() {
		for _, o := range outputs {
			if err := o.Write(io.Discard); err != nil {
				b.Fatal(err)
			}
		}
	}
	b.ReportMetric(float64(b.Elapsed().Microseconds())/float64(b.N*len(outputs)), "µs/page")
}
