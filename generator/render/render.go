// Package render takes a theme, a snapshot and a site's static files and gives
// the whole output: the routes of page, api and their neighbours, and what
// joins them: old paths, sitemap, robots.txt, header rules and redirects. It
// writes nothing, and makes no page of its own.
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

// Edition is the pages of a site in one of its further languages.
type Edition struct {
	Theme    *page.Theme
	Snapshot *derive.Snapshot
}

// Site is the site as it comes out: everything in the default language, and
// the pages in the further ones. The output is whole even where the list has
// errors, but it can't be published then. last is an output without errors
// that was made before, or nil.
func Site(t *page.Theme, s *derive.Snapshot, static []source.Static, last *output.Output, further ...Edition) (*output.Output, diag.List) {
	lists := []func() []output.Route{func() []output.Route { return t.Routes(s) }}
	for _, e := range further {
		lists = append(lists, func() []output.Route { return e.Theme.Routes(e.Snapshot) })
	}
	lists = append(lists,
		func() []output.Route { return api.Routes(s) },
		func() []output.Route { return feed.Routes(s, t.Catalog()) },
		func() []output.Route { return badge.Routes(s, t.Catalog()) },
		func() []output.Route { return sitemap(s) },
		func() []output.Route { return []output.Route{robots(s)} },
		func() []output.Route { return staticRoutes(static) },
		func() []output.Route { return aliasRoutes(t, s) },
	)
	made, total := make([][]output.Route, len(lists)), 2 // with the two at the end
	parallel.Each(len(lists), func(i int) { made[i] = lists[i]() })
	for _, routes := range made {
		total += len(routes)
	}
	out := &output.Output{Routes: make([]output.Route, 0, total), Redirects: redirects(s)}
	for _, routes := range made {
		out.Routes = append(out.Routes, routes...)
	}
	alike := last != nil && sameFiles(out.Routes, last.Routes[:len(last.Routes)-2])
	if alike {
		out.Headers = last.Headers
	} else {
		out.Headers = headers(out.Routes)
	}
	out.Routes = append(out.Routes, headersFile(out.Headers), redirectsFile(out.Redirects))
	if alike {
		return out, nil
	}
	return out, collisions(out.Routes)
}

// sameFiles reports whether routes differ in what they say alone, and neither
// in their headers nor in what collides.
func sameFiles(a, b []output.Route) bool {
	return slices.EqualFunc(a, b, func(a, b output.Route) bool { return a.Path == b.Path && a.Kind == b.Kind })
}

// Rules lists every rule that this package checks.
func Rules() []*diag.Rule { return []*diag.Rule{ruleCollision} }
