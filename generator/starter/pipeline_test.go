package starter_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"testing"

	"allclear/generator/starter"
	"allclear/generator/testbrowser"
)

// TestTheHostsReadTheirFiles has GitHub's own parser read the workflows and the
// action, and GitLab's schema its pipeline.
func TestTheHostsReadTheirFiles(t *testing.T) {
	var workflows []string
	for _, folder := range []string{"../../.github/workflows", "../../tools/deploy/github/.github/workflows"} {
		found, err := filepath.Glob(folder + "/*.yml")
		if err != nil || len(found) == 0 {
			t.Fatalf("%s has no workflows: %v", folder, err)
		}
		workflows = append(workflows, found...)
	}
	site := repository(t, "gitlab")
	var read struct {
		Jobs  map[string][]string
		Wrong []string
	}
	testbrowser.Script(t, "pipelines.mjs", map[string]any{
		"workflows": absolute(t, workflows...),
		"actions":   absolute(t, "../../.github/actions/allclear/action.yml"),
		"gitlab":    []string{site},
	}, &read)
	for _, wrong := range read.Wrong {
		t.Error(wrong)
	}
	for _, job := range []string{"pages", "review"} {
		if !slices.Contains(read.Jobs[site], job) {
			t.Errorf("GitLab has the jobs %v, without %s", read.Jobs[site], job)
		}
	}
}

// repository writes the files of a host into a new repository of git.
func repository(t *testing.T, host string) string {
	t.Helper()
	folder := t.TempDir()
	files, err := starter.Files(starter.Site{Host: host}, action)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range files {
		name := filepath.Join(folder, filepath.FromSlash(f.Path))
		if err := os.MkdirAll(filepath.Dir(name), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, []byte(f.Text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	for _, args := range [][]string{
		{"init", "--quiet", "--initial-branch", "main"}, {"remote", "add", "origin", "https://gitlab.com/example/status.git"},
		{"add", "--all"}, {"-c", "user.name=A writer", "-c", "user.email=writer@example.com", "commit", "--quiet", "--message", "A status page"},
	} {
		git := exec.CommandContext(t.Context(), "git", args...)
		git.Dir = folder
		if said, err := git.CombinedOutput(); err != nil {
			t.Fatalf("%v: %v\n%s", args, err, said)
		}
	}
	return folder
}

func absolute(t *testing.T, names ...string) []string {
	t.Helper()
	var all []string
	for _, name := range names {
		path, err := filepath.Abs(name)
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, path)
	}
	return all
}
