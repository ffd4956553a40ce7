// Package output is what a site comes out as, before anyone writes or serves
// it: routes, header rules and redirects. page, api and their neighbours make
// it, publish writes it into a folder, preview serves it; none of them needs
// to know the others. It is a leaf but for positions.
package output

import (
	"io"

	"allclear/generator/diag"
)

// Kind says when a route is published; kinds are published in their order,
// so that no page is reachable before what it needs.
type Kind int

const (
	Asset Kind = iota // styles, scripts, pictures, a site's static files
	Page              // HTML, index.html aside
	Data              // the API, feeds, badges, sitemap, _headers, _redirects
	Entry             // index.html and api/v2/status.json: what everyone asks for first
)

// Route is one file of the site. It can be written alone, in any order and
// any number of times, from several goroutines at once, with the same bytes.
// It writes in many small pieces, so whoever asks for it hands in a buffer.
type Route struct {
	Path   string        // below the output folder, slash-separated, no leading slash: incidents/api/index.html
	Kind   Kind          // when it is published
	Origin diag.Position // what in the content made it, to blame in a collision; may be zero
	Write  func(io.Writer) error
}

// Header is one HTTP response header.
type Header struct{ Name, Value string }

// HeaderRule gives headers to the paths that match. Rules are disjoint: no
// path matches two of them, since hosts join the headers of overlapping rules.
type HeaderRule struct {
	Path    string // from the root, "/api/*"; a * stands for the rest of the path, and only at the end
	Headers []Header
}

// Redirect sends one path to another.
type Redirect struct {
	From, To string // from the root: /old/path
	Status   int    // 301 or 302
	Force    bool   // wins over a file of the same path
}

// Output is a whole site.
type Output struct {
	Routes    []Route
	Headers   []HeaderRule
	Redirects []Redirect
}
