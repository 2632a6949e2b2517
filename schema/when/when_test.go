package when_test

import (
	"cmp"
	"encoding/json"
	"testing"
	"time"
	_ "time/tzdata"

	"fursa/schema/when"

	gocmp "github.com/google/go-cmp/cmp"
)

func location(t testing.TB, name string) *time.Location {
	t.Helper()
	loc, err := time.LoadLocation(name)
	if err != nil {
		t.Fatal(err)
	}
	return loc
}

func date(t testing.TB, s string) when.Date {
	t.Helper()
	d, err := when.ParseDate(s)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func moment(t testing.TB, s string) when.Moment {
	t.Helper()
	if s == "" {
		return when.Moment{}
	}
	m, err := when.ParseMoment(s)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func TestParseMoment(t *testing.T) {
	for _, c := range []struct{ in, want string }{
		{"2026-11-22", "2026-11-22"},
		{"0001-01-01", "0001-01-01"},
		{"2024-02-29", "2024-02-29"},
		{"2000-02-29", "2000-02-29"},
		{"2026-11-22T18:00", "2026-11-22T18:00:00"},
		{"2026-11-22t18:00:59", "2026-11-22T18:00:59"},
		{"2026-11-22 00:00", "2026-11-22T00:00:00"},
	} {
		got, err := when.ParseMoment(c.in)
		if err != nil || got.String() != c.want {
			t.Errorf("ParseMoment(%q) = %s, %v; want %s", c.in, got, err, c.want)
		}
	}
	for _, in := range []string{
		"", "2026", "2026-1-1", "2026-13-01", "2026-00-01", "2026-04-31",
		"2026-02-29", "1900-02-29", "2026-11-00", "2026/11/22", "+026-11-22",
		"2026-11-22T", "2026-11-22T24:00", "2026-11-22T18", "2026-11-22T9:00",
		"2026-11-22T18:60", "2026-11-22T18:00:60", "2026-11-22T18:00Z",
		"2026-11-22T18:00:00.5", "2026-11-22T18:00:00+03:00", "٢٠٢٦-١١-٢٢",
		"2026-11-22x18:00",
	} {
		if got, err := when.ParseMoment(in); err == nil || !got.IsZero() {
			t.Errorf("ParseMoment(%q) = %s, %v; want an error", in, got, err)
		}
	}
}

func TestClockString(t *testing.T) {
	for _, c := range []struct{ in, want string }{
		{"18:00", "18:00"}, {"18:00:00", "18:00"}, {"06:05:09", "06:05:09"},
	} {
		got, err := when.ParseClock(c.in)
		if err != nil || got.String() != c.want {
			t.Errorf("ParseClock(%q) = %s, %v; want %s", c.in, got, err, c.want)
		}
	}
}

func TestText(t *testing.T) {
	type record struct {
		Day    when.Date   `json:"day,omitzero"`
		Clock  when.Clock  `json:"clock"`
		Moment when.Moment `json:"moment,omitzero"`
	}
	for _, text := range []string{
		`{"day":"2026-11-22","clock":"18:00","moment":"2026-11-22T18:00:00"}`,
		`{"clock":"06:30:15","moment":"2026-11-22"}`,
	} {
		var r record
		if err := json.Unmarshal([]byte(text), &r); err != nil {
			t.Fatal(err)
		}
		got, err := json.Marshal(r)
		if err != nil || string(got) != text {
			t.Errorf("%s becomes %s, %v", text, got, err)
		}
	}
	for _, text := range []string{`{"day":"soon"}`, `{"clock":"noon"}`, `{"moment":"2026-02-30T18:00"}`} {
		if err := json.Unmarshal([]byte(text), &record{}); err == nil {
			t.Errorf("%s is read", text)
		}
	}
}

// A whole day stands before the times of it.
func TestMomentCompare(t *testing.T) {
	sorted := []string{"2025-12-31T23:00", "2026-11-22", "2026-11-22T00:00", "2026-11-22T18:00", "2026-11-23"}
	for i, a := range sorted {
		for j, b := range sorted {
			if got := moment(t, a).Compare(moment(t, b)); got != cmp.Compare(i, j) {
				t.Errorf("%s against %s is %d", a, b, got)
			}
		}
	}
}

func TestDateArithmetic(t *testing.T) {
	for _, c := range []struct {
		from string
		days int
		want string
	}{
		{"2024-02-28", 1, "2024-02-29"},
		{"2026-02-28", 1, "2026-03-01"},
		{"2026-12-31", 1, "2027-01-01"},
		{"2026-03-01", -1, "2026-02-28"},
		{"2000-01-01", 146097, "2400-01-01"},
	} {
		from, want := date(t, c.from), date(t, c.want)
		if got := from.AddDays(c.days); got != want {
			t.Errorf("%s and %d days = %s; want %s", from, c.days, got, want)
		}
		if got := when.DaysBetween(from, want); got != c.days {
			t.Errorf("from %s to %s: %d days; want %d", from, want, got, c.days)
		}
	}
}

// Times that clocks skip or show twice, both sides of Greenwich.
func TestMomentIn(t *testing.T) {
	for _, c := range []struct{ zone, in, want string }{
		{"Asia/Qatar", "2026-11-22T18:00", "2026-11-22T18:00:00+03:00"},
		{"UTC", "2026-11-22T18:00", "2026-11-22T18:00:00Z"},
		{"America/Chicago", "2026-03-08T01:59:59", "2026-03-08T01:59:59-06:00"},
		{"America/Chicago", "2026-03-08T02:30", "2026-03-08T03:30:00-05:00"},
		{"America/Chicago", "2026-03-08T03:00", "2026-03-08T03:00:00-05:00"},
		{"America/Chicago", "2026-11-01T00:59:59", "2026-11-01T00:59:59-05:00"},
		{"America/Chicago", "2026-11-01T01:30", "2026-11-01T01:30:00-05:00"},
		{"America/Chicago", "2026-11-01T02:00", "2026-11-01T02:00:00-06:00"},
		{"Europe/Helsinki", "2026-03-29T03:30", "2026-03-29T04:30:00+03:00"},
		{"Europe/Helsinki", "2026-10-25T03:30", "2026-10-25T03:30:00+03:00"},
		{"Europe/Helsinki", "2026-10-25T04:00", "2026-10-25T04:00:00+02:00"},
		// Midnight itself is skipped, and comes twice.
		{"Africa/Cairo", "2026-04-24", "2026-04-24T01:00:00+03:00"},
		{"America/Havana", "2026-11-01", "2026-11-01T00:00:00-04:00"},
		{"Australia/Lord_Howe", "2026-10-04T02:15", "2026-10-04T02:45:00+11:00"},
	} {
		got := moment(t, c.in).In(location(t, c.zone)).Format(time.RFC3339)
		if got != c.want {
			t.Errorf("%s in %s = %s; want %s", c.in, c.zone, got, c.want)
		}
	}
}

func TestVTimezone(t *testing.T) {
	utc := func(s string) time.Time { return moment(t, s).In(time.UTC) }
	const hour = 3600
	for _, c := range []struct {
		zone     string
		from, to string
		want     []when.Transition
	}{
		{"America/Chicago", "2026-01-01", "2026-12-31", []when.Transition{
			{At: utc("2025-11-02T07:00"), Before: -5 * hour, After: -6 * hour, Abbrev: "CST"},
			{At: utc("2026-03-08T08:00"), Before: -6 * hour, After: -5 * hour, Abbrev: "CDT", DST: true},
			{At: utc("2026-11-01T07:00"), Before: -5 * hour, After: -6 * hour, Abbrev: "CST"},
		}},
		{"Europe/Helsinki", "2026-10-25T00:59:59", "2026-10-25T01:00", []when.Transition{
			{At: utc("2026-03-29T01:00"), Before: 2 * hour, After: 3 * hour, Abbrev: "EEST", DST: true},
			{At: utc("2026-10-25T01:00"), Before: 3 * hour, After: 2 * hour, Abbrev: "EET"},
		}},
		{"Europe/Helsinki", "2026-03-29T01:00", "2026-10-25T00:59:59", []when.Transition{
			{At: utc("2026-03-29T01:00"), Before: 2 * hour, After: 3 * hour, Abbrev: "EEST", DST: true},
		}},
		{"Asia/Qatar", "2026-01-01", "2030-01-01", []when.Transition{
			{At: utc("1972-05-31T20:00"), Before: 4 * hour, After: 3 * hour, Abbrev: "+03"},
		}},
		{"UTC", "2026-01-01", "2030-01-01", []when.Transition{
			{At: utc("1970-01-01"), Abbrev: "UTC"},
		}},
	} {
		got := when.VTimezone(location(t, c.zone), utc(c.from), utc(c.to))
		if diff := gocmp.Diff(c.want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", c.zone, diff)
		}
	}
}

func TestParseDuration(t *testing.T) {
	for _, c := range []struct {
		in   string
		want when.Duration
	}{
		{"PT1H30M", when.Duration{Hours: 1, Minutes: 30}},
		{"PT90M", when.Duration{Minutes: 90}},
		{"P2D", when.Duration{Days: 2}},
		{"P6W", when.Duration{Weeks: 6}},
		{"P1Y6M3DT4H5M6S", when.Duration{Years: 1, Months: 6, Days: 3, Hours: 4, Minutes: 5, Seconds: 6}},
		{"PT0S", when.Duration{}},
	} {
		got, err := when.ParseDuration(c.in)
		if err != nil || got != c.want || got.String() != c.in {
			t.Errorf("ParseDuration(%q) = %+v (%s), %v; want %+v", c.in, got, got, err, c.want)
		}
	}
	for _, in := range []string{
		"", "P", "PT", "1H", "PT1", "PTH", "P1H", "PT1D", "P1DT", "PT30M1H", "P1M1Y",
		"P1WT1H", "P1Y2W", "P1W2D", "PT1.5H", "-PT1H", "PT-1H", "pt1h", "PT1234567S", "PT1H ",
	} {
		if got, err := when.ParseDuration(in); err == nil {
			t.Errorf("ParseDuration(%q) = %+v; want an error", in, got)
		}
	}
}

func BenchmarkParseMoment(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		if _, err := when.ParseMoment("2026-11-22T18:00:00"); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkDateString(b *testing.B) {
	b.ReportAllocs()
	d := date(b, "2026-11-22")
	for b.Loop() {
		if d.String() == "" {
			b.Fatal("empty")
		}
	}
}
