package preview

import (
	"context"
	"maps"
	"slices"
	"time"
)

const (
	quietTime = 30 * time.Millisecond  // without a change, after which a batch is complete
	maxDelay  = 500 * time.Millisecond // after a batch's first change, when it is complete anyway
)

// debounce gathers changed names into batches until ctx ends. A save is several
// events (a truncation and a write, a new file and a rename), which belong in one
// batch, sorted and each once; nil means everything. A complete batch still
// grows until it is received, so a sender never waits.
func debounce(ctx context.Context, changes <-chan string, batches chan<- []string) {
	names := map[string]bool{}
	quiet, deadline := stoppedTimer(), stoppedTimer()
	overdue := false
	var out chan<- []string // batches, once there is a complete one
	var batch []string
	for {
		select {
		case <-ctx.Done():
			return
		case name := <-changes:
			if len(names) == 0 {
				deadline.Reset(maxDelay)
			}
			names[name] = true
			quiet.Reset(quietTime)
			if !overdue {
				out = nil
			} else {
				batch = sorted(names)
			}
		case <-deadline.C:
			overdue = true
			out, batch = batches, sorted(names)
		case <-quiet.C:
			out, batch = batches, sorted(names)
		case out <- batch:
			clear(names)
			overdue, out, batch = false, nil, nil
			quiet.Stop()
			deadline.Stop()
		}
	}
}

func stoppedTimer() *time.Timer {
	t := time.NewTimer(maxDelay)
	t.Stop()
	return t
}

func sorted(names map[string]bool) []string {
	if names[everything] {
		return nil
	}
	return slices.Sorted(maps.Keys(names))
}
