package git_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"allclear/generator/git"
	"allclear/generator/testrepo"
)

var noon = time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)

// after is some minutes after noon.
func after(minutes int) time.Time { return noon.Add(time.Duration(minutes) * time.Minute) }

func open(t *testing.T, folder string) *git.Repository {
	t.Helper()
	r, err := git.Open(context.Background(), folder)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// history lists the commits, each as its minutes after noon and the paths that it
// changes: + for a new file, - for one that is gone, ~ for another content.
func history(t *testing.T, r *git.Repository, at time.Time, folders ...string) []string {
	t.Helper()
	var commits []git.Commit
	for c, err := range r.History(context.Background(), folders...) {
		if err != nil {
			t.Fatal(err)
		}
		commits = append(commits, c)
	}
	git.Publish(commits, at)
	var lines []string
	for _, c := range commits {
		line := fmt.Sprint(c.Published.Sub(noon).Minutes())
		for _, change := range c.Changes {
			switch {
			case change.Before == "":
				line += " +"
			case change.After == "":
				line += " -"
			default:
				line += " ~"
			}
			line += change.Path
		}
		lines = append(lines, line)
	}
	return lines
}

func expect(t *testing.T, got []string, want ...string) {
	t.Helper()
	if !slices.Equal(got, want) {
		t.Errorf("the history is\n%s\nand not\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

func TestHistoryFollowsTheBranchThroughMergesSquashesAndRebases(t *testing.T) {
	repo := testrepo.New(t, t.TempDir())
	repo.At(after(0)).Commit(map[string]string{"content/a": "1", "other": "1"})
	repo.Git("checkout", "-q", "-b", "merged")
	repo.At(after(1)).Commit(map[string]string{"content/b": "1"})
	repo.At(after(2)).Commit(map[string]string{"content/b": "2"})
	repo.Git("checkout", "-q", "main")
	repo.At(after(3)).Commit(map[string]string{"other": "2"})
	repo.At(after(4)).Git("merge", "-q", "--no-ff", "-m", "merge", "merged")
	repo.Git("checkout", "-q", "-b", "squashed")
	repo.At(after(5)).Commit(map[string]string{"content/a": "2"})
	repo.At(after(6)).Commit(map[string]string{"content/a": ""})
	repo.Git("checkout", "-q", "main")
	repo.Git("merge", "-q", "--squash", "squashed")
	repo.At(after(7)).Commit(nil)
	repo.Git("checkout", "-q", "-b", "rebased", "HEAD^")
	repo.At(after(8)).Commit(map[string]string{"content/c": "1"})
	repo.At(after(9)).Git("rebase", "-q", "main")
	repo.Git("checkout", "-q", "main")
	repo.Git("merge", "-q", "--ff-only", "rebased")
	r := open(t, filepath.Join(repo.Dir, "content"))
	expect(t, history(t, r, after(60), "."), "9 +c", "7 -a", "4 +b", "3", "0 +a")
	expect(t, history(t, r, after(60)), "9", "7", "4", "3", "0")
}

func TestACommitIsNeverPublishedBeforeItsParentNorInTheFuture(t *testing.T) {
	repo := testrepo.New(t, t.TempDir())
	for _, minutes := range []int{5, 3, 9, 90} {
		repo.At(after(minutes)).Commit(nil)
	}
	expect(t, history(t, open(t, repo.Dir), after(60), "."), "60", "9", "5", "5")
}

func TestHistoryReadsAnyName(t *testing.T) {
	repo := testrepo.New(t, t.TempDir())
	names := []string{":100644 100644", "*", "-r", "a\tb", "a\n:b", "größe", "\xff", " ", `"`}
	files := map[string]string{"deep/con*tent/themes/x": "beside"}
	for _, name := range names {
		files["deep/con*tent/site/"+name] = "text of " + name
	}
	repo.At(after(0)).Commit(files)
	repo.At(after(1)).Commit(map[string]string{"deep/content/site/no": "another folder"})
	r := open(t, filepath.Join(repo.Dir, "deep/con*tent/site"))
	slices.Sort(names)
	expect(t, history(t, r, after(60), ".", "../themes", "../../../outside"), "1", "0 +"+strings.Join(names, " +")+" +../themes/x")
}

func TestHistoryOfOddTrees(t *testing.T) {
	repo := testrepo.New(t, t.TempDir())
	repo.At(after(0)).Commit(map[string]string{"a": "x", "b": "x"})
	if err := os.Remove(filepath.Join(repo.Dir, "a")); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink("b", filepath.Join(repo.Dir, "a")); err != nil {
		t.Skip(err)
	}
	repo.At(after(1)).Commit(nil)
	repo.At(after(2)).Git("update-index", "--chmod=+x", "b")
	repo.Git("commit", "-q", "-m", "the mode alone")
	expect(t, history(t, open(t, repo.Dir), after(60), "."), "2", "1 -a", "0 +a +b")
}

func TestHistoryHeedsNeitherSettingsNorTheEnvironment(t *testing.T) {
	repo := testrepo.New(t, t.TempDir())
	repo.At(after(0)).Commit(map[string]string{"content/a": "a long text that stays\n"})
	repo.At(after(1)).Commit(map[string]string{"content/a": "", "content/b": "a long text that stays\n"})
	for _, setting := range []string{"log.showSignature=true", "diff.renames=copies", "log.showRoot=false", "diff.relative=true", "core.abbrev=4", "log.follow=true",
		"diff.external=false", "core.quotePath=true", "core.fsmonitor=false", "log.diffMerges=off", "color.ui=always", "format.pretty=oneline"} {
		key, value, _ := strings.Cut(setting, "=")
		repo.Git("config", key, value)
	}
	repo.Git("replace", "--graft", "HEAD")
	for _, variable := range []string{"GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_OBJECT_DIRECTORY", "GIT_EXTERNAL_DIFF", "GIT_CONFIG_PARAMETERS"} {
		t.Setenv(variable, filepath.Join(t.TempDir(), "nowhere"))
	}
	t.Setenv("GIT_GLOB_PATHSPECS", "1")
	expect(t, history(t, open(t, filepath.Join(repo.Dir, "content")), after(60), "."), "1 -a +b", "0 +a")
}

func TestHistoryOfAWorktreeAndASubmodule(t *testing.T) {
	inner := testrepo.New(t, filepath.Join(t.TempDir(), "inner"))
	inner.At(after(0)).Commit(map[string]string{"content/a": "1"})
	inner.Git("worktree", "add", "-q", "-b", "branch", "../tree")
	expect(t, history(t, open(t, filepath.Join(inner.Dir, "../tree/content")), after(60), "."), "0 +a")
	outer := testrepo.New(t, filepath.Join(t.TempDir(), "outer"))
	outer.Git("-c", "protocol.file.allow=always", "submodule", "--quiet", "add", inner.Dir, "site")
	outer.At(after(7)).Commit(nil)
	expect(t, history(t, open(t, filepath.Join(outer.Dir, "site/content")), after(60), "."), "0 +a")
	expect(t, history(t, open(t, outer.Dir), after(60), "."), "7 +.gitmodules")
}

func TestHistoryEndsWhereTheReaderBreaksOff(t *testing.T) {
	repo := testrepo.New(t, t.TempDir())
	for i := range 20 {
		repo.At(after(i)).Commit(map[string]string{"a": fmt.Sprint(i)})
	}
	seen := 0
	for _, err := range open(t, repo.Dir).History(context.Background(), ".") {
		if err != nil {
			t.Fatal(err)
		}
		if seen++; seen == 3 {
			break
		}
	}
	if seen != 3 {
		t.Errorf("%d commits were yielded", seen)
	}
}

func TestHistoryOfARepositoryWithoutACommitIsEmpty(t *testing.T) {
	repo := testrepo.New(t, t.TempDir())
	expect(t, history(t, open(t, repo.Dir), after(60), "."))
}

func TestHistoryThatIsDamagedIsAnError(t *testing.T) {
	repo := testrepo.New(t, t.TempDir())
	first := repo.At(after(0)).Commit(map[string]string{"a": "1"})
	repo.At(after(1)).Commit(map[string]string{"a": "2"})
	if err := os.Remove(filepath.Join(repo.Dir, ".git/objects", first[:2], first[2:])); err != nil {
		t.Fatal(err)
	}
	var got error
	for _, err := range open(t, repo.Dir).History(context.Background(), ".") {
		got = err
	}
	if got == nil {
		t.Error("a missing commit is no error")
	}
}

func TestAShallowCloneSaysWhereItIsCutOff(t *testing.T) {
	repo := testrepo.New(t, t.TempDir())
	root := repo.At(after(0)).Commit(map[string]string{"a": "1"})
	second := repo.At(after(1)).Commit(map[string]string{"b": "1"})
	repo.At(after(2)).Commit(map[string]string{"b": "2"})
	clone := testrepo.New(t, filepath.Join(t.TempDir(), "clone"))
	clone.Git("fetch", "-q", "--depth", "2", "file://"+repo.Dir, "main")
	clone.Git("reset", "-q", "--hard", "FETCH_HEAD")
	expect(t, history(t, open(t, clone.Dir), after(60), "."), "2 ~b", "1 +a +b")
	for _, test := range []struct {
		dir, commit string
		want        bool
	}{{clone.Dir, second, true}, {repo.Dir, second, false}, {repo.Dir, root, false}} {
		if got, err := open(t, test.dir).CutOff(context.Background(), test.commit); err != nil || got != test.want {
			t.Errorf("CutOff(%s) in %s is %t, %v", test.commit, test.dir, got, err)
		}
	}
}
