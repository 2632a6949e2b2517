package ledger

import (
	"cmp"
	"maps"
	"slices"
	"time"

	"fursa/schema/when"
)

// keepGone is how long a tombstone is kept at the least. Readers of the change
// feed who come by less often than this may miss a removal (RPDE 1.1 asks for
// 7 days).
const keepGone = 90 * 24 * time.Hour

// Record is one record of the build that a ledger is to remember.
type Record struct {
	// ID is the record's global id, unique in a build.
	ID string
	// Hash changes with whatever the record says, Published included.
	Hash string
	// Published is the date of first publication that the record states, zero
	// where it states none.
	Published when.Date
	// Sent changes with whatever other catalogues are told of the record, its
	// provider's name and its terms' labels included; empty where they are told
	// nothing.
	Sent string
	// Ended says that the record's last date has passed.
	Ended bool
	// Watched gives the text of each field whose change makes a revision:
	// sessions, place, status, deadline. An empty text is the same as none.
	Watched map[string]string
}

// Next is the ledger after a build of these records at the time now. The old
// ledger l may be nil, and counts as nil where it belongs to another
// catalogue. Where no record has changed, Next is equal to l, whatever now is;
// Sequence and Paths are taken over as they are. Cursors are added at the end
// only.
//
// A record's first publication is the start, in UTC, of the date that it
// states; else, or where that has not come yet, what l says; else now. Those
// that are new and state none stand a second apart, in the order of their ids,
// the last one at now. A record that only ended, or of which only Sent is
// another, gets a new change number; its Modified stays, and it has no revision.
func (l *Ledger) Next(catalogue string, records []Record, now time.Time) *Ledger {
	now = now.UTC().Truncate(time.Second)
	if l == nil || l.Catalogue != catalogue {
		l = &Ledger{Catalogue: catalogue, First: now}
	}
	next := &Ledger{
		Version: Version, Catalogue: catalogue, First: l.First,
		Records: maps.Clone(l.Records), Cursors: slices.Clone(l.Cursors), Sequence: l.Sequence, Paths: maps.Clone(l.Paths),
	}
	changed := l.changed(records, now)
	if len(changed) == 0 {
		return next
	}
	// Tombstones go only when something else moves, so that time alone never
	// changes a ledger.
	maps.DeleteFunc(next.Records, func(_ string, e Entry) bool {
		return e.State == Gone && now.Sub(e.Modified) > keepGone
	})
	if next.Records == nil {
		next.Records = make(map[string]Entry, len(changed))
	}
	change := max(l.last()+1, now.UnixMilli())
	for _, id := range slices.Sorted(maps.Keys(changed)) {
		e := changed[id]
		e.Change = change
		next.Records[id] = e
		change++
	}
	next.Cursors = append(next.Cursors, next.cuts()...)
	return next
}

// last is the highest number that the ledger has used.
func (l *Ledger) last() int64 {
	var last int64
	for _, e := range l.Records {
		last = max(last, e.Change)
	}
	for _, c := range l.Cursors {
		last = max(last, c)
	}
	return last
}

// changed gives the new entries of the records that are not as l knows them,
// and of those that have gone, all without their change numbers.
func (l *Ledger) changed(records []Record, now time.Time) map[string]Entry {
	changed := map[string]Entry{}
	slots := l.slots(records, now)
	present := make(map[string]bool, len(records))
	for _, r := range records {
		present[r.ID] = true
		old, known := l.Records[r.ID]
		fields := r.differs(old)
		if known && r.state() == old.State && r.Hash == old.Hash && r.Sent == old.Sent && len(fields) == 0 {
			continue
		}
		if !known {
			changed[r.ID] = r.first(cmp.Or(r.stated(now), slots[r.ID]))
			continue
		}
		changed[r.ID] = r.again(old, fields, now)
	}
	for id, e := range l.Records {
		if !present[id] && e.State != Gone {
			e.State, e.Modified = Gone, later(e.Modified, now)
			changed[id] = e
		}
	}
	return changed
}

// slots gives the records that are new and state no date their times of
// publication.
func (l *Ledger) slots(records []Record, now time.Time) map[string]time.Time {
	var ids []string
	for _, r := range records {
		if _, known := l.Records[r.ID]; !known && r.stated(now).IsZero() {
			ids = append(ids, r.ID)
		}
	}
	slices.Sort(ids)
	slots := make(map[string]time.Time, len(ids))
	for i, id := range ids {
		slots[id] = now.Add(time.Duration(i-len(ids)+1) * time.Second)
	}
	return slots
}

// first is the entry of a record that is new.
func (r Record) first(published time.Time) Entry {
	return Entry{
		Hash: r.Hash, Sent: r.Sent, Published: published, Modified: published,
		State: r.state(), Watched: r.watched(),
	}
}

// again is the entry of a record that was otherwise before.
func (r Record) again(old Entry, fields []string, now time.Time) Entry {
	e := old
	e.State, e.Sent = r.state(), r.Sent
	if r.Hash == old.Hash && len(fields) == 0 && old.State != Gone {
		return e
	}
	e.Hash, e.Watched = r.Hash, r.watched()
	e.Modified = later(old.Modified, now)
	e.Published = cmp.Or(r.stated(now), old.Published)
	if len(fields) == 0 {
		return e
	}
	rev := Revision{N: 1, When: now, Fields: fields, Before: make(map[string]string, len(fields))}
	for _, f := range fields {
		rev.Before[f] = old.Watched[f]
	}
	if n := len(old.Revisions); n > 0 {
		rev.N = old.Revisions[n-1].N + 1
	}
	e.Revisions = append(slices.Clip(old.Revisions), rev)
	return e
}

func (r Record) state() string {
	if r.Ended {
		return Ended
	}
	return Live
}

// stated is the time that the record's own date of publication stands for,
// zero where there is none or it has not come yet.
func (r Record) stated(now time.Time) time.Time {
	if r.Published.IsZero() {
		return time.Time{}
	}
	if t := r.Published.In(time.UTC); !t.After(now) {
		return t
	}
	return time.Time{}
}

// watched is r.Watched without the empty texts.
func (r Record) watched() map[string]string {
	kept := make(map[string]string, len(r.Watched))
	for f, text := range r.Watched {
		if text != "" {
			kept[f] = text
		}
	}
	return kept
}

// differs names the watched fields whose text is not what it was, sorted.
func (r Record) differs(old Entry) []string {
	var fields []string
	for f, text := range r.Watched {
		if old.Watched[f] != text {
			fields = append(fields, f)
		}
	}
	for f := range old.Watched {
		if _, ok := r.Watched[f]; !ok {
			fields = append(fields, f)
		}
	}
	slices.Sort(fields)
	return fields
}

func later(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}
