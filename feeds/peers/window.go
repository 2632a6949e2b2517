package peers

import (
	"encoding/json"
	"maps"
	"slices"
	"time"

	"fursa/feeds/snapshot"
	"fursa/schema"
	"fursa/schema/when"
)

// keepsFallen is how long a listing stays that has fallen off the end of a feed.
const keepsFallen = 90 * 24 * time.Hour

// isWindow says whether sources of a format hold their newest items alone, so
// that one that is missing need not be gone.
func isWindow(format string) bool {
	return format == FormatRSS || format == FormatAtom || format == FormatJSONFeed
}

// expires says whether something is kept that has fallen off long ago.
func (j *job) expires() bool {
	if j.state.Window == nil {
		return false
	}
	for _, since := range j.state.Window.Fallen {
		if j.Now.Sub(since) > keepsFallen {
			return true
		}
	}
	return false
}

// age drops what has fallen off long ago where nothing else has changed.
func (j *job) age() {
	j.same = false
	j.next.Refused, j.next.Counts.Refused = j.state.Refused, j.state.Counts.Refused
	r := &readout{job: j, order: j.state.Window.Order}
	for id, l := range j.old.lines {
		if slices.Contains(r.order, nameIn(id)) {
			j.fresh.put(id, l)
		}
	}
	j.leave(r)
}

// leave decides over the listings that are not in the source any more. One that
// is over is no loss, and not counted as one. One that stood before others which
// are still there was taken out. All others have fallen off the end of their
// feed, if they have an end: they stay for some time.
func (j *job) leave(r *readout) {
	last := j.state.Window
	if last == nil {
		last = &snapshot.Window{}
	}
	now := &snapshot.Window{Order: r.order, Fallen: map[string]time.Time{}}
	ends := lastIn(last.Order, r.order)
	for _, id := range slices.Sorted(maps.Keys(j.old.lines)) {
		l := j.old.lines[id]
		if _, there := j.fresh.lines[id]; there || r.refused[id] {
			continue
		}
		if j.over(l) {
			j.old.remove(id)
			continue
		}
		if !isWindow(j.state.Format) {
			continue
		}
		since, fell := last.Fallen[nameIn(id)]
		if !fell {
			since = j.state.Fetched
			fell = slices.Index(last.Order, nameIn(id)) > ends
		}
		switch {
		case fell && j.Now.Sub(since) <= keepsFallen:
			j.fresh.put(id, l)
			now.Fallen[nameIn(id)] = since
		case fell:
			j.old.remove(id)
		}
	}
	if isWindow(j.state.Format) {
		j.next.Window = now
	}
}

// lastIn is the index of the last of some names that is among others; -1 where
// none is.
func lastIn(names, others []string) int {
	known := map[string]bool{}
	for _, o := range others {
		known[o] = true
	}
	for i, n := range slices.Backward(names) {
		if known[n] {
			return i
		}
	}
	return -1
}

// over says whether all that is known of a listing's time has passed, in every
// time zone.
func (j *job) over(l line) bool {
	var s struct {
		Record map[string]any `json:"record"`
	}
	if json.Unmarshal(l.text, &s) != nil {
		return false
	}
	o, err := schema.Decode[schema.Opportunity](s.Record)
	if err != nil {
		return false
	}
	today := when.DateOf(j.Now.AddDate(0, 0, -1))
	if o.Period != nil {
		return !o.Period.To.IsZero() && o.Period.To.Before(today)
	}
	for _, s := range o.Sessions {
		last := s.End.Date
		if last.IsZero() {
			last = s.Start.Date
		}
		if s.RRule != "" || !last.Before(today) {
			return false
		}
	}
	return len(o.Sessions) > 0
}
