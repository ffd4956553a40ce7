package render

import (
	"math"
	"net/url"
	"slices"
	"strings"

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

// maxRules is how many rules of a _headers file Cloudflare Pages reads,
// https://developers.cloudflare.com/pages/configuration/headers/
const maxRules = 100

// policy is the headers of every file: pages load and run only files of the site
// itself, and no other site may put them into a frame.
var policy = []output.Header{
	{Name: "Content-Security-Policy", Value: "default-src 'none'; style-src 'self'; img-src 'self'; script-src 'self'; " +
		"connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"},
	{Name: "X-Content-Type-Options", Value: "nosniff"},
	{Name: "X-Frame-Options", Value: "DENY"},
	{Name: "Referrer-Policy", Value: "strict-origin-when-cross-origin"},
	{Name: "Permissions-Policy", Value: "camera=(), geolocation=(), microphone=(), payment=(), usb=()"},
	{Name: "Cross-Origin-Opener-Policy", Value: "same-origin"},
}

// framed is the same for the page that other sites may put into a frame.
var framed = []output.Header{
	{Name: "Content-Security-Policy", Value: strings.Replace(policy[0].Value, "frame-ancestors 'none'", "frame-ancestors *", 1)},
	policy[1], policy[3], policy[4], policy[5],
}

// closed lets only the site's own pages load a file, open lets every origin read it.
var (
	closed = []output.Header{{Name: "Cross-Origin-Resource-Policy", Value: "same-origin"}}
	open   = []output.Header{
		{Name: "Cross-Origin-Resource-Policy", Value: "cross-origin"},
		{Name: "Access-Control-Allow-Origin", Value: "*"},
	}
)

// fresh is for files that change in an outage: a client asks again soon, and gets
// a 304 if nothing has changed. steady is for files that change only with the
// theme or the static files.
var (
	fresh  = []output.Header{{Name: "Cache-Control", Value: "public, max-age=15, must-revalidate"}}
	steady = []output.Header{{Name: "Cache-Control", Value: "public, max-age=600, stale-while-revalidate=86400"}}
)

// headers makes one rule for each first part of a route's path, open if one of its
// routes is shared. If there are too many for a host, only the first routes have one.
func headers(routes []output.Route) []output.HeaderRule {
	var patterns []string
	first := map[string]output.Route{} // of each pattern
	var before output.Route
	for _, r := range routes {
		folder := before.Path[:strings.IndexByte(before.Path, '/')+1]
		if folder != "" && strings.HasPrefix(r.Path, folder) && r.Shared == before.Shared {
			continue // most are in the same folder as the one before
		}
		before = r
		pattern := rulePath(r.Path)
		known, ok := first[pattern]
		if !ok {
			patterns, known = append(patterns, pattern), r
		}
		known.Shared = known.Shared || r.Shared
		first[pattern] = known
	}
	rules := []output.HeaderRule{headerRule("/", output.Route{Kind: output.Page})}
	for _, pattern := range patterns[:min(len(patterns), maxRules-1)] {
		rules = append(rules, headerRule(pattern, first[pattern]))
	}
	slices.SortStableFunc(rules, func(a, b output.HeaderRule) int { return order(a) - order(b) })
	return rules
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
	pattern := "/" + placeholders.Replace(url.PathEscape(first))
	if below {
		return pattern + "/*"
	}
	return pattern
}

// headerRule is the rule for the paths that a pattern matches, by one of their routes.
func headerRule(pattern string, r output.Route) output.HeaderRule {
	secure, access, cache := policy, closed, fresh
	if pattern == "/"+status.EmbedPath+"*" {
		secure = framed
	}
	if r.Shared {
		access = open
	}
	if r.Kind == output.Asset || pattern == "/"+page.Assets+"*" {
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
