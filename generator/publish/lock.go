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
	held, err := lock(file, false)
	if err == nil && !held {
		waiting()
		_, err = lock(file, true)
	}
	if err != nil {
		file.Close()
		return nil, fmt.Errorf("the folder %q can't be locked: %w", dir, err)
	}
	return file, nil
}
