// Package api takes a snapshot and gives the routes of the site's JSON API,
// byte-shape compatible with the public Status API v2 of Atlassian Statuspage
// (https://metastatuspage.com/api), so that clients written for that one poll
// this one unmodified. It never decides how anything stands: statuses, times
// and orders in time are derive's; here they only get their keys.
//
// # Shape
//
// Keys stand in Statuspage's own order. What is not there is null, never "";
// a list is [], never null, but for affected_components, which is null where
// it would be empty. Timestamps carry milliseconds and the page's zone.
// Answers are compact JSON with one newline at the end, and text is escaped
// no further than JSON needs.
//
// # Order
//
// Lists of events run from the newest created to the oldest; unresolved
// incidents in the summary by their newest update; maintenances that are
// upcoming or active from the soonest, and in the summary all upcoming ones
// first. Updates run from the newest. Components are sorted by position, then
// by their group's position, then by id.
//
// # Beyond Statuspage
//
// Each event has a file of its own, which says nothing that moves on after
// the event: no page.updated_at, and its components are those that it
// touched with the worst status that it gave them. So the files of old events
// never change.
//
// The plain lists end at fifty events. To walk all of them, read
// history.json, the index of months, and then the file of each month, where
// events are as in their own files; updated_at of a month says whether it is
// worth reading again. Each component has its uptime, and freshness.json says
// when the clock alone will change an answer. uptime.csv at the site's root is
// uptime as a table, and api/openapi.json describes every answer.
package api

import (
	"io"
	"slices"

	"allclear/generator/derive"
	"allclear/generator/output"
	"allclear/generator/status"
)

// root is the folder of all endpoints.
const root = "api/v2/"

// recent is how many events the plain lists hold, as Statuspage's do.
const recent = 50

// Routes lists every file of the API. An answer is made only when its route
// is written.
func Routes(s *derive.Snapshot) []output.Route {
	routes := []output.Route{
		endpoint("summary.json", output.Data, func() answer {
			return answer{
				{"page", newPageNow(s)},
				{"components", components(s)},
				{"incidents", stream(s.Site, latestFirst(unresolved(s)), newIncident)},
				{"scheduled_maintenances", stream(s.Site, append(upcoming(s), active(s)...), newMaintenance)},
				{"status", newOverall(s)},
			}
		}),
		endpoint("status.json", output.EntryPoint, func() answer {
			return answer{{"page", newPageNow(s)}, {"status", newOverall(s)}}
		}),
		endpoint("components.json", output.Data, func() answer {
			return answer{{"page", newPageNow(s)}, {"components", components(s)}}
		}),
		incidentsEndpoint("incidents.json", s, func() []*derive.Event { return first(recent, incidents(s)) }),
		incidentsEndpoint("incidents/unresolved.json", s, func() []*derive.Event { return unresolved(s) }),
		maintenancesEndpoint("scheduled-maintenances.json", s, func() []*derive.Event { return first(recent, maintenances(s)) }),
		maintenancesEndpoint("scheduled-maintenances/upcoming.json", s, func() []*derive.Event { return upcoming(s) }),
		maintenancesEndpoint("scheduled-maintenances/active.json", s, func() []*derive.Event { return active(s) }),
		freshnessRoute(s),
		uptimeTable(s),
		descriptionRoute(s.Site),
	}
	if s.Site.Freshness > 0 {
		routes = append(routes, heartbeatRoute(s))
	}
	routes = append(routes, historyRoutes(s)...)
	for _, c := range s.Components {
		routes = append(routes, uptimeRoute(s, c))
	}
	routes = slices.Grow(routes, len(s.Events))
	for _, e := range s.Events {
		routes = append(routes, ownRoute(s.Site, e))
	}
	return routes
}

// endpoint is the route of an answer below the API's root.
func endpoint(path string, kind output.Kind, say func() answer) output.Route {
	return output.Route{
		Path:  root + path,
		Kind:  kind,
		Write: func(w io.Writer) error { return say().write(w) },
	}
}

func incidentsEndpoint(path string, s *derive.Snapshot, events func() []*derive.Event) output.Route {
	return endpoint(path, output.Data, func() answer {
		return answer{{"page", newPageNow(s)}, {"incidents", stream(s.Site, events(), newIncident)}}
	})
}

func maintenancesEndpoint(path string, s *derive.Snapshot, events func() []*derive.Event) output.Route {
	return endpoint(path, output.Data, func() answer {
		return answer{{"page", newPageNow(s)}, {"scheduled_maintenances", stream(s.Site, events(), newMaintenance)}}
	})
}

// ownRoute is the file of one event.
func ownRoute(site *status.Site, e *derive.Event) output.Route {
	return output.Route{
		Path:   e.APIPath(),
		Kind:   output.Data,
		Origin: e.Position,
		Write: func(w io.Writer) error {
			if e.Kind == status.Maintenance {
				return answer{{"page", newPage(site)}, {"scheduled_maintenance", newOwnMaintenance(site, e)}}.write(w)
			}
			return answer{{"page", newPage(site)}, {"incident", newOwnIncident(site, e)}}.write(w)
		},
	}
}
