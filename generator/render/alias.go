package render

import (
	"io/fs"
	"net/url"
	"path"
	"strings"

	"allclear/generator/derive"
	"allclear/generator/output"
	"allclear/generator/page"
)

// maxRedirects is how many events' aliases are redirects too: hosts cap the
// number of rules, Cloudflare Pages at 2,000 plain ones,
// https://developers.cloudflare.com/pages/configuration/redirects/
const maxRedirects = 2000

// aliasRoutes puts a small page at every old path of an event.
func aliasRoutes(t *page.Theme, s *derive.Snapshot) []output.Route {
	var routes []output.Route
	for _, e := range s.Events {
		for _, a := range e.Aliases {
			if file := aliasFile(a.Path); fs.ValidPath(file) {
				routes = append(routes, t.Alias(s, e, a, file))
			}
		}
	}
	return routes
}

// aliasFile is the file that every static host serves for an old path: the
// path itself where it is a page, else an index.html in a folder of its name,
// since hosts differ in whether /foo finds foo.html and agree that it finds
// foo/index.html.
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

// redirects sends the aliases of the newest events on, before a host looks
// for a file. The old path is the host's, the new one the reader's, which
// differ where a site stands below a path of another host that fetches it
// from its own.
func redirects(s *derive.Snapshot) []output.Redirect {
	var redirects []output.Redirect
	for _, e := range s.Events {
		for _, a := range e.Aliases {
			if len(redirects) == maxRedirects {
				return redirects
			}
			from := (&url.URL{Path: a.Path}).EscapedPath()
			redirects = append(redirects, output.Redirect{From: from, To: s.Site.BasePath() + e.Path(), Status: 301, Force: true})
		}
	}
	return redirects
}

// redirectsFile is the list in the form that Netlify and Cloudflare Pages
// read, https://docs.netlify.com/routing/redirects/. On Netlify a file wins
// over a plain 301, and there is a page at each old path, so it needs "301!".
// Cloudflare lets every redirect win, knows no "301!" and skips the line, but
// counts it. So the newest stand there once more without the mark, as far as
// its limit goes; on Netlify the first line of a path holds.
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
