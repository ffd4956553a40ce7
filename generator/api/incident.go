package api

import (
	"slices"

	"allclear/generator/derive"
	"allclear/generator/status"
)

// IncidentsDocument is a list of incidents as they are now.
type IncidentsDocument struct {
	Page      PageNow        `json:"page"`
	Incidents list[Incident] `json:"incidents"` // newest created first
}

// IncidentDocument is one incident; once that is over, the document never changes.
type IncidentDocument struct {
	Page     Page        `json:"page"`
	Incident OwnIncident `json:"incident"`
}

// Incident is an unplanned event, with its components as they are now.
type Incident struct {
	Event[IncidentStatus, IncidentImpact, Component]
	ReminderIntervals any `json:"reminder_intervals" jsonschema:"type=null"` // always null
}

// OwnIncident is an incident as its own document and the history have it, which stays true when it is over.
type OwnIncident struct {
	Event[IncidentStatus, IncidentImpact, TouchedComponent]
	ReminderIntervals any `json:"reminder_intervals" jsonschema:"type=null"` // always null
}

// IncidentStatus is how far an incident is.
type IncidentStatus string

// IncidentImpact is how bad an incident was at its worst, from mildest to worst.
type IncidentImpact string

func (s snapshot) incidents(events []*derive.Event) IncidentsDocument {
	return IncidentsDocument{newPageNow(s), listOf(events, s.incident)}
}

func (s snapshot) incident(e *derive.Event) Incident {
	return Incident{Event: newEvent[IncidentStatus](s, e, IncidentImpact(e.Severity.String()), componentsOf(s.Site, e))}
}

func (s snapshot) ownIncident(e *derive.Event) OwnIncident {
	return OwnIncident{Event: newEvent[IncidentStatus](s, e, IncidentImpact(e.Severity.String()), touchedBy(e))}
}

// unresolved lists the incidents still open, newest created first.
func unresolved(s snapshot) []*derive.Event {
	return filter(ofKind(status.Incident, s.Events), (*derive.Event).Open)
}

// latestFirst orders events by their newest update; equals keep their order.
func latestFirst(events []*derive.Event) []*derive.Event {
	return slices.SortedStableFunc(slices.Values(events), func(a, b *derive.Event) int {
		return b.UpdatedAt.Compare(a.UpdatedAt)
	})
}
