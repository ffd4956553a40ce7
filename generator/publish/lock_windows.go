package publish

import (
	"errors"
	"io/fs"
	"os"

	"golang.org/x/sys/windows"
)

// openLock opens a file, which is what is locked, since Windows locks no folders.
// The file stays, since removing it would race with a build that waits for it.
func openLock(root *os.Root) (*os.File, error) {
	if err := root.Mkdir(stateFolder, 0o777); err != nil && !errors.Is(err, fs.ErrExist) {
		return nil, err
	}
	return root.OpenFile(stateFolder+"/lock", os.O_RDWR|os.O_CREATE, 0o666)
}

// lock takes the lock, and waits for it if wait is set. It reports whether the
// lock is held now.
func lock(f *os.File, wait bool) (held bool, err error) {
	flags := uint32(windows.LOCKFILE_EXCLUSIVE_LOCK)
	if !wait {
		flags |= windows.LOCKFILE_FAIL_IMMEDIATELY
	}
	err = windows.LockFileEx(windows.Handle(f.Fd()), flags, 0, 1, 0, new(windows.Overlapped))
	if errors.Is(err, windows.ERROR_LOCK_VIOLATION) || errors.Is(err, windows.ERROR_IO_PENDING) {
		return false, nil
	}
	return err == nil, err
}
