package api

import (
	"slices"

	"allclear/generator/derive"
	"allclear/generator/output"
	"allclear/generator/status"
)

// HistoryDocument is the index of the months of the history.
type HistoryDocument struct {
	Page   PageNow        `json:"page"`
	Months []HistoryMonth `json:"months"` // newest first, without months in which no event was created
}

// HistoryMonth is a month in which an event was created.
type HistoryMonth struct {
	Month                 string    `json:"month" jsonschema:"pattern=^[0-9]{4}-[0-9]{2}$"` // year and month in the page's zone
	URL                   string    `json:"url" jsonschema:"format=uri"`                    // the address of the month's own document
	Incidents             int       `json:"incidents" jsonschema:"minimum=0"`               // how many incidents that document has
	ScheduledMaintenances int       `json:"scheduled_maintenances" jsonschema:"minimum=0"`  // how many maintenances that document has
	UpdatedAt             Timestamp `json:"updated_at"`                                     // the newest updated_at of any of them; while this stays the same, so does that document
}

// HistoryMonthDocument is the events that were created in one month.
type HistoryMonthDocument struct {
	Page                  Page                 `json:"page"`
	Month                 string               `json:"month" jsonschema:"pattern=^[0-9]{4}-[0-9]{2}$"` // year and month in the page's zone
	Incidents             list[OwnIncident]    `json:"incidents"`                                      // newest created first
	ScheduledMaintenances list[OwnMaintenance] `json:"scheduled_maintenances"`                         // newest created first
}

// newHistoryMonth describes the month of events, which are all that were
// created in it.
func newHistoryMonth(site *status.Site, events []*derive.Event) HistoryMonth {
	latest := slices.MaxFunc(events, func(a, b *derive.Event) int { return a.UpdatedAt.Compare(b.UpdatedAt) })
	month := monthOf(events)
	return HistoryMonth{
		Month:                 month,
		URL:                   site.Absolute(root + monthPath(month)),
		Incidents:             len(ofKind(status.Incident, events)),
		ScheduledMaintenances: len(ofKind(status.Maintenance, events)),
		UpdatedAt:             stamp(latest.UpdatedAt),
	}
}

func monthOf(events []*derive.Event) string { return events[0].CreatedAt.Format("2006-01") }

func monthPath(month string) string { return "history/" + month + ".json" }

// historyRoutes are the index of months and a document for each of them. It
// has the events as their own documents do, so that old months never change.
func (s snapshot) historyRoutes() []output.Route {
	months := s.EventMonths()
	routes := []output.Route{endpoint("history.json", output.Data, func() any {
		document := HistoryDocument{newPageNow(s), []HistoryMonth{}}
		for _, events := range months {
			document.Months = append(document.Months, newHistoryMonth(s.Site, events))
		}
		return document
	})}
	for _, events := range months {
		month := monthOf(events)
		routes = append(routes, endpoint(monthPath(month), output.Data, func() any {
			return HistoryMonthDocument{
				Page:                  newPage(s.Site),
				Month:                 month,
				Incidents:             listOf(ofKind(status.Incident, events), s.ownIncident),
				ScheduledMaintenances: listOf(ofKind(status.Maintenance, events), s.ownMaintenance),
			}
		}))
	}
	return routes
}
