package command_test

import (
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
	"golang.org/x/tools/txtar"

	"allclear/generator/testdiff"
)

// TestPullRequests runs the scripts of testdata/pullrequest, each of which changes
// the site of testdata/public.txtar and has the whole of what diff prints then:
// what a reviewer reads. It is written anew by -update, to be read in the diff. At
// the end of each, both sides are built, and all that differs is in what diff says.
func TestPullRequests(t *testing.T) {
	if _, err := exec.LookPath("git"); err != nil {
		t.Skip("git is not installed")
	}
	public := publicRepository(t)
	theme, err := filepath.Abs("../../themes/default")
	if err != nil {
		t.Fatal(err)
	}
	testscript.Run(t, testscript.Params{
		Dir:           "testdata/pullrequest",
		UpdateScripts: *update,
		Cmds:          map[string]func(*testscript.TestScript, bool, []string){"replace": replace, "append": appendFile, "truth": truth},
		Setup: func(env *testscript.Env) error {
			env.Setenv("DEFAULT_THEME", theme)
			env.Setenv("GIT_CONFIG_GLOBAL", filepath.Join(env.WorkDir, "gitconfig"))
			env.Setenv("GIT_CONFIG_SYSTEM", filepath.Join(env.WorkDir, "none"))
			env.Setenv("GIT_AUTHOR_DATE", "2022-12-05T11:30:00Z") // the ids of commits are in what diff prints
			env.Setenv("GIT_COMMITTER_DATE", "2022-12-05T11:30:00Z")
			return os.CopyFS(env.WorkDir, os.DirFS(public))
		},
	})
}

// publicRepository is a repository whose branch main has the site of public.txtar.
func publicRepository(t *testing.T) string {
	t.Helper()
	archive, err := txtar.ParseFile("testdata/public.txtar")
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	for _, file := range archive.Files {
		writeFile(t, filepath.Join(dir, file.Name), string(file.Data))
	}
	for _, args := range [][]string{{"init", "-q", "-b", "main"}, {"add", "content", "themes"}, {"commit", "-q", "-m", "public"}} {
		cmd := exec.Command("git", args...)
		cmd.Dir = dir
		cmd.Env = append(os.Environ(), "GIT_CONFIG_GLOBAL="+filepath.Join(dir, "gitconfig"), "GIT_CONFIG_SYSTEM="+filepath.Join(dir, "none"),
			"GIT_AUTHOR_DATE=2022-12-05T11:00:00Z", "GIT_COMMITTER_DATE=2022-12-05T11:00:00Z") // its short id is in what diff prints
		if out, err := cmd.CombinedOutput(); err != nil {
			t.Fatalf("git %s: %v\n%s", strings.Join(args, " "), err, out)
		}
	}
	return dir
}

// truth is the script command `truth`, the last of each script: what diff says of
// the change is what differs between the builds of main and of the folder.
func truth(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) > 0 {
		ts.Fatalf("usage: truth")
	}
	_ = ts.Exec("allclear", "diff", "--format", "json") // it fails where the guard does
	said := ts.ReadFile("stdout")
	ts.Check(ts.Exec("allclear", "build", "--output", "after"))
	ts.Check(ts.Exec("git", "worktree", "add", "-q", "--detach", "main", "main"))
	ts.Check(ts.Exec("allclear", "build", "--content", "main/content", "--output", "before"))
	for _, lie := range testdiff.Lies(siteIn(ts, "before"), siteIn(ts, "after"), []byte(said)) {
		ts.Logf("%s", lie)
		neg = true
	}
	if neg {
		ts.Fatalf("diff does not say what differs")
	}
}

// siteIn reads a built site.
func siteIn(ts *testscript.TestScript, folder string) testdiff.Site {
	s := testdiff.Site{}
	dir := ts.MkAbs(folder)
	ts.Check(filepath.WalkDir(dir, func(name string, entry fs.DirEntry, err error) error {
		if err != nil || !entry.Type().IsRegular() || filepath.Base(filepath.Dir(name)) == ".allclear" {
			return err
		}
		text, err := os.ReadFile(name)
		relative, _ := filepath.Rel(dir, name)
		s[filepath.ToSlash(relative)] = text
		return err
	}))
	return s
}

// replace is the script command `replace FILE OLD NEW`: OLD is in the file once.
// With `last` it is replaced where it stands last.
func replace(ts *testscript.TestScript, neg bool, args []string) {
	last := len(args) == 4 && args[3] == "last"
	if neg || len(args) != 3 && !last {
		ts.Fatalf("usage: replace FILE OLD NEW [last]")
	}
	text := ts.ReadFile(args[0])
	old, with := strings.ReplaceAll(args[1], `\n`, "\n"), strings.ReplaceAll(args[2], `\n`, "\n")
	if n := strings.Count(text, old); n != 1 && !last || n == 0 {
		ts.Fatalf("%s has %q %d times", args[0], old, n)
	}
	i := strings.LastIndex(text, old)
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), []byte(text[:i]+with+text[i+len(old):]), 0o666))
}

// appendFile is the script command `append FILE OTHER`.
func appendFile(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: append FILE OTHER")
	}
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), slices.Concat([]byte(ts.ReadFile(args[0])), []byte(ts.ReadFile(args[1]))), 0o666))
}
