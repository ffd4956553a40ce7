package page

import (
	"allclear/generator/derive"
	"allclear/generator/diag"
	"allclear/generator/output"
	"allclear/generator/status"
)

// EmbedPage is the status in a frame of another site, embed.html.
type EmbedPage struct {
	Base
	Banner Banner
	Events []Link // the newest open incidents and running maintenance
}

// embedRoute is the page for frames of other sites. The pages of all languages
// are below one folder, since a header rule allows frames for a whole folder.
func (l *Localization) embedRoute(s *derive.Snapshot) output.Route {
	route := l.route(status.File(status.EmbedPath+s.Site.Prefix(l.language)), diag.Position{}, "embed.html", func() any { return l.embed(s) })
	route.Shared = true
	return route
}

func (l *Localization) embed(s *derive.Snapshot) EmbedPage {
	prefix := s.Site.Prefix(l.language)
	top := upFrom(status.EmbedPath + prefix)
	p := EmbedPage{Base: l.base(s, top+prefix, ""), Banner: l.banner(s, top, "")}
	p.Title, p.Icon, p.Live = l.catalog.Text("index.title"), p.Banner.Icon, true
	p.Banner.Speaker = nil // it is among the events
	for _, e := range openEvents(s, func(e *derive.Event) bool { return !e.Upcoming() }) {
		if len(p.Events) == maxEmbedded {
			break
		}
		p.Events = append(p.Events, *l.eventLink(p.Home, e))
	}
	return p
}

// maxEmbedded is how many open events the page for frames lists.
const maxEmbedded = 3
