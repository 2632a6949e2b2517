package ledger

import (
	"cmp"
	"slices"
	"time"
)

// PageSize is how many records a page of the change feed holds at the most.
const PageSize = 500

// Sent is an entry that other catalogues are told of.
type Sent struct {
	ID string
	Entry
}

// Page is a page of the change feed.
type Page struct {
	// After is its cursor: it holds what changed later.
	After int64
	// Next is the cursor of the page that follows, its own where none does.
	// What lies between has emptied.
	Next int64
	// Changed are the records, in the order of their changes.
	Changed []Sent
}

// Pages are those of all cursors ever given out, 0 first. Each record stands on
// one of them, the last is empty.
func (l *Ledger) Pages() []Page {
	changed, cursors := l.sent(0), append([]int64{0}, l.Cursors...)
	pages := make([]Page, len(cursors))
	for i, after := range cursors {
		pages[i].After, pages[i].Next = after, after
		if i+1 == len(cursors) {
			break
		}
		n, _ := slices.BinarySearchFunc(changed, cursors[i+1]+1, bySent)
		pages[i].Changed, changed = changed[:n:n], changed[n:]
	}
	// From behind, so that a page knows what the one after it leads to.
	for i := len(pages) - 2; i >= 0; i-- {
		if pages[i].Next = pages[i+1].After; len(pages[i+1].Changed) == 0 {
			pages[i].Next = pages[i+1].Next
		}
	}
	return pages
}

func bySent(s Sent, change int64) int { return cmp.Compare(s.Change, change) }

// sent are the entries that others are told of and that changed after a number,
// in the order of their changes.
func (l *Ledger) sent(after int64) []Sent {
	var list []Sent
	for id, e := range l.Records {
		if e.Sent != "" && e.Change > after {
			list = append(list, Sent{id, e})
		}
	}
	slices.SortFunc(list, func(a, b Sent) int { return cmp.Compare(a.Change, b.Change) })
	return list
}

// cuts are the cursors that the changes after the last one need.
func (l *Ledger) cuts() []int64 {
	var last int64
	if n := len(l.Cursors); n > 0 {
		last = l.Cursors[n-1]
	}
	var cuts []int64
	for part := range slices.Chunk(l.sent(last), PageSize) {
		cuts = append(cuts, part[len(part)-1].Change)
	}
	return cuts
}

// Rise is the sequence that follows on that of l, which may be nil. One that
// was lost with its ledger is lower than now.
func (l *Ledger) Rise(now time.Time) int64 {
	if l == nil {
		return now.UnixMilli()
	}
	return max(l.Sequence+1, now.UnixMilli())
}
