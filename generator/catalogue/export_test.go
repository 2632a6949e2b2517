package catalogue

import "sync"

// Forget is the same catalogue with nothing worked out that is worked out
// when it is asked for.
func (c *Catalogue) Forget() *Catalogue {
	fresh := *c
	fresh.schedule, fresh.likeness, fresh.facets = sync.OnceValue(fresh.newSchedule), sync.OnceValue(fresh.newLikeness), sync.OnceValue(fresh.newFacets)
	return &fresh
}

// Receive is what the schools of a catalogue receive, found anew.
func (c *Catalogue) Receive() []*School {
	var r Records
	for _, s := range c.Schools {
		r.Schools = append(r.Schools, s.Record)
	}
	fresh := *c
	fresh.Schools = nil
	fresh.addSchools(r)
	return fresh.Schools
}
