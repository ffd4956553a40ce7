package publish

import (
	"io/fs"
	"os"
)

// sameDevice is always so: another disk inside a folder is a reparse point,
// which is refused as a symlink is.
func sameDevice(a, b fs.FileInfo) bool { return true }

// writable finds nothing: what a folder's access list allows shows when a
// file is made there.
func writable(folder *os.File) error { return nil }
