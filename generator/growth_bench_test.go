//go:build unix

package generator_test

import (
	"strings"
	"syscall"
	"testing"
	"time"
)

// BenchmarkGrowth prints how much more work four times as much content is, which
// should be less than 6 times as much:
//
//	go test ./generator -run '^$' -bench Growth -benchtime 3x
func BenchmarkGrowth(b *testing.B) {
	for _, g := range growing {
		b.Run(strings.ReplaceAll(g.name, " ", "-"), func(b *testing.B) {
			small, large := contentFolder(b, g.make(g.size)), contentFolder(b, g.make(4*g.size))
			var least [2]time.Duration
			for b.Loop() {
				for i, content := range []string{small, large} {
					began := processorTime(b)
					render(b, content)
					if took := processorTime(b) - began; least[i] == 0 || took < least[i] {
						least[i] = took
					}
				}
			}
			b.ReportMetric(float64(least[0].Milliseconds()), "ms-for-n")
			b.ReportMetric(float64(least[1].Milliseconds()), "ms-for-4n")
			b.ReportMetric(float64(least[1])/float64(least[0]), "times")
		})
	}
}

// processorTime is what the process has used so far, which other processes don't
// change much.
func processorTime(b *testing.B) time.Duration {
	var usage syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &usage); err != nil {
		b.Fatal(err)
	}
	return time.Duration(usage.Utime.Nano() + usage.Stime.Nano())
}
