package publish

import (
	"os"

	"golang.org/x/sys/unix"
)

// mountOf identifies the mount that an open file is on. Bind mounts differ only
// in the mount's id, which kernels before 5.8 don't know and some sandboxes
// deny.
func mountOf(f *os.File) (mount, error) {
	var stat unix.Statx_t
	err := unix.Statx(int(f.Fd()), "", unix.AT_EMPTY_PATH, unix.STATX_MNT_ID, &stat)
	if err != nil {
		return deviceOf(f)
	}
	m := mount{device: unix.Mkdev(stat.Dev_major, stat.Dev_minor)}
	if stat.Mask&unix.STATX_MNT_ID != 0 {
		m.id = stat.Mnt_id
	}
	return m, nil
}
