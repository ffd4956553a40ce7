package recall

import (
	"math/rand/v2"
	"slices"
	"testing"
)

func TestPlacesAreThoseOfTheLastList(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	last, made := []int{}, 0
	another := func() int { made++; return made }
	for step := range 2000 {
		now := slices.Clone(last)
		for range random.IntN(4) {
			at := random.IntN(len(now) + 1)
			switch random.IntN(4) {
			case 0:
				now = slices.Insert(now, at, another())
			case 1:
				now = slices.Delete(now, at, min(at+random.IntN(3), len(now)))
			case 2:
				if at < len(now) {
					now[at] = another()
				}
			case 3:
				random.Shuffle(len(now[:at]), func(i, j int) { now[i], now[j] = now[j], now[i] })
			}
		}
		for i, place := range Places(last, now) {
			if want := slices.Index(last, now[i]); place != want {
				t.Fatalf("in step %d thing %d of %v was at %d of %v, not at %d", step, i, now, want, last, place)
			}
		}
		last = now[:min(len(now), 20)]
	}
}

func BenchmarkPlaces(b *testing.B) {
	last := make([]*int, 10000)
	for i := range last {
		last[i] = new(int)
	}
	now := slices.Clone(last)
	now[5000] = new(int)
	for b.Loop() {
		Places(last, now)
	}
}
