//go:build unix

package publish

import (
	"os"

	"golang.org/x/sys/unix"
)

// writable is an error if this process may not make and remove files in the
// folder.
func writable(folder *os.File) error {
	return unix.Faccessat(int(folder.Fd()), ".", unix.W_OK|unix.X_OK, unix.AT_EACCESS)
}

func deviceOf(f *os.File) (mount, error) {
	var stat unix.Stat_t
	err := unix.Fstat(int(f.Fd()), &stat)
	return mount{device: uint64(stat.Dev)}, err
}
