//go:build unix

package publish

import (
	"errors"
	"os"

	"golang.org/x/sys/unix"
)

// openLock opens the folder itself, which is what is locked. So no file is left
// behind, and the lock of a running build can't be removed.
func openLock(root *os.Root) (*os.File, error) { return root.Open(".") }

// lock takes the lock, and waits for it if wait is set. It reports whether the
// lock is held now.
func lock(f *os.File, wait bool) (held bool, err error) {
	how := unix.LOCK_EX
	if !wait {
		how |= unix.LOCK_NB
	}
	for {
		err := unix.Flock(int(f.Fd()), how)
		switch {
		case err == nil:
			return true, nil
		case errors.Is(err, unix.EINTR):
		case errors.Is(err, unix.EWOULDBLOCK):
			return false, nil
		default:
			return false, err
		}
	}
}
