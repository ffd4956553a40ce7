package page

import (
	"reflect"

	"allclear/generator/derive"
	"allclear/generator/diag"
	"allclear/generator/output"
	"allclear/generator/status"
)

// EmbedPage is the status in a frame of another site, embed.html.
type EmbedPage struct {
	Base
	EmbedState
	Forecast []EmbedForecast
}

// EmbedState is what the frame says.
type EmbedState struct {
	Banner Banner
	Home   string // the link to the index
	Events []Link // the incident that the banner is about, then the next worse ones, then running maintenance
	More   string // "and 3 more", if there are more
}

// EmbedForecast is what the frame will say from an instant on.
type EmbedForecast struct {
	From string // RFC 3339
	EmbedState
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
	l = l.beside(s.At)
	p := EmbedPage{Base: l.base(s, top+prefix, ""), EmbedState: l.embedState(s, top, top+prefix)}
	p.Title, p.Live, p.AsOf = l.verdict(s), true, l.asOf(s)
	p.Shell = p.withIcon(s.Site, p.Banner.Tone)
	now := p.EmbedState
	for _, later := range s.Forecast() {
		if next := l.embedState(later, top, top+prefix); !reflect.DeepEqual(next, now) {
			p.Forecast = append(p.Forecast, EmbedForecast{From: l.catalog.ISO(later.At), EmbedState: next})
			now = next
		}
	}
	return p
}

// embedState is what the page says; up leads to the index of its language.
func (l *Localization) embedState(s *derive.Snapshot, top, up string) EmbedState {
	e := EmbedState{Banner: l.banner(s, top, up), Home: indexLink(up)}
	e.Banner.Worst, e.Banner.Changed = nil, Time{}
	open := append(openIncidents(s), events(s, (*derive.Event).Active)...)
	shown := open[:min(len(open), maxEmbedded)]
	for _, event := range shown {
		e.Events = append(e.Events, *l.eventLink(up, event))
	}
	if rest := len(open) - len(shown); rest > 0 {
		e.More = l.catalog.Count("index.more", rest)
	}
	return e
}

// maxEmbedded is how many open events the page for frames lists.
const maxEmbedded = 3
