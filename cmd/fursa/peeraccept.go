package main

import (
	"cmp"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"fursa/feeds/peers"
	"fursa/generator/catalogue"
	"fursa/schema"
)

func (a *app) peerAccept() *cobra.Command {
	var v verdict
	c := &cobra.Command{
		Use:   "accept PEER ID...",
		Short: "Show listings of another catalogue that wait for review",
		Long: `Accept listings of a peer: the next build shows them. Their ids, or with
--provider those of who offers them, go into content/reviews/PEER.toml; what was
refused is so no more. All of a provider means what it will offer later too.

An id may be short, as fursa peer review prints it.`,
		Example: "  fursa peer accept kuopio library/story-hour\n  fursa peer accept kuopio --provider library\n  fursa peer accept kuopio --all",
		Args:    cobra.MinimumNArgs(1),
		RunE: func(_ *cobra.Command, args []string) error {
			v.accept = true
			return a.judgeOffers(args[0], args[1:], v)
		},
	}
	c.Flags().BoolVar(&v.provider, "provider", false, "the ids are those of providers")
	c.Flags().BoolVar(&v.all, "all", false, "all listings that wait now")
	return c
}

func (a *app) peerRefuse() *cobra.Command {
	var v verdict
	c := &cobra.Command{
		Use:   "refuse PEER ID...",
		Short: "Never show listings of another catalogue",
		Long: `Refuse listings of a peer: they are not shown, and wait no more. Their ids, or
with --provider those of who offers them, go into content/reviews/PEER.toml; what
was accepted is so no more.

An id may be short, as fursa peer review prints it.`,
		Example: "  fursa peer refuse kuopio shop/sale\n  fursa peer refuse kuopio --provider shop",
		Args:    cobra.MinimumNArgs(1),
		RunE: func(_ *cobra.Command, args []string) error {
			return a.judgeOffers(args[0], args[1:], v)
		},
	}
	c.Flags().BoolVar(&v.provider, "provider", false, "the ids are those of providers")
	return c
}

// verdict is what a curator says of some listings.
type verdict struct{ accept, provider, all bool }

func (v verdict) word() string {
	if v.accept {
		return "accepted"
	}
	return "refused"
}

// mostReviewed is how many ids a list of a review may have, as its schema says;
// long ones fill a file earlier.
const mostReviewed = 20_000

// judgeOffers writes a verdict on listings of a peer into its review.
func (a *app) judgeOffers(slug string, named []string, v verdict) error {
	switch {
	case v.all && (v.provider || len(named) > 0):
		return usageError{errors.New("--all is all that waits: name no id, and no --provider")}
	case !v.all && len(named) == 0:
		return usageError{fmt.Errorf("name the ids of listings; fursa peer review%s %s shows them", a.contentFlag(), slug)}
	}
	sources, err := a.sources([]string{slug})
	if err != nil {
		return err
	}
	said, err := a.standings()
	if err != nil {
		return err
	}
	offers, err := a.offers(slug)
	if err != nil {
		return err
	}
	if len(offers) == 0 {
		return fmt.Errorf("nothing of %s is here: fursa pull%s %s fetches it", slug, a.contentFlag(), slug)
	}
	file := filepath.Join(a.content, "reviews", slug+".toml")
	review := read[schema.Review](a.content, filepath.Join("reviews", slug+".toml"))
	ids, err := v.ids(sources[0], named, offers, review, said)
	if err != nil {
		return usageError{err}
	}
	if len(ids) == 0 {
		a.say("nothing of %s waits", slug)
		return nil
	}
	review = v.written(review, ids)
	if err := rewritten(a, schema.KindReview, file, review); err != nil {
		return err
	}
	a.say("%s: %s %s", file, count(len(ids), "id"), v.word())
	return a.judgedOffers(sources[0], offers, v, ids)
}

// ids are the whole ids that a verdict is on.
func (v verdict) ids(peer peers.Source, named []string, offers []offer, review schema.Review, said standingOf) ([]string, error) {
	if v.all {
		_, waiting := said.sorted(peer, offers)
		var ids []string
		for _, o := range waiting {
			ids = append(ids, o.ID)
		}
		if len(ids) > mostReviewed {
			return nil, fmt.Errorf("%s has %d listings that wait, and its review has room for %d: accept providers, with --provider", peer.Slug, len(ids), mostReviewed)
		}
		return ids, nil
	}
	folder, known := "opportunities/", slices.Concat(review.Accepted, review.Refused)
	for _, o := range offers {
		known = append(known, o.ID)
	}
	if v.provider {
		folder, known = "providers/", slices.Concat(review.Accepted, review.Refused)
		for _, o := range offers {
			known = append(known, o.Provider.ID)
		}
	}
	slices.Sort(known)
	known = slices.DeleteFunc(slices.Compact(known), func(id string) bool { return id == "" })
	var ids []string
	for _, name := range named {
		id, err := whole(name, folder, peer, known)
		if err != nil {
			return nil, err
		}
		ids = append(ids, id)
	}
	slices.Sort(ids)
	return slices.Compact(ids), nil
}

// whole is the id that somebody means by a name: the id itself, what follows
// the peer's id in it, or the end of one id alone.
func whole(name, folder string, peer peers.Source, known []string) (string, error) {
	root := strings.TrimSuffix(cmp.Or(peer.ID, peer.URL), "/") + "/"
	for _, id := range []string{name, root + folder + name, root + name} {
		if slices.Contains(known, id) {
			return id, nil
		}
	}
	var ends, shorts []string
	for _, id := range known {
		if strings.HasSuffix(id, "/"+name) {
			ends = append(ends, id)
		}
		shorts = append(shorts, shortID(id, folder, peer))
	}
	if len(ends) == 1 {
		return ends[0], nil
	}
	if len(ends) > 1 {
		return "", fmt.Errorf("%q may be any of %s: write more of the id", name, printable(strings.Join(ends, ", ")))
	}
	what := "listing"
	if folder == "providers/" {
		what = "provider"
	}
	if near, ok := schema.Near(shortID(name, folder, peer), shorts); ok {
		return "", fmt.Errorf("%s has no %s %q: did you mean %s?", peer.Slug, what, printable(name), printable(near))
	}
	return "", fmt.Errorf("%s has no %s %q", peer.Slug, what, printable(name))
}

// written is a review with a verdict on some ids, its lists sorted.
func (v verdict) written(review schema.Review, ids []string) schema.Review {
	to, from := &review.Refused, &review.Accepted
	if v.accept {
		to, from = from, to
	}
	*to = append(slices.Clone(*to), ids...)
	judged := setOf(ids)
	*from = slices.DeleteFunc(slices.Clone(*from), func(id string) bool { return judged[id] })
	slices.Sort(review.Accepted)
	slices.Sort(review.Refused)
	review.Accepted, review.Refused = slices.Compact(review.Accepted), slices.Compact(review.Refused)
	return review
}

// judgedOffers says how it stands with a peer's listings after a verdict, and
// why it may not do what was meant.
func (a *app) judgedOffers(peer peers.Source, offers []offer, v verdict, ids []string) error {
	said, err := a.standings()
	if err != nil {
		return err
	}
	t, _ := said.sorted(peer, offers)
	a.say("%s: %s: %d accepted, %d refused, %d waiting; the next build shows it", peer.Slug, count(len(offers), "listing"), t.Accepted, t.Refused, t.Waiting)
	if trust := cmp.Or(peer.Trust, catalogue.TrustReview); trust != catalogue.TrustReview && v.accept {
		a.say("peers/%s.toml has trust = %q: with that, nothing waits to be accepted", peer.Slug, trust)
	}
	if v.accept {
		a.keptAway(peer, offers, setOf(ids), said)
	}
	return nil
}

func setOf(ids []string) map[string]bool {
	set := make(map[string]bool, len(ids))
	for _, id := range ids {
		set[id] = true
	}
	return set
}

// keptAway says which listings that were accepted are not shown all the same.
func (a *app) keptAway(peer peers.Source, offers []offer, accepted map[string]bool, said standingOf) {
	first, why, n := "", "", 0
	for _, o := range offers {
		if !accepted[o.ID] && !accepted[o.Provider.ID] {
			continue
		}
		reason := ""
		if block, list, blocked := said.blocked.Blocks(append(o.addresses(), peer.ID, peer.URL)...); blocked {
			reason = blockedBy(block, list)
		} else if said.reviews.Refused(peer.Slug, o.ID, o.Provider.ID) {
			reason = "it or its provider is refused in reviews/" + peer.Slug + ".toml"
		}
		if reason == "" {
			continue
		}
		if n++; n == 1 {
			first, why = o.ID, reason
		}
	}
	if n > 0 {
		a.say("%s stays away all the same, such as %s: %s", count(n, "listing"), printable(first), why)
	}
}
