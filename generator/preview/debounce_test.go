package preview

import (
	"context"
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"
)

// change is a name that changes some time after the one before.
type change struct {
	after time.Duration
	name  string
}

func TestChangesBecomeBatches(t *testing.T) {
	const ms = time.Millisecond
	var stream []change // without a pause, for longer than maxDelay
	for range 60 {
		stream = append(stream, change{10 * ms, "a"})
	}
	type batch struct {
		at    time.Duration
		names []string
	}
	for _, test := range []struct {
		name    string
		changes []change
		rebuild time.Duration // how long the receiver takes for each batch
		want    []batch
	}{
		{"one save", []change{{0, "b"}, {5 * ms, "a"}, {5 * ms, "b"}}, 0,
			[]batch{{40 * ms, []string{"a", "b"}}}},
		{"two saves", []change{{0, "a"}, {100 * ms, "b"}}, 0,
			[]batch{{30 * ms, []string{"a"}}, {130 * ms, []string{"b"}}}},
		{"a stream without a pause", stream, 0,
			[]batch{{510 * ms, []string{"a"}}, {630 * ms, []string{"a"}}}},
		{"everything", []change{{0, "a"}, {0, everything}, {0, "b"}}, 0,
			[]batch{{30 * ms, nil}}},
		{"changes during a rebuild cause one more", []change{{0, "a"}, {100 * ms, "b"}, {100 * ms, "c"}, {100 * ms, "b"}}, time.Second,
			[]batch{{30 * ms, []string{"a"}}, {1030 * ms, []string{"b", "c"}}}},
		{"a save that begins at the end of a rebuild is not split", []change{{0, "a"}, {1020 * ms, "b"}, {20 * ms, "b"}}, time.Second,
			[]batch{{30 * ms, []string{"a"}}, {1070 * ms, []string{"b"}}}},
	} {
		t.Run(test.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				ctx, cancel := context.WithCancel(t.Context())
				changes, batches := make(chan string), make(chan []string)
				go debounce(ctx, changes, batches)
				began := time.Now()
				go func() {
					for _, c := range test.changes {
						time.Sleep(c.after)
						changes <- c.name
					}
				}()
				var got []batch
				go func() {
					for {
						select {
						case <-ctx.Done():
							return
						case names := <-batches:
							got = append(got, batch{time.Since(began), names})
							time.Sleep(test.rebuild)
						}
					}
				}()
				time.Sleep(time.Minute)
				cancel()
				synctest.Wait()
				if diff := cmp.Diff(test.want, got, cmp.AllowUnexported(batch{})); diff != "" {
					t.Errorf("batches (-want +got):\n%s", diff)
				}
			})
		})
	}
}

func TestABatchIsNotChangedOnceItIsReceived(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithCancel(t.Context())
		defer cancel()
		changes, batches := make(chan string), make(chan []string)
		go debounce(ctx, changes, batches)
		changes <- "a"
		first := <-batches
		changes <- "b"
		<-batches
		if !slices.Equal(first, []string{"a"}) {
			t.Errorf("the first batch is now %q", first)
		}
	})
}
