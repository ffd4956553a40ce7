package page

import (
	"allclear/generator/derive"
	"allclear/generator/output"
	"allclear/generator/status"
)

// withdrawn are the pages at the addresses of withdrawn events, in one language.
func (l *Localization) withdrawn(s *derive.Snapshot) []output.Route {
	var routes []output.Route
	for _, w := range s.Site.Withdrawn {
		for _, path := range w.Paths() {
			file := s.Site.Prefix(l.language) + status.File(path)
			routes = append(routes, l.route(file, w.Position, "withdrawn.html", func() any {
				b := l.base(s, upFrom(path), path)
				b.Title = l.catalog.Text("withdrawn.title")
				return WithdrawnPage{Base: b, On: l.date(w.On), Reason: w.Reasons.In(l.language, w.Reason)}
			}))
		}
	}
	return routes
}
