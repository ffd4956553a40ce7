// Package testrepo makes git repositories for tests and benchmarks: with the git
// command, commits whose dates the test chooses. The program never imports it.
package testrepo

import (
	"bytes"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

// Repo is a repository with a working tree.
type Repo struct {
	Dir string
	t   testing.TB
	now time.Time // of the next commits
}

// New makes an empty repository whose branch is main. The test is skipped if git
// is not installed. Neither its own nor the program's git has settings of the
// machine from then on.
func New(t testing.TB, dir string) *Repo {
	t.Helper()
	if _, err := exec.LookPath("git"); err != nil {
		t.Skip("git is not installed")
	}
	nowhere := filepath.Join(t.TempDir(), "gitconfig")
	t.Setenv("GIT_CONFIG_GLOBAL", nowhere)
	t.Setenv("GIT_CONFIG_SYSTEM", nowhere)
	r := &Repo{Dir: dir, t: t, now: time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)}
	if err := os.MkdirAll(dir, 0o777); err != nil {
		t.Fatal(err)
	}
	r.Git("init", "-q", "-b", "main")
	return r
}

// At is the committer's date from now on.
func (r *Repo) At(now time.Time) *Repo {
	r.now = now
	return r
}

// Git runs git and returns what it prints, without the newline at its end.
func (r *Repo) Git(args ...string) string {
	r.t.Helper()
	return r.Input("", args...)
}

// Input runs git with an input.
func (r *Repo) Input(input string, args ...string) string {
	r.t.Helper()
	cmd := exec.Command("git", args...)
	date := r.now.Format(time.RFC3339)
	cmd.Dir, cmd.Stdin = r.Dir, strings.NewReader(input)
	cmd.Env = append(cmd.Environ(), "GIT_COMMITTER_DATE="+date, "GIT_AUTHOR_DATE=2020-01-01T00:00:00Z",
		"GIT_COMMITTER_NAME=Test", "GIT_COMMITTER_EMAIL=test@example.com", "GIT_AUTHOR_NAME=Test", "GIT_AUTHOR_EMAIL=test@example.com")
	var message bytes.Buffer
	cmd.Stderr = &message
	out, err := cmd.Output()
	if err != nil {
		r.t.Fatalf("git %s: %v\n%s", strings.Join(args, " "), err, &message)
	}
	return strings.TrimSuffix(string(out), "\n")
}

// Write writes files of the working tree, by their slash-separated paths; one
// without text is deleted.
func (r *Repo) Write(files map[string]string) {
	r.t.Helper()
	for _, name := range slices.Sorted(maps.Keys(files)) {
		path := filepath.Join(r.Dir, filepath.FromSlash(name))
		err := os.MkdirAll(filepath.Dir(path), 0o777)
		if err == nil && files[name] == "" {
			err = os.RemoveAll(path)
		} else if err == nil {
			err = os.WriteFile(path, []byte(files[name]), 0o666)
		}
		if err != nil {
			r.t.Fatal(err)
		}
	}
}

// Commit writes files, commits all of the working tree, and returns the commit.
func (r *Repo) Commit(files map[string]string) string {
	r.t.Helper()
	r.Write(files)
	r.Git("add", "-A")
	r.Git("commit", "-q", "--allow-empty", "-m", "change")
	return r.Git("rev-parse", "HEAD")
}
