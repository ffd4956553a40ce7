package api_test

import (
	"testing"
	"time"

	"allclear/generator/derive"
	"allclear/generator/status"
)

// derived is a site as derive makes it, with outages that have lengths: two
// hours of major outage and one of partial on different components, an open
// incident, a maintenance to come, and a component that is retired.
func derived(t *testing.T, now time.Time) *derive.Snapshot {
	t.Helper()
	group := &status.Group{ID: "europe", Name: "Europe"}
	web := &status.Component{ID: "web", APIID: "8l4ygp009s5s", Name: "Web", StartDate: date(-40)}
	push := &status.Component{ID: "push", Name: "Push", Group: group, StartDate: date(-10), Index: 1}
	old := &status.Component{ID: "old", Name: "=HYPERLINK(1)", StartDate: date(-400), Retired: date(-20), Index: 2}
	group.Components = []*status.Component{push}
	site := &status.Site{
		Title: "Example", APIID: "example0site", URL: "https://status.example.com", Zone: time.UTC, Freshness: 26 * time.Hour,
		Uptime:     status.UptimeRule{Days: 90, PartialOutage: 0.3, MajorOutage: 1},
		Components: []*status.Component{web, push, old},
		Items:      []status.Item{{Component: web}, {Group: group}, {Component: old}},
	}
	site.Events = []*status.Event{
		incidentOf("off", status.Critical, old, -25*24, -25*24+1),
		incidentOf("down", status.Critical, web, -5*24, -5*24+2),
		incidentOf("half", status.Major, push, -4*24, -4*24+1),
		{
			Kind: status.Maintenance, ID: "upgrade", Title: "Upgrade", ScheduledFor: hours(6), ScheduledUntil: hours(8),
			Components: []status.Setting{{Component: web}},
			Updates:    []status.Update{{ID: "u1", At: hours(-3), Status: status.Scheduled}},
		},
		{
			ID: "open", Title: "Open", Severity: status.Minor, SeverityStated: true,
			Components: []status.Setting{{Component: web}},
			Updates:    []status.Update{{ID: "u2", At: hours(-2), Status: status.Investigating}},
		},
		{
			ID: "held", Title: "Held back", Severity: status.Minor, SeverityStated: true, HoldBack: true,
			Updates: []status.Update{{ID: "u3", At: hours(3), Status: status.Investigating}},
		},
	}
	return derive.Derive(site, now)
}

func date(days int) time.Time { return status.StartOfDay(noon).AddDate(0, 0, days) }

// incidentOf is an incident of one component from an hour to an hour.
func incidentOf(id string, severity status.Severity, c *status.Component, from, until int) *status.Event {
	return &status.Event{
		ID: id, Title: "About " + id, Severity: severity, SeverityStated: true,
		Components: []status.Setting{{Component: c}},
		Updates: []status.Update{
			{ID: id + "-1", At: hours(from), Status: status.Investigating},
			{ID: id + "-2", At: hours(until), Status: status.Resolved},
		},
	}
}
