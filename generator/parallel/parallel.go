// Package parallel takes a function and calls it for a number of indexes, several
// at a time, on all processors. It never knows what the indexes mean.
package parallel

import (
	"runtime"
	"sync"
	"sync/atomic"
)

// Each calls do for every i from 0 to n-1 and returns when all calls are done.
// What do writes for one i, it must not touch for another, so the order of the
// calls makes no difference.
func Each(n int, do func(i int)) {
	_ = Try(n, func() func(int) error {
		return func(i int) error { do(i); return nil }
	})
}

// Try is Each for a do that may fail: no call starts after one that failed.
// Calls start in order, so the error of the lowest i that fails is always the
// one that is returned. worker is called once for each processor and returns its
// do, whose calls run one after the other and so can share a buffer.
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
