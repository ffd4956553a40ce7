package command_test

import (
	"bufio"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"strings"
	"syscall"
	"testing"
	"time"
)

const slow = `---
title: The API is slow
component: api
severity: minor
investigating: 2022-12-01 04:03 UTC
resolved: 2022-12-01 05:10 UTC
---

Answers take several seconds.

## Resolved

Answers are fast again.
`

// serving is `allclear serve` as a process of its own.
type serving struct {
	cmd            *exec.Cmd
	stdout, stderr *bufio.Reader
}

func startServe(t *testing.T, dir string, flags ...string) *serving {
	t.Helper()
	program, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	theme, err := filepath.Abs("../../themes/default")
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.CommandContext(t.Context(), program)
	cmd.Args = append([]string{"allclear", "serve"}, flags...) // the name makes TestMain run the command
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), "DEFAULT_THEME="+theme)
	stdout, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	stderr, err := cmd.StderrPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	// Whatever hangs is cut off, and the test then fails on what it read.
	cutOff := time.AfterFunc(time.Minute, func() { _ = cmd.Process.Kill() })
	t.Cleanup(func() { cutOff.Stop() })
	return &serving{cmd, bufio.NewReader(stdout), bufio.NewReader(stderr)}
}

func line(t *testing.T, from *bufio.Reader, pattern string) string {
	t.Helper()
	text, err := from.ReadString('\n')
	if err != nil || !regexp.MustCompile(pattern).MatchString(text) {
		t.Fatalf("a line %q (%v), want %s", text, err, pattern)
	}
	return strings.TrimSpace(text)
}

func TestServeReportsEachRebuildAndEndsWhenItIsInterrupted(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("a test can't interrupt a program on Windows")
	}
	for _, signal := range []os.Signal{os.Interrupt, syscall.SIGTERM} {
		dir := t.TempDir()
		writeFile(t, filepath.Join(dir, "content/site.yaml"), defaultSite)
		file := filepath.Join(dir, "content/incidents/api-is-slow.md")
		writeFile(t, file, slow)
		s := startServe(t, dir, "--addr", "127.0.0.1:0")

		url := line(t, s.stdout, `^http://127\.0\.0\.1:\d+/\n$`)
		line(t, s.stdout, `^all files: \d+ ms, no mistakes\n$`)
		writeFile(t, file, strings.Replace(slow, "slow", "fast", 1))
		line(t, s.stdout, `^content/incidents/api-is-slow\.md: \d+ ms, no mistakes\n$`)
		response, err := http.Get(url + "incidents/api-is-slow/")
		if err != nil {
			t.Fatal(err)
		}
		page, err := io.ReadAll(response.Body)
		if response.Body.Close(); err != nil || !strings.Contains(string(page), "The API is fast") {
			t.Errorf("the page (%v):\n%s", err, page)
		}

		writeFile(t, file, strings.Replace(slow, "component: api", "component: ap1", 1))
		line(t, s.stderr, `^content/incidents/api-is-slow\.md:3:12: error: unknown component "ap1" \[unknown-component\]\n$`)
		line(t, s.stderr, `^\thint: did you mean "api"\? write\n$`)
		line(t, s.stderr, `^\t      component: api\n$`)
		line(t, s.stderr, `^1 error\n$`)
		line(t, s.stdout, `^content/incidents/api-is-slow\.md: \d+ ms, 1 error\n$`)

		if err := s.cmd.Process.Signal(signal); err != nil {
			t.Fatal(err)
		}
		rest, _ := io.ReadAll(s.stderr)
		if err := s.cmd.Wait(); err != nil || len(rest) > 0 {
			t.Errorf("after %v: %v, and on standard error %q", signal, err, rest)
		}
		if entries, err := os.ReadDir(dir); err != nil || len(entries) != 1 {
			t.Errorf("serve left %v beside the content (%v)", entries, err)
		}
	}
}
