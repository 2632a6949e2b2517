package peers

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/url"
	"strconv"
	"strings"
	"unicode/utf8"

	"fursa/feeds"
	"fursa/feeds/fetch"
	"fursa/feeds/sign"
	"fursa/feeds/snapshot"
	"fursa/schema"
)

// aboutPath is where a Fursa catalogue says who it is.
const aboutPath = "fursa/catalogue.json"

// aboutBytes are its most: what it says is kept in the peer's state.
const aboutBytes = 64 << 10

// About is what a Fursa catalogue says of itself.
type About struct {
	ID        string          `json:"id"`
	URL       string          `json:"url"`
	Name      schema.Text     `json:"name"`
	Languages []string        `json:"languages"`
	Licence   *schema.Licence `json:"licence"`
	Key       string          `json:"key"`
	Counts    struct {
		Listings int `json:"listings"`
	} `json:"counts"`
	Feeds []struct {
		Type string `json:"type"`
		URL  string `json:"url"`
	} `json:"feeds"`
}

func readAbout(text []byte) (About, error) {
	var a About
	if len(text) > aboutBytes {
		return a, snapshot.Problem{Reason: snapshot.TooMuch, Detail: fmt.Sprintf("%s has more than %d bytes", aboutPath, aboutBytes)}
	}
	if err := json.Unmarshal(text, &a); err != nil || !utf8.Valid(text) {
		return a, snapshot.Problem{Reason: snapshot.Unreadable, Detail: fmt.Sprintf("%s is no JSON in UTF-8: %v", aboutPath, err)}
	}
	if a.ID == "" || !isWeb(a.URL) {
		return a, snapshot.Problem{Reason: snapshot.Unreadable, Detail: aboutPath + " names no id or no address"}
	}
	a.URL = strings.TrimSuffix(a.URL, "/") + "/"
	return a, nil
}

// start is the path of the first page of its change feed.
func (a About) start() (string, error) {
	for _, f := range a.Feeds {
		if strings.Contains(f.Type, "realtime-paged-data-exchange") {
			return a.path(f.URL)
		}
	}
	return "", snapshot.Problem{Reason: snapshot.Unreadable, Detail: aboutPath + " names no change feed"}
}

// path is that of an address, below the catalogue.
func (a About) path(address string) (string, error) {
	path, ok := strings.CutPrefix(address, a.URL)
	if !ok {
		return "", snapshot.Problem{Reason: snapshot.Unreadable, Detail: fmt.Sprintf("%.200q is not below %s", address, a.URL)}
	}
	return path, nil
}

func isWeb(address string) bool {
	u, err := url.Parse(address)
	return err == nil && (u.Scheme == "https" || u.Scheme == "http") && u.Host != "" && u.User == nil
}

// fursa pulls a Fursa catalogue. A site that is being published while it is
// read does not fit together; so does one that somebody meddles with. What does
// not fit is read once more.
func (j *job) fursa(ctx context.Context) error {
	if j.ID == "" || j.Key == "" {
		return snapshot.Problem{Reason: snapshot.Unpinned}
	}
	err := j.attempt(ctx, true)
	var p snapshot.Problem
	if errors.As(err, &p) && (p.Reason == snapshot.Mismatch || p.Reason == snapshot.KeyChanged || p.Reason == snapshot.Unsigned) {
		j.next = j.state
		err = j.attempt(ctx, false)
	}
	return err
}

func (j *job) attempt(ctx context.Context, conditional bool) error {
	answer, err := j.manifest(ctx, conditional)
	if err != nil || j.same {
		return err
	}
	m, err := sign.ReadManifest(answer.Body)
	if err != nil {
		return snapshot.Problem{Reason: snapshot.Unreadable, Detail: err.Error()}
	}
	if len(m.Key) > 100 {
		return snapshot.Problem{Reason: snapshot.Unreadable, Detail: "the manifest names a key that is none"}
	}
	if m.Catalogue != j.Source.ID {
		return snapshot.Problem{Reason: snapshot.Other, Detail: m.Catalogue}
	}
	if err := j.verify(ctx, m, answer.Body); err != nil {
		return err
	}
	if m.Sequence < j.state.Sequence && !j.Release {
		return snapshot.Problem{Reason: snapshot.Backwards, Detail: fmt.Sprintf("from %d to %d", j.state.Sequence, m.Sequence)}
	}
	if err := j.follow(ctx, m); err != nil {
		return err
	}
	j.next.Sequence, j.next.Manifest = m.Sequence, sign.Sum(answer.Body)
	remember(&j.next, j.URL+sign.ManifestPath, answer)
	return nil
}

// remember notes by what an answer is asked for next time.
func remember(s *snapshot.State, url string, answer fetch.Response) {
	s.ETag, s.LastModified = nil, nil
	if answer.ETag != "" {
		s.ETag = map[string]string{url: answer.ETag}
	}
	if answer.LastModified != "" {
		s.LastModified = map[string]string{url: answer.LastModified}
	}
}

func (j *job) manifest(ctx context.Context, conditional bool) (fetch.Response, error) {
	r := fetch.Request{URL: j.URL + sign.ManifestPath}
	if conditional {
		r.ETag, r.LastModified = j.state.ETag[r.URL], j.state.LastModified[r.URL]
	}
	answer, err := j.get(ctx, r)
	j.same = err == nil && (answer.NotModified || j.state.Manifest != "" && sign.Sum(answer.Body) == j.state.Manifest)
	return answer, err
}

// verify says whether the pinned key signs a manifest, or vouches for the key
// that does.
func (j *job) verify(ctx context.Context, m sign.Manifest, text []byte) error {
	j.next.NewKey = ""
	if m.Key == "" {
		return snapshot.Problem{Reason: snapshot.Unsigned}
	}
	path := sign.SignaturePath
	if m.Key != j.Source.Key {
		path = sign.FormerPath
	}
	signature, err := j.get(ctx, fetch.Request{URL: j.URL + path})
	switch {
	case err == nil && sign.Verify(j.Source.Key, text, signature.Body) == nil:
		if m.Key != j.Source.Key {
			j.next.NewKey = m.Key
		}
		return nil
	case m.Key != j.Source.Key:
		return snapshot.Problem{Reason: snapshot.KeyChanged, Detail: m.Key}
	case err != nil:
		return snapshot.Problem{Reason: snapshot.Unsigned, Detail: err.Error()}
	}
	return snapshot.Problem{Reason: snapshot.Mismatch, Detail: "the signature is not that of the pinned key"}
}

// listed gets a file that the manifest lists.
func (j *job) listed(ctx context.Context, m sign.Manifest, path string) (fetch.Response, error) {
	if m.Files[path] == "" {
		return fetch.Response{}, snapshot.Problem{Reason: snapshot.Mismatch, Detail: "the manifest does not list " + path}
	}
	answer, err := j.get(ctx, fetch.Request{URL: j.URL + path})
	if err != nil {
		return answer, err
	}
	if !m.Lists(path, answer.Body) {
		return answer, snapshot.Problem{Reason: snapshot.Mismatch, Detail: "the manifest has another sum of " + path}
	}
	return answer, nil
}

// follow reads what has changed.
func (j *job) follow(ctx context.Context, m sign.Manifest) error {
	text, err := j.listed(ctx, m, aboutPath)
	if err != nil {
		return err
	}
	about, err := readAbout(text.Body)
	if err != nil {
		return err
	}
	if about.ID != j.Source.ID {
		return snapshot.Problem{Reason: snapshot.Other, Detail: about.ID}
	}
	start, err := about.start()
	if err != nil {
		return err
	}
	if m.Files[j.state.Next] == "" || m.Sequence < j.state.Sequence {
		j.state.Next = "" // the peer has forgotten it
	}
	at, err := j.begin(ctx, start)
	if err != nil {
		return err
	}
	get := func(ctx context.Context, at string) (feeds.RPDEPage, string, error) {
		answer, err := j.listed(ctx, m, at)
		if err != nil {
			return feeds.RPDEPage{}, "", err
		}
		p, err := page(answer)
		if err != nil {
			return p, "", err
		}
		next, err := about.path(p.Next)
		return p, next, err
	}
	j.next.Name, j.next.Languages, j.next.Licence = about.Name, about.Languages, about.Licence
	j.next.Next, err = j.walk(ctx, at, get, func(i feeds.RPDEItem) error { return j.take(ctx, about, i) })
	return err
}

// take takes one change of a Fursa catalogue, or refuses it.
func (j *job) take(ctx context.Context, about About, i feeds.RPDEItem) error {
	id := string(i.ID)
	j.forget(id)
	if !j.theirs(id) {
		j.refuse(id, snapshot.NotTheirs)
		return nil
	}
	modified, err := strconv.ParseInt(string(i.Modified), 10, 64)
	if err != nil {
		j.refuse(id, snapshot.BadItem)
		return nil //nolint:nilerr // the listing is refused, the others are taken
	}
	// Who has lost its ledger counts anew; its sequence has risen all the same.
	if !j.full && !j.Release && modified < j.old.lines[id].modified {
		return snapshot.Problem{Reason: snapshot.Backwards, Detail: fmt.Sprintf("%s from %d to %d", id, j.old.lines[id].modified, modified)}
	}
	if i.State == feeds.RPDEDeleted {
		j.fresh.remove(id)
		return nil
	}
	if int64(len(i.Data)) > j.ItemBytes {
		j.drop(id, snapshot.TooLarge)
		return nil
	}
	s, ok, err := feeds.SharedOf(i.Data)
	switch {
	case err != nil:
		j.drop(id, snapshot.BadItem)
	case !ok:
		j.drop(id, snapshot.NoRecord)
	case s.ID != id || !j.own(s, about):
		j.drop(id, snapshot.NotTheirs)
	default:
		s.Modified = modified
		return j.put(ctx, s)
	}
	return nil
}

// drop refuses what takes the place of a listing that was good once: that one
// is no longer what the peer says.
func (j *job) drop(id string, why snapshot.Reason) {
	j.fresh.remove(id)
	j.refuse(id, why)
}

// theirs says whether an id is one that the peer may speak of: that of a record
// of its own, below its id. What it has from others is not.
func (j *job) theirs(id string) bool { return below(j.Source.ID, id, "opportunities", 3) }

// below says whether an address is a folder's path of some slugs below an id.
func below(id, address, folder string, parts int) bool {
	path, ok := strings.CutPrefix(address, strings.TrimSuffix(id, "/")+"/")
	return ok && isPath(path, folder, parts)
}

func isPath(path, folder string, parts int) bool {
	slugs := strings.Split(path, "/")
	if len(slugs) != parts || slugs[0] != folder {
		return false
	}
	for _, s := range slugs {
		if !schema.Slug(s) {
			return false
		}
	}
	return true
}

// own says whether all that a listing names as the peer's own is.
func (j *job) own(s feeds.Shared, about About) bool {
	if !isPath(s.Path, "opportunities", 3) || !isWeb(s.URL) || !strings.HasPrefix(s.URL, about.URL) {
		return false
	}
	p := s.Provider
	return p == nil || below(j.Source.ID, p.ID, "providers", 2) && isPath(p.Path, "providers", 2) &&
		isWeb(p.URL) && strings.HasPrefix(p.URL, about.URL) && !bytes.Equal(p.Record, []byte("null"))
}
