package parallel_test

import (
	"errors"
	"fmt"
	"sync/atomic"
	"testing"

	"allclear/generator/parallel"
)

func TestEachCallsOncePerThing(t *testing.T) {
	for _, n := range []int{0, 1, 1000} {
		calls := make([]int, n)
		parallel.Each(n, func(i int) { calls[i]++ })
		for i, c := range calls {
			if c != 1 {
				t.Errorf("of %d, %d was called for %d times", n, i, c)
			}
		}
	}
}

func TestTryReturnsTheFirstErrorAndStops(t *testing.T) {
	const n, bad = 100_000, 100
	var calls atomic.Int64
	err := parallel.Try(n, func() func(int) error {
		return func(i int) error {
			calls.Add(1)
			if i >= bad {
				return fmt.Errorf("%d failed", i)
			}
			return nil
		}
	})
	if err == nil || err.Error() != fmt.Sprintf("%d failed", bad) {
		t.Errorf("got %v", err)
	}
	if calls.Load() > n/2 {
		t.Errorf("%d calls", calls.Load())
	}
}

func TestTryIsDoneWithoutAnError(t *testing.T) {
	if err := parallel.Try(3, func() func(int) error { return func(int) error { return nil } }); err != nil {
		t.Error(err)
	}
	if err := parallel.Try(0, func() func(int) error { return func(int) error { return errors.New("called") } }); err != nil {
		t.Error(err)
	}
}
