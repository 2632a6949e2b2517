package catalogue

import (
	"strings"
	"time"

	"fursa/schema/when"
)

// Change is a change of a listing that people had to notice. Fields are
// sorted by name.
type Change struct {
	// N counts the listing's changes from 1.
	N      int
	When   time.Time
	Fields []FieldChange
}

// FieldChange is what a field («sessions», «place», «status», «deadline») said
// before and after a change, as the ledger keeps it; either may be empty.
type FieldChange struct{ Field, Before, After string }

// Changes are the listing's changes that the ledger remembers, oldest first.
func (l *Listing) Changes() []Change {
	if len(l.Revisions) == 0 {
		return nil
	}
	var changes []Change
	after := l.watched()
	for i := len(l.Revisions) - 1; i >= 0; i-- {
		r := l.Revisions[i]
		c := Change{N: r.N, When: r.When}
		for _, f := range r.Fields {
			c.Fields = append(c.Fields, FieldChange{f, r.Before[f], after[f]})
			after[f] = r.Before[f]
		}
		changes = append([]Change{c}, changes...)
	}
	return changes
}

// FirstMoment is the earliest moment in the words of a changed field; the
// zero Moment where they hold none.
func (f FieldChange) FirstMoment(after bool) when.Moment {
	words := f.Before
	if after {
		words = f.After
	}
	var first when.Moment
	for line := range strings.Lines(words) {
		word, _, _ := strings.Cut(strings.TrimSpace(line), " ")
		if m, err := when.ParseMoment(word); err == nil && (first.IsZero() || m.Compare(first) < 0) {
			first = m
		}
	}
	return first
}
