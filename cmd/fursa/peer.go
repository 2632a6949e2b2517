package main

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"fursa/feeds/peers"
	"fursa/feeds/snapshot"
	"fursa/generator/catalogue"
	"fursa/schema"
	"fursa/schema/diag"
	"fursa/schema/document"
)

func (a *app) peerCommand() *cobra.Command {
	c := &cobra.Command{
		Use:   "peer",
		Short: "Join other catalogues, whose listings are shown here too",
	}
	c.AddCommand(a.peerAdd(), a.peerList(), a.peerReview(), a.peerAccept(), a.peerRefuse(), a.peerBlock(), a.peerUnblock())
	return c
}

func (a *app) peerAdd() *cobra.Command {
	var loopback bool
	var slug string
	c := &cobra.Command{
		Use:   "add URL",
		Short: "Look at another catalogue, and write the file that joins it",
		Long: `Look at another catalogue: who it says it is, and what it would bring. Then write
its id, its key and its format into a file under content/peers. Its listings wait
for review until that file says otherwise. Where its terms and yours have a label
in common, the file says which of yours they stand for: look at that.`,
		Example: "  fursa peer add https://kuopio.example/",
		Args:    cobra.ExactArgs(1),
		RunE: func(c *cobra.Command, args []string) error {
			return a.addPeer(c.Context(), args[0], slug, loopback)
		},
	}
	c.Flags().StringVar(&slug, "name", "", "the name of its file (default: made of its own name)")
	c.Flags().BoolVar(&loopback, "allow-loopback", false, "look at servers on this machine too, for trials")
	return c
}

func (a *app) addPeer(ctx context.Context, address, slug string, loopback bool) error {
	o, err := a.pulling(loopback)
	if err != nil {
		return err
	}
	defer o.Folder.Close()
	found, err := peers.Look(ctx, address, o)
	if err != nil {
		return fmt.Errorf("%s: %s", address, printable(err.Error()))
	}
	peer := found.Peer
	if peer.Name == "" {
		u, _ := url.Parse(address)
		peer.Name = u.Hostname()
	}
	if slug == "" {
		slug = schema.Slugify(peer.Name)
	}
	if err := checkPath(schema.KindPeer, slug); err != nil {
		return usageError{fmt.Errorf("--name: %w", err)}
	}
	if peer.ID == o.Ours {
		return usageError{fmt.Errorf("%s is this catalogue itself", address)}
	}
	peer.Trust, peer.Map = catalogue.TrustReview, a.guesses(found)
	file := filepath.Join(a.content, "peers", slug+".toml")
	text := schema.Encode(peer, "")
	if err := a.checkPeer(file, text); err != nil {
		return err
	}
	if err := writeNew(file, text); err != nil {
		return err
	}
	a.showFound(found, peer)
	a.say("%s is there: look at it, then run: fursa pull%s %s", file, a.contentFlag(), slug)
	return nil
}

// checkPeer refuses what can't stand in a peer's file: all of it but the address
// is somebody else's word.
func (a *app) checkPeer(file string, text []byte) error {
	d, list := document.Parse(&diag.Source{Path: filepath.ToSlash(file), Text: text})
	if d != nil {
		list = append(list, schema.NewValidator().Check(schema.KindPeer, "", d)...)
	}
	return a.judged(list)
}

// showFound says what a peer is and would bring.
func (a *app) showFound(found peers.Found, peer schema.Peer) {
	fmt.Fprintf(a.out, "%s\n  format: %s\n", printable(peer.Name), peer.Format)
	if peer.Format != peers.FormatFursa {
		return
	}
	fmt.Fprintf(a.out, "  id: %s\n  key: %s\n  languages: %s\n", peer.ID, peer.Key, printable(strings.Join(found.About.Languages, ", ")))
	if l := found.About.Licence; l != nil {
		fmt.Fprintf(a.out, "  licence: %s\n", printable(l.URL))
	}
	fmt.Fprintf(a.out, "  it would bring %s", count(found.Listings, "listing"))
	if found.Refused > 0 {
		fmt.Fprintf(a.out, "; %d more would be refused", found.Refused)
	}
	fmt.Fprintln(a.out)
	mapped := schema.PeerMap{}
	if peer.Map != nil {
		mapped = *peer.Map
	}
	a.showTerms("subjects", found.Terms.Subjects, mapped.Subjects)
	a.showTerms("districts", found.Terms.Districts, mapped.Districts)
	a.showTerms("grades", found.Terms.Grades, mapped.Grades)
}

// showTerms says which of ours a peer's terms stand for, as far as guessed.
func (a *app) showTerms(title string, terms map[string]map[string]string, mapped map[string]string) {
	if len(terms) == 0 {
		return
	}
	fmt.Fprintf(a.out, "  its %s:\n", title)
	for _, id := range slices.Sorted(maps.Keys(terms)) {
		our := mapped[id]
		if our == "" {
			our = "none of ours yet"
		}
		fmt.Fprintf(a.out, "    %s → %s\n", printable(id), our)
	}
}

// guesses propose which of our terms the peer's stand for; nil where none does.
func (a *app) guesses(found peers.Found) *schema.PeerMap {
	vocabulary := func(name string) map[string]schema.Text {
		labels := map[string]schema.Text{}
		for _, t := range read[schema.Vocabulary](a.content, filepath.Join("vocabularies", name+".toml")).Terms {
			labels[t.ID] = t.Label
		}
		return labels
	}
	grades := map[string]schema.Text{}
	for _, g := range read[schema.Catalogue](a.content, "catalogue.toml").Grades {
		grades[g.ID] = g.Label
	}
	m := schema.PeerMap{
		Subjects:  peers.Guess(found.Terms.Subjects, vocabulary("subjects")),
		Districts: peers.Guess(found.Terms.Districts, vocabulary("places")),
		Grades:    peers.Guess(found.Terms.Grades, grades),
	}
	if len(m.Subjects)+len(m.Districts)+len(m.Grades) == 0 {
		return nil
	}
	return &m
}

func (a *app) peerList() *cobra.Command {
	return &cobra.Command{
		Use:   "list",
		Short: "Name the other catalogues, and what is here of each",
		Args:  cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error {
			sources, err := a.sources(nil)
			if err != nil {
				return err
			}
			blocklists, err := curated[schema.Blocklist](a, schema.KindBlocklist)
			if err != nil {
				return err
			}
			blocked := catalogue.NewBlocked(blocklists)
			for _, s := range sources {
				state, err := a.pulledState(s.Slug)
				if err != nil {
					return err
				}
				line := standing(s, state)
				if block, list, ok := blocked.Blocks(s.ID, s.URL); ok {
					line += ", " + blockedBy(block, list)
				}
				fmt.Fprintf(a.out, "%s  %s  %s\n", s.Slug, s.URL, line)
			}
			if len(sources) == 0 {
				a.say("there is no peer yet: fursa peer add URL writes one")
			}
			return nil
		},
	}
}

// pulledState is what is known of a peer; nothing, where none was ever pulled.
func (a *app) pulledState(slug string) (snapshot.State, error) {
	folder, err := os.OpenRoot(filepath.Join(a.content, snapshots))
	if os.IsNotExist(err) {
		return snapshot.State{}, nil
	}
	if err != nil {
		return snapshot.State{}, err
	}
	defer folder.Close()
	return snapshot.Load(folder, slug)
}

// standing says in a line how it stands with a peer.
func standing(s peers.Source, state snapshot.State) string {
	trust := cmp.Or(s.Trust, catalogue.TrustReview)
	line := trust + ", never pulled"
	if !state.Fetched.IsZero() {
		line = fmt.Sprintf("%s, %s of %s", trust, count(state.Counts.Items, "listing"), state.Fetched.Format(time.DateOnly))
	}
	switch {
	case state.Held != nil:
		return line + ", held: " + state.Held.Why.Words()
	case state.Problem != nil:
		return line + ", " + printable(state.Problem.Error())
	}
	return line
}
