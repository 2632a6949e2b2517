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
	if !c.Paths["peers/"+peer] {
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
