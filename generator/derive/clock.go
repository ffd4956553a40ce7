package derive

import (
	"slices"
	"time"

	"allclear/generator/status"
)

// happened lists the updates of an event up to an instant, with those that
// the clock made.
func happened(e *status.Event, at time.Time) []Update {
	updates := make([]Update, 0, len(e.Updates))
	for i := range e.Updates {
		if u := &e.Updates[i]; !u.At.After(at) {
			updates = append(updates, Update{Update: u, Status: u.Status})
		}
	}
	if e.Kind == status.Incident {
		return updates
	}
	announced := e.Updates[0].At // what is announced late begins with that
	if !e.ScheduledFor.After(at) && clockBegins(e) {
		updates = insert(updates, clockUpdate(e, status.InProgress, later(e.ScheduledFor, announced)))
	}
	if !e.ScheduledUntil.After(at) && clockCompletes(e) {
		updates = insert(updates, clockUpdate(e, status.Completed, later(e.ScheduledUntil, announced)))
	}
	return updates
}

// lag is by how much an update may come after the instant at which the clock
// would have said the same, and still stand for what the clock says: people
// type their in_progress a moment late, and the services that histories come
// from look at their clocks by the minute. Without it the beginning of such a
// maintenance would be told twice.
const lag = 3 * time.Minute

// clockBegins reports whether the clock is what begins a maintenance: no
// update up to scheduled_for says that it has begun or will not.
func clockBegins(e *status.Event) bool {
	return !slices.ContainsFunc(e.Updates, func(u status.Update) bool {
		return !u.Interim && u.Status != status.Scheduled && !u.At.After(e.ScheduledFor.Add(lag))
	})
}

// clockCompletes reports whether the clock is what completes a maintenance: by
// scheduled_until no update has said that it is over or being verified, and
// none at that very instant that it goes on.
func clockCompletes(e *status.Event) bool {
	return !slices.ContainsFunc(e.Updates, func(u status.Update) bool {
		switch {
		case u.Interim:
			return false
		case u.Status == status.Completed || u.Status == status.Cancelled:
			return !u.At.After(e.ScheduledUntil.Add(lag))
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

// insert puts a clock update where its instant belongs: before the interim
// updates of the same instant, which speak of what it did.
func insert(updates []Update, u Update) []Update {
	i := 1 // never before the announcement
	for i < len(updates) && (updates[i].At.Before(u.At) || updates[i].TextKey != "") {
		i++
	}
	return slices.Insert(updates, i, u)
}

func clockUpdate(e *status.Event, s status.EventStatus, at time.Time) Update {
	return Update{
		Status:  s,
		TextKey: "maintenance.clock." + s.String(),
		Update: &status.Update{
			ID:       status.UpdateID(e.ID, at, "clock "+s.String()),
			At:       at,
			Status:   s,
			Position: e.Position,
		},
	}
}
