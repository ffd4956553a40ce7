//go:build unix

package publish

import (
	"errors"
	"os"

	"golang.org/x/sys/unix"
)

// writable is an error if this process may not make and remove files in the
// folder.
func writable(folder *os.File) error {
	return unix.Faccessat(int(folder.Fd()), ".", unix.W_OK|unix.X_OK, unix.AT_EACCESS)
}

// syncFolder syncs an open folder. Some network disks have nothing to sync, and say
// that they can't.
func syncFolder(folder *os.File) error {
	if err := folder.Sync(); !errors.Is(err, unix.EINVAL) && !errors.Is(err, unix.ENOTSUP) {
		return err
	}
	return nil
}

func deviceOf(f *os.File) (mount, error) {
	var stat unix.Stat_t
	err := unix.Fstat(int(f.Fd()), &stat)
	return mount{device: uint64(stat.Dev)}, err
}
