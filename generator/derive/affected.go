package derive

import (
	"slices"
	"time"

	"allclear/generator/status"
)

// effect is what an event does to one component, update by update.
type effect struct {
	component   *Component
	setByHand   bool
	handStatus  status.ComponentStatus // if it is set by hand
	current     status.ComponentStatus // after the latest update
	transitions []transition
}

// transition is a status that holds from an instant on.
type transition struct {
	at     time.Time
	status status.ComponentStatus
	told   time.Time // when readers could first know of it
}

// deriveAffected fills in the changes of each update, and the components that
// the event has affected.
func (d *Event) deriveAffected(components []*Component, at time.Time) {
	stated, severity := d.SeverityStated, d.Event.Severity
	effects := make([]*effect, 0, len(d.Components))
	for _, s := range d.Components {
		f := &effect{component: components[s.Component.Index], setByHand: s.Set, handStatus: s.Status, transitions: make([]transition, 0, len(d.Updates)+1)}
		if first := d.Updates[0]; first.Status.Closed() && d.Started.Before(first.At) && !d.Started.IsZero() {
			// The first update reports an incident that is over. Until then the front
			// matter's status holds.
			f.current = f.statusAfter(status.Investigating, stated, severity)
			f.transitions = append(f.transitions, transition{d.Started, f.current, first.told()})
		}
		effects = append(effects, f)
	}
	for i := range d.Updates {
		u := &d.Updates[i]
		d.clockEffects(u, effects, stated, severity)
		if u.Severity != nil {
			stated, severity = true, *u.Severity
		}
		if !u.Status.Closed() {
			effects = applySettings(effects, components, u.Settings)
		}
		from, told := later(u.At, u.SaidAt), u.told()
		if i == 0 && !u.Status.Closed() {
			from = earlier(from, d.Started)
		}
		u.Changes = make([]Change, 0, len(effects))
		for _, f := range effects {
			old := f.current
			if !d.Ended.IsZero() && d.Ended.Before(u.At) {
				old = status.Operational
			}
			f.current = f.statusAfter(u.Status, stated, severity)
			if !d.Ended.IsZero() && !d.Ended.After(u.At) {
				f.current = status.Operational
			}
			f.transitions = append(f.transitions, transition{from, f.current, told})
			if u.Status != status.Postmortem {
				u.Changes = append(u.Changes, Change{Component: f.component.Component, Old: old, New: f.current})
			}
		}
	}
	d.Affected = make([]Affected, 0, len(effects))
	for _, f := range effects {
		d.Affected = append(d.Affected, f.affected(d, at))
	}
}

// clockEffects are those of an update of the clock until a person has said more
// of it. The update's changes are those of both together.
func (d *Event) clockEffects(u *Update, effects []*effect, stated bool, severity status.Severity) {
	if u.ClockAt.IsZero() {
		return
	}
	for _, f := range effects {
		f.transitions = append(f.transitions, transition{u.ClockAt, f.statusAfter(u.Status, stated, severity), later(u.ClockAt, u.Published)})
	}
}

// applySettings sets the components that an update sets by hand, and adds those
// that the event has not affected before, in site order.
func applySettings(effects []*effect, components []*Component, settings []status.Setting) []*effect {
	for _, s := range settings {
		i, found := slices.BinarySearchFunc(effects, s.Component.Index, func(f *effect, index int) int {
			return f.component.Index - index
		})
		if !found {
			effects = slices.Insert(effects, i, &effect{component: components[s.Component.Index]})
		}
		effects[i].setByHand, effects[i].handStatus = true, s.Status
	}
	return effects
}

// statusAfter is the component's status after an update with a status. stated
// reports whether the event has a severity by then.
func (f *effect) statusAfter(s status.EventStatus, stated bool, severity status.Severity) status.ComponentStatus {
	switch {
	case s.Closed(), s == status.Scheduled:
		return status.Operational
	case f.setByHand:
		return f.handStatus
	case s.Kind() == status.Maintenance:
		return status.UnderMaintenance
	case stated:
		return severity.ComponentStatus()
	}
	return status.Operational
}

// affected makes spans of the transitions, cut to the event's start, its end and
// the snapshot's instant.
func (f *effect) affected(d *Event, at time.Time) Affected {
	a := Affected{Component: f.component}
	for i, t := range f.transitions {
		a.Worst = max(a.Worst, t.status)
		s := Span{From: later(t.at, d.Started), FromTold: t.told, To: at, Status: t.status, Open: true}
		if i+1 < len(f.transitions) {
			next := f.transitions[i+1]
			s.To, s.ToTold, s.Open = next.at, next.told, false
		}
		if !d.Ended.IsZero() && !d.Ended.After(s.To) {
			s.To, s.ToTold, s.Open = d.Ended, d.endTold(), false
		}
		if s.To.After(at) {
			s.To, s.Open = at, true
		}
		if t.status == status.Operational || (!s.Open && !s.From.Before(s.To)) || s.From.After(s.To) {
			continue
		}
		if n := len(a.Spans); n > 0 && a.Spans[n-1].Status == t.status && a.Spans[n-1].To.Equal(s.From) {
			a.Spans[n-1].To, a.Spans[n-1].ToTold, a.Spans[n-1].Open = s.To, s.ToTold, s.Open
		} else {
			a.Spans = append(a.Spans, s)
		}
		if s.Open {
			a.Now = t.status
		}
	}
	return a
}

// endTold is when readers could first know of `ended`: at that instant, or by
// the update that ends the event after it.
func (d *Event) endTold() time.Time {
	for _, u := range d.Updates {
		if u.Status.Closed() && !u.At.Before(d.Ended) {
			return later(u.At, u.Published)
		}
	}
	return d.Ended
}
