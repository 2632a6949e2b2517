package ledger_test

import (
	"bytes"
	"maps"
	"math/rand/v2"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"fursa/generator/ledger"
)

func at(s string) time.Time {
	t, err := time.Parse(time.RFC3339, s)
	if err != nil {
		panic(err)
	}
	return t
}

func written(t *testing.T, l *ledger.Ledger) string {
	t.Helper()
	var buf bytes.Buffer
	if err := l.Write(&buf); err != nil {
		t.Fatal(err)
	}
	return buf.String()
}

// fixture is what testdata/ledger-1.json holds. The file was written by the
// first version of this package, and is never written again.
func fixture() *ledger.Ledger {
	return &ledger.Ledger{
		Version: ledger.Version, Catalogue: "https://doha.example/", First: at("2026-11-01T06:00:00Z"),
		Cursors: []int64{1793512800000, 1793512800500},
		Records: map[string]ledger.Entry{
			"https://doha.example/opportunities/museum/night-sky": {
				Hash: "q0", Published: at("2026-11-01T06:00:00Z"), Modified: at("2026-11-20T06:30:00Z"),
				Change: 1795156200000, State: ledger.Live,
				Revisions: []ledger.Revision{{
					N: 1, When: at("2026-11-20T06:30:00Z"), Fields: []string{"place", "sessions"},
					Before: map[string]string{"place": "", "sessions": "2026-12-03T18:00:00"},
				}},
				Watched: map[string]string{"place": "سطح المتحف", "sessions": "2026-12-05T18:00:00"},
			},
			"https://doha.example/opportunities/museum/pottery": {
				Hash: "p0", Published: at("2026-10-30T00:00:00Z"), Modified: at("2026-10-30T00:00:00Z"),
				Change: 1793512800001, State: ledger.Ended,
			},
			"https://doha.example/opportunities/museum/weaving": {
				Hash: "w0", Published: at("2026-11-01T05:59:59Z"), Modified: at("2026-11-20T06:30:00Z"),
				Change: 1795156200001, State: ledger.Gone,
				Watched: map[string]string{"status": "a \"quoted\" one\nwith two lines"},
			},
		},
		Paths: map[string]string{"index.html": "h0", "opportunities/museum/night-sky/index.html": "h1"},
	}
}

func TestReadOldVersions(t *testing.T) {
	data, err := os.ReadFile("testdata/ledger-1.json")
	if err != nil {
		t.Fatal(err)
	}
	l, err := ledger.Read(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff(fixture(), l); d != "" {
		t.Errorf("ledger-1.json read (-want +got):\n%s", d)
	}
	want := strings.NewReplacer(`{"version":1,`, `{"version":2,`, "500],\n", "500],\"sequence\":0,\n").Replace(string(data))
	if d := cmp.Diff(want, written(t, l)); d != "" {
		t.Errorf("ledger-1.json written again (-want +got):\n%s", d)
	}
}

func TestReadRefuses(t *testing.T) {
	for name, c := range map[string]struct{ text, want string }{
		"nothing":        {"", "read ledger: line 1: '{' is missing"},
		"another thing":  {"{}", "read ledger: line 1: this is not a ledger: it names no version"},
		"a later one":    {`{"version":3}`, "read ledger: line 1: version 3 comes from a newer Fursa; this one knows up to 2"},
		"an unknown key": {"{\"version\":1,\n\"paths\":{},\n\"pages\":{}}", `read ledger: line 3: unknown key "pages"`},
		"a state": {
			`{"version":1,"records":{"a":{"state":"lost"}}}`, `read ledger: line 1: unknown state "lost"`,
		},
		"half a file":    {`{"version":1,"paths":{"index.html":"h`, "read ledger: line 1: a string has no end"},
		"more":           {`{"version":1}{}`, "read ledger: line 1: there is more after the end"},
		"a fraction":     {`{"version":1.5}`, "read ledger: line 1: '}' is missing"},
		"no time at all": {`{"version":1,"first":"soon"}`, `read ledger: line 1: parsing time "soon" as "2006-01-02T15:04:05Z07:00": cannot parse "soon" as "2006"`},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := ledger.Read(strings.NewReader(c.text))
			if err == nil || err.Error() != c.want {
				t.Errorf("got %v, want %s", err, c.want)
			}
		})
	}
}

// random is a ledger that a seed decides, with texts that need escapes.
func random(seed uint64, text string) *ledger.Ledger {
	r := rand.New(rand.NewPCG(seed, 1))
	word := func() string {
		const letters = "ab\"\\/\n\t\x01\x7f é\u200fع\u2028\U0001F52D"
		all := []rune(letters + strings.ToValidUTF8(text, "?"))
		var b strings.Builder
		for range r.IntN(9) {
			b.WriteRune(all[r.IntN(len(all))])
		}
		return b.String()
	}
	texts := func() map[string]string {
		m := map[string]string{}
		for range r.IntN(4) {
			m[word()] = word()
		}
		return m
	}
	instant := func() time.Time { return time.Unix(r.Int64N(4e9), 0).UTC() }
	l := &ledger.Ledger{
		Version: ledger.Version, Catalogue: word(), First: instant(),
		Sequence: r.Int64(), Records: map[string]ledger.Entry{}, Paths: texts(),
	}
	for range r.IntN(4) {
		l.Cursors = append(l.Cursors, r.Int64()-r.Int64())
		e := ledger.Entry{
			Hash: word(), Sent: word(), Published: instant(), Modified: instant(), Change: r.Int64(),
			State: []string{ledger.Live, ledger.Ended, ledger.Gone}[r.IntN(3)], Watched: texts(),
		}
		for n := range r.IntN(3) {
			before := texts()
			fields := slices.Sorted(maps.Keys(before))
			e.Revisions = append(e.Revisions, ledger.Revision{N: n + 1, When: instant(), Fields: fields, Before: before})
		}
		l.Records[word()] = e
	}
	return l
}

func FuzzReadOfWriteIsTheSame(f *testing.F) {
	for seed := range uint64(200) {
		f.Add(seed, "نص")
	}
	f.Fuzz(func(t *testing.T, seed uint64, text string) {
		want := random(seed, text)
		first := written(t, want)
		got, err := ledger.Read(strings.NewReader(first))
		if err != nil {
			t.Fatalf("%v\n%s", err, first)
		}
		if d := cmp.Diff(want, got, cmpopts.EquateEmpty()); d != "" {
			t.Errorf("(-want +got):\n%s", d)
		}
		if again := written(t, got); again != first {
			t.Errorf("written again:\n%s\nfirst:\n%s", again, first)
		}
	})
}

// FuzzRead: whatever Read takes, it takes again as Write writes it.
func FuzzRead(f *testing.F) {
	data, err := os.ReadFile("testdata/ledger-1.json")
	if err != nil {
		f.Fatal(err)
	}
	f.Add(string(data))
	f.Add(`{"version":1}`)
	f.Fuzz(func(t *testing.T, text string) {
		l, err := ledger.Read(strings.NewReader(text))
		if err != nil {
			return
		}
		first := written(t, l)
		again, err := ledger.Read(strings.NewReader(first))
		if err != nil {
			t.Fatalf("%v\n%q\n%q", err, text, first)
		}
		if d := cmp.Diff(l, again, cmpopts.EquateEmpty()); d != "" {
			t.Errorf("(-want +got):\n%s", d)
		}
	})
}
