package catalogue

import (
	"cmp"
	"slices"
	"strings"

	"fursa/schema/when"
)

// Deadlines are the listings that can be joined and whose registration closes
// today or within so many days from now, soonest first.
func (c *Catalogue) Deadlines(days int) []*Listing { return c.DeadlinesOf(c.Current, days) }

// DeadlinesOf are the Deadlines among some listings.
func (c *Catalogue) DeadlinesOf(listings []*Listing, days int) []*Listing {
	last := c.Today.AddDays(days)
	var closing []*Listing
	for _, l := range listings {
		r := l.Value.Registration
		if r == nil || r.Deadline.IsZero() || last.Before(r.Deadline.Date) || !l.Joinable(c.Today) {
			continue
		}
		closing = append(closing, l)
	}
	slices.SortFunc(closing, func(a, b *Listing) int {
		return cmp.Or(byClosing(a.Value.Registration.Deadline, b.Value.Registration.Deadline), strings.Compare(a.Path, b.Path))
	})
	return closing
}

// byClosing orders deadlines; one of a whole day is at the day's end.
func byClosing(a, b when.Moment) int {
	if a.Date == b.Date && a.Timed != b.Timed {
		if a.Timed {
			return -1
		}
		return 1
	}
	return a.Compare(b)
}
