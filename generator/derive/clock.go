package derive

import (
	"slices"
	"time"

	"allclear/generator/status"
)

// updatesUntil lists the updates of an event up to an instant, with those that
// the clock makes.
func updatesUntil(e *status.Event, at time.Time) []Update {
	updates := make([]Update, 0, len(e.Updates))
	for i := range e.Updates {
		if u := &e.Updates[i]; !u.At.After(at) {
			updates = append(updates, Update{Update: u, Status: u.Status})
		}
	}
	if e.Kind == status.Incident {
		return updates
	}
	announced := e.Updates[0].At // a maintenance that is announced late begins no earlier
	if !e.ScheduledFor.After(at) && clockBegins(e) {
		updates = insertClockUpdate(updates, clockUpdate(e, status.InProgress, later(e.ScheduledFor, announced)))
	}
	if !e.ScheduledUntil.After(at) && clockCompletes(e) {
		updates = insertClockUpdate(updates, clockUpdate(e, status.Completed, later(e.ScheduledUntil, announced)))
	}
	return updates
}

// clockTolerance is how much later than the clock an update may say the same and
// still replace the clock's update. People type in_progress a moment late, and
// other services, whose histories are imported, check their clock once a minute.
// Without it such a maintenance would begin twice.
const clockTolerance = 3 * time.Minute

// clockBegins reports whether the clock begins a maintenance: no update up to
// scheduled_for says that it has begun, is over or is cancelled.
func clockBegins(e *status.Event) bool {
	return !slices.ContainsFunc(e.Updates, func(u status.Update) bool {
		return !u.Interim && u.Status != status.Scheduled && !u.At.After(e.ScheduledFor.Add(clockTolerance))
	})
}

// clockCompletes reports whether the clock completes a maintenance: no update up
// to scheduled_until says that it is over or being verified, and none at that
// exact instant says that it continues.
func clockCompletes(e *status.Event) bool {
	return !slices.ContainsFunc(e.Updates, func(u status.Update) bool {
		switch {
		case u.Interim:
			return false
		case u.Status == status.Completed || u.Status == status.Cancelled:
			return !u.At.After(e.ScheduledUntil.Add(clockTolerance))
		case u.At.After(e.ScheduledUntil):
			return false
		}
		switch u.Status {
		case status.Verifying:
			return true
		case status.InProgress:
			return u.At.Equal(e.ScheduledUntil)
		}
		return false
	})
}

// insertClockUpdate inserts an update of the clock in time order, before interim
// updates of the same instant, since they follow it.
func insertClockUpdate(updates []Update, u Update) []Update {
	i := 1 // never before the announcement
	for i < len(updates) && (updates[i].At.Before(u.At) || updates[i].MessageKey != "") {
		i++
	}
	return slices.Insert(updates, i, u)
}

func clockUpdate(e *status.Event, s status.EventStatus, at time.Time) Update {
	return Update{
		Status:     s,
		MessageKey: "maintenance.clock." + s.String(),
		Update: &status.Update{
			ID:       status.ClockUpdateID(e.Code(), at, s),
			At:       at,
			Status:   s,
			Position: e.Position,
		},
	}
}
