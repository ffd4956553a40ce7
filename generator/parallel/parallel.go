// Package parallel calls a function for each of a number of independent
// things, several at a time, on all processors. It knows nothing of what the
// things are.
package parallel

import (
	"runtime"
	"sync"
	"sync/atomic"
)

// Each calls do for every i from 0 to n-1 and returns when all calls are done.
// What do writes for one i, no other i may touch, so the order of the calls
// can't be seen.
func Each(n int, do func(i int)) {
	_ = Try(n, func() func(int) error {
		return func(i int) error { do(i); return nil }
	})
}

// Try is Each for a do that may fail: no call starts after one that failed.
// Calls start in order, so the error of the lowest i that fails is always the
// one that is returned. Each processor makes a do of its own with worker, so
// that its calls, one after the other, can share a buffer.
func Try(n int, worker func() (do func(i int) error)) error {
	var next atomic.Int64
	var workers sync.WaitGroup
	var mutex sync.Mutex
	var first error
	failed := n
	for range min(runtime.GOMAXPROCS(0), n) {
		workers.Go(func() {
			do := worker()
			for i := int(next.Add(1)) - 1; i < n; i = int(next.Add(1)) - 1 {
				err := do(i)
				if err == nil {
					continue
				}
				next.Store(int64(n))
				mutex.Lock()
				if i < failed {
					failed, first = i, err
				}
				mutex.Unlock()
			}
		})
	}
	workers.Wait()
	return first
}
