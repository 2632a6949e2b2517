package catalogue

import (
	"cmp"
	"slices"
)

// mostSimilar is how many similar listings a listing has.
const mostSimilar = 3

// window is how many listings of a bucket one is compared with, in a catalogue
// of n current listings: the smaller it is, the further one can look.
func window(n int) int { return min(64, max(16, 300_000/max(1, n))) }

// Similar are the current listings most like one, current itself or not: at
// most three, the most similar first. They share a subject or a skill with
// it; narrow subjects weigh more than broad ones, then come ages, district,
// kind, audience and language. None is a further one of the same title by the
// same provider; several of one provider, and such as can't be joined, come
// only where there are no others. It is safe for concurrent use, and costs
// some microseconds.
func (c *Catalogue) Similar(l *Listing) []*Listing {
	x, window := c.likeness(), window(len(c.Current))
	me := x.traits(c, l)
	var s selection
	for _, b := range me.buckets() {
		near := x.buckets[b]
		if len(near) > window && b.broad() && me.narrow() {
			continue
		}
		at, _ := slices.BinarySearchFunc(near, me.hash, func(i int32, h uint64) int { return cmp.Compare(x.all[i].hash, h) })
		for range min(len(near), window) {
			if at == len(near) {
				at = 0
			}
			if t := &x.all[near[at]]; me.suits(t) {
				s.add(pick{t, x.score(&me, t)})
			}
			at++
		}
	}
	var listings []*Listing
	for _, p := range s.best() {
		listings = append(listings, c.Current[p.order])
	}
	return listings
}

// pick is a listing that may be offered.
type pick struct {
	*traits
	score int
}

// better orders picks: those that can be joined first, then by score, then as
// lists do.
func (p pick) better(q pick) bool {
	if p.joinable != q.joinable {
		return p.joinable
	}
	return cmp.Or(q.score-p.score, int(p.order-q.order)) < 0
}

func sameProvider(a, b *traits) bool { return a.provider == b.provider }

func sameTwin(a, b *traits) bool { return a.twin == b.twin }

// selection holds the best picks: one a provider, and regardless of that.
type selection struct{ providers, all []pick }

func (s *selection) add(p pick) {
	s.providers = keep(s.providers, p, sameProvider)
	s.all = keep(s.all, p, sameTwin)
}

// keep puts a pick among the best ones, in their order; of those that are the
// same the better one stays.
func keep(best []pick, p pick, same func(a, b *traits) bool) []pick {
	if len(best) == mostSimilar && !p.better(best[mostSimilar-1]) {
		return best
	}
	for i, q := range best {
		if same(p.traits, q.traits) {
			if !p.better(q) {
				return best
			}
			best = slices.Delete(best, i, i+1)
			break
		}
	}
	at := len(best)
	for at > 0 && p.better(best[at-1]) {
		at--
	}
	best = slices.Insert(best, at, p)
	return best[:min(len(best), mostSimilar)]
}

// best are the picks to show: what can be joined before what can't, and of
// both one a provider before others.
func (s *selection) best() []pick {
	picks := s.providers
	for _, p := range s.all {
		if !slices.ContainsFunc(picks, func(q pick) bool { return p.order == q.order }) {
			picks = append(picks, p)
		}
	}
	var open, closed []pick
	for _, p := range picks {
		if p.joinable {
			open = append(open, p)
		} else {
			closed = append(closed, p)
		}
	}
	open = append(open, closed...)
	return open[:min(len(open), mostSimilar)]
}
