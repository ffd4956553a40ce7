package publish

import (
	"fmt"
	"os"
	"os/exec"
	"strconv"
	"testing"
)

// childVariable makes this test binary do one thing and exit, for what must
// happen in a process of its own.
const childVariable = "ALLCLEAR_PUBLISH_CHILD"

func TestMain(m *testing.M) {
	if os.Getenv(childVariable) == "" {
		// The tests make many thousands of small files, which some disks
		// take minutes for and memory takes seconds.
		if info, err := os.Stat("/dev/shm"); err == nil && info.IsDir() && os.Getenv("TMPDIR") == "" {
			os.Setenv("TMPDIR", "/dev/shm")
		}
		os.Exit(m.Run())
	}
	if err := runChild(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func runChild(args []string) error {
	switch args[0] {
	case "kill":
		n, err := strconv.Atoi(args[3])
		if err != nil {
			return err
		}
		return publishAndDie(args[1], args[2], n)
	case "stranger":
		if err := becomeStranger(); err != nil {
			return err
		}
		_, err := publish(args[1], files{"index.html": "new", "incidents/one/index.html": "new"})
		return err
	}
	return fmt.Errorf("unknown command %q", args[0])
}

// child is this test binary, run to do one thing.
func child(t *testing.T, args ...string) *exec.Cmd {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(self, args...)
	cmd.Env = append(os.Environ(), childVariable+"=1")
	return cmd
}
