package preview

import (
	"fmt"
	"os/exec"
	"runtime"
	"strings"
)

// Open opens a URL in the user's browser with the system's program for that. It
// does not wait for it.
func Open(url string) error {
	command := openCommand(runtime.GOOS, url)
	cmd := exec.Command(command[0], command[1:]...)
	if err := cmd.Start(); err != nil {
		return fmt.Errorf("can't open a browser with %s: %w", strings.Join(command, " "), err)
	}
	return cmd.Process.Release()
}

// openCommand is the command line that opens a URL on an operating system, without
// a shell.
func openCommand(system, url string) []string {
	switch system {
	case "darwin":
		return []string{"open", url}
	case "windows":
		return []string{"rundll32", "url.dll,FileProtocolHandler", url}
	}
	return []string{"xdg-open", url}
}
