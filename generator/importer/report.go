package importer

import (
	"fmt"
	"io"
	"strings"
	"time"

	"allclear/generator/source"
)

// Report is what became of an import.
type Report struct {
	Incidents, Maintenances int // found in the source, those left out included
	Updates                 int // of these
	Components              int

	Written  []string // files, as the user would type them
	Appended []string // files that were there and got further updates
	Same     int      // events that the content folder has already
	Notes    []Note   // in the order of the source, each once

	said map[Note]bool
}

// Note is one thing that was mended, or could not be carried.
type Note struct {
	Where string // a place in the source: incidents.json: incident abc123
	What  string // in lower case, without a full stop
	Lost  bool   // an event or a file is not in the content folder because of it
}

// Note adds a note about what was mended or is told otherwise.
func (r *Report) Note(where, format string, args ...any) {
	r.Add(Note{Where: where, What: fmt.Sprintf(format, args...)})
}

// LeaveOut adds a note about what did not come in at all.
func (r *Report) LeaveOut(where, format string, args ...any) {
	r.Add(Note{Where: where, What: "left out: " + fmt.Sprintf(format, args...), Lost: true})
}

// Add adds a note, unless it is there already.
func (r *Report) Add(n Note) {
	if r.said == nil {
		r.said = map[Note]bool{}
	}
	if !r.said[n] {
		r.said[n] = true
		r.Notes = append(r.Notes, n)
	}
}

// LeftOut is how many events and files did not come in.
func (r *Report) LeftOut() int {
	n := 0
	for _, note := range r.Notes {
		if note.Lost {
			n++
		}
	}
	return n
}

// Print writes the report for a person: first what needs a look, last the sums.
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
		outcomes = append(outcomes, Count(r.Same, "event")+" there already")
	}
	if n := r.LeftOut(); n > 0 {
		outcomes = append(outcomes, Count(n, "thing")+" left out, named above")
	}
	fmt.Fprintln(&b, strings.Join(outcomes, "; "))
	_, err := io.WriteString(w, b.String())
	return err
}

// Count is a number and its noun, in the plural where it is not 1.
func Count(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}

// Stamp is an instant as a report says it, in UTC; "" for none.
func Stamp(at time.Time) string {
	if at.IsZero() {
		return ""
	}
	return source.FormatTimestamp(at.UTC())
}
