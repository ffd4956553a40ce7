//go:build unix

package command_test

import (
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"
)

const killedEvent = `---
title: %s
component: api
severity: minor
investigating: 2022-12-01 04:03 UTC
resolved: 2022-12-01 05:10 UTC
---

%[1]s.

## Resolved

It is over.
`

// TestAKilledBuildLeavesEveryFileWhole kills builds at any instant, while the content
// changes between two states. Each file is always that of one of them.
func TestAKilledBuildLeavesEveryFileWhole(t *testing.T) {
	theme, err := filepath.Abs("../../themes/default")
	if err != nil {
		t.Fatal(err)
	}
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	folder := t.TempDir()
	build := func(output string) *exec.Cmd {
		return &exec.Cmd{
			Path: self, Args: []string{"allclear", "build", "--output", output}, Dir: folder,
			Env: append(os.Environ(), "DEFAULT_THEME="+theme),
		}
	}
	kills := 60
	if testing.Short() {
		kills = 10
	}
	var states []map[string]string
	var slowest time.Duration
	for i := range 2 {
		writeState(t, folder, i)
		begin := time.Now()
		if said, err := build(fmt.Sprint("state", i)).CombinedOutput(); err != nil {
			t.Fatalf("%v\n%s", err, said)
		}
		slowest = max(slowest, time.Since(begin))
		states = append(states, filesBelow(t, filepath.Join(folder, fmt.Sprint("state", i))))
	}
	killed := 0
	for i := range kills {
		writeState(t, folder, i%2)
		cmd := build("public")
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		kill := time.AfterFunc(slowest*time.Duration(i)/time.Duration(kills), func() { _ = cmd.Process.Kill() })
		if cmd.Wait() != nil {
			killed++
		}
		kill.Stop()
		for name, text := range filesBelow(t, filepath.Join(folder, "public")) {
			if text != states[0][name] && text != states[1][name] {
				t.Fatalf("kill %d: %s is of neither state: %.200q", i, name, text)
			}
		}
	}
	if killed == 0 {
		t.Error("no build was killed")
	}
	if said, err := build("public").CombinedOutput(); err != nil {
		t.Fatalf("the build after all: %v\n%s", err, said)
	}
	for name, text := range filesBelow(t, filepath.Join(folder, "public")) {
		if text != states[(kills-1)%2][name] {
			t.Errorf("%s is not repaired", name)
		}
	}
}

// writeState writes one of two contents, which differ in text, and in which events
// there are.
func writeState(t *testing.T, folder string, state int) {
	t.Helper()
	content := filepath.Join(folder, "content")
	if err := os.RemoveAll(content); err != nil {
		t.Fatal(err)
	}
	files := map[string]string{"site.yaml": "title: Example\nurl: https://status.example.com\ncomponents:\n  - { id: api, name: API }\n"}
	for i := range 20 {
		files[fmt.Sprintf("incidents/both-%d.md", i)] = fmt.Sprintf(killedEvent, fmt.Sprintf("Event %d of state %d", i, state))
		files[fmt.Sprintf("incidents/only-%d-%d.md", state, i)] = fmt.Sprintf(killedEvent, fmt.Sprintf("Event %d", i))
	}
	for name, text := range files {
		at := filepath.Join(content, name)
		if err := os.MkdirAll(filepath.Dir(at), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(at, []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
}

// filesBelow are the files of a site by their paths; none if there is no folder.
func filesBelow(t *testing.T, folder string) map[string]string {
	t.Helper()
	files := map[string]string{}
	err := filepath.WalkDir(folder, func(at string, entry fs.DirEntry, err error) error {
		switch {
		case os.IsNotExist(err):
			return nil
		case err != nil:
			return err
		case entry.IsDir() && entry.Name() == ".allclear":
			return fs.SkipDir
		case entry.IsDir():
			return nil
		}
		text, err := os.ReadFile(at)
		name, _ := filepath.Rel(folder, at)
		files[name] = string(text)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}
