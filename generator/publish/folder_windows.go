package publish

import "os"

// writable never fails, since only making a file shows whether a folder's access
// list allows it.
func writable(folder *os.File) error { return nil }

// syncFolder does nothing, since Windows syncs no folders; NTFS keeps a journal of
// their names.
func syncFolder(folder *os.File) error { return nil }

// mountOf is the same for all folders, since another disk inside a folder is a
// reparse point, which is refused like a symlink.
func mountOf(f *os.File) (mount, error) { return mount{}, nil }
