package api

import (
	"slices"

	"allclear/generator/derive"
)

// MaintenancesDocument is a list of maintenances as they are now.
type MaintenancesDocument struct {
	Page                  PageNow           `json:"page"`
	ScheduledMaintenances list[Maintenance] `json:"scheduled_maintenances"` // newest created first; upcoming and active ones soonest first
}

// MaintenanceDocument is one maintenance; once that is over, the document never changes.
type MaintenanceDocument struct {
	Page                 Page           `json:"page"`
	ScheduledMaintenance OwnMaintenance `json:"scheduled_maintenance"`
}

// PlannedIncidentDocument is one maintenance where Statuspage answers it, below incidents/.
type PlannedIncidentDocument struct {
	Page     Page           `json:"page"`
	Incident OwnMaintenance `json:"incident"`
}

// Maintenance is a planned event, with its components as they are now.
type Maintenance struct {
	Event[MaintenanceStatus, MaintenanceImpact, Component]
	ScheduledFor   Timestamp `json:"scheduled_for"`   // when it is planned to begin
	ScheduledUntil Timestamp `json:"scheduled_until"` // when it is planned to end
}

// OwnMaintenance is a maintenance as its own document and the history have it, which stays true when it is over.
type OwnMaintenance struct {
	Event[MaintenanceStatus, MaintenanceImpact, TouchedComponent]
	ScheduledFor   Timestamp `json:"scheduled_for"`   // when it is planned to begin
	ScheduledUntil Timestamp `json:"scheduled_until"` // when it is planned to end
}

// MaintenanceStatus is how far a maintenance is; a cancelled one is completed, and the text of its last update says that it was cancelled.
type MaintenanceStatus string

// MaintenanceImpact is the impact of every maintenance.
type MaintenanceImpact string

func (s snapshot) maintenances(events []*derive.Event) MaintenancesDocument {
	return MaintenancesDocument{newPageNow(s), listOf(events, s.maintenance)}
}

func (s snapshot) maintenance(e *derive.Event) Maintenance {
	event := newEvent[MaintenanceStatus](s, e, MaintenanceImpact("maintenance"), componentsOf(s.Site, e))
	return Maintenance{event, stamp(e.ScheduledFor), stamp(e.ScheduledUntil)}
}

func (s snapshot) ownMaintenance(e *derive.Event) OwnMaintenance {
	event := newEvent[MaintenanceStatus](s, e, MaintenanceImpact("maintenance"), touchedBy(e))
	return OwnMaintenance{event, stamp(e.ScheduledFor), stamp(e.ScheduledUntil)}
}

// upcoming lists the maintenances that have yet to begin, soonest first.
func upcoming(s snapshot) []*derive.Event {
	return soonestFirst(filter(s.Events, (*derive.Event).Upcoming))
}

// active lists the maintenances that are running, in the order of their plans.
func active(s snapshot) []*derive.Event {
	return soonestFirst(filter(s.Events, (*derive.Event).Active))
}

// soonestFirst orders events by their planned beginning; equals keep their order.
func soonestFirst(events []*derive.Event) []*derive.Event {
	return slices.SortedStableFunc(slices.Values(events), func(a, b *derive.Event) int {
		return a.ScheduledFor.Compare(b.ScheduledFor)
	})
}
