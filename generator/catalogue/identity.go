package catalogue

import (
	"cmp"
	"slices"
	"strings"
	"time"
)

// identities tell which listings of other catalogues are the same as one that is
// shown. A listing gives way by its own word, when it says that it is the same as
// another, and where it says the same as one that was there before; nobody's word
// makes another's listing give way.
type identities struct {
	zone   *time.Location
	ids    map[string]*Listing // by global id, whether shown or not
	claims map[string]*Listing // by other ids of those that are shown
	twins  map[string]*Listing // by what they say
	yield  map[*Listing]*Listing
	shown  map[*Listing]bool
}

// newIdentities knows our own listings, and the ids of the others.
func newIdentities(zone *time.Location, own, others []*Listing) *identities {
	x := &identities{zone, map[string]*Listing{}, map[string]*Listing{}, map[string]*Listing{}, map[*Listing]*Listing{}, map[*Listing]bool{}}
	for _, l := range slices.Concat(own, others) {
		if id := plainID(l.ID); x.ids[id] == nil {
			x.ids[id] = l
		}
	}
	for _, l := range own {
		x.show(l)
	}
	return x
}

// show notes that a listing is shown.
func (x *identities) show(l *Listing) {
	x.shown[l] = true
	for _, id := range l.same() {
		if x.claims[id] == nil {
			x.claims[id] = l
		}
	}
	if key := x.twinKey(l); key != "" && x.twins[key] == nil {
		x.twins[key] = l
	}
}

// shownFor is what is shown for a listing that gives way; nil where it does not.
func (x *identities) shownFor(l *Listing) *Listing {
	other := x.named(l)
	if other == nil {
		other = x.told(l)
	}
	for other != nil && x.yield[other] != nil {
		other = x.yield[other]
	}
	if other == nil || other == l {
		return nil
	}
	x.yield[l] = other
	return other
}

// named is the listing that l says it is, or the one with its id that comes
// before. Of two that say so of each other, the first stays.
func (x *identities) named(l *Listing) *Listing {
	if first := x.ids[plainID(l.ID)]; first != l {
		return first
	}
	for _, id := range l.same() {
		other := x.ids[id]
		if other == nil || !other.elsewhere(l) {
			continue
		}
		if !x.shown[other] && x.yield[other] == nil && slices.Contains(other.same(), plainID(l.ID)) {
			continue // it will say so of this one, when its turn comes
		}
		return other
	}
	return nil
}

// told is the listing, shown already, that is the same as l: ours that says so,
// one that has another id in common with it, or one that says the same.
func (x *identities) told(l *Listing) *Listing {
	if ours := x.claims[plainID(l.ID)]; ours != nil && !ours.IsForeign() {
		return ours
	}
	for _, id := range l.same() {
		if other := x.claims[id]; other != nil && other.elsewhere(l) {
			return other
		}
	}
	if other := x.twins[cmp.Or(x.twinKey(l), "-")]; other != nil && other.elsewhere(l) {
		return other
	}
	return nil
}

// elsewhere says whether two listings are of different catalogues.
func (l *Listing) elsewhere(other *Listing) bool {
	return l.Origin == nil && other.Origin != nil || l.Origin != nil && (other.Origin == nil || l.Origin.Peer != other.Origin.Peer)
}

func plainID(id string) string { return strings.TrimSuffix(id, "/") }

// same are the other ids of a listing.
func (l *Listing) same() []string {
	ids := make([]string, len(l.Value.SameAs))
	for i, id := range l.Value.SameAs {
		ids[i] = plainID(id)
	}
	return ids
}

// twinKey is the same for listings of the same title, by the same provider, at
// the same time; empty where nobody offers it.
func (x *identities) twinKey(l *Listing) string {
	if l.Provider == nil {
		return ""
	}
	parts := []string{TitleKey(l.Value.Title), TitleKey(l.Provider.Record.Value.Name)}
	if p := l.Value.Period; p != nil {
		parts = append(parts, p.From.String(), p.To.String())
	}
	var starts []string
	for _, s := range l.Value.When() {
		start := s.Start.String()
		if zone, err := time.LoadLocation(s.Zone); s.Start.Timed && err == nil {
			if s.Zone == "" {
				zone = x.zone
			}
			start = s.Start.In(zone).UTC().String()
		}
		starts = append(starts, start+" "+s.RRule)
	}
	slices.Sort(starts)
	return strings.Join(append(parts, starts...), "\x00")
}
