package generator_test

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"allclear/generator"
	"allclear/generator/git"
	"allclear/generator/publish"
	"allclear/generator/testrepo"
)

// pastSite is a repository with a site below a folder, and what it was built as
// after each commit.
type pastSite struct {
	*testrepo.Repo
	content string
	built   []pastBuild
}

type pastBuild struct {
	at    time.Time
	files map[string]string
}

func newPastSite(t *testing.T, below string) *pastSite {
	dir := t.TempDir()
	return &pastSite{Repo: testrepo.New(t, dir), content: filepath.Join(dir, filepath.FromSlash(below), "content")}
}

func (p *pastSite) options(now time.Time) generator.Options {
	return generator.Options{Content: p.content, Now: now, Pinned: true, Theme: os.DirFS("../themes/default")}
}

// build builds with a function, and reads what came out.
func (p *pastSite) build(t *testing.T, o generator.Options, build func(generator.Options, string, func()) (*generator.Result, publish.Report, error)) map[string]string {
	t.Helper()
	out := filepath.Join(t.TempDir(), "public")
	result, _, err := build(o, out, func() {})
	if err != nil {
		t.Fatalf("%v: %v", err, result.Diagnostics)
	}
	files := map[string]string{}
	err = filepath.WalkDir(out, func(name string, entry fs.DirEntry, err error) error {
		if err != nil || !entry.Type().IsRegular() {
			return err
		}
		text, err := os.ReadFile(name)
		files[strings.TrimPrefix(name, out)] = string(text)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

// then is the site as it was published at an instant.
func (p *pastSite) then(t *testing.T, at, now time.Time) map[string]string {
	t.Helper()
	past, err := generator.AsPublished(t.Context(), p.options(now), at)
	if err != nil {
		t.Fatalf("%s: %v", at, err)
	}
	defer past.Close()
	return p.build(t, p.options(now), past.Build)
}

// TestThePastIsBuiltAsItWas holds a site that was built after each of ten commits
// against what git gives of these instants later: the same bytes.
func TestThePastIsBuiltAsItWas(t *testing.T) {
	for _, below := range []string{"", "sites/status"} {
		p := newPastSite(t, below)
		start := time.Date(2026, 11, 1, 12, 0, 0, 0, time.UTC)
		in := func(name string) string { return filepath.ToSlash(filepath.Join(below, name)) }
		for i := range 10 {
			at := start.Add(time.Duration(i) * 26 * time.Hour)
			files := map[string]string{
				in(fmt.Sprintf("content/incidents/event-%d.md", i)): "---\ntitle: Event " + fmt.Sprint(i) + "\ncomponent: api\nseverity: major\n---\n\n## Investigating · " + at.Format("2006-01-02 15:04") + " UTC\n\nText.\n",
			}
			switch i {
			case 0:
				files[in("content/site.yaml")] = "title: Example\nurl: https://status.example.com\ntheme: house\nfreshness: 26h\ncomponents:\n  - { id: api, name: API }\n"
				files[in("themes/house/static/house.css")] = "main { color: red }\n"
			case 3: // the text of the first is corrected
				files[in("content/incidents/event-0.md")] = "---\ntitle: Event 0\ncomponent: api\nseverity: minor\n---\n\n## Investigating · 2026-11-01 12:00 UTC\n\nAnother text.\n\n## Resolved · 2026-11-02 12:00 UTC\n\nOver.\n"
			case 5: // the theme is changed
				files[in("themes/house/static/house.css")] = "main { color: blue }\n"
			case 7: // a file goes
				files[in("content/incidents/event-1.md")] = ""
			}
			p.At(at.Add(5 * time.Minute)).Commit(files)
			built := at.Add(time.Duration(10+i) * time.Minute)
			p.built = append(p.built, pastBuild{built, p.build(t, p.options(built), generator.Build)})
		}
		now := start.Add(2000 * time.Hour)
		p.Write(map[string]string{in("content/site.yaml"): "broken: [\n", in("content/incidents/new.md"): "not committed"})
		p.Git("add", in("content/incidents/new.md"))
		before := p.Git("status", "--porcelain=v2", "--branch") + p.Git("count-objects", "-v")
		for i, was := range p.built {
			got := p.then(t, was.at, now)
			for name, text := range was.files {
				if got[name] != text {
					t.Errorf("%q: after commit %d %s is another", below, i, name)
				}
			}
			if len(got) != len(was.files) {
				t.Errorf("%q: after commit %d there are %d files, not %d", below, i, len(got), len(was.files))
			}
		}
		if after := p.Git("status", "--porcelain=v2", "--branch") + p.Git("count-objects", "-v"); after != before {
			t.Errorf("the repository was changed:\n%s\n%s", before, after)
		}
	}
}

func TestWhatGitDoesNotSayOfThePast(t *testing.T) {
	p := newPastSite(t, "")
	day := func(n int) time.Time { return time.Date(2026, 11, n, 12, 0, 0, 0, time.UTC) }
	now := day(20)
	refused := func(at time.Time, want error, text string) {
		t.Helper()
		past, err := generator.AsPublished(t.Context(), p.options(now), at)
		if err == nil {
			past.Close()
		}
		if err == nil || want != nil && !errors.Is(err, want) || !strings.Contains(err.Error(), text) {
			t.Errorf("%s: the error is %v, want %v, %q", at, err, want, text)
		}
	}
	if err := os.MkdirAll(p.content, 0o777); err != nil {
		t.Fatal(err)
	}
	refused(day(1), generator.ErrNotYet, "no commit")
	p.At(day(2)).Commit(map[string]string{"README.md": "Nothing yet.\n"})
	p.At(day(4)).Commit(map[string]string{"content/site.yaml": "title: Example\nurl: https://status.example.com\n"})
	p.At(day(6)).Commit(map[string]string{"content/incidents/a.md": "no front matter\n"})
	if err := os.Symlink("site.yaml", filepath.Join(p.content, "link.md")); err != nil {
		t.Fatal(err)
	}
	p.At(day(8)).Commit(nil)
	p.At(day(10)).Commit(map[string]string{"content/link.md": ""})
	p.At(day(12)).Commit(map[string]string{"content/static/a.png": "version https://git-lfs.github.com/spec/v1\noid sha256:0\n"})
	p.At(day(14)).Commit(map[string]string{"content/static/a.png": "", "content/incidents/a.md": ""})

	refused(now.Add(time.Second), generator.ErrFuture, "2026-11-20T12:00:01Z")
	refused(day(1), generator.ErrNotYet, "the first commit is of 2026-11-02")
	refused(day(3), generator.ErrNotYet, "has no "+p.content+"/site.yaml")
	refused(day(9), nil, "link.md is a link or a submodule in commit")
	refused(day(13), nil, "static/a.png is kept by Git LFS")
	if files := p.then(t, day(5), now); files["/index.html"] == "" || files["/.allclear/owned"] == "" {
		t.Errorf("%d files", len(files))
	}

	past, err := generator.AsPublished(t.Context(), p.options(now), day(7))
	if err != nil {
		t.Fatal(err)
	}
	defer past.Close()
	result, _, err := past.Build(p.options(now), filepath.Join(t.TempDir(), "public"), func() {})
	if !errors.Is(err, generator.ErrContent) || !strings.HasPrefix(result.Diagnostics[0].Position.File, filepath.ToSlash(p.content)+"/incidents/a.md") {
		t.Errorf("%v %v", err, result.Diagnostics)
	}
	if _, _, err := past.Build(p.options(now), filepath.Join(p.content, "public"), func() {}); err == nil {
		t.Error("it is built into the content folder")
	}

	shallow := filepath.Join(t.TempDir(), "clone")
	if out, err := exec.Command("git", "clone", "-q", "--depth", "2", "file://"+p.Dir, shallow).CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	p.content = filepath.Join(shallow, "content")
	refused(day(5), generator.ErrTooShallow, "its oldest one is of 2026-11-12")
	if files := p.then(t, day(15), now); files["/index.html"] == "" {
		t.Error("nothing is built from a shallow clone that reaches far enough")
	}
	p.content = t.TempDir()
	refused(day(5), git.ErrNoRepository, "")
}
