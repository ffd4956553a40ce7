package api

import (
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

	path    string
	updated time.Time
	events  []*derive.Event // newest first
}

// historyMonths groups every event by the month in which it was created,
// newest first. Months without an event are left out.
func historyMonths(s *derive.Snapshot) []historyMonth {
	months := []historyMonth{}
	for _, e := range s.Events {
		name := e.CreatedAt.Format("2006-01")
		if n := len(months); n == 0 || months[n-1].Month != name {
			path := "history/" + name + ".json"
			months = append(months, historyMonth{Month: name, URL: s.Site.Absolute(root + path), path: path})
		}
		months[len(months)-1].add(e)
	}
	for i := range months {
		months[i].UpdatedAt = stamp(months[i].updated)
	}
	return months
}

func (m *historyMonth) add(e *derive.Event) {
	m.events = append(m.events, e)
	if e.Kind == status.Maintenance {
		m.ScheduledMaintenances++
	} else {
		m.Incidents++
	}
	if e.UpdatedAt.After(m.updated) {
		m.updated = e.UpdatedAt
	}
}

// historyRoutes are the index of months and a file for each of them. An event
// says there what it says in its own file, so that old months never change.
func historyRoutes(s *derive.Snapshot) []output.Route {
	months := historyMonths(s)
	routes := []output.Route{endpoint("history.json", output.Data, func() answer {
		return answer{{"page", newPageNow(s)}, {"months", months}}
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
