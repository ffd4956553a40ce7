package preview

import (
	"context"
	"maps"
	"slices"
	"time"
)

const (
	quiet   = 30 * time.Millisecond  // without a change, before a batch is whole
	longest = 500 * time.Millisecond // after its first change, a batch is whole anyway
)

// collect gathers changed names into batches until ctx ends. A save is
// several events (a truncation and a write, a new file and a rename), which
// end up in one batch, sorted and each once; nil stands for everything. A
// batch that nobody has taken yet goes on growing, so changes never wait.
func collect(ctx context.Context, changes <-chan string, batches chan<- []string) {
	names, all := map[string]bool{}, false
	calm, late := stopped(), stopped()
	overdue := false
	var out chan<- []string // batches, once there is a whole one
	var batch []string
	for {
		select {
		case <-ctx.Done():
			return
		case name := <-changes:
			if len(names) == 0 {
				late.Reset(longest)
			}
			names[name] = true
			all = all || name == everything
			calm.Reset(quiet)
			if !overdue {
				out = nil
			} else {
				batch = sorted(names, all)
			}
		case <-late.C:
			overdue = true
			out, batch = batches, sorted(names, all)
		case <-calm.C:
			out, batch = batches, sorted(names, all)
		case out <- batch:
			clear(names)
			all, overdue, out, batch = false, false, nil, nil
			calm.Stop()
			late.Stop()
		}
	}
}

func stopped() *time.Timer {
	t := time.NewTimer(longest)
	t.Stop()
	return t
}

func sorted(names map[string]bool, all bool) []string {
	if all {
		return nil
	}
	return slices.Sorted(maps.Keys(names))
}
