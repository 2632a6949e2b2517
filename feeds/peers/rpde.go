package peers

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"net/url"
	"strconv"

	"fursa/feeds"
	"fursa/feeds/fetch"
	"fursa/feeds/snapshot"
)

// ForeignID is the id, below our own, of something that a peer which is no Fursa
// catalogue gives: of the id that it has there.
func ForeignID(ours, slug, theirs string) string {
	sum := sha256.Sum256([]byte(theirs))
	return ours + "peers/" + slug + "/" + hex.EncodeToString(sum[:8])
}

// rpde pulls a change feed. It has no manifest, so nobody can say whether all of
// it is of one moment: what came before a failure is kept, and gone on from.
func (j *job) rpde(ctx context.Context) error {
	if err := j.prepare(); err != nil {
		return err
	}
	if j.state.Manifest != j.settings {
		j.state.Next = "" // all of it would be other listings now
	}
	j.next.Manifest = j.settings
	first, err := url.Parse(j.URL)
	if err != nil {
		return snapshot.Problem{Reason: snapshot.Unreachable, Detail: err.Error()}
	}
	if j.same, err = j.nothingAhead(ctx); err != nil || j.same {
		return err
	}
	at, err := j.begin(ctx, j.URL)
	if err != nil {
		return err
	}
	var last fetch.Response
	read := 0
	get := func(ctx context.Context, at string) (feeds.RPDEPage, string, error) {
		if read++; j.glance > 0 && read > j.glance {
			j.more = true
			return feeds.RPDEPage{}, at, nil
		}
		answer, err := j.get(ctx, fetch.Request{URL: at})
		if err != nil {
			return feeds.RPDEPage{}, "", err
		}
		p, err := page(answer)
		if err != nil {
			return p, "", err
		}
		last = answer
		next, err := nextOn(first, at, p.Next)
		return p, next, err
	}
	end, err := j.walk(ctx, at, get, func(i feeds.RPDEItem) error { return j.takeForeign(ctx, i) })
	if err != nil && (end == at || j.full && len(j.old.lines) > 0 || !passing(err)) {
		return err
	}
	j.next.Next = end
	remember(&j.next, end, last)
	if err != nil {
		remember(&j.next, end, fetch.Response{})
	}
	return nil
}

// passing says whether a problem may be gone another time, so that what came
// before it is worth keeping.
func passing(err error) bool {
	var p snapshot.Problem
	return errors.As(err, &p) && p.Reason == snapshot.Unreachable
}

// nothingAhead asks whether there is nothing after what is at hand.
func (j *job) nothingAhead(ctx context.Context) (bool, error) {
	at := j.state.Next
	r := fetch.Request{URL: at, ETag: j.state.ETag[at], LastModified: j.state.LastModified[at]}
	if at == "" || r.ETag+r.LastModified == "" {
		return false, nil
	}
	answer, err := j.Get(ctx, r)
	var status fetch.StatusError
	if errors.As(err, &status) && (status.Code == 404 || status.Code == 410) {
		j.state.Next = "" // the peer has forgotten it
		return false, nil
	}
	if err != nil {
		return false, snapshot.Problem{Reason: snapshot.Unreachable, Detail: err.Error()}
	}
	return answer.NotModified, nil
}

// nextOn is the address of a page's next one. A feed stays with its host.
func nextOn(first *url.URL, at, next string) (string, error) {
	base, err := url.Parse(at)
	if err != nil {
		return "", snapshot.Problem{Reason: snapshot.Unreadable, Detail: err.Error()}
	}
	u, err := base.Parse(next)
	if err != nil || u.Scheme != first.Scheme || u.Host != first.Host || u.User != nil {
		return "", snapshot.Problem{Reason: snapshot.Unreadable, Detail: "the next page is elsewhere: " + next}
	}
	return u.String(), nil
}

// takeForeign takes one change of a feed that is no Fursa's.
func (j *job) takeForeign(ctx context.Context, i feeds.RPDEItem) error {
	id := ForeignID(j.Ours, j.Slug, i.Kind+" "+string(i.ID))
	j.forget(string(i.ID))
	if i.State == feeds.RPDEDeleted {
		j.fresh.remove(id)
		return nil
	}
	if int64(len(i.Data)) > j.ItemBytes {
		j.fresh.remove(id)
		j.refuse(string(i.ID), snapshot.TooLarge)
		return j.bound()
	}
	all, notes, err := j.sharer.Item(i, j.URL)
	if err != nil || len(all) != 1 {
		j.fresh.remove(id)
		j.refuse(string(i.ID), reasonOf(notes))
		return j.bound()
	}
	s := j.complete(all[0], id, j.URL)
	s.Modified, _ = strconv.ParseInt(string(i.Modified), 10, 64)
	return j.put(ctx, s)
}
