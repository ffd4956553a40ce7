package preview_test

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"allclear/generator"
	"allclear/generator/preview"
	"allclear/generator/testsite"
)

// BenchmarkSave measures how long a writer waits after saving an incident: until a
// tab receives the event, and then until it has the page. It reports medians in
// milliseconds; ms-save-to-event includes quietTime, 30 ms.
//
//	go test ./generator/preview -run '^$' -bench Save -benchtime 30x
func BenchmarkSave(b *testing.B) {
	for _, incidents := range []int{10, 1000, 10000} {
		b.Run(fmt.Sprint(incidents), func(b *testing.B) { benchmarkSave(b, incidents) })
	}
}

func benchmarkSave(b *testing.B, incidents int) {
	folder := b.TempDir()
	must(b, testsite.Write(filepath.Join(folder, "content"), incidents))
	files, err := filepath.Glob(filepath.Join(folder, "content/incidents/*/*.md"))
	must(b, err)
	began := time.Now()
	s := serveFolder(b, folder, func(o *preview.Options) {
		o.Site = generator.Options{
			Content: filepath.Join(folder, "content"), Now: testsite.Last.Add(24 * time.Hour), Pinned: true,
			Theme: os.DirFS("../../themes/default"),
		}
	})
	s.get("/")
	start := time.Since(began)
	states, _ := s.listen()
	await(b, states)

	var sent, rebuilt, loaded []time.Duration
	for i := 0; b.Loop(); i++ {
		file := files[i*7919%len(files)]
		text, err := os.ReadFile(file)
		must(b, err)
		text = append(text, "\nOne sentence more.\n"...)
		id := strings.TrimSuffix(filepath.Base(file), ".md")
		at := time.Now()
		must(b, os.WriteFile(file, text, 0o666))
		await(b, states)
		sent = append(sent, time.Since(at))
		at = time.Now()
		s.get("/incidents/" + id + "/")
		loaded = append(loaded, time.Since(at))
		rebuilt = append(rebuilt, s.next().Took)
	}
	report := func(of []time.Duration, unit string) {
		slices.Sort(of)
		b.ReportMetric(float64(of[len(of)/2].Microseconds())/1000, unit)
	}
	b.ReportMetric(float64(start.Microseconds())/1000, "ms-start-to-page")
	report(sent, "ms-save-to-event")
	report(rebuilt, "ms-rebuild")
	report(loaded, "ms-page")
}
