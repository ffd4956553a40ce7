// Package badge takes a snapshot and the theme's strings and gives badges: small
// SVG pictures of the status of the site and of each component, and of each
// component's uptime. Beside each picture is the same as JSON, from which
// shields.io draws its own. A badge never loads another file, and says in words
// and by a shape what it says by its colour.
package badge

import (
	"io"
	"slices"

	"allclear/generator/derive"
	"allclear/generator/diag"
	"allclear/generator/language"
	"allclear/generator/output"
	"allclear/generator/status"
	"allclear/generator/tone"
)

// badge is the content of a badge: a label, and a message in a tone.
type badge struct {
	Label, Message string
	Title          string // label and message, for people who don't see the picture
	Tone           tone.Tone
}

// Routes lists the badges: one with the banner of the site, and for each
// component one with its status and one with its uptime over the days that its
// bars show.
func Routes(s *derive.Snapshot, words *language.Catalog) []output.Route {
	m := maker{s, words}
	routes := both("badge", diag.Position{}, m.site)
	for _, c := range s.Components {
		at := c.Component.Position
		for _, path := range c.Paths() {
			routes = append(routes, both(path+"badge", at, func() badge { return m.component(c) })...)
			routes = append(routes, both(path+"uptime", at, func() badge { return m.uptime(c) })...)
		}
	}
	return routes
}

// both is a badge as a picture and as JSON, made when the route is written.
func both(path string, origin diag.Position, make func() badge) []output.Route {
	return []output.Route{
		{Path: path + ".svg", Kind: output.Data, Origin: origin, Shared: true, Write: func(w io.Writer) error { return make().svg(w) }},
		{Path: path + ".json", Kind: output.Data, Origin: origin, Shared: true, Write: func(w io.Writer) error { return make().json(w) }},
	}
}

// maker makes the badges of one snapshot.
type maker struct {
	*derive.Snapshot
	words *language.Catalog
}

func (m maker) badge(label, message string, t tone.Tone) badge {
	label, message = output.Line(label), output.Line(message)
	return badge{label, message, m.words.Text("badge.title", "label", label, "message", message), t}
}

// site is the banner; the title of the picture names the worst open incident,
// for which a badge has no room. An open incident without severity is not an
// alarm, but the badge is not green either.
func (m maker) site() badge {
	t := tone.OfIndicator(m.Banner.Indicator)
	banner := m.words.Text("banner." + string(m.Banner.Message))
	if m.Banner.Speaker == nil {
		return m.badge(m.Site.Title, banner, t)
	}
	if m.Banner.Indicator == status.IndicatorNone {
		t = tone.Notice
	}
	b := m.badge(m.Site.Title, banner, t)
	verdict := m.words.Text("index.verdict", "banner", b.Message, "title", output.Line(m.Banner.Speaker.Title))
	b.Title = m.words.Text("badge.title", "label", b.Label, "message", verdict)
	return b
}

func (m maker) component(c *derive.Component) badge {
	if c.Retired {
		return m.badge(c.UniqueName(m.Site.Language), m.words.Text("badge.retired"), tone.Unknown)
	}
	return m.badge(c.UniqueName(m.Site.Language), m.words.Text("component_status."+c.Status.String()), tone.OfStatus(c.Status))
}

// The uptimes below which a badge of uptime is an alarm: of ninety days, four
// and a half days without service, and nine.
const (
	fair = 0.95
	poor = 0.90
)

// uptime is green only if nothing worse than operational happened on the days,
// and has the tone of an outage that is open now, up to which hour it counts.
func (m maker) uptime(c *derive.Component) badge {
	days := m.Days(c, m.Site.Uptime.Days)
	label := m.words.Count("badge.uptime", len(days), "component", c.UniqueName(m.Site.Language))
	fraction, ok := derive.Uptime(days, m.Site.Uptime)
	if !ok {
		return m.badge(label, m.words.Text("badge.unrecorded"), tone.Unknown)
	}
	t := tone.Operational
	switch {
	case c.Outage():
		t = tone.OfStatus(c.Status)
	case fraction < poor:
		t = tone.Major
	case fraction < fair:
		t = tone.Partial
	case slices.ContainsFunc(days, func(d derive.Day) bool { return d.Worst != status.Operational || d.Noticed }):
		t = tone.Notice
	}
	message := m.words.Percent(fraction)
	if c.Outage() {
		message = m.words.Text("badge.until", "uptime", message, "time", m.words.ShortClock(m.At))
	}
	return m.badge(label, message, t)
}
