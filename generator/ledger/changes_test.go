package ledger_test

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"fursa/generator/ledger"
)

// puller is a catalogue that pulls another, as far as it has come.
type puller struct {
	held   map[string]string // what was sent, by id
	cursor int64
	seen   time.Time // when it last came to the end
}

// pull takes so many pages at the most, each from the address that the one
// before gave.
func (p *puller) pull(t *testing.T, published map[int64]ledger.Page, pages int, now time.Time) {
	t.Helper()
	for range pages {
		page, ok := published[p.cursor]
		if !ok {
			t.Fatalf("no page after %d, which was given out", p.cursor)
		}
		if page.Next == p.cursor {
			if len(page.Changed) > 0 {
				t.Fatalf("the last page has records, and leads to itself: %+v", page)
			}
			p.seen = now
			return
		}
		if len(page.Changed) > ledger.PageSize || page.Next < p.cursor {
			t.Fatalf("the page after %d has %d records, and leads to %d", p.cursor, len(page.Changed), page.Next)
		}
		for _, e := range page.Changed {
			if e.State == ledger.Gone {
				delete(p.held, e.ID)
			} else {
				p.held[e.ID] = e.Sent
			}
		}
		p.cursor = page.Next
	}
}

func published(l *ledger.Ledger) map[int64]ledger.Page {
	pages := map[int64]ledger.Page{}
	for _, page := range l.Pages() {
		pages[page.After] = page
	}
	return pages
}

// city makes up a catalogue, day by day.
type city struct {
	*rand.Rand
	records map[string]ledger.Record
	made    int
}

func (c *city) edit() {
	for range c.IntN(4) * c.IntN(4) {
		ids := slices.Sorted(maps.Keys(c.records))
		switch n := c.IntN(6); {
		case n < 2 || len(ids) == 0:
			for range c.IntN(12) * c.IntN(12) * c.IntN(12) {
				c.made++
				id := fmt.Sprintf("https://doha.example/%d", c.made)
				c.records[id] = ledger.Record{ID: id, Hash: "0", Sent: "0"}
			}
		case n < 4:
			r := c.records[ids[c.IntN(len(ids))]]
			r.Sent = fmt.Sprint(c.Int())
			if n == 2 {
				r.Hash = r.Sent
			}
			c.records[r.ID] = r
		case n == 4:
			for range 1 + c.IntN(40) {
				delete(c.records, ids[c.IntN(len(ids))])
			}
		default:
			r := c.records[ids[c.IntN(len(ids))]]
			r.Ended = !r.Ended
			c.records[r.ID] = r
		}
	}
}

func (c *city) sent() map[string]string {
	sent := map[string]string{}
	for id, r := range c.records {
		sent[id] = r.Sent
	}
	return sent
}

// Whoever has begun to pull, and stopped at whichever page, reaches what there
// is now; who was away for longer than removals are kept may hold more.
func TestEveryCursorReachesThePresent(t *testing.T) {
	for seed := range uint64(5) {
		c := city{rand.New(rand.NewPCG(seed, 7)), map[string]ledger.Record{}, 0}
		var l *ledger.Ledger
		var pullers []*puller
		now := at("2026-11-22T09:00:00Z")
		for range 60 {
			c.edit()
			now = now.Add(time.Duration(c.IntN(4*24)) * time.Hour)
			records := slices.Collect(maps.Values(c.records))
			next := l.Next("https://doha.example/", records, now)
			if again := next.Next("https://doha.example/", records, now.Add(time.Minute)); written(t, again) != written(t, next) {
				t.Fatalf("seed %d: nothing changed, and the ledger did", seed)
			}
			if l = next; !slices.IsSorted(l.Cursors) {
				t.Fatalf("seed %d: cursors %v", seed, l.Cursors)
			}
			pages := published(l)
			pullers = append(pullers, &puller{held: map[string]string{}, seen: now})
			for _, p := range pullers {
				if c.IntN(5) == 0 {
					p.pull(t, pages, c.IntN(4), now)
				}
			}
		}
		pages, want := published(l), c.sent()
		for i, p := range pullers {
			away := now.Sub(p.seen)
			p.pull(t, pages, 1<<20, now)
			if away > 90*24*time.Hour {
				maps.DeleteFunc(p.held, func(id, _ string) bool { _, known := l.Records[id]; return !known })
			}
			if !maps.Equal(want, p.held) {
				t.Fatalf("seed %d, puller %d (-want +got):\n%s", seed, i, cmp.Diff(want, p.held))
			}
		}
	}
}

func TestPages(t *testing.T) {
	entry := func(change int64, state string) ledger.Entry {
		return ledger.Entry{Change: change, State: state, Sent: "x"}
	}
	l := &ledger.Ledger{Cursors: []int64{10, 20, 30, 40}, Records: map[string]ledger.Entry{
		"a": entry(3, ledger.Live), "b": entry(10, ledger.Gone), "c": entry(31, ledger.Ended),
		"d": {Change: 15, State: ledger.Live}, // nobody is told of it
	}}
	sent := func(id string) ledger.Sent { return ledger.Sent{ID: id, Entry: l.Records[id]} }
	want := []ledger.Page{
		{After: 0, Next: 30, Changed: []ledger.Sent{sent("a"), sent("b")}},
		{After: 10, Next: 30, Changed: []ledger.Sent{}},
		{After: 20, Next: 30, Changed: []ledger.Sent{}},
		{After: 30, Next: 40, Changed: []ledger.Sent{sent("c")}},
		{After: 40, Next: 40},
	}
	if diff := cmp.Diff(want, l.Pages()); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	empty := (&ledger.Ledger{}).Pages()
	if diff := cmp.Diff([]ledger.Page{{}}, empty); diff != "" {
		t.Errorf("of nothing (-want +got):\n%s", diff)
	}
}

func TestRise(t *testing.T) {
	now := at("2026-11-22T09:00:00Z")
	var none *ledger.Ledger
	for name, c := range map[string]struct{ got, want int64 }{
		"the first":           {none.Rise(now), now.UnixMilli()},
		"a later one":         {(&ledger.Ledger{Sequence: 7}).Rise(now), now.UnixMilli()},
		"with the clock back": {(&ledger.Ledger{Sequence: now.UnixMilli() + 5}).Rise(now), now.UnixMilli() + 6},
	} {
		if c.got != c.want {
			t.Errorf("%s: %d, want %d", name, c.got, c.want)
		}
	}
}
