// Package peers pulls the catalogues that this one federates with, and keeps
// snapshots of them: what they were when they were last found in order. What
// they send is somebody else's, so all of it is bounded and none of it is
// believed without need. It asks no clock, and touches the network and the disk
// by what it is given alone.
package peers

import (
	"cmp"
	"context"
	"errors"
	"os"
	"sync"
	"time"

	"fursa/feeds/fetch"
	"fursa/feeds/snapshot"
	"fursa/schema"
)

// The formats that Pull reads.
const (
	FormatFursa    = "fursa"
	FormatRPDE     = "rpde"
	FormatRSS      = "rss"
	FormatAtom     = "atom"
	FormatJSONFeed = "json-feed"
	FormatICS      = "ics"
	FormatSchema   = "schema-org"
)

// Source is a peer to pull: the name of its file, and what stands there.
type Source struct {
	Slug string
	schema.Peer
}

// Options are what a pull is given.
type Options struct {
	// Get gets what stands at a URL.
	Get func(context.Context, fetch.Request) (fetch.Response, error)
	// Folder is where the snapshots are, each in a folder named by its peer.
	Folder *os.Root
	// Now is when the pull takes place.
	Now time.Time
	// Ours is this catalogue's own id: ids of listings that have none of a Fursa
	// catalogue are made below it.
	Ours string
	// Lang is the language of what does not say its own, Zone the time zone of
	// what does not say one: those of this catalogue. They may be empty.
	Lang, Zone string
	// Release says that what these peers are held for is wanted.
	Release bool
	// Done is told of each peer when it is done, one at a time; it may be nil.
	Done func(Result)
	Bounds
}

// Bounds are what a peer may send, and how much of it may be another than it
// was. The zero value stands for sensible ones.
type Bounds struct {
	// Workers are how many peers are pulled at once; 0 is 8.
	Workers int
	// PageBytes are those of a page, Bytes those of all listings of a peer,
	// ItemBytes those of one; 0 is 8 MiB, 96 MiB and 256 KiB.
	PageBytes, Bytes, ItemBytes int64
	// Pages and Items are how many a peer may have; 0 is 20,000 and 100,000.
	Pages, Items int
	// Depth is how deep JSON may be nested, Wide how many items a page, and files
	// a manifest, may have; 0 is 32 and 50,000.
	Depth, Wide int
	// Traffic are the bytes of all answers of a peer in one pull; 0 is 1 GiB.
	Traffic int64
	// Time is what a pull of a peer may take, without waiting for others; 0 is
	// ten minutes.
	Time time.Duration
	// Share of a peer's listings may change or go at once, or Few of them;
	// 0 is half, and 20.
	Share float64
	Few   int
}

func (b Bounds) orDefault() Bounds {
	return Bounds{
		Workers:   cmp.Or(b.Workers, 8),
		PageBytes: cmp.Or(b.PageBytes, 8<<20), Bytes: cmp.Or(b.Bytes, 96<<20), ItemBytes: cmp.Or(b.ItemBytes, 256<<10),
		Pages: cmp.Or(b.Pages, 20_000), Items: cmp.Or(b.Items, 100_000),
		Depth: cmp.Or(b.Depth, 32), Wide: cmp.Or(b.Wide, 50_000),
		Traffic: cmp.Or(b.Traffic, 1<<30), Time: cmp.Or(b.Time, 10*time.Minute),
		Share: cmp.Or(b.Share, 0.5), Few: cmp.Or(b.Few, 20),
	}
}

// Result is what came of a peer. Where neither Problem nor Err is set, its
// snapshot is what the peer publishes now.
type Result struct {
	Slug string
	// Off says that nothing is pulled of it.
	Off bool
	// Same says that nothing has changed since the last pull.
	Same bool
	// Problem is why the last good snapshot stays.
	Problem *snapshot.Problem
	State   snapshot.State
	// Err is a failure that is not the peer's: of the disk, or a cancelled
	// context.
	Err error
}

// large are the bytes from which peers are read one at a time, so that many
// large ones don't fill the memory together.
const large = 4 << 20

// puller is one run.
type puller struct {
	Options
	large chan struct{}
}

// Pull brings the snapshots of peers up to date. The results are in the order
// of the sources. One peer's trouble is none of another's.
func Pull(ctx context.Context, sources []Source, o Options) []Result {
	o.Bounds = o.orDefault()
	p := &puller{o, make(chan struct{}, 1)}
	results := make([]Result, len(sources))
	turns := make(chan struct{}, o.Workers)
	var all sync.WaitGroup
	var telling sync.Mutex
	for i, s := range sources {
		turns <- struct{}{}
		all.Go(func() {
			defer func() { <-turns }()
			results[i] = p.one(ctx, s)
			if o.Done != nil {
				telling.Lock()
				defer telling.Unlock()
				o.Done(results[i])
			}
		})
	}
	all.Wait()
	return results
}

func (p *puller) one(ctx context.Context, s Source) Result {
	if s.Trust == "off" {
		return Result{Slug: s.Slug, Off: true}
	}
	j, err := p.metered().open(s)
	if err != nil {
		return Result{Slug: s.Slug, Err: err}
	}
	defer j.close()
	timed, cancel := context.WithCancelCause(ctx)
	j.timer = time.AfterFunc(p.Time, func() { cancel(errSlow) })
	defer j.timer.Stop()
	err = j.pull(timed)
	if ctx.Err() != nil {
		return Result{Slug: s.Slug, State: j.state, Err: ctx.Err()}
	}
	return j.settle(problemOf(timed, err))
}

// errSlow is a peer that takes more time than it is given.
var errSlow = errors.New("it takes too long")

// problemOf is the problem that an error of a pull is; nil where there is none.
// What it quotes of the peer's is capped.
func problemOf(ctx context.Context, err error) *snapshot.Problem {
	var problem snapshot.Problem
	switch {
	case err == nil:
		return nil
	case errors.Is(context.Cause(ctx), errSlow):
		return &snapshot.Problem{Reason: snapshot.Unreachable, Detail: errSlow.Error()}
	case !errors.As(err, &problem):
		problem = snapshot.Problem{Reason: snapshot.Unreachable, Detail: err.Error()}
	}
	problem.Detail = capped(problem.Detail)
	return &problem
}

// metered is the puller of one peer, whose answers are bounded together.
func (p *puller) metered() *puller {
	one, left := *p, p.Traffic
	one.Get = func(ctx context.Context, r fetch.Request) (fetch.Response, error) {
		answer, err := p.Get(ctx, r)
		if left -= int64(len(answer.Body)); left < 0 {
			return fetch.Response{}, fetch.TooLongError{URL: r.URL, Max: p.Traffic}
		}
		return answer, err
	}
	return &one
}
