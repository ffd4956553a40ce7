package statuspage

import (
	"net/url"
	"slices"

	"allclear/generator/check"
	"allclear/generator/status"
)

// addresses keeps the old addresses of an event: Statuspage's own, and that of
// its shortlink if the page's host answers it.
func (s *statuspage) addresses(l *latest, e *event) {
	add := func(path string) {
		alias := status.Alias{Path: path}
		if check.IsAlias(path) && !slices.Contains(e.Aliases, alias) {
			e.Aliases = append(e.Aliases, alias)
		}
	}
	if e.APIID != "" {
		add("/incidents/" + e.APIID)
	}
	page, err := url.Parse(string(s.page.URL))
	short, other := url.Parse(string(l.Shortlink))
	if err == nil && other == nil && short.Host != "" && short.Host == page.Host {
		add(short.Path)
	}
}
