// Package parallel does a number of independent things side by side, on as
// many processors as there are. It knows nothing of what they are.
package parallel

import (
	"runtime"
	"sync"
	"sync/atomic"
)

// Each calls do for every i from 0 to n-1, several at a time, and returns when
// all are done. What do writes for one i, no other i may touch, so the order
// of the calls can't be seen.
func Each(n int, do func(i int)) {
	var next atomic.Int64
	var workers sync.WaitGroup
	for range min(runtime.GOMAXPROCS(0), n) {
		workers.Go(func() {
			for i := int(next.Add(1)) - 1; i < n; i = int(next.Add(1)) - 1 {
				do(i)
			}
		})
	}
	workers.Wait()
}
