package command

import (
	"fmt"
	"time"

	"golang.org/x/term"

	"allclear/generator/diag"
)

// silentTime is how long a run prints nothing on a terminal before it shows its
// progress.
const silentTime = time.Second

// stages shows the progress of a run: with --verbose the time of each stage, else
// the current stage, if the run takes long and standard error is a terminal.
type stages struct {
	host        *Host
	began, last time.Time
	shown       bool // a line is shown
	terminal    bool // lines can be shown
}

// nextStage is what a run does after a stage.
var nextStage = map[string]string{
	"read":    "checking",
	"check":   "deriving",
	"date":    "deriving",
	"derive":  "loading the theme",
	"theme":   "laying out",
	"lay out": "writing",
}

func newStages(h *Host) *stages {
	now := h.Now()
	file, ok := h.Stderr.(interface{ Fd() uintptr })
	return &stages{
		host: h, began: now, last: now,
		terminal: ok && h.terminalHasColor() && term.IsTerminal(int(file.Fd())),
	}
}

// done is called at the end of each stage.
func (s *stages) done(stage string) {
	now := s.host.Now()
	if s.host.verbose {
		fmt.Fprintf(s.host.Stderr, "%-8s %6d ms\n", stage, now.Sub(s.last).Milliseconds())
	} else if s.terminal && now.Sub(s.began) > silentTime {
		s.show(nextStage[stage])
	}
	s.last = now
}

// now shows what a run is doing, if standard error is a terminal.
func (s *stages) now(line string) {
	if s.terminal {
		s.show(diag.Printable(line))
	}
}

// show replaces the line; "" removes it.
func (s *stages) show(line string) {
	if line != "" {
		line += " …"
	}
	fmt.Fprintf(diag.Behind(s.host.Stderr), "\r\x1b[K%s", line)
	s.shown = line != ""
}

// end removes the line, before anything else is printed.
func (s *stages) end() {
	if s.shown {
		s.show("")
	}
}
