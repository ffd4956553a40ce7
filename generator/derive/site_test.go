package derive

import (
	"testing"
	"time"

	"allclear/generator/status"
)

// at parses an instant in UTC: 2026-05-01 10:00.
func at(t testing.TB, text string) time.Time {
	t.Helper()
	instant, err := time.Parse("2006-01-02 15:04", text)
	if err != nil {
		t.Fatal(err)
	}
	return instant
}

func zone(t testing.TB, name string) *time.Location {
	t.Helper()
	z, err := time.LoadLocation(name)
	if err != nil {
		t.Fatal(err)
	}
	return z
}

// newSite is a site in UTC with some components.
func newSite(components ...string) *status.Site {
	site := &status.Site{Title: "Example", URL: "https://status.example.com", Zone: time.UTC, Uptime: status.UptimeRule{Days: 90, PartialOutage: 0.3, MajorOutage: 1}}
	for i, id := range components {
		c := &status.Component{ID: id, Name: id, Index: i}
		site.Components = append(site.Components, c)
		site.Items = append(site.Items, status.Item{Component: c})
	}
	return site
}

// incident adds an incident that affects all components, according to its
// severity.
func incident(site *status.Site, id string, severity status.Severity, updates ...status.Update) *status.Event {
	e := &status.Event{ID: id, Title: id, Severity: severity, SeverityStated: true, Updates: updates}
	for _, c := range site.Components {
		e.Components = append(e.Components, status.Setting{Component: c})
	}
	site.Events = append(site.Events, e)
	return e
}

func update(s status.EventStatus, at time.Time) status.Update {
	return status.Update{Status: s, At: at}
}

func interim(at time.Time) status.Update { return status.Update{Interim: true, At: at} }

// withSettings is an update that sets components by hand.
func withSettings(u status.Update, settings ...status.Setting) status.Update {
	u.Settings = settings
	return u
}
