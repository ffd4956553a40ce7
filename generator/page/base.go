package page

import (
	"strings"
	"time"

	"allclear/generator/derive"
	"allclear/generator/status"
)

// base is the common part of a page: root leads from it to the site's root,
// path is where it stands ("" for the index).
func (t *Theme) base(s *derive.Snapshot, root, path string) Base {
	b := Base{
		Root: root, Home: root, History: root + status.HistoryPath, Uptimes: root + status.UptimePath,
		Language: s.Site.Language, Direction: t.catalog.Direction(),
		Site:       s.Site.Title,
		Canonical:  s.Site.Absolute(path),
		ColorLight: t.settings.light, ColorDark: t.settings.dark,
	}
	if b.Home == "" {
		b.Home = "./"
	}
	for _, link := range s.Site.Links {
		b.Links = append(b.Links, Link(link))
	}
	return b
}

// root is what leads from the page of a path up to the site's root.
func root(path string) string { return strings.Repeat("../", strings.Count(path, "/")) }

func (t *Theme) notFound(s *derive.Snapshot) NotFoundPage {
	b := t.base(s, s.Site.BasePath(), "")
	b.Canonical = ""
	b.Title = t.catalog.Text("notfound.title")
	return NotFoundPage{b}
}

func (t *Theme) time(at time.Time) Time {
	return Time{Text: t.catalog.DateTime(at), ISO: t.catalog.ISO(at)}
}

func (t *Theme) date(at time.Time) Time {
	return Time{Text: t.catalog.Date(at), ISO: at.Format(time.DateOnly)}
}

// componentStatus is a component's status in words.
func (t *Theme) componentStatus(s status.ComponentStatus) Label {
	switch s {
	case status.UnderMaintenance:
		return Label{t.catalog.Text("component_status.under_maintenance"), "maintenance"}
	case status.DegradedPerformance:
		return Label{t.catalog.Text("component_status.degraded_performance"), "degraded"}
	case status.PartialOutage:
		return Label{t.catalog.Text("component_status.partial_outage"), "partial"}
	case status.MajorOutage:
		return Label{t.catalog.Text("component_status.major_outage"), "major"}
	}
	return Label{t.catalog.Text("component_status.operational"), "operational"}
}

// impact is how bad an event is: an incident's severity, or that it is a
// maintenance.
func (t *Theme) impact(e *derive.Event) Label {
	if e.Kind == status.Maintenance {
		return Label{t.catalog.Text("severity.maintenance"), "maintenance"}
	}
	switch e.Severity {
	case status.Minor:
		return Label{t.catalog.Text("severity.minor"), "degraded"}
	case status.Major:
		return Label{t.catalog.Text("severity.major"), "partial"}
	case status.Critical:
		return Label{t.catalog.Text("severity.critical"), "major"}
	}
	return Label{t.catalog.Text("severity.none"), "operational"}
}

// eventStatus is the status of an event or an update in a word.
func (t *Theme) eventStatus(s status.EventStatus) string {
	return t.catalog.Text("event_status." + s.String())
}

// names joins the components of an event; more than three are "A, B, C and 5
// more". Two of one name are told apart by their groups.
func (t *Theme) names(affected []derive.Affected) string {
	count := map[string]int{}
	for _, a := range affected {
		count[a.Component.Name]++
	}
	var names []string
	for i, a := range affected {
		if i == 3 {
			names = append(names, t.catalog.Count("list.more", len(affected)-i))
			break
		}
		name := a.Component.Name
		if count[name] > 1 {
			name = a.Component.FullName()
		}
		names = append(names, name)
	}
	if len(names) == 0 {
		return ""
	}
	return t.catalog.List(names)
}
