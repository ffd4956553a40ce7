// Package render takes a theme, a snapshot and a site's static files and gives
// the whole output: the routes of page, api and their neighbours, and what
// joins them: old paths, sitemap, robots.txt, header rules and redirects. It
// writes nothing, and makes no page of its own.
package render

import (
	"allclear/generator/api"
	"allclear/generator/badge"
	"allclear/generator/derive"
	"allclear/generator/diag"
	"allclear/generator/feed"
	"allclear/generator/output"
	"allclear/generator/page"
	"allclear/generator/source"
)

// Edition is the pages of a site in one of its further languages.
type Edition struct {
	Theme    *page.Theme
	Snapshot *derive.Snapshot
}

// Site is the site as it comes out: everything in the default language, and
// the pages in the further ones. The output is whole even where the list has
// errors, but it can't be published then.
func Site(t *page.Theme, s *derive.Snapshot, static []source.Static, further ...Edition) (*output.Output, diag.List) {
	out := &output.Output{}
	out.Routes = append(out.Routes, t.Routes(s)...)
	for _, e := range further {
		out.Routes = append(out.Routes, e.Theme.Routes(e.Snapshot)...)
	}
	out.Routes = append(out.Routes, api.Routes(s)...)
	out.Routes = append(out.Routes, feed.Routes(s, t.Catalog())...)
	out.Routes = append(out.Routes, badge.Routes(s, t.Catalog())...)
	out.Routes = append(out.Routes, sitemap(s)...)
	out.Routes = append(out.Routes, robots(s))
	out.Routes = append(out.Routes, staticRoutes(static)...)
	out.Routes = append(out.Routes, aliasRoutes(t, s)...)
	out.Redirects = redirects(s)
	out.Headers = headers(out.Routes)
	out.Routes = append(out.Routes, headersFile(out.Headers), redirectsFile(out.Redirects))
	return out, collisions(out.Routes)
}

// Rules lists every rule that this package checks.
func Rules() []*diag.Rule { return []*diag.Rule{ruleCollision} }
