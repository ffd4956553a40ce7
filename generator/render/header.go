package render

import (
	"math"
	"net/url"
	"path"
	"slices"
	"strings"

	"allclear/generator/diag"
	"allclear/generator/output"
	"allclear/generator/page"
	"allclear/generator/status"
)

// The rules must not overlap, since hosts join the headers of rules that do. So
// there is one rule for each first part of a path: "/api/*" for all files below a
// folder, "/feed.json" for a file at the root. Netlify's own parser matches
// "/history/*" with "/history.atom" too and uses the last rule that matches, so
// the rules of folders come first, short names before long ones.
//
// Paths are as the host sees them: a site with a base path is still the root of
// its host, or it is in a folder of a host that does not read _headers.
//
// All files below a folder get the same headers. Since components/ has feeds and
// badges, its pages are open to other origins too. That reveals nothing, since
// the pages are public and use no cookies.

// security is the headers of every file: pages load and run only files of the site
// itself, no worker can answer in place of the site, and nothing may put a page
// into a frame, except for those that ancestors says.
func security(scripts, ancestors, sandbox string) []output.Header {
	headers := []output.Header{
		{Name: "Content-Security-Policy", Value: "default-src 'none'; style-src 'self'; img-src 'self'; script-src " + scripts + "; worker-src 'none'; " +
			"connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors " + ancestors + sandbox},
		{Name: "X-Content-Type-Options", Value: "nosniff"},
		{Name: "Referrer-Policy", Value: "strict-origin-when-cross-origin"},
		{Name: "Permissions-Policy", Value: "camera=(), geolocation=(), microphone=(), payment=(), usb=()"},
		{Name: "Cross-Origin-Opener-Policy", Value: "same-origin"},
	}
	if ancestors == "'none'" {
		headers = slices.Insert(headers, 2, output.Header{Name: "X-Frame-Options", Value: "DENY"})
	}
	return headers
}

// The security headers of pages and of all that the program makes, of the page that
// other sites may put into a frame, and of static files. In those nothing runs, even
// if a page is among them by mistake; "sandbox" takes away the site's origin, too.
// Some browsers refuse to show a PDF with it.
//
// Files below one folder share a rule. So static files in a folder that also has pages
// of the site, or a file that site.yaml names as code, have the headers of pages.
var (
	policy   = security("'self'", "'none'", "")
	framed   = security("'self'", "*", "")
	inert    = security("'none'", "'none'", "; sandbox")
	document = security("'none'", "'none'", "")
)

// closed lets only the site's own pages load a file, open lets every origin read it,
// also with headers of its own such as If-None-Match, for which a browser asks first
// (a preflight) and remembers the answer for a day.
var (
	closed = []output.Header{{Name: "Cross-Origin-Resource-Policy", Value: "same-origin"}}
	open   = []output.Header{
		{Name: "Cross-Origin-Resource-Policy", Value: "cross-origin"},
		{Name: "Access-Control-Allow-Origin", Value: "*"},
		{Name: "Access-Control-Allow-Headers", Value: "*"},
		{Name: "Access-Control-Max-Age", Value: "86400"},
	}
)

// fresh is for files that change in an outage: a client asks again soon, and gets
// a 304 if nothing has changed. steady is for files that change only with the
// theme or the static files.
var (
	fresh  = []output.Header{{Name: "Cache-Control", Value: "public, max-age=15, must-revalidate"}}
	steady = []output.Header{{Name: "Cache-Control", Value: "public, max-age=600, stale-while-revalidate=86400"}}
)

// covered is what the files below one pattern have in common.
type covered struct {
	first    output.Route
	shared   bool // one of them may be read by other sites
	inert    bool // all are data
	document bool // one is a PDF
}

func (c *covered) add(r output.Route) {
	c.shared = c.shared || r.Shared
	c.inert = c.inert && r.Inert
	c.document = c.document || strings.EqualFold(path.Ext(r.Path), ".pdf")
}

// headers makes one rule for each first part of a route's path. The list has an
// error or a warning if that is more than hosts read.
func headers(routes []output.Route) ([]output.HeaderRule, diag.List) {
	var patterns []string
	below := map[string]*covered{} // each pattern
	for _, r := range routes {
		pattern := rulePath(r.Path)
		if below[pattern] == nil {
			patterns, below[pattern] = append(patterns, pattern), &covered{first: r, inert: true}
		}
		below[pattern].add(r)
	}
	rules := []output.HeaderRule{headerRule("/", &covered{first: output.Route{Kind: output.Page}})}
	for _, pattern := range patterns[:min(len(patterns), maxRules-1)] {
		rules = append(rules, headerRule(pattern, below[pattern]))
	}
	slices.SortStableFunc(rules, func(a, b output.HeaderRule) int { return order(a) - order(b) })
	return rules, ranOut(patterns, below, len(rules)-1)
}

// order sorts the rules so that the last one that Netlify's parser matches with a
// path is the path's own.
func order(rule output.HeaderRule) int {
	if strings.HasSuffix(rule.Path, "/*") {
		return len(rule.Path)
	}
	return math.MaxInt
}

// placeholders escapes the characters of a name that hosts read as placeholders.
var placeholders = strings.NewReplacer(":", "%3A", "*", "%2A")

// rulePath is the path of the rule for a route.
func rulePath(path string) string {
	first, _, below := strings.Cut(path, "/")
	if strings.ContainsFunc(first, func(r rune) bool { return !plain(r) }) {
		first = placeholders.Replace(url.PathEscape(first))
	}
	if below {
		return "/" + first + "/*"
	}
	return "/" + first
}

// plain reports whether a character stands for itself in a rule.
func plain(r rune) bool {
	return r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || r == '.' || r == '-' || r == '_'
}

// headerRule is the rule for the paths that a pattern matches.
func headerRule(pattern string, c *covered) output.HeaderRule {
	secure, access, cache := policy, closed, fresh
	switch {
	case pattern == "/"+status.EmbedPath+"*":
		secure = framed
	case c.inert && c.document:
		secure = document
	case c.inert:
		secure = inert
	}
	if c.shared {
		access = open
	}
	if c.first.Kind == output.Asset || pattern == "/"+page.Assets+"*" {
		cache = steady
	}
	return output.HeaderRule{Path: pattern, Headers: slices.Concat(secure, access, cache)}
}

// headersFile is the rules in the form that Netlify and Cloudflare Pages read,
// https://docs.netlify.com/routing/headers/
func headersFile(rules []output.HeaderRule) output.Route {
	var b strings.Builder
	for i, rule := range rules {
		if i > 0 {
			b.WriteString("\n")
		}
		b.WriteString(rule.Path + "\n")
		for _, h := range rule.Headers {
			b.WriteString("  " + h.Name + ": " + h.Value + "\n")
		}
	}
	return text("_headers", b.String())
}
