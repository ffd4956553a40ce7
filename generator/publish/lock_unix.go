//go:build unix

package publish

import (
	"errors"
	"os"

	"golang.org/x/sys/unix"
)

// openLock opens what the lock is held on: the folder itself, so that no file
// is left behind and none can be removed from under a build.
func openLock(root *os.Root) (*os.File, error) { return root.Open(".") }

// lock takes the lock, waiting for it or not, and reports whether it is held.
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
