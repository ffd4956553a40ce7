package page

import (
	"strconv"
	"strings"
	"time"

	"allclear/generator/derive"
	"allclear/generator/language"
	"allclear/generator/status"
	"allclear/generator/tone"
)

// base is the common part of a page: up leads from it to the index of its
// language, and path from there to the page ("" for the index).
func (l *Localization) base(s *derive.Snapshot, up, path string) Base {
	prefix := s.Site.Prefix(l.language)
	b := Base{
		Shell: Shell{
			Root: up + upFrom(prefix), Home: indexLink(up), History: up + status.HistoryPath, Uptimes: up + status.UptimePath,
			Subscribe: up + status.SubscribePath, Zone: zoneName(s.Site.Zone),
			Language: l.language, Direction: l.catalog.Direction(),
			Site:       l.siteTitle(s.Site),
			ColorLight: l.settings.light, ColorDark: l.settings.dark,
		},
		Canonical: s.Site.Absolute(prefix + path),
	}
	b.Feeds = Feeds{
		Atom:     b.Root + "history.atom",
		RSS:      b.Root + "history.rss",
		JSON:     b.Root + "feed.json",
		Calendar: b.Root + "maintenance.ics",
	}
	b.Shell = b.withIcon(s.Site, "")
	if s.Site.Logo != "" {
		b.Logo, b.LogoDark = b.Root+s.Site.Logo, b.Root+s.Site.LogoDark
	}
	if s.Site.CSS != "" {
		b.Style = b.Root + s.Site.CSS
	}
	if s.Site.Freshness > 0 {
		b.Freshness = strconv.Itoa(int(s.Site.Freshness / time.Second))
	}
	b.Links = l.siteLinks(s.Site.Links)
	for i, link := range b.Links {
		if s.Site.Links[i].Header {
			b.HeaderLinks = append(b.HeaderLinks, link)
		}
	}
	for i, tag := range s.Site.Languages {
		at := s.Site.Prefix(tag) + path
		b.Languages = append(b.Languages, Language{
			Name: language.Name(tag), Tag: tag, Direction: language.Direction(tag),
			URL: indexLink(b.Root + at), Absolute: s.Site.Absolute(at), Current: tag == l.language,
		})
		if i == 0 {
			b.XDefault = s.Site.Absolute(at)
		}
	}
	return b
}

// siteLinks are links of site.yaml in the page's language.
func (l *Localization) siteLinks(links []status.Link) []SiteLink {
	var own []SiteLink
	for _, link := range links {
		own = append(own, SiteLink{Name: link.Names.In(l.language, link.Name), URL: link.URL})
	}
	return own
}

// zoneName is a zone's IANA name, or UTC for that.
func zoneName(zone *time.Location) string {
	if zone.String() == "Etc/UTC" {
		return "UTC"
	}
	return zone.String()
}

// indexLink is a link to the index, which must not be empty.
func indexLink(link string) string {
	if link == "" {
		return "./"
	}
	return link
}

// upFrom leads from the page of a path up to where the path begins: "../../".
func upFrom(path string) string { return strings.Repeat("../", strings.Count(path, "/")) }

func (l *Localization) notFound(s *derive.Snapshot) NotFoundPage {
	b := l.base(s, s.Site.BasePath(), "")
	b.Canonical, b.XDefault = "", ""
	for i := range b.Languages {
		b.Languages[i].Absolute = ""
	}
	b.Title = l.catalog.Text("notfound.title")
	return NotFoundPage{b}
}

// statusOf is the present status of a component in words. One that an open
// incident names is not green, though it is operational.
func (l *Localization) statusOf(c *derive.Component) Label {
	if c.Noticed {
		return l.noticed()
	}
	return l.componentStatus(c.Status)
}

func (l *Localization) noticed() Label {
	return Label{l.catalog.Text("component_status.noticed"), tone.Notice.Name}
}

// componentStatus is a component's status in words.
func (l *Localization) componentStatus(s status.ComponentStatus) Label {
	return Label{l.catalog.Text("component_status." + s.String()), tone.OfStatus(s).Name}
}

// impact is how bad an event is: an incident's severity, or that it is a
// maintenance.
func (l *Localization) impact(e *derive.Event) Label {
	if e.Kind == status.Maintenance {
		return Label{l.catalog.Text("severity.maintenance"), impactTone(e).Name}
	}
	return Label{l.catalog.Text("severity." + e.Severity.String()), impactTone(e).Name}
}

// impactTone is never that of all being well.
func impactTone(e *derive.Event) tone.Tone {
	switch {
	case e.Kind == status.Maintenance:
		return tone.Maintenance
	case e.Severity == status.None:
		return tone.Notice
	}
	return tone.OfStatus(e.Severity.ComponentStatus())
}

// eventLabel is the status of an event or of an update where it stands alone.
func (l *Localization) eventLabel(s status.EventStatus) string {
	return l.catalog.Text("event_label." + s.String())
}

// eventStatus is the same within a sentence.
func (l *Localization) eventStatus(s status.EventStatus) string {
	return l.catalog.Text("event_status." + s.String())
}

// names joins the names of an event's components; more than four are "A, B, C and
// 5 more".
func (l *Localization) names(affected []derive.Affected) string {
	var names []string
	for i, a := range affected {
		if i == inSight(len(affected), 3) {
			names = append(names, l.catalog.Count("list.more", len(affected)-i))
			break
		}
		names = append(names, l.uniqueName(a.Component.Component))
	}
	if len(names) == 0 {
		return ""
	}
	return l.catalog.List(names)
}
