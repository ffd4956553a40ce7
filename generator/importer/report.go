package importer

import (
	"fmt"
	"io"
	"strings"
	"time"

	"allclear/generator/source"
)

// Report is the result of an import.
type Report struct {
	Incidents, Maintenances int // found in the source, including those left out
	Updates                 int // of these events
	Components              int

	Written  []string // new files, as the user would type them
	Appended []string // existing files that got more updates
	Same     int      // events that the content folder has already
	Notes    []Note   // in the order of the source, each once

	noted map[Note]bool
}

// Note is one thing that was changed or left out.
type Note struct {
	Where string // a position in the source: incidents.json: incident abc123
	What  string // in lower case, without a full stop
	Lost  bool   // an event or a file is not in the content folder because of it
}

// Note adds a note about something that was changed, or that differs.
func (r *Report) Note(where, format string, args ...any) {
	r.Add(Note{Where: where, What: fmt.Sprintf(format, args...)})
}

// LeaveOut adds a note about an event or a file that was not imported.
func (r *Report) LeaveOut(where, format string, args ...any) {
	r.Add(Note{Where: where, What: "left out: " + fmt.Sprintf(format, args...), Lost: true})
}

// Add adds a note, unless it is there already.
func (r *Report) Add(n Note) {
	if r.noted == nil {
		r.noted = map[Note]bool{}
	}
	if !r.noted[n] {
		r.noted[n] = true
		r.Notes = append(r.Notes, n)
	}
}

// LeftOut is the number of events and files that were not imported.
func (r *Report) LeftOut() int {
	n := 0
	for _, note := range r.Notes {
		if note.Lost {
			n++
		}
	}
	return n
}

// Print writes the report for a person: first the notes, then the sums.
func (r *Report) Print(w io.Writer) error {
	var b strings.Builder
	for _, lost := range []bool{false, true} {
		for _, n := range r.Notes {
			if n.Lost == lost {
				fmt.Fprintf(&b, "%s: %s\n", n.Where, n.What)
			}
		}
	}
	fmt.Fprintf(&b, "found %s and %s with %s, %s\n", Count(r.Incidents, "incident"), Count(r.Maintenances, "maintenance"),
		Count(r.Updates, "update"), Count(r.Components, "component"))
	outcomes := []string{"wrote " + Count(len(r.Written), "file")}
	if len(r.Appended) > 0 {
		outcomes = append(outcomes, "added updates to "+Count(len(r.Appended), "file"))
	}
	if r.Same > 0 {
		outcomes = append(outcomes, Count(r.Same, "event")+" already there")
	}
	if n := r.LeftOut(); n > 0 {
		outcomes = append(outcomes, Count(n, "thing")+" left out, named above")
	}
	fmt.Fprintln(&b, strings.Join(outcomes, "; "))
	_, err := io.WriteString(w, b.String())
	return err
}

// Count is a number and its noun, in the plural unless it is 1.
func Count(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}

// Stamp is an instant in UTC as reports print it; "" for the zero time.
func Stamp(at time.Time) string {
	if at.IsZero() {
		return ""
	}
	return source.FormatTimestamp(at.UTC())
}
