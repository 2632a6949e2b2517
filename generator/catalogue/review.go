package catalogue

import (
	"strconv"

	"fursa/schema"
	"fursa/schema/diag"
)

// How far a peer is trusted: its listings are all shown but those refused, or
// wait until somebody accepts them, or are not pulled at all.
const (
	TrustOpen   = "open"
	TrustReview = "review"
	TrustOff    = "off"
)

// Reviews are what curators wrote of the listings of peers.
type Reviews struct{ accepted, refused map[string]map[string]bool }

// NewReviews reads the reviews of peers.
func NewReviews(records []*Record[schema.Review]) Reviews {
	r := Reviews{map[string]map[string]bool{}, map[string]map[string]bool{}}
	for _, review := range records {
		r.accepted[review.Slug()] = setOf(review.Value.Accepted)
		r.refused[review.Slug()] = setOf(review.Value.Refused)
	}
	return r
}

func setOf(ids []string) map[string]bool {
	set := make(map[string]bool, len(ids))
	for _, id := range ids {
		set[id] = true
	}
	return set
}

// Refused says whether a listing of a peer is not to be shown, by its global id
// and that of its provider, which may be empty. This holds for peers of any
// trust.
func (r Reviews) Refused(peer, id, provider string) bool {
	return r.refused[peer][id] || provider != "" && r.refused[peer][provider]
}

// Accepted says whether a listing of a peer that is trusted under review is to
// be shown: it or its provider is accepted, and neither is refused.
func (r Reviews) Accepted(peer, id, provider string) bool {
	return !r.Refused(peer, id, provider) && (r.accepted[peer][id] || provider != "" && r.accepted[peer][provider])
}

// Waiting says whether a listing of such a peer waits: nobody has said anything
// of it or its provider.
func (r Reviews) Waiting(peer, id, provider string) bool {
	return !r.Refused(peer, id, provider) && !r.Accepted(peer, id, provider)
}

// review checks what a curator wrote of a peer's listings.
func (c *checker) review(r *Record[schema.Review]) {
	c.reviewed(r.Slug(), r.Value)
	accepted := make(map[string]int, len(r.Value.Accepted))
	for i, id := range r.Value.Accepted {
		accepted[id] = i
	}
	for i, id := range r.Value.Refused {
		if j, ok := accepted[id]; ok {
			c.add(diag.New("links/accepted-and-refused", c.at("/refused/"+itoa(i)), "id", strconv.Quote(id)).
				See(c.at("/accepted/" + itoa(j))))
		}
	}
}

// reviewed checks that there is a peer whose listings are reviewed.
func (c *checker) reviewed(peer string, v *schema.Review) {
	if !c.Paths.Has("peers/" + peer) {
		d := diag.New("links/no-peer", diag.Span{Source: c.source}, "peer", peer)
		if near, ok := schema.Near(peer, c.slugs("peers")); ok {
			d = nearly(d, near)
		}
		c.add(d)
		return
	}
	if c.Trust[peer] == TrustOpen && len(v.Accepted) > 0 {
		c.add(diag.Warn("links/not-reviewed", c.at("/accepted"), "peer", peer, "trust", strconv.Quote(TrustOpen)))
	}
}
