package workers_test

import (
	"context"
	"errors"
	"fmt"
	"sync/atomic"
	"testing"

	"fursa/generator/workers"
)

func TestEach(t *testing.T) {
	for _, count := range []int{1, 2, 8} {
		const n = 1000
		var calls [n]atomic.Int32
		err := workers.Each(t.Context(), count, n, func(worker, i int) error {
			if worker < 0 || worker >= count {
				t.Errorf("worker %d of %d", worker, count)
			}
			calls[i].Add(1)
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		for i := range calls {
			if got := calls[i].Load(); got != 1 {
				t.Fatalf("%d workers: %d was done %d times", count, i, got)
			}
		}
	}
}

// The error is that of the lowest index that failed, whatever the number of
// workers.
func TestEachFails(t *testing.T) {
	for _, count := range []int{1, 2, 8} {
		err := workers.Each(t.Context(), count, 1000, func(_, i int) error {
			if i%100 == 77 {
				return fmt.Errorf("%d", i)
			}
			return nil
		})
		if err == nil || err.Error() != "77" {
			t.Errorf("%d workers: %v", count, err)
		}
	}
}

func TestEachCancelled(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	done := 0
	err := workers.Each(ctx, 1, 1000, func(_, i int) error {
		done++
		if i == 5 {
			cancel()
		}
		return nil
	})
	if !errors.Is(err, context.Canceled) || done != 6 {
		t.Errorf("%v after %d", err, done)
	}
}
