package api_test

import (
	"time"

	"allclear/generator/derive"
	"allclear/generator/status"
)

// example is the site whose documents are the examples of openapi.json: an
// incident is open and one is over, a maintenance is active and one upcoming.
func example() *derive.Snapshot {
	group := &status.Group{ID: "europe", Name: "Europe"}
	dashboard := &status.Component{ID: "dashboard", Name: "Dashboard", Description: "Where reports are made", StartDate: minute("2024-01-01 00:00")}
	api := &status.Component{ID: "eu-api", Name: "API", Group: group, StartDate: minute("2024-02-01 00:00"), Index: 1}
	group.Components = []*status.Component{api}
	site := &status.Site{
		Title: "Example", APIID: "example", URL: "https://status.example.com", Zone: time.UTC, Freshness: 24 * time.Hour,
		Uptime:     status.UptimeRule{Days: 90, PartialOutage: 0.3, MajorOutage: 1},
		Components: []*status.Component{dashboard, api},
		Items:      []status.Item{{Component: dashboard}, {Group: group}},
		Events: []*status.Event{
			{
				ID: "2024-03-05-failing-sign-ins", Title: "Failing sign-ins", Severity: status.Critical, SeverityStated: true,
				Components: []status.Setting{{Component: dashboard}},
				Updates: []status.Update{
					written("1a2b3c4d5e6f", "2024-03-05 09:12", status.Investigating, "Nobody can sign in. We are looking into it."),
					written("2b3c4d5e6f7a", "2024-03-05 10:02", status.Resolved, "Sign-ins work again."),
				},
			},
			{
				Kind: status.Maintenance, ID: "2024-04-02-database-upgrade", Title: "Database upgrade",
				ScheduledFor: minute("2024-04-02 02:00"), ScheduledUntil: minute("2024-04-02 04:00"),
				Components: []status.Setting{{Component: api}},
				Updates: []status.Update{
					written("3c4d5e6f7a8b", "2024-03-26 12:00", status.Scheduled, "The database gets a newer version. Requests may fail for some minutes."),
				},
			},
			{
				Kind: status.Maintenance, ID: "2024-04-09-new-network", Title: "New network",
				ScheduledFor: minute("2024-04-09 02:00"), ScheduledUntil: minute("2024-04-09 03:00"),
				Updates: []status.Update{
					written("5e6f7a8b9c0d", "2024-03-28 09:00", status.Scheduled, "We connect a second provider. Nothing should be noticed."),
				},
			},
			{
				ID: "2024-04-02-slow-responses", Title: "Slow responses", Severity: status.Minor, SeverityStated: true,
				Components: []status.Setting{{Component: dashboard}},
				Updates: []status.Update{
					written("4d5e6f7a8b9c", "2024-04-02 01:30", status.Investigating, "Some requests take several seconds."),
				},
			},
		},
	}
	return derive.Derive(site, minute("2024-04-02 02:15").Add(30*time.Second))
}

func written(id, at string, word status.EventStatus, text string) status.Update {
	return status.Update{ID: id, At: minute(at), Status: word, Text: status.Text{Plain: text}}
}

// minute is an instant in UTC.
func minute(text string) time.Time {
	at, err := time.Parse("2006-01-02 15:04", text)
	if err != nil {
		panic(err)
	}
	return at
}
