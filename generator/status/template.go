package status

import "time"

// Template is what a new event or an update begins with. Nothing of it is published.
type Template struct {
	Name           string // the file's base name
	Kind           Kind   // of the event
	Title          string // "" for none
	Components     []Setting
	Severity       Severity
	SeverityStated bool
	Length         time.Duration // of a maintenance; 0 for none
	Text           string        // Markdown, with parts to fill in
}
