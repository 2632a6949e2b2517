// Package workers does the same to everything in a slice, on several
// processors: results go by index, so that their order depends on nothing.
package workers

import (
	"context"
	"sync"
	"sync/atomic"
)

// chunk is how many neighbours one worker takes at a time: files of one folder
// then mostly fall to the same worker.
const chunk = 16

// Each calls do for 0 … n-1 with so many workers, and tells do which worker it
// is. The error is that of the lowest i that failed, whatever the workers'
// number, or that of ctx.
func Each(ctx context.Context, workers, n int, do func(worker, i int) error) error {
	var (
		next    atomic.Int64
		failed  atomic.Bool
		wg      sync.WaitGroup
		mu      sync.Mutex
		at, err = n, error(nil)
	)
	fail := func(i int, e error) {
		mu.Lock()
		defer mu.Unlock()
		failed.Store(true)
		if i < at {
			at, err = i, e
		}
	}
	for worker := range workers {
		wg.Go(func() {
			// Chunks are taken in rising order, and one that was taken is worked
			// to its end: so the lowest failure is always among those found.
			for !failed.Load() {
				start := int(next.Add(chunk)) - chunk
				if start >= n {
					return
				}
				for i := start; i < min(start+chunk, n) && ctx.Err() == nil; i++ {
					if e := do(worker, i); e != nil {
						fail(i, e)
						break
					}
				}
			}
		})
	}
	wg.Wait()
	if ctx.Err() != nil {
		return ctx.Err()
	}
	return err
}
