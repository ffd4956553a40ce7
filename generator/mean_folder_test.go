package generator_test

import (
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"allclear/generator"
	"allclear/generator/diag"
)

// TestMeanFoldersAreBuiltOrRefused lays out small folders of each mean shape.
func TestMeanFoldersAreBuiltOrRefused(t *testing.T) {
	size := 10_000
	if testing.Short() {
		size = 1_000
	}
	for i, shape := range meanShapes {
		t.Run(shape.name, func(t *testing.T) { renderMean(t, uint64(i), 1, size) })
	}
}

// FuzzFolder lays out mixed mean folders, for as long as somebody lets it:
//
//	go test ./generator -run '^$' -fuzz FuzzFolder
func FuzzFolder(f *testing.F) {
	f.Add(uint64(1), uint8(3), uint32(5_000))
	f.Add(uint64(2), uint8(5), uint32(5_000))
	f.Fuzz(func(t *testing.T, seed uint64, shapes uint8, bytes uint32) {
		renderMean(t, seed, int(shapes%8)+1, int(bytes%2_000_000))
	})
}

// renderMean makes the site of a folder of some shapes and looks at what came
// out: bounded diagnostics, and with an error none, else a site within its limits.
func renderMean(t *testing.T, seed uint64, shapes, bytes int) {
	t.Helper()
	content := filepath.Join(t.TempDir(), "content")
	writeMean(t, content, seed, shapes, bytes)
	result, err := generator.Check(generator.Options{
		Content: content, Now: time.Date(2026, 6, 1, 12, 0, 0, 0, time.UTC), Theme: os.DirFS("../themes/default"),
	})
	if err != nil || result.Diagnostics.HasErrors() != (result.Output == nil) {
		t.Fatalf("the check ended with %v, %s", err, result.Diagnostics.Summary())
	}
	if n := len(result.Diagnostics); n > 2*diag.MaxKept+2 {
		t.Errorf("%d diagnostics are kept", n)
	}
	if result.Output == nil {
		return
	}
	total, routes := counter(0), result.Output.Routes
	for i := 0; i < len(routes) && int64(total) <= result.Output.MaxBytes; i++ {
		if err := routes[i].Write(&total); err != nil {
			t.Errorf("%s: %v", routes[i].Path, err)
		}
	}
}

// writeMean writes a folder of some shapes, the first of which is that of the
// seed.
func writeMean(t testing.TB, content string, seed uint64, shapes, bytes int) {
	t.Helper()
	random := rand.New(rand.NewPCG(seed, seed))
	write(t, content, "site.yaml", settings(1))
	for n := range shapes {
		shape := meanShapes[int(seed)%len(meanShapes)]
		if n > 0 {
			shape = meanShapes[random.IntN(len(meanShapes))]
		}
		for name, text := range shape.make(random, bytes/shapes) {
			write(t, content, filepath.ToSlash(name), text)
		}
	}
}

// BenchmarkMean builds a folder of 10 MB of each shape:
//
//	go test ./generator -run '^$' -bench Mean -benchtime 1x -timeout 1h
func BenchmarkMean(b *testing.B) {
	for i, shape := range meanShapes {
		b.Run(strings.ReplaceAll(shape.name, " ", "-"), func(b *testing.B) {
			content := filepath.Join(b.TempDir(), "content")
			writeMean(b, content, uint64(i), 1, 10_000_000)
			for b.Loop() {
				result, report, err := generator.Build(generator.Options{
					Content: content, Now: time.Date(2026, 6, 1, 12, 0, 0, 0, time.UTC), Theme: os.DirFS("../themes/default"),
				}, filepath.Join(b.TempDir(), "public"), nil)
				b.ReportMetric(float64(report.Bytes)/1e6, "MB-out")
				b.ReportMetric(memory(), "MB-memory")
				b.Logf("%v: %s", err, result.Diagnostics.Summary())
			}
		})
	}
}
