package derive

import (
	"slices"
	"time"

	"allclear/generator/status"
)

// track follows one component through the updates of an event.
type track struct {
	component *Component
	byHand    bool // something set it by hand; set is then its status
	set       status.ComponentStatus
	now       status.ComponentStatus // after the update that is being told
	steps     []step
}

// step is a status that holds from an instant on.
type step struct {
	at     time.Time
	status status.ComponentStatus
}

// deriveAffected tells every update what it changed, and the event which
// components it touched, how they are now and how they were.
func (d *Event) deriveAffected(components []*Component, at time.Time) {
	stated, severity := d.SeverityStated, d.Event.Severity
	tracks := make([]*track, 0, len(d.Components))
	for _, s := range d.Components {
		t := &track{component: components[s.Component.Index], byHand: s.Set, set: s.Status, steps: make([]step, 0, len(d.Updates)+1)}
		if first := d.Updates[0]; first.Status.Closed() && d.Started.Before(first.At) && !d.Started.IsZero() {
			// Told after the fact, when all was over: until then it was as the
			// front matter says.
			t.now = t.statusAfter(status.Investigating, stated, severity)
			t.steps = append(t.steps, step{d.Started, t.now})
		}
		tracks = append(tracks, t)
	}
	changes := make([]Change, 0, len(d.Updates)*len(tracks)) // of all updates, in one piece
	for i := range d.Updates {
		u := &d.Updates[i]
		if u.Severity != nil {
			stated, severity = true, *u.Severity
		}
		if !u.Status.Closed() {
			tracks = touch(tracks, components, u.Settings)
		}
		from := u.At
		if i == 0 && !u.Status.Closed() {
			from = earlier(from, d.Started)
		}
		first := len(changes)
		for _, t := range tracks {
			old := t.now
			t.now = t.statusAfter(u.Status, stated, severity)
			t.steps = append(t.steps, step{from, t.now})
			if u.Status != status.Postmortem {
				changes = append(changes, Change{Component: t.component.Component, Old: old, New: t.now})
			}
		}
		u.Changes = changes[first:len(changes):len(changes)]
	}
	d.Affected = slices.Grow(d.Affected, len(tracks))
	for _, t := range tracks {
		d.Affected = append(d.Affected, t.affected(d, at))
	}
}

// touch adds the components that an update names to the tracks, in site order,
// and notes what it sets by hand.
func touch(tracks []*track, components []*Component, settings []status.Setting) []*track {
	for _, s := range settings {
		i, found := slices.BinarySearchFunc(tracks, s.Component.Index, func(t *track, index int) int {
			return t.component.Index - index
		})
		if !found {
			tracks = slices.Insert(tracks, i, &track{component: components[s.Component.Index]})
		}
		tracks[i].byHand, tracks[i].set = true, s.Status
	}
	return tracks
}

// statusAfter is what an event says of a component once an update has spoken.
func (t *track) statusAfter(s status.EventStatus, stated bool, severity status.Severity) status.ComponentStatus {
	switch {
	case s.Closed(), s == status.Scheduled:
		return status.Operational
	case t.byHand:
		return t.set
	case s.Kind() == status.Maintenance:
		return status.UnderMaintenance
	case stated:
		return severity.ComponentStatus()
	}
	return status.Operational
}

// affected cuts the track's steps into spans between started, ended and now.
func (t *track) affected(d *Event, at time.Time) Affected {
	a := Affected{Component: t.component}
	for i, s := range t.steps {
		a.Worst = max(a.Worst, s.status)
		from, to, open := later(s.at, d.Started), at, true
		if i+1 < len(t.steps) {
			to, open = t.steps[i+1].at, false
		}
		if !d.Ended.IsZero() && d.Ended.Before(to) {
			to, open = d.Ended, false
		}
		if to.After(at) {
			to, open = at, true
		}
		if s.status == status.Operational || (!open && !from.Before(to)) || from.After(to) {
			continue
		}
		if n := len(a.Spans); n > 0 && a.Spans[n-1].Status == s.status && a.Spans[n-1].To.Equal(from) {
			a.Spans[n-1].To, a.Spans[n-1].Open = to, open
		} else {
			a.Spans = append(a.Spans, Span{From: from, To: to, Status: s.status, Open: open})
		}
		if open {
			a.Now = s.status
		}
	}
	return a
}
