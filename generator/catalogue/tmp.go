package catalogue

import (
	"slices"
	"strings"

	"fursa/schema"
)

type blocks struct{ all []schema.Block }

func newBlocks(lists []*Record[schema.Blocklist]) blocks {
	var b blocks
	for _, l := range lists {
		b.all = append(b.all, l.Value.Block...)
	}
	return b
}

func (b blocks) find(addresses ...string) (schema.Block, bool) {
	for _, x := range b.all {
		for _, a := range addresses {
			if a != "" && strings.HasPrefix(a, x.ID) {
				return x, true
			}
		}
	}
	return schema.Block{}, false
}

type verdict int

const (
	waiting verdict = iota
	accepted
	refused
)

type reviews map[string]*schema.Review

func newReviews(list []*Record[schema.Review]) reviews {
	r := reviews{}
	for _, x := range list {
		r[x.Slug()] = x.Value
	}
	return r
}

func (r reviews) of(peer, id, provider string) verdict {
	v := r[peer]
	switch {
	case v == nil:
		return waiting
	case slices.Contains(v.Refused, id) || slices.Contains(v.Refused, provider):
		return refused
	case slices.Contains(v.Accepted, id) || slices.Contains(v.Accepted, provider):
		return accepted
	}
	return waiting
}
