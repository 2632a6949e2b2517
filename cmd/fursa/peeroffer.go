package main

import (
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"fursa/feeds"
	"fursa/feeds/peers"
	"fursa/feeds/snapshot"
	"fursa/generator/catalogue"
	"fursa/schema"
	"fursa/schema/when"
)

// offer is a listing of a peer, as far as one needs it to judge it.
type offer struct {
	ID    string `json:"id"`
	Title string `json:"title"`
	// When is in plain words; empty where nothing is known.
	When     string  `json:"when,omitempty"`
	URL      string  `json:"url"`
	Provider offerer `json:"provider"`
}

// offerer is who offers a listing.
type offerer struct {
	ID   string `json:"id,omitempty"`
	Name string `json:"name,omitempty"`
	URL  string `json:"url,omitempty"`
}

// addresses are what a blocklist may name to block an offer.
func (o offer) addresses() []string { return []string{o.ID, o.URL, o.Provider.ID, o.Provider.URL} }

// standingOf is what has been said of the offers of all peers.
type standingOf struct {
	reviews catalogue.Reviews
	blocked *catalogue.Blocked
}

// standings reads what was said of the listings of all peers.
func (a *app) standings() (standingOf, error) {
	reviews, err := curated[schema.Review](a, schema.KindReview)
	if err != nil {
		return standingOf{}, err
	}
	blocklists, err := curated[schema.Blocklist](a, schema.KindBlocklist)
	return standingOf{catalogue.NewReviews(reviews), catalogue.NewBlocked(blocklists)}, err
}

// offerCounts counts the offers of a peer by what has been said of them. What is
// blocked is in none of the others.
type offerCounts struct {
	Accepted int `json:"accepted"`
	Refused  int `json:"refused"`
	Blocked  int `json:"blocked"`
	Waiting  int `json:"waiting"`
}

// sorted counts offers, and gives those that wait.
func (s standingOf) sorted(peer peers.Source, offers []offer) (t offerCounts, waiting []offer) {
	for _, o := range offers {
		_, _, blocked := s.blocked.Blocks(append(o.addresses(), peer.ID, peer.URL)...)
		switch {
		case blocked:
			t.Blocked++
		case s.reviews.Refused(peer.Slug, o.ID, o.Provider.ID):
			t.Refused++
		case s.reviews.Accepted(peer.Slug, o.ID, o.Provider.ID):
			t.Accepted++
		default:
			t.Waiting++
			waiting = append(waiting, o)
		}
	}
	return t, waiting
}

// offers are the listings in the snapshot of a peer, in the order of their ids;
// none where it was never pulled.
func (a *app) offers(slug string) ([]offer, error) {
	file := filepath.Join(a.content, snapshots, slug, snapshot.ItemsName)
	text, err := os.ReadFile(file)
	if err != nil && !errors.Is(err, os.ErrNotExist) {
		return nil, err
	}
	var offers []offer
	for at := range snapshot.Places(text) {
		s, err := snapshot.Line(text[at[0]:at[1]])
		if err != nil {
			return nil, fmt.Errorf("%s: %w; fursa pull %s reads it again", file, err, slug)
		}
		offers = append(offers, offerOf(s))
	}
	return offers, nil
}

// offerOf is a listing in short. Its record is the peer's word: what can't be
// read of it is left out.
func offerOf(s feeds.Shared) offer {
	var record schema.Opportunity
	if json.Unmarshal(s.Record, &record) != nil {
		record = schema.Opportunity{Title: record.Title}
	}
	o := offer{ID: s.ID, Title: cmp.Or(record.Title, "(no title)"), When: whenOf(record), URL: s.URL}
	if s.Provider != nil {
		var provider schema.Provider
		_ = json.Unmarshal(s.Provider.Record, &provider) // without a name it has its id
		o.Provider = offerer{s.Provider.ID, provider.Name, s.Provider.URL}
	}
	return o
}

// whenOf says when a listing takes place, in a few words.
func whenOf(v schema.Opportunity) string {
	moment := func(m when.Moment) string {
		return strings.Replace(strings.TrimSuffix(m.String(), ":00"), "T", " ", 1)
	}
	switch p := v.Period; {
	case len(v.Sessions) > 1 || len(v.Sessions) == 1 && v.Sessions[0].RRule != "":
		return "from " + moment(v.Sessions[0].Start) + ", several times"
	case len(v.Sessions) == 1:
		return moment(v.Sessions[0].Start)
	case p != nil && !p.From.IsZero() && !p.To.IsZero():
		return p.From.String() + " to " + p.To.String()
	case p != nil && !p.From.IsZero():
		return "from " + p.From.String()
	case p != nil && !p.To.IsZero():
		return "until " + p.To.String()
	case v.Anytime:
		return "at any time"
	case v.ByArrangement:
		return "by arrangement"
	}
	return ""
}

// shortID is an id without what all ids of a peer begin with.
func shortID(id, folder string, peer peers.Source) string {
	for _, root := range []string{peer.ID, peer.URL} {
		root = strings.TrimSuffix(root, "/") + "/"
		if short, ok := strings.CutPrefix(id, root+folder); ok && root != "/" {
			return short
		}
	}
	if _, short, ok := strings.Cut(id, "/peers/"+peer.Slug+"/"); ok {
		return short
	}
	return id
}
