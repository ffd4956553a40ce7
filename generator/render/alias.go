package render

import (
	"io/fs"
	"net/url"
	"path"
	"strings"

	"allclear/generator/derive"
	"allclear/generator/output"
	"allclear/generator/page"
	"allclear/generator/status"
)

// maxRedirects is how many aliases are redirects too, since hosts limit the
// number of rules: Cloudflare Pages to 2,000 plain ones,
// https://developers.cloudflare.com/pages/configuration/redirects/
const maxRedirects = 2000

// aliasRoutes puts small pages at every old path of an event or an announcement.
func aliasRoutes(t *page.Theme, s *derive.Snapshot) []output.Route {
	var routes []output.Route
	for _, e := range s.Events {
		for _, a := range e.Aliases {
			if file := aliasFile(a.Path); fs.ValidPath(file) {
				routes = append(routes, t.Alias(s, e, a, file)...)
			}
		}
	}
	for _, a := range s.Announced {
		for _, alias := range a.Aliases {
			if file := aliasFile(alias.Path); fs.ValidPath(file) {
				routes = append(routes, t.AnnouncementAlias(s, a, alias, file))
			}
		}
	}
	return routes
}

// aliasFile is the file that every static host serves for an old path: the path
// itself if it is a page, else an index.html in a folder of its name. Not every
// host serves foo.html for /foo, but all serve foo/index.html.
func aliasFile(alias string) string {
	clean := strings.Trim(alias, "/")
	switch strings.ToLower(path.Ext(clean)) {
	case ".html", ".htm":
		if !strings.HasSuffix(alias, "/") {
			return clean
		}
	}
	return clean + "/index.html"
}

// redirects lists a redirect for each alias of a component's page and of the newest
// events. The old path is
// as the host sees it, the new one as the reader sees it. They differ if another
// host serves the site below a path and fetches it from this one.
func redirects(s *derive.Snapshot) []output.Redirect {
	var redirects []output.Redirect
	add := func(from, to string) {
		if len(redirects) < maxRedirects {
			from = (&url.URL{Path: from}).EscapedPath()
			redirects = append(redirects, output.Redirect{From: from, To: s.Site.BasePath() + to, Status: 301, Force: true})
		}
	}
	languages := s.Site.Languages
	if len(languages) == 0 {
		languages = []string{s.Site.Language}
	}
	olds := s.Site.OldPaths()
	for _, c := range s.Site.Components {
		for _, old := range olds[c] {
			for _, tag := range languages {
				add("/"+s.Site.Prefix(tag)+old, s.Site.Prefix(tag)+c.Path())
			}
		}
	}
	for _, e := range s.Events {
		for _, a := range e.Aliases {
			add(a.Path, e.Path())
			if old, ok := a.OfEvent(); ok {
				for _, tag := range languages[1:] {
					add("/"+s.Site.Prefix(tag)+old, s.Site.Prefix(tag)+e.Path())
				}
			}
		}
	}
	for _, a := range s.Announced {
		for _, alias := range a.Aliases {
			add(alias.Path, status.MonthPath(a.From))
		}
	}
	return redirects
}

// redirectsFile is the list in the form that Netlify and Cloudflare Pages read,
// https://docs.netlify.com/routing/redirects/. On Netlify a file takes precedence
// over a plain 301, and there is a page at each old path, so it needs "301!". On
// Cloudflare every redirect takes precedence over a file, but a line with "301!"
// is skipped, and counted. So the newest redirects are in the file again without
// the mark, up to Cloudflare's limit; Netlify uses the first line of a path.
func redirectsFile(redirects []output.Redirect) output.Route {
	var b strings.Builder
	for _, r := range redirects {
		b.WriteString(r.From + " " + r.To + " " + statusCode(r) + "\n")
	}
	for _, r := range redirects[:min(len(redirects), maxRedirects-len(redirects))] {
		r.Force = false
		b.WriteString(r.From + " " + r.To + " " + statusCode(r) + "\n")
	}
	return text("_redirects", b.String())
}

func statusCode(r output.Redirect) string {
	code := "301"
	if r.Status == 302 {
		code = "302"
	}
	if r.Force {
		code += "!"
	}
	return code
}
