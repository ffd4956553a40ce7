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

// historyMonths groups every event by the month in which it was created,
// newest first. Months without an event are left out.
func historyMonths(s *derive.Snapshot) []historyMonth {
	months := []historyMonth{}
	year, month, from := 0, time.Month(0), 0
	for i, e := range s.Events {
		if y, m, _ := e.CreatedAt.Date(); y != year || m != month || i == 0 {
			year, month, from = y, m, i
			name := e.CreatedAt.Format("2006-01")
			path := "history/" + name + ".json"
			months = append(months, historyMonth{Month: name, URL: s.Site.Absolute(root + path), path: path})
		}
		months[len(months)-1].events = s.Events[from : i+1 : i+1]
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
