package oracle

import (
	"encoding/json"
	"path"
	"slices"
	"strings"
)

// lawClock: a maintenance has the updates that were said and those that the
// clock made, and its components are under maintenance from then on. A status
// by hand within five minutes after the clock's is the same update.
func lawClock(f *finder) {
	for _, t := range f.m.events {
		name, event := f.b.eventDocument(t)
		if !t.Maintenance || event == nil {
			continue
		}
		if got, want := sequence(event), t.sequence(); got != want {
			class := "the updates of a maintenance"
			switch {
			case t.betterWordsNear(f.m):
				class = "what the clock did waits for a status by hand"
			case slices.ContainsFunc(t.updates, func(u Said) bool { return u.Better }):
				class = "better words are another update"
			}
			f.add(class, name, got, "%s", want)
			f.beginsOnce(name, event)
		}
	}
	for _, component := range f.m.listed() {
		if !f.m.betterWordsFor(component) || f.m.endedEarly(component) {
			continue
		}
		sub := &finder{law: f.law, b: f.b, m: f.m, c: f.c}
		sub.statusOnPages(component, f.m.componentStatus(component, f.m.at))
		sub.statusInAPI(component, f.m.componentStatus(component, f.m.at))
		f.found = append(f.found, sub.found...)
	}
}

func (f *finder) beginsOnce(name string, event *apiEvent) {
	all := slices.Clone(event.Updates)
	slices.Reverse(all)
	for i := 1; i < len(all); i++ {
		late := all[i].DisplayAt.Sub(all[i-1].DisplayAt)
		if all[i].Status == "in_progress" && all[i-1].Status == "in_progress" && late <= lag && all[i].Body != all[i-1].Body && strings.Contains(all[i-1].Body, "currently in progress") {
			f.add("a maintenance begins twice", name, sequence(event), "one update")
		}
	}
}

// diagnostics is what `check --format json` prints.
type diagnostics struct {
	Diagnostics []diagnostic `json:"diagnostics"`
}

type diagnostic struct {
	File    string `json:"file"`
	Path    string `json:"path"`
	Message string `json:"message"`
	Hint    string `json:"hint"`
}

// lawLength: `check` warns of an incident that says an outage's severity or
// names a status, but has no length, and the fix is `started:`.
func lawLength(f *finder) {
	if f.b.Check == "" {
		return
	}
	var said diagnostics
	if json.Unmarshal([]byte(f.b.Check), &said) != nil {
		f.add("check can't be read", "check", f.b.Check, "JSON")
		return
	}
	for _, e := range f.c.Events {
		if e.Maintenance || !e.hasNoLength() {
			continue
		}
		warned := slices.ContainsFunc(said.Diagnostics, func(d diagnostic) bool {
			return path.Base(d.File+d.Path) == e.ID+".md" && strings.Contains(d.Message+d.Hint, "started")
		})
		if !warned {
			f.add("no warning", "check", e.ID, "a warning that says started:")
		}
	}
}

// hasNoLength reports whether an incident says an outage and lasted no time.
func (e *Event) hasNoLength() bool {
	says := e.Severity == "major" || e.Severity == "critical"
	for _, s := range e.Components {
		says = says || s.Status != "" && s.Status != "operational"
	}
	open := slices.ContainsFunc(e.Updates, func(u Update) bool { return u.Status != "" && !closed(u.Status) })
	return says && !open && e.Started.IsZero()
}
