package api

import (
	"slices"

	"allclear/generator/derive"
	"allclear/generator/status"
)

// Event is what incidents and maintenances have in common. They differ in
// their words for a status and an impact, and documents differ in what they
// say about components.
type Event[S, I ~string, C any] struct {
	ID              string      `json:"id"`            // the event's id, which never changes
	Name            string      `json:"name"`          // its title
	Status          S           `json:"status"`        // how far it is, by its newest update
	CreatedAt       Timestamp   `json:"created_at"`    // when its first update happened
	UpdatedAt       Timestamp   `json:"updated_at"`    // when its newest update happened; if the site keeps a history, when readers could last see something new in it, an edit included
	MonitoringAt    *Timestamp  `json:"monitoring_at"` // when an incident was first monitoring, or a maintenance verifying; null if it never was
	ResolvedAt      *Timestamp  `json:"resolved_at"`   // when an incident was resolved, or a maintenance completed or cancelled; null while it is open
	Impact          I           `json:"impact"`
	Shortlink       string      `json:"shortlink" jsonschema:"format=uri"` // the address of its page
	StartedAt       Timestamp   `json:"started_at"`                        // when an incident began, which may be before its first update; of a maintenance, its first update
	PageID          string      `json:"page_id"`                           // the site's id
	IncidentUpdates []Update[S] `json:"incident_updates"`                  // newest first; at least one
	Components      []C         `json:"components"`                        // the components that it has affected so far
}

func newEvent[S, I ~string, C any](s snapshot, e *derive.Event, impact I, components []C) Event[S, I, C] {
	return Event[S, I, C]{
		ID:              e.Code(),
		Name:            e.Title,
		Status:          S(statusWord(e.Status)),
		CreatedAt:       stamp(e.CreatedAt),
		UpdatedAt:       stamp(e.UpdatedAt),
		MonitoringAt:    stampOrNil(e.MonitoringAt),
		ResolvedAt:      stampOrNil(e.ResolvedAt),
		Impact:          impact,
		Shortlink:       s.Site.Absolute(e.Path()),
		StartedAt:       stamp(e.StartedAt),
		PageID:          pageID(s.Site),
		IncidentUpdates: updates[S](s, e),
		Components:      components,
	}
}

// statusWord is an event's status in Statuspage's words. Statuspage has no
// cancelled maintenance; its clients take completed instead.
func statusWord(s status.EventStatus) string {
	if s == status.Cancelled {
		return status.Completed.String()
	}
	return s.String()
}

// ofKind returns the events of one kind, in their order.
func ofKind(kind status.Kind, events []*derive.Event) []*derive.Event {
	return filter(events, func(e *derive.Event) bool { return e.Kind == kind })
}

// filter returns the events for which keep is true, in their order.
func filter(events []*derive.Event, keep func(*derive.Event) bool) []*derive.Event {
	return slices.DeleteFunc(slices.Clone(events), func(e *derive.Event) bool { return !keep(e) })
}

// recent is how many events the plain lists have, as Statuspage's do.
const recent = 50

// newest lists the most recent events of one kind, newest created first.
func newest(s snapshot, kind status.Kind) []*derive.Event {
	events := ofKind(kind, s.Events)
	return events[:min(recent, len(events))]
}
