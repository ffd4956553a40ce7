package derive

import (
	"time"

	"allclear/generator/status"
)

// derive fills in an event as it is at an instant, by which its first update has
// happened.
func (d *Event) derive(e *status.Event, components []*Component, at time.Time) {
	*d = Event{Event: e}
	if !e.Ended.After(at) {
		d.Ended = e.Ended
	}
	d.Updates, d.ScheduledFor, d.ScheduledUntil = updatesUntil(e, at)
	var current status.EventStatus
	for i := range d.Updates {
		u := &d.Updates[i]
		if u.Interim && current != 0 {
			u.Status = current
		}
		current = u.Status
		if u.MessageKey == "" && u.Text.Plain == "" {
			u.MessageKey = "update.empty." + u.Status.String()
		}
		if d.MonitoringAt.IsZero() && (u.Status == status.Monitoring || u.Status == status.Verifying) {
			d.MonitoringAt = u.At
		}
	}
	first, last := d.Updates[0], d.Updates[len(d.Updates)-1]
	d.Status = current
	d.CreatedAt, d.UpdatedAt, d.StartedAt = first.At, last.At, first.At
	for _, u := range d.Updates {
		d.UpdatedAt = later(later(d.UpdatedAt, u.SaidAt), u.Published)
	}
	if d.PublishedAt = d.UpdatedAt; !e.Changed.After(at) {
		d.UpdatedAt = later(d.UpdatedAt, e.Changed)
	}
	if d.Open() && !last.Next.IsZero() {
		d.Promise = Promise{By: last.Next, Overdue: !last.Next.After(at)}
	}
	if !e.Started.IsZero() {
		d.StartedAt = e.Started
	}
	if i := closingIndex(d.Updates); i < len(d.Updates) {
		d.ResolvedAt = d.Updates[i].At
	}
	if e.Kind == status.Incident {
		d.Severity = severity(d)
	}
	d.linkCorrections()
	d.deriveAffected(components, at)
	d.Length = length(d, at)
	d.Periods = periods(d, at)
}

// linkCorrections links each update to the one that corrects it.
func (d *Event) linkCorrections() {
	for _, later := range d.Updates {
		if later.Corrects == "" {
			continue
		}
		for i := range d.Updates {
			if d.Updates[i].ID == later.Corrects {
				d.Updates[i].Corrected = later.Update
			}
		}
	}
}

// periods are when an event was going on: an incident from its beginning, which
// may be before its first update, until it is resolved, a maintenance while the
// work is done. What had no length has an empty period.
func periods(d *Event, at time.Time) []Period {
	var all []Period
	going := false
	for i, u := range d.Updates {
		on := !u.Status.Closed() && u.Status != status.Scheduled
		at := u.since()
		from := at
		if i == 0 && d.Kind == status.Incident {
			from = earlier(from, d.Started)
		}
		switch {
		case on && !going, !on && i == 0 && d.Kind == status.Incident:
			all = append(all, Period{From: from, To: at})
		case !on && !going && u.Status.Closed() && len(all) == 0: // cancelled, or completed before it was to begin
			all = append(all, Period{From: from, To: at})
		}
		if n := len(all); going && n > 0 {
			all[n-1].To = at
		}
		going = on
	}
	if n := len(all); going && n > 0 {
		all[n-1].To, all[n-1].Open = at, true
	}
	return all
}

// closingIndex is the index of the first update of the last unbroken run of closed
// statuses, or the number of updates while the event is open.
func closingIndex(updates []Update) int {
	i := len(updates)
	for i > 0 && updates[i-1].Status.Closed() {
		i--
	}
	return i
}

// severity is the highest severity that the event has stated so far. If the
// front matter has none, the worst component status that is set counts too.
func severity(d *Event) status.Severity {
	highest := d.Event.Severity
	if !d.SeverityStated {
		highest = status.None
		for _, s := range d.Components {
			if s.Set {
				highest = max(highest, s.Status.Severity())
			}
		}
	}
	for _, u := range d.Updates {
		if u.Severity != nil {
			highest = max(highest, *u.Severity)
		}
		if !d.SeverityStated {
			for _, s := range u.Settings {
				highest = max(highest, s.Status.Severity())
			}
		}
	}
	return highest
}

// length is how long an event has lasted: from `started` (else the first update;
// of a maintenance the beginning of the work) to `ended` (else the closing
// update, else now), without the time between a closing and a reopening.
func length(d *Event, at time.Time) time.Duration {
	var total time.Duration
	var from time.Time
	if d.Kind == status.Incident {
		from = d.StartedAt
	}
	end := func(to time.Time) {
		if to.After(from) {
			total += to.Sub(from)
		}
		from = time.Time{}
	}
	last := closingIndex(d.Updates)
	for i, u := range d.Updates {
		running := !u.Status.Closed() && u.Status != status.Scheduled
		switch {
		case running && from.IsZero():
			from = u.since()
			if total == 0 {
				from = earlier(from, d.Started)
			}
		case !running && !from.IsZero():
			to := u.since()
			if i == last {
				to = earlier(to, d.Ended)
			}
			end(to)
		}
	}
	if !from.IsZero() {
		end(earlier(at, d.Ended))
	}
	return total
}

// earlier is the earlier of two instants. A zero b is no instant.
func earlier(a, b time.Time) time.Time {
	if !b.IsZero() && b.Before(a) {
		return b
	}
	return a
}

// later is the later of two instants. A zero b is no instant.
func later(a, b time.Time) time.Time {
	if b.After(a) {
		return b
	}
	return a
}
