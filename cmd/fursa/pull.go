package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime/debug"
	"slices"
	"strings"
	"time"
	"unicode"

	"github.com/spf13/cobra"

	"fursa/feeds/fetch"
	"fursa/feeds/peers"
	"fursa/feeds/snapshot"
	"fursa/generator/catalogue"
	"fursa/generator/content"
	"fursa/schema"
	"fursa/schema/diag"
	"fursa/schema/document"
)

// snapshots is the folder of what was pulled, in the content folder.
const snapshots = ".peers"

// pullMemory is from where on a pull would rather work than fill the memory.
const pullMemory = 384 << 20

func (a *app) pull() *cobra.Command {
	var previous string
	var loopback, accept bool
	c := &cobra.Command{
		Use:   "pull [PEER...]",
		Short: "Fetch the listings of other catalogues",
		Long: `Fetch what the catalogues under content/peers offer into content/.peers, where
the next build finds it; of those named, or of all. Where one does not answer, or
what it sends is not in order, what was last good stays.

A peer that goes back, has emptied, or changes more than half of its listings at
once is held until it is as it was, or you say that this is wanted.`,
		Example: "  fursa pull\n  fursa pull kuopio\n  fursa pull --previous https://doha.example/\n  fursa pull --accept-changes kuopio",
	}
	c.Flags().StringVar(&previous, "previous", "", "the published site (a folder, an address, or «live» for where catalogue.toml says) whose snapshots to go on from where there are none here")
	c.Flags().BoolVar(&loopback, "allow-loopback", false, "pull from servers on this machine too, for trials")
	c.Flags().BoolVar(&accept, "accept-changes", false, "take what the peers named are held for")
	c.RunE = func(c *cobra.Command, args []string) error {
		if accept && len(args) == 0 {
			return usageError{errors.New("--accept-changes: name the peers whose changes are wanted")}
		}
		debug.SetMemoryLimit(pullMemory)
		sources, err := a.sources(args)
		if err != nil {
			return err
		}
		if len(sources) == 0 {
			a.say("there is no peer yet: fursa peer add URL writes one")
			return nil
		}
		o, err := a.pulling(loopback)
		if err != nil {
			return err
		}
		defer o.Folder.Close()
		if sources, err = a.unblocked(sources); err != nil {
			return err
		}
		o.Release, o.Done = accept, a.pulled
		if err := a.restore(c.Context(), previous, sources, o); err != nil {
			return err
		}
		return judgePull(peers.Pull(c.Context(), sources, o))
	}
	return c
}

// sources are the peers of the content folder: those named, else all.
func (a *app) sources(named []string) ([]peers.Source, error) {
	listing, list, err := content.Names(a.content)
	if err != nil {
		return nil, err
	}
	var sources []peers.Source
	validator := schema.NewValidator()
	for _, n := range listing.Names {
		slug := strings.TrimPrefix(n.Path, "peers/")
		if n.Kind != schema.KindPeer || n.Lang != "" || len(named) > 0 && !slices.Contains(named, slug) {
			continue
		}
		peer, problems, err := readRecord[schema.Peer](a, validator, n)
		if err != nil {
			return nil, err
		}
		list = append(list, problems...)
		sources = append(sources, peers.Source{Slug: slug, Peer: peer})
	}
	if err := a.judged(list); err != nil {
		return nil, err
	}
	for _, slug := range named {
		if !slices.ContainsFunc(sources, func(s peers.Source) bool { return s.Slug == slug }) {
			return nil, usageError{fmt.Errorf("there is no peer %q: fursa peer list names those there are", slug)}
		}
	}
	return sources, nil
}

// unblocked are the peers that no blocklist blocks; of the others it says so.
func (a *app) unblocked(sources []peers.Source) ([]peers.Source, error) {
	blocklists, err := curated[schema.Blocklist](a, schema.KindBlocklist)
	if err != nil {
		return nil, err
	}
	blocked := catalogue.NewBlocked(blocklists)
	return slices.DeleteFunc(sources, func(s peers.Source) bool {
		block, list, ok := blocked.Blocks(s.ID, s.URL)
		if ok {
			a.say("%s: %s, not asked", s.Slug, blockedBy(block, list))
		}
		return ok
	}), nil
}

// blockedBy says what blocks something, and why.
func blockedBy(block schema.Block, list string) string {
	words := "blocked by " + printable(block.ID) + " in blocklists/" + list + ".toml"
	if block.Why != "" {
		words += " (" + printable(block.Why) + ")"
	}
	return words
}

// readRecord reads a record's file; the list has what is wrong with it.
func readRecord[T any](a *app, v *schema.Validator, n content.Name) (record T, list diag.List, err error) {
	file, ok, list, err := content.ReadFile(a.content, n.File)
	if err != nil || !ok {
		return record, list, err
	}
	d, problems := document.Parse(file.Source)
	list = append(list, problems...)
	if d == nil {
		return record, list, nil
	}
	if list = append(list, v.Check(n.Kind, "", d)...); list.Failed() {
		return record, list, nil
	}
	record, err = schema.Decode[T](d.Value)
	return record, list, err
}

// pulling are the options of a pull: how to ask, where to keep, and when it is.
func (a *app) pulling(loopback bool) (peers.Options, error) {
	settings, err := a.namedKeys()
	if err != nil {
		return peers.Options{}, err
	}
	in, err := a.input()
	if err != nil {
		return peers.Options{}, err
	}
	dir := filepath.Join(a.content, snapshots)
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return peers.Options{}, err
	}
	folder, err := os.OpenRoot(dir)
	if err != nil {
		return peers.Options{}, err
	}
	getter := fetch.New(fetch.Options{UserAgent: fmt.Sprintf("Fursa/%s (+%s)", version(), settings.ID), AllowLoopback: loopback})
	o := peers.Options{Get: getter.Get, Folder: folder, Now: in.Clock.UTC().Truncate(time.Second), Ours: settings.ID, Zone: settings.TimeZone}
	if len(settings.Languages) > 0 {
		o.Lang = settings.Languages[0]
	}
	return o, nil
}

// restore brings back the snapshots of a published site.
func (a *app) restore(ctx context.Context, previous string, sources []peers.Source, o peers.Options) error {
	if previous == "" || previous == "none" {
		return nil
	}
	if previous == "live" {
		var err error
		if previous, err = a.liveSite(""); err != nil {
			return err
		}
	}
	slugs := make([]string, len(sources))
	for i, s := range sources {
		slugs[i] = s.Slug
	}
	read := readSite(previous)
	if strings.HasPrefix(previous, "https://") || strings.HasPrefix(previous, "http://") {
		read = fetchSite(previous)
	} else if _, err := os.Stat(previous); err != nil {
		return fmt.Errorf("--previous: %w", err)
	}
	restored, err := peers.Restore(ctx, o.Folder, slugs, read)
	if err != nil {
		return fmt.Errorf("--previous: %w; --previous none does without it", err)
	}
	if len(restored) > 0 {
		a.say("going on from what was published of: %s", strings.Join(restored, ", "))
	}
	return nil
}

func readSite(dir string) func(context.Context, string) ([]byte, error) {
	return func(_ context.Context, path string) ([]byte, error) {
		return os.ReadFile(filepath.Join(dir, filepath.FromSlash(path)))
	}
}

// fetchSite reads a site's files from the address that the person at the
// keyboard gave, wherever that is.
func fetchSite(url string) func(context.Context, string) ([]byte, error) {
	getter := fetch.New(fetch.Options{UserAgent: "Fursa/" + version(), Anywhere: true})
	return func(ctx context.Context, path string) ([]byte, error) {
		answer, err := getter.Get(ctx, fetch.Request{URL: strings.TrimSuffix(url, "/") + "/" + path, Max: ledgerLimit})
		var status fetch.StatusError
		if errors.As(err, &status) && (status.Code == 404 || status.Code == 410) {
			return nil, fmt.Errorf("%w: %w", fs.ErrNotExist, err)
		}
		return answer.Body, err
	}
}

// pulled says what came of a peer.
func (a *app) pulled(r peers.Result) {
	c := r.State.Counts
	switch {
	case r.Err != nil:
		return // the end of the command says it
	case r.Off:
		a.say("%s: off, not asked", r.Slug)
	case r.Problem != nil:
		fmt.Fprintf(a.err, "%s: %s; %s\n", r.Slug, printable(r.Problem.Error()), keptOf(r))
	case r.Same:
		a.say("%s: nothing has changed, %s", r.Slug, count(c.Items, "listing"))
	default:
		a.say("%s: %s (%d new, %d changed, %d gone)", r.Slug, count(c.Items, "listing"), c.Added, c.Changed, c.Gone)
	}
	if refused := r.State.Refused; r.Problem == nil && !r.Same && len(refused) > 0 {
		a.say("%s: %s refused, such as %q: %s", r.Slug, count(c.Refused, "listing"), refused[0].ID, refused[0].Why.Words())
	}
	if key := r.State.NewKey; key != "" {
		a.say("%s: it announces a new key, and signs that with the one you know: write key = %q into peers/%s.toml", r.Slug, key, r.Slug)
	}
}

// printable is somebody else's text without what would do more to a terminal
// than be read.
func printable(text string) string {
	text = strings.Map(func(r rune) rune {
		if !unicode.IsPrint(r) {
			return '\uFFFD'
		}
		return r
	}, text)
	if letters := []rune(text); len(letters) > 300 {
		return string(letters[:300]) + "…"
	}
	return text
}

// keptOf says what stays in place of what a peer sends, and what to do.
func keptOf(r peers.Result) string {
	kept := "nothing of it is here yet"
	if !r.State.Fetched.IsZero() {
		kept = fmt.Sprintf("its %s of %s stay", count(r.State.Counts.Items, "listing"), r.State.Fetched.Format(time.DateOnly))
	}
	switch r.Problem.Reason {
	case snapshot.Backwards, snapshot.Emptied, snapshot.Changed:
		kept += "; if this is wanted: fursa pull --accept-changes " + r.Slug
	case snapshot.KeyChanged:
		kept += "; ask them by another way whether the key is theirs before you write it into peers/" + r.Slug + ".toml"
	case snapshot.Unpinned:
		kept += "; fursa peer add shows both"
	}
	return kept
}

// judgePull is how a pull ends: a peer's trouble is told and fails nothing, not
// that of all of them either, so that a site is published without it.
func judgePull(results []peers.Result) error {
	var errs []error
	unpinned := false
	for _, r := range results {
		if r.Err != nil {
			errs = append(errs, fmt.Errorf("%s: %w", r.Slug, r.Err))
		}
		unpinned = unpinned || r.Problem != nil && r.Problem.Reason == snapshot.Unpinned
	}
	switch {
	case len(errs) > 0:
		return errors.Join(errs...)
	case unpinned:
		return errMistakes
	}
	return nil
}
