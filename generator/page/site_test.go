package page

import (
	"bytes"
	"os"
	"strings"
	"testing"
	"time"

	"allclear/generator/derive"
	"allclear/generator/diag"
	"allclear/generator/output"
	"allclear/generator/status"
)

// at reads an instant as content writes it: "2022-12-01 04:03".
func at(text string) time.Time {
	t, err := time.Parse("2006-01-02 15:04", text)
	if err != nil {
		panic(err)
	}
	return t
}

// said is an update with a paragraph of text.
func said(when string, s status.EventStatus, text string) status.Update {
	u := status.Update{ID: strings.NewReplacer(" ", "-", ":", "").Replace(when), At: at(when), Status: s}
	if text != "" {
		u.Text = status.Text{HTML: "<p>" + text + "</p>\n", Plain: text}
	}
	return u
}

// incident is an event of one severity over components.
func incident(id, title string, severity status.Severity, components []*status.Component, updates ...status.Update) *status.Event {
	e := &status.Event{
		Kind: status.Incident, ID: id, Title: title, Severity: severity, SeverityStated: true, Updates: updates,
		Position: diag.Position{File: "content/incidents/" + id + ".md", Line: 2},
	}
	for _, c := range components {
		e.Components = append(e.Components, status.Setting{Component: c})
	}
	return e
}

// maintenance is planned between two instants.
func maintenance(id, title, from, until string, components []*status.Component, updates ...status.Update) *status.Event {
	e := incident(id, title, status.None, components, updates...)
	e.Kind, e.SeverityStated = status.Maintenance, false
	e.ScheduledFor, e.ScheduledUntil = at(from), at(until)
	return e
}

// siteOf is a site with three components at top level and two in a group.
func siteOf(events ...*status.Event) *status.Site {
	s := &status.Site{
		Title: "Example", URL: "https://status.example.com", Zone: time.UTC, Language: "en", Theme: "default",
		HistoryDays: 7, Uptime: status.UptimeRule{Days: 90, PartialOutage: 0.3, MajorOutage: 1},
		Links:  []status.Link{{Name: "Support", URL: "https://example.com/support"}},
		Events: events,
	}
	group := &status.Group{ID: "india", Name: "India"}
	for i, id := range []string{"api", "dashboard", "reports", "sdk", "webhooks"} {
		c := &status.Component{ID: id, Name: strings.ToUpper(id[:1]) + id[1:], Index: i, StartDate: at("2022-01-01 00:00")}
		s.Components = append(s.Components, c)
		if i < 3 {
			s.Items = append(s.Items, status.Item{Component: c})
			continue
		}
		c.Group = group
		group.Components = append(group.Components, c)
	}
	s.Items = append(s.Items, status.Item{Group: group})
	return s
}

// siteWith is that site with events, which may name components of another
// site like it.
func siteWith(events ...*status.Event) *status.Site {
	s := siteOf(events...)
	for _, e := range events {
		for i, setting := range e.Components {
			e.Components[i].Component = s.Components[setting.Component.Index]
		}
	}
	return s
}

// snapshot is the site as it is at an instant.
func snapshot(s *status.Site, now string) *derive.Snapshot {
	return derive.Derive(s, at(now))
}

// defaultTheme is the theme that is built in.
func defaultTheme(t testing.TB) *Theme {
	t.Helper()
	theme, found := Load(nil, os.DirFS("../../themes/default"), "default", "en")
	if len(found) > 0 {
		t.Fatalf("the default theme has mistakes: %v", found)
	}
	return theme
}

// inEnglish is the default theme's only localization.
func inEnglish(t testing.TB) *Localization { return defaultTheme(t).localizations[0] }

// written is what a route writes.
func written(t testing.TB, routes []output.Route, path string) string {
	t.Helper()
	for _, r := range routes {
		if r.Path == path {
			var b bytes.Buffer
			if err := r.Write(&b); err != nil {
				t.Fatalf("%s: %v", path, err)
			}
			return b.String()
		}
	}
	t.Fatalf("the site has no %s", path)
	return ""
}
