package feed

import (
	"io"
	"sync"

	"allclear/generator/derive"
	"allclear/generator/diag"
	"allclear/generator/language"
	"allclear/generator/output"
	"allclear/generator/status"
)

// The paths of the site's files. A component's files have the same names below
// its own path.
const (
	atomPath     = "history.atom"
	rssPath      = "history.rss"
	jsonPath     = "feed.json"
	calendarPath = "maintenance.ics"
	statusPath   = "status.txt"
)

// maker makes the files of one snapshot.
type maker struct {
	*derive.Snapshot
	words *language.Catalog
	dates func() dates
}

// name is a component's name where it stands without its group.
func (m maker) name(c *status.Component) string {
	return output.Line(c.UniqueName(m.Site.Language))
}

// Routes lists the feeds, the calendars and status.txt. Each is made only when
// its route is written.
func Routes(s *derive.Snapshot, words *language.Catalog) []output.Route {
	m := maker{s, words, sync.OnceValue(func() dates { return datesOf(s) })}
	routes := []output.Route{
		route(atomPath, diag.Position{}, func(w io.Writer) error { return m.history(atomPath).atom(w) }),
		route(rssPath, diag.Position{}, func(w io.Writer) error { return m.history(rssPath).rss(w) }),
		route(jsonPath, diag.Position{}, func(w io.Writer) error { return m.history(jsonPath).json(w) }),
		route(calendarPath, diag.Position{}, func(w io.Writer) error { return m.calendar().write(w) }),
		route(statusPath, diag.Position{}, m.statusText),
	}
	for _, c := range s.Components {
		at := c.Component.Position
		for _, path := range c.Paths() {
			routes = append(routes,
				route(path+atomPath, at, func(w io.Writer) error { return m.componentHistory(c).atom(w) }),
				route(path+calendarPath, at, func(w io.Writer) error { return m.componentCalendar(c).write(w) }),
			)
		}
	}
	return routes
}

func route(path string, origin diag.Position, write func(io.Writer) error) output.Route {
	return output.Route{Path: path, Kind: output.Data, Origin: origin, Shared: true, Write: write}
}
