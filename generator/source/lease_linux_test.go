package source_test

import (
	"os"
	"os/signal"
	"path/filepath"
	"syscall"
	"testing"

	"allclear/generator/source"
)

// The test has a lease on a file, as a file server has on a file that one of
// its clients has open. The kernel asks for the lease when the file is opened,
// and the open waits until the lease is given up.
func TestALeasedFileIsWaitedFor(t *testing.T) {
	const setLease = 1024 // F_SETLEASE
	dir := folder(t, map[string]string{"site.yaml": settings, "incidents/a.md": front})
	listed, _, err := source.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer listed.Close()
	leased, err := os.OpenFile(filepath.Join(dir, "incidents", "a.md"), os.O_RDWR, 0)
	if err != nil {
		t.Fatal(err)
	}
	defer leased.Close()
	lease := func(kind uintptr) error {
		if _, _, errno := syscall.Syscall(syscall.SYS_FCNTL, leased.Fd(), setLease, kind); errno != 0 {
			return errno
		}
		return nil
	}
	asked := make(chan os.Signal, 1)
	signal.Notify(asked, syscall.SIGIO)
	defer signal.Stop(asked)
	if err := lease(syscall.F_WRLCK); err != nil {
		t.Skipf("no leases here: %v", err)
	}
	givenUp := make(chan error)
	go func() {
		<-asked
		givenUp <- lease(syscall.F_UNLCK)
	}()
	if document, found := listed.Read(listed.Entries[0]); document == nil || len(found) > 0 {
		t.Errorf("a leased file is not read: %v", found)
	}
	if err := <-givenUp; err != nil {
		t.Error(err)
	}
}
