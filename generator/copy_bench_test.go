//go:build unix

package generator_test

import (
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"slices"
	"syscall"
	"testing"
	"time"

	"allclear/generator/testsite"
)

// pairs is how many pairs of a build and a copy are measured.
const pairs = 7

// BenchmarkAgainstCopy compares the command with the disk: pairs of a build into a
// new folder and a `cp -r` of its output, each after a sync, nothing deleted in
// between. It reports the median and the range of the pairs' ratios, the ratio to
// writing the same bytes from memory, the ratio of a second build, which changes
// nothing, to the first, the processor time and the peak memory.
//
//	go test ./generator -run '^$' -bench 'AgainstCopy/10000' -benchtime 1x
//
// TMPDIR says on which disk.
func BenchmarkAgainstCopy(b *testing.B) {
	command := filepath.Join(b.TempDir(), "allclear")
	if out, err := exec.Command("go", "build", "-o", command, "allclear").CombinedOutput(); err != nil {
		b.Fatalf("%v\n%s", err, out)
	}
	for _, incidents := range []int{1000, 10000, 100000} {
		b.Run(fmt.Sprint(incidents), func(b *testing.B) {
			content := filepath.Join(b.TempDir(), "content")
			if err := testsite.Write(content, incidents); err != nil {
				b.Fatal(err)
			}
			for b.Loop() {
				againstCopy(b, command, content)
			}
		})
	}
}

func againstCopy(b *testing.B, command, content string) {
	folder := b.TempDir()
	build := func(name string) run {
		return timed(b, command, "build", "--content", content, "--output", filepath.Join(folder, name))
	}
	build("warm") // the file cache
	var copies, memory, unchanged, cpu []float64
	var peak float64
	for i := range pairs {
		built := build(fmt.Sprint("built", i))
		copied := timed(b, "cp", "-r", filepath.Join(folder, fmt.Sprint("built", i)), filepath.Join(folder, fmt.Sprint("copied", i)))
		written := fromMemory(b, filepath.Join(folder, "warm"), filepath.Join(folder, fmt.Sprint("written", i)))
		again := build(fmt.Sprint("built", i))
		copies = append(copies, built.wall/copied.wall)
		memory = append(memory, built.wall/written)
		unchanged = append(unchanged, again.wall/built.wall)
		cpu = append(cpu, built.cpu)
		peak = max(peak, built.peak)
	}
	b.ReportMetric(median(copies), "×cp")
	b.ReportMetric(slices.Min(copies), "×cp-least")
	b.ReportMetric(slices.Max(copies), "×cp-most")
	b.ReportMetric(median(memory), "×memory")
	b.ReportMetric(median(unchanged), "×unchanged")
	b.ReportMetric(median(cpu), "cpu-s")
	b.ReportMetric(peak, "peak-MB")
}

// run is what one process took: wall time and processor time in seconds, peak
// memory in megabytes.
type run struct{ wall, cpu, peak float64 }

func timed(b *testing.B, command string, arguments ...string) run {
	syncDisks(b)
	debug.FreeOSMemory() // a process counts what its parent had when it began
	cmd := exec.Command(command, arguments...)
	begin := time.Now()
	if out, err := cmd.CombinedOutput(); err != nil {
		b.Fatalf("%s %q: %v\n%s", command, arguments, err, out)
	}
	wall := time.Since(begin).Seconds()
	unit := 1024.0 // of Maxrss, but for macOS, which counts bytes
	if runtime.GOOS == "darwin" {
		unit = 1
	}
	usage := cmd.ProcessState.SysUsage().(*syscall.Rusage)
	cpu := cmd.ProcessState.UserTime() + cmd.ProcessState.SystemTime()
	return run{wall, cpu.Seconds(), float64(usage.Maxrss) * unit / 1e6}
}

// fromMemory is the time for writing files of the same sizes as those of a folder,
// without reading or rendering their bytes.
func fromMemory(b *testing.B, from, to string) float64 {
	var names []string
	var sizes []int64
	var largest int64
	err := filepath.WalkDir(from, func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		info, err := entry.Info()
		if err != nil {
			return err
		}
		relative, err := filepath.Rel(from, name)
		names, sizes, largest = append(names, relative), append(sizes, info.Size()), max(largest, info.Size())
		return err
	})
	if err != nil {
		b.Fatal(err)
	}
	bytes := make([]byte, largest)
	syncDisks(b)
	begin := time.Now()
	for i, name := range names {
		path := filepath.Join(to, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o777); err != nil {
			b.Fatal(err)
		}
		if err := os.WriteFile(path, bytes[:sizes[i]], 0o666); err != nil {
			b.Fatal(err)
		}
	}
	return time.Since(begin).Seconds()
}

func syncDisks(b *testing.B) {
	if err := exec.Command("sync").Run(); err != nil {
		b.Fatal(err)
	}
}

func median(values []float64) float64 {
	sorted := slices.Sorted(slices.Values(values))
	return sorted[len(sorted)/2]
}
