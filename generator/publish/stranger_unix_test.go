//go:build unix

package publish

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

// becomeStranger gives up root's rights, to which permissions don't apply.
func becomeStranger() error {
	if os.Geteuid() != 0 {
		return nil
	}
	const nobody = 65534
	if err := syscall.Setgroups([]int{}); err != nil {
		return err
	}
	if err := syscall.Setgid(nobody); err != nil {
		return err
	}
	return syscall.Setuid(nobody)
}

func TestFolderWithoutPermissionIsFoundBeforeAnythingChanges(t *testing.T) {
	for _, locked := range []string{".", "incidents", "incidents/one", ".allclear"} {
		t.Run(locked, func(t *testing.T) {
			top := t.TempDir()
			dir := filepath.Join(top, "public")
			mustPublish(t, dir, files{"index.html": "old", "incidents/one/index.html": "old", "incidents/two/index.html": "old"})
			before := read(t, dir)
			// Everything is open to everyone but one folder.
			for at := filepath.Dir(top); at != filepath.Dir(filepath.Dir(top)); at = filepath.Dir(at) {
				chmod(t, at, 0o755)
			}
			chmod(t, top, 0o755)
			for name := range before.with(files{"./": ""}) {
				if strings.HasSuffix(name, "/") {
					chmod(t, filepath.Join(dir, name), 0o777)
				}
			}
			chmod(t, filepath.Join(dir, locked), 0o555)
			t.Cleanup(func() { chmod(t, filepath.Join(dir, locked), 0o777) })

			cmd := child(t, "stranger", dir)
			var stderr bytes.Buffer
			cmd.Stderr = &stderr
			err := cmd.Run()
			if stderr.Len() > 0 && strings.Contains(stderr.String(), "operation not permitted") {
				t.Skip("can't become another user here")
			}
			if locked == "incidents" {
				// Only the deletion of a folder needs it, and an empty one does no harm.
				if err != nil {
					t.Fatalf("%v: %s", err, stderr.String())
				}
				return
			}
			want := filepath.Join(dir, locked)
			if err == nil || !strings.Contains(stderr.String(), want) || !strings.Contains(stderr.String(), "permission denied") {
				t.Errorf("got %v and %q, want permission denied for %s", err, stderr.String(), want)
			}
			expect(t, dir, before)
		})
	}
}

func chmod(t *testing.T, name string, mode os.FileMode) {
	t.Helper()
	if err := os.Chmod(name, mode); err != nil {
		t.Fatal(err)
	}
}
