package peers

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"maps"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"fursa/feeds"
	"fursa/feeds/convert"
	"fursa/feeds/fetch"
	"fursa/feeds/snapshot"
	"fursa/schema"
)

// Found is what stands at an address that somebody wants to pull.
type Found struct {
	// Peer has the address, id, key, format and name that were found.
	Peer schema.Peer
	// About is what a Fursa catalogue says of itself.
	About About
	// Listings are how many it would bring, Refused how many would be refused;
	// More says that these are those of the first pages alone.
	Listings, Refused int
	More              bool
	// Why are some of those that would be refused.
	Why []snapshot.Refused
	// Terms are the labels of the terms that the listings use.
	Terms feeds.SharedTerms
}

const (
	// glance are the pages of a change feed that Look reads.
	glance = 4
	// mostFeeds are the feeds of a page that Look tries.
	mostFeeds = 5
)

// Look looks at an address and at what it would bring: of a change feed that is
// no Fursa's, its beginning. Of the feeds that a page names, and the page's own
// data, it takes what brings the most. It keeps nothing.
func Look(ctx context.Context, url string, o Options) (Found, error) {
	o.Bounds = o.orDefault()
	p := &puller{o, make(chan struct{}, 1)}
	root := folderURL(url, FormatFursa)
	answer, err := p.get(ctx, fetch.Request{URL: root + aboutPath})
	if err == nil {
		if about, err := readAbout(answer.Body); err == nil {
			return p.lookAtFursa(ctx, root, about)
		}
	}
	if answer, err = p.any(ctx, fetch.Request{URL: url}); err != nil {
		return Found{}, err
	}
	if format := formatOf(answer.Body); format != "" {
		return p.lookAt(ctx, url, format, answer)
	}
	page := convert.ReadPage(answer.Body, answer.URL)
	var best Found
	if page.Linked {
		if best, err = p.lookAt(ctx, url, FormatSchema, answer); err != nil {
			return best, err
		}
		if isName(page.Title) {
			best.Peer.Name = page.Title
		}
	}
	for _, address := range page.Feeds[:min(len(page.Feeds), mostFeeds)] {
		answer, err := p.any(ctx, fetch.Request{URL: address})
		if err != nil {
			continue
		}
		found, err := p.lookAt(ctx, address, formatOf(answer.Body), answer)
		if err == nil && (best.Peer.URL == "" || found.Listings > best.Listings) {
			best = found
		}
	}
	if best.Peer.URL == "" {
		return Found{}, snapshot.Problem{Reason: snapshot.Unknown, Detail: "there is no Fursa catalogue, no feed and no data of schema.org at " + url}
	}
	return best, nil
}

func (p *puller) lookAtFursa(ctx context.Context, root string, about About) (Found, error) {
	found := Found{About: about, Peer: schema.Peer{
		Name: nameOf(about), URL: root, ID: about.ID, Key: about.Key, Format: FormatFursa,
	}}
	if about.Key == "" {
		return found, snapshot.Problem{Reason: snapshot.Unsigned}
	}
	err := p.try(ctx, &found)
	return found, err
}

// lookAt looks at what is no Fursa catalogue. Who pulls it knows it by its own
// name, or else by its host's.
func (p *puller) lookAt(ctx context.Context, url, format string, answer fetch.Response) (Found, error) {
	found := Found{Peer: schema.Peer{URL: url, Format: format, Name: convert.Title(converted(format), answer.Body)}}
	if !isName(found.Peer.Name) {
		found.Peer.Name = strings.TrimPrefix(strings.TrimPrefix(hostOf(url), "https://"), "http://")
	}
	err := p.try(ctx, &found)
	return found, err
}

// isName says whether a peer may be called so.
func isName(s string) bool {
	n := utf8.RuneCountInString(s)
	return n >= 2 && n <= 120
}

// try pulls what was found, and counts.
func (p *puller) try(ctx context.Context, found *Found) error {
	j := &job{puller: p, Source: Source{Slug: "peer", Peer: found.Peer}, glance: glance}
	j.state = snapshot.State{URL: found.Peer.URL, Format: found.Peer.Format}
	defer j.close()
	if err := j.pull(ctx); err != nil {
		return err
	}
	found.Listings, found.Refused, found.Why = len(j.fresh.lines), j.next.Counts.Refused, j.next.Refused
	found.More = j.more
	for _, l := range j.fresh.lines {
		var s feeds.Shared
		if err := json.Unmarshal(l.text, &s); err != nil {
			return errors.Join(snapshot.Problem{Reason: snapshot.Unreadable}, err)
		}
		add(&found.Terms.Subjects, s.Terms.Subjects)
		add(&found.Terms.Districts, s.Terms.Districts)
		add(&found.Terms.Grades, s.Terms.Grades)
	}
	return nil
}

func add(to *map[string]map[string]string, terms map[string]map[string]string) {
	if *to == nil {
		*to = map[string]map[string]string{}
	}
	maps.Copy(*to, terms)
}

// nameOf is the name of a catalogue in the first of its languages that it has
// one in.
func nameOf(a About) string {
	for _, lang := range slices.Concat(a.Languages, slices.Sorted(maps.Keys(a.Name))) {
		if a.Name[lang] != "" {
			return a.Name[lang]
		}
	}
	return a.ID
}

// formatOf says what a text is by what such texts begin with or name; empty for
// a page, and for anything else.
func formatOf(text []byte) string {
	if _, err := feeds.ReadRPDE(text); err == nil {
		return FormatRPDE
	}
	head := text[:min(len(text), 4000)]
	switch {
	case bytes.HasPrefix(bytes.TrimSpace(bytes.TrimPrefix(head, []byte("\ufeff"))), []byte("BEGIN:VCALENDAR")):
		return FormatICS
	case bytes.Contains(head, []byte("https://jsonfeed.org/version/")) && json.Valid(text):
		return FormatJSONFeed
	}
	switch string(bytes.ToLower(element.Find(head))) {
	case "<rss", "<rdf:rdf":
		return FormatRSS
	case "<feed":
		return FormatAtom
	}
	return ""
}

// element is the first element of a text in XML or HTML.
var element = regexp.MustCompile(`<[A-Za-z][A-Za-z:]*`)

// Guess proposes which of our terms those of a peer stand for: the ones that
// have a label in common, in the same language and but for capitals.
func Guess(theirs map[string]map[string]string, ours map[string]schema.Text) map[string]string {
	byLabel := map[[2]string]string{}
	for _, id := range slices.Backward(slices.Sorted(maps.Keys(ours))) {
		for lang, label := range ours[id] {
			byLabel[[2]string{lang, strings.ToLower(label)}] = id
		}
	}
	guesses := map[string]string{}
	for id, labels := range theirs {
		for _, lang := range slices.Sorted(maps.Keys(labels)) {
			if our, ok := byLabel[[2]string{lang, strings.ToLower(labels[lang])}]; ok {
				guesses[id] = our
				break
			}
		}
	}
	return guesses
}
