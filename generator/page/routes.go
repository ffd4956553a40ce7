package page

import (
	"fmt"
	"io"
	"strings"

	"allclear/generator/derive"
	"allclear/generator/diag"
	"allclear/generator/output"
	"allclear/generator/status"
)

// Assets is the folder in which a theme's static files are served.
const Assets = "assets/"

// Routes lists the site's pages in the theme's language, aliases aside. With
// those in the default language come what a site has once: the page for paths
// that lead nowhere, and the theme's static files.
func (t *Theme) Routes(s *derive.Snapshot) []output.Route {
	routes := t.pageRoutes(s)
	if prefix := s.Site.Prefix(); prefix != "" {
		for i := range routes {
			routes[i].Path = prefix + routes[i].Path
		}
		return append(append(routes, t.embedRoute(s)), t.pictures(s)...)
	}
	routes[0].Kind = output.EntryPoint
	routes = append(routes, t.route("404.html", diag.Position{}, "404.html", func() any { return t.notFound(s) }))
	routes = append(routes, t.embedRoute(s))
	for _, a := range t.static {
		routes = append(routes, a.route())
	}
	return append(routes, t.pictures(s)...)
}

// pageRoutes lists the pages that stand below each language's folder, the
// index first.
func (t *Theme) pageRoutes(s *derive.Snapshot) []output.Route {
	months := Months(s)
	routes := make([]output.Route, 0, len(s.Events)+len(s.Components)+len(months)+len(t.static)+10)
	routes = append(routes, t.route(status.File(""), diag.Position{}, "index.html", func() any { return t.index(s) }))
	for _, e := range s.Events {
		routes = append(routes, t.route(status.File(e.Path()), e.Position, "event.html", func() any { return t.event(s, e) }))
	}
	for _, c := range s.Components {
		routes = append(routes, t.route(status.File(c.Path()), c.Component.Position, "component.html", func() any { return t.component(s, c) }))
	}
	routes = append(routes, t.route(status.File(status.HistoryPath), diag.Position{}, "history.html",
		func() any { return t.history(s, months) }))
	for i, m := range months {
		routes = append(routes, t.route(status.File(m.Path), diag.Position{}, "month.html",
			func() any { return t.month(s, months, i) }))
	}
	routes = append(routes, t.route(status.File(status.UptimePath), diag.Position{}, "uptime.html",
		func() any { return t.uptimePage(s) }))
	return routes
}

// Alias is the page that stands at an old path of an event, file being the
// one that it is served from.
func (t *Theme) Alias(s *derive.Snapshot, e *derive.Event, alias status.Alias, file string) output.Route {
	return t.route(file, alias.Position, "alias.html", func() any {
		b := t.base(s, s.Site.BasePath(), e.Path())
		b.Title = e.Title
		return AliasPage{Base: b, Target: Link{Name: e.Title, URL: b.Root + e.Path()}}
	})
}

// route is a page. What it is given is made when it is written, so that the
// preview pays for the one page that it is asked for.
func (t *Theme) route(path string, origin diag.Position, name string, given func() any) output.Route {
	return output.Route{Path: path, Kind: output.Page, Origin: origin, Write: func(w io.Writer) error {
		pages, found := t.pages()
		if found.HasErrors() {
			return fmt.Errorf("%s: %s", found[0].Position, found[0].Message)
		}
		return pages[name].Execute(w, given())
	}}
}

// route is a static file of the theme.
func (a asset) route() output.Route {
	path := Assets + strings.TrimPrefix(a.path, "static/")
	return output.Route{Path: path, Kind: output.Asset, Origin: a.position(), Write: func(w io.Writer) error {
		_, err := w.Write(a.data)
		return err
	}}
}
