package provenance_test

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"allclear/generator/check"
	"allclear/generator/git"
	"allclear/generator/provenance"
	"allclear/generator/source"
	"allclear/generator/status"
	"allclear/generator/testrepo"
)

// at is a time of the day on which all tests happen.
func at(clock string) time.Time {
	t, err := time.Parse("2006-01-02 15:04", "2026-03-01 "+clock)
	if err != nil {
		panic(err)
	}
	return t
}

// with is a site.yaml that asks for provenance.
const (
	without = "title: T\nurl: https://status.example.com\ncomponents: [{ id: api, name: API }]\n"
	with    = without + "provenance: git\n"
)

// incident is a file with updates: each its time, a word of its heading, and its text.
func incident(front string, updates ...string) string {
	var b strings.Builder
	b.WriteString("---\ntitle: Outage\n" + front + "---\n")
	for _, u := range updates {
		clock, rest, _ := strings.Cut(u, " ")
		word, text, _ := strings.Cut(rest, " ")
		fmt.Fprintf(&b, "\n## %s · 2026-03-01 %s UTC\n\n%s\n", strings.ReplaceAll(word, "_", " "), clock, text)
	}
	return b.String()
}

// timeline reads a repository and its working tree, and says of each update when
// it happened, was published and was edited; of the site, when it changed.
func timeline(t *testing.T, dir, now string) []string {
	t.Helper()
	h, err := read(t, dir)
	if err != nil {
		t.Fatal(err)
	}
	site := siteOf(t, filepath.Join(dir, "content"), now)
	h.Date(site, at(now))
	var lines []string
	for _, e := range site.Events {
		for _, u := range e.Updates {
			lines = append(lines, e.ID+" "+u.At.Format("15:04")+line(u.Publication))
		}
	}
	for _, a := range site.Announcements {
		lines = append(lines, a.ID+" "+a.From.Format("15:04")+line(a.Publication))
	}
	if !site.Changed.IsZero() {
		lines = append(lines, "changed "+site.Changed.Format("15:04"))
	}
	return lines
}

func line(p status.Publication) string {
	line := " published " + p.Published.Format("15:04")
	if !p.Edited.IsZero() {
		line += " edited " + p.Edited.Format("15:04")
	}
	return line
}

func read(t *testing.T, dir string) (*provenance.History, error) {
	t.Helper()
	return new(provenance.Cache).Read(context.Background(), filepath.Join(dir, "content"))
}

func siteOf(t *testing.T, folder, now string) *status.Site {
	t.Helper()
	content, found, err := source.Read(folder)
	if err != nil || found.HasErrors() {
		t.Fatal(err, found)
	}
	site, found := check.Site(content, check.Options{Now: at(now)})
	if found.HasErrors() {
		t.Fatal(found)
	}
	return site
}

func expect(t *testing.T, repo *testrepo.Repo, now string, want ...string) {
	t.Helper()
	if got := timeline(t, repo.Dir, now); !slices.Equal(got, want) {
		t.Errorf("at %s the history says\n\t%s\nand not\n\t%s", now, strings.Join(got, "\n\t"), strings.Join(want, "\n\t"))
	}
}

const a = "content/incidents/a.md"

func TestAnUpdateIsPublishedByTheCommitThatBringsItToTheBranch(t *testing.T) {
	looking, found := "09:00 Investigating We look.", "09:30 Identified We know."
	for _, test := range []struct {
		name  string
		bring func(repo *testrepo.Repo)
	}{
		{"by a commit", func(repo *testrepo.Repo) {
			repo.At(at("10:00")).Commit(map[string]string{a: incident("", looking, found)})
		}},
		{"by a merge", func(repo *testrepo.Repo) {
			repo.Git("checkout", "-q", "-b", "branch")
			repo.At(at("09:10")).Commit(map[string]string{a: incident("", looking)})
			repo.At(at("09:40")).Commit(map[string]string{a: incident("", looking, found)})
			repo.Git("checkout", "-q", "main")
			repo.At(at("09:50")).Commit(map[string]string{"README": "other"})
			repo.At(at("10:00")).Git("merge", "-q", "--no-ff", "-m", "merge", "branch")
		}},
		{"by a squash", func(repo *testrepo.Repo) {
			repo.Git("checkout", "-q", "-b", "branch")
			repo.At(at("09:10")).Commit(map[string]string{a: incident("", looking)})
			repo.At(at("09:40")).Commit(map[string]string{a: incident("", looking, found)})
			repo.Git("checkout", "-q", "main")
			repo.Git("merge", "-q", "--squash", "branch")
			repo.At(at("10:00")).Commit(nil)
		}},
		{"by a rebase", func(repo *testrepo.Repo) {
			repo.Git("checkout", "-q", "-b", "branch")
			repo.At(at("09:10")).Commit(map[string]string{a: incident("", looking, found)})
			repo.Git("checkout", "-q", "main")
			repo.At(at("09:50")).Commit(map[string]string{"README": "other"})
			repo.At(at("10:00")).Git("rebase", "-q", "main", "branch")
			repo.Git("checkout", "-q", "main")
			repo.Git("merge", "-q", "--ff-only", "branch")
		}},
	} {
		t.Run(test.name, func(t *testing.T) {
			repo := testrepo.New(t, t.TempDir())
			repo.At(at("08:00")).Commit(map[string]string{"content/site.yaml": with})
			test.bring(repo)
			expect(t, repo, "12:00", "a 09:00 published 10:00", "a 09:30 published 10:00", "changed 10:00")
			expect(t, repo, "09:45", "a 09:00 published 09:45", "a 09:30 published 09:45", "changed 09:45") // never later than the instant
		})
	}
}

// step is a commit, or the working tree if it has no time.
type step struct {
	clock string
	files map[string]string
}

func TestTheRulesOfTheHistory(t *testing.T) {
	looking, better, fixed := "09:00 Investigating We look.", "09:00 Investigating We are looking.", "09:30 Resolved Done."
	site := func(text string) map[string]string { return map[string]string{"content/site.yaml": text} }
	file := func(front string, updates ...string) map[string]string {
		return map[string]string{a: incident(front, updates...)}
	}
	for _, test := range []struct {
		name  string
		steps []step
		want  []string // at 12:00
	}{
		{"what stood when provenance came was published when it happened", []step{
			{"09:10", site(without)}, {"09:15", file("", looking)}, {"09:20", site(with)}, {"10:00", file("", looking, fixed)},
		}, []string{"a 09:00 published 09:00", "a 09:30 published 10:00", "changed 10:00"}},
		{"what comes with provenance stood", []step{
			{"09:10", map[string]string{"content/site.yaml": with, a: incident("", looking)}},
		}, []string{"a 09:00 published 09:00"}},
		{"if provenance goes and comes back, the last time counts", []step{
			{"08:00", site(with)}, {"09:10", file("", looking)}, {"09:20", site(without)}, {"10:00", file("", looking, fixed)}, {"11:00", site(with)},
		}, []string{"a 09:00 published 09:00", "a 09:30 published 09:30"}},
		{"a broken site.yaml publishes nothing, so it ends nothing", []step{
			{"08:00", site(with)}, {"09:10", file("", looking)}, {"09:20", site("title: [")}, {"09:40", site(with)},
		}, []string{"a 09:00 published 09:10", "changed 09:10"}},
		{"provenance that is not committed dates nothing", []step{
			{"08:00", site(without)}, {"09:10", file("", looking)}, {"", site(with)}, {"", file("", looking, fixed)},
		}, []string{"a 09:00 published 09:00", "a 09:30 published 09:30"}},
		{"what is not committed is published at the instant", []step{
			{"08:00", site(with)}, {"09:10", file("", looking)}, {"", file("", better, fixed)},
		}, []string{"a 09:00 published 09:10 edited 12:00", "a 09:30 published 12:00", "changed 12:00"}},
		{"what is not committed any more has changed the site", []step{
			{"08:00", site(with)}, {"09:10", file("", looking)}, {"", map[string]string{a: ""}},
		}, []string{"changed 12:00"}},
		{"a text that changes is edited", []step{
			{"08:00", site(with)}, {"09:10", file("", looking)}, {"10:00", file("", better)}, {"11:00", file("", better, fixed)},
		}, []string{"a 09:00 published 09:10 edited 10:00", "a 09:30 published 11:00", "changed 11:00"}},
		{"what stood can be edited too", []step{
			{"09:10", map[string]string{"content/site.yaml": with, a: incident("", looking)}}, {"10:00", file("", better)},
		}, []string{"a 09:00 published 09:00 edited 10:00", "changed 10:00"}},
		{"blanks and line ends are no edit", []step{
			{"08:00", site(with)}, {"09:10", file("", looking)}, {"10:00", map[string]string{a: strings.ReplaceAll(strings.ReplaceAll(incident("", looking), "We look.", "We\nlook. "), "\n", "\r\n")}},
		}, []string{"a 09:00 published 09:10", "changed 09:10"}},
		{"another heading of the same status and time is no edit", []step{
			{"08:00", site(with)}, {"09:10", file("", looking)}, {"10:00", map[string]string{a: "---\ntitle: Outage\ninvestigating: 2026-03-01T10:00:00+01:00\n---\nWe look.\n"}},
		}, []string{"a 09:00 published 09:10", "changed 09:10"}},
		{"a title that is corrected is no edit, and the site has changed", []step{
			{"08:00", site(with)}, {"09:10", file("", looking)}, {"10:00", file("severity: major\n", looking)},
		}, []string{"a 09:00 published 09:10", "changed 10:00"}},
		{"a moved file keeps its dates", []step{
			{"08:00", site(with)}, {"09:10", file("", looking)},
			{"10:00", map[string]string{a: "", "content/incidents/2026/a.md": incident("", looking)}}, {"11:00", map[string]string{"content/incidents/2026/a.md": incident("", looking, fixed)}},
		}, []string{"a 09:00 published 09:10", "a 09:30 published 11:00", "changed 11:00"}},
		{"a renamed event keeps its dates by its api_id", []step{
			{"08:00", site(with)}, {"09:10", file("", looking)},
			{"10:00", map[string]string{a: "", "content/incidents/b.md": incident("api_id: a\naliases: /incidents/a/\n", looking)}},
		}, []string{"b 09:00 published 09:10", "changed 09:10"}},
		{"a renamed event keeps its dates by its alias", []step{
			{"08:00", site(with)}, {"09:10", file("", looking)}, {"09:20", file("", better)},
			{"10:00", map[string]string{a: "", "content/incidents/b.md": incident("aliases: /incidents/a/\n", better)}},
		}, []string{"b 09:00 published 09:10 edited 09:20", "changed 10:00"}},
		{"an event that is renamed and not committed keeps its dates", []step{
			{"08:00", site(with)}, {"09:10", file("", looking)},
			{"", map[string]string{a: "", "content/incidents/b.md": incident("aliases: /incidents/a/\n", looking)}},
		}, []string{"b 09:00 published 09:10", "changed 12:00"}},
		{"a renamed event without either is new", []step{
			{"08:00", site(with)}, {"09:10", file("", looking)}, {"10:00", map[string]string{a: "", "content/incidents/b.md": incident("", looking)}},
		}, []string{"b 09:00 published 10:00", "changed 10:00"}},
		{"a stated id keeps the dates where the time is corrected", []step{
			{"08:00", site(with)}, {"09:10", map[string]string{a: "---\ntitle: T\n---\n\n## Investigating 2026-03-01 09:00 UTC {#one}\n\nWe look.\n"}},
			{"10:00", map[string]string{a: "---\ntitle: T\n---\n\n## Investigating 2026-03-01 08:50 UTC {#one}\n\nWe look.\n"}},
		}, []string{"a 08:50 published 09:10", "changed 10:00"}},
		{"a deleted event that comes back was published the first time", []step{
			{"08:00", site(with)}, {"09:10", file("", looking)}, {"10:00", map[string]string{a: ""}}, {"11:00", file("", looking)},
		}, []string{"a 09:00 published 09:10", "changed 11:00"}},
		{"a deleted event has changed the site", []step{
			{"08:00", site(with)}, {"09:10", file("", looking)}, {"10:00", map[string]string{a: ""}},
		}, []string{"changed 10:00"}},
		{"an update that is removed and comes back with another text is edited", []step{
			{"08:00", site(with)}, {"09:40", file("", looking, fixed)}, {"10:00", file("", looking)}, {"11:00", file("", looking, "09:30 Resolved All done.")},
		}, []string{"a 09:00 published 09:40", "a 09:30 published 09:40 edited 11:00", "changed 11:00"}},
		{"a draft is published when it is none any more", []step{
			{"08:00", site(with)}, {"09:10", file("draft: true\n", looking)}, {"09:20", file("draft: true\n", better)}, {"10:00", file("", better)},
		}, []string{"a 09:00 published 10:00", "changed 10:00"}},
		{"an event that becomes a draft is gone", []step{
			{"08:00", site(with)}, {"09:10", file("", looking)}, {"10:00", file("draft: true\n", looking)},
		}, []string{"changed 10:00"}},
		{"what is held back is published at its own time", []step{
			{"08:00", site(with)}, {"08:30", file("publish: scheduled\n", looking, fixed)}, {"09:40", map[string]string{"content/incidents/b.md": incident("publish: scheduled\n", looking)}},
		}, []string{"a 09:00 published 09:00", "a 09:30 published 09:30", "b 09:00 published 09:40", "changed 09:40"}},
		{"an imported event was published when it happened, and what follows later", []step{
			{"08:00", site(with)}, {"10:00", file("imported: true\n", looking)}, {"11:00", file("imported: true\n", looking, fixed)},
		}, []string{"a 09:00 published 09:00", "a 09:30 published 11:00", "changed 11:00"}},
		{"an event that is marked as imported later was published when it happened", []step{
			{"08:00", site(with)}, {"10:00", file("", looking)}, {"11:00", file("imported: true\n", looking)},
		}, []string{"a 09:00 published 09:00", "changed 10:00"}},
		{"an imported event that is not committed was published when it happened", []step{
			{"08:00", site(with)}, {"", file("imported: true\n", looking)},
		}, []string{"a 09:00 published 09:00"}},
		{"an imported event loses that with its mark", []step{
			{"08:00", site(with)}, {"10:00", file("imported: true\n", looking)}, {"11:00", file("", looking)},
		}, []string{"a 09:00 published 10:00"}},
		{"a clock that goes back publishes nothing before its parent", []step{
			{"08:00", site(with)}, {"10:00", map[string]string{"README": "x"}}, {"09:20", file("", looking)},
		}, []string{"a 09:00 published 10:00", "changed 10:00"}},
		{"an announcement is dated likewise", []step{
			{"08:00", site(with)}, {"10:00", map[string]string{"content/announcements/n.md": "---\ntitle: T\nfrom: 2026-03-01 09:00 UTC\n---\nText.\n"}},
			{"11:00", map[string]string{"content/announcements/n.md": "---\ntitle: T\nfrom: 2026-03-01 09:00 UTC\n---\nA text.\n"}},
		}, []string{"n 09:00 published 10:00 edited 11:00"}},
		{"an imported announcement was published when it began", []step{
			{"08:00", site(with)}, {"10:00", map[string]string{"content/announcements/n.md": "---\ntitle: T\nfrom: 2026-03-01 09:00 UTC\nimported: true\n---\nText.\n"}},
		}, []string{"n 09:00 published 09:00"}},
		{"a translation is no edit", []step{
			{"08:00", site(with + "languages: [en, de]\n")}, {"09:10", file("", looking)},
			{"10:00", map[string]string{"content/incidents/a.de.md": "---\ntitle: T\n---\n\n## Investigating\n\nWir sehen nach.\n"}},
		}, []string{"a 09:00 published 09:10", "changed 09:10"}},
		{"a file that nobody can read says nothing", []step{
			{"08:00", site(with)}, {"09:10", file("", looking)}, {"09:20", map[string]string{a: "---\ntitle: [\n---\n## nonsense\n\xff"}}, {"09:40", file("", looking, fixed)},
		}, []string{"a 09:00 published 09:10", "a 09:30 published 09:40", "changed 09:40"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			repo := testrepo.New(t, t.TempDir())
			repo.At(at("00:00")).Commit(nil)
			for _, s := range test.steps {
				if s.clock == "" {
					repo.Write(s.files)
				} else {
					repo.At(at(s.clock)).Commit(s.files)
				}
			}
			expect(t, repo, "12:00", test.want...)
		})
	}
}

func TestTheFolderMayBeAnywhereInItsRepository(t *testing.T) {
	repo := testrepo.New(t, t.TempDir())
	for _, folder := range []string{"", "deep/below/a(b)/"} {
		repo.At(at("08:00")).Commit(map[string]string{folder + "content/site.yaml": with, "elsewhere/content/site.yaml": without})
		repo.At(at("10:00")).Commit(map[string]string{folder + a: incident("", "09:00 Investigating We look."), "elsewhere/" + a: incident("", "09:00 Investigating Other.")})
		dir := filepath.Join(repo.Dir, filepath.FromSlash(folder))
		if got := timeline(t, dir, "12:00"); got[0] != "a 09:00 published 10:00" {
			t.Errorf("in %q: %q", folder, got)
		}
	}
}

func TestAShallowCloneMustReachTheCommitThatBroughtProvenance(t *testing.T) {
	repo := testrepo.New(t, t.TempDir())
	repo.At(at("07:00")).Commit(map[string]string{"content/site.yaml": without})
	repo.At(at("08:00")).Commit(map[string]string{"content/site.yaml": with})
	repo.At(at("10:00")).Commit(map[string]string{a: incident("", "09:00 Investigating We look.")})
	whole := timeline(t, repo.Dir, "12:00")
	for depth, want := range map[string]error{"1": provenance.ErrShallow, "2": provenance.ErrShallow, "3": nil} {
		clone := testrepo.New(t, filepath.Join(t.TempDir(), "clone"))
		clone.Git("fetch", "-q", "--depth", depth, "file://"+repo.Dir, "main")
		clone.Git("reset", "-q", "--hard", "FETCH_HEAD")
		if _, err := read(t, clone.Dir); !errors.Is(err, want) {
			t.Errorf("at depth %s: %v", depth, err)
		}
		if want == nil {
			expect(t, clone, "12:00", whole...)
		}
	}
}

func TestAPartialCloneIsAnError(t *testing.T) {
	repo := testrepo.New(t, t.TempDir())
	repo.Git("config", "uploadpack.allowFilter", "true")
	repo.At(at("08:00")).Commit(map[string]string{"content/site.yaml": with})
	repo.At(at("09:10")).Commit(map[string]string{a: incident("", "09:00 Investigating We look.")})
	repo.At(at("10:00")).Commit(map[string]string{a: incident("", "09:00 Investigating Looking.")})
	clone := filepath.Join(t.TempDir(), "clone")
	repo.Git("clone", "-q", "--filter=blob:none", "file://"+repo.Dir, clone)
	repo.Git("-C", clone, "remote", "set-url", "origin", "file:///nowhere")
	if _, err := read(t, clone); !errors.Is(err, git.ErrNoContent) {
		t.Errorf("the error is %v", err)
	}
}

func TestWithoutARepositoryThereIsNoHistory(t *testing.T) {
	testrepo.New(t, t.TempDir()) // skips where git is missing
	if _, err := new(provenance.Cache).Read(context.Background(), t.TempDir()); !errors.Is(err, git.ErrNoRepository) {
		t.Errorf("the error is %v", err)
	}
	t.Setenv("PATH", t.TempDir())
	if _, err := new(provenance.Cache).Read(context.Background(), t.TempDir()); !errors.Is(err, git.ErrNoGit) {
		t.Errorf("the error is %v", err)
	}
}

func TestARepositoryWithoutACommitDatesNothing(t *testing.T) {
	repo := testrepo.New(t, t.TempDir())
	repo.Write(map[string]string{"content/site.yaml": with, a: incident("", "09:00 Investigating We look.")})
	expect(t, repo, "12:00", "a 09:00 published 09:00")
}

func TestTheCacheReadsAgainWhenHeadMoves(t *testing.T) {
	repo := testrepo.New(t, t.TempDir())
	repo.At(at("08:00")).Commit(map[string]string{"content/site.yaml": with})
	var cache provenance.Cache
	histories := map[*provenance.History]bool{}
	again := func() int {
		h, err := cache.Read(context.Background(), filepath.Join(repo.Dir, "content"))
		if err != nil {
			t.Fatal(err)
		}
		histories[h] = true
		return len(histories)
	}
	again()
	repo.Write(map[string]string{a: incident("", "09:00 Investigating We look.")})
	if again() != 1 {
		t.Error("the history is read again though HEAD has not moved")
	}
	repo.At(at("10:00")).Commit(nil)
	if again() != 2 {
		t.Error("the history is not read again when HEAD moves")
	}
}
