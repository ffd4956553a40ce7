package api

import (
	"slices"
	"time"

	"allclear/generator/derive"
	"allclear/generator/output"
	"allclear/generator/status"
)

// historyMonth is one month of the history, as the index of months lists it.
type historyMonth struct {
	Month                 string    `json:"month"` // YYYY-MM in the page's zone
	URL                   string    `json:"url"`   // of the month's own file
	Incidents             int       `json:"incidents"`
	ScheduledMaintenances int       `json:"scheduled_maintenances"`
	UpdatedAt             timestamp `json:"updated_at"` // the newest update of any of them

	path   string
	events []*derive.Event // newest first
}

// historyMonths is every month in which an event was created, newest first.
func historyMonths(s *derive.Snapshot) []historyMonth {
	months := []historyMonth{}
	for _, events := range s.EventMonths() {
		name := events[0].CreatedAt.Format("2006-01")
		path := "history/" + name + ".json"
		months = append(months, historyMonth{Month: name, URL: s.Site.Absolute(root + path), path: path, events: events})
	}
	return months
}

// counted fills in what the index of months says of each.
func counted(months []historyMonth) []historyMonth {
	months = slices.Clone(months)
	for i := range months {
		m := &months[i]
		var newest time.Time
		for _, e := range m.events {
			if e.Kind == status.Maintenance {
				m.ScheduledMaintenances++
			} else {
				m.Incidents++
			}
			if e.UpdatedAt.After(newest) {
				newest = e.UpdatedAt
			}
		}
		m.UpdatedAt = stamp(newest)
	}
	return months
}

// historyRoutes are the index of months and a file for each of them. An event
// says there what it says in its own file, so that old months never change.
func historyRoutes(s *derive.Snapshot) []output.Route {
	months := historyMonths(s)
	routes := []output.Route{endpoint("history.json", output.Data, func() answer {
		return answer{{"page", newPageNow(s)}, {"months", counted(months)}}
	})}
	for _, m := range months {
		routes = append(routes, endpoint(m.path, output.Data, func() answer {
			return answer{
				{"page", newPage(s.Site)},
				{"month", m.Month},
				{"incidents", stream(s.Site, ofKind(status.Incident, m.events), newOwnIncident)},
				{"scheduled_maintenances", stream(s.Site, ofKind(status.Maintenance, m.events), newOwnMaintenance)},
			}
		}))
	}
	return routes
}
