package command_test

import (
	"bytes"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/sys/unix"

	"allclear/generator/command"
)

// terminal opens a terminal, and the other end of it, where a person types.
func terminal(t *testing.T) (tty, person *os.File) {
	t.Helper()
	person, err := os.OpenFile("/dev/ptmx", os.O_RDWR, 0)
	if err != nil {
		t.Skip("there is no /dev/ptmx")
	}
	t.Cleanup(func() { person.Close() })
	if err := unix.IoctlSetPointerInt(int(person.Fd()), unix.TIOCSPTLCK, 0); err != nil {
		t.Fatal(err)
	}
	n, err := unix.IoctlGetInt(int(person.Fd()), unix.TIOCGPTN)
	if err != nil {
		t.Fatal(err)
	}
	tty, err = os.OpenFile(fmt.Sprintf("/dev/pts/%d", n), os.O_RDWR|unix.O_NOCTTY, 0)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { tty.Close() })
	go io.Copy(io.Discard, person) // what the terminal echoes and shows
	return tty, person
}

// TestATerminalIsAskedForWhatIsMissing answers the questions line by line, as a
// screen reader's user does.
func TestATerminalIsAskedForWhatIsMissing(t *testing.T) {
	theme, err := filepath.Abs("../../themes/default")
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	writeFile(t, filepath.Join(dir, "content/site.yaml"), "title: Example\nurl: https://status.example.com\ncomponents:\n  - { id: web, name: Website }\n  - { id: api, name: API }\n")
	t.Chdir(dir)
	file := filepath.Join(dir, "content/incidents/2022-12-05-api-requests-fail.md")
	for _, step := range []struct {
		args, answers []string
		want          string
	}{
		{
			[]string{"new"}, []string{"API requests fail", "2", "0", "2", "We are looking into it."},
			"---\ntitle: API requests fail\ncomponent: api\nseverity: major\ninvestigating: 2022-12-05 12:00 UTC\n---\n\nWe are looking into it.\n",
		},
		{
			[]string{"update"}, []string{"3", "A disk is full."},
			"\n## Identified · 2022-12-05 12:00:01 UTC\n\nA disk is full.\n",
		},
		{ // nothing is missing
			[]string{"update", "resolved"}, nil,
			"\n## Resolved · 2022-12-05 12:00:02 UTC\n",
		},
	} {
		tty, person := terminal(t)
		if _, err := io.WriteString(person, strings.Join(append(step.answers, ""), "\n")); err != nil {
			t.Fatal(err)
		}
		var stderr bytes.Buffer
		status := command.Run(t.Context(), command.Host{
			Args: step.args, Stdin: tty, Stdout: tty, Stderr: &stderr, Now: clock, Theme: os.DirFS(theme),
			Getenv: func(name string) string { return map[string]string{"ACCESSIBLE": "1", "TERM": "xterm"}[name] },
		})
		text, err := os.ReadFile(file)
		if status != 0 || err != nil || !strings.HasSuffix(string(text), step.want) {
			t.Fatalf("%v ends with %d (%v), and the file is\n%s\nwhat was asked:\n%s", step.args, status, err, text, &stderr)
		}
	}
}

// TestATerminalWithoutAWidthIsAskedLineByLine has a terminal as a container or a
// script opens it, where a form can't be drawn.
func TestATerminalWithoutAWidthIsAskedLineByLine(t *testing.T) {
	t.Chdir(t.TempDir())
	tty, person := terminal(t)
	if _, err := io.WriteString(person, "Acme\n\n1\n"); err != nil {
		t.Fatal(err)
	}
	status := command.Run(t.Context(), command.Host{
		Args: []string{"init", "asked"}, Stdin: tty, Stdout: tty, Stderr: tty, Now: clock,
		Getenv: func(name string) string { return map[string]string{"TERM": "xterm"}[name] },
	})
	text, err := os.ReadFile("asked/content/site.yaml")
	if status != 0 || err != nil || !strings.Contains(string(text), "title: \"Acme\"\n") {
		t.Errorf("init ends with %d, and site.yaml is (%v)\n%s", status, err, text)
	}
}

func TestInitAsksWhatIsMissing(t *testing.T) {
	action, err := filepath.Abs("../../.github/actions/allclear")
	if err != nil {
		t.Fatal(err)
	}
	t.Chdir(t.TempDir())
	for _, step := range []struct {
		args, answers []string
		files         map[string]string // parts of their text
	}{
		{
			[]string{"init", "asked"}, []string{"Acme", "https://status.acme.example", "2"},
			map[string]string{
				"asked/content/site.yaml":            "title: \"Acme\"\nurl: https://status.acme.example  ",
				"asked/.github/workflows/status.yml": "name: Status page\n",
			},
		},
		{
			[]string{"init", "alone"}, []string{"Acme", "", "1"},
			map[string]string{"alone/content/site.yaml": "title: \"Acme\"\nurl: https://status.example.com  "},
		},
		{ // nothing is missing
			[]string{"init", "told", "--host", "server", "--title", "Acme", "--url", "https://status.acme.example"}, nil,
			map[string]string{"told/server/update": "#!/bin/sh\n"},
		},
	} {
		tty, person := terminal(t)
		if _, err := io.WriteString(person, strings.Join(append(step.answers, ""), "\n")); err != nil {
			t.Fatal(err)
		}
		var stderr bytes.Buffer
		status := command.Run(t.Context(), command.Host{
			Args: step.args, Stdin: tty, Stdout: tty, Stderr: &stderr, Now: clock, Action: os.DirFS(action),
			Getenv: func(name string) string { return map[string]string{"ACCESSIBLE": "1", "TERM": "xterm"}[name] },
		})
		if status != 0 {
			t.Fatalf("%v ends with %d; what was asked:\n%s", step.args, status, &stderr)
		}
		for name, want := range step.files {
			if text, err := os.ReadFile(name); err != nil || !strings.Contains(string(text), want) {
				t.Errorf("%v: %s is (%v)\n%s", step.args, name, err, text)
			}
		}
	}
	if _, err := os.Stat("alone/README.md"); err == nil {
		t.Error("there is more than the content")
	}
}
