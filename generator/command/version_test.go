package command_test

import (
	"bytes"
	"os"
	"os/exec"
	"slices"
	"strings"
	"testing"

	"allclear/generator/command"
)

func TestTheLicenseOfEachModuleInTheProgramIsPrinted(t *testing.T) {
	var stdout, stderr bytes.Buffer
	status := command.Run(t.Context(), command.Host{
		Args:   []string{"version", "--licenses"},
		Getenv: func(string) string { return "" },
		Stdin:  strings.NewReader(""),
		Stdout: &stdout,
		Stderr: &stderr,
		Now:    clock,
	})
	if status != 0 || stderr.Len() > 0 {
		t.Fatalf("exit status %d, stderr %q", status, &stderr)
	}
	chapters := map[string]bool{}
	for chapter := range strings.SplitSeq(stdout.String(), "\n"+strings.Repeat("=", 78)+"\n") {
		chapters[chapter[strings.LastIndexByte(chapter, '\n')+1:]] = true
	}
	for _, system := range []string{"linux", "darwin", "windows"} {
		for _, module := range modulesOf(t, system) {
			if !chapters[module] {
				t.Errorf("on %s the program has %s, whose license is not printed: run go generate ./generator/command", system, module)
			}
		}
	}
}

// modulesOf lists the modules that are linked into allclear on a system, each
// as its path and version.
func modulesOf(t *testing.T, system string) []string {
	t.Helper()
	list := exec.CommandContext(t.Context(), "go", "list", "-deps", "-f", "{{with .Module}}{{if not .Main}}{{.Path}} {{.Version}}{{end}}{{end}}", "allclear")
	list.Env = append(os.Environ(), "GOOS="+system)
	out, err := list.Output()
	if err != nil {
		t.Fatal(err)
	}
	modules := strings.Split(strings.TrimSpace(string(out)), "\n")
	slices.Sort(modules)
	return slices.Compact(modules)
}

func TestAReleaseSaysItsVersionCommitAndDate(t *testing.T) {
	for _, test := range []struct {
		stamp command.Stamp
		want  string
	}{
		{
			command.Stamp{Version: "v1.2.3", Commit: "0123456789abcdef0123456789abcdef01234567", Date: "2026-11-26T10:00:00Z"},
			"allclear v1.2.3 (0123456789abcdef0123456789abcdef01234567, 2026-11-26T10:00:00Z), ",
		},
		{command.Stamp{Version: "v1.2.3"}, "allclear v1.2.3, "},
	} {
		var stdout bytes.Buffer
		status := command.Run(t.Context(), command.Host{
			Args: []string{"version"}, Getenv: func(string) string { return "" }, Stdin: strings.NewReader(""),
			Stdout: &stdout, Stderr: os.Stderr, Now: clock, Stamp: test.stamp,
		})
		if status != 0 || !strings.HasPrefix(stdout.String(), test.want) {
			t.Errorf("exit status %d, stdout %q, want %q", status, &stdout, test.want)
		}
	}
}
