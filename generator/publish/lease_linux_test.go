package publish

import (
	"os"
	"os/signal"
	"path/filepath"
	"syscall"
	"testing"
)

// TestAFileThatAnotherProgramLeasesIsWaitedFor holds a lease, as a file server
// does on a file that one of its clients has open. To open the file asks for
// the lease back, and waits until its holder ends it.
func TestAFileThatAnotherProgramLeasesIsWaitedFor(t *testing.T) {
	const setLease = 1024
	dir := t.TempDir()
	mustPublish(t, dir, small)
	holder, err := os.OpenFile(filepath.Join(dir, "index.html"), os.O_RDWR, 0)
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
	ended := make(chan error)
	go func() {
		<-wanted
		ended <- lease(syscall.F_UNLCK)
	}()
	mustPublish(t, dir, small)
	if err := <-ended; err != nil {
		t.Error(err)
	}
}
