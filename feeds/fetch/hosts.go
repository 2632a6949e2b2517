package fetch

import (
	"context"
	"sync"

	"golang.org/x/time/rate"
)

// hosts keep each host from getting too many requests.
type hosts struct {
	most, perSecond int

	mutex sync.Mutex
	known map[string]*host
}

type host struct {
	turns chan struct{}
	pace  *rate.Limiter
}

// enter waits for a turn at a host. Whoever has it gives it back by release.
func (h *hosts) enter(ctx context.Context, name string) (release func(), err error) {
	one := h.of(name)
	select {
	case one.turns <- struct{}{}:
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	release = func() { <-one.turns }
	if err := one.pace.Wait(ctx); err != nil {
		release()
		return nil, err
	}
	return release, nil
}

func (h *hosts) of(name string) *host {
	h.mutex.Lock()
	defer h.mutex.Unlock()
	if h.known == nil {
		h.known = map[string]*host{}
	}
	one := h.known[name]
	if one == nil {
		one = &host{make(chan struct{}, h.most), rate.NewLimiter(rate.Limit(h.perSecond), h.perSecond)}
		h.known[name] = one
	}
	return one
}
