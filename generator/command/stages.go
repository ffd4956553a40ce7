package command

import (
	"fmt"
	"time"

	"golang.org/x/term"
)

// patience is how long a run stays silent on a terminal before it says what
// it is at.
const patience = time.Second

// stages tells a person where the time goes: with --verbose each stage and
// what it took, else, on a terminal and where it takes long, what is going on.
type stages struct {
	host          *Host
	began, last   time.Time
	shown, inLine bool // a line is being shown; lines can be shown
}

// begun says what goes on once a stage has ended.
var begun = map[string]string{
	"read":    "checking",
	"check":   "deriving",
	"derive":  "loading the theme",
	"theme":   "laying out",
	"lay out": "writing",
}

func newStages(h *Host) *stages {
	now := h.Now()
	file, ok := h.Stderr.(interface{ Fd() uintptr })
	return &stages{
		host: h, began: now, last: now,
		inLine: ok && h.terminalHasColor() && term.IsTerminal(int(file.Fd())),
	}
}

// done is called at the end of each stage.
func (s *stages) done(stage string) {
	now := s.host.Now()
	if s.host.verbose {
		fmt.Fprintf(s.host.Stderr, "%-8s %6d ms\n", stage, now.Sub(s.last).Milliseconds())
	} else if s.inLine && now.Sub(s.began) > patience {
		s.show(begun[stage])
	}
	s.last = now
}

// show puts a line in place of the one before; "" takes that away.
func (s *stages) show(line string) {
	if line != "" {
		line += " …"
	}
	fmt.Fprintf(s.host.Stderr, "\r\x1b[K%s", line)
	s.shown = line != ""
}

// end takes away what is still shown, before anything else is printed.
func (s *stages) end() {
	if s.shown {
		s.show("")
	}
}
