package peers

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"maps"
	"slices"
	"strings"

	"fursa/feeds"
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
	// known of a Fursa catalogue alone.
	Listings, Refused int
	// Terms are the labels of the terms that the listings use.
	Terms feeds.SharedTerms
}

// Look looks at an address: of a Fursa catalogue all that it would bring, of
// something else its format alone. It keeps nothing.
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
	if answer, err = p.get(ctx, fetch.Request{URL: url}); err != nil {
		return Found{}, err
	}
	format := formatOf(answer.Body)
	if format == "" {
		return Found{}, Problem{Reason: snapshot.Unknown, Detail: "there is no Fursa catalogue, and no feed, at " + url}
	}
	return Found{Peer: schema.Peer{URL: url, Format: format}}, nil
}

func (p *puller) lookAtFursa(ctx context.Context, root string, about About) (Found, error) {
	found := Found{About: about, Peer: schema.Peer{
		Name: nameOf(about), URL: root, ID: about.ID, Key: about.Key, Format: FormatFursa,
	}}
	j := &job{puller: p, Source: Source{Peer: found.Peer}}
	j.state = State{URL: root, Format: FormatFursa}
	defer j.close()
	if about.Key == "" {
		return found, Problem{Reason: snapshot.Unsigned}
	}
	if err := j.pull(ctx); err != nil {
		return found, err
	}
	found.Listings, found.Refused = len(j.fresh.lines), j.next.Counts.Refused
	for _, l := range j.fresh.lines {
		var s feeds.Shared
		if err := json.Unmarshal(l.text, &s); err != nil {
			return found, errors.Join(Problem{Reason: snapshot.Unreadable}, err)
		}
		add(&found.Terms.Subjects, s.Terms.Subjects)
		add(&found.Terms.Districts, s.Terms.Districts)
		add(&found.Terms.Grades, s.Terms.Grades)
	}
	return found, nil
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

// formatOf says what a text is by what such texts begin with or name.
func formatOf(text []byte) string {
	if _, err := feeds.ReadRPDE(text); err == nil {
		return FormatRPDE
	}
	head := string(text[:min(len(text), 2000)])
	for _, f := range []struct{ sign, format string }{
		{"BEGIN:VCALENDAR", "ics"}, {"https://jsonfeed.org/version/", "json-feed"}, {"<rss", "rss"}, {"<feed", "atom"},
	} {
		if strings.Contains(head, f.sign) && !bytes.Contains(bytes.ToLower(text[:min(len(text), 100)]), []byte("<!doctype html")) {
			return f.format
		}
	}
	return ""
}

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
