package importer

import (
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"allclear/generator/check"
	"allclear/generator/compose"
	"allclear/generator/diag"
	"allclear/generator/importer/markup"
	"allclear/generator/source"
	"allclear/generator/status"
)

// This file decides what becomes of the components that events name and
// site.yaml does not declare. They are history: each is declared as retired from
// the day after the last event that names it. If an open event names it, its
// name may be a mistake, and readers would see it on the page: it waits until
// the user agrees.

// settle chooses the components that site.yaml gets, and takes those that wait
// from their events.
func (t *Target) settle(h *History, report *Report) []*status.Component {
	var added []*status.Component
	for _, a := range h.Components.additions {
		last, open, named := t.naming(h.Events, a.Component)
		where := "component " + markup.Short(a.Name)
		switch {
		case t.addComponents && (open || !a.undeclared):
		case !named && !a.undeclared:
			report.Note(where, "site.yaml does not declare it, and no event names it: --add-components adds it")
			continue
		case !named:
			continue
		case open:
			report.LeaveOut(where, "an open event names it, and site.yaml does not declare it%s, or run the import again with --add-components", t.meant(h, a.Name))
			withoutComponent(h.Events, a.Component)
			continue
		default:
			a.Retired = status.NextDay(last.In(h.Zone))
			report.Note(where, "site.yaml does not declare it: it is added as retired from %s on, the day after the last event that names it", a.Retired.Format(time.DateOnly))
		}
		added = append(added, a.Component)
	}
	return added
}

// meant says which component a name may be a misspelling of.
func (t *Target) meant(h *History, name string) string {
	names := map[string]string{} // by their forms in lower case
	for _, c := range h.Components.components {
		if !slices.ContainsFunc(h.Components.additions, func(a addition) bool { return a.Component == c }) {
			names[strings.ToLower(c.Name)] = c.Name
		}
	}
	if near := diag.Near(strings.ToLower(name), slices.Sorted(maps.Keys(names))); near != "" {
		return fmt.Sprintf(": did you mean %q? Correct it in the source", names[near])
	}
	return ": declare it there"
}

// naming is the last instant of the events that name a component, and whether
// one of them is open.
func (t *Target) naming(events []Event, c *status.Component) (last time.Time, open, named bool) {
	for _, e := range events {
		if !e.names(c) {
			continue
		}
		named = true
		open = open || e.open(t.now)
		for _, at := range []time.Time{e.Updates[len(e.Updates)-1].At, e.Ended, e.ScheduledUntil} {
			if at.After(last) {
				last = at
			}
		}
	}
	if last.After(t.now) {
		last = t.now
	}
	return last, open, named
}

func (e Event) names(c *status.Component) bool {
	is := func(s status.Setting) bool { return s.Component == c }
	return slices.ContainsFunc(e.Components, is) ||
		slices.ContainsFunc(e.Updates, func(u status.Update) bool { return slices.ContainsFunc(u.Settings, is) })
}

// open reports whether an event is not over at an instant, by its last status
// or by the clock.
func (e Event) open(now time.Time) bool {
	closed := false
	for _, u := range e.Updates {
		if !u.Interim {
			closed = u.Status.Closed()
		}
	}
	return !closed && (e.Kind == status.Incident || e.ScheduledUntil.After(now))
}

func withoutComponent(events []Event, c *status.Component) {
	is := func(s status.Setting) bool { return s.Component == c }
	for _, e := range events {
		e.Components = slices.DeleteFunc(slices.Clone(e.Components), is)
		for n := range e.Updates {
			e.Updates[n].Settings = slices.DeleteFunc(slices.Clone(e.Updates[n].Settings), is)
		}
	}
}

// extendSite adds components to the text of the existing site.yaml. If that
// can't be done, they are taken from their events.
func (t *Target) extendSite(h *History, added []*status.Component, report *Report) (*source.Document, []byte) {
	old := t.content.Site
	text, err := os.ReadFile(filepath.Join(t.dir, "site.yaml"))
	if err == nil {
		var ok bool
		if text, ok = compose.AddComponents(text, old.Fields, added); ok {
			site, found := source.ParseSite(t.file("site.yaml"), text)
			if site != nil {
				_, more := check.Site(&source.Content{Name: t.name, Site: site, Static: t.content.Static}, t.options())
				found.Add(more...)
			}
			if !found.HasErrors() {
				return site, text
			}
		}
	}
	for _, c := range added {
		report.LeaveOut("component "+markup.Short(c.Name), "it can't be added to %s: add these lines below components: and run the import again\n%s", t.file("site.yaml"), compose.ComponentLines(c))
		withoutComponent(h.Events, c)
	}
	return old, nil
}
