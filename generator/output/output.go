// Package output is a whole site before it is written or served: routes, header
// rules and redirects. Packages such as page and api make it, publish writes it
// into a folder, and preview serves it; none of them needs to know the others.
package output

import (
	"io"
	"net/url"
	"strings"

	"allclear/generator/diag"
)

// Kind says when a route is published. Kinds are published in their order, so
// that no page is reachable before the files that it needs.
type Kind int

const (
	Asset      Kind = iota // styles, scripts, pictures, a site's static files
	Page                   // HTML, except index.html
	Data                   // the API, feeds, badges, sitemap, _headers, _redirects
	EntryPoint             // index.html and api/v2/status.json, which readers and clients request first
)

// Route is one file of the site. It can be written alone, in any order and
// any number of times, from several goroutines at once, with the same bytes.
// Write writes many small pieces, so its caller passes a buffer.
type Route struct {
	Path        string        // below the output folder, slash-separated, no leading slash: incidents/api/index.html
	Kind        Kind          // decides when it is published
	Origin      diag.Position // in the content, for the message about a collision; may be zero
	Shared      bool          // other sites may read it, or show it as a picture or a frame
	Replaceable bool          // a static file of the site takes its place
	Inert       bool          // data that anybody may have added: a browser must run nothing in it
	Version     string        // of a file that is slow to write: it has the same bytes as one of another site with the same path and version; else ""
	Write       func(io.Writer) error
}

// Header is one HTTP response header.
type Header struct{ Name, Value string }

// HeaderRule gives headers to the paths that match. Rules are disjoint: no
// path matches two of them, since hosts join the headers of overlapping rules.
type HeaderRule struct {
	Path    string // from the root, "/api/*"; a * at the end matches any rest of the path
	Headers []Header
}

// Redirect sends one path to another.
type Redirect struct {
	From, To string // from the root: /old/path
	Status   int    // 301 or 302
	Force    bool   // applies even if there is a file at From
}

// Output is a whole site.
type Output struct {
	Routes    []Route
	Headers   []HeaderRule
	Redirects []Redirect
	MaxBytes  int64 // of all routes together, above which nothing is published; 0 for no limit
}

// HeadersOf are the headers of the rule that matches a decoded path from the root.
func (o *Output) HeadersOf(requested string) []Header {
	for _, rule := range o.Headers {
		pattern, err := url.PathUnescape(rule.Path)
		if err != nil {
			continue
		}
		folder, open := strings.CutSuffix(pattern, "*")
		if pattern == requested || open && strings.HasSuffix(rule.Path, "*") && strings.HasPrefix(requested, folder) {
			return rule.Headers
		}
	}
	return nil
}
