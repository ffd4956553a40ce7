package publish

import (
	"fmt"
	"io"
	"os"

	"allclear/generator/diag"
)

// Lock locks a folder until the result is closed, or the process ends. If another
// process has locked it, Lock calls waiting and waits.
func Lock(dir string, waiting func()) (io.Closer, error) {
	root, err := os.OpenRoot(dir)
	if err != nil {
		return nil, fmt.Errorf("the folder %q can't be locked: %w", dir, diag.Reason(err))
	}
	defer root.Close()
	file, err := openLock(root)
	if err != nil {
		return nil, fmt.Errorf("the folder %q can't be locked: %w", dir, diag.Reason(err))
	}
	if _, err = wait(file, waiting); err != nil {
		file.Close()
		return nil, fmt.Errorf("the folder %q can't be locked: %w", dir, err)
	}
	return file, nil
}

// wait locks a file. It calls waiting first, unless that is nil, if another
// process holds the lock.
func wait(f *os.File, waiting func()) (waited bool, err error) {
	held, err := lock(f, false)
	if err != nil || held {
		return false, err
	}
	if waiting != nil {
		waiting()
	}
	_, err = lock(f, true)
	return true, err
}
