package main

import (
	"context"
	"errors"
	"fmt"
	"maps"

	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"fursa/feeds/convert"
	"fursa/feeds/fetch"
	"fursa/feeds/peers"
	"fursa/generator/catalogue"
	"fursa/schema"
	"fursa/schema/diag"
)

// oursList is the blocklist of this catalogue's own.
const oursList = "ours"

func (a *app) peerBlock() *cobra.Command {
	var list, why, source string
	c := &cobra.Command{
		Use:   "block ID",
		Short: "Never take anything from an address, whoever lists it",
		Long: `Block an address: peers, providers and listings at it or below it are not
pulled, and not shown, whichever catalogue has them. A host alone, such as
spam.example, blocks that host and those below it; a peer can be named by its file.
It goes into content/blocklists/ours.toml.

With --import it is somebody else's list that becomes a file of yours: one like
that of any Fursa catalogue, a text with an address or a host on each line, or the
table that Mastodon exports. Importing it again brings the file up to date.`,
		Example: `  fursa peer block spam.example --why "Sells, and teaches nothing"
  fursa peer block https://kuopio.example/providers/shop
  fursa peer block --import https://lists.example/education.csv --list education`,
		Args: cobra.MaximumNArgs(1),
		RunE: func(c *cobra.Command, args []string) error {
			switch {
			case (source == "") == (len(args) == 0):
				return usageError{errors.New("name one address to block, or a list to --import")}
			case source == "":
				return a.block(args[0], why, list)
			case why != "":
				return usageError{errors.New("--why is of one address: a list has its own reasons")}
			case !c.Flags().Changed("list") || list == oursList:
				return usageError{errors.New("--import needs --list and a name: the file of your own list is not written over")}
			}
			return a.importBlocklist(c.Context(), source, list)
		},
	}
	c.Flags().StringVar(&list, "list", oursList, "the name of the list's file")
	c.Flags().StringVar(&why, "why", "", "why it is blocked")
	c.Flags().StringVar(&source, "import", "", "a file or an address with somebody else's list")
	return c
}

func (a *app) peerUnblock() *cobra.Command {
	var list string
	c := &cobra.Command{
		Use:     "unblock ID",
		Short:   "Take an address from a blocklist again",
		Long:    "Remove an entry from content/blocklists/ours.toml, or from another list.",
		Example: "  fursa peer unblock spam.example",
		Args:    cobra.ExactArgs(1),
		RunE:    func(_ *cobra.Command, args []string) error { return a.unblock(args[0], list) },
	}
	c.Flags().StringVar(&list, "list", oursList, "the name of the list's file")
	return c
}

// blocklist reads a list of ours, with the path of its file; where there is none
// it begins with a name.
func (a *app) blocklist(slug string) (schema.Blocklist, string, error) {
	if err := checkPath(schema.KindBlocklist, slug); err != nil {
		return schema.Blocklist{}, "", usageError{fmt.Errorf("--list: %w", err)}
	}
	lists, err := curated[schema.Blocklist](a, schema.KindBlocklist)
	if err != nil {
		return schema.Blocklist{}, "", err
	}
	file := filepath.Join(a.content, "blocklists", slug+".toml")
	for _, l := range lists {
		if l.Slug() == slug {
			return *l.Value, file, nil
		}
	}
	name := "What we block"
	if slug != oursList {
		name = "What " + slug + " blocks"
	}
	return schema.Blocklist{Name: name}, file, nil
}

// block adds an address to a list.
func (a *app) block(id, why, slug string) error {
	id, err := a.blockable(id)
	if err != nil {
		return err
	}
	list, file, err := a.blocklist(slug)
	if err != nil {
		return err
	}
	entry := schema.Block{ID: id, Why: why}
	at := slices.IndexFunc(list.Block, func(b schema.Block) bool { return catalogue.SameAddress(b.ID, id) })
	switch {
	case at < 0:
		list.Block = append(list.Block, entry)
	case why == "" || list.Block[at].Why == why:
		a.say("%s has %s already", file, list.Block[at].ID)
		return nil
	default:
		list.Block[at].Why = why
	}
	sortBlocks(list.Block)
	if err := rewritten(a, schema.KindBlocklist, file, list); err != nil {
		return err
	}
	a.say("%s: %s is blocked; the next build leaves out what is there", file, id)
	return a.hit([]schema.Block{entry})
}

func sortBlocks(blocks []schema.Block) {
	slices.SortStableFunc(blocks, func(a, b schema.Block) int { return strings.Compare(a.ID, b.ID) })
}

// blockable is the address that somebody wants to block: that of a peer where
// its file is named.
func (a *app) blockable(id string) (string, error) {
	if schema.Slug(id) {
		sources, err := a.sources([]string{id})
		if err != nil {
			return "", err
		}
		if sources[0].ID != "" {
			return sources[0].ID, nil
		}
		return sources[0].URL, nil
	}
	if !strings.Contains(id, "://") && strings.ContainsAny(id, "/:?#@") {
		return "", usageError{fmt.Errorf("%q: write the whole address, such as %q, or a host alone", id, "https://"+id)}
	}
	return id, nil
}

// hit says what of the peers some entries block.
func (a *app) hit(blocks []schema.Block) error {
	blocked := catalogue.NewBlocked([]*catalogue.Record[schema.Blocklist]{{Value: &schema.Blocklist{Block: blocks}}})
	sources, err := a.sources(nil)
	if err != nil {
		return err
	}
	for _, s := range sources {
		offers, err := a.offers(s.Slug)
		if err != nil {
			return err
		}
		if _, _, ok := blocked.Blocks(s.ID, s.URL); ok {
			a.say("the peer %s is blocked, with its %s", s.Slug, count(len(offers), "listing"))
			continue
		}
		if n := hits(blocked, s, offers); n > 0 {
			a.say("of the peer %s it blocks %s", s.Slug, count(n, "listing"))
		}
	}
	return nil
}

func hits(blocked *catalogue.Blocked, s peers.Source, offers []offer) int {
	t, _ := standingOf{blocked: blocked}.sorted(s, offers)
	return t.Blocked
}

// importBlocklist makes somebody else's list a file of ours, or brings it up to
// date.
func (a *app) importBlocklist(ctx context.Context, source, slug string) error {
	was, file, err := a.blocklist(slug)
	if err != nil {
		return err
	}
	text, err := readBlocklist(ctx, source)
	if err != nil {
		return fmt.Errorf("--import: %w", err)
	}
	found, problems, err := convert.ReadBlocklist(&diag.Source{Path: filepath.ToSlash(source), Text: text})
	if err != nil {
		return fmt.Errorf("--import: %s: %w", source, err)
	}
	if err := a.judged(problems); err != nil {
		return err
	}
	list := schema.Blocklist{Name: was.Name, URL: found.URL, Block: found.Block}
	if len(was.Block) == 0 && found.Name != "" {
		list.Name = found.Name
	}
	if isAddress(source) {
		list.URL = source
	}
	sortBlocks(list.Block)
	if err := rewritten(a, schema.KindBlocklist, file, list); err != nil {
		return err
	}
	before, after := idsOf(was.Block), idsOf(list.Block)
	a.say("%s: %s (%d new, %d gone); look at it, and commit it", file, count(len(list.Block), "address"), less(after, before), less(before, after))
	if len(found.Skipped) > 0 {
		a.say("%d more were not taken, such as %q", len(found.Skipped), printable(found.Skipped[0]))
	}
	return a.hit(list.Block)
}

// isAddress says whether somebody means a place on the web, and not a file.
func isAddress(source string) bool {
	return strings.HasPrefix(source, "https://") || strings.HasPrefix(source, "http://")
}

// readBlocklist reads a file, or what stands at an address, which the person at
// the keyboard gave, wherever that is.
func readBlocklist(ctx context.Context, source string) ([]byte, error) {
	if !isAddress(source) {
		return os.ReadFile(source)
	}
	getter := fetch.New(fetch.Options{UserAgent: "Fursa/" + version(), Anywhere: true})
	answer, err := getter.Get(ctx, fetch.Request{URL: source, Max: 8 << 20})
	return answer.Body, err
}

func idsOf(blocks []schema.Block) map[string]bool {
	ids := map[string]bool{}
	for _, b := range blocks {
		ids[b.ID] = true
	}
	return ids
}

// less is how many of some ids are not among others.
func less(ids, others map[string]bool) (n int) {
	for id := range ids {
		if !others[id] {
			n++
		}
	}
	return n
}

// unblock removes an address from a list.
func (a *app) unblock(id, slug string) error {
	id, err := a.blockable(id)
	if err != nil {
		return err
	}
	list, file, err := a.blocklist(slug)
	if err != nil {
		return err
	}
	kept := slices.DeleteFunc(slices.Clone(list.Block), func(b schema.Block) bool { return catalogue.SameAddress(b.ID, id) })
	if len(kept) == len(list.Block) {
		return a.notBlocked(id, file, list)
	}
	list.Block = kept
	if err := rewritten(a, schema.KindBlocklist, file, list); err != nil {
		return err
	}
	a.say("%s: %s is blocked no more", file, id)
	if block, by, ok := a.stillBlocked(id); ok {
		a.say("it stays away all the same: %s", blockedBy(block, by))
	}
	return nil
}

// stillBlocked is the entry of any list that blocks an address or a host.
func (a *app) stillBlocked(id string) (schema.Block, string, bool) {
	said, err := a.standings()
	if err != nil {
		return schema.Block{}, "", false
	}
	if !isAddress(id) {
		id = "https://" + id + "/"
	}
	return said.blocked.Blocks(id)
}

// notBlocked says why there is nothing to remove.
func (a *app) notBlocked(id, file string, list schema.Blocklist) error {
	if block, by, ok := a.stillBlocked(id); ok {
		return usageError{fmt.Errorf("%s does not have %s itself: it is %s", file, id, blockedBy(block, by))}
	}
	if near, ok := schema.Near(id, slices.Sorted(maps.Keys(idsOf(list.Block)))); ok {
		return usageError{fmt.Errorf("%s does not have %s: did you mean %s?", file, id, near)}
	}
	return usageError{fmt.Errorf("%s does not have %s", file, id)}
}
