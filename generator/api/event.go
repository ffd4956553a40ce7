package api

import (
	"allclear/generator/derive"
	"allclear/generator/status"
)

// event is what an incident and a maintenance have in common.
type event struct {
	ID              string    `json:"id"`
	Name            string    `json:"name"`
	Status          string    `json:"status"`
	CreatedAt       timestamp `json:"created_at"`
	UpdatedAt       timestamp `json:"updated_at"`
	MonitoringAt    timestamp `json:"monitoring_at"`
	ResolvedAt      timestamp `json:"resolved_at"`
	Impact          string    `json:"impact"`
	Shortlink       string    `json:"shortlink"` // the event's page
	StartedAt       timestamp `json:"started_at"`
	PageID          string    `json:"page_id"`
	IncidentUpdates []update  `json:"incident_updates"` // newest first
	Components      any       `json:"components"`       // []component; in the event's own file []touched
}

func newEvent(site *status.Site, e *derive.Event, components any) event {
	return event{
		ID:              e.Code(),
		Name:            e.Title,
		Status:          statusWord(e.Status),
		CreatedAt:       stamp(e.CreatedAt),
		UpdatedAt:       stamp(e.UpdatedAt),
		MonitoringAt:    stamp(e.MonitoringAt),
		ResolvedAt:      stamp(e.ResolvedAt),
		Impact:          impact(e),
		Shortlink:       site.Absolute(e.Path()),
		StartedAt:       stamp(e.StartedAt),
		PageID:          pageID(site),
		IncidentUpdates: updates(e),
		Components:      components,
	}
}

// statusWord is an event's status in Statuspage's words, which know no
// cancelled maintenance: clients take it for completed.
func statusWord(s status.EventStatus) string {
	if s == status.Cancelled {
		return status.Completed.String()
	}
	return s.String()
}

func impact(e *derive.Event) string {
	if e.Kind == status.Maintenance {
		return "maintenance"
	}
	return e.Severity.String()
}

// ofKind returns the events of one kind, in their order.
func ofKind(kind status.Kind, events []*derive.Event) []*derive.Event {
	return choose(events, func(e *derive.Event) bool { return e.Kind == kind })
}

// choose returns the events that keep approves of, in their order.
func choose(events []*derive.Event, keep func(*derive.Event) bool) []*derive.Event {
	var chosen []*derive.Event
	for _, e := range events {
		if keep(e) {
			chosen = append(chosen, e)
		}
	}
	return chosen
}

// first returns the first n events, or all where there are fewer.
func first(n int, events []*derive.Event) []*derive.Event {
	return events[:min(n, len(events))]
}
