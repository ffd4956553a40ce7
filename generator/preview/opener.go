package preview

import (
	"fmt"
	"os/exec"
	"runtime"
	"strings"
)

// Open shows an address in the user's browser, through the program that the
// system has for that. It does not wait for it.
func Open(url string) error {
	words := opener(runtime.GOOS, url)
	cmd := exec.Command(words[0], words[1:]...)
	if err := cmd.Start(); err != nil {
		return fmt.Errorf("can't open a browser with %s: %w", strings.Join(words, " "), err)
	}
	return cmd.Process.Release()
}

// opener is the command line that opens an address on a system. No shell is
// in it.
func opener(system, url string) []string {
	switch system {
	case "darwin":
		return []string{"open", url}
	case "windows":
		return []string{"rundll32", "url.dll,FileProtocolHandler", url}
	}
	return []string{"xdg-open", url}
}
