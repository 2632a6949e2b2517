package catalogue

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"fursa/feeds/snapshot"
	"fursa/generator/ledger"
	"fursa/schema"
)

// Pulled is another catalogue with what was pulled of it.
type Pulled struct {
	*Record[schema.Peer]
	State snapshot.State
	Items []Foreign // by path
	// Refused are the listings that broke a rule of ours.
	Refused []Refusal
	// Unmapped are the labels of its terms that stand for none of ours.
	Unmapped []schema.Text
}

// Foreign is a listing of another catalogue, as a record of ours. Its path is
// "peers/", the peer, the provider there, and its name.
type Foreign struct {
	*Record[schema.Opportunity]
	// ID is its global id, URL its page.
	ID, URL string
	// Provider is who offers it, nil where nobody is named.
	Provider *ForeignProvider
}

// ForeignProvider is who offers a listing of another catalogue. Its path is
// "peers/", the peer, and its name there.
type ForeignProvider struct {
	*Record[schema.Provider]
	ID, URL string
}

// Refusal is a listing that was not taken, and why, in the words of
// snapshot.Reason.
type Refusal struct {
	ID  string
	Why snapshot.Reason
}

// Origin is the other catalogue that a listing comes from.
type Origin struct {
	Peer *Peer
	// ID is the listing's id there, URL its page.
	ID, URL string
}

// Peer is another catalogue, with what is shown of it here.
type Peer struct {
	Set // of the listings that are shown as its own
	*Pulled
	// Twice are its listings that are shown as another's, who lists them too.
	Twice []*Listing
	// Of its listings, so many wait for a review, were refused in one, are not
	// wanted, are beyond the limit, are blocked, have ended.
	Waiting, Declined, Unwanted, Beyond, Blocked, Ended int
	// Block is why nothing at all is shown of it; nil where nobody blocks it.
	Block *schema.Block
}

// IsForeign says whether the listing is another catalogue's: it has no page here.
func (l *Listing) IsForeign() bool { return l.Origin != nil }

// OwnOrigin is the origin of our own listings, beside the names of peers: no name of
// theirs.
const OwnOrigin = "_here"

// Origins are the catalogues that list it: OwnOrigin, and names of peers.
func (l *Listing) Origins() []string {
	origins := []string{OwnOrigin}
	if l.Origin != nil {
		origins[0] = l.Origin.Peer.Name
	}
	for _, o := range l.Also {
		if !slices.Contains(origins, o.Peer.Name) {
			origins = append(origins, o.Peer.Name)
		}
	}
	return origins
}

// origins are all that listings have.
func (c *Catalogue) origins() []string {
	origins := []string{OwnOrigin}
	for _, p := range c.Peers {
		origins = append(origins, p.Name)
	}
	return origins
}

// Trusts is how far a peer is trusted: TrustOpen, TrustReview or TrustOff.
func (p *Pulled) Trusts() string { return cmp.Or(p.Value.Trust, TrustReview) }

// addPeers takes of each peer what is trusted, wanted, and not listed already.
func (c *Catalogue) addPeers(r Records, before *ledger.Ledger) {
	blocks, reviews := NewBlocked(r.Blocklists), NewReviews(r.Reviews)
	var taken []*Listing
	for _, pulled := range r.Pulled {
		p := &Peer{Set: Set{Family: "origins", Name: pulled.Slug()}, Pulled: pulled}
		c.Peers = append(c.Peers, p)
		if block, _, ok := blocks.Blocks(pulled.Value.ID, pulled.Value.URL); ok {
			p.Block = &block
			continue
		}
		if pulled.Trusts() == TrustOff {
			continue
		}
		taken = append(taken, p.limited(c.wantedOf(p, c.linked(p, blocks, reviews)))...)
	}
	if len(taken) == 0 {
		return
	}
	known := map[*Provider]bool{}
	for _, l := range c.once(taken, before) {
		c.Listings = append(c.Listings, l)
		c.listings[l.Slug()] = l
		l.Origin.Peer.Listings = append(l.Origin.Peer.Listings, l)
		if p := l.Provider; p != nil && !known[p] {
			known[p] = true
			c.Providers = append(c.Providers, p)
		}
	}
	c.Listings = slices.Clone(c.Listings)
	slices.SortFunc(c.Listings, func(a, b *Listing) int { return strings.Compare(a.Path, b.Path) })
	slices.SortFunc(c.Providers, func(a, b *Provider) int { return strings.Compare(a.Name, b.Name) })
	for _, p := range c.Peers {
		slices.SortFunc(p.Listings, bySoonest)
	}
}

// linked are the listings of a peer that are trusted and have not ended.
func (c *Catalogue) linked(p *Peer, blocks *Blocked, reviews Reviews) []*Listing {
	var all []*Listing
	providers := map[string]*Provider{}
	for i := range p.Items {
		f := &p.Items[i]
		offerer, addresses := "", []string{f.ID, f.URL}
		if f.Provider != nil {
			offerer = f.Provider.ID
			addresses = append(addresses, f.Provider.ID, f.Provider.URL, f.Provider.Value.URL)
		}
		if _, _, ok := blocks.Blocks(addresses...); ok {
			p.Blocked++
			continue
		}
		switch {
		case reviews.Refused(p.Name, f.ID, offerer):
			p.Declined++
			continue
		case p.Trusts() == TrustReview && !reviews.Accepted(p.Name, f.ID, offerer):
			p.Waiting++
			continue
		}
		l := c.foreignListing(p, f, providers)
		if l.Ended {
			p.Ended++
			continue
		}
		all = append(all, l)
	}
	return all
}

// foreignListing links a listing of a peer.
func (c *Catalogue) foreignListing(p *Peer, f *Foreign, providers map[string]*Provider) *Listing {
	l := c.newListing(f.Record)
	l.ID, l.Origin = f.ID, &Origin{p, f.ID, f.URL}
	if f.Provider == nil {
		return l
	}
	slug := f.Provider.Slug()
	if providers[slug] == nil {
		providers[slug] = &Provider{
			Record: f.Provider.Record, Set: Set{Family: "providers", Name: slug},
			Origin: &Origin{Peer: p, ID: f.Provider.ID, URL: f.Provider.URL}, Endorsements: c.endorsed[f.Provider.Path],
		}
	}
	l.Provider = providers[slug]
	return l
}

// wantedOf are those of a peer's listings that its file wants.
func (c *Catalogue) wantedOf(p *Peer, listings []*Listing) []*Listing {
	want := p.Value.Want
	want.Providers = slices.Clone(want.Providers) // as the peer calls them
	for i, slug := range want.Providers {
		want.Providers[i] = p.Name + "/" + slug
	}
	m := c.matcher(&schema.School{Want: want}, false)
	wanted := kept(listings, m.fits)
	p.Unwanted = len(listings) - len(wanted)
	return wanted
}

// limited are as many of a peer's listings as its file takes, the soonest.
func (p *Peer) limited(listings []*Listing) []*Listing {
	limit := p.Value.Limit
	if limit == 0 || len(listings) <= limit {
		return listings
	}
	p.Beyond = len(listings) - limit
	slices.SortFunc(listings, bySoonest)
	return listings[:limit]
}

// once are listings of peers without those that are listed already: by this
// catalogue, or by a peer that had it here before, so that nobody can take the
// place of a listing by telling the same. What is left out is noted with what
// is shown for it.
func (c *Catalogue) once(listings []*Listing, before *ledger.Ledger) []*Listing {
	slices.SortFunc(listings, func(a, b *Listing) int {
		return cmp.Or(since(a, before).Compare(since(b, before)), strings.Compare(a.Origin.Peer.Name, b.Origin.Peer.Name), strings.Compare(a.ID, b.ID))
	})
	same := newIdentities(c.Zone, c.Listings, listings)
	var shown []*Listing
	for _, l := range listings {
		if other := same.shownFor(l); other != nil {
			other.Also = append(other.Also, l.Origin)
			l.Origin.Peer.Twice = append(l.Origin.Peer.Twice, other)
			continue
		}
		same.show(l)
		shown = append(shown, l)
	}
	return shown
}

// never is later than any time of a ledger.
var never = time.Date(9999, 1, 1, 0, 0, 0, 0, time.UTC)

// since is when a listing appeared here for the first time, if it is here.
func since(l *Listing, before *ledger.Ledger) time.Time {
	if before == nil {
		return never
	}
	if e, ok := before.Records[l.ID]; ok && e.State != ledger.Gone {
		return e.Published
	}
	return never
}
