package catalogue

import (
	"cmp"
	"hash/fnv"
	"io"
	"math/bits"
	"slices"
)

// likeness is what current listings are compared by, laid out so that to
// compare two of them takes some tens of nanoseconds.
type likeness struct {
	all     []traits // in the order of their hashes
	buckets map[bucket][]int32
	terms   map[*Term]uint16 // subjects, skills and places, from 1
	weights []int            // of the terms
	words   map[string]uint8 // kinds, genders, languages and audiences
}

// bucket names listings that share a term and perhaps a district or a rough
// age: the only ones that are compared. A bucket is in the order of hashes, so
// that any stretch of a big one is a fair sample of it.
type bucket struct {
	term, district uint16
	age            uint8
}

// broad says that only a term is shared.
func (b bucket) broad() bool { return b.district == 0 && b.age == 0 }

// mostTerms is how many terms of a listing, broader ones included, count.
const mostTerms = 12

// traits of a listing, as numbers; 0 is none where it names something.
type traits struct {
	hash                uint64 // of the path
	twin                uint64 // the same for listings of one provider and title
	languages, audience uint64 // a bit each
	provider            *Provider
	order               int32 // in Current, of those that are there
	terms               [mostTerms]uint16
	count, subjects     uint8 // of the terms; subjects come first
	district            uint16
	kind, gender        uint8
	aged                bool
	from, to            uint8 // ages, where aged
	online, joinable    bool
}

// oldest is the age that a range without an end goes to: more would make
// «from 12» unlike «12 to 18».
const oldest = 25

func (c *Catalogue) newLikeness() *likeness {
	x := &likeness{
		all: make([]traits, 0, len(c.Current)), buckets: map[bucket][]int32{},
		terms: map[*Term]uint16{}, weights: []int{0}, words: map[string]uint8{"": 0, "any": 0},
	}
	x.learn(c.Subjects, 8, len(c.Current))
	x.learn(c.Skills, 4, len(c.Current))
	x.learn(c.Places, 0, len(c.Current))
	for _, l := range c.Listings {
		x.name(l.Value.Kind, l.Value.Gender)
		x.name(l.Value.Languages...)
		x.name(l.Audience()...)
	}
	for i, l := range c.Current {
		t := x.traits(c, l)
		t.order = int32(i)
		x.all = append(x.all, t)
	}
	slices.SortFunc(x.all, func(a, b traits) int { return cmp.Or(cmp.Compare(a.hash, b.hash), cmp.Compare(a.order, b.order)) })
	for i := range x.all {
		for _, b := range x.all[i].buckets() {
			x.buckets[b] = append(x.buckets[b], int32(i))
		}
	}
	return x
}

// learn numbers the terms of a vocabulary. One that few of all listings have
// weighs up to five times as much as one that most have.
func (x *likeness) learn(v *Vocabulary, weight, all int) {
	for _, t := range v.Terms {
		x.terms[t] = uint16(len(x.weights))
		x.weights = append(x.weights, weight*min(5, bits.Len(uint(all/max(1, len(t.Listings))))))
	}
}

// name numbers words.
func (x *likeness) name(words ...string) {
	for _, w := range words {
		if _, known := x.words[w]; !known {
			x.words[w] = uint8(len(x.words))
		}
	}
}

func (x *likeness) traits(c *Catalogue, l *Listing) traits {
	v := l.Value
	t := traits{
		hash: hashed(l.Path), provider: l.Provider, district: x.terms[l.District],
		languages: x.set(v.Languages), audience: x.set(l.Audience()),
		kind: x.words[v.Kind], gender: x.words[v.Gender],
		online: v.Mode == "online", joinable: l.Joinable(c.Today),
	}
	if l.Provider != nil {
		t.twin = hashed(l.Provider.Name)
	}
	t.twin += hashed(v.Title)
	x.addTerms(&t, l.Subjects)
	t.subjects = t.count
	x.addTerms(&t, l.Skills)
	if r := l.Ages; r != nil {
		t.aged, t.to = true, oldest
		if r.Min != nil {
			t.from = uint8(min(*r.Min, 100))
		}
		if r.Max != nil {
			t.to = uint8(min(*r.Max, 100))
		}
		t.to = max(t.from, t.to)
	}
	return t
}

func (x *likeness) addTerms(t *traits, terms []*Term) {
	for _, term := range ancestors(terms) {
		if t.count < mostTerms {
			t.terms[t.count] = x.terms[term]
			t.count++
		}
	}
}

func (x *likeness) set(words []string) uint64 {
	var set uint64
	for _, w := range words {
		set |= 1 << (x.words[w] % 64)
	}
	return set
}

func hashed(s string) uint64 {
	h := fnv.New64a()
	_, _ = io.WriteString(h, s) // a hash never fails
	return h.Sum64()
}

// buckets are those that a listing is in.
func (t *traits) buckets() []bucket {
	all := make([]bucket, 0, 3*mostTerms)
	for i, term := range t.terms[:t.count] {
		all = append(all, bucket{term: term})
		if i >= int(t.subjects) {
			continue
		}
		if t.district != 0 {
			all = append(all, bucket{term: term, district: t.district})
		}
		if t.aged {
			all = append(all, bucket{term: term, age: 1 + t.from/4})
		}
	}
	return all
}

// narrow says that not all buckets of the listing are broad.
func (t *traits) narrow() bool { return t.subjects > 0 && (t.district != 0 || t.aged) }

// suits says whether a listing can be offered to who looks at another: it is
// neither the same nor as good as the same, nor for the other gender.
func (t *traits) suits(other *traits) bool {
	return t.twin != other.twin && (t.gender == 0 || other.gender == 0 || t.gender == other.gender)
}

// score is how similar two listings are.
func (x *likeness) score(a, b *traits) int {
	n := sharedAges(a, b)
	for _, term := range a.terms[:a.count] {
		for _, other := range b.terms[:b.count] {
			if term == other {
				n += x.weights[term]
			}
		}
	}
	if a.district != 0 && a.district == b.district || a.online && b.online {
		n += 14
	}
	if a.kind == b.kind {
		n += 10
	}
	if a.audience&b.audience != 0 {
		n += 20
	}
	if a.languages&b.languages != 0 {
		n += 10
	}
	return n
}

// sharedAges is 20 for the same ages and less for others that overlap, -20 for
// others altogether, 0 where they are not known.
func sharedAges(a, b *traits) int {
	switch {
	case !a.aged || !b.aged:
		return 0
	case a.to < b.from || b.to < a.from:
		return -20
	}
	apart := int(max(a.from, b.from)-min(a.from, b.from)) + int(max(a.to, b.to)-min(a.to, b.to))
	return max(0, 20-apart)
}
