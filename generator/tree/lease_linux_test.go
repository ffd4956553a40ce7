package tree

import (
	"os"
	"os/signal"
	"path/filepath"
	"syscall"
	"testing"
)

// TestAFileThatAnotherProgramLeasesIsWaitedFor holds a lease, as a file server
// does on a file that one of its clients has open. An open takes the lease
// back, and waits until it is given.
func TestAFileThatAnotherProgramLeasesIsWaitedFor(t *testing.T) {
	const setLease = 1024
	dir := t.TempDir()
	write(t, dir, "file", "text")
	holder, err := os.OpenFile(filepath.Join(dir, "file"), os.O_RDWR, 0)
	if err != nil {
		t.Fatal(err)
	}
	defer holder.Close()
	lease := func(what uintptr) error {
		if _, _, errno := syscall.Syscall(syscall.SYS_FCNTL, holder.Fd(), setLease, what); errno != 0 {
			return errno
		}
		return nil
	}
	wanted := make(chan os.Signal, 1)
	signal.Notify(wanted, syscall.SIGIO)
	defer signal.Stop(wanted)
	if err := lease(syscall.F_WRLCK); err != nil {
		t.Skipf("no leases here: %v", err)
	}
	given := make(chan error)
	go func() {
		<-wanted
		given <- lease(syscall.F_UNLCK)
	}()
	if text, err := content(open(t, dir), "file"); text != "text" {
		t.Errorf("got %q, %v", text, err)
	}
	if err := <-given; err != nil {
		t.Error(err)
	}
}
