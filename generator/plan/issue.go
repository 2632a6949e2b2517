package plan

import (
	"cmp"
	"slices"
	"time"

	"fursa/generator/catalogue"
	"fursa/schema"
	"fursa/schema/when"
)

// An issue of a newsletter is chosen by today's date and nothing else, and its
// days run from today, not from a Monday: whoever sends it every Thursday
// leaves no day out, and none twice.

// span is over how many days an issue looks.
type span struct {
	name string
	// since is how many days back something is new or has changed, weeks how
	// many weeks ahead are told, closing how many days ahead a deadline is.
	since, weeks, closing int
	// most is how many listings an issue names: nobody reads more.
	most int
	// brief leaves the summaries out.
	brief bool
}

// spans are a week and a month. A deadline is told of in two weekly issues at
// least; a month is five weeks, so that those sent on its first day meet.
var spans = [...]span{
	{name: "week", since: newDays, weeks: 1, closing: 14, most: 24},
	{name: "month", since: 31, weeks: 5, closing: approvalDays, most: 40, brief: true},
}

// chapter is a part of an issue: «changed», «closing», «days» or «new».
type chapter struct {
	kind     string
	from, to when.Date // of «days»
	told     []told
	// left is how many are not told for want of room.
	left int
}

// told is a listing in an issue.
type told struct {
	*catalogue.Listing
	change *catalogue.Change
	on     *when.Occurrence // the date to tell; nil for the next
	fresh  bool
	// place is what comes first where there is no room for all of a chapter.
	place int
}

// chosen collects an issue: a listing is told once, where it matters most.
type chosen struct {
	*site
	span
	listings []*catalogue.Listing
	first    time.Time // the beginning of what is new
	fresh    bool      // something is older
	seen     map[*catalogue.Listing]bool
}

// issue is what there is to tell of some listings, what cannot wait first;
// chapters without anything are left out.
func (s *site) issue(listings []*catalogue.Listing, pinned int, p span) []chapter {
	c := chosen{site: s, span: p, listings: listings, first: s.Today.AddDays(-p.since).In(s.Zone), seen: map[*catalogue.Listing]bool{}}
	// All is new to a catalogue that begins.
	c.fresh = slices.ContainsFunc(listings, func(l *catalogue.Listing) bool { return l.Published.Before(c.first) })
	chapters := []chapter{c.changed(), c.closed()}
	for week := range p.weeks {
		chapters = append(chapters, c.week(s.Today.AddDays(7*week), pinned))
	}
	chapters = append(chapters, c.new())
	chapters = slices.DeleteFunc(chapters, func(c chapter) bool { return len(c.told) == 0 })
	return shortened(chapters, p.most)
}

// add tells of a listing at the end of a chapter.
func (c *chosen) add(to *chapter, t told) {
	c.seen[t.Listing] = true
	t.fresh, t.place = c.isNew(t.Listing) && to.kind != "new", len(to.told)
	to.told = append(to.told, t)
}

func (c *chosen) isNew(l *catalogue.Listing) bool { return c.fresh && !l.Published.Before(c.first) }

func (c *chosen) changed() chapter {
	to := chapter{kind: "changed"}
	for _, l := range c.listings {
		changes := l.Changes()
		if n := len(changes); n > 0 && !changes[n-1].When.Before(c.first) {
			c.add(&to, told{Listing: l, change: &changes[n-1]})
		}
	}
	return to
}

func (c *chosen) closed() chapter {
	to := chapter{kind: "closing"}
	for _, l := range c.DeadlinesOf(c.listings, c.closing) {
		if !c.seen[l] {
			c.add(&to, told{Listing: l})
		}
	}
	return to
}

// week is what begins, or ends after several days, in the seven days from one
// on. What the school has pinned comes before what takes place once, and that
// before what comes back.
func (c *chosen) week(from when.Date, pinned int) chapter {
	to := chapter{kind: "days", from: from, to: from.AddDays(6)}
	ranks := [3][]told{}
	for i, l := range c.listings {
		if c.seen[l] || !l.Joinable(c.Today) {
			continue
		}
		if t, ok := to.tells(l); ok {
			rank := 1
			if i < pinned {
				rank = 0
			} else if slices.ContainsFunc(l.Value.Sessions, func(s schema.Session) bool { return s.RRule != "" }) {
				rank = 2
			}
			ranks[rank] = append(ranks[rank], t)
		}
	}
	for _, t := range slices.Concat(ranks[:]...) {
		c.add(&to, t)
	}
	slices.SortStableFunc(to.told, func(a, b told) int { return a.begins().Compare(b.begins()) })
	return to
}

// tells says whether a listing begins or ends within the chapter's days, and
// when.
func (c chapter) tells(l *catalogue.Listing) (told, bool) {
	within := func(d when.Date) bool { return !d.Before(c.from) && !c.to.Before(d) }
	for i, o := range l.Occurrences {
		first, last := o.Days()
		if o.Status != catalogue.StatusCancelled && (within(first) || within(last)) {
			return told{Listing: l, on: &l.Occurrences[i]}, true
		}
	}
	p := l.Value.Period
	return told{Listing: l}, p != nil && within(p.From)
}

// begins is when what is told takes place.
func (t told) begins() time.Time {
	if t.on != nil {
		return t.on.Start
	}
	return t.Next.In(time.UTC)
}

func (c *chosen) new() chapter {
	to := chapter{kind: "new"}
	for _, l := range newest(c.listings, len(c.listings)) {
		if c.isNew(l) && !c.seen[l] && l.Joinable(c.Today) {
			c.add(&to, told{Listing: l})
		}
	}
	return to
}

// size is how many listings chapters tell of.
func size(chapters []chapter) int {
	n := 0
	for _, c := range chapters {
		n += len(c.told)
	}
	return n
}

// shortened is chapters with no more than n listings in all: the first of each
// chapter, then the second of each, and so on.
func shortened(chapters []chapter, n int) []chapter {
	type at struct{ place, chapter int }
	var order []at
	for i, c := range chapters {
		for _, t := range c.told {
			order = append(order, at{t.place, i})
		}
	}
	slices.SortFunc(order, func(a, b at) int { return cmp.Or(a.place-b.place, a.chapter-b.chapter) })
	stay := map[at]bool{}
	for _, a := range order[:min(n, len(order))] {
		stay[a] = true
	}
	short := make([]chapter, len(chapters))
	for i, c := range chapters {
		all := len(c.told)
		c.told = slices.DeleteFunc(slices.Clone(c.told), func(t told) bool { return !stay[at{t.place, i}] })
		c.left += all - len(c.told)
		short[i] = c
	}
	return short
}
