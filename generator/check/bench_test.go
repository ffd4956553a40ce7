package check_test

import (
	"path/filepath"
	"testing"
	"time"

	"allclear/generator/check"
	"allclear/generator/source"
	"allclear/generator/testsite"
)

// BenchmarkSite checks a site of 1,000 incidents of six updates.
func BenchmarkSite(b *testing.B) {
	folder := filepath.Join(b.TempDir(), "content")
	if err := testsite.Write(folder, 1000); err != nil {
		b.Fatal(err)
	}
	content, list, err := source.Read(folder)
	if err != nil || len(list) > 0 {
		b.Fatal(err, list)
	}
	b.ReportAllocs()
	for b.Loop() {
		if _, list := check.Site(content, check.Options{Now: testsite.Last.Add(24 * time.Hour)}); len(list) > 0 {
			b.Fatal(list)
		}
	}
}
