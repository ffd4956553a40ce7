package edit

import (
	"fmt"
	"path"
	"slices"
	"strings"
	"time"

	"allclear/generator/derive"
	"allclear/generator/diag"
	"allclear/generator/language"
	"allclear/generator/source"
	"allclear/generator/status"
)

// Ambiguous is the error of a name that several events have.
type Ambiguous struct {
	Name   string // as it was typed; "" if no event was named
	Events []*derive.Event
}

func (a *Ambiguous) Error() string {
	if a.Name == "" {
		return fmt.Sprintf("%d events are open; say which one", len(a.Events))
	}
	return fmt.Sprintf("%q is a part of %d events; say which one", diag.Short(a.Name), len(a.Events))
}

// Open lists the events that are open, those that have begun before those that are
// planned.
func (c *Content) Open() []*derive.Event {
	var open, planned []*derive.Event
	for _, e := range c.Events {
		switch {
		case !e.Open():
		case e.Upcoming():
			planned = append(planned, e)
		default:
			open = append(open, e)
		}
	}
	slices.SortStableFunc(planned, func(a, b *derive.Event) int { return a.ScheduledFor.Compare(b.ScheduledFor) })
	return append(open, planned...)
}

// Find returns the event that a person names: by its id, its api_id, its file, or a
// part of its id or title. With an empty name it is the only open event that can
// have a status; said is zero if that is not known.
func (c *Content) Find(name string, said status.EventStatus) (*derive.Event, error) {
	if len(c.Events) == 0 && len(c.before.Files) == 0 {
		return nil, errNoEvents
	}
	var found []*derive.Event
	if name == "" {
		found = c.open(said)
	} else {
		found = c.named(name, said)
	}
	switch {
	case len(found) == 1:
		if name == "" {
			c.noteFaulty(found[0].ID)
		}
		return found[0], nil
	case len(found) > 1:
		return nil, &Ambiguous{name, found}
	case name == "" && len(c.Faulty()) > 0:
		return nil, &Refused{c.faults()}
	case name == "":
		return nil, problem("name one by its id, or a part of its id or title; `allclear new` makes another", "no event is open")
	}
	if faults := c.faultsOf(name); len(faults) > 0 {
		return nil, &Refused{faults}
	}
	if file := c.hidden(name); file != "" {
		return nil, problem("write the update into its file by hand", "%s is not public yet: it is a draft, or held back", file)
	}
	var ids []string
	for _, e := range c.Events {
		ids = append(ids, e.ID)
	}
	return nil, problem(diag.DidYouMean(name, ids)+"`allclear status` lists what is open", "no event has %q in its id or title", diag.Short(name))
}

// recent is how long after its end an event is expected to get a postmortem.
const recent = 30 * 24 * time.Hour

// open lists the open events that a status can be meant for. Planned maintenance is
// meant only if nothing else is open, or by its own status.
func (c *Content) open(said status.EventStatus) []*derive.Event {
	var found, planned []*derive.Event
	for _, e := range c.Events {
		switch {
		case said != 0 && e.Kind != said.Kind():
		case said == status.Postmortem && e.Status == status.Resolved && c.Now.Sub(e.ResolvedAt) < recent:
			found = append(found, e)
		case !e.Open() || said == status.Postmortem:
		case e.Upcoming():
			planned = append(planned, e)
		default:
			found = append(found, e)
		}
	}
	if len(found) == 0 {
		return planned
	}
	return found
}

// named lists the events that a name can mean. Of several it lists only those that
// a status is likely said of, if there are any.
func (c *Content) named(name string, said status.EventStatus) []*derive.Event {
	name = strings.TrimSuffix(path.Base(strings.ReplaceAll(strings.TrimRight(name, `/\`), `\`, "/")), ".md")
	folded, words := language.Fold(name), source.NearestID(name)
	tests := []func(*derive.Event) bool{
		func(e *derive.Event) bool { return e.ID == name },
		func(e *derive.Event) bool { return e.Code() == name },
		func(e *derive.Event) bool { return language.Fold(e.Title) == folded },
		func(e *derive.Event) bool {
			return words != "" && strings.Contains(e.ID, words) || strings.Contains(language.Fold(e.Title), folded)
		},
	}
	for _, test := range tests {
		var all, likely []*derive.Event
		for _, e := range c.Events {
			if !test(e) {
				continue
			}
			all = append(all, e)
			if said == 0 && e.Open() || said != 0 && e.Kind == said.Kind() && e.Open() == (said != status.Postmortem) {
				likely = append(likely, e)
			}
		}
		if len(likely) > 0 {
			return likely
		}
		if len(all) > 0 {
			return all
		}
	}
	return nil
}

// hidden is the file of an event that a name is a part of, and that is not public.
func (c *Content) hidden(name string) string {
	words := source.NearestID(strings.TrimSuffix(path.Base(name), ".md"))
	for _, file := range c.before.Files {
		id := strings.TrimSuffix(path.Base(file), ".md")
		public := slices.ContainsFunc(c.Events, func(e *derive.Event) bool { return e.ID == id })
		if words != "" && isEvent(file) && !public && strings.Contains(id, words) {
			return c.file(file)
		}
	}
	return ""
}

// faults are the errors of the files of events. Such a file may be of an event that
// is open.
func (c *Content) faults() diag.List {
	return slices.DeleteFunc(errorsOf(c.before.Diagnostics), func(d diag.Diagnostic) bool {
		return !isEvent(c.below(d.Position.File))
	})
}

// Faulty are the files of events that have errors, as a person would type them.
func (c *Content) Faulty() []string {
	var files []string
	for _, d := range c.faults() {
		if !slices.Contains(files, d.Position.File) {
			files = append(files, d.Position.File)
		}
	}
	return files
}

// noteFaulty notes that an event was taken for the only open one while others could
// not be read.
func (c *Content) noteFaulty(id string) {
	for _, file := range c.Faulty() {
		c.note("%s has an error, and may be open too; the update is for %s", file, id)
	}
}

// faultsOf are the errors of files with a name, which are no events for that reason.
func (c *Content) faultsOf(name string) diag.List {
	var found diag.List
	for _, d := range errorsOf(c.before.Diagnostics) {
		if words := source.NearestID(name); words != "" && strings.Contains(path.Base(d.Position.File), words) {
			found.Add(d)
		}
	}
	return found
}
