package page

import (
	"fmt"
	"html/template"
	"io"
	"slices"
	"time"

	"allclear/generator/derive"
	"allclear/generator/diag"
	"allclear/generator/output"
	"allclear/generator/parallel"
	"allclear/generator/status"
)

// Assets is the folder in which a theme's static files are served.
const Assets = "assets/"

// Page is a page that exists in each of the site's languages. Routes and sitemap
// are made from the one list of them, which the unexported method pages declares.
type Page struct {
	Path    string    // below the folder of each language: history/2022/12/; empty for the index
	Changed time.Time // the newest update on the page; zero if it has none
	Month   time.Time // for a page of one month of the history, an instant in it, the same for all its pages; else zero

	origin diag.Position
	write  func(io.Writer) error
}

// Pages lists the pages that a search engine should know, in the site's
// default language.
func (t *Theme) Pages(s *derive.Snapshot) []Page { return t.localizations[0].pages(s) }

// Routes lists the site's pages in every language, except for aliases, and what
// a site has only once: the page for paths that do not exist, and the theme's
// static files.
func (t *Theme) Routes(s *derive.Snapshot) []output.Route {
	byLanguage := make([][]output.Route, len(t.localizations))
	parallel.Each(len(byLanguage), func(i int) { byLanguage[i] = t.localizations[i].routes(s) })
	routes := slices.Concat(byLanguage...)
	routes[0].Kind = output.EntryPoint
	for _, a := range t.static {
		routes = append(routes, a.route(s.Site))
	}
	routes = append(routes, t.icons(s)...)
	for _, l := range t.localizations {
		routes = append(routes, l.pictures(s)...)
	}
	return routes
}

// routes lists the pages in one language.
func (l *Localization) routes(s *derive.Snapshot) []output.Route {
	pages, prefix := l.pages(s), s.Site.Prefix(l.language)
	routes := make([]output.Route, 0, len(pages)+len(l.static)+2)
	for _, p := range pages {
		routes = append(routes, output.Route{Path: prefix + status.File(p.Path), Kind: output.Page, Origin: p.origin, Write: p.write})
	}
	if prefix == "" {
		routes = append(routes, l.route("404.html", diag.Position{}, "404.html", func() any { return l.notFound(s) }))
	}
	routes = append(routes, l.withdrawn(s)...)
	routes = append(routes, l.searchRoutes(s)...)
	return append(routes, l.embedRoute(s))
}

// pages lists the pages that are below each language's folder, the index first.
func (l *Localization) pages(s *derive.Snapshot) []Page {
	pages := make([]Page, 0, len(s.Events)+len(s.Components)+len(l.own)+4)
	add := func(p Page, template string, given func() any) {
		p.write = l.writer(template, given)
		pages = append(pages, p)
	}
	add(Page{Changed: s.Updated}, "index.html", func() any { return l.index(s) })
	add(Page{Path: status.UptimePath, Changed: s.Updated}, "uptime.html", func() any { return l.uptimePage(s) })
	add(Page{Path: status.SubscribePath}, "subscribe.html", func() any { return l.subscribe(s) })
	for _, c := range s.Components {
		add(Page{Path: c.Path(), Changed: lastChange(c.Events, c.CreatedAt), origin: c.Component.Position},
			"component.html", func() any { return l.component(s, c) })
	}
	l.historyPages(s, add)
	for _, e := range s.Events {
		add(Page{Path: e.Path(), Changed: e.UpdatedAt, Month: status.StartOfMonth(e.CreatedAt), origin: l.position(e)},
			"event.html", func() any { return l.event(s, e) })
	}
	for _, f := range l.own {
		pages = append(pages, Page{Path: ownPath(f.path), Changed: s.Updated, origin: f.position(), write: l.ownPage(s, f)})
	}
	return pages
}

// lastChange is when the newest update of some events was, or a given instant
// if there are none.
func lastChange(events []*derive.Event, none time.Time) time.Time {
	if len(events) == 0 {
		return none
	}
	return slices.MaxFunc(events, func(a, b *derive.Event) int { return a.UpdatedAt.Compare(b.UpdatedAt) }).UpdatedAt
}

// Alias are the pages at an old path of an event: one, which is served from a file,
// and, if a page of an event was there, one in each further language.
func (t *Theme) Alias(s *derive.Snapshot, e *derive.Event, alias status.Alias, file string) []output.Route {
	l := t.localizations[0]
	routes := []output.Route{l.alias(s, file, alias.Position, l.title(e), e.Path())}
	if old, ok := alias.OfEvent(); ok {
		for _, l := range t.localizations[1:] {
			file := status.File(s.Site.Prefix(l.language) + old)
			routes = append(routes, l.alias(s, file, alias.Position, l.title(e), e.Path()))
		}
	}
	return routes
}

// AnnouncementAlias is the page at an old path of an announcement. It leads to the
// month in which that began.
func (t *Theme) AnnouncementAlias(s *derive.Snapshot, a *status.Announcement, alias status.Alias, file string) output.Route {
	return t.localizations[0].alias(s, file, alias.Position, a.Title, status.MonthPath(a.From))
}

// ComponentAliases are the pages at the old paths of components.
func (t *Theme) ComponentAliases(s *derive.Snapshot) []output.Route {
	var routes []output.Route
	olds := s.Site.OldPaths()
	for _, l := range t.localizations {
		for _, c := range s.Site.Components {
			for _, old := range olds[c] {
				file := status.File(s.Site.Prefix(l.language) + old)
				routes = append(routes, l.alias(s, file, c.Position, l.uniqueName(c), c.Path()))
			}
		}
	}
	return routes
}

// alias is a page that leads on to the one at a path.
func (l *Localization) alias(s *derive.Snapshot, file string, origin diag.Position, title, path string) output.Route {
	return l.route(file, origin, "alias.html", func() any {
		b := l.base(s, s.Site.BasePath()+s.Site.Prefix(l.language), path)
		b.Title, b.Root = title, s.Site.BasePath()
		return AliasPage{Base: b, Target: Link{Name: title, URL: s.Site.BasePath() + s.Site.Prefix(l.language) + path}}
	})
}

// route is a page that the sitemap does not list.
func (l *Localization) route(path string, origin diag.Position, name string, given func() any) output.Route {
	return output.Route{Path: path, Kind: output.Page, Origin: origin, Write: l.writer(name, given)}
}

// writer makes a page with one of the templates. What the template is given is
// made when the page is written, so that the preview pays only for the page
// that it is asked for.
func (l *Localization) writer(name string, given func() any) func(io.Writer) error {
	return func(w io.Writer) error {
		page, err := l.template(name)
		if err != nil {
			return err
		}
		return page.Execute(w, given())
	}
}

// template is a page's template by the name of its file. Only a built-in theme
// that is wrong can fail here, since a site's own is loaded with the site.
func (l *Localization) template(name string) (*template.Template, error) {
	templates, found := l.templates()
	if found.HasErrors() {
		return nil, fmt.Errorf("%s: %s", found[0].Position, found[0].Message)
	}
	return templates[name], nil
}
