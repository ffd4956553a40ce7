//go:build unix

package tree

import (
	"path/filepath"
	"syscall"
	"testing"
)

// TestAPipeKeepsNobodyWaiting would never end where one did.
func TestAPipeKeepsNobodyWaiting(t *testing.T) {
	dir := t.TempDir()
	if err := syscall.Mkfifo(filepath.Join(dir, "pipe"), 0o666); err != nil {
		t.Skipf("no pipes here: %v", err)
	}
	r := open(t, dir)
	f, err := r.Open("pipe")
	if err != nil {
		t.Fatal(err)
	}
	f.Close()
	for range 2 * worthHolding {
		if _, err := r.Lstat("pipe/folder/file"); err == nil {
			t.Error("a pipe holds a file")
		}
	}
}
