package catalogue

import (
	"slices"
	"strconv"

	"fursa/schema/diag"
)

const (
	// fewListings is how many listings a school can well read all of: below
	// that no want is too wide.
	fewListings = 30
	// nearlyAll is the part of a catalogue, in percent, beyond which a want
	// leaves out next to nothing. Schools that get everything read nothing.
	nearlyAll = 80
)

// CheckSchools warns of schools that receive nothing, or nearly everything
// although they want something of their own. It asks what would fit whatever
// has ended and whoever has stopped to vouch, so that no warning comes or goes
// with time; where only what has ended fits, that is a note.
func CheckSchools(c *Catalogue) diag.List {
	var list diag.List
	for _, s := range c.Schools {
		if d, ok := c.checkSchool(s); ok {
			list = append(list, d)
		}
	}
	return list
}

func (c *Catalogue) checkSchool(s *School) (d diag.Diagnostic, wrong bool) {
	if len(s.matcher) == 0 || c.clearlyRight(s) {
		return d, false
	}
	m := c.matcher(s.Record.Value, true)
	all, fit, without := c.counts(m, s.Record.Value.Hide)
	name := s.Record.Value.Name
	at := func() diag.Span { return locate(s.Record.Source, "/want") }
	switch {
	case all == 0:
		return d, false
	case fit == 0 && len(s.Record.Value.Pin) == 0:
		return c.nothing(s, m, without), true
	case fit > fewListings && 100*fit > nearlyAll*all:
		return diag.Warn("schools/nearly-all-fits", at(), "name", name, "count", fit, "all", all), true
	case len(s.Listings) == 0:
		return diag.Notice("schools/nothing-fits-now", at(), "name", name), true
	}
	return d, false
}

// clearlyRight says whether what a school receives now shows that it receives
// something, and not nearly everything: then nothing need be counted.
func (c *Catalogue) clearlyRight(s *School) bool {
	ended := len(c.Listings) - len(c.Current)
	return len(s.Listings) > s.Pinned && 100*(len(s.Listings)+ended) <= nearlyAll*len(c.Listings)
}

// nothing tells of a want that nothing fits, and which of its fields keeps
// most away.
func (c *Catalogue) nothing(s *School, m matcher, without []int) diag.Diagnostic {
	d := diag.Warn("schools/nothing-fits", locate(s.Record.Source, "/want"), "name", s.Record.Value.Name)
	i := slices.Index(without, slices.Max(without))
	if without[i] == 0 {
		return d
	}
	d.Args = append(d.Args, diag.Args("field", m[i].field, "count", strconv.Itoa(without[i]))...)
	return d.Hinted("without")
}

// counts are the published listings, those of them that fit and are not
// hidden, and for each criterion those that fit all others only.
func (c *Catalogue) counts(m matcher, hidden []string) (all, fit int, without []int) {
	without = make([]int, len(m))
	for _, l := range c.Listings {
		if l.Status == StatusDraft || slices.Contains(hidden, l.Slug()) {
			continue
		}
		all++
		switch misfit, misfits := m.misfit(l); misfits {
		case 0:
			fit++
		case 1:
			without[misfit]++
		}
	}
	return all, fit, without
}

// misfit is a criterion that a listing does not fit, and how many such there
// are; two stand for more.
func (m matcher) misfit(l *Listing) (misfit, misfits int) {
	for i := range m {
		if m[i].fits(l) {
			continue
		}
		misfit, misfits = i, misfits+1
		if misfits == 2 {
			break
		}
	}
	return misfit, misfits
}
