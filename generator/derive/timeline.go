package derive

import (
	"time"

	"allclear/generator/status"
)

// Timeline returns the updates of an event up to an instant, with those that the
// clock makes, and the window of a maintenance that is in force then.
func Timeline(e *status.Event, at time.Time) (updates []Update, from, until time.Time) {
	return updatesUntil(e, at)
}
