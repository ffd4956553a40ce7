package publish

import (
	"fmt"
	"path/filepath"
	"strings"
	"testing"
)

// history is a site of 10,000 incidents: 8 KB a page, 2 KB of JSON each.
func history(edition string) files {
	site := files{"index.html": edition, "api/v2/status.json": edition}
	page, data := strings.Repeat("page ", 1600)+edition, strings.Repeat("data ", 400)+edition
	for i := range 10_000 {
		id := fmt.Sprintf("2022-12-01-incident-%d", i)
		site["incidents/"+id+"/index.html"] = page
		site["api/v2/incidents/"+id+".json"] = data
	}
	for i := range 2_000 {
		site[fmt.Sprintf("old/%d.html", i)] = "moved"
	}
	return site
}

func BenchmarkFirstBuild(b *testing.B) {
	out, top := history("first").output(), b.TempDir()
	for n := 0; b.Loop(); n++ {
		target, err := Open(filepath.Join(top, fmt.Sprint(n)), nil)
		if err != nil {
			b.Fatal(err)
		}
		if _, err := target.Publish(out); err != nil {
			b.Fatal(err)
		}
		target.Close()
	}
}

func BenchmarkNothingChanged(b *testing.B) {
	benchmarkRebuild(b, history("first"), history("first"))
}

func BenchmarkEverythingChanged(b *testing.B) {
	benchmarkRebuild(b, history("first"), history("other"))
}

func benchmarkRebuild(b *testing.B, sites ...files) {
	target, err := Open(filepath.Join(b.TempDir(), "public"), nil)
	if err != nil {
		b.Fatal(err)
	}
	defer target.Close()
	if _, err := target.Publish(sites[0].output()); err != nil {
		b.Fatal(err)
	}
	for n := 1; b.Loop(); n++ {
		if _, err := target.Publish(sites[n%2].output()); err != nil {
			b.Fatal(err)
		}
	}
}
