package importer

import (
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"allclear/generator/source"
)

// Report is the result of an import.
type Report struct {
	Incidents, Maintenances int // found in the source, including those left out
	Updates                 int // of these events
	Announcements           int
	Components              int

	Written  []string // new files, as the user would type them
	Appended []string // existing files that got more updates
	Extended string   // site.yaml, if it got more components
	In       int      // events of the source that are in the content folder now
	Same     int      // those of them that it had already, without a difference
	Notes    []Note   // in the order of the source, each once

	noted map[string]bool
}

// Note is one thing that was changed or left out. Its kind is its format: the
// report sums up notes of one kind in one line, so what differs from event to
// event belongs in the arguments.
type Note struct {
	Where  string // a position in the source: incidents.json: abc123
	Lost   bool   // an event or a file is not in the content folder because of it
	Format string // in lower case, without a full stop
	Args   []any
}

// What is the note's text.
func (n Note) What() string { return fmt.Sprintf(n.Format, n.Args...) }

// kind is the note's format, or its text if that is all an argument.
func (n Note) kind() string {
	if n.Format == "%v" || n.Format == "%s" {
		return n.What()
	}
	return n.Format
}

// Note adds a note about something that was changed, or that differs.
func (r *Report) Note(where, format string, args ...any) {
	r.Add(Note{Where: where, Format: format, Args: args})
}

// LeaveOut adds a note about an event or a file that was not imported.
func (r *Report) LeaveOut(where, format string, args ...any) {
	r.Add(Note{Where: where, Lost: true, Format: format, Args: args})
}

// At makes a function that adds notes about one place. before is put before
// each format, and its arguments before theirs.
func (r *Report) At(where, before string, first ...any) func(format string, args ...any) {
	return func(format string, args ...any) {
		r.Note(where, before+format, slices.Concat(first, args)...)
	}
}

// Add adds a note, unless it is there already.
func (r *Report) Add(n Note) {
	if r.noted == nil {
		r.noted = map[string]bool{}
	}
	if key := fmt.Sprint(n.Lost, n.Where, "\n", n.What()); !r.noted[key] {
		r.noted[key] = true
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

// Print writes the report for a person: what is not in, then what was changed,
// then the sums, and in the last line the verdict. Notes of one kind are one
// line with a count and three places, or with all a line each.
func (r *Report) Print(w io.Writer, all bool) error {
	var b strings.Builder
	lost, changed := r.kinds(true), r.kinds(false)
	if len(lost) > 0 {
		fmt.Fprintln(&b, "not imported:")
		writeKinds(&b, lost, all, namedLosses)
	}
	if len(changed) > 0 {
		heading := "imported with a change:"
		if !all && len(changed) < len(r.Notes)-r.LeftOut() {
			heading = "imported with a change (--verbose or --report FILE lists each):"
		}
		fmt.Fprintln(&b, heading)
		writeKinds(&b, changed, all, 1)
	}
	fmt.Fprintf(&b, "found %s and %s with %s, %s", Count(r.Incidents, "incident"), Count(r.Maintenances, "maintenance"),
		Count(r.Updates, "update"), Count(r.Components, "component"))
	if r.Announcements > 0 {
		fmt.Fprintf(&b, ", %s", Count(r.Announcements, "announcement"))
	}
	fmt.Fprintln(&b)
	outcomes := []string{"wrote " + Count(len(r.Written), "file")}
	if len(r.Appended) > 0 {
		outcomes = append(outcomes, "added updates to "+Count(len(r.Appended), "file"))
	}
	if r.Extended != "" {
		outcomes = append(outcomes, "added components to "+r.Extended)
	}
	if r.Same > 0 {
		outcomes = append(outcomes, Count(r.Same, "event")+" already there")
	}
	fmt.Fprintln(&b, strings.Join(outcomes, "; "))
	fmt.Fprintln(&b, r.verdict())
	_, err := io.WriteString(w, b.String())
	return err
}

// verdict says whether the history is in, and the exit status that follows.
func (r *Report) verdict() string {
	verb := "are"
	if r.In == 1 {
		verb = "is"
	}
	return fmt.Sprintf("%s %s in, %d left out: exit status %d", Count(r.In, "event"), verb, r.LeftOut(), min(r.LeftOut(), 1))
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
