package api

import (
	"slices"

	"allclear/generator/derive"
	"allclear/generator/status"
)

// incident is an event that nobody planned.
type incident struct {
	event
	ReminderIntervals any `json:"reminder_intervals"` // always null: nobody is reminded
}

func newIncident(site *status.Site, e *derive.Event) incident {
	return incident{event: newEvent(site, e, componentsOf(site, e))}
}

func newOwnIncident(site *status.Site, e *derive.Event) incident {
	return incident{event: newEvent(site, e, touchedBy(e))}
}

// incidents lists every incident, newest created first.
func incidents(s *derive.Snapshot) []*derive.Event { return ofKind(status.Incident, s.Events) }

// unresolved lists the incidents still open, newest created first.
func unresolved(s *derive.Snapshot) []*derive.Event {
	return choose(incidents(s), (*derive.Event).Open)
}

// latestFirst orders events by their newest update; equals keep their order.
func latestFirst(events []*derive.Event) []*derive.Event {
	return slices.SortedStableFunc(slices.Values(events), func(a, b *derive.Event) int {
		return b.UpdatedAt.Compare(a.UpdatedAt)
	})
}
