package api

import (
	"slices"

	"allclear/generator/derive"
	"allclear/generator/status"
)

// maintenance is an event that was planned.
type maintenance struct {
	event
	ScheduledFor   timestamp `json:"scheduled_for"`
	ScheduledUntil timestamp `json:"scheduled_until"`
}

func newMaintenance(site *status.Site, e *derive.Event) maintenance {
	return planned(e, newEvent(site, e, componentsOf(site, e)))
}

func newOwnMaintenance(site *status.Site, e *derive.Event) maintenance {
	return planned(e, newEvent(site, e, touchedBy(e)))
}

func planned(e *derive.Event, made event) maintenance {
	return maintenance{event: made, ScheduledFor: stamp(e.ScheduledFor), ScheduledUntil: stamp(e.ScheduledUntil)}
}

// maintenances lists every maintenance, newest created first.
func maintenances(s *derive.Snapshot) []*derive.Event { return ofKind(status.Maintenance, s.Events) }

// upcoming lists the maintenances that have yet to begin, soonest first.
func upcoming(s *derive.Snapshot) []*derive.Event {
	return soonestFirst(choose(maintenances(s), (*derive.Event).Upcoming))
}

// active lists the maintenances that are running, in the order of their plans.
func active(s *derive.Snapshot) []*derive.Event {
	return soonestFirst(choose(maintenances(s), (*derive.Event).Active))
}

// soonestFirst orders events by the instant they are planned for; equals keep
// their order.
func soonestFirst(events []*derive.Event) []*derive.Event {
	return slices.SortedStableFunc(slices.Values(events), func(a, b *derive.Event) int {
		return a.ScheduledFor.Compare(b.ScheduledFor)
	})
}
