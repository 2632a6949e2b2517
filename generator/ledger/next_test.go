package ledger_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"fursa/generator/ledger"
	"fursa/schema/when"
)

const catalogue = "https://doha.example/"

var equateEmpty = cmpopts.EquateEmpty()

// build is one build of a history: the records that it saw, and when.
type build struct {
	now     string
	records []ledger.Record
}

func TestNext(t *testing.T) {
	const day1, day2, day3 = "2026-11-22T09:00:00Z", "2026-11-23T09:00:00Z", "2026-11-24T09:00:00Z"
	one, two, three := at(day1), at(day2), at(day3)
	open := map[string]string{"status": "open", "place": "Roof"}
	full := map[string]string{"status": "full", "deadline": ""}
	for name, c := range map[string]struct {
		builds []build
		want   map[string]ledger.Entry
	}{
		"new records stand a second apart, in the order of ids": {
			[]build{{day1, []ledger.Record{{ID: "b", Hash: "1"}, {ID: "a", Hash: "1", Ended: true}}}},
			map[string]ledger.Entry{
				"a": {Hash: "1", Published: one.Add(-time.Second), Modified: one.Add(-time.Second), Change: one.UnixMilli(), State: ledger.Ended},
				"b": {Hash: "1", Published: one, Modified: one, Change: one.UnixMilli() + 1, State: ledger.Live},
			},
		},
		"a stated date counts, and takes no second": {
			[]build{{day1, []ledger.Record{
				{ID: "a", Hash: "1"},
				{ID: "b", Hash: "1", Published: when.Date{Year: 2026, Month: 5, Day: 4}},
			}}},
			map[string]ledger.Entry{
				"a": {Hash: "1", Published: one, Modified: one, Change: one.UnixMilli(), State: ledger.Live},
				"b": {Hash: "1", Published: at("2026-05-04T00:00:00Z"), Modified: at("2026-05-04T00:00:00Z"), Change: one.UnixMilli() + 1, State: ledger.Live},
			},
		},
		"a stated date that has not come is now, and stays": {
			[]build{
				{day1, []ledger.Record{{ID: "a", Hash: "1", Published: when.Date{Year: 2026, Month: 11, Day: 23}}}},
				{day3, []ledger.Record{{ID: "a", Hash: "1", Published: when.Date{Year: 2026, Month: 11, Day: 23}}}},
			},
			map[string]ledger.Entry{
				"a": {Hash: "1", Published: one, Modified: one, Change: one.UnixMilli(), State: ledger.Live},
			},
		},
		"a typo is a change, not a revision": {
			[]build{
				{day1, []ledger.Record{{ID: "a", Hash: "1", Watched: open}}},
				{day2, []ledger.Record{{ID: "a", Hash: "2", Watched: open}}},
			},
			map[string]ledger.Entry{
				"a": {Hash: "2", Published: one, Modified: two, Change: two.UnixMilli(), State: ledger.Live, Watched: open},
			},
		},
		"a watched field makes a revision": {
			[]build{
				{day1, []ledger.Record{{ID: "a", Hash: "1", Watched: open}}},
				{day2, []ledger.Record{{ID: "a", Hash: "2", Watched: full}}},
				{day3, []ledger.Record{{ID: "a", Hash: "2", Watched: open}}},
			},
			map[string]ledger.Entry{
				"a": {
					Hash: "2", Published: one, Modified: three, Change: three.UnixMilli(), State: ledger.Live, Watched: open,
					Revisions: []ledger.Revision{
						{N: 1, When: two, Fields: []string{"place", "status"}, Before: map[string]string{"place": "Roof", "status": "open"}},
						{N: 2, When: three, Fields: []string{"place", "status"}, Before: map[string]string{"place": "", "status": "full"}},
					},
				},
			},
		},
		"ending is a change, and neither a modification nor a revision": {
			[]build{
				{day1, []ledger.Record{{ID: "a", Hash: "1", Watched: open}}},
				{day2, []ledger.Record{{ID: "a", Hash: "1", Watched: open, Ended: true}}},
			},
			map[string]ledger.Entry{
				"a": {Hash: "1", Published: one, Modified: one, Change: two.UnixMilli(), State: ledger.Ended, Watched: open},
			},
		},
		"what went keeps a tombstone, and its first publication when it returns": {
			[]build{
				{day1, []ledger.Record{{ID: "a", Hash: "1"}, {ID: "b", Hash: "1"}}},
				{day2, nil},
				{day3, []ledger.Record{{ID: "a", Hash: "1"}}},
			},
			map[string]ledger.Entry{
				"a": {Hash: "1", Published: one.Add(-time.Second), Modified: three, Change: three.UnixMilli(), State: ledger.Live},
				"b": {Hash: "1", Published: one, Modified: two, Change: two.UnixMilli() + 1, State: ledger.Gone},
			},
		},
		"change numbers rise while the clock runs back": {
			[]build{
				{day3, []ledger.Record{{ID: "a", Hash: "1"}}},
				{day1, []ledger.Record{{ID: "a", Hash: "2"}}},
			},
			map[string]ledger.Entry{
				"a": {Hash: "2", Published: three, Modified: three, Change: three.UnixMilli() + 1, State: ledger.Live},
			},
		},
		"tombstones go after 90 days, when something else moves": {
			[]build{
				{"2026-01-01T00:00:00Z", []ledger.Record{{ID: "a", Hash: "1"}, {ID: "b", Hash: "1"}}},
				{"2026-01-02T00:00:00Z", []ledger.Record{{ID: "a", Hash: "1"}}},
				{day1, []ledger.Record{{ID: "a", Hash: "2"}}},
			},
			map[string]ledger.Entry{
				"a": {Hash: "2", Published: at("2025-12-31T23:59:59Z"), Modified: one, Change: one.UnixMilli(), State: ledger.Live},
			},
		},
	} {
		t.Run(name, func(t *testing.T) {
			var l *ledger.Ledger
			for _, b := range c.builds {
				l = l.Next(catalogue, b.records, at(b.now))
			}
			if d := cmp.Diff(c.want, l.Records, equateEmpty); d != "" {
				t.Errorf("(-want +got):\n%s", d)
			}
		})
	}
}

func TestNextKeepsTheRest(t *testing.T) {
	old := fixture()
	got := old.Next(old.Catalogue, []ledger.Record{{ID: "https://doha.example/new", Hash: "1"}}, at("2026-11-22T09:00:00Z"))
	got.Records, old.Records = nil, nil
	if d := cmp.Diff(old, got); d != "" {
		t.Errorf("(-want +got):\n%s", d)
	}
}

func TestNextOfAnotherCatalogueStartsAnew(t *testing.T) {
	now := at("2026-11-22T09:00:00Z")
	records := []ledger.Record{{ID: "a", Hash: "1"}}
	got := fixture().Next("https://lusail.example/", records, now)
	want := (*ledger.Ledger)(nil).Next("https://lusail.example/", records, now)
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("(-want +got):\n%s", d)
	}
}

// TestNextOverHistories makes random histories and holds each step to what
// readers of the change feed count on.
func TestNextOverHistories(t *testing.T) {
	for seed := range uint64(100) {
		r := rand.New(rand.NewPCG(seed, 2))
		now := at("2026-01-01T00:00:00Z")
		var l *ledger.Ledger
		for step := range 30 {
			records := randomRecords(r)
			next := l.Next(catalogue, records, now)
			where := fmt.Sprintf("seed %d, step %d", seed, step)
			checkStep(t, where, l, next)

			later := now.Add(time.Duration(r.IntN(400*24)) * time.Hour)
			slices.Reverse(records)
			if got, want := written(t, next.Next(catalogue, records, later)), written(t, next); got != want {
				t.Fatalf("%s: unchanged records changed the ledger:\n%s", where, cmp.Diff(want, got))
			}
			l, now = next, now.Add(time.Duration(r.IntN(40*24)-24)*time.Hour)
		}
	}
}

func randomRecords(r *rand.Rand) []ledger.Record {
	var records []ledger.Record
	for _, id := range []string{"a", "b", "c", "d", "e"} {
		if r.IntN(4) == 0 {
			continue
		}
		record := ledger.Record{ID: id, Hash: fmt.Sprint(r.IntN(2)), Ended: r.IntN(6) == 0}
		record.Watched = map[string]string{"status": []string{"", "open", "full"}[r.IntN(3)]}
		if r.IntN(2) == 0 {
			record.Published = when.Date{Year: 2026, Month: time.Month(r.IntN(12) + 1), Day: 1}
		}
		records = append(records, record)
	}
	return records
}

func checkStep(t *testing.T, where string, l, next *ledger.Ledger) {
	t.Helper()
	var last int64
	if l != nil {
		for _, e := range l.Records {
			last = max(last, e.Change)
		}
	}
	numbers := map[int64]bool{}
	for id, e := range next.Records {
		if numbers[e.Change] {
			t.Fatalf("%s: change number %d is given twice", where, e.Change)
		}
		numbers[e.Change] = true
		if e.Modified.Before(e.Published) {
			t.Fatalf("%s: %s was modified before it was published", where, id)
		}
		if l == nil {
			continue
		}
		old, known := l.Records[id]
		if known && cmp.Equal(old, e) {
			continue
		}
		if e.Change <= last {
			t.Fatalf("%s: the change of %s has the number %d, not above %d", where, id, e.Change, last)
		}
	}
}
