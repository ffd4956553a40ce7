//go:build unix && !linux

package publish

import "os"

// mountOf names the file system that an open file is on; a rename can't leave
// it.
func mountOf(f *os.File) (mount, error) { return deviceOf(f) }
