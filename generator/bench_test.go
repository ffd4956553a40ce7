package generator_test

import (
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"runtime/metrics"
	"testing"
	"time"
	_ "time/tzdata"

	"allclear/generator"
	"allclear/generator/testsite"
)

// BenchmarkBuild builds sites into an empty folder, and again with one more
// incident. It also reports the size of the output, the memory taken from the
// system, and the time for copying the same files, which no generator can beat:
//
//	go test ./generator -run '^$' -bench Build -benchtime 1x
func BenchmarkBuild(b *testing.B) {
	for _, incidents := range []int{100, 1000, 10000} {
		content := filepath.Join(b.TempDir(), "content")
		if err := testsite.Write(content, incidents); err != nil {
			b.Fatal(err)
		}
		options := generator.Options{
			Content: content,
			Now:     testsite.Last.Add(24 * time.Hour),
			Theme:   os.DirFS("../themes/default"),
		}
		b.Run(fmt.Sprintf("empty/%d", incidents), func(b *testing.B) { buildIntoEmpty(b, options) })
		b.Run(fmt.Sprintf("one-more/%d", incidents), func(b *testing.B) { buildOneMore(b, options) })
	}
}

func buildIntoEmpty(b *testing.B, options generator.Options) {
	for b.Loop() {
		b.StopTimer()
		public := filepath.Join(b.TempDir(), "public")
		b.StartTimer()
		begin := time.Now()
		_, report, err := generator.Build(options, public, func() {})
		if err != nil {
			b.Fatal(err)
		}
		took := time.Since(begin)
		b.StopTimer()
		b.ReportMetric(float64(report.Written), "files")
		b.ReportMetric(float64(report.Bytes)/1e6, "MB-out")
		b.ReportMetric(memory(), "MB-memory")
		b.ReportMetric(took.Seconds()/copyFolder(b, public, public+"-copy").Seconds(), "times-copying")
		b.StartTimer()
	}
}

// buildOneMore adds an incident to a site that is built already.
func buildOneMore(b *testing.B, options generator.Options) {
	public := filepath.Join(b.TempDir(), "public")
	if _, _, err := generator.Build(options, public, func() {}); err != nil {
		b.Fatal(err)
	}
	added := filepath.Join(options.Content, "incidents", "one-more.md")
	b.Cleanup(func() { os.Remove(added) })
	for i := 0; b.Loop(); i++ {
		text := fmt.Sprintf("---\ntitle: One more, number %d\ncomponent: website\nseverity: minor\ninvestigating: 2026-06-01 13:00 UTC\n---\n\nWe are looking.\n", i)
		if err := os.WriteFile(added, []byte(text), 0o666); err != nil {
			b.Fatal(err)
		}
		_, report, err := generator.Build(options, public, func() {})
		if err != nil {
			b.Fatal(err)
		}
		b.ReportMetric(float64(report.Written), "files-written")
		b.ReportMetric(float64(report.Unchanged), "files-unchanged")
	}
}

// memory is what the Go runtime has mapped so far, in megabytes. It is at least the
// peak of the memory in use.
func memory() float64 {
	sample := []metrics.Sample{{Name: "/memory/classes/total:bytes"}}
	runtime.GC()
	metrics.Read(sample)
	return float64(sample[0].Value.Uint64()) / 1e6
}

// copyFolder copies a folder file by file, one after the other, as cp -r does.
func copyFolder(b *testing.B, from, to string) time.Duration {
	begin := time.Now()
	err := filepath.WalkDir(from, func(name string, entry os.DirEntry, err error) error {
		if err != nil {
			return err
		}
		relative, err := filepath.Rel(from, name)
		if err != nil {
			return err
		}
		if entry.IsDir() {
			return os.MkdirAll(filepath.Join(to, relative), 0o777)
		}
		return copyFile(name, filepath.Join(to, relative))
	})
	if err != nil {
		b.Fatal(err)
	}
	return time.Since(begin)
}

func copyFile(from, to string) error {
	source, err := os.Open(from)
	if err != nil {
		return err
	}
	defer source.Close()
	target, err := os.Create(to)
	if err != nil {
		return err
	}
	if _, err := io.Copy(target, source); err != nil {
		return err
	}
	return target.Close()
}

// BenchmarkRebuild is a rebuild of the preview after a save: one of many files has
// changed.
func BenchmarkRebuild(b *testing.B) {
	for _, incidents := range []int{100, 1000, 10000} {
		b.Run(fmt.Sprint(incidents), func(b *testing.B) {
			content := filepath.Join(b.TempDir(), "content")
			if err := testsite.Write(content, incidents); err != nil {
				b.Fatal(err)
			}
			names, err := filepath.Glob(filepath.Join(content, "incidents", "2026", "*.md"))
			if err != nil || len(names) == 0 {
				b.Fatal(names, err)
			}
			name := names[len(names)-1]
			text, err := os.ReadFile(name)
			if err != nil {
				b.Fatal(err)
			}
			now := testsite.Last.Add(24 * time.Hour)
			session := generator.NewSession(generator.Options{Content: content, Theme: os.DirFS("../themes/default")})
			if _, err := session.Rebuild(now, nil); err != nil {
				b.Fatal(err)
			}
			changed := []string{"content/incidents/2026/" + filepath.Base(name)}
			for i := 0; b.Loop(); i++ {
				if err := os.WriteFile(name, fmt.Appendf(text, "\n%d\n", i), 0o666); err != nil {
					b.Fatal(err)
				}
				if result, err := session.Rebuild(now, changed); err != nil || result.Output == nil {
					b.Fatal(err, result.Diagnostics)
				}
			}
		})
	}
}
