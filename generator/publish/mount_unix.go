//go:build unix && !linux

package publish

import "os"

// mountOf identifies the file system that an open file is on.
func mountOf(f *os.File) (mount, error) { return deviceOf(f) }
