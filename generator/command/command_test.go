package command_test

import (
	"bytes"
	"context"
	"errors"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"testing/fstest"
	"time"
	_ "time/tzdata"

	"github.com/rogpeppe/go-internal/testscript"

	"allclear/generator/command"
)

// clock is the hour at which every test of the command runs.
func clock() time.Time { return time.Date(2022, 12, 5, 12, 0, 0, 0, time.UTC) }

func TestMain(m *testing.M) {
	testscript.Main(compiling{m}, map[string]func(){
		"allclear": func() {
			ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
			defer stop()
			os.Exit(command.Run(ctx, command.Host{
				Args:   os.Args[1:],
				Getenv: os.Getenv,
				Stdin:  os.Stdin,
				Stdout: os.Stdout,
				Stderr: os.Stderr,
				Now:    clock,
				Theme:  os.DirFS(os.Getenv("DEFAULT_THEME")),
				Action: os.DirFS(os.Getenv("ACTION")),
			}))
		},
	})
}

func TestScripts(t *testing.T) {
	theme, err := filepath.Abs("../../themes/default")
	if err != nil {
		t.Fatal(err)
	}
	action, err := filepath.Abs("../../.github/actions/allclear")
	if err != nil {
		t.Fatal(err)
	}
	testscript.Run(t, testscript.Params{
		Dir:           "testdata/script",
		UpdateScripts: *update,
		Cmds:          map[string]func(*testscript.TestScript, bool, []string){"status": exitStatus},
		Setup: func(env *testscript.Env) error {
			env.Setenv("DEFAULT_THEME", theme)
			env.Setenv("ACTION", action)
			return nil
		},
	})
}

// exitStatus is the script command `status 2 allclear biuld`: the program ends
// with just that exit status.
func exitStatus(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: status N program args...")
	}
	got := 0
	var exit *exec.ExitError
	if err := ts.Exec(args[1], args[2:]...); errors.As(err, &exit) {
		got = exit.ExitCode()
	} else if err != nil {
		ts.Fatalf("%v", err)
	}
	if strconv.Itoa(got) != args[0] {
		ts.Fatalf("exit status %d, want %s", got, args[0])
	}
}

func TestAnInternalErrorIsReportedWithoutATrace(t *testing.T) {
	for _, test := range []struct {
		name  string
		args  []string
		trace bool
	}{
		{"by default", []string{"check"}, false},
		{"with --verbose", []string{"check", "--verbose"}, true},
	} {
		t.Run(test.name, func(t *testing.T) {
			dir := t.TempDir()
			writeFile(t, filepath.Join(dir, "content/site.yaml"), defaultSite)
			t.Chdir(dir)
			var stdout, stderr bytes.Buffer
			status := command.Run(t.Context(), command.Host{
				Args:   test.args,
				Getenv: func(string) string { return "" },
				Stdin:  strings.NewReader(""),
				Stdout: &stdout,
				Stderr: &stderr,
				Now:    func() time.Time { panic("a mistake") },
				Theme:  fstest.MapFS{},
			})
			if status != 1 {
				t.Errorf("exit status %d, want 1", status)
			}
			if !strings.HasPrefix(stderr.String(), "allclear: internal error: a mistake; this is a bug in allclear, please report it\n") {
				t.Errorf("stderr: %s", &stderr)
			}
			if got := strings.Contains(stderr.String(), "goroutine "); got != test.trace {
				t.Errorf("trace shown: %v, want %v:\n%s", got, test.trace, &stderr)
			}
		})
	}
}

func TestACommandEndsIfItIsInterrupted(t *testing.T) {
	dir := t.TempDir()
	writeFile(t, filepath.Join(dir, "content/site.yaml"), defaultSite)
	t.Chdir(dir)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	var stderr bytes.Buffer
	release := make(chan struct{})
	defer close(release)
	status := command.Run(ctx, command.Host{
		Args:   []string{"check"},
		Getenv: func(string) string { return "" },
		Stdin:  strings.NewReader(""),
		Stdout: blocked{release},
		Stderr: &stderr,
		Now:    clock,
		Theme:  fstest.MapFS{},
	})
	if status != 1 || stderr.String() != "allclear: interrupted\n" {
		t.Errorf("exit status %d, stderr %q", status, stderr.String())
	}
}

// blocked is a writer whose reader never reads.
type blocked struct{ release chan struct{} }

func (b blocked) Write(p []byte) (int, error) { <-b.release; return len(p), nil }

func TestAClosedPipeIsNotReported(t *testing.T) {
	var stderr bytes.Buffer
	status := command.Run(t.Context(), command.Host{
		Args:   []string{"version"},
		Getenv: func(string) string { return "" },
		Stdin:  strings.NewReader(""),
		Stdout: closedPipe{},
		Stderr: &stderr,
		Now:    clock,
		Theme:  fstest.MapFS{},
	})
	if status != 1 || stderr.Len() > 0 {
		t.Errorf("exit status %d, stderr %q", status, &stderr)
	}
}

// closedPipe is what `allclear … | head` leaves to write to.
type closedPipe struct{}

func (closedPipe) Write([]byte) (int, error) { return 0, syscall.EPIPE }
