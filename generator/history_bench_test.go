package generator_test

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"allclear/generator"
	"allclear/generator/testrepo"
	"allclear/generator/testsite"
)

// BenchmarkHistory builds a site of 3,000 incidents whose history has 10,000
// commits, up to its routes, and compares that with the same build without git and
// with git's own walk, as git log does it. beside-ms is what a build costs beside
// that walk:
//
//	go test ./generator -run '^$' -bench History -benchtime 3x
func BenchmarkHistory(b *testing.B) {
	repo := testrepo.New(b, b.TempDir())
	commits := writeHistory(b, repo, 3000)
	options := generator.Options{
		Content: filepath.Join(repo.Dir, "content"),
		Now:     testsite.Last.Add(365 * 24 * time.Hour),
		Theme:   os.DirFS("../themes/default"),
	}
	build := func(git bool) time.Duration {
		options.Git = git
		return measured(func() {
			if result, err := generator.Check(options); err != nil || result.Output == nil {
				b.Fatal(err, result.Diagnostics)
			}
		})
	}
	var walk, with, without time.Duration
	for b.Loop() {
		walk += measured(func() {
			repo.Git("log", "--first-parent", "-m", "--raw", "-z", "--no-renames", "--format=%H %ct", "HEAD", "--", "content")
		})
		without += build(false)
		with += build(true)
	}
	each := func(d time.Duration) float64 { return d.Seconds() * 1000 / float64(b.N) }
	b.ReportMetric(float64(commits), "commits")
	b.ReportMetric(each(walk), "git-log-ms")
	b.ReportMetric(each(without), "without-git-ms")
	b.ReportMetric(each(with), "with-git-ms")
	b.ReportMetric(each(with)-each(without)-each(walk), "beside-ms")
	b.ReportMetric(each(with)/(each(without)+each(walk)), "of-both")
}

func measured(f func()) time.Duration {
	begin := time.Now()
	f()
	return time.Since(begin)
}

// writeHistory writes a content folder, and commits each of its events as a team
// would: begun, continued, ended, and now and then a word is corrected.
func writeHistory(b *testing.B, repo *testrepo.Repo, incidents int) (commits int) {
	content := filepath.Join(repo.Dir, "content")
	if err := testsite.Write(content, incidents); err != nil {
		b.Fatal(err)
	}
	site := filepath.Join(content, "site.yaml")
	settings, err := os.ReadFile(site)
	if err == nil {
		settings = append(settings, "provenance: git\n"...)
		err = os.WriteFile(site, settings, 0o666)
	}
	if err != nil {
		b.Fatal(err)
	}
	var stream strings.Builder
	now := testsite.Last.Unix()
	commit := func(name, text string) {
		commits++
		now += 600
		fmt.Fprintf(&stream, "commit refs/heads/main\ncommitter Test <test@example.com> %d +0000\ndata 0\nM 100644 inline content/%s\ndata %d\n%s\n", now, name, len(text), text)
	}
	commit("site.yaml", string(settings))
	err = fs.WalkDir(os.DirFS(content), ".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || name == "site.yaml" {
			return err
		}
		text, err := os.ReadFile(filepath.Join(content, filepath.FromSlash(name)))
		sections := strings.SplitAfter(string(text), "\n\n## ")
		for _, n := range []int{2, 4} {
			if n < len(sections) {
				commit(name, strings.TrimSuffix(strings.Join(sections[:n], ""), "## "))
			}
		}
		if len(sections) > 4 && commits%5 < 2 {
			commit(name, strings.Replace(string(text), "We ", "We all ", 1))
		}
		commit(name, string(text))
		return err
	})
	if err != nil {
		b.Fatal(err)
	}
	repo.Input(stream.String(), "fast-import", "--quiet")
	return commits
}
