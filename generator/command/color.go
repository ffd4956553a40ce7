package command

import (
	"io"
	"runtime"

	"golang.org/x/term"
)

// color reports whether w is a terminal that shows colours, unless the environment
// turns them on or off.
// https://no-color.org, https://bixense.com/clicolors
func (h *Host) color(w io.Writer) bool {
	if h.Getenv("NO_COLOR") != "" {
		return false
	}
	if force := h.Getenv("CLICOLOR_FORCE"); force != "" && force != "0" {
		return true
	}
	file, ok := w.(interface{ Fd() uintptr })
	return ok && h.terminalHasColor() && term.IsTerminal(int(file.Fd()))
}

// terminalHasColor is false for a terminal that prints escape sequences: a dumb
// one, or the old console of Windows, which sets neither variable.
func (h *Host) terminalHasColor() bool {
	name := h.Getenv("TERM")
	if runtime.GOOS == "windows" {
		return name != "dumb" && (name != "" || h.Getenv("WT_SESSION") != "")
	}
	return name != "dumb" && name != ""
}
