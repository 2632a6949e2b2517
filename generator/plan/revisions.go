package plan

import (
	"cmp"
	"fmt"
	"slices"
	"time"

	"fursa/feeds"
	"fursa/generator/catalogue"
)

// news is a listing as it was first published, or a change of it; id is its
// item's.
type news struct {
	x      *entry
	change *catalogue.Change
	at     time.Time
	id     string
}

// items are the newest of a set: each listing as it was first published, and
// each change of it that people had to notice as an item of its own, because
// readers never show an item that they know again.
func (e *edition) items(s *set) []feeds.Item {
	return e.itemsOf(s.newest.get(func() []news { return e.newest(s.Listings) }))
}

// itemsOf are news as items.
func (e *edition) itemsOf(all []news) []feeds.Item {
	items := make([]feeds.Item, len(all))
	for i, n := range all {
		items[i] = *e.item(n.x)
		if n.change != nil {
			items[i] = e.revised(items[i], *n.change)
		}
	}
	return items
}

func (e *edition) newest(listings []*catalogue.Listing) []news {
	all := make([]news, 0, len(listings))
	for _, l := range listings {
		all = append(all, e.newsOf(l)...)
	}
	return latest(all)
}

// latest are as many of the latest news as a feed holds, the latest first.
func latest(all []news) []news {
	slices.SortFunc(all, func(a, b news) int {
		return cmp.Or(b.at.Compare(a.at), cmp.Compare(a.x.ID, b.x.ID))
	})
	return slices.Clone(all[:min(len(all), inFeed)])
}

func (e *edition) newsOf(l *catalogue.Listing) []news {
	x := e.entries[l]
	all := []news{{x, nil, l.Published, l.ID}}
	for _, c := range l.Changes() {
		all = append(all, news{x, &c, c.When, revisionID(l.ID, c.N)})
	}
	return all
}

// revisionID is the id of the item that tells of a listing's nth change.
func revisionID(id string, n int) string { return fmt.Sprintf("%s#rev-%d", id, n) }

// revised is a listing's item for a change of it: with an id of its own, and
// saying first what has changed.
func (e *edition) revised(item feeds.Item, c catalogue.Change) feeds.Item {
	change := e.changedWords(c)
	item.ID = revisionID(item.ID, c.N)
	item.Title = e.T("revision.title", "change", change, "title", item.Title)
	item.Summary = change + ". " + item.Summary
	item.Published, item.Updated = c.When, c.When
	return item
}

// changedWords say what a change of a listing has changed.
func (e *edition) changedWords(c catalogue.Change) string {
	var words []string
	for _, f := range c.Fields {
		words = append(words, e.changed(f))
	}
	return capital(e.List(words))
}

// changed says in words how a field has changed.
func (e *edition) changed(f catalogue.FieldChange) string {
	before, after := f.FirstMoment(false), f.FirstMoment(true)
	switch f.Field {
	case "sessions":
		if !before.IsZero() && !after.IsZero() && before != after {
			return e.T("revision.moved", "before", e.DateTime(before), "after", e.DateTime(after))
		}
		return e.T("revision.dates")
	case "place":
		if f.Before != "" && f.After != "" {
			return e.T("revision.place", "before", f.Before, "after", f.After)
		}
	case "status":
		return e.T("revision." + f.After)
	case "deadline":
		switch {
		case after.IsZero():
			return e.T("revision.deadline-gone")
		case before.IsZero():
			return e.T("revision.deadline-new", "after", e.DateTime(after))
		}
		return e.T("revision.deadline", "before", e.DateTime(before), "after", e.DateTime(after))
	}
	return e.T("revision.changed")
}
