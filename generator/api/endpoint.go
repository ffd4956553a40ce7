// Package api takes a snapshot and returns the routes of the site's JSON API,
// byte-shape compatible with the public Status API v2 of Atlassian Statuspage
// (https://metastatuspage.com/api), so that clients written for Statuspage
// poll an allclear site unmodified. It never decides a status or a time, which
// are derive's: it only gives them their keys.
//
// # Shape
//
// Each document is a struct whose fields are in the order of Statuspage's
// keys. A value that does not exist is null, never "". A list is [], never
// null, except affected_components, which is null, never []. Timestamps carry
// milliseconds and the page's zone. Documents are compact JSON with one
// newline at the end, and text is escaped no further than JSON needs.
//
// # Beyond Statuspage
//
// Each event has its own document, without anything that changes after the
// event: no page.updated_at, and as components those that it affected, with
// the worst status that it gave them. So documents of old events never change.
// Every id in a document leads to one: incidents/<id>.json, which Statuspage
// has too, for both kinds of event, and components/<id>/uptime.json.
//
// Announcements are in no document, since Statuspage has no place for them.
//
// The plain lists end at fifty events. To read all of them, read history.json,
// the index of months, and then the document of each month, which has events
// as their own documents do; updated_at of a month says whether to read it
// again. Each component has its uptime, and freshness.json says when the clock
// alone will change a document. uptime.csv at the site's root has every uptime
// for a spreadsheet, and api/openapi.json describes every document.
//
// # Description
//
// go generate makes openapi.json. Its schemas are the structs of this package:
// a json tag is a property, a pointer is nullable, a jsonschema tag constrains
// further, and comments (of a type the first sentence) are the descriptions
// that users of the API read. Paths are written in testdata/openapi.json, and
// the examples are what an example site publishes.
package api

import (
	"io"
	"slices"
	"strings"

	"allclear/generator/derive"
	"allclear/generator/output"
	"allclear/generator/status"
)

// root is the folder of all endpoints.
const root = "api/v2/"

// SummaryDocument is everything that is going on.
type SummaryDocument struct {
	Page                  PageNow           `json:"page"`
	Components            []Component       `json:"components"`             // every component and group that is not retired
	Incidents             list[Incident]    `json:"incidents"`              // those that are not resolved, newest update first
	ScheduledMaintenances list[Maintenance] `json:"scheduled_maintenances"` // the upcoming ones, soonest first, and then the active ones
	Status                Status            `json:"status"`
}

// StatusDocument is the overall status.
type StatusDocument struct {
	Page   PageNow `json:"page"`
	Status Status  `json:"status"`
}

// snapshot is a snapshot with the words for what the clock does.
type snapshot struct {
	*derive.Snapshot
	words derive.Catalog
}

// Routes lists every file of the API. A document is made only when its route
// is written.
func Routes(derived *derive.Snapshot, words derive.Catalog) []output.Route {
	s := snapshot{derived, words}
	routes := []output.Route{
		endpoint("summary.json", output.Data, func() any {
			return SummaryDocument{
				Page:                  newPageNow(s),
				Components:            components(s),
				Incidents:             listOf(latestFirst(unresolved(s)), s.incident),
				ScheduledMaintenances: listOf(append(upcoming(s), active(s)...), s.maintenance),
				Status:                newStatus(s),
			}
		}),
		endpoint("status.json", output.EntryPoint, func() any { return StatusDocument{newPageNow(s), newStatus(s)} }),
		endpoint("components.json", output.Data, func() any { return ComponentsDocument{newPageNow(s), components(s)} }),
		endpoint("incidents.json", output.Data, func() any { return s.incidents(newest(s, status.Incident)) }),
		endpoint("incidents/unresolved.json", output.Data, func() any { return s.incidents(unresolved(s)) }),
		endpoint("scheduled-maintenances.json", output.Data, func() any { return s.maintenances(newest(s, status.Maintenance)) }),
		endpoint("scheduled-maintenances/upcoming.json", output.Data, func() any { return s.maintenances(upcoming(s)) }),
		endpoint("scheduled-maintenances/active.json", output.Data, func() any { return s.maintenances(active(s)) }),
		freshnessRoute(s),
		uptimeTable(s),
		descriptionRoute(s.Site),
	}
	if s.Site.Freshness > 0 {
		routes = append(routes, heartbeatRoute(s))
	}
	routes = append(routes, s.historyRoutes()...)
	return append(routes, s.ownRoutes(routes)...)
}

// endpoint is the route of a document below the API's root.
func endpoint(path string, kind output.Kind, document func() any) output.Route {
	return output.Route{Path: root + path, Kind: kind, Shared: true, Write: func(w io.Writer) error { return write(w, document()) }}
}

// ownRoutes are the documents of each component and event, by its API id. Where a
// document was before there was an api_id is a copy of it, unless that is the path
// of another document, or of one of the API's other routes.
func (s snapshot) ownRoutes(others []output.Route) []output.Route {
	routes := make([]output.Route, 0, len(s.Components)+len(s.Events))
	var copies []output.Route
	for _, c := range s.Components {
		route := uptimeRoute(s, c)
		routes = append(routes, route)
		copies = append(copies, atPaths(route, c.OldUptimeAPIPaths()...)...)
	}
	for _, e := range s.Events {
		all := s.eventRoutes(e)
		routes = append(routes, all...)
		if e.ID != e.Code() {
			copies = append(copies, atPaths(all[len(all)-1], e.OldAPIPath())...)
		}
	}
	taken := make(map[string]bool, len(others)+len(routes)) // in lower case, as some disks see them
	for _, r := range slices.Concat(others, routes) {
		taken[strings.ToLower(r.Path)] = true
	}
	for _, r := range copies {
		if key := strings.ToLower(r.Path); !taken[key] {
			taken[key] = true
			routes = append(routes, r)
		}
	}
	return routes
}

// eventRoutes are the documents of one event. A maintenance has two, which differ
// in one key: that of its own kind, and the one that Statuspage answers.
func (s snapshot) eventRoutes(e *derive.Event) []output.Route {
	route := func(path string, document func() any) output.Route {
		return output.Route{
			Path: path, Kind: output.Data, Origin: e.Position, Shared: true,
			Write: func(w io.Writer) error { return write(w, document()) },
		}
	}
	paths := e.APIPaths()
	if e.Kind == status.Incident {
		return []output.Route{route(paths[0], func() any { return IncidentDocument{newPage(s.Site), s.ownIncident(e)} })}
	}
	return []output.Route{
		route(paths[0], func() any { return PlannedIncidentDocument{newPage(s.Site), s.ownMaintenance(e)} }),
		route(paths[1], func() any { return MaintenanceDocument{newPage(s.Site), s.ownMaintenance(e)} }),
	}
}

// atPaths is one document at several paths.
func atPaths(r output.Route, paths ...string) []output.Route {
	var routes []output.Route
	for _, path := range paths {
		r.Path = path
		routes = append(routes, r)
	}
	return routes
}
