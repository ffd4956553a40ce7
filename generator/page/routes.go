package page

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"allclear/generator/derive"
	"allclear/generator/diag"
	"allclear/generator/output"
	"allclear/generator/parallel"
	"allclear/generator/status"
)

// Assets is the folder in which a theme's static files are served.
const Assets = "assets/"

// Routes lists the site's pages in every language, aliases aside, and what a
// site has once: the page for paths that lead nowhere, and the theme's static
// files.
func (t *Theme) Routes(s *derive.Snapshot) []output.Route {
	byLanguage := make([][]output.Route, len(t.localizations))
	parallel.Each(len(byLanguage), func(i int) { byLanguage[i] = t.localizations[i].routes(s) })
	routes := slices.Concat(byLanguage...)
	routes[0].Kind = output.EntryPoint
	for _, a := range t.static {
		routes = append(routes, a.route())
	}
	for _, l := range t.localizations {
		routes = append(routes, l.pictures(s)...)
	}
	return routes
}

// routes lists the pages in one language.
func (l *Localization) routes(s *derive.Snapshot) []output.Route {
	routes := l.pageRoutes(s)
	if prefix := s.Site.Prefix(l.language); prefix != "" {
		for i := range routes {
			routes[i].Path = prefix + routes[i].Path
		}
	} else {
		routes = append(routes, l.route("404.html", diag.Position{}, "404.html", func() any { return l.notFound(s) }))
	}
	return append(routes, l.embedRoute(s))
}

// pageRoutes lists the pages that stand below each language's folder, the
// index first.
func (l *Localization) pageRoutes(s *derive.Snapshot) []output.Route {
	months := Months(s)
	routes := make([]output.Route, 0, len(s.Events)+len(s.Components)+len(months)+len(l.static)+10)
	routes = append(routes, l.route(status.File(""), diag.Position{}, "index.html", func() any { return l.index(s) }))
	for _, e := range s.Events {
		routes = append(routes, l.route(status.File(e.Path()), l.position(e), "event.html", func() any { return l.event(s, e) }))
	}
	for _, c := range s.Components {
		routes = append(routes, l.route(status.File(c.Path()), c.Component.Position, "component.html", func() any { return l.component(s, c) }))
	}
	routes = append(routes, l.route(status.File(status.HistoryPath), diag.Position{}, "history.html",
		func() any { return l.history(s, months) }))
	for i, m := range months {
		routes = append(routes, l.route(status.File(m.Path), diag.Position{}, "month.html",
			func() any { return l.month(s, months, i) }))
	}
	routes = append(routes, l.route(status.File(status.UptimePath), diag.Position{}, "uptime.html",
		func() any { return l.uptimePage(s) }))
	return routes
}

// Alias is the page that stands at an old path of an event, file being the
// one that it is served from.
func (t *Theme) Alias(s *derive.Snapshot, e *derive.Event, alias status.Alias, file string) output.Route {
	l := t.localizations[0]
	return l.route(file, alias.Position, "alias.html", func() any {
		b := l.base(s, s.Site.BasePath(), e.Path())
		b.Title = l.title(e)
		return AliasPage{Base: b, Target: Link{Name: b.Title, URL: b.Root + e.Path()}}
	})
}

// route is a page. What it is given is made when it is written, so that the
// preview pays for the one page that it is asked for.
func (l *Localization) route(path string, origin diag.Position, name string, given func() any) output.Route {
	return output.Route{Path: path, Kind: output.Page, Origin: origin, Write: func(w io.Writer) error {
		pages, found := l.pages()
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
