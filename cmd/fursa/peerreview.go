package main

import (
	"cmp"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"fursa/feeds/peers"
	"fursa/generator/catalogue"
)

func (a *app) peerReview() *cobra.Command {
	var format string
	c := &cobra.Command{
		Use:   "review [PEER...]",
		Short: "Show which listings of other catalogues wait for a yes or a no",
		Long: `Show which listings of the peers with trust = "review" wait: those that nobody
has accepted or refused, by who offers them. They are not on the site until you
accept them.`,
		Example: "  fursa peer review\n  fursa peer review kuopio --format json",
		RunE: func(_ *cobra.Command, args []string) error {
			if format != "text" && format != "json" {
				return usageError{fmt.Errorf("--format: %q is none of text, json", format)}
			}
			return a.reviewPeers(args, format)
		},
	}
	c.Flags().StringVar(&format, "format", "text", "text or json")
	return c
}

// reviewed is what waits of a peer.
type reviewed struct {
	Peer   string      `json:"peer"`
	Name   string      `json:"name"`
	Trust  string      `json:"trust"`
	Pulled time.Time   `json:"pulled,omitzero"`
	Counts offerCounts `json:"counts"`
	Waits  []offer     `json:"waiting"`

	source peers.Source
}

func (a *app) reviewPeers(named []string, format string) error {
	sources, err := a.sources(named)
	if err != nil {
		return err
	}
	said, err := a.standings()
	if err != nil {
		return err
	}
	list := []reviewed{}
	for _, s := range sources {
		trust := cmp.Or(s.Trust, catalogue.TrustReview)
		if trust != catalogue.TrustReview && len(named) == 0 {
			continue
		}
		r, err := a.reviewedPeer(s, trust, said)
		if err != nil {
			return err
		}
		list = append(list, r)
	}
	if format == "json" {
		e := json.NewEncoder(a.out)
		e.SetEscapeHTML(false)
		e.SetIndent("", "  ")
		return e.Encode(map[string]any{"peers": list})
	}
	for _, r := range list {
		a.showReviewed(r)
	}
	a.afterReview(list)
	return nil
}

// reviewedPeer sorts the listings of a peer. Of one that is not trusted under
// review nothing waits.
func (a *app) reviewedPeer(s peers.Source, trust string, said standingOf) (reviewed, error) {
	r := reviewed{Peer: s.Slug, Name: s.Name, Trust: trust, Waits: []offer{}, source: s}
	state, err := a.pulledState(s.Slug)
	if err != nil {
		return r, err
	}
	offers, err := a.offers(s.Slug)
	if err != nil {
		return r, err
	}
	r.Pulled = state.Fetched
	var waiting []offer
	if r.Counts, waiting = said.sorted(s, offers); trust == catalogue.TrustReview {
		r.Waits = append(r.Waits, waiting...)
	}
	slices.SortStableFunc(r.Waits, func(a, b offer) int {
		return cmp.Or(cmp.Compare(a.Provider.Name, b.Provider.Name), cmp.Compare(a.Provider.ID, b.Provider.ID), cmp.Compare(a.ID, b.ID))
	})
	return r, nil
}

// showReviewed prints what waits of a peer, by who offers it.
func (a *app) showReviewed(r reviewed) {
	c := r.Counts
	switch {
	case r.Pulled.IsZero():
		fmt.Fprintf(a.out, "%s: never pulled\n", r.Peer)
	case r.Trust != catalogue.TrustReview:
		fmt.Fprintf(a.out, "%s: trust is %q, so nothing waits\n", r.Peer, r.Trust)
	default:
		fmt.Fprintf(a.out, "%s: %s: %d waiting, %d accepted, %d refused", r.Peer, count(c.Accepted+c.Refused+c.Blocked+c.Waiting, "listing"), c.Waiting, c.Accepted, c.Refused)
		if c.Blocked > 0 {
			fmt.Fprintf(a.out, ", %d blocked", c.Blocked)
		}
		fmt.Fprintln(a.out)
	}
	provider := offerer{}
	for i, o := range r.Waits {
		if i == 0 || o.Provider != provider {
			provider = o.Provider
			title := strings.TrimSpace(provider.Name + "  " + shortID(provider.ID, "providers/", r.source))
			fmt.Fprintf(a.out, "\n  %s\n", printable(cmp.Or(title, "without a provider")))
		}
		fmt.Fprintf(a.out, "    %s  %s\n      %s\n", printable(shortID(o.ID, "opportunities/", r.source)), printable(o.Title),
			printable(strings.TrimPrefix(o.When+"  "+o.URL, "  ")))
	}
	if len(r.Waits) > 0 {
		fmt.Fprintln(a.out)
	}
}

// afterReview says what to do next.
func (a *app) afterReview(list []reviewed) {
	peer, waiting := "", 0
	for _, r := range list {
		if waiting += len(r.Waits); peer == "" && len(r.Waits) > 0 {
			peer = r.Peer
		}
	}
	flag := a.contentFlag()
	switch {
	case len(list) == 0:
		a.say("no peer has trust = \"review\": nothing waits")
	case waiting == 0:
		a.say("nothing waits")
	default:
		a.say(`to show a listing:          fursa peer accept%[1]s %[2]s ID
to show all of a provider:  fursa peer accept%[1]s %[2]s --provider ID
to show all of these:       fursa peer accept%[1]s %[2]s --all
never to show one:          fursa peer refuse%[1]s %[2]s ID`, flag, peer)
	}
}
