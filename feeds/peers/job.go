package peers

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"strings"
	"time"

	"fursa/feeds"
	"fursa/feeds/convert"
	"fursa/feeds/snapshot"
)

// job is the pull of one peer: its state as it was, and as it would be.
type job struct {
	*puller
	Source
	state snapshot.State
	// next is the state, and old and fresh the listings, before and after; they
	// are read where something has changed alone.
	next       snapshot.State
	old, fresh items
	// full says that the feed is read from its start, and what it does not hold
	// is gone.
	full bool
	// same says that nothing has changed.
	same    bool
	isLarge bool
	// sharer makes listings of what no Fursa catalogue publishes; settings stand
	// for all that it was told.
	sharer   *convert.Sharer
	settings string
	// glance is how many pages of a change feed are enough to look at, 0 all; more
	// says that there are others.
	glance int
	more   bool
	// timer ends a pull that takes too long; nil where nothing does.
	timer *time.Timer
}

// open reads what is known of a peer.
func (p *puller) open(s Source) (*job, error) {
	s.URL = folderURL(s.URL, s.Format)
	state, err := snapshot.Load(p.Folder, s.Slug)
	if err != nil {
		return nil, err
	}
	format := cmp.Or(s.Format, FormatFursa)
	if state.ID != s.ID || state.Format != format {
		state = snapshot.State{} // another catalogue, of which nothing is known
	}
	if state.URL != s.URL || state.Key != s.Key { // whoever signed it, it is judged anew
		state.ETag, state.LastModified, state.Manifest = nil, nil, ""
		if format != FormatFursa {
			state.Next = ""
		}
	}
	if info, err := p.Folder.Stat(s.Slug + "/" + snapshot.ItemsName); state.Sum != "" && (err != nil || info.Size() != state.Size) {
		state.ETag, state.LastModified, state.Manifest = nil, nil, ""
	}
	state.ID, state.URL, state.Key, state.Format = s.ID, s.URL, s.Key, format
	return &job{puller: p, Source: s, state: state, next: state}, nil
}

// folderURL is the address of a catalogue as a folder, below which its files
// are; that of a feed is left as it is.
func folderURL(url, format string) string {
	if cmp.Or(format, FormatFursa) == FormatFursa && !strings.HasSuffix(url, "/") {
		return url + "/"
	}
	return url
}

func (j *job) close() {
	if j.isLarge {
		<-j.puller.large
	}
}

func (j *job) pull(ctx context.Context) error {
	switch j.state.Format {
	case FormatFursa:
		return j.fursa(ctx)
	case FormatRPDE:
		return j.rpde(ctx)
	}
	return j.document(ctx)
}

// keeps is how long deleted items stay in a feed, less some time: after it they
// may be missing, so the whole feed is read.
func keeps(format string) time.Duration {
	if format == FormatFursa {
		return 80 * 24 * time.Hour
	}
	return 6 * 24 * time.Hour
}

// begin reads the listings that are at hand, and says from where the feed goes
// on; from its start where that is not known.
func (j *job) begin(ctx context.Context, start string) (string, error) {
	if err := j.grow(ctx, j.state.Size); err != nil {
		return "", err
	}
	old, err := readItems(j.Folder, j.Slug, j.state)
	lost := errors.Is(err, errLost)
	if err != nil && !lost {
		return "", err
	}
	j.old = old
	j.fresh = items{lines: map[string]line{}}
	j.next.Refused, j.next.Counts = nil, snapshot.Counts{}
	if lost || j.state.Next == "" || j.Now.Sub(j.state.Fetched) > keeps(j.state.Format) {
		j.full = true
		return start, nil
	}
	j.full = false
	j.next.Refused, j.next.Counts.Refused = slices.Clone(j.state.Refused), j.state.Counts.Refused
	for id, l := range old.lines {
		j.fresh.put(id, l)
	}
	return j.state.Next, nil
}

// grow waits where many large peers would fill the memory together.
func (j *job) grow(ctx context.Context, bytes int64) error {
	if j.isLarge || bytes < large {
		return nil
	}
	if j.timer != nil { // the time of those before it is not its own
		j.timer.Stop()
		defer j.timer.Reset(j.Time)
	}
	select {
	case j.puller.large <- struct{}{}:
		j.isLarge = true
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// bound says whether more was sent than is taken, what was refused included.
func (j *job) bound() error {
	if len(j.fresh.lines) > j.Items || j.next.Counts.Refused > j.Items || j.fresh.bytes > j.Bytes {
		return snapshot.Problem{Reason: snapshot.TooMuch, Detail: "listings"}
	}
	return nil
}

// put takes a listing.
func (j *job) put(ctx context.Context, s feeds.Shared) error {
	l, err := newLine(s)
	if err != nil {
		j.drop(s.ID, snapshot.BadItem)
		return nil //nolint:nilerr // the listing is refused, the others are taken
	}
	j.fresh.put(s.ID, l)
	if err := j.bound(); err != nil {
		return err
	}
	return j.grow(ctx, j.fresh.bytes)
}

// forget forgets that a listing was refused: there is news of it.
func (j *job) forget(id string) {
	n := len(j.next.Refused)
	j.next.Refused = slices.DeleteFunc(j.next.Refused, func(r snapshot.Refused) bool { return r.ID == id })
	j.next.Counts.Refused -= n - len(j.next.Refused)
}

// refuse notes a listing that is not taken.
func (j *job) refuse(id string, why snapshot.Reason) {
	j.next.Counts.Refused++
	if len(j.next.Refused) < mostRefused {
		j.next.Refused = append(j.next.Refused, snapshot.Refused{ID: capped(id), Why: why})
	}
}

// capped is the beginning of a text that somebody else has chosen.
func capped(text string) string {
	return strings.ToValidUTF8(text[:min(len(text), 500)], "�")
}

// judge counts what has changed, and says why a peer must be held for it.
func (j *job) judge() *snapshot.Problem {
	c := &j.next.Counts
	c.Items = len(j.fresh.lines)
	for id, l := range j.fresh.lines {
		before, ok := j.old.lines[id]
		switch {
		case !ok:
			c.Added++
		case differ(before, l):
			c.Changed++
		}
	}
	for id := range j.old.lines {
		if _, ok := j.fresh.lines[id]; !ok {
			c.Gone++
		}
	}
	n := c.Changed + c.Gone
	switch {
	case j.Release:
		return nil
	case len(j.old.lines) > 0 && len(j.fresh.lines) == 0:
		return &snapshot.Problem{Reason: snapshot.Emptied}
	case n > j.Few && float64(n) > j.Share*float64(len(j.old.lines)):
		return &snapshot.Problem{Reason: snapshot.Changed}
	}
	return nil
}

// recent is how old the state of a peer gets before one of which nothing has
// changed is written: to write those of many takes longer than to ask them, and
// what is built of them would be another each time.
const recent = 20 * time.Hour

// settle keeps what came of the pull: the new snapshot, or why the last good
// one stays.
func (j *job) settle(problem *snapshot.Problem) Result {
	if problem == nil && !j.same {
		problem = j.judge()
	}
	if problem != nil {
		return j.keep(*problem)
	}
	s := &j.next
	s.Tried, s.Fetched, s.Failures, s.Problem, s.Held = j.Now, j.Now, 0, nil, nil
	if j.same && j.state.Problem == nil && j.Now.Sub(j.state.Fetched) < recent {
		return Result{Slug: j.Slug, Same: true, State: *s}
	}
	if !j.same {
		var err error
		if s.Size, s.Sum, err = j.fresh.write(j.Folder, j.Slug); err != nil {
			return Result{Slug: j.Slug, State: j.state, Err: err}
		}
	}
	return Result{Slug: j.Slug, Same: j.same, State: *s, Err: save(j.Folder, j.Slug, *s)}
}

// keep leaves the listings as they were last good.
func (j *job) keep(problem snapshot.Problem) Result {
	s := &j.state
	s.Tried, s.Problem, s.NewKey = j.Now, &problem, j.next.NewKey
	s.Failures++
	if problem.Reason.Holds() {
		since := j.Now
		if s.Held != nil {
			since = s.Held.Since
		}
		s.Held = &snapshot.Held{Since: since, Why: problem.Reason, Gone: j.next.Counts.Gone, Changed: j.next.Counts.Changed}
	}
	return Result{Slug: j.Slug, Problem: &problem, State: *s, Err: save(j.Folder, j.Slug, *s)}
}
