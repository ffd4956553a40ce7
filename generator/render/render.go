// Package render takes a theme, a snapshot and a site's static files and returns
// the whole output: the routes of page, api, feed and badge, and what depends on
// all of them: aliases, sitemap, robots.txt, header rules and redirects. It
// reports collisions. It never writes a file, and makes no HTML.
package render

import (
	"slices"

	"allclear/generator/api"
	"allclear/generator/badge"
	"allclear/generator/derive"
	"allclear/generator/diag"
	"allclear/generator/feed"
	"allclear/generator/output"
	"allclear/generator/page"
	"allclear/generator/parallel"
	"allclear/generator/source"
)

// Site lays out the whole site. If the list has errors, the output is complete
// but can't be published.
func Site(t *page.Theme, s *derive.Snapshot, static []source.Static) (*output.Output, diag.List) {
	words := t.Catalog()
	lists := []func() []output.Route{
		func() []output.Route { return t.Routes(s) },
		func() []output.Route { return api.Routes(s, words) },
		func() []output.Route { return feed.Routes(s, words) },
		func() []output.Route { return badge.Routes(s, words) },
		func() []output.Route { return sitemap(s.Site, t.Pages(s)) },
		func() []output.Route { return []output.Route{robots(s)} },
		func() []output.Route { return staticRoutes(s.Site, static) },
		func() []output.Route { return aliasRoutes(t, s) },
		func() []output.Route { return t.ComponentAliases(s) },
	}
	made := make([][]output.Route, len(lists))
	parallel.Each(len(lists), func(i int) { made[i] = lists[i]() })
	out := &output.Output{Routes: withoutReplaced(slices.Concat(made...)), Redirects: redirects(s)}
	var found diag.List
	out.Headers, found = headers(out.Routes)
	out.Routes = append(out.Routes, headersFile(out.Headers), redirectsFile(out.Redirects))
	found.Add(unportable(out.Routes)...)
	found.Add(collisions(out.Routes)...)
	return out, found
}

// Rules lists every rule of this package.
func Rules() []*diag.Rule { return rules.All() }

var rules diag.Rules
